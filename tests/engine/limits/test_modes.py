from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from alongside.engine import (
    Certificate,
    Market,
    Objective,
    Pair,
    Person,
    Problem,
    ProblemError,
    Quota,
    Rules,
    TooLargeError,
    Topic,
    VerificationError,
    Weights,
    from_dict,
    solve,
    to_dict,
    verify,
)
from alongside.engine.limits import modes
from alongside.engine.limits.terms import crossing
from alongside.engine.table import Table
from alongside.engine.values.totals import Stakes
from alongside.engine.watch import Stopped, Watch
from tests.engine.strategies import arrangements, limited, missing, worth

few = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def solvable(problem):
    assume(problem.objective is not Objective.LEXIMIN or not crossing(problem.quotas))
    return problem


cases = limited().map(solvable)


def made(result):
    return tuple((pair.mentee, pair.mentor) for pair in result.solution.pairs)


@settings(few, max_examples=150)
@given(cases)
def test_no_arrangement_within_the_limits_is_better_and_the_certificate_says_so(problem):
    result = solve(problem)
    assert worth(problem, made(result)) == max(worth(problem, pairs) for pairs in arrangements(problem))
    assert result.certificate.missing == missing(problem, made(result))
    verify(problem, result.solution, result.certificate)


@few
@given(cases, st.randoms())
def test_the_order_of_people_and_quotas_changes_nothing(problem, random):
    sides = [list(problem.mentees), list(problem.mentors), list(problem.quotas)]
    for each in sides:
        random.shuffle(each)
    mentees, mentors, quotas = map(tuple, sides)
    turned = solve(replace(problem, mentees=mentees, mentors=mentors, quotas=quotas))
    assert turned == solve(problem)


@few
@given(cases)
def test_certificates_of_every_kind_come_back_from_json_and_say_what_they_prove(problem):
    certificate = solve(problem).certificate
    assert from_dict(Certificate, json.loads(json.dumps(to_dict(certificate)))) == certificate
    assert certificate.sentence.startswith("Proven")
    assert certificate.sentence.endswith(".")


@few
@given(cases, st.data())
def test_why_not_costs_what_the_best_arrangement_with_the_pair_loses(problem, data):
    assume(problem.mentees and problem.mentors)
    market = Market.of(problem)
    pair = data.draw(st.sampled_from(problem.mentees)).id, data.draw(st.sampled_from(problem.mentors)).id
    result = market.solve()
    answer = market.why_not(*pair, result)
    possible = [pairs for pairs in arrangements(problem) if pair in pairs]
    assert (answer.kind in ("already_paired", "displaces")) == bool(possible)
    if answer.kind == "displaces":
        forced = replace(problem, required=problem.required | {pair})
        best = max(possible, key=lambda pairs: worth(forced, pairs))
        quality = sum(market.score(*each) for each in best)
        assert answer.cost == result.certificate.quality - quality
        assert answer.placed_change == len({mentee for mentee, _ in best}) - result.certificate.placed


@few
@given(cases, st.sampled_from(Objective))
def test_what_if_changes_the_objective_and_is_proven_too(problem, objective):
    solvable(replace(problem, objective=objective))
    market = Market.of(problem)
    answer = market.what_if(market.solve(), objective=objective)
    verify(replace(problem, objective=objective), answer.result.solution, answer.result.certificate)


@few
@given(cases)
def test_shortlists_hold_the_match(problem):
    market = Market.of(problem)
    result = market.solve()
    lists = market.shortlists(result).mentors
    assert all(mentor in lists[mentee] for mentee, mentor in made(result))
    assert all(market.allowed(mentee, mentor) for mentee in lists for mentor in lists[mentee])


# What each mode is for.

# Ann suits both mentors, Bob suits Fay a little and Liz not at all: the best sum gives Bob Liz.
UNEVEN = Problem(
    (
        Person("ann", topics=(Topic("Pricing"),), sector="food"),
        Person("bob", topics=(Topic("Pricing"),), sector="law"),
    ),
    (
        Person("fay", topics=(Topic("Pricing"),), sector="food"),
        Person("liz", topics=(Topic("Hiring"),), sector="food"),
    ),
    weights=Weights(40, 0, 60, 0, 0, 0, 0),
)
THREE = Problem(
    tuple(Person(name, sector="food") for name in ("ann", "bob", "cat")),
    (Person("fay", sector="food", capacity=3), Person("liz", sector="law", capacity=2, minimum=1)),
    weights=Weights(0, 0, 1, 0, 0, 0, 0),
)
CROSSING = (
    Quota("north", "mentee", frozenset({"ann", "bob"}), most=1),
    Quota("young", "mentee", frozenset({"bob", "cat"}), most=1),
)


