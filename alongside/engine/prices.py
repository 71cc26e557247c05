"""Prices of mentors' places: rough ones to start from, exact ones that prove a matching optimal.

A price is the dual value of a place. At the exact prices no mentee, choosing freely, could do better than
with the mentor she has, and every place that is not taken is free: no other matching can then be worth
more.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from alongside.engine.table import NEVER, FloatArray, IntArray, Table

BLUR = 0.01
"""How soft a mentee's choice is taken to be in the rough prices, as a part of the spread of values."""

SWEEPS = 40
"""Rounds of balancing demand with supply; more improve the start no further."""


def rough_prices(table: Table) -> FloatArray:
    """Return prices (m) at which demand about meets supply, by Sinkhorn's balancing of a soft choice.

    Each mentee is spread over the mentors in proportion to exp(value / blur), then rows are scaled to one
    person and columns to the places, in turn (Cuturi 2013, "Sinkhorn distances"). Good only for guessing
    where to look.
    """
    possible = table.values != NEVER
    best = table.values.max(axis=1)
    spread = best.max() - table.values.min(initial=best.max(), where=possible)
    blur = max(1.0, BLUR * float(spread))
    behind = np.where(possible, table.values - best[:, None], 0).astype(np.float32)
    taste = np.where(possible & (behind > -40 * blur), np.exp(behind / np.float32(blur)), np.float32(0))
    # Whole points: the last bits of a float sum differ between machines, and must not choose the candidates.
    return np.rint(-blur * np.log(_balance(taste, table.wanted, table.places)))


def _balance(taste: npt.NDArray[np.float32], wanted: IntArray, places: IntArray) -> FloatArray:
    """Return the scaling (m, from 1e-30 to 1) of the columns that balances the soft choices."""
    least = np.float32(1e-30)
    supply, demand = places.astype(np.float32), wanted.astype(np.float32)
    short = supply.sum() < demand.sum()
    scaling = np.ones(len(supply), dtype=np.float32)
    for _ in range(SWEEPS):
        rush = (demand / np.maximum(taste @ scaling, least)) @ taste
        scaling = np.where(rush > 0, supply / np.maximum(rush, least), 1)
        # Where places are short all of them sell and only their ratio matters; else an unsold place is free.
        scaling = scaling / scaling.max() if short else np.minimum(scaling, 1)
        scaling = np.maximum(scaling, least)
    return scaling.astype(np.float64)


def exact_prices(table: Table, rows: IntArray, columns: IntArray) -> IntArray:
    """Return the lowest prices (m) that prove the matching optimal for the table.

    A mentee who could move from mentor j to mentor k bounds the difference of their prices by what she
    would lose; one with room for another mentor bounds a price from below. The lowest prices within these
    bounds are the longest paths from "no place", found as Bellman and Ford do, one whole frontier at a
    time. The lowest competitive price of a place is also what one more such place would add (Leonard 1983).

    :raises ArithmeticError: if the matching is not optimal, since then no prices prove it.
    """
    others = table.values.copy()
    others[rows, columns] = NEVER
    loss = _least_losses(table, others, rows, columns)
    prices = _floor(table, others, rows)
    frontier = np.arange(len(prices))
    for _ in range(len(prices) + 1):
        if not frontier.size:
            return prices
        raised = np.maximum(prices, (prices[frontier, None] - loss[frontier]).max(axis=0))
        frontier, prices = np.flatnonzero(raised > prices), raised
    raise ArithmeticError("The matching can be improved, so no prices prove it.")


def _least_losses(table: Table, others: IntArray, rows: IntArray, columns: IntArray) -> IntArray:
    """Return (m by m) the least that is lost by moving one of the row mentor's mentees to the column mentor."""
    order = np.argsort(columns, kind="stable")
    rows, columns = rows[order], columns[order]
    losses = table.values[rows, columns][:, None] - others[rows]
    mentors, starts = np.unique(columns, return_index=True)
    least = np.full((len(table.places), len(table.places)), -NEVER)
    if len(rows):
        least[mentors] = np.minimum.reduceat(losses, starts, axis=0)
    return least


def _floor(table: Table, others: IntArray, rows: IntArray) -> IntArray:
    """Return (m) what mentees with room for another mentor would pay for each place, at least 0."""
    count = np.bincount(rows, minlength=len(table.wanted))
    room = np.flatnonzero(count < table.wanted)
    offers = others[room] + np.where(count == 0, table.first, 0)[room, None]
    floor: IntArray = offers.max(axis=0, initial=0)
    return floor


def profits(table: Table, prices: IntArray) -> IntArray:
    """Return (n) the most each mentee could gain at these prices, choosing freely within her capacity."""
    most = int(table.wanted.max(initial=0))
    if not most:
        return np.zeros(len(table.wanted), dtype=np.int64)
    worth = table.worth(prices)
    ranked = -np.sort(-np.partition(worth, worth.shape[1] - most, axis=1)[:, -most:], axis=1)
    further = np.where(np.arange(1, most) < table.wanted[:, None], np.maximum(ranked[:, 1:], 0), 0)
    return np.where(table.wanted > 0, np.maximum(0, table.first + ranked[:, 0] + further.sum(axis=1)), 0)
