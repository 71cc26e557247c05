"""Places in the middle of what somebody writes."""

from __future__ import annotations

import pytest

from alongside.finding.reading import understood
from alongside.finding.whereabouts import spot_named


def place_in(text: str) -> str | None:
    spot = understood(text).need.place
    return spot.name if spot else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("bakery in Hexham", "Hexham"),
        ("plumber swansea", "Swansea"),
        ("restaurant in bath losing money", "Bath"),
        ("from Reading, want customers", "Reading"),
        ("Deal, Kent. Book shop", "Deal"),
        ("shop near LS6", "Leeds"),
        ("EH6 6QQ mentor", "Edinburgh"),
        ("in B15 please", "Birmingham"),
        ("siop yn Nolgellau", "Dolgellau"),
        ("somewhere in Cornwall", "Cornwall"),
        ("farm in Wales", "Wales"),
        ("Bangor in Northern Ireland", "Bangor"),
        ("newcastle upon tyne sales", "Newcastle upon Tyne"),
        ("help in abergavany", "Abergavenny"),
    ],
)
def test_a_place_is_found_in_a_sentence(text: str, name: str) -> None:
    assert place_in(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "reading my accounts", "a good deal on stock", "I hope to sell", "B2B sales", "stuck on the M6", "net zero CO2",
        "my stock is low", "in business", "in tech", "battle with my landlord", "", "the UK",
    ],
)  # fmt: skip
def test_an_ordinary_word_is_no_place(text: str) -> None:
    assert place_in(text) is None


def test_bangor_is_told_apart_by_the_nation_that_is_named() -> None:
    irish, welsh = understood("Bangor in Northern Ireland").need.place, understood("Bangor in Wales").need.place
    assert irish is not None
    assert welsh is not None
    assert (irish.region, welsh.region) == ("Northern Ireland", "Wales")


@pytest.mark.parametrize(
    ("written", "name"),
    [("CF10 1AA", "Cardiff"), ("Sunderlnd", "Sunderland"), ("norfolk", "Norfolk"), ("Narnia", None)],
)
def test_a_field_for_a_place_is_understood(written: str, name: str | None) -> None:
    spot = spot_named(written)
    assert (spot.name if spot else None) == name
