"""What may be answered: which questions are asked after what was said, and whether an answer fits."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from math import isfinite
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.questionnaires import items
from alongside.questionnaires.conditions import holds
from alongside.questionnaires.definition import Answer, Answers, Definition, Question


class DoesNotFit(ValueError):
    """Say in plain words what is wrong with an answer and what would be right."""


def shown(item: items.Item, answers: Answers) -> bool:
    """Tell whether an item is asked after what was answered so far."""
    return all(holds(condition, answers.get(condition.item)) for condition in item.shown_if)


def shown_items(definition: Definition, answers: Answers) -> Iterator[items.AnyItem]:
    """Yield the items that are asked, given the answers.

    An answer to a question that is itself no longer asked counts as none.
    """
    of_item: dict[str, dict[str, Any]] = defaultdict(dict)
    for key, value in answers.items():
        of_item[key.partition(".")[0]][key] = value
    counted: dict[str, Any] = {}
    for item in definition.items:
        if shown(item, counted):
            yield item
            counted |= of_item.get(item.id, {})


def questions_asked(definition: Definition, answers: Answers) -> list[Question]:
    """Return the questions that are asked, given the answers."""
    there = {item.id for item in shown_items(definition, answers)}
    return [question for question in definition.questions if question.item.id in there]


def cleaned(definition: Definition, answers: Answers) -> dict[str, Answer]:
    """Return the answers that fit and are asked for. What does not fit is left out, as if it had not been answered."""
    fitting: dict[str, Answer] = {}
    for question in definition.questions:
        try:
            answer = fitted(question, answers.get(question.id))
        except DoesNotFit:
            continue
        if answer is not None:
            fitting[question.id] = answer
    asked = {question.id for question in questions_asked(definition, fitting)}
    return {key: answer for key, answer in fitting.items() if key in asked}


def unanswered(definition: Definition, answers: Answers) -> list[str]:
    """Return the ids of the questions that must be answered, are asked and have no answer."""
    asked = questions_asked(definition, answers)
    return [question.id for question in asked if question.item.required and question.id not in answers]


def fitted(question: Question, answer: Any) -> Answer | None:
    """Return an answer as it is kept; None for none.

    :param answer: words as typed into a form, or a value as it is kept.
    :raises DoesNotFit: if it is no answer to this question.
    """
    if isinstance(answer, str):
        answer = answer.strip()
    if answer is None or answer in ("", []):
        return None
    if isinstance(answer, list | dict) and question.kind not in ("many", "ranked"):
        raise DoesNotFit(_("Give one answer."))
    return _KINDS[question.kind](question, answer)


def _words(question: Question, answer: Any) -> str:
    most = question.item.at_most  # type: ignore[attr-defined]  # both kinds of text have it
    words = str(answer)
    if len(words) > most:
        raise DoesNotFit(
            _("Please use at most %(most)s characters; these are %(now)s.") % {"most": most, "now": len(words)}
        )
    return words


def _number(question: Question, answer: Any) -> int | float:
    item = question.item
    assert isinstance(item, items.Number)  # noqa: S101  # the table of kinds below says so
    try:
        number = float(str(answer).replace(",", "."))
    except ValueError as error:
        raise DoesNotFit(_("Write a number in digits, such as 12.")) from error
    if not isfinite(number):
        raise DoesNotFit(_("Write a number in digits, such as 12."))
    if item.whole and not number.is_integer():
        raise DoesNotFit(_("Write a whole number, such as 12."))
    if item.at_least is not None and number < item.at_least:
        raise DoesNotFit(_("It cannot be less than %(least)g.") % {"least": item.at_least})
    if item.at_most is not None and number > item.at_most:
        raise DoesNotFit(_("It cannot be more than %(most)g.") % {"most": item.at_most})
    return int(number) if item.whole else number


def _date(question: Question, answer: Any) -> str:
    item = question.item
    assert isinstance(item, items.Date)  # noqa: S101
    try:
        day = answer if isinstance(answer, date) else date.fromisoformat(str(answer))
    except ValueError as error:
        raise DoesNotFit(_("Write a date that exists, such as 31 3 2027.")) from error
    if item.earliest and day < item.earliest:
        raise DoesNotFit(_("It cannot be before %(day)s.") % {"day": date_format(item.earliest, "j F Y")})
    if item.latest and day > item.latest:
        raise DoesNotFit(_("It cannot be after %(day)s.") % {"day": date_format(item.latest, "j F Y")})
    return day.isoformat()


def _one(question: Question, answer: Any) -> str:
    item = question.item
    assert isinstance(item, items.One)  # noqa: S101
    if answer not in {option.id for option in item.options}:
        raise DoesNotFit(_("Choose one of the answers offered."))
    return str(answer)


def _several(question: Question, answer: Any) -> list[str]:
    item = question.item
    assert isinstance(item, items.Many | items.Ranked)  # noqa: S101
    chosen = list(dict.fromkeys(map(str, answer if isinstance(answer, list | tuple) else [answer])))
    known = {option.id: option for option in item.options}
    if not set(chosen) <= set(known):
        raise DoesNotFit(_("Choose from the answers offered."))
    if len(chosen) > 1 and any(known[each].alone for each in chosen):
        alone = next(known[each].label for each in chosen if known[each].alone)
        raise DoesNotFit(_("“%(option)s” goes with no other answer. Choose it, or the others.") % {"option": alone})
    if len(chosen) < item.at_least:
        raise DoesNotFit(
            ngettext("Choose at least %(n)s.", "Choose at least %(n)s.", item.at_least) % {"n": item.at_least}
        )
    if item.at_most and len(chosen) > item.at_most:
        raise DoesNotFit(ngettext("Choose at most %(n)s.", "Choose at most %(n)s.", item.at_most) % {"n": item.at_most})
    return chosen if isinstance(item, items.Ranked) else [key for key in known if key in chosen]


def _step(question: Question, answer: Any) -> int:
    try:
        value = int(str(answer))
    except ValueError as error:
        raise DoesNotFit(_("Choose one of the answers offered.")) from error
    if value not in {step.value for step in question.steps}:
        raise DoesNotFit(_("Choose one of the answers offered."))
    return value


def _place(_question: Question, answer: Any) -> str:
    words = str(answer)
    if len(words) > 120:
        raise DoesNotFit(_("Write a town, or the first half of a postcode."))
    return words


def _file(_question: Question, answer: Any) -> str:
    return str(answer)


def _consent(_question: Question, answer: Any) -> bool | None:
    return True if answer in (True, "on", "true", "yes", "1") else None


_KINDS: Mapping[str, Callable[[Question, Any], Answer | None]] = {
    "text": _words,
    "long_text": _words,
    "number": _number,
    "date": _date,
    "one": _one,
    "many": _several,
    "ranked": _several,
    "scale": _step,
    "place": _place,
    "file": _file,
    "consent": _consent,
}