def scores(problem):
    return sorted(pair.score for pair in solve(problem).solution.pairs)


def test_the_sum_may_want_what_the_floor_forbids():
    fairest = [replace(UNEVEN, objective=objective) for objective in (Objective.FLOOR_FIRST, Objective.LEXIMIN)]
    before = scores(UNEVEN)
    for problem in fairest:
        after = scores(problem)
        assert after[0] > before[0]
        assert sum(after) <= sum(before)
        assert len(after) == len(before)


def test_a_floor_never_costs_the_second_mentor_somebody_asked_for():
    eager = (Person("ann", sector="food", capacity=2),)
    mentors = (Person("fay", sector="food"), Person("liz", sector="law"))
    problem = Problem(eager, mentors, weights=THREE.weights, objective=Objective.FLOOR_FIRST)
    assert len(solve(problem).solution.pairs) == 2


def test_a_required_pair_below_the_floor_does_not_hold_it_down():
    locked = replace(THREE, objective=Objective.FLOOR_FIRST, required=frozenset({("ann", "liz")}))
    result = solve(locked)
    assert scores(locked) == [0, 10_000, 10_000]
    assert result.certificate.floor == 10_000
    verify(locked, result.solution, result.certificate)


def test_a_minimum_is_met_before_quality_counts():
    assert [pair.mentor for pair in solve(THREE).solution.pairs].count("liz") == 1


def test_who_is_left_by_a_limit_on_a_group_hears_that():
    quota = Quota("food", "mentee", frozenset({"ann", "bob", "cat"}), most=1)
    left = solve(replace(THREE, quotas=(quota,))).solution.unmatched
    assert [one.reason for one in left] == ["group_limit"] * 2
    assert "a limit on a group of people leaves no room" in left[0].sentence


def test_a_quota_filled_by_required_pairs_leaves_no_room_for_another():
    quota = Quota("food", "mentee", frozenset({"ann", "bob"}), most=1)
    market = Market.of(replace(THREE, quotas=(quota,), required=frozenset({("ann", "fay")})))
    answer = market.why_not("bob", "fay", market.solve())
    assert answer.kind == "no_room"
    assert answer.sentence == "The quota “food” has no room beside the pairs required by hand."


def test_why_not_names_the_worst_match_before_the_sum():
    market = Market.of(replace(UNEVEN, objective=Objective.FLOOR_FIRST))
    result = market.solve()
    assert {(pair.mentee, pair.mentor) for pair in result.solution.pairs} == {("ann", "liz"), ("bob", "fay")}
    answer = market.why_not("bob", "liz", result)
    assert "of the pairs that fit least, one would fit at 0.00 instead of 40.00 of 100" in answer.sentence


def test_why_not_names_what_a_minimum_would_miss():
    market = Market.of(replace(THREE, mentees=THREE.mentees[:1]))
    answer = market.why_not("ann", "fay", market.solve())
    assert "1 pair more would be missing from minimums and quotas" in answer.sentence


def test_what_if_tries_quotas():
    quota = Quota("fay", "mentor", frozenset({"fay"}), most=1)
    market = Market.of(THREE)
    answer = market.what_if(market.solve(), quotas=(quota,))
    assert (answer.difference.placed_change, answer.difference.quality_change) == (0, -10_000)


# Limits of the solvers.


def crowd(mentees, mentors, **options):
    return Problem(
        tuple(Person(f"mentee {number}") for number in range(mentees)),
        tuple(Person(f"mentor {number}", capacity=2, minimum=1) for number in range(mentors)),
        **options,
    )


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (crowd(5_000, 4_001), "Match in parts"),
        (crowd(3_001, 1, objective=Objective.LEXIMIN), "up to 3,000 mentees; there are 3,001"),
        (replace(THREE, quotas=CROSSING, objective=Objective.LEXIMIN), "“north” and “young” share some"),
    ],
)
def test_what_is_too_much_is_refused_with_what_to_do(problem, said):
    with pytest.raises(ProblemError, match=said):
        modes.refuse_unsuitable(problem)


