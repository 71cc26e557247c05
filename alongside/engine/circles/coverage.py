"""How well a mentor covers each need of a mentee or a group, in whole points."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from alongside.engine.measuring.vocabulary import meaning, near
from alongside.engine.values.people import Person, Topic
from alongside.engine.values.scores import FULL, NEUTRAL, apportion

WELL = 0.75
"""From this strength on a mentor covers a need; below, and above 0, their experience is close to it."""


def strength(need: Topic, mentor: Person) -> float:
    """Return how well the best of a mentor's topics covers a need, 0 to 1: how near it is times how strong."""
    return max((_near(need.label, topic.label) * min(1.0, topic.weight) for topic in mentor.topics), default=0.0)


@lru_cache(maxsize=100_000)
def _near(need: str, topic: str) -> float:
    return near(meaning(need), meaning(topic))


def shares(needs: Iterable[Topic]) -> tuple[int, ...]:
    """Return what each need counts, in proportion to its weight, adding up to FULL exactly."""
    weights = [need.weight for need in needs]
    total = sum(weights)
    return tuple(apportion([FULL * weight / total for weight in weights], FULL)) if weights else ()


def points(needs: tuple[Topic, ...], mentor: Person) -> tuple[int, ...]:
    """Return what a mentor covers of each need, in whole points out of its share."""
    return tuple(round(share * strength(need, mentor)) for share, need in zip(shares(needs), needs, strict=True))


def covered(mentee: Person, mentor: Person) -> int:
    """Return how well a mentor covers a mentee's needs, 0 to FULL; NEUTRAL where either has named none."""
    if not mentee.topics or not mentor.topics:
        return NEUTRAL
    return sum(points(mentee.topics, mentor))
