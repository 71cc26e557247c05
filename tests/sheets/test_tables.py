"""Finding the table on a sheet."""

from __future__ import annotations

import pytest

from alongside.sheets import Sheet, choose_sheet, find_table, open_workbook
from alongside.sheets.headings import column_letter
from alongside.sheets.workbook import Workbook
from tests.sheets.files import table, xlsx


def headers(*rows: tuple[str, ...]) -> list[str]:
    return [column.header for column in table(*rows).columns]


def test_titles_above_the_headers_are_passed_over_and_rows_keep_their_numbers() -> None:
    found = table(
        ("Mentors 2026",),
        (),
        ("Updated by Siân",),
        ("Name", "Email"),
        ("Jo", "jo@x.org"),
        (),
        ("Al", "al@x.org"),
    )
    assert [column.header for column in found.columns] == ["Name", "Email"]
    assert [(row.number, row.cells[0]) for row in found.rows] == [(5, "Jo"), (7, "Al")]
    assert found.header_row == 4


def test_ghost_rows_are_dropped_and_ragged_rows_padded() -> None:
    found = table(("Name", "Email", "Town"), ("Jo",), ("", "", ""), ("  ", "\t"), ("Al", "al@x.org", "York", "extra"))
    assert [row.cells for row in found.rows] == [("Jo", "", "", ""), ("Al", "al@x.org", "York", "extra")]
    assert found.columns[3].header == "Column D"


def test_blank_headers_are_named_and_repeated_ones_numbered() -> None:
    assert headers(("Name", "", "Name", "Name"), ("a", "b", "c", "d")) == [
        "Name",
        "Column B",
        "Name (2)",
        "Name (3)",
    ]


def test_a_number_that_is_taken_is_not_given_twice() -> None:
    assert headers(("Name", "Name (2)", "Name"), ("a", "b", "c")) == ["Name", "Name (2)", "Name (3)"]


def test_headings_over_groups_of_columns_are_joined_to_those_below() -> None:
    found = headers(
        ("", "", "Needs", "", "Offers"),
        ("Name", "Email", "Pricing", "Hiring", "Tax"),
        ("Jo", "jo@x.org", "x", "", "x"),
    )
    assert found == ["Name", "Email", "Needs: Pricing", "Needs: Hiring", "Offers: Tax"]


def test_merged_headings_of_several_rows_become_one() -> None:
    rows = [
        ("Region", "Intake", "Change", ""),
        ("", "", "", ""),
        ("", "(%)", "since spring", "since autumn"),
        ("A", "B", "C", "D"),
    ]
    found = find_table(Sheet("s", rows, merged=((0, 0, 2, 0), (0, 1, 1, 1), (0, 2, 1, 3))))
    assert [column.header for column in found.columns] == [
        "Region",
        "Intake (%)",
        "Change: since spring",
        "Change: since autumn",
    ]
    assert [row.number for row in found.rows] == [4]


def test_a_cell_merged_over_several_people_is_each_one_s() -> None:
    rows = [("Name", "Organisation"), ("Jo", "Acme"), ("Al", ""), ("Bo", "Beta")]
    found = find_table(Sheet("s", rows, merged=((1, 1, 2, 1),)))
    assert [row.cells[1] for row in found.rows] == ["Acme", "Acme", "Beta"]


def test_a_merge_that_claims_a_million_rows_is_cut_short() -> None:
    rows = [("Name", "Organisation"), *[("Jo", "")] * 100]
    merged = tuple((1, column, 1_048_575, column) for column in range(1000))
    assert len(find_table(Sheet("s", rows, merged=merged)).rows) == 100


def test_a_survey_s_question_row_is_the_header_and_its_import_ids_are_no_row() -> None:
    found = table(
        ("StartDate", "Q1", "Q2_1"),
        ("Start Date", "Your name", "Needs - Pricing"),
        ('{"ImportId":"startDate"}', '{"ImportId":"QID1"}', '{"ImportId":"QID2"}'),
        ("2026-01-01", "Jo", "Pricing"),
    )
    assert [column.header for column in found.columns] == ["Start Date", "Your name", "Needs - Pricing"]
    assert [row.number for row in found.rows] == [4]


def test_a_list_without_headers_keeps_its_first_person() -> None:
    found = table(("Jo Smith", "jo@x.org"), ("Al Jones", "al@x.org"))
    assert [column.header for column in found.columns] == ["Column A", "Column B"]
    assert [row.number for row in found.rows] == [1, 2]


def test_remarks_in_a_file_are_no_people() -> None:
    assert [
        row.number for row in table(("# exported today",), ("Name", "Email"), ("# break",), ("Jo", "j@x.org")).rows
    ] == [4]


def test_headers_alone_give_a_table_without_rows() -> None:
    found = table(("Name", "Email", "Town"), *[("", "", "")] * 40)
    assert (len(found.columns), found.rows) == (3, ())


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_their_letters(index: int, letter: str) -> None:
    assert column_letter(index) == letter


def test_the_sheet_with_people_is_chosen_over_lists_and_notes() -> None:
    notes = Sheet("Read me", [("How to use this file",), ("Fill in every row",)])
    people = Sheet("Sheet2", [("Name", "Email", "Town"), ("Jo", "jo@x.org", "York")])
    lists = Sheet("Lists", [("Need", "Code")] + [(f"Need {n}", str(n)) for n in range(200)])
    assert choose_sheet(Workbook("xlsx", None, (notes, lists, people))).name == "Sheet2"


def test_a_hidden_sheet_is_the_last_choice() -> None:
    rows = [("Name", "Email"), ("Jo", "jo@x.org")]
    book = Workbook("xlsx", None, (Sheet("old", rows * 5, hidden=True), Sheet("now", rows)))
    assert choose_sheet(book).name == "now"


def test_an_xlsx_list_goes_the_whole_way() -> None:
    book = open_workbook(xlsx(["Mentors"], [], ["Name", "Email"], ["Jo", "jo@x.org"]), "m.xlsx")
    assert [row.number for row in find_table(choose_sheet(book)).rows] == [4]
