"""From answers to what matching knows of a participant, and back, so that nothing is asked twice.

An item says with ``fills`` what its answer tells. Plain functions: no rows, no clock.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from alongside.engine.values.special import protected
from alongside.places import find
from alongside.programmes.availability import SLOTS
from alongside.questionnaires.answering import DoesNotFit, fitted
from alongside.questionnaires.definition import Answer, Answers, Definition, Question
from alongside.questionnaires.items import Consent, Many, One, Option, Ranked
from alongside.sheets.languages import read_languages
from alongside.sheets.marks import weight_of_rank
from alongside.sheets.seniority import read_seniority

ATTRIBUTE = "attributes."
LONGEST = {"employer": 200, "job_title": 200, "place": 120, "sector": 120, "name": 200}
MOST_PLACES = 100
STEPS = range(1, 8)
YES = re.compile(r"yes|online|both|either|true", re.IGNORECASE)
NO = re.compile(r"no\b|no-|person|false", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sensitive:
    """An answer that the law protects specially: what it tells of, what was asked and said, and what was agreed to."""

    category: str
    question: str
    answer: str
    basis: str


@dataclass(frozen=True, slots=True)
class Told:
    """What answers tell: fields of a participant, what is kept apart, and the ``name``, which is the person's own."""

    details: dict[str, Any] = field(default_factory=dict)
    sensitive: tuple[Sensitive, ...] = ()
    name: str = ""


def tell(definition: Definition, answers: Answers, *, opened: Collection[str] = ()) -> Told:
    """Return what answers tell of a participant.

    What the law protects is told only where its consent was given.

    :param opened: protected attributes that the programme may match by (``engine.Settings.opened``).
    """
    details: dict[str, Any] = {}
    sensitive: list[Sensitive] = []
    for question in _filling(definition):
        answer = answers.get(question.id)
        if answer is None:
            continue
        name = question.item.fills
        if not name.startswith(ATTRIBUTE):
            _join(details, _READ[name](question, answer) if name in _READ else {})
        elif (kept := _kept_apart(definition, question, answers)) is None or (
            kept.basis and name.removeprefix(ATTRIBUTE) in opened
        ):
            details.setdefault("attributes", {})[name.removeprefix(ATTRIBUTE)] = question.label(answer)
        elif kept.basis:
            sensitive.append(kept)
    name = details.pop("name", "")
    return Told(details, tuple(sensitive), name)


def known_answers(definition: Definition, known: Mapping[str, Any]) -> dict[str, Answer]:
    """Return the answers that follow from what is known of somebody: fields of a participant, and their ``name``.

    Nothing that the law protects is filled in, nothing is agreed to, and what would be a guess is left open.
    """
    found: dict[str, Answer] = {}
    for question in _filling(definition):
        value = known.get(question.item.fills)
        if value in (None, "", []) or question.kind == "consent" or _protected(question):
            continue
        try:
            answer = fitted(question, _back(question, value))
        except DoesNotFit:
            continue
        if answer is not None:
            found[question.id] = answer
    return found


def special_items(definition: Definition) -> dict[str, str]:
    """Return the questions that the law protects specially, each with its consent ("" where none stands)."""
    special = (question for question in _filling(definition) if _protected(question))
    return {question.id: consent_for(definition, question.id) for question in special}


def consent_for(definition: Definition, item: str) -> str:
    """Return the id of the consent to an item: the one whose purpose is the id of that item."""
    return next((each.id for each in definition.items if isinstance(each, Consent) and each.purpose == item), "")


def _filling(definition: Definition) -> Iterator[Question]:
    return (question for question in definition.questions if question.row is None and question.item.fills)


def _protected(question: Question) -> str:
    name = question.item.fills
    found = protected(name.removeprefix(ATTRIBUTE)) if name.startswith(ATTRIBUTE) else None
    return found.kind if found else ""


def _kept_apart(definition: Definition, question: Question, answers: Answers) -> Sensitive | None:
    """Return an answer that is kept apart, None for one the law does not protect; without consent it has no basis."""
    kind, consent = _protected(question), consent_for(definition, question.id)
    if not kind:
        return None
    agreed = bool(consent) and answers.get(consent) is True
    basis = definition.by_id[consent].text if agreed else ""
    return Sensitive(kind[:40], question.text[:300], question.label(answers[question.id]), basis[:300])


