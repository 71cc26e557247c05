"""Look at every pair there is, and keep for each mentee the few that are worth most at given prices.

For each mentee the points of all mentors are added up (`scanning.sums`). Then those that can still be among the
best have their texts compared (`scanning.texts`), and bounds spare most of them. `scores` gives the same sums
without bounds.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from alongside.engine.compiled import COMPILES, Whole, borrowing, compiled
from alongside.engine.measuring.forms import Points
from alongside.engine.scanning import plain
from alongside.engine.scanning.plan import Plan
from alongside.engine.scanning.sums import Sums, add_up, journey, within
from alongside.engine.scanning.texts import Weights, lay_out, take_away, text_points, text_points_at_most
from alongside.engine.scanning.worth import LOWEST, Seeds, Worth, draw, lot, stirred
from alongside.engine.table import IntArray

CELLS, LONGEST_CELL, SHORTEST_CELL = 64, 256, 32
"""Mentors are passed over by the cell where none of them can be among the best: how many cells, and how long."""

ALIKE = 4
"""Where more than one in so many of a cell may be among the best, lots are drawn for all of it before anything else."""

NEAR = 16
"""Points that make no difference to which cells are promising."""

HIGHEST = 2**31 - 40_001
"""The highest price in points that still leaves room for a sum, however deep."""


class Best(NamedTuple):
    """Hold the best pairs of some mentees (rows by k), best first: mentors' columns, -1 where there are fewer; scores.

    `outside` (rows) is what no other allowed pair exceeds, worth less price. `possible` counts allowed mentors.
    """

    mentors: Points
    scores: Points
    outside: IntArray
    possible: Points


class Seekers(NamedTuple):
    """Hold some mentees of each mentor (m by k): rows, -1 where there are fewer; scores; gains beside their profits."""

    mentees: Points
    scores: Points
    gains: Points


Marks = npt.NDArray[np.uint8]


class Look(NamedTuple):
    """Hold what is seen of one mentee: sums and prices in whole points (m), tops of cells, and which are promising.

    Exact prices and seeds of mentors, stirred (m, in their places). Her words (`mine`) and the most points they can
    earn (`spread`); the best pairs so far (k), in order; room for a list of places (m), and for marks in a cell, which
    can also be read by `eights`.
    """

    row: int
    sums: Sums
    coarse: Points
    prices: IntArray
    seeds: Seeds
    tops: Points
    promising: int
    mine: Weights
    spread: int
    worths: IntArray
    mentors: Points
    points: Points
    doubtful: Points
    hits: Marks
    eights: npt.NDArray[np.uint64]


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
    points = prices // worth.scale
    coarse = np.clip(points, -HIGHEST, HIGHEST).astype(np.int32)
    exact = bool((coarse == points).all())
    scan = _scan if COMPILES else plain.scan
    scan(plan, worth, rows, _by_place(plan, rows), prices, coarse, exact, *best)
    return best


def scores(plan: Plan, rows: IntArray) -> Points:
    """Return (rows by m) the score of each pair, below 0 where it may not be made."""
    found = np.zeros((len(rows), plan.mentors), dtype=np.int32)
    (_scores if COMPILES else plain.scores)(plan, rows, found)
    return found


def best_mentees(plan: Plan, rows: IntArray, profits: IntArray, most: int) -> Seekers:
    """Return for each mentor some mentees who would gain much by her, chosen and ordered without their texts.

    :param profits: what each of the rows has elsewhere, in points.
    """
    shape = plan.mentors, most
    found = Seekers(np.full(shape, -1, np.int32), np.zeros(shape, np.int32), np.full(shape, LOWEST, np.int32))
    order = _by_place(plan, rows)
    in_reach = np.clip(profits[order], -HIGHEST, HIGHEST).astype(np.int32)
    (_seek if COMPILES else plain.seek)(plan, rows[order], in_reach, *found)
    return Seekers(*(plan.by_column(each) for each in found))


def _by_place(plan: Plan, rows: IntArray) -> IntArray:
    """Return an order in which neighbours follow each other: what is alike for them is worked out once."""
    travel = plan.travel
    return np.lexsort((travel.our_limit[rows], travel.our_remote[rows], travel.place[rows]))


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
    m, most = len(plan.order), mentors.shape[1]
    sums, here = np.zeros(m, np.int16), np.zeros(m, np.int16)
    near = np.zeros(m, np.int32), np.zeros(m, np.int32)
    base, mine = np.zeros(len(plan.kinds.runs) - 1, np.int32), np.zeros(len(plan.words.most), np.int16)
    tops, worths, coarse = np.zeros(-(-m // _cell(m)), np.int32), np.zeros(most, np.int64), coarse[plan.order]
    prices, seeds = prices[plan.order], stirred(worth.their_seeds[plan.order])
    doubtful, hits, before = np.zeros(m + 1, np.int32), np.zeros(LONGEST_CELL, np.uint8), np.int64(-1)
    for number in order:
        row = rows[number]
        _come_to(plan, row, before, near, here)
        before = row
        add_up(plan, row, base, here, sums)
        possible[number] = _tops(sums, coarse, tops)
        spread = _spread(plan, row, mine)
        promising = _least_of(tops, most)
        # As many pairs as cells that reach it are worth at least the top of the last of them, in whole points. LOWEST
        # is no worth: there are fewer cells, and in units of worth it would not fit a number.
        least = outside[number]
        if exact and plan.least[0] == 0 and promising > LOWEST:
            least = max(least, (worth.numbers[0] + np.int64(promising) - 1) * worth.numbers[1])
        best, marks = (worths, mentors[number], points[number]), (hits, hits.view(np.uint64))
        look = Look(row, sums, coarse, prices, seeds, tops, promising, mine, spread, *best, doubtful, *marks)
        found = _select(plan, worth, look, least)
        if found == most:
            outside[number] = worths[found - 1]
        take_away(plan.words.our_starts, plan.words.ours, row, mine)


@borrowing
def _cell(mentors: Whole) -> Whole:
    """Return how many mentors a cell holds where there are so many: a multiple of eight."""
    return min(LONGEST_CELL, max(SHORTEST_CELL, mentors // CELLS // 8 * 8))


@borrowing
def _come_to(plan: Plan, row: Whole, before: Whole, near: tuple[Points, Points], here: Sums) -> None:
    """Set what the way to each mentor is worth to a mentee, where it is not what it was to the one before."""
    travel = plan.travel
    same = before >= 0 and travel.place[row] == travel.place[before]
    if not (same and travel.our_remote[row] == travel.our_remote[before]):
        journey(travel, row, near[0], near[1])
    elif travel.our_limit[row] == travel.our_limit[before]:
        return
    within(travel.our_limit[row], near[0], near[1], here)


@borrowing
def _spread(plan: Plan, row: Whole, mine: Weights) -> Whole:
    """Lay out the words of a mentee, and return the most points her text can have with any other."""
    words = plan.words
    lay_out(words.our_starts, words.ours, row, mine)
    return text_points_at_most(words.our_sketch[row], words.longest, words.share[0])


@borrowing
def _tops(sums: Sums, prices: Points, tops: Points) -> Whole:
    """Set the greatest worth of each cell, and return how many pairs are possible."""
    possible, size = np.int64(0), _cell(len(sums))
    for cell in range(len(tops)):
        these, cost = sums[cell * size : (cell + 1) * size], prices[cell * size : (cell + 1) * size]
        top, count = np.int32(LOWEST), np.int32(0)
        for at in range(len(these)):
            worth = np.int32(np.int32(these[at]) - cost[at]) if these[at] >= 0 else np.int32(LOWEST)
            top = worth if worth > top else top
            count += np.int32(1) if these[at] >= 0 else np.int32(0)
        tops[cell] = top
        possible += count
    return possible


@borrowing
def _least_of(tops: Points, most: Whole) -> Whole:
    """Return a worth that `most` of the tops reach and few more, or LOWEST where there are not so many."""
    top = tops[0]
    for cell in range(len(tops)):
        top = tops[cell] if tops[cell] > top else top
    high, near = np.int64(top) + 1, np.int64(NEAR)
    while high - near > LOWEST and _reach(tops, high - near) < most:
        near *= 2
    low = max(high - near, np.int64(LOWEST))
    while high - low > NEAR:
        middle = (low + high) // 2
        if _reach(tops, middle) >= most:
            low = middle
        else:
            high = middle
    return np.int32(low)


@borrowing
def _reach(tops: Points, worth: Whole) -> Whole:
    """Count the tops that reach a worth."""
    count, least = np.int32(0), np.int32(worth)
    for cell in range(len(tops)):
        count += np.int32(1) if tops[cell] >= least else np.int32(0)
    return count


@borrowing
def _select(plan: Plan, worth: Worth, look: Look, least: Whole) -> Whole:
    """Put the best pairs worth more than `least` in order, and return how many they are."""
    size, found, full, tops = _cell(len(look.sums)), 0, len(look.worths), look.tops
    reward, scale = worth.numbers[0], worth.numbers[1]
    # The most promising cells first, one by one: what is found there spares most of the others.
    for cell in range(len(tops)):
        bar = least // scale - reward
        if tops[cell] >= look.promising and tops[cell] + look.spread >= bar:
            count = _not_apart(plan, look, bar, _candidates(worth, look, cell * size, least, 0))
            found = _weigh(plan, worth, look, count, least, found)
            least = max(least, look.worths[full - 1]) if found == full else least
    count, bar = 0, least // scale - reward
    for cell in range(len(tops)):
        if tops[cell] < look.promising and tops[cell] + look.spread >= bar:
            count = _candidates(worth, look, cell * size, least, count)
    return _weigh(plan, worth, look, _not_apart(plan, look, bar, count), least, found)


@borrowing
def _candidates(worth: Worth, look: Look, first: Whole, least: Whole, count: Whole) -> Whole:
    """List the places of a cell that may be worth `least` after those listed, and return how many there are then."""
    last = min(first + _cell(len(look.sums)), len(look.sums))
    bar = least // worth.numbers[1] - worth.numbers[0]
    reaching = _reaching(look, first, last, bar)
    # Lots alone do not tell what keeping a pair counts.
    none_kept = worth.near_starts[look.row] == worth.near_starts[look.row + 1]
    if reaching * ALIKE > last - first and none_kept:
        _draw(worth, look, first, last, least)
    return _listed(look, first, last, count)


@borrowing
def _reaching(look: Look, first: Whole, last: Whole, bar: Whole) -> Whole:
    """Mark the places from first to last that may reach the bar, in whole points, and return how many they are."""
    bar = np.int32(min(max(bar - look.spread, LOWEST), HIGHEST))
    sums, coarse, hits, count = look.sums[first:last], look.coarse[first:last], look.hits, np.int32(0)
    for at in range(len(sums)):
        reaches = np.int32(np.int32(sums[at]) - coarse[at]) >= bar
        hits[at] = np.uint8(1) if reaches and sums[at] >= 0 else np.uint8(0)
        count += np.int32(hits[at])
    hits[len(sums) :] = 0
    return count


@borrowing
def _draw(worth: Worth, look: Look, first: Whole, last: Whole, least: Whole) -> None:
    """Take the marks from those whose lots leave them below `least`, however alike the texts are."""
    sums, prices, seeds, hits = look.sums[first:last], look.prices[first:last], look.seeds[first:last], look.hits
    most, scale, lots = worth.numbers[0] + look.spread, worth.numbers[1], worth.numbers[2]
    mine = worth.our_seeds[look.row]
    for at in range(len(sums)):
        value = (most + sums[at]) * scale + draw(mine, seeds[at], lots) - prices[at]
        hits[at] = hits[at] if value >= least else np.uint8(0)


@borrowing
def _listed(look: Look, first: Whole, last: Whole, count: Whole) -> Whole:
    """List the places marked after those listed, and return how many there are then."""
    for eight in range(-(-(last - first) // 8)):
        if look.eights[eight]:  # seldom so
            for at in range(eight * 8, eight * 8 + 8):
                look.doubtful[count] = first + at
                count += np.int64(look.hits[at])
    return count


@borrowing
def _not_apart(plan: Plan, look: Look, bar: Whole, count: Whole) -> Whole:
    """Keep those listed who reach the bar if their texts are as alike as sketches allow, and return how many."""
    if look.spread == 0:  # no text is alike with hers, and all listed reach it
        return count
    sketch, theirs, share = plan.words.our_sketch[look.row], plan.words.their_sketch, plan.words.share[0]
    kept = 0
    for at in range(count):
        place = look.doubtful[at]
        most = np.int64(look.sums[place]) - look.coarse[place] + text_points_at_most(sketch, theirs[place], share)
        look.doubtful[kept] = place
        kept += int(most >= bar)
    return kept


@borrowing
def _weigh(plan: Plan, worth: Worth, look: Look, count: Whole, least: Whole, found: Whole) -> Whole:
    """Put those listed in order whose pairs are worth more than `least`, and return how many have been found."""
    words, share, full = plan.words, plan.words.share[0], len(look.worths)
    for at in range(count):
        place = look.doubtful[at]
        total = np.int64(look.sums[place]) + text_points(words.their_starts, words.theirs, share, place, look.mine)
        column = plan.order[place]
        value = (worth.numbers[0] + total) * worth.numbers[1] + lot(worth, look.row, column) - look.prices[place]
        better = value > least or (found == full and value == least and column < look.mentors[full - 1])
        if better and total >= plan.least[0]:
            found = _insert(look, found, value, column, total)
            least = max(least, look.worths[full - 1]) if found == full else least
    return found


@borrowing
def _insert(look: Look, found: Whole, value: Whole, column: Whole, total: Whole) -> Whole:
    """Put a pair in its place among those found, the last giving way, and return how many there are."""
    worths, mentors, points = look.worths, look.mentors, look.points
    at = min(found, len(worths) - 1)
    while at > 0 and (worths[at - 1] < value or (worths[at - 1] == value and mentors[at - 1] > column)):
        worths[at], mentors[at], points[at] = worths[at - 1], mentors[at - 1], points[at - 1]
        at -= 1
    worths[at], mentors[at], points[at] = value, column, total
    return min(found + 1, len(worths))


@compiled
def _scores(plan: Plan, rows: IntArray, found: Points) -> None:
    m, words, order = len(plan.order), plan.words, plan.order
    sums, here, base = np.zeros(m, np.int32), np.zeros(m, np.int32), np.zeros(len(plan.kinds.runs) - 1, np.int32)
    near, mine = (np.zeros(m, np.int32), np.zeros(m, np.int32)), np.zeros(len(words.most), np.int16)
    before = np.int64(-1)
    for number in range(len(rows)):
        row = rows[number]
        _come_to(plan, row, before, near, here)
        before = row
        add_up(plan, row, base, here, sums)
        lay_out(words.our_starts, words.ours, row, mine)
        for place in range(m):
            text = text_points(words.their_starts, words.theirs, words.share[0], place, mine)
            found[number, order[place]] = sums[place] + text
        take_away(words.our_starts, words.ours, row, mine)


@compiled
def _seek(plan: Plan, rows: IntArray, profits: Points, mentees: Points, points: Points, gains: Points) -> None:
    """Fill the arrays of `Seekers`, mentors in their places; `gains` come with LOWEST."""
    m, last = len(plan.order), gains.shape[1] - 1
    sums, here, base = np.zeros(m, np.int16), np.zeros(m, np.int16), np.zeros(len(plan.kinds.runs) - 1, np.int32)
    near, before = (np.zeros(m, np.int32), np.zeros(m, np.int32)), np.int64(-1)
    least = np.full(m, np.int32(LOWEST))
    for number in range(len(rows)):
        row, profit = rows[number], np.int32(profits[number])
        _come_to(plan, row, before, near, here)
        before = row
        add_up(plan, row, base, here, sums)
        for first in range(0, m, LONGEST_CELL):
            end = min(m, first + LONGEST_CELL)
            if _gaining(sums[first:end], profit, least[first:end]):
                for place in range(first, end):
                    if sums[place] >= 0 and sums[place] - profit > least[place]:
                        _enter(row, sums[place], sums[place] - profit, mentees[place], points[place], gains[place])
                        least[place] = gains[place, last]
    _add_texts(plan, mentees, points, gains)


@borrowing
def _gaining(sums: Sums, profit: Whole, least: Points) -> Whole:
    """Count the places at which a mentee gains more than the last of those listed there."""
    count, none = np.int32(0), np.int32(LOWEST)
    for place in range(len(sums)):
        gain = np.int32(np.int32(sums[place]) - profit) if sums[place] >= 0 else none
        count += np.int32(1) if gain > least[place] else np.int32(0)
    return count


@borrowing
def _enter(row: Whole, score: Whole, gain: Whole, mentees: Points, points: Points, gains: Points) -> None:
    """Put a mentee in her place among those who gain most, the last giving way."""
    at = len(gains) - 1
    while at > 0 and gains[at - 1] < gain:
        gains[at], mentees[at], points[at] = gains[at - 1], mentees[at - 1], points[at - 1]
        at -= 1
    gains[at], mentees[at], points[at] = gain, row, score


@compiled
def _add_texts(plan: Plan, mentees: Points, points: Points, gains: Points) -> None:
    """Add the texts of the pairs listed, and forget those that score less than the least."""
    words, mine = plan.words, np.zeros(len(plan.words.most), np.int16)
    for place in range(len(plan.order)):
        lay_out(words.their_starts, words.theirs, place, mine)
        for at in range(mentees.shape[1]):
            if mentees[place, at] >= 0:
                text = text_points(words.our_starts, words.ours, words.share[0], mentees[place, at], mine)
                points[place, at] += text
                gains[place, at] += text
                if points[place, at] < plan.least[0]:
                    mentees[place, at], gains[place, at] = -1, LOWEST
        take_away(words.their_starts, words.theirs, place, mine)
