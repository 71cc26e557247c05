"""A whole country of people, with the skews of real programmes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from alongside.engine import Person, Problem, Rules, Topic
from alongside.engine.table import IntArray
from benchmarks.populations.cohorts import TIMES
from benchmarks.populations.marginals import (
    LONGEST_CAREER,
    Marginals,
    Shares,
    SideMarginals,
    chosen,
    first_number,
    read_marginals,
)
from benchmarks.populations.prose import texts
from benchmarks.populations.topics import MOST, Subjects, as_topics, draw_topics
from benchmarks.populations.towns import homes

T = TypeVar("T")

SECTORS = {
    "SaaS": "Software",
    "Enterprise": "Business services",
    "AI/ML": "Technology",
    "Developer Tools": "Software",
    "Security": "IT",
    "Consumer": "Consumer goods",
    "CPG": "Consumer goods",
    "Marketplaces": "E-commerce",
    "EdTech": "Education",
    "PropTech": "Property",
    "AdTech": "Marketing",
    "GovTech": "Public sector",
    "Hardware": "Engineering",
}
"""What industries are called in the engine's families of sectors, where it does not know them as written."""

LEVELS = (2, 5, 10, 15, 20, 30)
"""Years of work at which the next level of seniority begins, as an import reads them."""

ORGANISATIONS = 2_000
DISTANCES = (5.0, 10.0, 25.0, 50.0, 100.0)
REMOTE, NAMES_DISTANCE, WELSH = 0.8, 0.15, 0.1
"""Parts of the people: who can meet remotely, who names how far they travel, who speaks Welsh as well."""
WISHING, AVOIDING = (0.05, 0.02), 0.01
"""Parts of the mentees and of the mentors who prefer somebody, and of both who avoid somebody."""
MOST_WISHES = 3
LANGUAGES = (frozenset({"en"}), frozenset({"en", "cy"}))


Columns = dict[str, list[Any]]
"""What people have, by the name of the trait, a value for each person."""


def country(mentees: int, mentors: int, *, places: tuple[int, int] = (1, 3), seed: int = 2026) -> Problem:
    """Return a problem with people as real programmes have them; the same for the same seed.

    Functions, industries, years, ranks and the lengths of texts follow the counts of real programmes, homes the
    gazetteer. Where nothing is known, shares fall off like 1 / rank (organisations) or are even (times).

    :param places: the least and the most places a mentor has.
    :raises NoMarginals: if the counts are not there.
    """
    marginals = read_marginals()
    draw = np.random.default_rng(seed)
    ours = Crowd.of(draw, marginals, marginals.mentees, [f"mentee-{number:07}" for number in range(mentees)])
    theirs = Crowd.of(draw, marginals, marginals.mentors, [f"mentor-{number:07}" for number in range(mentors)])
    room = draw.integers(places[0], places[1] + 1, mentors)
    return Problem(
        ours.people(np.ones(mentees, dtype=np.int64), ours.wishes(draw, WISHING[0], theirs)),
        theirs.people(room, theirs.wishes(draw, WISHING[1], ours)),
        rules=Rules(organisation="different"),
    )


