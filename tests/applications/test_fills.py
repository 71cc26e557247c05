"""What answers tell of a participant, and what is known told back as answers."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.applications.fills import known_answers, special_items, tell
from alongside.questionnaires.answering import cleaned, fitted
from alongside.questionnaires.definition import Definition
from alongside.questionnaires.library import newest
from alongside.questionnaires.reading import parse
from tests.applied import MENTOR

FORM = next(each for each in newest() if each.id == "mentor-application")
SPECIAL = """
id = "special"
version = 1
title = "Special"
about = "Special"
audience = "mentees"
shown = "to_coordinators"

[[items]]
id = "party"
kind = "one"
text = "Which party are you in?"
fills = "attributes.party"
options = [{ id = "a", label = "The A Party" }, { id = "b", label = "The B Party" }]

[[items]]
id = "party-consent"
kind = "consent"
text = "You may use my party."
purpose = "party"

[[items]]
id = "line"
kind = "text"
text = "Which line?"
fills = "attributes.line"

[[items]]
id = "grade"
kind = "text"
text = "Your grade?"
fills = "seniority"
"""
TOPICS = [option.id for option in FORM.by_id["topics"].item.options]  # type: ignore[attr-defined]
LANGUAGES = [option.id for option in FORM.by_id["languages"].item.options]  # type: ignore[attr-defined]
SLOTS = [option.id for option in FORM.by_id["availability"].item.options]  # type: ignore[attr-defined]


def special() -> Definition:
    return parse(SPECIAL)


answers = st.fixed_dictionaries(
    {},
    optional={
        "name": st.text(max_size=200),
        "topics": st.lists(st.sampled_from(TOPICS), min_size=1, max_size=5, unique=True),
        "languages": st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True),
        "availability": st.lists(st.sampled_from(SLOTS), min_size=1, unique=True),
        "remote": st.sampled_from(["yes", "no"]),
        "distance": st.integers(1, 500),
        "capacity": st.integers(1, 20),
        "sector": st.sampled_from(["food", "other"]),
        "place": st.text(max_size=120),
        "about": st.text(max_size=2000),
        "employer": st.text(max_size=200),
    },
)


def test_answers_become_what_a_spreadsheet_would_have_brought() -> None:
    told = tell(FORM, MENTOR)
    assert told.name == "Ada Applicant"
    assert told.details["topics"] == [["Cash flow and finance", 1.0], ["Hiring and leading people", 0.8]]
    assert told.details["languages"] == ["English", "BSL"]
    assert (told.details["remote"], told.details["capacity"]) == (True, 2)
    assert told.details["latitude"] == pytest.approx(51.6, abs=0.1)
    assert told.details["sector"] == "Food and drink"


def test_a_place_that_nobody_knows_is_kept_as_it_was_written() -> None:
    details = tell(FORM, {"place": "Atlantis under the sea"}).details
    assert details == {"place": "Atlantis under the sea", "latitude": None, "longitude": None}


def test_nothing_answered_tells_nothing() -> None:
    assert tell(FORM, {}).details == {}


@given(answers)
def test_topics_are_weighed_in_their_order_and_nothing_outgrows_its_field(given_: dict[str, Any]) -> None:
    details = tell(FORM, cleaned(FORM, given_)).details
    weights = [weight for _label, weight in details.get("topics", [])]
    assert weights == sorted(weights, reverse=True)
    assert all(0 < weight <= 1 for weight in weights)
    assert all(len(details.get(name, "")) <= 200 for name in ("employer", "job_title", "sector", "place"))


@given(answers)
def test_what_was_told_once_stands_filled_in_the_next_time(given_: dict[str, Any]) -> None:
    first = cleaned(FORM, given_)
    told = tell(FORM, first)
    again = known_answers(FORM, {**told.details, "name": told.name})
    assert tell(FORM, again) == told
    assert cleaned(FORM, again) == again or "distance" in again


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "topics": st.lists(st.tuples(st.text(max_size=20), st.floats(0, 1)).map(list), max_size=4),
            "languages": st.lists(st.sampled_from(["English", "BSL", "Klingon", ""]), max_size=4),
            "availability": st.lists(st.sampled_from([*SLOTS, "never"]), max_size=5),
            "remote": st.booleans() | st.none(),
            "capacity": st.integers(-5, 500),
            "max_km": st.floats(allow_nan=True) | st.none(),
            "sector": st.text(max_size=30),
            "name": st.text(max_size=400),
            "privacy": st.just(True),
        },
    )
)
def test_whatever_is_known_fills_in_only_what_fits(known: dict[str, Any]) -> None:
    found = known_answers(FORM, known)
    assert "privacy" not in found
    assert all(fitted(FORM.by_id[key], answer) == answer for key, answer in found.items())


def test_what_the_law_protects_is_told_only_where_it_was_agreed_to() -> None:
    definition = special()
    assert special_items(definition) == {"party": "party-consent"}
    assert tell(definition, {"party": "a"}).sensitive == ()
    assert tell(definition, {"party": "a"}, opened=["party"]).details == {}
    agreed = {"party": "a", "party-consent": True, "line": "7"}
    told = tell(definition, agreed)
    assert told.details == {"attributes": {"line": "7"}}
    [kept] = told.sensitive
    assert (kept.question, kept.answer, kept.basis) == (
        "Which party are you in?",
        "The A Party",
        "You may use my party.",
    )
    opened = tell(definition, agreed, opened=["party"])
    assert (opened.details["attributes"], opened.sensitive) == ({"party": "The A Party", "line": "7"}, ())


def test_a_grade_becomes_a_step() -> None:
    assert tell(special(), {"grade": "senior manager"}).details["seniority"] in range(1, 8)
    assert tell(special(), {"grade": "???"}).details == {}


def test_what_the_law_protects_is_never_filled_in() -> None:
    assert known_answers(special(), {"attributes.party": "The A Party", "party": "a"}) == {}
