"""Offers as columns of numbers, so that all of them are compared with a need at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alongside.finding.need import Spot
from alongside.finding.offers import Offer
from alongside.places.distance import EARTH_RADIUS_KM
from alongside.places.gazetteer import find

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ids:
    """Which of some ids each offer has: a row for each offer, a column for each id."""

    columns: dict[str, int]
    has: Flags

    @classmethod
    def of(cls, offers: Sequence[Offer], ids: Callable[[Offer], Sequence[str]]) -> Ids:
        named = sorted({each for offer in offers for each in ids(offer)})
        columns = {each: place for place, each in enumerate(named)}
        has = np.zeros((len(offers), len(named)), dtype=bool)
        for row, offer in enumerate(offers):
            has[row, [columns[each] for each in ids(offer)]] = True
        return cls(columns, has)

    def any_of(self, ids: Sequence[str]) -> Flags:
        """Return which offers have one of some ids at least."""
        wanted = [self.columns[each] for each in ids if each in self.columns]
        return np.asarray(self.has[:, wanted].any(axis=1), dtype=bool)

    def shares(self, weights: dict[str, float]) -> Numbers:
        """Return for each offer how much it has of some ids, by their weights: 1 is all."""
        found = np.zeros(len(self.has))
        for each, weight in weights.items():
            if each in self.columns:
                found += weight * self.has[:, self.columns[each]]
        return found / (sum(weights.values()) or 1.0)

    def rarity(self, each: str) -> float:
        """Return how much an id tells: about 1 where a tenth of the offers have it, more where fewer do."""
        having = int(self.has[:, self.columns[each]].sum()) if each in self.columns else 0
        return 0.5 + math.log10((len(self.has) + 1) / (having + 1)) / 2

    @property
    def none(self) -> Flags:
        """Return which offers have none at all."""
        return np.asarray(~self.has.any(axis=1), dtype=bool)


@dataclass(frozen=True, slots=True)
class Reach:
    """How each offer is to be reached in person from somewhere.

    ``km`` is the distance to its nearest place (nan where it names none), ``share`` how far that is of what it reaches:
    over 1 is beyond.
    """

    km: Numbers
    share: Numbers
    region: Flags
    everywhere: Flags

    @property
    def reached(self) -> Flags:
        near: Flags = np.nan_to_num(self.share, nan=9.0) <= 1.0
        found: Flags = near | self.region | self.everywhere
        return found


class Places:
    """Where offers are: their places and regions."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        rows = [(row, around) for row, offer in enumerate(offers) for around in offer.around]
        self._count = len(offers)
        self._in_person = np.array([offer.in_person for offer in offers], dtype=bool)
        self._row = np.array([row for row, _ in rows], dtype=np.int64)
        self._latitude = np.radians([around.latitude for _, around in rows])
        self._longitude = np.radians([around.longitude for _, around in rows])
        self._reach = np.maximum(1.0, [around.km for _, around in rows])
        self._regions = Ids.of(offers, _regions)
        named = [bool(offer.regions or offer.around) for offer in offers]
        self._everywhere = self._in_person & ~np.array(named, dtype=bool)
        self._by_regions = Ids.of(offers, lambda offer: offer.regions)

    def reach(self, spot: Spot) -> Reach:
        """Return how every offer is reached from a spot; from a whole region, by the regions alone."""
        wide = is_wide(spot)
        regions = self._regions if wide else self._by_regions
        km = np.full(self._count, np.inf)
        share = np.full(self._count, np.inf)
        if not wide:
            away = self._away(spot)
            np.minimum.at(km, self._row, away)
            np.minimum.at(share, self._row, away / self._reach)
        km[np.isinf(km)] = np.nan
        share[np.isinf(share) | ~self._in_person] = np.nan
        return Reach(km, share, self._in_person & regions.any_of([spot.region]), self._everywhere)

    def _away(self, spot: Spot) -> Numbers:
        latitude, longitude = math.radians(spot.latitude), math.radians(spot.longitude)
        up, across = self._latitude - latitude, self._longitude - longitude
        part = np.sin(up / 2) ** 2 + math.cos(latitude) * np.cos(self._latitude) * np.sin(across / 2) ** 2
        away: Numbers = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, part)))
        return away


def is_wide(spot: Spot) -> bool:
    """Tell whether a spot is a whole region rather than a place in it; London is both, and a place enough."""
    return spot.name == spot.region and spot.region != "London"


def _regions(offer: Offer) -> tuple[str, ...]:
    """Return the regions an offer names, and those its places lie in."""
    places = [find(around.name) for around in offer.around]
    return tuple(dict.fromkeys([*offer.regions, *(place.region for place in places if place)]))
