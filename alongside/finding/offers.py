"""What there is to be found: offers of mentoring, as the search knows them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """What is known of the quality of whoever makes an offer, best first."""

    ASSESSED = "assessed"
    CONDITIONAL = "conditional"
    VISIBLE = "visible"  # not assessed


class Cost(StrEnum):
    """Whether a mentee pays."""

    FREE = "free"
    PAID = "paid"
    BOTH = "both"  # some of it is free


@dataclass(frozen=True, slots=True)
class Around:
    """A place an offer is near: its middle in degrees, and how far from there it reaches in kilometres."""

    name: str
    latitude: float
    longitude: float
    km: float


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing a visitor can be shown: a programme, or an organisation that names none.

    Ids are those of the vocabulary (`finding/vocabulary.toml`). An empty tuple means that an offer is for everybody in
    that respect, except ``topics``, where it means that it does not say.
    """

    ref: str
    organisation: str
    name: str
    about: str = ""
    topics: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()  # ISO 639-1, or 639-3 where there is none ("bfi")
    in_person: bool = True
    online: bool = False
    cost: Cost = Cost.FREE
    regions: tuple[str, ...] = ()  # names as in `places.regions()`; empty with no `around`: everywhere
    around: tuple[Around, ...] = ()
    standing: Standing = Standing.VISIBLE
    open: bool = True
    free_places: int | None = None  # None: not reported
    days_to_answer: float | None = None  # the median, measured; None: not reported