@dataclass(frozen=True, slots=True)
class Crowd:
    """Hold one side of a country: ids, ranks (0 is the lowest), and all traits but capacities and wishes."""

    ids: list[str]
    ranks: IntArray
    traits: Columns

    @classmethod
    def of(cls, draw: np.random.Generator, marginals: Marginals, side: SideMarginals, ids: list[str]) -> Crowd:
        """Draw a trait at a time for everybody; equal values are shared."""
        size = len(ids)
        functions, ranks = side.functions.draw(draw, size), side.ranks.draw(draw, size)
        topics, written = _topics_and_texts(draw, marginals, side, functions)
        traits: Columns = {
            "topics": topics,
            "text": written,
            "organisation": _organisations(draw, size),
            "sector": _named(side.industries.draw(draw, size), [SECTORS.get(x, x) for x in side.industries.labels]),
            "position": _named(homes()[1].draw(draw, size), homes()[0]),
            "max_km": _distances(draw, size),
            "remote": (draw.random(size) < REMOTE).tolist(),
            "availability": _times(draw, size),
            "languages": _named((draw.random(size) < WELSH).astype(np.int64), LANGUAGES),
            "seniority": (np.searchsorted(LEVELS, _years(draw, marginals, side, functions), "right") + 1).tolist(),
            "attributes": _named(ranks, [(("rank", label),) for label in side.ranks.labels]),
        }
        return cls(ids, np.array([int(label) for label in side.ranks.labels])[ranks], traits)

    def people(self, capacities: IntArray, wishes: Columns) -> tuple[Person, ...]:
        """Return the people with their capacities and their wishes."""
        columns: Columns = {"id": self.ids, "capacity": capacities.tolist(), **self.traits, **wishes}
        return tuple([Person(**dict(zip(columns, row, strict=True))) for row in zip(*columns.values(), strict=True)])

    def wishes(self, draw: np.random.Generator, wishing: float, others: Crowd) -> Columns:
        """Let so large a part prefer somebody; each rank of the others makes them twice as likely to be wished for."""
        popularity = np.cumsum(2.0**others.ranks)
        popularity /= popularity[-1] if len(popularity) else 1
        even = np.arange(1, len(others.ids) + 1) / max(1, len(others.ids))
        columns: Columns = {}
        for name, part, most, cumulative in (
            ("prefers", wishing, MOST_WISHES, popularity),
            ("avoids", AVOIDING, 1, even),
        ):
            columns[name] = [()] * len(self.ids)
            for person in np.flatnonzero(draw.random(len(self.ids)) < part if len(others.ids) else []).tolist():
                named = chosen(cumulative, draw.random(draw.integers(1, most + 1)))
                columns[name][person] = tuple(dict.fromkeys(others.ids[other] for other in named.tolist()))
        return columns


def _topics_and_texts(
    draw: np.random.Generator, marginals: Marginals, side: SideMarginals, functions: IntArray
) -> tuple[list[tuple[Topic, ...]], list[str]]:
    sides = marginals.mentees.functions.labels, marginals.mentors.functions.labels, marginals.expertise.labels
    subjects = Subjects.of(label for labels in sides for label in labels)
    function = np.array([subjects.heads[label] for label in side.functions.labels])[functions]
    known = marginals.expertise.draw(draw, len(functions) * MOST).reshape(-1, MOST)
    expertise = np.array([subjects.heads[label] for label in marginals.expertise.labels])[known]
    topics, counts = draw_topics(draw, subjects, function, expertise)
    written = texts(draw, side.text, topics, counts, subjects.labels)
    return as_topics(draw, subjects.labels, topics, counts), written


def _years(draw: np.random.Generator, marginals: Marginals, side: SideMarginals, functions: IntArray) -> IntArray:
    """Return years of work: the band by function, evenly within it; in the last band, as business mentors have."""
    each = np.cumsum(side.years_given, axis=1) + np.arange(len(side.years_given))[:, None]
    band = chosen(each.ravel(), functions + draw.random(len(functions))) % len(side.years.labels)
    first = np.array([first_number(label) for label in side.years.labels])[band]
    long = np.array([int(label) for label in marginals.careers.labels])[marginals.careers.draw(draw, len(functions))]
    return np.where(first >= LONGEST_CAREER, long, first + draw.integers(0, 2, len(functions)))


def _organisations(draw: np.random.Generator, size: int) -> list[str]:
    names = [f"Organisation {number:04}" for number in range(ORGANISATIONS)]
    falling = Shares.of({name: ORGANISATIONS * 1000 // (rank + 1) for rank, name in enumerate(names)})
    return _named(falling.draw(draw, size), names)


def _distances(draw: np.random.Generator, size: int) -> list[float | None]:
    named = np.where(draw.random(size) < NAMES_DISTANCE, draw.integers(1, len(DISTANCES) + 1, size), 0)
    return _named(named, [None, *DISTANCES])


def _times(draw: np.random.Generator, size: int) -> list[frozenset[str]]:
    """Draw two to seven of TIMES for each; who is free at the same times shares the set."""
    order = draw.random((size, len(TIMES)), dtype=np.float32).argsort(axis=1)
    free = order < draw.integers(2, 8, size)[:, None]
    masks, which = np.unique(free @ (1 << np.arange(len(TIMES))), return_inverse=True)
    sets = [frozenset(time for bit, time in enumerate(TIMES) if mask >> bit & 1) for mask in masks.tolist()]
    return _named(which, sets)


def _named(places: IntArray, values: Sequence[T]) -> list[T]:
    """Return the value at each place."""
    return [values[place] for place in places.tolist()]
