"""Distances between places, as a traveller would want them rounded."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Protocol

EARTH_RADIUS_KM = 6371.0088
BANDS = ((10, "under 10 km"), (25, "10 to 25 km"), (50, "25 to 50 km"))


class Point(Protocol):
    """Anything with a latitude and a longitude in degrees."""

    @property
    def latitude(self) -> float: ...

    @property
    def longitude(self) -> float: ...


def distance_km(a: Point, b: Point) -> float:
    """Return the great-circle distance between two points in kilometres (haversine)."""
    up, across = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    share = sin(up / 2) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(across / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, share)))


def band(km: float) -> str:
    """Return the words people are shown for a distance in kilometres: "10 to 25 km"."""
    return next((words for limit, words in BANDS if km < limit), "over 50 km")
