"""Look at every pair there is, and keep for each mentee the few that are worth most at given prices.

One pass over a block of mentees: for each, the points of all mentors are added up tile by tile, so that the sums stay
in the processor's nearest memory; then those that can still be among the best have their texts compared, which is
the only costly part, and an upper bound spares most of them. `scores` gives the same sums without the bound.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from alongside.engine import plain
from alongside.engine.compiled import COMPILES, Whole, compiled
from alongside.engine.forms import HALF, KNOWN_TIMES, ONE, ONE_BITS, TEXT_TO_FIT, Bits, Points
from alongside.engine.plan import (
    BAN,
    WEIGHT_BITS,
    Agreements,
    KindTables,
    NeedRows,
    PackedWords,
    Plan,
    TimeWords,
    Travel,
    Words,
)
from alongside.engine.table import IntArray
from alongside.engine.worth import Worth, lot

TILE = 2048
"""Mentors looked at together."""

CELL = 64
"""Mentors passed over together where none of them can be among the best."""

WEIGHT_MASK = (1 << WEIGHT_BITS) - 1

FARTHEST = 2**31 - 1
"""More metres than there are between any two people."""

LOWEST = -(2**31) + 1
"""Less than any worth in points."""


HIGHEST = 2**31 - 20_001
"""The highest price in points that still leaves room for a score."""


class Best(NamedTuple):
    """Hold the best pairs of some mentees (rows by k), best first: mentors' columns, -1 where there are fewer; scores.

    `outside` (rows) is what no other allowed pair exceeds, worth less price. `possible` counts allowed mentors.
    """

    mentors: Points
    scores: Points
    outside: IntArray
    possible: Points


class Looked(NamedTuple):
    """Hold one mentee's sums (m), prices in whole points (m), the tops of cells, and which tops are promising."""

    sums: Points
    coarse: Points
    tops: Points
    promising: int


def best_pairs(plan: Plan, worth: Worth, rows: IntArray, prices: IntArray, above: IntArray, most: int) -> Best:
    """Return for each mentee up to `most` pairs whose worth less the mentor's price exceeds her `above`.

    :param rows: the mentees.
    :param prices: m, in units of worth.
    :param above: one for each of the rows, in units of worth.
    """
    best = Best(
        np.full((len(rows), most), -1, np.int32),
        np.zeros((len(rows), most), np.int32),
        np.array(above, dtype=np.int64),
        np.zeros(len(rows), np.int32),
    )
    # Neighbours one after the other: how far they are from everyone is worked out once.
    order = np.argsort(plan.travel.place[rows] * 2 + plan.travel.our_remote[rows], kind="stable")
    points = prices // worth.scale
    coarse = np.clip(points, -HIGHEST, HIGHEST).astype(np.int32)
    exact = bool((coarse == points).all())
    scan = _scan if COMPILES else plain.scan
    scan(plan, worth, rows, order, prices, coarse, exact, best.mentors, best.scores, best.outside, best.possible)
    return best


def scores(plan: Plan, rows: IntArray) -> Points:
    """Return (rows by m) the score of each pair, below 0 where it may not be made."""
    found = np.zeros((len(rows), plan.mentors), dtype=np.int32)
    (_scores if COMPILES else plain.scores)(plan, rows, found)
    return found


def worth_to(plan: Plan, rows: IntArray, profits: Points) -> Points:
    """Return (m) how much more than their profits each mentor is worth to some mentees, at most, in points."""
    found = np.full(plan.mentors, LOWEST, dtype=np.int32)
    (_worth_to if COMPILES else plain.worth_to)(plan, rows, profits, found)
    return found


@compiled
def _worth_to(plan: Plan, rows: IntArray, profits: Points, found: Points) -> None:
    m = len(plan.kinds.kind)
    sums, base = np.zeros(m, np.int32), np.zeros(plan.kinds.codes.shape[1], np.int32)
    nearness, reach = np.zeros(m, np.int32), np.zeros(m, np.int32)
    mine = np.zeros(len(plan.words.most), np.int32)
    starts, words, share = plan.words.their_starts, plan.words.theirs, plan.words.share[0]
    for number in range(len(rows)):
        row = rows[number]
        _journey(plan.travel, row, nearness, reach)
        _base(plan.kinds, row, base)
        _add_up(plan, row, base, nearness, reach, sums)
        spread, profit = np.int32(_spread(plan.words, row, mine)), profits[number]
        for at in range(m):
            if sums[at] >= 0 and sums[at] - profit + spread > found[at]:
                found[at] = max(found[at], sums[at] - profit + _text(starts, words, share, at, mine))
        _forget(plan.words, row, mine)


