"""The twelve ITL1 regions of the United Kingdom, as a picture of tiles and as points."""

from __future__ import annotations

from functools import cache

from alongside.places.gazetteer import Place, towns_in

# Column and row of each region's tile, from the top left, so that neighbours are neighbours.
TILES = {
    "Scotland": (1, 0),
    "Northern Ireland": (0, 1),
    "North East": (2, 1),
    "North West": (1, 2),
    "Yorkshire and The Humber": (2, 2),
    "Wales": (0, 3),
    "West Midlands": (1, 3),
    "East Midlands": (2, 3),
    "East of England": (3, 3),
    "South West": (1, 4),
    "South East": (2, 4),
    "London": (3, 4),
}
"""The regions in the order in which they are read."""


@cache
def middle_of(region: str) -> Place:
    """Return a region as a place: the mean of its towns, each counted once.

    :raises KeyError: if there is no such region.
    """
    towns = towns_in(region)
    if not towns:
        raise KeyError(region)
    latitude = sum(town.latitude for town in towns) / len(towns)
    longitude = sum(town.longitude for town in towns) / len(towns)
    return Place(region, region, towns[0].nation, latitude, longitude)
