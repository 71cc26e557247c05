"""Understanding single cells."""

from __future__ import annotations

import pytest

from alongside.sheets.availability import SLOTS, read_availability
from alongside.sheets.emails import read_email
from alongside.sheets.languages import read_languages
from alongside.sheets.marks import weight_of_mark
from alongside.sheets.meeting import read_meeting_mode
from alongside.sheets.numbers import read_capacity, read_distance
from alongside.sheets.options import learn_options
from alongside.sheets.people import first_name_first, read_role, tidy_name
from alongside.sheets.seniority import read_seniority


@pytest.mark.parametrize(
    ("cell", "address", "code"),
    [
        ("jo@example.org", "jo@example.org", None),
        ("Straße@example.org", "straße@example.org", None),
        ("  Jo.Smith@Example.ORG. ", "jo.smith@example.org", None),
        ("mailto:jo@example.org", "jo@example.org", None),
        ("Jo Smith <jo@example.org>", "jo@example.org", None),
        ("jo@example.org (work)", "jo@example.org", None),
        ("jo\u200b@example.org", "jo@example.org", None),
        ("jo＠example.org", "jo@example.org", None),  # noqa: RUF001
        ("siân@enghraifft.cymru", "siân@enghraifft.cymru", None),
        ("jo @ example.org", "jo@example.org", "email_repaired"),
        ("jo at example dot org", "jo@example.org", "email_repaired"),
        ("jo smith@example.org", "smith@example.org", "email_repaired"),
        ("jo@example.org, jo@work.org", "jo@example.org", "email_several"),
        ("jo@gmial.com", "jo@gmial.com", "email_slip"),
        ("jo@council.gov.couk", "jo@council.gov.couk", "email_slip"),
        ("jo@@example", "", "email_invalid"),
        ("jo.example.org", "", "email_invalid"),
        ("jo@example", "", "email_invalid"),
        ("jo@-example.org", "", "email_invalid"),
        ("a" * 300 + "@example.org", "", "email_invalid"),
        ("", "", "email_missing"),
    ],
)
def test_email_addresses(cell: str, address: str, code: str | None) -> None:
    found, remark = read_email(cell)
    assert (found, remark.code if remark else None) == (address, code)


def test_a_long_run_of_at_signs_is_read_in_no_time() -> None:
    assert read_email("@" * 100_000)[0] == ""
    assert read_email("a." * 50_000 + "@")[0] == ""


@pytest.mark.parametrize(
    ("cell", "capacity", "code"),
    [
        ("2", 2, None),
        ("1000", 1000, "capacity_large"),
        ("1001", None, "capacity_unclear"),
        ("999999 people", None, "capacity_unclear"),
        ("3.0", 3, None),
        ("One", 1, None),
        ("2 mentees", 2, None),
        ("one at a time", 1, None),
        ("up to 3", 3, None),
        ("No more than 2", 2, None),
        ("two or three", 2, "capacity_range"),
        ("2-3", 2, "capacity_range"),
        ("1 (maybe 2)", 1, "capacity_range"),
        ("1.5", 1, "capacity_range"),
        ("2026-03-02", 2, "capacity_date"),
        ("as many as you need", 5, "capacity_no_limit"),
        ("unlimited", 5, "capacity_no_limit"),
        ("a few", 3, "capacity_words"),
        ("Yes", 1, "capacity_words"),
        ("none this year", 0, None),
        ("not at the moment", 0, None),
        ("0", 0, None),
        ("100", 100, "capacity_large"),
        ("-1", None, "capacity_unclear"),
        ("not sure", None, "capacity_unclear"),
        ("banana", None, "capacity_unclear"),
        ("", None, None),
    ],
)
def test_capacities(cell: str, capacity: int | None, code: str | None) -> None:
    found, note, remark = read_capacity(cell)
    assert (found, remark.code if remark else None) == (capacity, code)
    if remark:
        assert note == cell


@pytest.mark.parametrize(
    ("cell", "header", "km", "code"),
    [
        ("within 10 miles", "", 16.1, None),
        ("16km", "", 16.0, None),
        ("5-10 miles", "", 16.1, None),
        ("10", "How far (km)?", 10.0, None),
        ("10", "How many miles?", 16.1, None),
        ("10", "", 16.1, "distance_unit"),
        ("any", "", None, None),
        ("won't travel", "", 0.0, None),
        ("30 minutes", "", None, "distance_time"),
        ("locally", "", None, "distance_unclear"),
    ],
)
def test_distances(cell: str, header: str, km: float | None, code: str | None) -> None:
    found, remark = read_distance(cell, header)
    assert (found, remark.code if remark else None) == (km, code)


