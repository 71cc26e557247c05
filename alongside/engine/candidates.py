"""Choosing candidate pairs, and the best matching among them."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from alongside.engine.table import BoolArray, FloatArray, IntArray, Table

CANDIDATES = 16
"""Pairs looked at first for each person; a matter of speed only, the result does not depend on it."""


def most_promising(worth: FloatArray) -> BoolArray:
    """Mark the largest CANDIDATES finite entries of each row and of each column; all where that is about as few."""
    rows, columns = worth.shape
    possible = np.isfinite(worth)
    if np.count_nonzero(possible) <= CANDIDATES * (rows + columns):
        return possible
    # Scattering equals keeps a crowd with equal scores from all looking at the same few mentors.
    scattered = worth + (np.arange(rows)[:, None] * 7919 + np.arange(columns) * 104_729) % 1009 / 1009
    in_row = np.argpartition(scattered, columns - CANDIDATES, axis=1)[:, columns - CANDIDATES :]
    in_column = np.argpartition(scattered, rows - CANDIDATES, axis=0)[rows - CANDIDATES :]
    chosen = np.zeros(worth.shape, dtype=np.bool_)
    np.put_along_axis(chosen, in_row, True, axis=1)
    np.put_along_axis(chosen, in_column, True, axis=0)
    return chosen & possible


def best_matching(table: Table, candidates: BoolArray) -> tuple[IntArray, IntArray]:
    """Return rows and columns (sorted) of the matching of greatest value over the candidates.

    scipy's sparse solver (Jonker and Volgenant) gives every left node a right node of its own. Here each
    place of a mentor is a right node. A mentee who wants one mentor is a left node; one who wants several,
    with d candidates, is d left nodes, one for each of them, so that she gets none twice. Who stays without
    is in `_without`.
    """
    rows, columns = np.nonzero(candidates)
    degree = candidates.sum(axis=1)
    several = table.wanted > 1
    nodes = np.where(several, degree, 1)
    left = _starts(nodes)[rows] + np.where(several[rows], np.arange(len(rows)) - _starts(degree)[rows], 0)
    seats = np.minimum(table.places, candidates.sum(axis=0))
    pair, right = _each_with_range(_starts(seats)[columns], seats[columns])
    own_left, own_right, own_value = _without(table, nodes)
    taken_left, taken_right = _solve(
        np.concatenate([left[pair], own_left]),
        np.concatenate([right, seats.sum() + own_right]),
        np.concatenate([table.values[rows, columns][pair], own_value]),
    )
    made = taken_right < seats.sum()
    mentees = np.repeat(np.arange(len(nodes)), nodes)[taken_left[made]]
    mentors = np.repeat(np.arange(len(seats)), seats)[taken_right[made]]
    order = np.lexsort((mentors, mentees))
    return mentees[order], mentors[order]


def _without(table: Table, nodes: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return the edges from a mentee's d left nodes to d right nodes of her own, and their values.

    All but `wanted` of them are worth more than any pair, so are always taken: she gets no more mentors
    than she wants. The last of the others costs her `first`, which she loses only when all are taken and
    she has nobody.
    """
    owner = np.repeat(np.arange(len(nodes)), nodes)
    left, right = _each_with_range(_starts(nodes)[owner], nodes[owner])
    owner = owner[left]
    rank = right - _starts(nodes)[owner]
    surplus = rank < (nodes - table.wanted)[owner]
    last = rank == nodes[owner] - 1
    return left, right, np.where(last, -table.first[owner], np.where(surplus, table.top + 1, 0))


def _solve(left: IntArray, right: IntArray, value: IntArray) -> tuple[IntArray, IntArray]:
    """Return the full matching of the left nodes of greatest value; the solver wants costs above 0."""
    cost = (value.max(initial=0) + 1 - value).astype(np.float64)
    graph = sparse.csr_matrix((cost, (left, right)), shape=(left.max() + 1, right.max() + 1))
    taken_left, taken_right = min_weight_full_bipartite_matching(graph)
    return taken_left.astype(np.int64), taken_right.astype(np.int64)


def _starts(counts: IntArray) -> IntArray:
    """Return where each run begins when runs of these lengths are laid end to end."""
    starts: IntArray = np.cumsum(counts) - counts
    return starts


def _each_with_range(starts: IntArray, counts: IntArray) -> tuple[IntArray, IntArray]:
    """Return the index of each item as often as it counts, beside start, start + 1, …"""
    item = np.repeat(np.arange(len(counts)), counts)
    return item, starts[item] + np.arange(len(item)) - _starts(counts)[item]
