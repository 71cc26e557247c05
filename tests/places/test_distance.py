"""Distances and the words for them."""

from __future__ import annotations

import pytest

from alongside.places import Place, band, distance_km, find

CARDIFF = Place("Cardiff", "Wales", "Wales", 51.48, -3.18)
LONDON = Place("London", "London", "England", 51.509, -0.126)


def test_cardiff_is_about_210_km_from_london() -> None:
    assert distance_km(CARDIFF, LONDON) == pytest.approx(211, abs=2)
    assert distance_km(CARDIFF, LONDON) == distance_km(LONDON, CARDIFF)


def test_a_place_is_no_distance_from_itself() -> None:
    assert distance_km(CARDIFF, CARDIFF) == 0


def test_the_other_side_of_the_world_is_half_way_round_it() -> None:
    here, there = Place("", "", "", 0, 0), Place("", "", "", 0, 180)
    assert distance_km(here, there) == pytest.approx(20_015, abs=1)


@pytest.mark.parametrize(
    ("km", "words"),
    [
        (0, "under 10 km"),
        (9.99, "under 10 km"),
        (10, "10 to 25 km"),
        (25, "25 to 50 km"),
        (50, "over 50 km"),
        (900, "over 50 km"),
    ],
)
def test_bands_include_their_lower_end(km: float, words: str) -> None:
    assert band(km) == words


def test_two_halves_of_a_town_are_near() -> None:
    one, other = find("SE1"), find("SW1A")
    assert one is not None
    assert other is not None
    assert band(distance_km(one, other)) == "under 10 km"