def slots(text: str) -> set[str]:
    """Return slots written as "mon:am,pm tue"."""
    found = set()
    for piece in text.split():
        day, _, parts = piece.partition(":")
        found |= {f"{day}-{part}" for part in (parts or "am,pm,eve").split(",")}
    return found


WEEK = ("mon", "tue", "wed", "thu", "fri")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Mondays and Thursday mornings", slots("mon thu:am")),
        ("Monday and Thursday mornings", slots("mon:am thu:am")),
        ("Tuesday or Thursday evenings", slots("tue:eve thu:eve")),
        ("weekday evenings", slots("mon:eve tue:eve wed:eve thu:eve fri:eve")),
        ("weeknights", slots("mon:eve tue:eve wed:eve thu:eve fri:eve")),
        ("any time", set(SLOTS)),
        ("Flexible", set(SLOTS)),
        ("not Fridays", set(SLOTS) - slots("fri")),
        ("Any time except Friday", set(SLOTS) - slots("fri")),
        ("Weekdays but not Wednesdays", slots("mon tue thu fri")),
        ("Mon-Fri 9-5", slots("mon:am,pm tue:am,pm wed:am,pm thu:am,pm fri:am,pm")),
        ("Thursdays 2-4pm", slots("thu:pm")),
        ("9.30-12 Tuesdays", slots("tue:am")),
        ("Lunchtimes on Wednesdays", slots("wed:pm")),
        ("Tue PM; Wed AM", slots("tue:pm wed:am")),
        ("Mon eve, Tues all day", slots("mon:eve tue")),
        ("Mondays, Wednesdays and Fridays", slots("mon wed fri")),
        ("mon-am", slots("mon:am")),
        ("bore Llun", slots("mon:am")),
        ("office hours", {f"{day}-{part}" for day in WEEK for part in ("am", "pm")}),
        ("Weekends", slots("sat sun")),
        ("None", set()),
    ],
)
def test_availability(cell: str, expected: set[str]) -> None:
    found, remark = read_availability(cell)
    assert set(found) == expected
    assert remark is None


def test_evenings_and_weekends_are_both() -> None:
    found = set(read_availability("evenings and weekends")[0])
    assert slots("sat sun mon:eve") <= found
    assert "mon-am" not in found


def test_times_nobody_can_read_are_asked_about() -> None:
    found, remark = read_availability("it varies")
    assert found == ()
    assert remark is not None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("English", ("English",)),
        ("English, Welsh", ("English", "Welsh")),
        ("english and french", ("English", "French")),
        ("Cymraeg; Saesneg", ("Welsh", "English")),
        ("British Sign Language (BSL), English", ("BSL", "English")),
        ("English, Welsh (some)", ("English",)),
        ("Welsh (some)", ("Welsh",)),
        ("Fluent Spanish", ("Spanish",)),
        ("Klingon", ("Klingon",)),
        ("none", ()),
    ],
)
def test_languages(cell: str, expected: tuple[str, ...]) -> None:
    assert read_languages(cell)[0] == expected


def test_a_language_left_out_is_named() -> None:
    remark = read_languages("English, Welsh (some)")[1]
    assert remark is not None
    assert "Welsh" in remark.text


@pytest.mark.parametrize(
    ("cell", "step"),
    [
        ("AA", 1), ("EO", 2), ("HEO", 3), ("SEO", 4), ("Grade 7", 5), ("G6", 6), ("SCS1", 7), ("SCS4", 7),
        ("Junior", 2), ("Mid-level", 3), ("Senior", 4), ("Head of Marketing", 5), ("Director", 6), ("CEO", 7),
        ("Founder & MD", 7), ("Apprentice", 1), ("1 year", 1), ("5 years", 3),
        ("10-15 years", 4), ("35 years", 7),
        ("3", 3), ("", None), ("n/a", None), ("blah", None),
    ],
)  # fmt: skip
def test_seniority(cell: str, step: int | None) -> None:
    assert read_seniority(cell)[0] == step


def test_a_bare_number_under_a_header_of_years_is_years() -> None:
    assert read_seniority("12", "Years of experience")[0] == 4


