"""Writing tables nobody can be harmed by."""

# ruff: noqa: RUF001 - other scripts and full-width characters are what is tested
from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import load_workbook

from alongside.sheets import open_workbook, safe_cell, write_csv, write_xlsx


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u200b=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "|cmd",
        "%0A",
    ],
)
def test_what_would_start_a_formula_is_held_by_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["Jo", "O'Neill", "3-2", "a=b", "-5", "-1.5", "12", "", "jo@example.org", "山田"])
def test_plain_text_and_numbers_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


def test_values_that_are_no_text_are_written_as_people_read_them() -> None:
    assert [safe_cell(value) for value in (True, False, None, -3, 2.5)] == ["yes", "no", "", "-3", "2.5"]


def test_a_csv_file_opens_in_the_right_encoding_everywhere() -> None:
    data = write_csv([["Siân", "=1"]], header=["Name", "Note"])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == "Name,Note\r\nSiân,'=1\r\n"


def test_xlsx_cells_are_text_whatever_they_start_with() -> None:
    data = write_xlsx([["=1+1", 7, "@x", "\x07bell"]], header=["=A", "B", "C", "D"])
    page = load_workbook(io.BytesIO(data)).active
    assert page is not None
    values = [cell.value for cell in page[2]]
    assert values == ["=1+1", 7, "@x", "bell"]
    assert [cell.data_type for cell in page[2]] == ["s", "n", "s", "s"]
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_a_title_no_program_accepts_is_made_acceptable() -> None:
    data = write_xlsx([["a"]], title="Mentors: [2026] / everyone in all four nations, listed")
    assert open_workbook(data, "x.xlsx").sheets[0].name == "Mentors   2026    everyone in a"


def test_a_cell_longer_than_the_format_holds_is_cut() -> None:
    assert len(open_workbook(write_xlsx([["x" * 40_000]]), "x.xlsx").sheets[0].rows[0][0]) == 32_767
