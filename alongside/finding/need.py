"""What somebody is looking for, as far as it was said or chosen."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.finding.offers import Cost


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody is: the place as it was understood, its region, and its middle in degrees."""

    name: str
    region: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Need:
    """A need. Ids are those of the vocabulary; what is empty or None was not said and does not matter.

    ``words`` are what was written and meant nothing in particular: they are still looked for in names and texts.
    """

    topics: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    stage: str = ""
    audiences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    place: Spot | None = None
    online: bool | None = None  # True: online is fine; False: in person only
    cost: Cost | None = None  # FREE: only what costs nothing
    words: tuple[str, ...] = ()
