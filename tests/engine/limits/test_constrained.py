from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine import Objective, Pair, Person, Problem, Quota, solve_assignment
from alongside.engine.limits.constrained import SMALL, solve_constrained
from alongside.engine.table import Table
from alongside.engine.values.totals import QuotaRows
from alongside.engine.verification.quotas import QuotaVerificationError, verify_constrained, verify_quotas
from tests.engine.tables import best_rank, cases, rank


def market(mentees=200, mentors=70, seed=5):
    draw = np.random.default_rng(seed)
    values = draw.integers(0, 10_001, (mentees, mentors))
    return Table.of(values, np.ones(mentees), draw.integers(1, 5, mentors))


def groups(people, count, seed=6):
    belonging = np.random.default_rng(seed).integers(0, count, people)
    return [np.flatnonzero(belonging == group) for group in range(count)]


@settings(max_examples=250, deadline=None)
@given(cases(nested=True))
def test_nested_quotas_are_solved_and_proven_by_prices(case):
    found = solve_constrained(case.table, case.quotas, case.minimums, **case.options)
    assert rank(case, found.rows, found.columns) == best_rank(case)
    assert found.proof == "prices"
    assert found.gap == 0
    verify_constrained(case.table, case.quotas, case.minimums, found, **case.options)


@settings(max_examples=250, deadline=None)
@given(cases())
def test_crossing_quotas_are_solved_and_the_bound_is_honest(case):
    found = solve_constrained(case.table, case.quotas, case.minimums, **case.options)
    assert rank(case, found.rows, found.columns) == best_rank(case)
    assert found.proof in ("prices", "solver")
    verify_constrained(case.table, case.quotas, case.minimums, found, **case.options)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_without_quotas_it_is_the_plain_assignment(seed):
    table = market(60, 20, seed)
    found = solve_constrained(table, objective=Objective.QUALITY)
    plain = solve_assignment(table.values, table.wanted, table.places)
    assert found.quality == found.bound == plain.value


def test_people_placed_come_before_a_minimum_and_a_minimum_before_pairs_and_quality():
    table = Table.of([[9, 0], [9, -1]], [1, 1], [1, 1])
    assert solve_constrained(table, (), [2, 0]).placed == 2
    helped = solve_constrained(Table.of([[9, 0], [9, 0]], [1, 1], [2, 1]), (), [0, 1])
    assert (helped.placed, helped.missing, helped.quality) == (2, 0, 9)


def test_one_total_over_several_ids_of_a_mentor_is_never_passed():
    table = Table.of(np.full((6, 3), 5), np.ones(6), [2, 2, 2])
    found = solve_constrained(table, [QuotaRows("mentor", np.array([0, 1]), most=1)])
    assert (found.columns < 2).sum() == 1
    assert found.proof == "prices"


def test_the_price_of_a_quota_is_what_one_more_pair_for_it_would_add():
    table = Table.of([[9, 1], [8, 1]], [1, 1], [2, 2])
    quota = QuotaRows("mentor", np.array([0]), most=1)
    found = solve_constrained(table, [quota], objective=Objective.QUALITY)
    more = solve_constrained(table, [replace(quota, most=2)], objective=Objective.QUALITY)
    assert more.quality - found.quality == 7
    assert found.mentor_prices[0] + found.quota_prices[0] == 7 or found.proof == "prices"


def test_a_cohort_with_nested_quotas_is_proven_pair_by_pair():
    table = market()
    quotas = [QuotaRows("mentee", members, 2, 6) for members in groups(200, 20)]
    quotas += [QuotaRows("mentor", members, 0, 3) for members in groups(70, 30) if members.size]
    found = solve_constrained(table, quotas, np.ones(70))
    assert found.proof == "prices"
    verify_constrained(table, quotas, [1] * 70, found)


def crossing_market():
    table = market(200, 70)
    assert np.count_nonzero(table.values >= 0) > SMALL
    quotas = [QuotaRows("mentee", members, 3, 6) for members in groups(200, 20)]
    return table, quotas + [QuotaRows("mentee", members, 10, 25) for members in groups(200, 4, seed=7)]