@pytest.mark.parametrize(
    ("cell", "header", "roles"),
    [
        ("Mentor", "", ("mentor",)),
        ("a mentee", "", ("mentee",)),
        ("Both", "", ("mentor", "mentee")),
        ("Mentor;Mentee;", "", ("mentor", "mentee")),
        ("I am looking for a mentor", "", ("mentee",)),
        ("I would like to become a mentor", "", ("mentor",)),
        ("I'd like to be mentored", "", ("mentee",)),
        ("yes", "Do you want to sign up as a mentor?", ("mentor",)),
        ("No", "Do you want to sign up as a mentor?", ("mentee",)),
        ("yes", "both mentor and mentee", ("mentor", "mentee")),
        ("no", "both mentor and mentee", ()),
        ("treasurer", "Role", ()),
    ],
)
def test_roles(cell: str, header: str, roles: tuple[str, ...]) -> None:
    assert read_role(cell, header) == roles


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Jones, Dafydd", "Dafydd Jones"),
        ("Jo Smith, OBE", "Jo Smith, OBE"),
        ("Sukarno", "Sukarno"),
        ("山田太郎", "山田太郎"),
        ("  محمد   علي ", "محمد علي"),
        ("Jo\u200b Smith", "Jo Smith"),
        ("Jo\nSmith", "Jo Smith"),
        ("O\u2019Neill-Ní Dhomhnaill, Gráinne", "Gráinne O\u2019Neill-Ní Dhomhnaill"),
        ("Smith, Jo, and family", "Smith, Jo, and family"),
    ],
)
def test_names_in_any_script_and_order(cell: str, name: str) -> None:
    assert first_name_first(tidy_name(cell)) == name


@pytest.mark.parametrize(
    ("cell", "header", "suits"),
    [
        ("Online", "", True), ("In person", "", False), ("Either", "", True), ("Online;In person;", "", True),
        ("Zoom", "", True), ("Yes", "Can you meet online?", True), ("No", "Can you meet online?", False),
        ("No", "Could you meet face to face?", True), ("Yes", "Only in person?", False), ("hmm", "", None),
    ],
)  # fmt: skip
def test_meeting_modes(cell: str, header: str, suits: bool | None) -> None:
    assert read_meeting_mode(cell, header) is suits


def labels(cells: list[str]) -> list[list[str]]:
    splitter = learn_options(cells)
    return [[label for label, _ in splitter.split(cell)] for cell in cells]


def test_an_option_that_holds_a_comma_is_learnt_from_the_column() -> None:
    cells = [
        "Sales, marketing and PR, Hiring",
        "Hiring, Sales, marketing and PR",
        "Sales, marketing and PR",
        "Hiring",
    ]
    assert labels(cells)[0] == ["Sales, marketing and PR", "Hiring"]
    assert labels(cells)[2] == ["Sales, marketing and PR"]


def test_two_options_that_are_sometimes_apart_stay_two() -> None:
    assert labels(["Pricing, Hiring", "Pricing, Hiring", "Hiring"])[0] == ["Pricing", "Hiring"]


def test_semicolons_keep_every_comma() -> None:
    assert labels(["Sales, marketing;Hiring;", "Hiring;"])[0] == ["Sales, marketing", "Hiring"]


def test_commas_in_brackets_and_numbers_never_split() -> None:
    assert labels(["Finance (tax, VAT), Turnover over 1,000"])[0] == [
        "Finance (tax, VAT)",
        "Turnover over 1,000",
    ]


def test_a_bracket_that_is_never_closed_does_not_swallow_the_rest() -> None:
    assert labels(["Finance (tax, Hiring"])[0] == ["Finance (tax", "Hiring"]


def test_lines_and_bullets_split() -> None:
    assert labels(["- Pricing\n- Hiring\n• Tax"])[0] == ["Pricing", "Hiring", "Tax"]


def test_a_list_in_prose_ends_with_and() -> None:
    assert labels(["pricing, hiring, and marketing"])[0] == ["pricing", "hiring", "marketing"]


@pytest.mark.parametrize("cell", ["1. Pricing; 2. Hiring", "1) Pricing 2) Hiring", "1. Pricing\n2. Hiring"])
def test_a_ranking_in_one_cell_has_falling_weights(cell: str) -> None:
    assert learn_options([cell]).split(cell) == [("Pricing", 1.0), ("Hiring", 0.8)]


@pytest.mark.parametrize("cell", ["", "n/a", "None", "-"])
def test_nothing_is_no_option(cell: str) -> None:
    assert learn_options([cell]).split(cell) == []


@pytest.mark.parametrize(
    ("cell", "weight"),
    [("x", 1.0), ("Yes", 1.0), ("TRUE", 1.0), ("1", 1.0), ("Pricing", 1.0), ("2", 0.8), ("3rd", 0.6),
     ("No", 0.0),
     ("", 0.0), ("A lot", 1.0), ("Not at all", 0.0), ("somewhat", 0.5), ("purple", None)],
)  # fmt: skip
def test_marks_under_an_option(cell: str, weight: float | None) -> None:
    assert weight_of_mark(cell, "pricing") == weight
