"""The engine's own scores, written down for other solvers: all pairs where they are few enough, the best otherwise."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from alongside.engine import Market
from alongside.engine.table import IntArray

COMPLETE = 20_000_000
"""Pairs up to which peers are given all of them."""
BEST = 32
"""Where they are more, the pairs peers are given for each person on either side: those of the highest scores."""
AT_ONCE = 4_000_000
FULL = 10_000
"""The greatest score."""

Points = npt.NDArray[np.int32]


def score_rows(market: Market, rows: IntArray) -> Points:
    """Return (rows by m) the scores of some mentees with every mentor; below 0 where the pair may not be made."""
    engine: Any = market
    if hasattr(engine, "plan"):
        scan: Any = importlib.import_module("alongside.engine.scanning.scan")
        return np.asarray(scan.scores(engine.plan, rows))
    return np.where(engine.allowances[rows], engine.scores[rows], -1).astype(np.int32)


def dense_values(market: Market) -> Points:
    """Return (n by m) the score of every pair; below 0 where it may not be made."""
    return score_rows(market, np.arange(len(market.cohort.mentees)))


def write_values(market: Market, file: Path) -> None:
    """Write pairs, their scores, the reward of a pair and both capacities, for `benchmarks.matching.peers`."""
    n, m = market.cohort.shape
    complete = n * m <= COMPLETE
    rows, columns, scores = _all(market) if complete else _best(market)
    np.savez(
        file,
        rows=rows.astype(np.int32),
        columns=columns.astype(np.int32),
        scores=scores.astype(np.int64),
        reward=market.rewards.pair,
        wanted=np.minimum(market.wanted, m),
        places=np.minimum(market.places, n),
        complete=complete,
    )


def _all(market: Market) -> tuple[IntArray, IntArray, Points]:
    scores = dense_values(market)
    rows, columns = np.nonzero(scores >= 0)
    return rows, columns, scores[rows, columns]


def _best(market: Market) -> tuple[IntArray, IntArray, IntArray]:
    """Return the BEST pairs of each mentee and of each mentor, each pair once."""
    m = len(market.cohort.mentors)
    ours: list[IntArray] = []
    theirs = np.zeros((0, 3), dtype=np.int64)
    least = np.zeros(m, dtype=np.int32)
    for rows, scores in _blocks(market):
        ours.append(_best_of_rows(rows, scores))
        row, column = np.nonzero(scores >= least)
        theirs = _best_of_columns(np.concatenate([theirs, _pairs(rows[row], column, scores[row, column])]))
        full = np.bincount(theirs[:, 1], minlength=m) >= BEST
        lowest = np.full(m, FULL)
        np.minimum.at(lowest, theirs[:, 1], theirs[:, 2])
        least = np.where(full, lowest + 1, 0).astype(np.int32)
    found = np.concatenate([*ours, theirs])
    _, once = np.unique(found[:, 0] * m + found[:, 1], return_index=True)
    return found[once, 0], found[once, 1], found[once, 2]


def _blocks(market: Market) -> Iterator[tuple[IntArray, Points]]:
    n, m = market.cohort.shape
    size = max(1, AT_ONCE // m)
    for start in range(0, n, size):
        rows = np.arange(start, min(n, start + size))
        yield rows, score_rows(market, rows)


def _best_of_rows(rows: IntArray, scores: Points) -> IntArray:
    kept = min(BEST, scores.shape[1])
    columns = np.argpartition(-scores, kept - 1, axis=1)[:, :kept]
    found = _pairs(np.repeat(rows, kept), columns.ravel(), np.take_along_axis(scores, columns, axis=1).ravel())
    return found[found[:, 2] >= 0]


def _best_of_columns(pairs: IntArray) -> IntArray:
    """Keep the BEST pairs of each column."""
    pairs = pairs[np.lexsort((-pairs[:, 2], pairs[:, 1]))]
    first = np.searchsorted(pairs[:, 1], pairs[:, 1])
    return pairs[np.arange(len(pairs)) - first < BEST]


def _pairs(rows: IntArray, columns: IntArray, scores: Points) -> IntArray:
    return np.stack([rows, columns, scores], axis=1).astype(np.int64)
