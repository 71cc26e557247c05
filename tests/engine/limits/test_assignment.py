from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp

from alongside.engine import solve_assignment

SHARED = Path(os.environ.get("ALONGSIDE_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
OR_LIBRARY = sorted((SHARED / "matching" / "or_library_assignment").glob("*.txt"))
MINIMA = {"assign500.txt": 991}
"""The proven minima that come with the instances."""

if OR_LIBRARY:

    @pytest.mark.parametrize("file", OR_LIBRARY, ids=lambda file: file.name)
    def test_reaches_the_minimum_of_the_or_library(file):
        size, *numbers = (int(number) for number in file.read_text().split())
        costs = np.array(numbers).reshape(size, size)
        found = solve_assignment(costs.max() - costs, np.ones(size), np.ones(size))
        referee = costs[linear_sum_assignment(costs)].sum()
        assert costs[found.rows, found.columns].sum() == MINIMA.get(file.name, referee) == referee
        assert found.value == found.bound


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 60), st.integers(1, 60), st.sampled_from([2, 40, 10_000]))
def test_agrees_with_the_dense_solver_of_scipy(seed, mentees, mentors, levels):
    draw = np.random.default_rng(seed)
    values = draw.integers(0, levels, (mentees, mentors))
    places = draw.integers(0, 4, mentors)
    found = solve_assignment(values, np.ones(mentees), places)
    copies = np.repeat(values, places, axis=1)
    referee = copies[linear_sum_assignment(copies, maximize=True)].sum()
    assert found.value == found.bound == referee


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_agrees_with_highs_where_both_sides_have_capacities(seed):
    draw = np.random.default_rng(seed)
    values = draw.integers(-2000, 10_000, (12, 9))
    wanted, places, first = draw.integers(0, 3, 12), draw.integers(0, 4, 9), draw.integers(0, 2, 12) * 5_000
    found = solve_assignment(values, wanted, places, first=first)
    assert found.value == found.bound == by_highs(values, wanted, places, first)


def by_highs(values, wanted, places, first):
    """Return the value of the best assignment by HiGHS: a variable for each pair and for each first mentor."""
    n, m = values.shape
    of_mentee, of_mentor = np.kron(np.eye(n), np.ones(m)), np.kron(np.ones(n), np.eye(m))
    limits = [
        LinearConstraint(np.hstack([of_mentee, np.zeros((n, n))]), ub=wanted),
        LinearConstraint(np.hstack([of_mentor, np.zeros((m, n))]), ub=places),
        LinearConstraint(np.hstack([-of_mentee, np.eye(n)]), ub=0),
    ]
    most = np.concatenate([(values >= 0).ravel(), np.ones(n)])
    worth = np.concatenate([values.ravel(), first])
    answer = milp(-worth, constraints=limits, bounds=Bounds(0, most), integrality=np.ones(len(worth)))
    return round(-answer.fun)


def test_one_value_for_all_of_a_large_market_is_solved():
    found = solve_assignment(np.full((900, 300), 5), np.ones(900), np.full(300, 3))
    assert found.value == found.bound == 4500


def test_a_capacity_larger_than_the_market_is_as_good_as_unlimited():
    found = solve_assignment(np.full((50, 20), 5), np.ones(50), np.full(20, 10_000))
    assert len(found.rows) == 50


def test_the_price_of_a_place_is_what_one_more_would_add():
    values = np.random.default_rng(7).integers(0, 10_000, (30, 8))
    places = np.array([2, 2, 2, 2, 2, 2, 1, 0])
    found = solve_assignment(values, np.ones(30), places)
    for mentor in range(8):
        more = solve_assignment(values, np.ones(30), places + (np.arange(8) == mentor))
        assert more.value - found.value == found.prices[mentor]


def test_shapes_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"they must be \(2, 3\)"):
        solve_assignment(np.zeros((3, 2)), np.ones(2), np.ones(3))


def test_values_too_large_to_be_exact_are_refused():
    with pytest.raises(ValueError, match="to be exact"):
        solve_assignment(np.full((1, 1), 2**52), np.ones(1), np.ones(1))
