"""What may be shown of what several said about one, so that nobody's answer can be worked out.

The rule, decided once, when the review closes, and from how many answered alone:

1. A group with as many answers as it needs (``at_least``) is a *unit*.
2. Groups with fewer are one unit together, if their answers together are as many as the most that any of them needs.
   Otherwise they are left out of everything.
3. Everything shown is made of units: a figure of one, or of all of them. So whatever is subtracted from whatever, what
   is left is a unit or several, and never one person, except in a group which needs one answer alone. Whoever is asked
   in such a group is told so before they answer.
4. Within a unit the same holds for each question by itself (``scoring.together``).
5. Own words stand in a unit by the alphabet: not by who came first, nor by who was named first.
6. Single answers, and who answered, are deleted at that moment: a second look with other raters has nothing to be
   compared with but the figures.

What it cannot prevent: somebody who answers as others, from addresses of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alongside.questionnaires.definition import Answers, Definition, RaterGroup
from alongside.questionnaires.scoring import Together, put_together, shares_of, together

ONESELF = "oneself"
OTHERS = "others"
POOLED = "pooled"
ByGroup = Mapping[str, Sequence[Answers]]


@dataclass(frozen=True)
class Unit:
    """Groups that are shown as one: which, from how many answers on, and the answers."""

    id: str
    groups: tuple[RaterGroup, ...]
    at_least: int
    answers: tuple[Answers, ...]


def units_of(definition: Definition, given: ByGroup) -> list[Unit]:
    """Return what is shown by itself, of what others answered."""
    others = [group for group in definition.raters if not group.oneself and given.get(group.id)]
    enough = [group for group in others if len(given[group.id]) >= group.at_least]
    units = [Unit(group.id, (group,), group.at_least, tuple(given[group.id])) for group in enough]
    few = tuple(group for group in others if group not in enough)
    pooled = tuple(answers for group in few for answers in given[group.id])
    wanted = max((group.at_least for group in few), default=1)
    return [*units, Unit(POOLED, few, wanted, pooled)] if len(pooled) >= wanted and few else units


def result_of(definition: Definition, given: ByGroup) -> dict[str, Any]:
    """Return all that is kept of the answers, as JSON: figures by unit, and own words.

    :param given: the answers of those who are done, by the id of their group.
    """
    units = units_of(definition, given)
    oneself = [answers for group in definition.raters if group.oneself for answers in given.get(group.id, ())]
    cells = {unit.id: together(definition, unit.answers, at_least=unit.at_least) or [] for unit in units}
    shown = dict(cells)
    if cells:
        shown[OTHERS] = put_together(list(cells.values()))
    if oneself:
        shown[ONESELF] = together(definition, oneself, at_least=1) or []
    in_a_unit = {group.id for unit in units for group in unit.groups}
    return {
        "units": [
            {"id": unit.id, "groups": [group.id for group in unit.groups], "answered": len(unit.answers)}
            for unit in units
        ],
        "too_few": [each.id for each in definition.raters if not each.oneself and each.id not in in_a_unit],
        "oneself": bool(oneself),
        "roles": {name: shares_of(definition, each) for name, each in shown.items()},
        "means": {name: _means(each) for name, each in shown.items()},
        "words": {unit.id: _words(definition, unit.answers) for unit in units},
    }


def _means(cells: Sequence[Together]) -> dict[str, float]:
    return {cell.question.id: cell.mean for cell in cells if cell.mean is not None}


def _words(definition: Definition, several: Sequence[Answers]) -> dict[str, list[str]]:
    """Return what was written to each question, by the alphabet."""
    asked = [question.id for question in definition.questions if question.kind in ("text", "long_text")]
    written = {each: [str(answers[each]) for answers in several if answers.get(each)] for each in asked}
    return {each: sorted(words, key=lambda said: (said.casefold(), said)) for each, words in written.items() if words}
