"""Finding places by the words and postcodes people write."""

from __future__ import annotations

import csv
import statistics
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.places import Place, distance_km, find
from alongside.places.areas import AREA_TOWNS, DISTRICT_TOWNS


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Liverpool", "Liverpool"),
        ("  cardiff ", "Cardiff"),
        ("Caerdydd", "Cardiff"),
        ("Llundain", "London"),
        ("St. Albans", "St Albans"),
        ("Newcastle", "Newcastle upon Tyne"),
        ("near Ludlow", "Ludlow"),
        ("South Manchester", "Manchester"),
        ("Edinburgh / Glasgow", "Edinburgh"),
        ("Bangor, Northern Ireland", "Bangor"),
        ("Jersey", "Saint Helier"),
        ("SW1A 1AA", "London"),
        ("bt1", "Belfast"),
        ("SY23", "Aberystwyth"),
    ],
)
def test_a_place_is_found_however_it_is_written(text: str, name: str) -> None:
    place = find(text)
    assert place is not None
    assert place.name == name


@pytest.mark.parametrize("text", ["", "   ", "Narnia", "Scotland", "Wales", "remote", "zzz 1", "💥", "M6 road"])
def test_what_is_no_town_is_not_guessed(text: str) -> None:
    assert find(text) is None


def test_a_named_nation_settles_which_of_two_towns_is_meant() -> None:
    welsh, irish = find("Bangor, Wales"), find("Bangor, Northern Ireland")
    assert welsh is not None
    assert irish is not None
    assert (welsh.nation, irish.nation) == ("Wales", "Northern Ireland")


def test_every_postcode_area_has_its_town() -> None:
    assert len(AREA_TOWNS) == 124
    assert [area for area in AREA_TOWNS if find(f"{area}1") is None] == []


def test_every_district_that_is_nearer_to_another_town_has_that_town() -> None:
    towns = [town for rows in DISTRICT_TOWNS.values() for _, _, town in rows]
    assert [town for town in towns if find(town) is None] == []


@given(st.text(max_size=400))
def test_no_text_makes_the_search_fail(text: str) -> None:
    assert find(text) is None or isinstance(find(text), Place)


def test_postcode_districts_are_placed_within_their_area(shared_data: Path) -> None:
    path = shared_data / "reference" / "postcode_districts" / "gibbs_outcodes.csv"
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    off = []
    for row in rows:
        place = find(row["postcode"])
        assert place is not None, row["postcode"]
        off.append(distance_km(place, Place("", "", "", float(row["latitude"]), float(row["longitude"]))))
    assert statistics.median(off) < 12
    assert statistics.quantiles(off, n=10)[-1] < 35