@compiled
def _scan(
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
    """Fill the arrays of `Best`; `outside` comes with what the worth must exceed.

    `coarse` prices are whole points, rounded down, and lower yet where they would not fit; `exact` says that none was.
    """
    m, most = len(plan.kinds.kind), mentors.shape[1]
    sums, base = np.zeros(m, np.int32), np.zeros(plan.kinds.codes.shape[1], np.int32)
    nearness, reach, here = np.zeros(m, np.int32), np.zeros(m, np.int32), -1
    mine = np.zeros(len(plan.words.most), np.int32)
    tops, ranked = np.zeros(-(-m // CELL), np.int32), np.zeros(-(-m // CELL), np.int32)
    worths = np.zeros(most, np.int64)
    for number in order:
        row = rows[number]
        code = plan.travel.place[row] * 2 + plan.travel.our_remote[row]
        if code != here:
            _journey(plan.travel, row, nearness, reach)
            here = code
        _base(plan.kinds, row, base)
        _add_up(plan, row, base, nearness, reach, sums)
        possible[number] = _tops(sums, coarse, tops)
        spread = _spread(plan.words, row, mine)
        ranked[:] = tops
        promising = _least_of(ranked, most)
        # As many pairs as cells that reach it are worth at least the top of the last of them, in whole points. LOWEST
        # is no worth: there are fewer cells, and in units of worth it would not fit a number.
        least = outside[number]
        if exact and plan.least[0] == 0 and promising > LOWEST:
            least = max(least, (worth.numbers[0] + np.int64(promising) - 1) * worth.numbers[1])
        looked = Looked(sums, coarse, tops, promising)
        found = _select(plan, worth, row, looked, prices, mine, spread, least, worths, mentors[number], points[number])
        if found == most:
            outside[number] = worths[found - 1]
        _forget(plan.words, row, mine)


@compiled
def _tops(sums: Points, prices: Points, tops: Points) -> Whole:
    """Set the greatest worth of each cell, and return how many pairs are possible."""
    possible = np.int64(0)
    for cell in range(len(tops)):
        these, cost = sums[cell * CELL : (cell + 1) * CELL], prices[cell * CELL : (cell + 1) * CELL]
        top, count = np.int32(LOWEST), np.int32(0)
        for at in range(len(these)):
            worth = np.int32(these[at] - cost[at]) if these[at] >= 0 else np.int32(LOWEST)
            top = worth if worth > top else top
            count += np.int32(1) if these[at] >= 0 else np.int32(0)
        tops[cell] = top
        possible += count
    return possible


@compiled
def _least_of(tops: Points, most: Whole) -> Whole:
    """Return the `most`-th greatest of the tops, which as many pairs reach at least, or LOWEST; reorders them."""
    if len(tops) < most:
        return np.int32(LOWEST)
    low, high, wanted = 0, len(tops) - 1, most - 1
    while low < high:  # Hoare's selection
        middle, left, right = tops[(low + high) // 2], low, high
        while left <= right:
            while tops[left] > middle:
                left += 1
            while tops[right] < middle:
                right -= 1
            if left <= right:
                tops[left], tops[right] = tops[right], tops[left]
                left, right = left + 1, right - 1
        if wanted <= right:
            high = right
        elif wanted >= left:
            low = left
        else:
            break
    return tops[wanted]


@compiled
def _select(
    plan: Plan,
    worth: Worth,
    row: Whole,
    looked: Looked,
    prices: IntArray,
    mine: Points,
    spread: Whole,
    least: Whole,
    worths: IntArray,
    mentors: Points,
    points: Points,
) -> Whole:
    """Put the best pairs worth more than `least` in order, and return how many they are."""
    reward, scale, floor = worth.numbers[0], worth.numbers[1], plan.least[0]
    sums, coarse, tops = looked.sums, looked.coarse, looked.tops
    starts, words, share = plan.words.their_starts, plan.words.theirs, plan.words.share[0]
    found, full = 0, len(worths)
    # The most promising cells first: what is found there spares most of the others.
    for hopeful in (True, False):
        for cell in range(len(tops)):
            bar = least // scale - reward - spread
            if tops[cell] < bar or (tops[cell] >= looked.promising) != hopeful:
                continue
            for column in range(cell * CELL, min(len(sums), (cell + 1) * CELL)):
                if sums[column] < 0 or np.int64(sums[column]) - coarse[column] < bar:
                    continue
                total = sums[column] + _text(starts, words, share, column, mine)
                if total < floor:
                    continue
                value = (reward + total) * scale + lot(worth, row, column) - prices[column]
                if value > least or (found == full and value == least and column < mentors[full - 1]):
                    found = _insert(found, value, column, total, worths, mentors, points)
                    if found == full:
                        least = max(least, worths[full - 1])
                        bar = least // scale - reward - spread
    return found


@compiled
def _insert(
    found: Whole, value: Whole, column: Whole, total: Whole, worths: IntArray, mentors: Points, points: Points
) -> Whole:
    """Put a pair in its place among those found, the last giving way, and return how many there are."""
    at = min(found, len(worths) - 1)
    while at > 0 and (worths[at - 1] < value or (worths[at - 1] == value and mentors[at - 1] > column)):
        worths[at], mentors[at], points[at] = worths[at - 1], mentors[at - 1], points[at - 1]
        at -= 1
    worths[at], mentors[at], points[at] = value, column, total
    return min(found + 1, len(worths))


@compiled
def _scores(plan: Plan, rows: IntArray, found: Points) -> None:
    m = len(plan.kinds.kind)
    base = np.zeros(plan.kinds.codes.shape[1], np.int32)
    nearness, reach = np.zeros(m, np.int32), np.zeros(m, np.int32)
    mine = np.zeros(len(plan.words.most), np.int32)
    starts, words, share = plan.words.their_starts, plan.words.theirs, plan.words.share[0]
    for number in range(len(rows)):
        row = rows[number]
        _journey(plan.travel, row, nearness, reach)
        _base(plan.kinds, row, base)
        _add_up(plan, row, base, nearness, reach, found[number])
        _spread(plan.words, row, mine)
        for column in range(m):
            found[number, column] += _text(starts, words, share, column, mine)
        _forget(plan.words, row, mine)


@compiled
def _add_up(plan: Plan, row: Whole, base: Points, nearness: Points, reach: Points, sums: Points) -> None:
    """Add up all but the texts, tile by tile of mentors, with a loop for each part: processors run those fastest."""
    for first in range(0, len(sums), TILE):
        last = min(len(sums), first + TILE)
        here = sums[first:last]
        _start(plan, row, base, nearness[first:last], reach[first:last], first, here)
        _add_needs(plan.needs, row, first, here)
        for times in range(len(plan.times.points)):
            _add_times(plan.times, row, times, first, here)
        for number in range(len(plan.agreements.same)):
            _add_agreement(plan.agreements, row, number, first, here)
    for at in range(plan.exceptions.starts[row], plan.exceptions.starts[row + 1]):
        sums[plan.exceptions.mentor[at]] += plan.exceptions.points[at]


@compiled
def _start(plan: Plan, row: Whole, base: Points, nearness: Points, reach: Points, first: Whole, sums: Points) -> None:
    """Set the sums to what the kind of mentor and the way to her are worth."""
    kind, limit, ban = plan.kinds.kind[first : first + len(sums)], plan.travel.our_limit[row], np.int32(BAN)
    for at in range(len(sums)):
        sums[at] = base[kind[at]]
    for at in range(len(sums)):
        sums[at] += nearness[at] - (ban if reach[at] > limit else np.int32(0))


@compiled
def _base(kinds: KindTables, row: Whole, base: Points) -> None:
    """Add up the tables for each kind of mentor."""
    base[:] = 0
    for table in range(len(kinds.at)):
        at = kinds.at[table] + kinds.ours[table, row] * kinds.width[table]
        points, codes = kinds.points[at : at + kinds.width[table]], kinds.codes[table]
        for kind in range(len(base)):
            base[kind] += points[codes[kind]]


@compiled
def _journey(travel: Travel, row: Whole, nearness: Points, reach: Points) -> None:
    """Set what nearness is worth with each mentor, and the metres a mentee must travel: none if both meet remotely."""
    here, remote = travel.ours[row], travel.our_remote[row]
    xs, ys, zs = travel.theirs[0], travel.theirs[1], travel.theirs[2]
    for at in range(len(reach)):
        x, y, z = here[0] - xs[at], here[1] - ys[at], here[2] - zs[at]
        metres = np.floor(np.sqrt(x * x + y * y + z * z))
        known = metres == metres  # a place not known is nan, which equals nothing
        reach[at] = np.int32(metres) if known else np.int32(-1)
    nearness[:] = travel.points[0]
    for band in range(len(travel.bands)):
        limit, step = travel.bands[band], np.int32(travel.points[band + 1] - travel.points[band])
        for at in range(len(reach)):
            nearness[at] += step if reach[at] >= limit else np.int32(0)
    half, far = travel.half[0], np.int32(FARTHEST)
    for at in range(len(reach)):
        both, known = remote and travel.their_remote[at], reach[at] >= 0
        near = max(nearness[at], half) if both else nearness[at]
        nearness[at] = near if known else half
        needed = reach[at] if reach[at] <= travel.their_limit[at] else far
        reach[at] = np.int32(0) if both or not known else needed


@compiled
def _add_needs(needs: NeedRows, row: Whole, first: Whole, sums: Points) -> None:
    """Add how well each need is covered."""
    for need in range(needs.starts[row], needs.starts[row + 1]):
        points, covered = np.int32(needs.points[need]), needs.coverage[needs.row[need]][first : first + len(sums)]
        for at in range(len(sums)):
            sums[at] += np.int32(points * np.int32(covered[at]) + np.int32(HALF)) >> np.int32(ONE_BITS)


@compiled
def _add_times(times: TimeWords, row: Whole, number: Whole, first: Whole, sums: Points) -> None:
    """Add what times in common are worth."""
    points, low, high = times.points[number, row], times.starts[number], times.starts[number + 1]
    if high - low == 1:
        _add_few_times(points, times.ours[low, row], times.theirs[low][first : first + len(sums)], sums)
        return
    for at in range(len(sums)):
        count = 0
        for word in range(low, high):
            left = times.ours[word, row] & times.theirs[word, first + at]
            while left != np.uint32(0) and count < KNOWN_TIMES:
                left &= np.uint32(left - np.uint32(1))
                count += 1
        sums[at] += points[count]


@compiled
def _add_few_times(points: Points, mine: Whole, theirs: Bits, sums: Points) -> None:
    """Add what times in common are worth where one word holds them: clear the lowest bit three times to count."""
    none, one = np.int32(points[0]), np.int32(points[1] - points[0])
    two, three = np.int32(points[2] - points[1]), np.int32(points[3] - points[2])
    nothing, single, empty = np.int32(0), np.uint32(1), np.uint32(0)
    for at in range(len(sums)):
        left = np.uint32(mine & theirs[at])
        less = np.uint32(left & np.uint32(left - single))
        least = np.uint32(less & np.uint32(less - single))
        total = none + (one if left != empty else nothing)
        sums[at] += total + (two if less != empty else nothing) + (three if least != empty else nothing)


@compiled
def _add_agreement(agreements: Agreements, row: Whole, number: Whole, first: Whole, sums: Points) -> None:
    """Forbid those who differ where they must agree, or agree where they must differ."""
    mine, theirs = agreements.ours[number, row], agreements.theirs[number][first : first + len(sums)]
    agree, differ = np.int32(BAN), np.int32(0)
    if agreements.same[number]:
        agree, differ = differ, agree
    if mine < 0:
        agree = differ
    for at in range(len(sums)):
        sums[at] -= agree if theirs[at] == mine else differ


@compiled
def _spread(words: Words, row: Whole, mine: Points) -> Whole:
    """Lay out the words of a mentee, and return the most points her text can have with any other."""
    most = np.int64(0)
    for at in range(words.our_starts[row], words.our_starts[row + 1]):
        word, weight = words.ours[at] >> WEIGHT_BITS, words.ours[at] & WEIGHT_MASK
        mine[word] = weight
        most += np.int64(weight) * words.most[word]
    return _text_points(most, words.share[0])


@compiled
def _forget(words: Words, row: Whole, mine: Points) -> None:
    for at in range(words.our_starts[row], words.our_starts[row + 1]):
        mine[words.ours[at] >> WEIGHT_BITS] = 0


@compiled
def _text(starts: IntArray, words: PackedWords, share: Whole, column: Whole, mine: Points) -> Whole:
    """Return the points of a mentor's text with the one laid out."""
    product = np.int64(0)
    for word in words[starts[column] : starts[column + 1]]:
        product += np.int64(word & WEIGHT_MASK) * mine[word >> WEIGHT_BITS]
    return _text_points(product, share)


@compiled
def _text_points(product: Whole, share: Whole) -> Whole:
    fit = min(product >> TEXT_TO_FIT, np.int64(ONE))
    return np.int32((fit * share + HALF) >> ONE_BITS)
