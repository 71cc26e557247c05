"""The best matching within quotas that nest: search among promising pairs, judge all by the prices, search again."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from alongside.engine.limits.fitting import pairs_of
from alongside.engine.limits.nesting import Tree
from alongside.engine.table import NEVER, BoolArray, IntArray
from alongside.engine.values.totals import Program

PROMISING = 16
"""Pairs of each person that join the search at a time; a matter of speed only."""

Late = Callable[[], bool]


def settle(program: Program, tree: Tree, late: Late) -> tuple[BoolArray, IntArray, bool]:
    """Mark the pairs (n by m) of a best matching within the quotas that nest; return its prices, and whether in time.

    Pairs that were not settled in time may pass a bound; the prices bound every matching all the same.
    """
    known = promising(program.values)
    made = np.zeros_like(known)
    prices = np.zeros(tree.root, dtype=np.int64)
    while True:
        in_time, made, prices = _settle_known(program, tree, known, made, prices, late)
        surplus = program.surplus(prices)
        better = np.where((surplus > 0) & ~known, surplus, NEVER)
        if not in_time or (better == NEVER).all():
            return made, prices, in_time
        known |= promising(better)


def promising(values: IntArray) -> BoolArray:
    """Mark the PROMISING greatest values of each row and each column that are not NEVER."""
    # Scattering equals keeps a crowd with equal values from all looking at the same few mentors.
    rows, columns = values.shape
    scattered = values * 1024 + (np.arange(rows)[:, None] * 7919 + np.arange(columns) * 104_729) % 1009
    scattered = np.where(values == NEVER, NEVER, np.clip(scattered, NEVER + 1, -NEVER))
    chosen = np.zeros(values.shape, dtype=np.bool_)
    for axis in (0, 1):
        kept = min(PROMISING, values.shape[axis])
        if kept:
            best = np.argpartition(-scattered, kept - 1, axis=axis).take(range(kept), axis=axis)
            np.put_along_axis(chosen, best, True, axis=axis)
    possible: BoolArray = chosen & (values != NEVER)
    return possible


def _settle_known(
    program: Program, tree: Tree, known: BoolArray, made: BoolArray, prices: IntArray, late: Late
) -> tuple[bool, BoolArray, IntArray]:
    """Return whether the known pairs were settled in time, those made, and the prices."""
    pairs = pairs_of(known)
    network = tree.network(program, pairs, made[pairs], _outbid(program, known, prices))
    in_time = network.settle(late)
    made = np.zeros_like(made)
    carried = network.backward[: len(pairs[0])] > 0
    made[pairs[0][carried], pairs[1][carried]] = True
    return in_time, made, tree.prices(network.potential)


def _outbid(program: Program, known: BoolArray, prices: IntArray) -> IntArray:
    """Raise the price of each mentee with a better pair in sight until none is; she is then to be placed anew.

    That puts one person's pairs out of order, where filling all those better pairs would put many.
    """
    surplus = np.where(known, program.surplus(prices), NEVER)
    held = prices.copy()
    held[: len(surplus)] += np.maximum(surplus.max(axis=1, initial=0), 0)
    return held
