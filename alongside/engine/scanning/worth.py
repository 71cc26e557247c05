"""What a pair is worth in whole numbers: its reward and score, and a draw of lots too small to outweigh a point.

Many pairs have equal scores, and whoever breaks such ties by the alphabet favours somebody. Lots are drawn from the ids
of the two, so they are the same whatever the order of the rows, and on every machine. All lots of a matching together
are less than one point of score. Keeping a pair of an earlier solution can count above all lots, and still less than a
point.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from alongside.engine.compiled import Whole, borrowing, compiled
from alongside.engine.measuring.forms import Codes, Points
from alongside.engine.table import IntArray

LARGEST = 2**60
"""The greatest worth of a pair, so that sums of two and their differences stay within 64 bits."""

LOWEST = -(2**31) + 1
"""Less than any worth in points."""

LOTS = 2**16
"""Different lots, where there is room for so many."""

Seeds = npt.NDArray[np.int64]


class Worth(NamedTuple):
    """Hold how a pair's worth is made: `(reward + score) * scale + lot`, and `kept` more for a pair in `near`.

    `numbers` are reward, scale, lots and kept; seeds are drawn from ids; the pairs in `near` of mentee i are
    `near_mentor[near_starts[i]:near_starts[i + 1]]`.
    """

    numbers: IntArray
    our_seeds: Seeds
    their_seeds: Seeds
    near_starts: IntArray
    near_mentor: Codes

    @property
    def reward(self) -> int:
        """Return what a pair is worth beside its score, in points."""
        return int(self.numbers[0])

    @property
    def scale(self) -> int:
        """Return how many units of worth a point is."""
        return int(self.numbers[1])


def seeds(ids: Sequence[str]) -> Seeds:
    """Return a number from 0 to 2**31 - 1 for each id, which nobody can foresee from the alphabet."""
    digests = (hashlib.blake2b(each.encode("utf-8", "surrogatepass"), digest_size=4).digest() for each in ids)
    return np.frombuffer(b"".join(digests), dtype=">u4").astype(np.int64) & 0x7FFFFFFF


def worth_of(
    reward: int,
    first: int,
    pairs: int,
    our_seeds: Seeds,
    their_seeds: Seeds,
    near: tuple[IntArray, IntArray],
) -> Worth:
    """Make the finest lots for which all worths stay exact.

    :param first: the reward of a mentee's first mentor, in points.
    :param pairs: the most pairs a matching can have.
    :param near: rows and columns of pairs to keep where that costs nothing.
    """
    room = LARGEST // (reward + first + 10_001)
    lots = min(LOTS, max(1, (room - 1) // max(1, pairs)))
    kept = 0
    if len(near[0]):
        lots = min(LOTS, max(1, int((room / max(1, pairs) - 1) // (pairs + 2))))
        kept = (lots - 1) * pairs + 1 if (pairs + 1) * pairs < room else 0
    scale = (lots - 1 + kept) * pairs + 1
    order = np.lexsort((near[1], near[0]))
    starts = np.searchsorted(near[0][order], np.arange(len(our_seeds) + 1)).astype(np.int64)
    numbers = np.array([reward, scale, lots, kept], dtype=np.int64)
    return Worth(numbers, our_seeds, their_seeds, starts, near[1][order].astype(np.int32))


@borrowing
def lot(worth: Worth, mentee: Whole, mentor: Whole) -> Whole:
    """Return the lot of a pair, and what keeping it counts: 0 to less than the scale."""
    drawn = draw(worth.our_seeds[mentee], stirred(worth.their_seeds[mentor]), worth.numbers[2])
    for at in range(worth.near_starts[mentee], worth.near_starts[mentee + 1]):
        if worth.near_mentor[at] == mentor:
            drawn += worth.numbers[3]
    return drawn


@compiled
def stirred(seed: Whole) -> Whole:
    """Return a mentor's seed made ready for `draw`, which is the same with every mentee."""
    return (seed * 0x2C1B3C6D) & 0x7FFFFFFF


@borrowing
def draw(ours: Whole, theirs: Whole, lots: Whole) -> Whole:
    """Draw one of so many lots from two seeds, the mentor's stirred: 0 to less than `lots`."""
    mixed = ours ^ theirs
    mixed = ((mixed ^ (mixed >> 15)) * 0x297A2D39) & 0x7FFFFFFF
    mixed = ((mixed ^ (mixed >> 13)) * 0x21AD9A6B) & 0x7FFFFFFF
    return ((mixed ^ (mixed >> 16)) * lots) >> 31


@borrowing
def _worths(worth: Worth, mentee: Codes, mentor: Codes, score: Points, found: IntArray) -> None:
    for at in range(len(found)):
        found[at] = (worth.numbers[0] + score[at]) * worth.numbers[1] + lot(worth, mentee[at], mentor[at])


def worths(worth: Worth, mentee: Codes, mentor: Codes, score: Points) -> IntArray:
    """Return the worth of each pair."""
    found = np.zeros(len(score), dtype=np.int64)
    _worths(worth, mentee, mentor, score, found)
    return found


def columns_worth(worth: Worth, columns: IntArray) -> Worth:
    """Return how the pairs of some mentors (sorted) are worth what they are, the mentors counted in their order."""
    place = np.searchsorted(columns, worth.near_mentor)
    here = columns[np.minimum(place, len(columns) - 1)] == worth.near_mentor
    return worth._replace(
        their_seeds=worth.their_seeds[columns], near_mentor=np.where(here, place, -1).astype(np.int32)
    )
