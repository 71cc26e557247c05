from __future__ import annotations

from dataclasses import replace

import pytest

from alongside.engine import Market, Person, Position, Problem, ProblemError, Rules
from alongside.engine.answers.leftovers import IN_WORDS
from alongside.engine.measuring.forms import Times
from alongside.engine.measuring.rules import hard_rules

LONDON, CROYDON, LEEDS = Position(51.507, -0.128), Position(51.376, -0.098), Position(53.801, -1.549)
EVERY_RULE = Rules("same", must_share=("party",), must_differ=("line",), minimum_seniority_gap=1)

ANN = Person("ann", name="Ann")
FAY = Person("fay", name="Fay")


def market(mentee, mentor, rules):
    people = (replace(ANN, **mentee),), (replace(FAY, **mentor),)
    return Market.of(Problem(*people, rules, opened=frozenset({"party"})))


@pytest.mark.parametrize(
    ("rule", "rules", "mentee", "mentor", "sentence"),
    [
        (
            "cleared",
            Rules(),
            {"cleared": False},
            {},
            "Not cleared yet: Ann. Nobody is matched before every check of the programme is passed.",
        ),
        ("capacity", Rules(), {}, {"capacity": 0}, "Fay has no free place."),
        ("capacity", Rules(), {"capacity": 0}, {}, "Ann is not to have a mentor now."),
        ("avoids", Rules(), {"avoids": ("fay",)}, {}, "One of Ann and Fay asked not to be paired with the other."),
        ("avoids", Rules(), {}, {"avoids": ("ann",)}, "One of Ann and Fay asked not to be paired with the other."),
        (
            "conflicts",
            Rules(avoid=False),
            {"conflicts": ("fay",)},
            {},
            "A conflict of interest is declared between Ann and Fay.",
        ),
        (
            "conflicts",
            Rules(),
            {},
            {"conflicts": ("ann",), "avoids": ("ann",)},
            "A conflict of interest is declared between Ann and Fay.",
        ),
        (
            "requires",
            Rules(),
            {"requires": (("rooms", "step-free"),)},
            {"attributes": (("rooms", "upstairs"),)},
            "Ann needs rooms: step-free, and Fay has not said so.",
        ),
        (
            "requires",
            Rules(),
            {},
            {"requires": (("stage", "trading"), ("hours", "evenings"), ("hours", "weekends"))},
            "Fay needs stage: trading, and Ann has not said so.",
        ),
        (
            "requires",
            Rules(),
            {"attributes": (("stage", "Trading"), ("hours", "mornings"))},
            {"requires": (("stage", "trading"), ("hours", "evenings"), ("hours", "weekends"))},
            "Fay needs hours: evenings or weekends, and Ann has not said so.",
        ),
        (
            "former",
            Rules(),
            {"former": ("fay",)},
            {},
            "Ann and Fay were paired before, and this programme makes new pairs.",
        ),
        (
            "former",
            Rules(),
            {},
            {"former": ("ann",)},
            "Ann and Fay were paired before, and this programme makes new pairs.",
        ),
        (
            "must_differ",
            Rules(must_differ=("authority", "line")),
            {"attributes": (("authority", "Harbour"), ("line", "Sales"))},
            {"attributes": (("authority", "Mill"), ("line", "sales"))},
            "Both have the line Sales, and this programme pairs people who differ in it.",
        ),
        (
            "same_organisation",
            Rules("same"),
            {"organisation": "Mill"},
            {},
            "Ann is at Mill and Fay at an organisation not named, "
            "and this programme pairs people from the same organisation.",
        ),
        (
            "different_organisation",
            Rules("different"),
            {"organisation": "Harbour Bakery"},
            {"organisation": "harbour  bakery"},
            "Both are at Harbour Bakery, and this programme pairs people from different organisations.",
        ),
        (
            "must_share",
            Rules(must_share=("party",)),
            {"attributes": (("party", "Blue"),)},
            {"attributes": (("party", "Green"),)},
            "Both must have the same party: Ann has Blue, Fay has Green.",
        ),
        (
            "must_share",
            Rules(must_share=("party",)),
            {"attributes": (("party", "Blue"),)},
            {},
            "Both must have the same party, and Fay has not said.",
        ),
        (
            "languages",
            Rules(),
            {"languages": frozenset({"en", "pl"})},
            {"languages": frozenset({"cy"})},
            "No language in common: en, pl and cy.",
        ),
        (
            "distance",
            Rules(),
            {"position": LONDON, "remote": False},
            {"position": LEEDS},
            "They live more than 50 km apart, and do not both meet remotely.",
        ),
        (
            "distance",
            Rules(),
            {"position": LONDON, "remote": False},
            {"position": CROYDON, "max_km": 5.0},
            "They live more than 5 km apart, and do not both meet remotely.",
        ),
        (
            "availability",
            Rules(),
            {"availability": frozenset({"mon-am"})},
            {"availability": frozenset({"tue-pm"})},
            "No time in common: mon-am and tue-pm.",
        ),
        (
            "seniority",
            Rules(minimum_seniority_gap=2),
            {"seniority": 3},
            {"seniority": 4},
            "Fay is at level 4 and Ann at 3; the gap must be at least 2.",
        ),
    ],
)
def test_a_broken_rule_forbids_the_pair_and_says_why(rule, rules, mentee, mentor, sentence):
    asked = market(mentee, mentor, rules)
    answer = asked.why_not("ann", "fay", asked.solve())
    assert not asked.allowed("ann", "fay")
    assert (answer.kind, answer.rule, answer.sentence) == ("rule", rule, sentence)