def test_a_cohort_with_crossing_quotas_keeps_them_all_and_says_what_it_knows():
    table, quotas = crossing_market()
    found = solve_constrained(table, quotas)
    assert found.proof in ("prices", "solver")
    verify_constrained(table, quotas, [0] * 70, found)


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.3])
def test_when_time_is_over_the_best_known_comes_with_its_gap(seconds):
    table, quotas = crossing_market()
    before = time.monotonic()
    found = solve_constrained(table, quotas, seconds=seconds)
    assert time.monotonic() - before < seconds + 5
    assert len(found.rows)
    assert found.gap >= 0
    verify_constrained(table, quotas, [0] * 70, found)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (lambda found: {"mentor_prices": found.mentor_prices + 1}, "do not add up"),
        (lambda found: {"quota_prices": found.quota_prices - 1}, "do not add up"),
        (lambda found: {"bound": found.bound - 1}, "do not add up"),
        (lambda found: {"mentee_prices": found.mentee_prices[1:]}, "one price each"),
        (lambda found: {"claimed": found.value - 1}, "The claim is below"),
        (lambda found: {"value": found.value + 1}, "not worth what"),
        (lambda found: {"quality": found.quality + 1}, "not what the certificate says"),
        (lambda found: {"missing": found.missing + 1}, "not what the certificate says"),
        (lambda found: {"rows": found.rows[:-1], "columns": found.columns[:-1]}, "not what the certificate says"),
        (lambda found: {"rows": np.repeat(found.rows[:1], 2), "columns": np.repeat(found.columns[:1], 2)}, "twice"),
        (lambda found: {"rows": np.arange(9), "columns": np.zeros(9, int)}, "more pairs than there is room"),
        (lambda found: {"stakes": replace(found.stakes, pair=1)}, "Quality could outweigh"),
        (lambda found: {"stakes": replace(found.stakes, met=1)}, "Pairs could outweigh"),
        (lambda found: {"stakes": replace(found.stakes, placed=1)}, "outweigh a person"),
    ],
)
def test_a_certificate_that_was_tampered_with_is_refused(changes, said):
    table = market(40, 12)
    quotas = [QuotaRows("mentee", np.arange(30), 1, 6), QuotaRows("mentor", np.array([0, 1]), 1, 2)]
    found = solve_constrained(table, quotas, np.ones(12))
    with pytest.raises(QuotaVerificationError, match=said):
        verify_constrained(table, quotas, [1] * 12, replace(found, **changes(found)))


def test_a_matching_that_passes_a_quota_is_refused():
    table = Table.of(np.full((3, 1), 5), np.ones(3), [3])
    found = solve_constrained(table)
    with pytest.raises(QuotaVerificationError, match="A quota allows 1 pairs, but 3 are made"):
        verify_constrained(table, [QuotaRows("mentor", np.array([0]), most=1)], [0], found)


def test_a_solution_by_ids_is_checked_against_the_problem():
    problem = Problem(
        (Person("ann"), Person("bob"), Person("cat")),
        (Person("fay", capacity=2, minimum=2), Person("liz")),
        quotas=(Quota("Mill", "mentee", frozenset({"ann", "bob"}), 1, 1),),
    )
    assert verify_quotas(problem, [Pair("cat", "fay", 5)]) == 2
    assert verify_quotas(problem, [Pair("ann", "fay", 5), Pair("cat", "fay", 5)]) == 0
    with pytest.raises(QuotaVerificationError, match="The quota “Mill” allows 1 pairs, but 2 are made"):
        verify_quotas(problem, [Pair("ann", "fay", 5), Pair("bob", "liz", 5)])


@pytest.mark.parametrize(
    ("arguments", "options", "said"),
    [
        (([], [1]), {}, "There must be 2 minimums"),
        (([], [-1, 0]), {}, "There must be 2 minimums"),
        (([QuotaRows("mentee", np.array([0]), 2, 1)],), {}, "A quota's least must be from 0 to its most"),
        (([],), {"settled": [True, False]}, "It must be said of 1 mentees"),
    ],
)
def test_bounds_that_contradict_themselves_are_refused(arguments, options, said):
    with pytest.raises(ValueError, match=said):
        solve_constrained(Table.of([[1, 2]], [1], [1, 1]), *arguments, **options)


def test_a_table_with_rewards_of_its_own_is_refused():
    with pytest.raises(ValueError, match="for the objective to say"):
        solve_constrained(Table.of([[1]], [1], [1], first=[5]))


def test_what_is_too_large_to_be_exact_is_refused():
    with pytest.raises(ValueError, match="too large to be exact"):
        solve_constrained(Table.of(np.full((300, 300), 2**50), np.ones(300), np.ones(300)))
