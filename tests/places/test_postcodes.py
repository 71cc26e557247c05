"""Taking the first half of a postcode, and nothing more."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from alongside.places import outward_code


@pytest.mark.parametrize(
    ("text", "outward"),
    [
        ("SW1A", "SW1A"),
        ("sw1a 1aa", "SW1A"),
        ("BT1", "BT1"),
        ("L1 9AA", "L1"),
        ("L19AA", "L1"),
        ("ab101ab", "AB10"),
        ("Flat 3, 12 High Street, Ludlow, SY8 1AA", "SY8"),
        ("Liverpool (L1)", "L1"),
        ("Liverpool, L1", "L1"),
        ("EC1V 9LB", "EC1V"),
    ],
)
def test_the_first_half_is_found(text: str, outward: str) -> None:
    assert outward_code(text) == outward


@pytest.mark.parametrize("text", ["", "Liverpool", "I live off the M6 road", "ZZ1 1AA", "12345", "Q1", "A1 road"])
def test_what_is_no_postcode_gives_none(text: str) -> None:
    assert outward_code(text) is None


def test_every_district_there_is_reads_as_itself(shared_data: Path) -> None:
    path = shared_data / "reference" / "postcode_districts" / "gibbs_outcodes.csv"
    with path.open(encoding="utf-8") as lines:
        codes = [row["postcode"] for row in csv.DictReader(lines)]
    assert [code for code in codes if outward_code(code.lower()) != code] == []
    assert [code for code in codes if outward_code(f"{code} 1AA") != code] == []
