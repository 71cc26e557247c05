"""The exact assignment of mentees to mentors, on arrays: search, then prove, and search again until proven.

The search looks only at *candidates*, a few promising pairs for each person, which a sparse solver matches
in a fraction of the time. The prices of that matching then judge every other pair: those that would be
worth more to the mentee than what she has join the candidates. When there are none, the matching is optimal
among all pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from alongside.engine.candidates import best_matching, most_promising
from alongside.engine.prices import exact_prices, profits, rough_prices
from alongside.engine.table import NEVER, FloatArray, IntArray, Table

LARGEST_VALUE = 2**53 // 16
"""The sparse solver adds up a few values in floats; below this bound its sums are exact."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Hold chosen pairs as row and column numbers (sorted), the prices (m), the profits (n), and the proof.

    `value` is what the pairs are worth; no matching is worth more than `bound`, which equals it.
    """

    rows: IntArray
    columns: IntArray
    prices: IntArray
    profits: IntArray
    value: int
    bound: int


def solve_assignment(
    values: npt.ArrayLike,
    mentee_capacity: npt.ArrayLike,
    mentor_capacity: npt.ArrayLike,
    *,
    first: npt.ArrayLike | None = None,
    ties: npt.ArrayLike | None = None,
    hint: npt.ArrayLike | None = None,
) -> Assignment:
    """Choose the pairs of greatest total value, each pair at most once, and prove the choice.

    :param values: n by m integers; a negative one means that the pair may not be made.
    :param mentee_capacity: n integers, how many mentors each mentee is to have at most.
    :param mentor_capacity: m integers, the places of each mentor.
    :param first: n integers from 0, earned once by a mentee who gets any mentor at all.
    :param ties: n by m integers from 0; among matchings of equal value, a greater sum of these is better.
    :param hint: m prices of a similar problem; a good hint saves time and changes nothing else.
    :raises ValueError: if the shapes do not fit, or values are too large to be added up exactly.
    """
    table = Table.of(values, mentee_capacity, mentor_capacity, first)
    if table.top > LARGEST_VALUE:
        raise ValueError(f"A value is {table.top:,}; it must be at most {LARGEST_VALUE:,} to be exact.")
    # A mentor without places is left out of the search, and still gets the price a place of hers would have.
    with_places = table.only(table.places > 0)
    if not (with_places.values != NEVER).any():
        return _prove(table, *_nobody())
    sharpened, scale = _break_ties(with_places, ties)
    start = rough_prices(sharpened) if hint is None else np.asarray(hint, dtype=np.float64) * scale
    return _prove(table, *_search(sharpened, start))


def _nobody() -> tuple[IntArray, IntArray]:
    return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)


def _break_ties(table: Table, ties: npt.ArrayLike | None) -> tuple[Table, int]:
    """Return the table with values scaled up and the tie-break added, and the scale.

    All of a matching's tie-breaks together must stay below one point of value, and the values exact; so the
    tie-break is made coarser until they are, and left out where there is no room for it at all.
    """
    draw = np.zeros(1, dtype=np.int64) if ties is None else np.asarray(ties, dtype=np.int64)
    pairs = int(min(table.wanted.sum(), table.places.sum()))
    finest = int(draw.max(initial=0))
    steps = min(finest, (LARGEST_VALUE // (table.top + 1) - 1) // pairs)
    if steps < 1:
        return table, 1
    scale = steps * pairs + 1
    values = np.where(table.values == NEVER, NEVER, table.values * scale + draw * steps // finest)
    return Table(values, table.wanted, table.places, table.first * scale), scale


def _search(table: Table, start: FloatArray) -> tuple[IntArray, IntArray]:
    """Return rows and columns of an optimal matching."""
    candidates = most_promising(np.where(table.values == NEVER, -np.inf, table.values - start))
    while True:
        rows, columns = best_matching(table, candidates)
        prices = exact_prices(table.only(candidates), rows, columns)
        gain = _gains(table, rows, columns, prices)
        if (gain <= 0).all():
            return rows, columns
        candidates |= most_promising(np.where(gain > 0, gain, -np.inf))


def _gains(table: Table, rows: IntArray, columns: IntArray, prices: IntArray) -> IntArray:
    """Return (n by m) what a mentee would gain at these prices by each pair that is not made."""
    worth = table.worth(prices)
    least_held = np.full(len(table.wanted), -NEVER)
    np.minimum.at(least_held, rows, worth[rows, columns])
    count = np.bincount(rows, minlength=len(table.wanted))
    spare = np.where(count == 0, -table.first, 0)
    gain: IntArray = worth - np.where(count < table.wanted, spare, least_held)[:, None]
    gain[rows, columns] = 0
    return gain


def _prove(table: Table, rows: IntArray, columns: IntArray) -> Assignment:
    """Return the matching with the exact prices of the whole table, and what both are worth."""
    prices = exact_prices(table, rows, columns)
    gains = profits(table, prices)
    value = int(table.values[rows, columns].sum() + table.first[np.unique(rows)].sum())
    bound = int(gains.sum() + (table.places * prices).sum())
    return Assignment(rows, columns, prices, gains, value, bound)