@pytest.mark.parametrize(
    ("rules", "mentee", "mentor"),
    [
        (Rules("different"), {}, {}),
        (Rules("different"), {"organisation": "Mill"}, {"organisation": "Harbour"}),
        (Rules("same"), {"organisation": "Mill"}, {"organisation": "mill"}),
        (Rules(), {"languages": frozenset({"EN"})}, {"languages": frozenset({"en", "cy"})}),
        (Rules(), {"languages": frozenset({"en"})}, {}),
        (Rules(languages=False), {"languages": frozenset({"en"})}, {"languages": frozenset({"cy"})}),
        (Rules(), {"position": LONDON}, {"position": LEEDS}),
        (Rules(), {"position": LONDON, "remote": False}, {"position": CROYDON}),
        (Rules(), {"position": LONDON, "remote": False}, {}),
        (Rules(), {"availability": frozenset({"mon-am"})}, {}),
        (Rules(minimum_seniority_gap=2), {"seniority": 1}, {}),
        (Rules(minimum_seniority_gap=2), {"seniority": 1}, {"seniority": 3}),
        (Rules(avoid=False), {"avoids": ("fay",)}, {}),
        (
            Rules(must_share=("party",)),
            {"attributes": (("party", "Blue"),)},
            {"attributes": (("party", "blue"),)},
        ),
        (Rules(must_differ=("line",)), {}, {}),
        (Rules(must_differ=("line",)), {"attributes": (("line", "Sales"),)}, {}),
        (Rules(must_differ=("line",)), {"attributes": (("line", "Sales"),)}, {"attributes": (("line", "Tax"),)}),
        (Rules(former=False), {"former": ("fay",)}, {"former": ("ann",)}),
        (Rules(), {"former": ("liz",), "conflicts": ("liz",)}, {}),
        (Rules(), {"requires": (("rooms", "step-free"),)}, {"attributes": (("rooms", "Step free"),)}),
        (
            Rules(),
            {"requires": (("rooms", "step-free"),), "attributes": (("hours", "weekends"),)},
            {"requires": (("hours", "evenings"), ("hours", "weekends")), "attributes": (("rooms", "step-free"),)},
        ),
    ],
)
def test_what_keeps_the_rules_or_was_not_said_is_allowed(rules, mentee, mentor):
    assert market(mentee, mentor, rules).allowed("ann", "fay")


def test_a_lock_overrides_judgement_and_never_safety():
    overridable = {rule.name for rule in hard_rules(EVERY_RULE) if not rule.safety}
    assert overridable == {
        "same_organisation",
        "former",
        "must_share",
        "must_differ",
        "languages",
        "distance",
        "availability",
        "seniority",
    }
    locked = market({"languages": frozenset({"en"})}, {"languages": frozenset({"cy"})}, EVERY_RULE)
    assert locked.with_pairs(required=frozenset({("ann", "fay")})).allowed("ann", "fay")