def _join(details: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Add what an item tells: texts under each other, lists behind each other; of other things the first counts."""
    for name, value in more.items():
        before = details.get(name)
        if before is None or before == "":
            details[name] = value
        elif name == "about":
            details[name] = f"{before}\n\n{value}"
        elif isinstance(before, list):
            details[name] = before + [each for each in value if each not in before]


def _options(question: Question) -> tuple[Option, ...]:
    return question.item.options if isinstance(question.item, One | Many | Ranked) else ()


def _chosen(question: Question, answer: Answer) -> list[str]:
    """Return each answer in its own words."""
    return [question.label(each) for each in (answer if isinstance(answer, list) else [answer])]


def _text(name: str) -> Callable[[Question, Answer], dict[str, Any]]:
    return lambda question, answer: {name: question.label(answer)[: LONGEST.get(name)]}


def _topics(question: Question, answer: Answer) -> dict[str, Any]:
    """Weigh topics as spreadsheets do: of a ranking the first counts most, of a list each as much."""
    ranked = question.kind == "ranked"
    chosen = list(dict.fromkeys(_chosen(question, answer)))
    return {"topics": [[label, weight_of_rank(n) if ranked else 1.0] for n, label in enumerate(chosen, start=1)]}


def _availability(_question: Question, answer: Answer) -> dict[str, Any]:
    return {"availability": [each for each in (answer if isinstance(answer, list) else [answer]) if each in SLOTS]}


def _languages(question: Question, answer: Answer) -> dict[str, Any]:
    named = [name for label in _chosen(question, answer) for name in (read_languages(label)[0] or (label,))]
    return {"languages": list(dict.fromkeys(named))}


def _place(question: Question, answer: Answer) -> dict[str, Any]:
    words = question.label(answer)[: LONGEST["place"]]
    found = find(words)
    return {
        "place": words,
        "latitude": found.latitude if found else None,
        "longitude": found.longitude if found else None,
    }


def _remote(_question: Question, answer: Answer) -> dict[str, Any]:
    words = str(answer)
    return {"remote": True} if YES.match(words) else {"remote": False} if NO.match(words) else {}


def _capacity(_question: Question, answer: Answer) -> dict[str, Any]:
    number = _number(answer)
    return {} if number is None else {"capacity": int(min(max(number, 0), MOST_PLACES))}


def _max_km(_question: Question, answer: Answer) -> dict[str, Any]:
    number = _number(answer)
    return {} if number is None or number < 0 else {"max_km": float(number)}


def _seniority(question: Question, answer: Answer) -> dict[str, Any]:
    number = _number(answer)
    step = int(number) if number is not None and number in STEPS else read_seniority(question.label(answer))[0]
    return {} if step is None else {"seniority": step}


def _number(answer: Answer) -> float | None:
    return float(answer) if isinstance(answer, int | float) and not isinstance(answer, bool) else None


def _back(question: Question, value: Any) -> Any:
    """Return a value that is known as somebody would answer this question; "" where no answer says so much."""
    if question.item.fills == "topics":
        value = [label for label, _weight in sorted(value, key=lambda topic: -topic[1])]
    if question.item.fills == "remote":
        value = next((each.id for each in _options(question) if (YES if value else NO).match(each.id)), "")
    if not _options(question):
        return ", ".join(map(str, value)) if isinstance(value, list) else value
    ids = {_plain(name): option.id for option in _options(question) for name in _names(question, option)}
    wanted = [ids[_plain(each)] for each in (value if isinstance(value, list) else [value]) if _plain(each) in ids]
    many = isinstance(question.item, Many | Ranked)
    most = question.item.at_most if isinstance(question.item, Many | Ranked) else None
    return wanted[:most] if many else "".join(wanted[:1])


def _names(question: Question, option: Option) -> list[str]:
    """Return how a value may name an option: by its id, by its label, or as a language is written."""
    spoken = read_languages(option.label)[0] if question.item.fills == "languages" else ()
    return [option.id, option.label, *spoken]


def _plain(name: Any) -> str:
    return str(name).strip().casefold()


_READ: Mapping[str, Callable[[Question, Answer], dict[str, Any]]] = {
    **{name: _text(name) for name in ("about", "employer", "job_title", "name", "sector")},
    "availability": _availability,
    "capacity": _capacity,
    "languages": _languages,
    "max_km": _max_km,
    "place": _place,
    "remote": _remote,
    "seniority": _seniority,
    "topics": _topics,
}
