"""What answers come to: a figure for each role, its meaning, and what to talk about where several answered."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from alongside.questionnaires.definition import Answers, Band, Definition, How, Question, Role

ENOUGH = 0.6
"""The share of a role's items that must be answered before it has a figure."""
SEVERAL = frozenset({"many", "ranked"})
"""The kinds of which one answer names several."""


def role_scores(definition: Definition, answers: Answers) -> dict[str, float | None]:
    """Return for each role what its answers come to; None where too little was answered.

    By ``how`` of the role: the mean of its counted items in per cent of the way along the scale, rounded; their mean on
    the scale, to one decimal; or their sum, in which items not answered count as the mean of the others, rounded.
    """
    return {role.id: _figure(role, _counted(definition, role), answers) for role in definition.roles}


def band_of(role: Role, figure: float | None) -> Band | None:
    """Return the band a figure lies in: the last that begins at it or below."""
    if figure is None:
        return None
    return next((band for band in reversed(role.bands) if band.from_ <= figure), None)


def limits_of(definition: Definition, role: Role) -> tuple[float, float]:
    """Return the least and the most a role can come to."""
    if role.how == How.PERCENT:
        return 0.0, 100.0
    ends = [(min(values), max(values)) for question in _counted(definition, role) if (values := _values(question))]
    low, high = sum(end[0] for end in ends), sum(end[1] for end in ends)
    return (low, high) if role.how == How.SUM else (low / len(ends), high / len(ends))


def _counted(definition: Definition, role: Role) -> list[Question]:
    return [
        question
        for question in definition.questions
        if (how := question.scored) and how.counted and (role.of_all or how.role == role.id)
    ]


def _figure(role: Role, questions: Sequence[Question], answers: Answers) -> float | None:
    answered = [question for question in questions if isinstance(answers.get(question.id), int)]
    if not answered or len(answered) < ENOUGH * len(questions):
        return None
    if role.how == How.PERCENT:
        return round(100 * sum(_share(each, answers[each.id]) for each in answered) / len(answered))
    mean = sum(_worth(each, answers[each.id]) for each in answered) / len(answered)
    return round(mean * len(questions)) if role.how == How.SUM else round(mean, 1)


def _worth(question: Question, value: int) -> int:
    """Return what an answer counts: of a reverse item, from the other end of its scale."""
    values = _values(question)
    return min(values) + max(values) - value if question.scored and question.scored.reverse else value


def _share(question: Question, value: int) -> float:
    values = _values(question)
    return (_worth(question, value) - min(values)) / (max(values) - min(values))


def _values(question: Question) -> list[int]:
    return [step.value for step in question.steps]


@dataclass(frozen=True)
class Compared:
    """One question as several answered it: their answers in the order given, and how far they lie apart.

    ``gap`` counts steps of the scale between the furthest; it is 0 where fewer than two answered, or in own words.
    """

    question: Question
    answers: tuple[Any, ...]
    gap: int

    def label(self, number: int) -> str:
        """Return what one of them said, in the words that were chosen."""
        return self.question.label(self.answers[number])


def compare(definition: Definition, several: Sequence[Answers]) -> list[Compared]:
    """Return every question with the answers of each, those furthest apart first, otherwise as they were asked."""
    compared = [_compared(each, [answers.get(each.id) for answers in several]) for each in definition.questions]
    return sorted(compared, key=lambda each: -each.gap)


def _compared(question: Question, answers: list[Any]) -> Compared:
    order = _values(question)
    places = [order.index(answer) for answer in answers if answer in order]
    return Compared(question, tuple(answers), max(places) - min(places) if len(places) > 1 else 0)


@dataclass(frozen=True)
class Together:
    """What several said to one question, none of them named: how often each answer was given, and their mean."""

    question: Question
    counts: Mapping[Any, int]
    mean: float | None
    answered: int


def together(definition: Definition, several: Sequence[Answers], *, at_least: int) -> list[Together] | None:
    """Return the answers of several as counts, or None where fewer than ``at_least`` answered.

    A question that fewer answered shows nothing, and own words are never among them: a way of writing gives away who
    wrote.
    """
    if len(several) < at_least:
        return None
    return [_together(question, several, at_least) for question in definition.questions]


def _together(question: Question, several: Sequence[Answers], at_least: int) -> Together:
    key = question.id
    given = [answers[key] for answers in several if key in answers]
    if len(given) < at_least:
        return Together(question, {}, None, 0)
    possible: list[Any] = _values(question) or [option.id for option in getattr(question.item, "options", ())]
    if not possible:
        return Together(question, {}, None, len(given))
    found = Counter(chain.from_iterable(given) if question.kind in SEVERAL else given)
    mean = round(sum(given) / len(given), 1) if question.steps else None
    return Together(question, {each: found[each] for each in possible}, mean, len(given))


def put_together(several: Sequence[Sequence[Together]]) -> list[Together]:
    """Return what several groups said as if they were one: from what is shown of each alone, question by question."""
    return [_put_together(cells) for cells in zip(*several, strict=True)]


def _put_together(cells: Sequence[Together]) -> Together:
    counts: dict[Any, int] = {}
    for cell in cells:
        for value, times in cell.counts.items():
            counts[value] = counts.get(value, 0) + times
    answered = sum(cell.answered for cell in cells)
    steps = cells[0].question.steps and answered
    mean = round(sum(value * times for value, times in counts.items()) / answered, 1) if steps else None
    return Together(cells[0].question, counts, mean, answered)


def shares_of(definition: Definition, cells: Sequence[Together]) -> dict[str, float | None]:
    """Return for each role how far along their scales the answers of several lie, in per cent, each question alike.

    It is made of what ``together`` shows and of nothing else, so that nothing more can be worked out from it; None
    where too few of the role's questions are shown.
    """
    shown = {cell.question.id: cell for cell in cells if cell.answered}
    return {role.id: _share_of(_counted(definition, role), shown) for role in definition.roles}


def _share_of(questions: Sequence[Question], shown: Mapping[str, Together]) -> float | None:
    cells = [shown[question.id] for question in questions if question.id in shown]
    if not cells or len(cells) < ENOUGH * len(questions):
        return None
    means = [
        sum(_share(cell.question, value) * times for value, times in cell.counts.items()) / cell.answered
        for cell in cells
    ]
    return round(100 * sum(means) / len(means))
