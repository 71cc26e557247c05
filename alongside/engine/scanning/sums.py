"""Add up what a mentee's pairs with all mentors are worth, but for their texts: the innermost loops of the engine.

Each part of a score is added by a loop of its own over all mentors, which processors run fastest. The loops are
written once and compiled twice: in 32 bits, where a sum tells the score of a pair even if rules forbid it, and in 16
bits, which is quicker, where it only tells that it is forbidden. In both a sum below 0 is a pair that may not be made.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from alongside.engine.compiled import Whole, borrowing
from alongside.engine.measuring.forms import KNOWN_TIMES, ONE_BITS, Bits, Points
from alongside.engine.scanning.plan import BAN, Agreements, Exceptions, KindTables, NeedRows, Plan, TimeWords, Travel

Sums = npt.NDArray[np.int16] | npt.NDArray[np.int32]
"""Points in as many bits as the caller chose."""

FARTHEST = 2**31 - 1
"""More metres than there are between any two people."""

SHORT_BAN, DEEPEST = 10_001, -20_002
"""In 16 bits: what a rule takes away, one more than the greatest score, and the depth below which sums do not fall.

From there all the points there are do not lift a pair to 0, and one more ban, or the points that a table takes away
before a later loop gives them back, does not overflow.
"""

MANY = 16
"""Mentors of a kind, on average, from which filling in each run of them is quicker than looking up each one's kind."""


@borrowing
def ban_and_depth(sums: Sums) -> tuple[Whole, Whole]:
    """Return what a rule takes away in sums of so many bits, and the depth below which they do not fall.

    In 32 bits nothing gets that deep.
    """
    number = sums.dtype.type
    if sums.itemsize > 2:
        return number(BAN), number(2 * BAN - 2**31)
    return number(SHORT_BAN), number(DEEPEST)


@borrowing
def journey(travel: Travel, row: Whole, nearness: Points, reach: Points) -> None:
    """Set what nearness is worth with each mentor, and the metres a mentee must travel: none if both meet remotely.

    Both are the same for all mentees of one place who meet remotely, or who do not.
    """
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


@borrowing
def within(limit: Whole, nearness: Points, reach: Points, here: Sums) -> None:
    """Set what nearness is worth, less a ban where it is too far for a mentee of this limit."""
    number, (ban, _) = here.dtype.type, ban_and_depth(here)
    near, too_far = number(0), ban
    for at in range(len(here)):
        here[at] = number(number(nearness[at]) - (too_far if reach[at] > limit else near))


@borrowing
def add_up(plan: Plan, row: Whole, base: Points, here: Sums, sums: Sums) -> None:
    """Set the sums (m); `here` comes from `within`, in as many bits, and `base` has room for every kind."""
    _base(plan.kinds, row, base)
    _fill(plan.kinds, base, here, sums)
    _add_needs(plan.needs, row, sums)
    for times in range(len(plan.times.points)):
        _add_times(plan.times, row, times, sums)
    for number in range(len(plan.agreements.same)):
        _add_agreement(plan.agreements, row, number, sums)
    _add_exceptions(plan.exceptions, row, sums)


@borrowing
def _base(kinds: KindTables, row: Whole, base: Points) -> None:
    """Add up the tables for each kind of mentor."""
    base[:] = 0
    for table in range(len(kinds.at)):
        at = kinds.at[table] + kinds.ours[table, row] * kinds.width[table]
        points, codes = kinds.points[at : at + kinds.width[table]], kinds.codes[table]
        for kind in range(len(base)):
            base[kind] += points[codes[kind]]


@borrowing
def _fill(kinds: KindTables, base: Points, here: Sums, sums: Sums) -> None:
    """Set the sums to what the kind of mentor and the way to her are worth."""
    number, (_, depth) = sums.dtype.type, ban_and_depth(sums)
    if len(base) * MANY > len(sums):
        for at in range(len(sums)):
            sums[at] = max(number(max(base[kinds.kind[at]], depth) + here[at]), depth)
        return
    for kind in range(len(base)):
        points, first, last = number(max(base[kind], depth)), kinds.runs[kind], kinds.runs[kind + 1]
        run, near = sums[first:last], here[first:last]
        for at in range(len(run)):
            run[at] = max(number(points + near[at]), depth)


@borrowing
def _add_needs(needs: NeedRows, row: Whole, sums: Sums) -> None:
    """Add how well each need is covered."""
    number, one, bits = sums.dtype.type, np.int32(1), np.int32(ONE_BITS)
    for need in range(needs.starts[row], needs.starts[row + 1]):
        # Twice as much, shifted, and one more halved rounds to the nearest; processors have an instruction for it.
        twice, covered = np.int32(np.int16(2 * needs.points[need])), needs.coverage[needs.row[need]]
        for at in range(len(sums)):
            points = np.int32(np.int32(twice * np.int32(covered[at])) >> bits)
            sums[at] = number(sums[at] + np.int16(np.int32(points + one) >> one))


@borrowing
def _add_times(times: TimeWords, row: Whole, number: Whole, sums: Sums) -> None:
    """Add what times in common are worth, which takes away where there must be some and are none."""
    ban, depth = ban_and_depth(sums)
    points, low, high = times.points[number, row], times.starts[number], times.starts[number + 1]
    none = points[0] if sums.itemsize > 2 else max(points[0], -np.int32(ban))
    if high - low == 1:
        _add_few_times(none, points, times.ours[low, row], times.theirs[low], sums)
        return
    for at in range(len(sums)):
        count = 0
        for word in range(low, high):
            left = times.ours[word, row] & times.theirs[word, at]
            while left != np.uint32(0) and count < KNOWN_TIMES:
                left &= np.uint32(left - np.uint32(1))
                count += 1
        sums[at] = max(sums[at] + (points[count] if count else none), depth)


@borrowing
def _add_few_times(none: Whole, points: Points, mine: Whole, theirs: Bits, sums: Sums) -> None:
    """Add what times in common are worth where one word holds them: clear the lowest bit three times to count."""
    number, (_, depth) = sums.dtype.type, ban_and_depth(sums)
    zero, one, two, three = number(none), number(points[1]), number(points[2]), number(points[3])
    single, empty = np.uint32(1), np.uint32(0)
    for at in range(len(sums)):
        left = np.uint32(mine & theirs[at])
        less = np.uint32(left & np.uint32(left - single))
        least = np.uint32(less & np.uint32(less - single))
        gain = three if least != empty else two if less != empty else one if left != empty else zero
        sums[at] = max(number(sums[at] + gain), depth)


@borrowing
def _add_agreement(agreements: Agreements, row: Whole, thing: Whole, sums: Sums) -> None:
    """Forbid those who differ where they must agree, or agree where they must differ."""
    number, (ban, depth) = sums.dtype.type, ban_and_depth(sums)
    mine, theirs = agreements.ours[thing, row], agreements.theirs[thing]
    agree, differ = ban, number(0)
    if agreements.same[thing]:
        agree, differ = differ, agree
    if mine < 0:
        agree = differ
    for at in range(len(sums)):
        sums[at] = max(number(sums[at] - (agree if theirs[at] == mine else differ)), depth)


@borrowing
def _add_exceptions(exceptions: Exceptions, row: Whole, sums: Sums) -> None:
    """Add what some pairs have beside all else."""
    _, depth = ban_and_depth(sums)
    for at in range(exceptions.starts[row], exceptions.starts[row + 1]):
        place = exceptions.mentor[at]
        sums[place] = max(sums[place] + exceptions.points[at], depth)