def test_sums_that_could_not_be_exact_are_refused():
    with pytest.raises(TooLargeError, match="too large to be exact"):
        Stakes.of(Table.of([[10_000]], [1], [1]), 10**15, Objective.PLACE_FIRST)


# Time running out.


def test_whoever_waits_may_cancel_every_mode():
    for problem in (
        THREE,
        replace(THREE, objective=Objective.LEXIMIN),
        replace(UNEVEN, objective=Objective.FLOOR_FIRST),
    ):
        with pytest.raises(Stopped):
            Market.of(problem).solve(watch=Watch(cancel=lambda: True))


@pytest.mark.parametrize(
    "problem", [THREE, replace(THREE, quotas=CROSSING), replace(UNEVEN, objective=Objective.FLOOR_FIRST)]
)
def test_what_was_stopped_is_not_called_proven(problem):
    result = Market.of(problem).solve(watch=Watch(stop=lambda: True))
    assert not result.certificate.proven
    assert result.certificate.sentence.startswith("The best found when time ran out; ")
    with pytest.raises(VerificationError, match="unproven"):
        verify(problem, result.solution, result.certificate)


# Certificates.

# Of three people, any two in one quota for one pair: prices see room for one and a half pairs.
TRIANGLE = replace(
    THREE,
    mentors=(Person("fay", sector="food", capacity=3),),
    quotas=tuple(
        Quota("".join(pair), "mentee", frozenset(pair), most=1) for pair in combinations(("ann", "bob", "cat"), 2)
    ),
)
KINDS = {
    "plain": UNEVEN,
    "floor": replace(UNEVEN, objective=Objective.FLOOR_FIRST),
    "limits": replace(THREE, quotas=(Quota("fay", "mentor", frozenset({"fay"}), most=1),)),
    "leximin": replace(UNEVEN, objective=Objective.LEXIMIN),
    "both": replace(THREE, objective=Objective.FLOOR_FIRST),
    "solver": TRIANGLE,
}
RESULTS = {kind: solve(problem) for kind, problem in KINDS.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_an_honest_certificate_of_each_kind_is_verified(kind):
    verify(KINDS[kind], RESULTS[kind].solution, RESULTS[kind].certificate)


@pytest.mark.parametrize(
    ("kind", "changes", "said"),
    [
        ("floor", {"floor": 0}, "The floor is not"),
        ("floor", {"floor": 4_001}, "breaks a rule"),
        ("floor", {"objective": Objective.PLACE_FIRST}, "another kind of problem"),
        ("plain", {"floor": 1}, "none was asked for"),
        ("plain", {"proof": "open"}, "unproven"),
        ("plain", {"limited": True}, "another kind of problem"),
        ("limits", {"missing": 1}, "not worth what"),
        ("limits", {"quota_prices": ()}, "price every quota"),
        ("limits", {"quota_prices": (("fay", 10**9),)}, "do not add up"),
        ("limits", {"stakes": None}, "what counts how much"),
        ("limits", {"stakes": Stakes(1, 1, 1)}, "not worth what"),
        ("limits", {"proof": "open"}, "unproven"),
        ("limits", {"claimed": 0}, "claim is below"),
        ("leximin", {"mentee_prices": ()}, "price everyone"),
        ("leximin", {"objective": Objective.FLOOR_FIRST}, "another kind of problem"),
        ("both", {"floor": 10_000}, "breaks a rule"),
        ("solver", {"proof": "prices"}, "unproven"),
        ("solver", {"claimed": None}, "unproven"),
    ],
)
def test_a_wrong_certificate_of_each_kind_is_refused(kind, changes, said):
    with pytest.raises(VerificationError, match=said):
        verify(KINDS[kind], RESULTS[kind].solution, replace(RESULTS[kind].certificate, **changes))


@pytest.mark.parametrize("objective", [Objective.FLOOR_FIRST, Objective.LEXIMIN])
def test_the_best_sum_cannot_be_passed_off_as_the_best_for_the_worst_off(objective):
    problem = replace(UNEVEN, objective=objective)
    honest, sum_first = solve(problem), solve(UNEVEN)
    worst = min(pair.score for pair in sum_first.solution.pairs)
    if objective is Objective.LEXIMIN:
        lie = replace(honest.certificate, quality=sum_first.certificate.quality)
    else:
        lie = replace(
            sum_first.certificate, fingerprint=honest.certificate.fingerprint, objective=objective, floor=worst
        )
    with pytest.raises(VerificationError, match="The worst match can be raised"):
        verify(problem, sum_first.solution, lie)


def test_a_solver_that_claims_too_little_is_found_out():
    solution, certificate = RESULTS["solver"].solution, RESULTS["solver"].certificate
    assert certificate.proof == "solver"
    people = tuple(replace(person, sector="" if person.id == "ann" else "food") for person in TRIANGLE.mentees)
    problem = replace(TRIANGLE, mentees=people)
    honest = solve(problem).certificate
    pair = Pair("ann", "fay", 5_000)
    left = tuple(replace(solution.unmatched[0], person=person) for person in ("bob", "cat"))
    worth_less = honest.value - honest.quality + pair.score
    lie = replace(honest, quality=pair.score, value=worth_less, claimed=worth_less)
    with pytest.raises(VerificationError, match="Solving again finds a better"):
        verify(problem, replace(solution, pairs=(pair,), unmatched=left), lie)


def test_a_floor_that_leaves_people_out_is_refused():
    mentees = (Person("ann", sector="food"), Person("bob", sector="law"))
    problem = Problem(mentees, (Person("fay", sector="food", capacity=2),), weights=THREE.weights)
    high = Market.of(problem).changed(rules=Rules(least_score=10_000)).solve()
    problem = replace(problem, objective=Objective.FLOOR_FIRST)
    lie = replace(
        high.certificate,
        fingerprint=solve(problem).certificate.fingerprint,
        objective=Objective.FLOOR_FIRST,
        floor=10_000,
    )
    with pytest.raises(VerificationError, match="With a lower floor more people are placed"):
        verify(problem, high.solution, lie)


@pytest.mark.parametrize(
    ("certificate", "sentence"),
    [
        (RESULTS["plain"].certificate, "Proven: no other arrangement places more people or scores higher."),
        (
            RESULTS["floor"].certificate,
            "Proven: with no pair below 40.00 of 100, no other arrangement places more people or scores higher; "
            "a higher least score would cost people or pairs.",
        ),
        (
            RESULTS["limits"].certificate,
            "Proven, within the limits on groups: no other arrangement places more people, misses fewer of the pairs "
            "they ask for or scores higher.",
        ),
        (
            RESULTS["leximin"].certificate,
            "Proven: no other arrangement places more people or makes more pairs. That the pairs that fit least fit as "
            "well as can be is worked out exactly, but not proven by prices.",
        ),
        (
            Certificate(9, 50_000, 510, 500, (), (), "", stakes=Stakes(0, 0, 90_001), proof="open"),
            "The best found when time ran out; no arrangement scores more than 0.02 % higher.",
        ),
        (
            Certificate(9, 50_000, 200_500, 500, (), (), "", stakes=Stakes(0, 0, 90_001), proof="open"),
            "The best found when time ran out; another arrangement may place up to 2 more.",
        ),
        (
            Certificate(9, 50_000, 2, 1, (), (), "", proof="open"),
            "The best found when time ran out; how much better another could be is not known.",
        ),
        (
            Certificate(9, 50_000, 2, 1, (), (), "", limited=True, claimed=1, stakes=Stakes(9, 9, 9), proof="solver"),
            "Proven as far as the limits on groups allow: the solver, not the prices, says that no other arrangement "
            "places more people, misses fewer of the pairs they ask for or scores higher.",
        ),
    ],
)
def test_a_certificate_says_in_plain_words_what_it_proves(certificate, sentence):
    assert certificate.sentence == sentence


def test_a_certificate_stored_before_there_were_modes_is_still_read():
    old = {name: getattr(RESULTS["plain"].certificate, name) for name in Certificate.__slots__[:7]}
    assert from_dict(Certificate, json.loads(json.dumps(old))).proven
