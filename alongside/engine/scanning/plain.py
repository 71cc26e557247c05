"""The scan where nothing can be compiled: the same sums a row at a time, so that the same pairs come out, only later.

Each function here stands in for the one of its name in `scanning.scan`; tests hold them against each other.
"""

from __future__ import annotations

import numpy as np

from alongside.engine.measuring.forms import HALF, KNOWN_TIMES, ONE, ONE_BITS, TEXT_TO_FIT, Points
from alongside.engine.scanning.plan import BAN, Plan, Travel
from alongside.engine.scanning.texts import WEIGHT, WORD
from alongside.engine.scanning.worth import LOWEST, Worth, worths
from alongside.engine.table import IntArray


def scan(
    plan: Plan,
    worth: Worth,
    rows: IntArray,
    order: IntArray,
    prices: IntArray,
    coarse: Points,
    exact: bool,
    mentors: Points,
    points: Points,
    outside: IntArray,
    possible: Points,
) -> None:
    """Fill the arrays of `scan.Best`; `outside` comes with what the worth must exceed."""
    most = mentors.shape[1]
    for number in order.tolist():
        sums = row_sums(plan, int(rows[number]))
        possible[number] = np.count_nonzero(sums >= 0)
        total = sums + _texts(plan, int(rows[number]))
        columns = np.flatnonzero((sums >= 0) & (total >= plan.least[0])).astype(np.int32)
        mentee = np.full(len(columns), rows[number], dtype=np.int32)
        gains = worths(worth, mentee, columns, total[columns]) - prices[columns]
        better = np.flatnonzero(gains > outside[number])
        best = better[np.lexsort((columns[better], -gains[better]))][:most]
        mentors[number, : len(best)], points[number, : len(best)] = columns[best], total[columns[best]]
        if len(best) == most:
            outside[number] = gains[best[-1]]


def scores(plan: Plan, rows: IntArray, found: Points) -> None:
    """Fill the scores (rows by m), below 0 where a pair may not be made."""
    for number, row in enumerate(rows.tolist()):
        found[number] = row_sums(plan, row) + _texts(plan, row)


def seek(plan: Plan, rows: IntArray, profits: Points, mentees: Points, points: Points, gains: Points) -> None:
    """Fill the arrays of `scan.Seekers`, mentors in their places."""
    for row, profit in zip(rows.tolist(), profits.tolist(), strict=True):
        sums = _sums(plan, row)
        gaining = np.flatnonzero((sums >= 0) & (sums - profit > gains[:, -1]))
        news = np.full(len(gaining), row, np.int32), sums[gaining], sums[gaining] - profit
        lists = [
            np.column_stack([each[gaining], new]) for each, new in zip((mentees, points, gains), news, strict=True)
        ]
        order = np.argsort(-lists[2], axis=1, kind="stable")[:, :-1]
        for each, listed in zip((mentees, points, gains), lists, strict=True):
            each[gaining] = np.take_along_axis(listed, order, axis=1)
    _add_texts(plan, mentees, points, gains)


def _add_texts(plan: Plan, mentees: Points, points: Points, gains: Points) -> None:
    for row in np.unique(mentees[mentees >= 0]).tolist():
        place, at = np.nonzero(mentees == row)
        text = _texts(plan, row)[plan.order[place]]
        points[place, at] += text
        gains[place, at] += text
    below = (mentees >= 0) & (points < plan.least[0])
    mentees[below], gains[below] = -1, LOWEST


def row_sums(plan: Plan, row: int) -> Points:
    """Return (m) the points of a mentee with everybody, but for texts, less BAN for each rule in the way."""
    return plan.by_column(_sums(plan, row))


def _sums(plan: Plan, row: int) -> Points:
    sums = _kinds(plan, row) + _travel(plan.travel, row)
    needs = plan.needs
    for need in range(needs.starts[row], needs.starts[row + 1]):
        covered = needs.coverage[needs.row[need]].astype(np.int32)
        sums += (np.int32(needs.points[need]) * covered + HALF) >> ONE_BITS
    for number in range(len(plan.times.points)):
        sums += plan.times.points[number, row][_common(plan, row, number)]
    for number, same in enumerate(plan.agreements.same.tolist()):
        mine = plan.agreements.ours[number, row]
        agree = (plan.agreements.theirs[number] == mine) & (mine >= 0)
        sums -= np.where(agree == same, 0, BAN).astype(np.int32)
    here = slice(plan.exceptions.starts[row], plan.exceptions.starts[row + 1])
    np.add.at(sums, plan.exceptions.mentor[here], plan.exceptions.points[here])
    return sums


def _kinds(plan: Plan, row: int) -> Points:
    kinds = plan.kinds
    at = kinds.at[:, None] + kinds.ours[:, row, None] * kinds.width[:, None] + kinds.codes
    base: Points = kinds.points[at].sum(axis=0, dtype=np.int32)
    return base[kinds.kind]


def _travel(travel: Travel, row: int) -> Points:
    """Return what nearness is worth, less BAN where it is too far for one of the two."""
    square = sum((travel.ours[row, axis] - travel.theirs[axis]) ** 2 for axis in range(3))
    metres = np.floor(np.sqrt(square))
    known, both = ~np.isnan(metres), travel.our_remote[row] & travel.their_remote
    near: Points = travel.points[np.searchsorted(travel.bands, np.nan_to_num(metres), side="right")]
    near = np.where(both, np.maximum(near, travel.half[0]), near)
    far = known & ~both & (np.nan_to_num(metres) > np.minimum(travel.our_limit[row], travel.their_limit))
    return np.asarray(np.where(known, near, travel.half[0]) - np.where(far, BAN, 0), dtype=np.int32)


def _common(plan: Plan, row: int, number: int) -> IntArray:
    """Count (m) the times in common in a set, up to three."""
    total = np.zeros(plan.mentors, dtype=np.int64)
    for word in range(plan.times.starts[number], plan.times.starts[number + 1]):
        left = plan.times.ours[word, row] & plan.times.theirs[word]
        for _ in range(KNOWN_TIMES):
            total += left != 0
            left &= left - np.uint32(1) * (left != 0)
    return np.minimum(total, KNOWN_TIMES)


def _texts(plan: Plan, row: int) -> Points:
    """Return (m) the points of a mentee's text with everybody's."""
    words = plan.words
    here = words.ours[words.our_starts[row] : words.our_starts[row + 1]]
    mine = np.zeros(max(1, len(words.most)), dtype=np.int64)
    mine[here >> WORD] = here & WEIGHT
    products = np.concatenate([[0], np.cumsum((words.theirs & WEIGHT) * mine[words.theirs >> WORD])]).astype(np.int64)
    fit = np.minimum((products[words.their_starts[1:]] - products[words.their_starts[:-1]]) >> TEXT_TO_FIT, ONE)
    return plan.by_column(((fit * words.share[0] + HALF) >> ONE_BITS).astype(np.int32))
