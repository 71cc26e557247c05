"""When an item is shown: whether a condition holds after an answer, and whether it ever can."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from operator import ge, le
from typing import Any

from pydantic import TypeAdapter, ValidationError

from alongside.questionnaires.definition import Question, questions_of
from alongside.questionnaires.drafting import items_of
from alongside.questionnaires.items import AnyItem, Choice, Condition, Date, Limit, Number

LIMITED = ("number", "date", "scale")
"""The kinds of questions whose answers can be at least or at most something; a row of a matrix is a scale."""
_ITEM: TypeAdapter[AnyItem] = TypeAdapter(AnyItem)
_STEPS: TypeAdapter[tuple[Choice, ...]] = TypeAdapter(tuple[Choice, ...])


def holds(condition: Condition, answer: Any) -> bool:
    """Tell whether an answer, as it is kept, is what a condition asks for."""
    if answer is None:
        return False
    given = answer if isinstance(answer, list) else [answer]
    if condition.is_in and not any(each in condition.is_in for each in given):
        return False
    return _reaches(answer, condition.at_least, ge) and _reaches(answer, condition.at_most, le)


def wrong_with(condition: Condition, question: Question) -> str:
    """Say why the limits of a condition can never be kept by an answer to its question; "" where they can."""
    limits = [each for each in (condition.at_least, condition.at_most) if each is not None]
    if not limits:
        return ""
    if question.kind not in LIMITED:
        return "is no number, date or scale: say with “is_in” which answers show it"
    if any(isinstance(each, date) != (question.kind == "date") for each in limits):
        return "is a date: give a day such as 2027-03-31" if question.kind == "date" else "is a number: give no day"
    if len(limits) == 2 and limits[0] > limits[1]:  # type: ignore[operator]  # both are of one kind, see above
        return "can never be in it: “at_least” is more than “at_most”"
    return "" if _possible(condition, question) else "can never be in it: no answer there is within these limits"


def questions_in(draft: Mapping[str, Any], *, above: str = "") -> dict[str, Question]:
    """Return what a draft asks, by id, as far as it is right already.

    :param above: the item at which to stop; of none, all items count.
    """
    found: dict[str, Question] = {}
    for item in items_of(draft):
        if above and item.get("id") == above:
            break
        found |= {question.id: question for question in _questions(draft, item)}
    return found


def _reaches(answer: Any, limit: Limit | None, compare: Callable[[Any, Any], bool]) -> bool:
    if limit is None:
        return True
    if isinstance(limit, date):
        day = _day(answer)
        return day is not None and compare(day, limit)
    return isinstance(answer, int | float) and compare(answer, limit)


def _day(answer: Any) -> date | None:
    try:
        return date.fromisoformat(str(answer))
    except ValueError:
        return None


def _possible(condition: Condition, question: Question) -> bool:
    item, least, most = question.item, condition.at_least, condition.at_most
    if question.kind == "scale":
        return any(holds(Condition(item="x", at_least=least, at_most=most), step.value) for step in question.steps)
    low, high = (item.earliest, item.latest) if isinstance(item, Date) else _range(item)
    return not (_above(least, high) or _above(low, most))


def _range(item: Any) -> tuple[float | None, float | None]:
    return (item.at_least, item.at_most) if isinstance(item, Number) else (None, None)


def _above(one: Any, other: Any) -> bool:
    return one is not None and other is not None and bool(one > other)


def _questions(draft: Mapping[str, Any], item: Mapping[str, Any]) -> Iterator[Question]:
    """Yield what an item asks; nothing where it, or its scale, is not right yet."""
    name = item.get("scale")
    try:
        scales = {name: _STEPS.validate_python(draft.get("scales", {})[name])} if name else {}
        yield from questions_of(_ITEM.validate_python({**item, "shown_if": []}), scales)
    except (KeyError, ValidationError):
        return
