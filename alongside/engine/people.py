"""The people of a matching, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


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
    `attributes` are (name, value) pairs, for the rule that both must share a value.
    `prefers`, best first, and `avoids` are ids of people on the other side.
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

    def attribute(self, name: str) -> str:
        """Return the value of an attribute, or an empty string where it was not said."""
        return dict(self.attributes).get(name, "")

    def is_also(self, other: Person) -> bool:
        """Tell whether a person is `other` on the other side."""
        return (self.account or self.id) == (other.account or other.id)

    def __str__(self) -> str:
        """Return what to call the person in a sentence."""
        return self.name or self.id
