"""The people of a problem in canonical order, with what rules and criteria both read from them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from alongside.engine.forms import (
    EARTH_RADIUS,
    KNOWN_TIMES,
    Agreement,
    Bits,
    Codes,
    Kinds,
    Pairs,
    Times,
    quantised,
)
from alongside.engine.people import Person, Position
from alongside.engine.problem import IdPair, Problem
from alongside.engine.serialisation import people_digest
from alongside.engine.table import FloatArray, IntArray
from alongside.engine.words import normalised

Labels = Callable[[Person], frozenset[str]]
"""Read a set of labels of a person."""

FEW = 2**14
"""Combinations that are quicker looked up in a table than worked out for each pair."""


@dataclass(frozen=True)
class Cohort:
    """Hold mentees (n) and mentors (m) sorted by id, so that the order of the input counts for nothing."""

    mentees: tuple[Person, ...]
    mentors: tuple[Person, ...]

    @classmethod
    def of(cls, problem: Problem) -> Cohort:
        """Take the people of a problem, in order of their ids."""
        return cls(_by_id(problem.mentees), _by_id(problem.mentors))

    @property
    def shape(self) -> tuple[int, int]:
        """Return how many mentees and mentors there are."""
        return len(self.mentees), len(self.mentors)

    @cached_property
    def mentee_rows(self) -> dict[str, int]:
        """Return the row of each mentee by id."""
        return {person.id: row for row, person in enumerate(self.mentees)}

    @cached_property
    def mentor_columns(self) -> dict[str, int]:
        """Return the column of each mentor by id."""
        return {person.id: column for column, person in enumerate(self.mentors)}

    @cached_property
    def free_times(self) -> Times:
        """Compare when people are free; three times in common are enough."""
        return self.times(lambda person: person.availability, enough=KNOWN_TIMES)

    def places_of(self, pairs: Iterable[IdPair]) -> tuple[IntArray, IntArray]:
        """Return rows and columns of pairs, sorted, passing over people who are not here."""
        found = sorted(
            (self.mentee_rows[mentee], self.mentor_columns[mentor])
            for mentee, mentor in pairs
            if mentee in self.mentee_rows and mentor in self.mentor_columns
        )
        at = np.array(found, dtype=np.int64).reshape(-1, 2)
        return at[:, 0], at[:, 1]

    @cached_property
    def digests(self) -> tuple[str, str]:
        """Return a digest of the mentees and one of the mentors, which do not depend on the order of the input."""
        return people_digest(self.mentees), people_digest(self.mentors)

    def ours(self, read: Callable[[Person], object], dtype: npt.DTypeLike = np.bool_) -> npt.NDArray[Any]:
        """Read something of each mentee (n)."""
        return np.array([read(person) for person in self.mentees], dtype=dtype)

    def theirs(self, read: Callable[[Person], object], dtype: npt.DTypeLike = np.bool_) -> npt.NDArray[Any]:
        """Read something of each mentor (m)."""
        return np.array([read(person) for person in self.mentors], dtype=dtype)

    def silence(self, silent: Callable[[Person], bool]) -> Kinds:
        """Mark as 1 the pairs of which at least one is silent about something."""
        return Kinds(self.ours(silent, np.int32), self.theirs(silent, np.int32), np.array([[0, 1], [1, 1]], np.int32))

    def kinds(
        self,
        read: Callable[[Person], Hashable],
        judge: Callable[[Any, Any], float],
        of_mentor: Callable[[Person], Hashable] | None = None,
    ) -> Kinds:
        """Judge each kind of mentee with each kind of mentor: `judge` returns a share, 0 to 1.

        `of_mentor` reads mentors where something else tells their kind.
        """
        (ours, our_kinds), (theirs, their_kinds) = _coded(self.mentees, read), _coded(self.mentors, of_mentor or read)
        shares = [[judge(one, other) for other in their_kinds] for one in our_kinds]
        return Kinds(ours, theirs, quantised(np.reshape(shares, (len(our_kinds), len(their_kinds)))))

    def agreement(self, read: Callable[[Person], str], *, same: bool) -> Agreement:
        """Compare what people said of one thing, however they wrote it."""
        codes: dict[str, int] = {"": -1}
        ours = [codes.setdefault(normalised(read(person)), len(codes)) for person in self.mentees]
        theirs = [codes.setdefault(normalised(read(person)), len(codes)) for person in self.mentors]
        return Agreement(np.array(ours, np.int32), np.array(theirs, np.int32), same)

    def overlap(self, read: Labels, of_mentor: Labels | None = None) -> Kinds | Times:
        """Tell who have a label in common, or named none: as kinds where few different sets were named, else as times.

        `of_mentor` reads the labels of mentors where they are not read alike.
        """
        of_mentor = of_mentor or read
        different = len({read(person) for person in self.mentees}) * len({of_mentor(person) for person in self.mentors})
        if different > FEW:
            return self.times(read, of_mentor=of_mentor)
        return self.kinds(read, lambda a, b: float(not a or not b or not a.isdisjoint(b)), of_mentor)

    def times(self, read: Labels, enough: int = 1, of_mentor: Labels | None = None) -> Times:
        """Compare sets of labels: one in common is none too few, `enough` (or all a mentee named, if fewer) is perfect.

        Each label that both sides name has a bit of its own. Those that only one side names share a few of that side:
        thousands of them cost nothing, and nobody has fewer bits than labels that count, on which `plan` relies.
        """
        of_mentor = of_mentor or read
        ours, theirs = _named(self.mentees, read), _named(self.mentors, of_mentor)
        place = {label: number for number, label in enumerate(sorted(ours & theirs))}
        words = max(1, -(-(len(place) + 2 * KNOWN_TIMES * (ours != theirs)) // 32))
        named = self.ours(lambda person: len(read(person)), np.int64)
        count = np.arange(KNOWN_TIMES + 1) / np.clip(named, 1, enough)[:, None]
        return Times(
            _bits(self.mentees, read, place, words, beside=len(place)),
            _bits(self.mentors, of_mentor, place, words, beside=len(place) + KNOWN_TIMES),
            quantised(np.minimum(1, count)),
            self.kinds(lambda p: not read(p), lambda one, other: float(one or other), lambda p: not of_mentor(p)),
        )

    def except_for(self, pairs: Mapping[IdPair, float], otherwise: Kinds) -> Pairs:
        """Judge pairs given by the ids of mentee and mentor, passing over people not here; others by `otherwise`."""
        known = {
            (self.mentee_rows[mentee], self.mentor_columns[mentor]): share
            for (mentee, mentor), share in pairs.items()
            if mentee in self.mentee_rows and mentor in self.mentor_columns
        }
        at = np.array(sorted(known), dtype=np.int64).reshape(-1, 2)
        return Pairs(at[:, 0], at[:, 1], quantised([known[row, column] for row, column in at.tolist()]), otherwise)

    def all_but(self, pairs: Iterable[IdPair]) -> Pairs:
        """Allow every pair but these."""
        nobody = Kinds(np.zeros(len(self.mentees), np.int32), np.zeros(len(self.mentors), np.int32), quantised([[1.0]]))
        return self.except_for(dict.fromkeys(pairs, 0.0), nobody)

    def places(self, read: Callable[[Person], Position | None]) -> tuple[FloatArray, FloatArray]:
        """Return where both sides are (people by 3), in whole metres from the middle of the Earth, nan unknown."""
        return _in_space(map(read, self.mentees)), _in_space(map(read, self.mentors))


def _by_id(people: tuple[Person, ...]) -> tuple[Person, ...]:
    return tuple(sorted(people, key=lambda person: person.id))


def _coded(people: tuple[Person, ...], read: Callable[[Person], Hashable]) -> tuple[Codes, list[Any]]:
    """Return a number for what each person said, and what the numbers stand for."""
    codes: dict[Hashable, int] = {}
    numbers = [codes.setdefault(read(person), len(codes)) for person in people]
    return np.array(numbers, dtype=np.int32), list(codes)


def _named(people: tuple[Person, ...], read: Labels) -> frozenset[str]:
    """Return every label that anybody named."""
    return frozenset().union(*{read(person) for person in people})


def _bits(people: tuple[Person, ...], read: Labels, place: Mapping[str, int], words: int, beside: int) -> Bits:
    """Return (words by people) a bit for each label a person named, every bit for who named none.

    The first few labels without a place have the bits from `beside` on.
    """
    codes, sets = _coded(people, read)
    bits = np.zeros((words, len(sets)), dtype=np.uint32)
    for number, said in enumerate(sets):
        alone = min(KNOWN_TIMES, len(said - place.keys()))
        for at in (*(place[label] for label in said if label in place), *range(beside, beside + alone)):
            bits[at // 32, number] |= np.uint32(1 << at % 32)
        if not said:
            bits[:, number] = np.iinfo(np.uint32).max
    return bits[:, codes]


def _in_space(positions: Iterable[Position | None]) -> FloatArray:
    degrees = [(place.latitude, place.longitude) if place else (np.nan, np.nan) for place in positions]
    latitude, longitude = np.radians(np.array(degrees, dtype=np.float64).reshape(-1, 2)).T
    level = np.cos(latitude)
    unit = np.stack([level * np.cos(longitude), level * np.sin(longitude), np.sin(latitude)], axis=1)
    return np.asarray(np.rint(EARTH_RADIUS * unit))
