from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from alongside.engine import (
    Certificate,
    Market,
    Objective,
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
    modes,
    solve,
    to_dict,
    verify,
)
from alongside.engine.limits import crossing
from alongside.engine.totals import Stakes
from alongside.engine.watch import Stopped, Watch
from tests.engine.strategies import arrangements, limited, missing, worth

few = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SECTOR = Weights(0, 0, 1, 0, 0, 0, 0)


def solvable(problem):
    assume(problem.objective is not Objective.LEXIMIN or not crossing(problem.quotas))
    return problem


cases = limited().map(solvable)


def made(result):
    return tuple((pair.mentee, pair.mentor) for pair in result.solution.pairs)


@settings(few, max_examples=200)
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
    lists = market.shortlists(result)
    assert all(mentor in lists[mentee] for mentee, mentor in made(result))
    assert all(market.allowed(mentee, mentor) for mentee in lists for mentor in lists[mentee])


# What each mode is for.

# Ann suits both mentors; together they score most if Bob gets the one who does not suit him at all.
UNEVEN = Problem(
    (Person("ann", sector="food"), Person("bob", sector="hospitality")),
    (Person("fay", sector="food"), Person("liz", sector="law")),
    weights=SECTOR,
)


def uneven(objective):
    """Ann fits Fay at 100 and Liz at 50; Bob fits Fay at 90 and Liz at 0: the sum wants what is worst for Bob."""
    topics = {"ann": ("Pricing", "Tax"), "bob": ("Pricing",)}
    return replace(UNEVEN, objective=objective), topics


def crowd(mentees, mentors, **options):
    return Problem(
        tuple(Person(f"mentee {number}") for number in range(mentees)),
        tuple(Person(f"mentor {number}", capacity=2) for number in range(mentors)),
        **options,
    )
