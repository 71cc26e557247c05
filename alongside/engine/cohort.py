"""The people of a problem in canonical order, with what rules and criteria both read from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from alongside.engine.people import Person
from alongside.engine.problem import Problem
from alongside.engine.serialisation import people_digest
from alongside.engine.table import BoolArray, FloatArray, IntArray
from alongside.engine.words import incidence, normalised

EARTH_RADIUS_KM = 6371.0088
"""The mean radius of the Earth (IUGG)."""


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
    def distance(self) -> FloatArray:
        """Return the kilometres between each two people (n by m), nan where a place is not known."""
        ours, theirs = _on_sphere(self.mentees), _on_sphere(self.mentors)
        # Summed by hand: a matrix product may differ in its last bit from one machine to the next.
        square = sum((ours[:, None, axis] - theirs[None, :, axis]) ** 2 for axis in range(3))
        return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1, np.sqrt(square) / 2)))

    @cached_property
    def both_remote(self) -> BoolArray:
        """Mark the pairs (n by m) who can both meet at a distance."""
        return np.asarray(self.ours(_is_remote) & self.theirs(_is_remote), dtype=np.bool_)

    @cached_property
    def common_times(self) -> IntArray:
        """Count the times (n by m) at which both are available."""
        return self.in_common(lambda person: person.availability)

    @cached_property
    def digests(self) -> tuple[str, str]:
        """Return a digest of the mentees and one of the mentors, which do not depend on the order of the input."""
        return people_digest(self.mentees), people_digest(self.mentors)

    def ours(self, read: Callable[[Person], object], dtype: npt.DTypeLike = np.bool_) -> npt.NDArray[Any]:
        """Read something of each mentee into a column (n by 1)."""
        return np.array([read(person) for person in self.mentees], dtype=dtype).reshape(-1, 1)

    def theirs(self, read: Callable[[Person], object], dtype: npt.DTypeLike = np.bool_) -> npt.NDArray[Any]:
        """Read something of each mentor into a row (1 by m)."""
        return np.array([read(person) for person in self.mentors], dtype=dtype).reshape(1, -1)

    def agree(self, read: Callable[[Person], str]) -> BoolArray:
        """Mark the pairs (n by m) of which both have said something, and the same."""
        said = [normalised(read(person)) for person in (*self.mentees, *self.mentors)]
        codes = {label: code for code, label in enumerate(sorted(set(said)))}
        numbers = np.array([codes[label] if label else -1 for label in said], dtype=np.int32)
        ours, theirs = numbers[: len(self.mentees), None], numbers[None, len(self.mentees) :]
        return np.asarray((ours == theirs) & (ours >= 0), dtype=np.bool_)

    def in_common(self, read: Callable[[Person], Iterable[str]]) -> IntArray:
        """Count the labels (n by m) that both have."""
        ours = [Counter(set(read(person))) for person in self.mentees]
        theirs = [Counter(set(read(person))) for person in self.mentors]
        labels = sorted({label for bag in (*ours, *theirs) for label in bag})
        columns = {label: column for column, label in enumerate(labels)}
        product = incidence(ours, columns) @ incidence(theirs, columns).T
        return np.asarray(product.toarray(), dtype=np.int64)

    def pairs(self, ids: Iterable[tuple[str, str]]) -> BoolArray:
        """Mark pairs (n by m) given by the ids of mentee and mentor; ids of people not here are passed over."""
        marked = np.zeros(self.shape, dtype=np.bool_)
        for mentee, mentor in ids:
            if mentee in self.mentee_rows and mentor in self.mentor_columns:
                marked[self.mentee_rows[mentee], self.mentor_columns[mentor]] = True
        return marked


def _by_id(people: tuple[Person, ...]) -> tuple[Person, ...]:
    return tuple(sorted(people, key=lambda person: person.id))


def _is_remote(person: Person) -> bool:
    return person.remote


def _on_sphere(people: tuple[Person, ...]) -> FloatArray:
    """Return the places of people as points (people by 3) on a sphere of radius 1, nan where not known."""
    degrees = [(p.position.latitude, p.position.longitude) if p.position else (np.nan, np.nan) for p in people]
    latitude, longitude = np.radians(np.array(degrees, dtype=np.float64).reshape(-1, 2)).T
    level = np.cos(latitude)
    return np.stack([level * np.cos(longitude), level * np.sin(longitude), np.sin(latitude)], axis=1)
