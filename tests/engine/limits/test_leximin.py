from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.engine import Objective
from alongside.engine.limits.constrained import solve_constrained
from alongside.engine.limits.floors import highest_floor
from alongside.engine.limits.leximin import leximin
from alongside.engine.table import Table
from alongside.engine.values.totals import QuotaRows
from tests.engine.tables import cases, matchings, rank, tables


def ladder(table, rows, columns):
    """Return people placed, pairs, and the scores from the worst: the greatest is leximin."""
    return len(set(rows.tolist())), len(rows), sorted(table.values[rows, columns].tolist())


@settings(max_examples=300, deadline=None)
@given(tables())
def test_no_matching_is_better_for_the_worst_off(table):
    found = leximin(table)
    assert ladder(table, *found) == max(ladder(table, *pairs) for pairs in matchings(table))


@settings(max_examples=200, deadline=None)
@given(cases(nested=True).map(lambda case: replace(case, objective=Objective.PLACE_FIRST)))
def test_minimums_and_quotas_come_before_the_worst_off(case):
    def full(rows, columns):
        found = rank(case, rows, columns)
        return None if found is None else (found[:3], sorted(case.table.values[rows, columns].tolist()))

    found = leximin(case.table, case.quotas, case.minimums, settled=case.settled)
    assert full(*found) == max(filter(None, (full(*pairs) for pairs in matchings(case.table))))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([6, 300, 10_000]))
def test_the_worst_of_a_cohort_is_at_the_highest_floor_and_the_rest_not_below_those_of_the_best_sum(seed, levels):
    draw = np.random.default_rng(seed)
    table = Table.of(draw.integers(-levels, levels, (60, 25)), np.ones(60), draw.integers(1, 4, 25))
    rows, columns = leximin(table)
    best = solve_constrained(table)
    assert len(rows) == best.placed
    scores = np.unique(table.values[table.values >= 0]).tolist()
    floor = highest_floor(lambda at: solve_constrained(table.only(table.values >= at)).placed, scores)
    assert table.values[rows, columns].min() == floor
    assert ladder(table, rows, columns) >= ladder(table, best.rows, best.columns)


def test_nobody_to_match_is_an_empty_matching():
    rows, columns = leximin(Table.of(np.zeros((0, 3)), [], np.ones(3)))
    assert len(rows) == len(columns) == 0


def test_quotas_that_cross_are_refused():
    table = Table.of(np.full((3, 3), 5), np.ones(3), np.ones(3))
    crossing = [QuotaRows("mentee", np.array(members), most=1) for members in ([0, 1], [1, 2])]
    with pytest.raises(ValueError, match="cross each other"):
        leximin(table, crossing)
