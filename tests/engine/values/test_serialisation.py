from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from alongside.engine import (
    Certificate,
    Market,
    Person,
    Position,
    Problem,
    SerialisationError,
    Solution,
    Topic,
    from_dict,
    to_dict,
)
from alongside.engine.values.serialisation import people_digest
from tests.engine.strategies import problems


@settings(max_examples=40, deadline=None)
@given(problems())
def test_values_come_back_from_json_as_they_were(problem):
    result = Market.of(problem).solve()
    for value, kind in ((problem, Problem), (result.solution, Solution), (result.certificate, Certificate)):
        assert from_dict(kind, json.loads(json.dumps(to_dict(value)))) == value


@settings(max_examples=40, deadline=None)
@given(problems())
def test_the_fingerprint_knows_the_people_and_not_their_order(problem):
    turned = replace(problem, mentees=problem.mentees[::-1], mentors=problem.mentors[::-1])
    assert Market.of(turned).fingerprint == Market.of(problem).fingerprint
    if problem.mentees:
        first = replace(problem.mentees[0], text="something else")
        changed = replace(problem, mentees=(first, *problem.mentees[1:]))
        assert Market.of(changed).fingerprint != Market.of(problem).fingerprint


ANN = Person(
    "ann",
    "Ann",
    2,
    1,
    "Harbour",
    (Topic("Pricing"), Topic("Tax", 0.5)),
    "I bake bread",
    "food",
    Position(51.5, -0.1, "London"),
    30.0,
    True,
    frozenset({"mon-am", "tue-pm", "fri-am"}),
    frozenset({"cy", "en"}),
    3,
    (("rank", "head"), ("party", "blue")),
    prefers=("w", "x"),
    requires=(("rooms", "lift"),),
    mode="remote",
    asks=("Exporting",),
)


def test_a_digest_is_the_same_on_every_machine():
    digest = "377a3c0267ecdaa4cfe309422056a8c89d6d974f8bdff932b4cd4c02d0bb5987"
    assert people_digest((ANN, Person("bo", max_km=5))) == digest
    assert people_digest((ANN, Person("bo", max_km=5.0))) == digest


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "anna"},
        {"name": "AnnH", "organisation": "arbour"},
        {"name": "Ann\0"},
        {"capacity": 3},
        {"minimum": 0},
        {"topics": (Topic("PricingT"), Topic("ax", 0.5))},
        {"topics": (Topic("Pricing", 0.5), Topic("Tax"))},
        {"topics": ()},
        {"position": Position(51.5, -0.1)},
        {"position": None},
        {"max_km": 30.5},
        {"max_km": None},
        {"remote": False},
        {"availability": frozenset({"mon-am", "tue-pm"})},
        {"availability": ANN.languages, "languages": ANN.availability},
        {"seniority": None},
        {"seniority": 0},
        {"attributes": (("rank", "headparty"), ("", "blue"))},
        {"attributes": (("rank", "head"),), "requires": (("party", "blue"), ("rooms", "lift"))},
        {"cleared": False},
        {"prefers": ("x", "w")},
        {"prefers": ("wx",)},
        {"avoids": ("w",)},
        {"account": "a"},
        {"mode": "either"},
        {"asks": (), "experience": ("Exporting",)},
    ],
    ids=lambda changes: ",".join(changes),
)
def test_whoever_says_anything_else_has_another_digest(changes):
    bo = Person("bo")
    assert people_digest((replace(ANN, **changes), bo)) != people_digest((ANN, bo))


def test_words_moved_from_one_person_to_the_next_are_not_the_same():
    def said(*names):
        return people_digest([Person(str(number), name) for number, name in enumerate(names)])

    assert len({said("ab", "c"), said("a", "bc"), said("abc", ""), said("abc"), said("ab", "c", "")}) == 5
    assert said("\U00010000") != said("\ud800\udc00")


@pytest.mark.parametrize("data", [None, [], {"pairs": [], "colour": "red"}, {"pairs": []}])
def test_data_of_another_form_is_refused(data):
    with pytest.raises(SerialisationError, match="Solution"):
        from_dict(Solution, data)
