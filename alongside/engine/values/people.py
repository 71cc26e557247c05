"""The people of a matching, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["", "in_person", "remote", "either"]
"""How somebody would rather meet, "" where they have not said."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Name a need of a mentee, or an expertise of a mentor.

    `weight` is how much a need matters against the person's other needs, or how strong an
    expertise is: from 0, exclusive, to 1 for full strength (more counts as 1).
    """

    label: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Position:
    """Locate a person, in degrees (WGS 84); `label` is the place's name, for people to read."""

    latitude: float
    longitude: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Describe a mentor or a mentee. What is empty has not been said, and restricts nothing.

    `capacity` is a mentor's free places, or the number of mentors a mentee is to have.
    `minimum` is how many mentees a mentor is to have at least, where possible; from 0 to the capacity.
    `topics` are a mentee's needs, or a mentor's expertise.
    `availability` and `languages` hold labels that mean the same for everyone ("mon-am", "cy").
    `seniority` is a level, higher is more senior; only differences count.
    `attributes` are (name, value) pairs, for rules and weights on what both said of one thing.
    `requires` are (name, value) pairs that the other must have said, a need or a wish of the person's own; where one
    name is there with several values, any of them will do.
    `prefers`, best first, and `avoids` are ids of people on the other side; so are `former`, those they were paired
    with before, and `conflicts`, those with whom a conflict of interest was declared.
    `remote` is whether they can meet at a distance; `mode` is how they would rather meet.
    `asks` is the experience a mentee asks for, of which the first three count; `experience` is what a mentor has.
    A person who is not `cleared` is never matched.
    `account` is the same for one human on both sides, who is never matched with themselves; empty, it is the id.
    """

    id: str
    name: str = ""
    capacity: int = 1
    minimum: int = 0
    organisation: str = ""
    topics: tuple[Topic, ...] = ()
    text: str = ""
    sector: str = ""
    position: Position | None = None
    max_km: float | None = None
    remote: bool = True
    availability: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    seniority: int | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    cleared: bool = True
    prefers: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    account: str = ""
    former: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    requires: tuple[tuple[str, str], ...] = ()
    mode: Mode = ""
    asks: tuple[str, ...] = ()
    experience: tuple[str, ...] = ()

    def attribute(self, name: str) -> str:
        """Return the value of an attribute, or an empty string where it was not said."""
        return dict(self.attributes).get(name, "")

    def is_also(self, other: Person) -> bool:
        """Tell whether a person is `other` on the other side."""
        return (self.account or self.id) == (other.account or other.id)

    def __str__(self) -> str:
        """Return what to call the person in a sentence."""
        return self.name or self.id
