"""The words of the search: complete, without contradictions, and said back in plain labels."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from alongside.datafiles.checking import FaultsFound
from alongside.finding.vocabulary import (
    KINDS,
    Kind,
    NoSuchWord,
    asked_by,
    choices,
    id_of,
    label,
    parse,
    phrases,
    topic_of,
    vocabulary,
)

LIBRARY = files("alongside.questionnaires") / "library"
APPLICATIONS = sorted(each.name for each in LIBRARY.iterdir() if "application" in each.name)


def options(name: str, item_id: str) -> list[tuple[str, str]]:
    items = tomllib.loads((LIBRARY / name).read_text(encoding="utf-8"))["items"]
    found = [option for item in items if item["id"] == item_id for option in item.get("options", [])]
    return [(option["id"], option["label"]) for option in found]


@pytest.mark.parametrize("name", APPLICATIONS)
@pytest.mark.parametrize("kind", ["topics", "sectors"])
def test_every_option_of_the_application_forms_can_be_searched_for(name: str, kind: Kind) -> None:
    asked = options(name, "topics" if kind == "topics" else "sector")
    assert asked or "councillor" in name
    assert {each for each, _ in asked} <= {each for each, _ in choices(kind)}


def test_business_topics_and_sectors_are_called_as_on_the_form() -> None:
    form = [*options("mentee-application-1.toml", "topics"), *options("mentee-application-1.toml", "sector")]
    ours = {*choices("topics"), *choices("sectors")}
    assert len(form) == 30
    assert set(form) <= ours


def test_every_language_of_the_application_form_is_known() -> None:
    spoken = options("mentee-application-1.toml", "languages")
    assert [code for code, _ in spoken if not id_of("languages", code)] == []
    assert id_of("languages", "bsl") == "bfi"
    assert id_of("languages", "klingon") == ""


@pytest.mark.parametrize("kind", KINDS)
def test_every_id_has_its_label(kind: Kind) -> None:
    assert [label(kind, each) for each, _ in choices(kind)] == [said for _, said in choices(kind)]


def test_an_id_that_is_none_is_answered_with_those_that_are() -> None:
    with pytest.raises(NoSuchWord, match="finance"):
        label("topics", "astrology")


@pytest.mark.parametrize(
    ("free", "ids"),
    [
        ("Cash flow and finance", ("finance",)),
        ("cash FLOW & finance", ("finance",)),
        ("Pricing", ("sales",)),
        ("HR", ("people",)),
        ("finance", ("finance",)),
        ("Book-keeping and tax", ("finance",)),
        ("Astrology", ()),
        ("", ()),
    ],
)
def test_a_free_label_is_known_by_what_it_means(free: str, ids: tuple[str, ...]) -> None:
    assert topic_of(free) == ids


def test_a_free_label_can_mean_two_things() -> None:
    assert set(topic_of("web shop")) == {"digital", "marketing"}


def test_hints_stand_behind_what_is_plain() -> None:
    for means in phrases().values():
        weights = [each.weight for each in means]
        assert weights == sorted(weights, reverse=True)


def test_whoever_asks_for_scrutiny_is_a_councillor() -> None:
    assert asked_by()["scrutiny"] == "councillors"
    assert "finance" not in asked_by()


WHOLE = (files("alongside.finding") / "vocabulary.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ('id = "finance"', 'id = "funding"', "“funding” stands twice in topics"),
        ('"cash flow", ', '"cash flow", "cash flow", ', "“cash flow” stands twice in “finance”"),
        ('"cash flow", ', '"with the", ', "only small words"),
        ('"cash flow", ', '"my cash", ', "only one word tells"),
        ('asked_by = "councillors"', 'asked_by = "mayors"', "no audience “mayors”"),
        ('"cornwall" = "Truro"', '"cornwall" = "Trurow"', "no place of the gazetteer"),
        ('hints = ["start"', 'hint = ["start"', "Did you mean “hints”"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_with_its_line(good: str, bad: str, says: str) -> None:
    assert good in WHOLE
    with pytest.raises(FaultsFound, match=says) as found:
        parse(WHOLE.replace(good, bad, 1), "words.toml")
    assert all(fault.line for fault in found.value.faults)


def test_the_file_that_comes_with_us_is_right() -> None:
    assert {each.id for each in vocabulary().ways} == {"online", "in-person"}
    assert {each.id for each in vocabulary().costs} == {"free", "paid"}
