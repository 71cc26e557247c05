from __future__ import annotations

import json
from dataclasses import replace

import pytest

from alongside.engine import Market, Person, Problem, ProblemError, Quota, from_dict, to_dict

PROBLEM = Problem(
    (Person("ann"), Person("bob")),
    (Person("fay", capacity=2, minimum=1), Person("liz")),
    quotas=(Quota("Mill", "mentee", frozenset({"ann", "bob"}), 1, 2), Quota("Fay", "mentor", frozenset({"fay"}), 0, 1)),
)
MILL, FAY = PROBLEM.quotas


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"quotas": (MILL, MILL)}, "Two quotas are called “Mill”; every quota needs a name of its own."),
        ({"quotas": (replace(MILL, name=""),)}, "A quota has no name; every quota needs one of its own."),
        (
            {"quotas": (replace(MILL, side="both"),)},
            "The quota “Mill” is on the side “both”; it can be mentee or mentor.",
        ),
        (
            {"quotas": (replace(MILL, members=frozenset()),)},
            "The quota “Mill” names nobody; it needs at least one mentee.",
        ),
        (
            {"quotas": (replace(FAY, members=frozenset({"ann"})),)},
            "The quota “Fay” names the mentor “ann”, who is not among the mentors.",
        ),
        ({"quotas": (replace(MILL, least=-1),)}, "The quota “Mill” has a bound below 0; a bound must be 0 or more."),
        (
            {"quotas": (replace(MILL, least=3),)},
            "The quota “Mill” asks for at least 3 pairs and at most 2; the first is to be no more.",
        ),
        (
            {"required": frozenset({("ann", "fay"), ("bob", "fay")})},
            "The quota “Fay” allows 1 pair at most, but 2 pairs are required.",
        ),
    ],
)
def test_a_quota_that_cannot_be_is_refused_in_plain_words(changes, sentence):
    with pytest.raises(ProblemError) as refusal:
        replace(PROBLEM, **changes)
    assert str(refusal.value) == sentence


def test_a_quota_counts_the_pairs_of_its_members_on_its_side():
    assert MILL.holds(("ann", "liz"))
    assert FAY.holds(("ann", "fay"))
    assert not FAY.holds(("fay", "liz"))


def test_quotas_and_minimums_come_back_from_json_as_they_were():
    assert from_dict(Problem, json.loads(json.dumps(to_dict(PROBLEM)))) == PROBLEM


def test_the_fingerprint_knows_the_quotas_and_minimums_and_not_their_order():
    known = Market.of(PROBLEM).fingerprint
    assert Market.of(replace(PROBLEM, quotas=(FAY, MILL))).fingerprint == known
    for changed in (
        replace(PROBLEM, quotas=(MILL,)),
        replace(PROBLEM, quotas=(MILL, replace(FAY, most=2))),
        replace(PROBLEM, mentors=(replace(PROBLEM.mentors[0], minimum=2), PROBLEM.mentors[1])),
        replace(PROBLEM, rules=replace(PROBLEM.rules, least_score=1)),
    ):
        assert Market.of(changed).fingerprint != known
