"""An item is shown only after answers within limits: numbers, days, and steps of a scale."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.datafiles.checking import FaultsFound
from alongside.questionnaires.conditions import holds, questions_in
from alongside.questionnaires.definition import Definition
from alongside.questionnaires.items import Condition
from alongside.questionnaires.reading import check

SCALE = [{"value": 1, "label": "Seldom"}, {"value": 2, "label": "At times"}, {"value": 3, "label": "Often"}]
ITEMS: list[dict[str, Any]] = [
    {"id": "people", "kind": "number", "text": "How many people?", "at_least": 1, "at_most": 50},
    {"id": "since", "kind": "date", "text": "Since when?", "earliest": "2000-01-01"},
    {"id": "month", "kind": "matrix", "text": "Last month", "scale": "s", "rows": [{"id": "rest", "text": "I rested"}]},
    {"id": "who", "kind": "text", "text": "Who?"},
]
FRAME = {"id": "x", "version": 1, "title": "X", "about": "X", "audience": "each", "shown": "never"}
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


def checked(**condition: Any) -> Definition:
    """A questionnaire whose last item is shown by this condition."""
    last = {"id": "last", "kind": "text", "text": "Last", "shown_if": [condition]}
    return check({**FRAME, "scales": {"s": SCALE}, "items": [*ITEMS, last]})


@given(least=days, most=days, answer=days)
def test_a_day_is_within_limits_as_days_come(least: date, most: date, answer: date) -> None:
    condition = Condition(item="since", at_least=least, at_most=most)
    assert holds(condition, answer.isoformat()) == (least <= answer <= most)


@given(day=days)
def test_a_limit_is_a_limit_itself(day: date) -> None:
    condition = Condition(item="since", at_least=day)
    assert holds(condition, day.isoformat())
    assert not holds(condition, (day - timedelta(days=1)).isoformat())


@given(answer=st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.lists(st.text())))
def test_whatever_is_no_day_is_within_no_days(answer: object) -> None:
    if not isinstance(answer, str) or not answer[:4].isdecimal():
        assert not holds(Condition(item="since", at_least=date(2020, 1, 1)), answer)


def test_a_day_is_within_no_numbers() -> None:
    assert not holds(Condition(item="people", at_least=1), "2027-03-31")


@pytest.mark.parametrize(
    "condition",
    [
        {"item": "people", "at_least": 10, "at_most": 20.0},
        {"item": "people", "at_least": 0},  # says nothing, and hinders nobody
        {"item": "since", "at_most": "2027-03-31"},
        {"item": "month.rest", "at_least": 2.5},
        {"item": "month.rest", "is_in": [3], "at_least": 2},
    ],
)
def test_limits_that_can_be_kept_are_right(condition: dict[str, Any]) -> None:
    kept = checked(**condition).items[-1].shown_if[0]
    assert Condition.model_validate_json(kept.model_dump_json()) == kept


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"item": "people", "at_least": 51}, "no answer there is within these limits"),
        ({"item": "people", "at_least": 20, "at_most": 10}, "“at_least” is more than “at_most”"),
        ({"item": "people", "at_least": "2027-03-31"}, "is a number: give no day"),
        ({"item": "people", "at_least": "many"}, "a number such as 10, or a day such as 2027-03-31"),
        ({"item": "since", "at_least": 3}, "give a day such as 2027-03-31"),
        ({"item": "since", "at_most": "1999-12-31"}, "no answer there is within these limits"),
        ({"item": "month.rest", "at_least": 4}, "no answer there is within these limits"),
        ({"item": "who", "at_most": 3}, "say with “is_in” which answers show it"),
    ],
)
def test_limits_that_nobody_can_keep_are_said(condition: dict[str, Any], said: str) -> None:
    with pytest.raises(FaultsFound) as refused:
        checked(**condition)
    assert [said in fault.words for fault in refused.value.faults] == [True]


def test_what_is_not_right_yet_in_a_draft_is_not_among_its_questions() -> None:
    draft = {"items": [*ITEMS, {"id": "broken", "kind": "one", "text": "Which?"}, {"kind": "number"}]}
    assert list(questions_in(draft)) == ["people", "since", "who"]
    assert list(questions_in({**draft, "scales": {"s": SCALE}}, above="who")) == ["people", "since", "month.rest"]
