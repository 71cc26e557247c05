"""The best matching within minimums and quotas, with prices that prove it.

What counts, in this order: people placed, what minimums and quotas still miss, pairs, quality (`Stakes`). A quota's most
is never passed. Where quotas nest, the matching is a flow and the proof closes exactly. The search looks at a few
promising pairs of each person, and then judges all pairs by the prices of that matching, as `assignment` does.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from alongside.engine.nesting import Tree
from alongside.engine.settings import Objective
from alongside.engine.table import NEVER, BoolArray, IntArray, Table
from alongside.engine.totals import Program, QuotaRows, Stakes

PROMISING = 16
"""Pairs of each person that join the search at a time; a matter of speed only."""

Late = Callable[[], bool]
Pairs = tuple[IntArray, IntArray]


def settle(program: Program, late: Late) -> tuple[Pairs, IntArray, bool]:
    """Return a best matching within the quotas that nest, its prices, and whether it was finished in time."""
    tree = Tree(program.totals)
    known = promising(program.values)
    made = np.zeros_like(known)
    prices = np.zeros(tree.root, dtype=np.int64)
    while True:
        in_time, made, prices = _settle_known(program, tree, known, made, prices, late)
        surplus = program.surplus(prices)
        better = np.where((surplus > 0) & ~known, surplus, NEVER)
        if not in_time or (better == NEVER).all():
            return np.nonzero(made), prices, in_time
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
    return chosen & (values != NEVER)


def _settle_known(
    program: Program, tree: Tree, known: BoolArray, made: BoolArray, prices: IntArray, late: Late
) -> tuple[bool, BoolArray, IntArray]:
    """Return whether the known pairs were settled in time, those made, and the prices."""
    pairs = np.nonzero(known)
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
