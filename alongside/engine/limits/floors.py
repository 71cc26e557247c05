"""How high the worst match can be raised without leaving out anybody who could be placed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence


def highest_floor(place: Callable[[int], int], scores: Sequence[int]) -> int:
    """Return the highest of the scores below which no pair need be made, for as many to be placed as without.

    A higher floor leaves fewer pairs, so never places more: bisecting finds the last that places as many, in about
    log2(len(scores)) calls.

    :param place: how many people can be placed by pairs that score at least so much.
    :param scores: the scores that pairs have, distinct, from the lowest.
    :raises ValueError: if there is no score.
    """
    if not scores:
        raise ValueError("Where no pair can be made there is no worst one to raise.")
    everyone = place(scores[0])
    lost = bisect_left(range(1, len(scores)), True, key=lambda at: place(scores[at]) < everyone)
    return scores[lost]
