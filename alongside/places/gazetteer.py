"""The gazetteer: finding a place by the words people write for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from alongside.places.areas import AREA_TOWNS, DISTRICT_TOWNS, LONDON_POINTS
from alongside.places.postcodes import area, outward_code

NATIONS = {"england", "scotland", "wales", "northern ireland", "ireland", "great britain", "uk", "gb"}
MOST_CHARACTERS = 200  # longer than any place anyone writes; the rest is not searched


@dataclass(frozen=True, slots=True)
class Place:
    """A town, with its ITL1 region, its nation and its middle in degrees."""

    name: str
    region: str
    nation: str
    latitude: float
    longitude: float


def find(text: str) -> Place | None:
    """Return the place `text` names: a postcode or its first half, a town, or a town with more around it.

    Where several places share a name, one in a region or nation that is also named wins, then the largest.
    """
    outward = outward_code(text)
    if outward:
        return _postcode_place(outward)
    parts = [key(part) for part in re.split(r"[,;/()\n]| - ", text[:MOST_CHARACTERS])]
    for part in filter(_could_be_town, [key(text[:MOST_CHARACTERS]), *parts]):
        for name in _spellings(part):
            if name in gazetteer():
                return _likeliest(gazetteer()[name], parts)
    return None


def regions() -> list[str]:
    """Return the regions of England, then the other nations and the islands, each by its name."""
    found = {(place.nation != "England", place.region) for place, _names, _people in _rows()}
    return [region for _, region in sorted(found)]


@cache
def towns_in(region: str) -> tuple[Place, ...]:
    """Return the towns of a region, the largest first; none if there is no such region."""
    rows = sorted(_rows(), key=lambda row: (-row[2], row[0].name))
    return tuple(place for place, _names, _people in rows if place.region == region)


def key(text: str) -> str:
    """Return the form in which names are compared: no accents, case, dots, hyphens or apostrophes."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"[\u2019'.`]", "", plain)
    plain = re.sub(r"[\W_]+", " ", plain.replace("&", " and ")).strip()
    return re.sub(r"\bsaint\b", "st", plain)


@cache
def gazetteer() -> dict[str, tuple[Place, ...]]:
    """Return every name in the form of `key`, with the places it may mean, likeliest first."""
    named: dict[str, list[tuple[bool, int, Place]]] = {}
    for place, names, people in _rows():
        for index, name in enumerate(names):
            named.setdefault(key(name), []).append((index > 0 and people < 50_000, -people, place))
    return {name: tuple(row[2] for row in sorted(rows, key=lambda row: row[:2])) for name, rows in named.items()}


def _rows() -> Iterator[tuple[Place, list[str], int]]:
    for line in (files("alongside.places") / "places.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, others, region, nation, latitude, longitude, people = line.split("\t")
        place = Place(name, region, nation, float(latitude), float(longitude))
        yield place, [name, *filter(None, others.split("|"))], int(people)


@cache
def _postcode_place(outward: str) -> Place | None:
    letters = area(outward)
    number = int(re.sub(r"\D", "", outward))
    nearer = [town for first, last, town in DISTRICT_TOWNS.get(letters, ()) if first <= number <= last]
    town = find(nearer[-1] if nearer else AREA_TOWNS[letters])
    if town and letters in LONDON_POINTS:
        return Place(town.name, town.region, town.nation, *LONDON_POINTS[letters])
    return town


def _could_be_town(part: str) -> bool:
    """Leave out blanks, and whole nations: "Wales" is also a village near Sheffield, but nobody means it."""
    return bool(part) and part not in NATIONS


def _spellings(part: str) -> Iterator[str]:
    """Yield the name as written, then without the words people put around a town."""
    yield part
    shorter = re.sub(r"^(near|nr|around|just outside|outside|city of|greater|central|in)\s+", "", part)
    shorter = re.sub(r"\s+(area|city|city centre|town|town centre|and surrounding area|uk|gb)$", "", shorter)
    yield shorter
    yield re.sub(r"^(north|south|east|west|north east|north west|south east|south west)\s+", "", shorter)


def _likeliest(places: tuple[Place, ...], parts: list[str]) -> Place:
    said = set(parts)
    return next((place for place in places if {key(place.region), key(place.nation)} & said), places[0])