def test_a_pair_ruled_out_by_hand_says_so():
    asked = market({}, {}, Rules()).with_pairs(forbidden=frozenset({("ann", "fay")}))
    answer = asked.why_not("ann", "fay", asked.solve())
    assert (answer.rule, answer.sentence) == ("forbidden", "The pair of Ann and Fay was ruled out by hand.")


def test_every_rule_can_be_named_in_passing():
    rules = {rule.name for way in ("same", "different") for rule in hard_rules(replace(EVERY_RULE, organisation=way))}
    assert rules | {"forbidden", "least_score"} == IN_WORDS.keys()


def test_nobody_is_their_own_mentor_under_any_rule_or_lock():
    asked = market({"account": "jo"}, {"account": "jo"}, Rules(avoid=False))
    assert not asked.solve().solution.pairs
    assert asked.broken_rule(ANN.id, FAY.id) == f"{ANN} is on both sides, and nobody is their own mentor."
    with pytest.raises(ProblemError, match="nobody is their own mentor"):
        replace(asked.problem, required=frozenset({(ANN.id, FAY.id)}))


def test_without_an_account_the_same_id_is_the_same_person():
    assert not market({"id": "jo@example.org"}, {"id": "jo@example.org"}, Rules()).solve().solution.pairs


@pytest.mark.parametrize(
    ("mentee", "mentor", "sentence"),
    [
        ({"conflicts": ("fay",)}, {}, "Ann and Fay are required, but a conflict of interest is declared between them."),
        ({}, {"conflicts": ("ann",)}, "Ann and Fay are required, but a conflict of interest is declared between them."),
        (
            {"requires": (("rooms", "step-free"),)},
            {},
            "Ann and Fay are required, but Ann needs rooms: step-free, and Fay has not said so.",
        ),
    ],
)
def test_a_conflict_or_a_need_of_their_own_is_never_overridden(mentee, mentor, sentence):
    asked = market(mentee, mentor, Rules(avoid=False))
    with pytest.raises(ProblemError) as refusal:
        asked.with_pairs(required=frozenset({("ann", "fay")}))
    assert str(refusal.value) == sentence


def test_former_partners_are_paired_again_where_a_coordinator_requires_it():
    asked = market({"former": ("fay",)}, {"former": ("ann",)}, Rules())
    assert not asked.solve().solution.pairs
    assert asked.with_pairs(required=frozenset({("ann", "fay")})).solve().solution.pairs


def test_a_conflict_reads_alike_whoever_declared_it():
    said = {
        market(one, other, Rules()).broken_rule("ann", "fay")
        for one, other in (({"conflicts": ("fay",)}, {}), ({}, {"conflicts": ("ann",)}))
    }
    assert len(said) == 1


def test_who_is_left_hears_of_the_rules_in_passing():
    asked = market({"requires": (("rooms", "step-free"),)}, {"former": ("ann",)}, Rules())
    [left] = asked.solve().solution.unmatched
    assert left.sentence == (
        "No mentor is possible for Ann. "
        "Ruled out by: having been paired before (1), what one requires of the other (1)."
    )


def test_many_different_requirements_are_judged_as_few_are():
    names = [f"room {number}" for number in range(200)]
    mentees = tuple(Person(f"a{at}", requires=(("rooms", name),)) for at, name in enumerate(names))
    mentors = tuple(Person(f"m{at}", attributes=(("rooms", name),)) for at, name in enumerate(names[:190]))
    silent = Person("n")
    asked = Market.of(Problem((*mentees, Person("z")), (*mentors, silent)))
    assert [type(form) for form in asked.rules["requires"]] == [Times]
    allowed = [[asked.allowed(mentee.id, mentor.id) for mentor in (*mentors, silent)] for mentee in mentees]
    assert allowed == [[one == other for other in range(191)] if one < 190 else [False] * 191 for one in range(200)]
    assert all(asked.allowed("z", mentor.id) for mentor in (*mentors, silent))
