"""The figures that everybody may have: nothing small, nothing of one organisation alone."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from alongside.reports.open_data import FEWEST_ORGANISATIONS, _alone
from alongside.reports.suppression import Table
from tests.counted import freeze
from tests.listed import list_organisation
from tests.world import World

WALES, LONDON, LEEDS = (
    ("Wales", "food", "finance"),
    ("London", "shops", "people"),
    ("Yorkshire and The Humber", "food", "people"),
)
NAMES = ("mentoring-by-topic", "mentoring-by-sector")
FILES = [f"/open-data/{name}.{kind}" for name in NAMES for kind in ("csv", "json")]


def figures(name: str = "mentoring-by-topic") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(Client().get(f"/open-data/{name}.json").content)["figures"]
    return found


def test_the_page_says_what_how_and_under_which_licence(world: World, settings: Settings) -> None:
    page = Client().get("/open-data/").content.decode()
    assert "Open Government Licence v3.0" in page
    assert "/open-data/mentoring-by-topic.csv" in page
    settings.OPEN_DATA_LICENCE = "CC-BY"
    assert "Creative Commons Attribution 4.0" in Client().get("/open-data/").content.decode()
    assert "/open-data/" in Client().get("/find/").content.decode()


def test_the_files_say_the_same(world: World) -> None:
    list_organisation(world)
    freeze(world.network, mentors={WALES: 33, LONDON: 26, LEEDS: 41})
    text = Client().get("/open-data/mentoring-by-topic.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [{**row, "figure": int(row["figure"])} for row in rows] == figures()
    wales = [row["figure"] for row in figures() if (row["region"], row["topic"]) == ("Wales", "all")]
    assert wales == [35]


def test_nothing_below_five_appears_in_any_file(world: World) -> None:
    list_organisation(world)
    freeze(world.network, mentors={WALES: 33, LONDON: 3, LEEDS: 26}, waiting={WALES: 4, LONDON: 1}, begun={LEEDS: 2})
    for file in FILES:
        text = Client().get(file).content.decode("utf-8-sig")
        assert "fewer" not in text
    for name in NAMES:
        assert figures(name)
        assert all(row["figure"] >= 5 and row["figure"] % 5 == 0 for row in figures(name))
        few = {(row["measure"], row["region"], row["figure"]) for row in figures(name) if row["measure"] != "mentors"}
        assert few == {("waiting", "all", 5)}  # four and one together; who and where is not told


def test_nothing_of_one_or_two_organisations_appears(world: World) -> None:
    list_organisation(world)
    freeze(world.network, organisations=2, mentors={WALES: 33, LONDON: 40})
    assert figures() == []


@pytest.mark.parametrize("organisations", [3, 9])
def test_what_three_organisations_have_together_appears(world: World, organisations: int) -> None:
    list_organisation(world)
    freeze(world.network, organisations=organisations, mentors={WALES: 33, LONDON: 40})
    assert {row["figure"] for row in figures()} >= {35, 40, 75}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 5)), min_size=6, max_size=6))
def test_what_is_left_out_for_an_organisation_is_never_the_only_one_of_its_line(cells: list[tuple[int, int]]) -> None:
    keys = [(row, column) for row in ("x", "y") for column in ("a", "b", "c")]
    counts = {key: (count, few) for key, (count, few) in zip(keys, cells, strict=True)}
    table = Table(("x", "y"), ("a", "b", "c"), {key: count for key, (count, _few) in counts.items()})
    alone = _alone(table, counts)
    assert all(key in alone for key, (count, few) in counts.items() if count and few < FEWEST_ORGANISATIONS)
    for row in ("x", "y"):
        line = [(row, column) for column in ("a", "b", "c")]
        left = [key for key in line if key not in alone and counts[key][0]]
        assert sum(key in alone for key in line) != 1 or not left


def test_a_network_without_a_directory_is_not_told_of(world: World) -> None:
    freeze(world.network, mentors={WALES: 33, LONDON: 40})
    assert figures() == []


def test_a_file_that_is_not_there_is_not_found(world: World) -> None:
    assert Client().get("/open-data/everybody.csv").status_code == 404
    assert Client().post("/open-data/mentoring-by-topic.csv").status_code == 405
