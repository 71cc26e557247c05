from __future__ import annotations

from dataclasses import replace

import pytest

from alongside.engine import Person, Position, Problem, ProblemError, Rules, Settings, SettingsError, Topic, Weights

ANN, BOB = Person("ann", name="Ann"), Person("bob", name="Bob")
FAY, LIZ = Person("fay", name="Fay"), Person("liz", name="Liz")


def problem(**changes):
    return replace(Problem((ANN, BOB), (FAY, LIZ)), **changes)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"mentees": (ANN, ANN)}, "2 mentees have the id “ann”; everyone needs one of their own."),
        ({"mentors": (Person(""),)}, "A mentor has no id; everyone needs one of their own."),
        (
            {"required": frozenset({("zoe", "fay")})},
            "A pair names the mentee “zoe”, who is not among the mentees.",
        ),
        (
            {"forbidden": frozenset({("ann", "zoe")})},
            "A pair names the mentor “zoe”, who is not among the mentors.",
        ),
        (
            {"required": frozenset({("ann", "fay")}), "forbidden": frozenset({("ann", "fay")})},
            "Ann and Fay are both required and forbidden; choose one.",
        ),
        (
            {"required": frozenset({("ann", "fay"), ("bob", "fay")})},
            "Fay has room for 1 mentee, but 2 pairs are required.",
        ),
        (
            {"required": frozenset({("ann", "fay"), ("ann", "liz")})},
            "Ann is to have 1 mentor, but 2 pairs are required.",
        ),
        (
            {"mentees": (replace(ANN, cleared=False),), "required": frozenset({("ann", "fay")})},
            "Ann is not cleared yet, so the pair cannot be required.",
        ),
        (
            {"mentees": (replace(ANN, avoids=("fay",)),), "required": frozenset({("ann", "fay")})},
            "Ann and Fay are required, but one of them asked not to be paired with the other.",
        ),
        (
            {"mentors": (replace(FAY, capacity=-1),)},
            "The capacity of Fay is -1; it must be from 0 to 10,000.",
        ),
        (
            {"mentees": (replace(ANN, minimum=1),)},
            "Ann is a mentee with a minimum of 1; only mentors have a minimum.",
        ),
        (
            {"mentors": (replace(FAY, capacity=2, minimum=3),)},
            "The minimum of Fay is 3; it must be from 0 to 2, the number of places.",
        ),
        (
            {"mentees": (replace(ANN, topics=(Topic("Tax", 0.0),)),)},
            "Ann gives “Tax” the weight 0.0; it must be above 0.",
        ),
        (
            {"mentees": (replace(ANN, position=Position(91, 0)),)},
            "Ann is at 91, 0; a latitude is within ±90, a longitude ±180.",
        ),
        (
            {"mentees": (replace(ANN, max_km=float("nan")),)},
            "Ann travels at most nan km; it must be 0 or more.",
        ),
        (
            {"mentees": (replace(ANN, mode="by letter"),)},
            "Ann would rather meet “by letter”; it can be in_person, remote or either.",
        ),
        (
            {"mentees": (replace(ANN, requires=(("rooms", " "),)),)},
            "Ann requires “rooms” to be “ ”; name an attribute and its value.",
        ),
    ],
)
def test_a_contradiction_is_refused_in_plain_words(changes, sentence):
    with pytest.raises(ProblemError) as refusal:
        problem(**changes)
    assert str(refusal.value) == sentence


def test_a_wish_to_avoid_may_be_overridden_only_where_the_programme_switched_it_off():
    wary = (replace(ANN, avoids=("fay",)),)
    assert problem(mentees=wary, required=frozenset({("ann", "fay")}), rules=Rules(avoid=False)).required


@pytest.mark.parametrize("score", [-1, 10_001])
def test_a_least_score_that_no_pair_could_have_is_refused(score):
    with pytest.raises(SettingsError, match=f"The least score is {score}; it must be from 0 to 10,000."):
        Rules(least_score=score)


def test_weights_must_leave_something_to_choose_by():
    with pytest.raises(SettingsError, match="Every weight is 0"):
        Weights(0, 0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize("weight", [-1.0, float("nan"), float("inf")])
def test_a_weight_that_is_no_weight_is_refused(weight):
    with pytest.raises(SettingsError, match=r"The weight of needs is .*; a weight must be 0 or more"):
        Weights(needs=weight)


def test_rules_refuse_what_they_cannot_mean():
    with pytest.raises(SettingsError, match="it can be any, same or different"):
        Rules(organisation="other")
    with pytest.raises(SettingsError, match="it must be 0 or more"):
        Rules(max_km=-1)


def test_an_attribute_cannot_be_weighed_twice():
    with pytest.raises(SettingsError, match="“line” is weighed 2 times"):
        Weights(alike=(("line", 1.0), ("line", 2.0)))


def test_weights_are_changed_under_the_names_of_their_criteria():
    weights = Weights(alike=(("line", 1.0), ("stage", 2.0)))
    changed = weights.with_criteria({"needs": 7.0, "alike:stage": 3.0})
    assert changed == replace(weights, needs=7.0, alike=(("line", 1.0), ("stage", 3.0)))
    assert weights.with_criteria(weights.by_criterion()) == weights


def test_problems_are_values():
    assert problem() == problem()
    assert hash(problem()) == hash(problem())
    assert Settings() == Settings(Rules(), Weights())
