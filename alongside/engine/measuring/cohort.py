"""The people of a problem in canonical order, with what rules and criteria both read from them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from operator import attrgetter, not_
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from alongside.engine.measuring.forms import (
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
from alongside.engine.measuring.reading import Reader, Readings
from alongside.engine.numbering import Numbers
from alongside.engine.table import FloatArray, IntArray
from alongside.engine.values.people import Person, Position
from alongside.engine.values.problem import IdPair, Problem
from alongside.engine.values.serialisation import people_digest
from alongside.engine.words import normalised

Labels = Callable[[Person], frozenset[str]]
"""Read a set of labels of a person."""

Meant = TypeVar("Meant", bound=Hashable)


def once(field: str, look: Callable[[Any], Meant]) -> Callable[[Person], Meant]:
    """Read what a field of a person means; each different thing that stands there is looked at once."""
    meant, read = cache(look), attrgetter(field)
    return lambda person: meant(read(person))


FEW = 2**14
"""Combinations that are quicker looked up in a table than worked out for each pair."""


@dataclass(frozen=True)
class Cohort:
    """Hold mentees (n) and mentors (m) sorted by id, so that the order of the input counts for nothing.

    `reader` is the model that reads their texts; without one, texts are compared word by word.
    """

    mentees: tuple[Person, ...]
    mentors: tuple[Person, ...]
    reader: Reader | None = None

    @classmethod
    def of(cls, problem: Problem, reader: Reader | None = None) -> Cohort:
        """Take the people of a problem, in order of their ids."""
        return cls(_by_id(problem.mentees), _by_id(problem.mentors), reader)

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
        return self.times(attrgetter("availability"), enough=KNOWN_TIMES)

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
    def digests(self) -> tuple[str, ...]:
        """Return a digest of the mentees, one of the mentors and, if there is a model, one of what it read.

        They do not depend on the order of the input.
        """
        people = people_digest(self.mentees), people_digest(self.mentors)
        return (*people, self.readings.digest) if self.readings else people

    @cached_property
    def readings(self) -> Readings | None:
        """Return what the model reads in everybody's texts, None without a model; it is asked once.

        :raises ReaderError: if what it gives cannot be used.
        """
        texts = (person.text for person in (*self.mentees, *self.mentors))
        return Readings.of(self.reader, texts) if self.reader else None

    @property
    def model(self) -> str:
        """Return the name of the model that reads the texts, "" without one."""
        return self.reader.name if self.reader else ""

    def ours(self, read: Callable[[Person], object], dtype: npt.DTypeLike = np.bool_) -> npt.NDArray[Any]:
        """Read something of each mentee (n)."""
        return np.array(list(map(read, self.mentees)), dtype=dtype)

    def theirs(self, read: Callable[[Person], object], dtype: npt.DTypeLike = np.bool_) -> npt.NDArray[Any]:
        """Read something of each mentor (m)."""
        return np.array(list(map(read, self.mentors)), dtype=dtype)

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
        return _judged(*self._said(read, of_mentor), judge)

    def agreement(self, read: Callable[[Person], str], *, same: bool) -> Agreement:
        """Compare what people said of one thing, however they wrote it."""
        codes: dict[str, int] = {"": -1}
        ours, theirs = self._said(read)
        one, other = (
            np.array([codes.setdefault(normalised(label), len(codes)) for label in said.different], dtype=np.int32)
            for said in (ours, theirs)
        )
        return Agreement(one[ours.codes], other[theirs.codes], same)

    def overlap(self, read: Labels, of_mentor: Labels | None = None) -> Kinds | Times:
        """Tell who have a label in common, or named none: as kinds where few different sets were named, else as times.

        `of_mentor` reads the labels of mentors where they are not read alike.
        """
        ours, theirs = self._said(read, of_mentor)
        if len(ours.different) * len(theirs.different) > FEW:
            return _times(ours, theirs, enough=1)
        return _judged(ours, theirs, lambda a, b: float(not a or not b or not a.isdisjoint(b)))

    def times(self, read: Labels, enough: int = 1, of_mentor: Labels | None = None) -> Times:
        """Compare sets of labels: one in common is none too few, `enough` (or all a mentee named, if fewer) is perfect.

        `of_mentor` reads the labels of mentors where they are not read alike.
        """
        return _times(*self._said(read, of_mentor), enough)

    def _said(
        self, read: Callable[[Person], Hashable], of_mentor: Callable[[Person], Hashable] | None = None
    ) -> tuple[_Said, _Said]:
        return _Said.of(self.mentees, read), _Said.of(self.mentors, of_mentor or read)

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

    @cached_property
    def places(self) -> tuple[FloatArray, FloatArray]:
        """Return where both sides are (people by 3), in whole metres from the middle of the Earth, nan unknown."""
        read = attrgetter("position")
        return _in_space(map(read, self.mentees)), _in_space(map(read, self.mentors))


def _by_id(people: tuple[Person, ...]) -> tuple[Person, ...]:
    return tuple(sorted(people, key=attrgetter("id")))


class _Said(NamedTuple):
    """Hold what people said: `codes` (people) are places in `different`, where things stand as they were first said."""

    codes: Codes
    different: list[Any]

    @classmethod
    def of(cls, people: tuple[Person, ...], read: Callable[[Person], Hashable]) -> _Said:
        numbers = Numbers[Hashable]()
        return cls(numbers.of(map(read, people)), list(numbers))

    def seen(self, look: Callable[[Any], Hashable]) -> _Said:
        """Return what else people said by it, each different thing looked at once."""
        numbers = Numbers[Hashable]()
        return _Said(numbers.of(map(look, self.different))[self.codes], list(numbers))


def _judged(ours: _Said, theirs: _Said, judge: Callable[[Any, Any], float]) -> Kinds:
    shares = [[judge(one, other) for other in theirs.different] for one in ours.different]
    fits = quantised(np.reshape(shares, (len(ours.different), len(theirs.different))))
    return Kinds(ours.codes, theirs.codes, fits)


def _times(ours: _Said, theirs: _Said, enough: int) -> Times:
    """Compare sets of labels as bits.

    Each label that both sides name has a bit of its own. Those that only one side names share a few of that side:
    thousands of them cost nothing, and nobody has fewer bits than labels that count, on which `plan` relies.
    """
    our_labels, their_labels = (frozenset().union(*said.different) for said in (ours, theirs))
    place = {label: number for number, label in enumerate(sorted(our_labels & their_labels))}
    words = max(1, -(-(len(place) + 2 * KNOWN_TIMES * (our_labels != their_labels)) // 32))
    named = np.array(list(map(len, ours.different)), dtype=np.int64)[ours.codes]
    count = np.arange(KNOWN_TIMES + 1) / np.clip(named, 1, enough)[:, None]
    return Times(
        _bits(ours, place, words, beside=len(place)),
        _bits(theirs, place, words, beside=len(place) + KNOWN_TIMES),
        quantised(np.minimum(1, count)),
        _judged(ours.seen(not_), theirs.seen(not_), lambda one, other: float(one or other)),
    )


def _bits(said: _Said, place: Mapping[str, int], words: int, beside: int) -> Bits:
    """Return (words by people) a bit for each label a person named, every bit for who named none.

    The first few labels without a place have the bits from `beside` on.
    """
    sizes = np.array(list(map(len, said.different)), dtype=np.int64)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    at = np.array([place.get(label, -1) for label in chain.from_iterable(said.different)], dtype=np.int64)
    alone = np.minimum(np.bincount(owner[at < 0], minlength=len(sizes)), KNOWN_TIMES)
    bits = np.zeros((words, len(sizes)), dtype=np.uint32)
    _set(bits, at[at >= 0], owner[at >= 0])
    for more in range(alone.max(initial=0)):
        having = np.flatnonzero(alone > more)
        _set(bits, np.full(len(having), beside + more), having)
    bits[:, sizes == 0] = np.iinfo(np.uint32).max
    return bits[:, said.codes]


def _set(bits: Bits, at: IntArray, column: IntArray) -> None:
    np.bitwise_or.at(bits, (at // 32, column), np.uint32(1) << (at % 32).astype(np.uint32))


def _in_space(positions: Iterable[Position | None]) -> FloatArray:
    degrees = [(place.latitude, place.longitude) if place else (np.nan, np.nan) for place in positions]
    latitude, longitude = np.radians(np.array(degrees, dtype=np.float64).reshape(-1, 2)).T
    level = np.cos(latitude)
    unit = np.stack([level * np.cos(longitude), level * np.sin(longitude), np.sin(latitude)], axis=1)
    return np.asarray(np.rint(EARTH_RADIUS * unit))
