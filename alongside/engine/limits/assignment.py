"""The exact assignment of mentees to mentors, on a table of values small enough to hold every pair.

For tables that come from elsewhere, such as the instances by which solvers are compared. People are matched by
`alongside.engine.solving.search`, which never holds all pairs at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from alongside.engine.solving.auction import auction
from alongside.engine.solving.flow import Side, keep_tight, settle, side
from alongside.engine.solving.prices import lower
from alongside.engine.table import NEVER, IntArray, Table

LARGEST_VALUE = 2**53 // 16
"""Values up to this leave room for every sum in 64 bits."""

FINE = 64
"""The auction's little more, as a part of the greatest value."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Hold chosen pairs as row and column numbers (sorted), the lowest prices (m), the profits (n), and the proof.

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
) -> Assignment:
    """Choose the pairs of greatest total value, each pair at most once, and prove the choice.

    :param values: n by m integers; a negative one means that the pair may not be made.
    :param mentee_capacity: n integers, how many mentors each mentee is to have at most.
    :param mentor_capacity: m integers, the places of each mentor.
    :param first: n integers from 0, earned once by a mentee who gets any mentor at all.
    :raises ValueError: if the shapes do not fit, or values are too large to be added up exactly.
    """
    table = Table.of(values, mentee_capacity, mentor_capacity, first)
    if table.top > LARGEST_VALUE:
        raise ValueError(f"A value is {table.top:,}; it must be at most {LARGEST_VALUE:,} to be exact.")
    rows, columns = (found.astype(np.int32) for found in np.nonzero(table.values != NEVER))
    worth = table.values[rows, columns]
    none = np.zeros(len(table.places), dtype=np.int64)
    ours = side(rows, len(table.wanted), table.wanted, table.first, np.zeros(len(table.wanted), np.int64))
    theirs = side(columns, len(table.places), table.places, none, none)
    made = _match(ours, theirs, worth, table)
    lower(ours, theirs, worth, made)
    return _assignment(table, rows[made].astype(np.int64), columns[made].astype(np.int64), theirs.potential)


def _match(ours: Side, theirs: Side, worth: IntArray, table: Table) -> npt.NDArray[np.bool_]:
    """Make the best pairs; the scarcer side bids first."""
    bidders, goods = (ours, theirs) if table.wanted.sum() <= table.places.sum() else (theirs, ours)
    wished, made = np.zeros(len(worth), dtype=np.bool_), np.zeros(len(worth), dtype=np.bool_)
    auction(bidders, goods, worth + 1, max(1, table.top // FINE), wished, 20 * len(worth))
    keep_tight(bidders, goods, worth, made, wished)
    settle(bidders, goods, worth, made)
    settle(goods, bidders, worth, made)
    return made


def _assignment(table: Table, rows: IntArray, columns: IntArray, prices: IntArray) -> Assignment:
    """Return the matching with what it and its prices are worth."""
    gains = np.zeros(len(table.wanted), dtype=np.int64)
    np.add.at(gains, rows, table.values[rows, columns] - prices[columns])
    placed = np.unique(rows)
    gains[placed] += table.first[placed]
    value = int(table.values[rows, columns].sum() + table.first[placed].sum())
    bound = int(gains.sum() + (table.places * prices).sum())
    return Assignment(rows, columns, prices, gains, value, bound)
