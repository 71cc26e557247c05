"""Made-up cohorts with the skews of real programmes: a few topics in great demand, a few mentors loved by all."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

from alongside.engine import Person, Position, Problem, Rules, Topic
from benchmarks.populations.topics import families

T = TypeVar("T")

SECTORS = [
    "technology",
    "retail",
    "food",
    "creative",
    "finance",
    "health",
    "education",
    "construction",
    "charity",
    "law",
]
TOWNS = [
    Position(51.51, -0.13, "London"),
    Position(53.48, -2.24, "Manchester"),
    Position(52.48, -1.90, "Birmingham"),
    Position(55.86, -4.25, "Glasgow"),
    Position(51.48, -3.18, "Cardiff"),
    Position(54.60, -5.93, "Belfast"),
    Position(51.45, -2.59, "Bristol"),
    Position(54.97, -1.61, "Newcastle"),
]
TIMES = [f"{day}-{part}" for day in ("mon", "tue", "wed", "thu", "fri") for part in ("am", "pm", "eve")]


def cohort(mentees: int, mentors: int, *, capacity: tuple[int, int] = (1, 3), seed: int = 2026) -> Problem:
    """Return a problem with people whose traits fall off like 1 / rank; the same for the same seed.

    :param capacity: the least and the most places a mentor has.
    """
    draw = random.Random(seed)
    topics = [topic for family in families().values() for topic in family]
    return Problem(
        tuple(_person(draw, f"mentee-{number:05}", topics, capacity=1, level=(1, 4)) for number in range(mentees)),
        tuple(
            _person(draw, f"mentor-{number:05}", topics, capacity=draw.randint(*capacity), level=(3, 7))
            for number in range(mentors)
        ),
        rules=Rules(organisation="different"),
    )


def _person(
    draw: random.Random, identifier: str, topics: Sequence[str], *, capacity: int, level: tuple[int, int]
) -> Person:
    wanted = dict.fromkeys(_skewed(draw, topics) for _ in range(draw.randint(2, 6)))
    town = _skewed(draw, TOWNS)
    return Person(
        identifier,
        capacity=capacity,
        organisation=f"Organisation {draw.randrange(200)}",
        topics=tuple(Topic(topic, draw.choice((0.5, 1.0, 1.0))) for topic in wanted),
        text=" ".join(_skewed(draw, topics).lower() for _ in range(draw.randint(5, 25))),
        sector=_skewed(draw, SECTORS),
        position=Position(town.latitude + draw.gauss(0, 0.2), town.longitude + draw.gauss(0, 0.2), town.label),
        remote=draw.random() < 0.8,
        availability=frozenset(draw.sample(TIMES, draw.randint(2, 7))),
        languages=frozenset({"en"} if draw.random() < 0.9 else {"en", "cy"}),
        seniority=draw.randint(*level),
    )


def _skewed(draw: random.Random, items: Sequence[T]) -> T:
    return draw.choices(items, weights=[1 / (rank + 1) for rank in range(len(items))])[0]
