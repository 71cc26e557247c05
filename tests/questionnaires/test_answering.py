from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.questionnaires.answering import DoesNotFit, cleaned, fitted, questions_asked, shown_items, unanswered
from tests.questionnaires.everything import ANSWERS, EVERYTHING

ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=True), st.text(max_size=20),
    st.lists(st.sampled_from(["money", "nothing", "growth", "calm", "x"]), max_size=4),
)  # fmt: skip


def test_answers_of_every_kind_are_kept_as_they_are() -> None:
    assert cleaned(EVERYTHING, ANSWERS) == ANSWERS
    assert unanswered(EVERYTHING, ANSWERS) == []


@pytest.mark.parametrize(
    ("question", "typed", "kept"),
    [
        ("job", "  Baker ", "Baker"),
        ("people", "12", 12),
        ("people", "12,0", 12),
        ("since", "2020-02-29", "2020-02-29"),
        ("needs", ["time", "money"], ["money", "time"]),
        ("needs", "money", ["money"]),
        ("first", ["growth", "calm"], ["growth", "calm"]),
        ("sleep", "3", 3),
        ("agree", "on", True),
        ("agree", "no", None),
        ("job", "   ", None),
        ("needs", [], None),
    ],
)
def test_what_is_typed_becomes_what_is_kept(question: str, typed: Any, kept: Any) -> None:
    assert fitted(EVERYTHING.by_id[question], typed) == kept


@pytest.mark.parametrize(
    ("question", "typed", "said"),
    [
        ("job", "x" * 61, "at most 60 characters; these are 61"),
        ("people", "a few", "Write a number in digits"),
        ("people", "1.5", "Write a whole number"),
        ("people", "-1", "cannot be less than 0"),
        ("people", "501", "cannot be more than 500"),
        ("people", "inf", "Write a number in digits"),
        ("people", "nan", "Write a number in digits"),
        ("since", "2021-02-29", "a date that exists"),
        ("since", "1949-12-31", "cannot be before 1 January 1950"),
        ("since", "2031-01-01", "cannot be after 31 December 2030"),
        ("party", "perhaps", "one of the answers offered"),
        ("needs", ["money", "people", "time"], "Choose at most 2"),
        ("needs", ["money", "nothing"], "“Nothing now” goes with no other answer"),
        ("needs", ["money", "gold"], "from the answers offered"),
        ("first", ["growth", "calm", "skill"], "Choose at most 2"),
        ("sleep", "4", "one of the answers offered"),
        ("days.rush", "often", "one of the answers offered"),
        ("town", "x" * 121, "a town, or the first half of a postcode"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_would(question: str, typed: Any, said: str) -> None:
    with pytest.raises(DoesNotFit, match=said):
        fitted(EVERYTHING.by_id[question], typed)


def test_a_follow_up_is_asked_only_after_the_answer_that_brings_it() -> None:
    asked = {question.id for question in questions_asked(EVERYTHING, {"party": "no"})}
    assert "which" not in asked
    asked = {question.id for question in questions_asked(EVERYTHING, {"party": "yes"})}
    assert "which" in asked
    assert "since-when" not in asked


def test_what_is_not_asked_any_more_is_not_kept_nor_does_it_bring_follow_ups() -> None:
    changed_mind = {**ANSWERS, "party": "no"}
    assert {"which", "since-when"} & set(cleaned(EVERYTHING, changed_mind)) == set()


def test_only_what_is_asked_can_be_missing() -> None:
    assert unanswered(EVERYTHING, {"party": "no"}) == ["job", "agree"]
    assert unanswered(EVERYTHING, {"party": "yes"}) == ["job", "which", "agree"]


@settings(deadline=None)  # the first example reads the definition
@given(st.dictionaries(st.sampled_from([*EVERYTHING.by_id, "unknown"]), ANYTHING))
def test_whatever_is_sent_only_what_fits_is_kept_and_twice_is_as_once(sent: dict[str, Any]) -> None:
    kept = cleaned(EVERYTHING, sent)
    assert set(kept) <= set(EVERYTHING.by_id)
    assert cleaned(EVERYTHING, kept) == kept
    asked = {item.id for item in shown_items(EVERYTHING, kept)}
    assert {EVERYTHING.by_id[key].item.id for key in kept} <= asked
