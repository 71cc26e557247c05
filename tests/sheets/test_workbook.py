"""Reading a file: what it is, and how its cells read."""

# ruff: noqa: RUF001 - other scripts and full-width characters are what is tested
from __future__ import annotations

import datetime as dt

import pytest
from openpyxl import Workbook as Xlsx

from alongside.sheets import Limits, Sheet, UnreadableFile, open_workbook
from tests.sheets.files import ods, ods_row, saved, xlsx, zipped

MOMENT = dt.datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001 - spreadsheets know no time zones


def rows(data: bytes, name: str = "people.csv") -> list[tuple[str, ...]]:
    return list(open_workbook(data, name).sheets[0].rows)


def refusal(data: bytes, name: str = "people.xlsx", limits: Limits | None = None) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        open_workbook(data, name, limits=limits or Limits())
    assert caught.value.message.endswith(".")
    return caught.value


@pytest.mark.parametrize(
    ("text", "separator"),
    [("a,b\n1,2\n", ","), ("a;b\n1,5;2\n", ";"), ("a\tb\n1,5\t2\n", "\t"), ("a|b\n1|2", "|")],
)
def test_the_separator_is_found(text: str, separator: str) -> None:
    assert rows(text.encode()) == [tuple(line.split(separator)) for line in text.splitlines()]


def test_a_title_with_a_comma_does_not_hide_the_semicolons() -> None:
    assert rows(b"Mentors, 2026\nName;Town\nJo;York\nAl;Bath\n")[1] == ("Name", "Town")


def test_semicolons_inside_cells_do_not_hide_the_commas() -> None:
    assert rows(b"Name,Needs\n" + b"Jo,Tax;Law;\n" * 50)[1] == ("Jo", "Tax;Law;")


def test_a_separator_the_file_announces_is_obeyed_and_is_no_row() -> None:
    assert rows(b"sep=;\r\na,b;c\r\n") == [("a,b", "c")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "utf-32"]
)
def test_accents_survive_every_encoding(encoding: str) -> None:
    text = "Name,Town\nSiân O\u2019Neill,Orléans\nRené – the “baker”,Besançon\n"
    assert rows(text.encode(encoding))[1] == ("Siân O\u2019Neill", "Orléans")


def test_cyrillic_from_an_old_program_is_read() -> None:
    text = "Имя,Город\nИван Петров,Москва\nАнна Сергеевна Каренина,Санкт-Петербург\nОльга Николаевна,Новгород\n"
    assert rows(text.encode("cp1251"))[1] == ("Иван Петров", "Москва")


def test_utf8_with_one_windows_byte_in_it_stays_utf8() -> None:
    data = "Name\nSiân\nRenée\nZoë\nBjörk\nJosé\n".encode() + b"O\x92Neill\n"
    assert [row[0] for row in rows(data)][-2:] == ["José", "O\u2019Neill"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_ends_a_row(ending: str) -> None:
    assert rows(ending.join(["a,b", "1,2", "3,4", ""]).encode()) == [("a", "b"), ("1", "2"), ("3", "4")]


def test_blank_lines_keep_their_row_numbers() -> None:
    assert rows(b"a,b\n\n1,2\n")[2] == ("1", "2")


def test_stray_nul_characters_are_dropped() -> None:
    assert rows(b"a,b\n1\x00,2\n") == [("a", "b"), ("1", "2")]


@pytest.mark.parametrize("last", ["Bo,round", 'Bo,"has, comma"', '"Bo","is ""so"" round"'])
def test_a_quotation_that_is_never_closed_costs_no_other_row(last: str) -> None:
    found = rows(f'name,note\nJo,"two\nlines"\n"Al","very tall\nMo,short\n{last}\n'.encode())
    assert [row[0] for row in found] == ["name", "Jo", "Al", "Mo", "Bo"]
    assert [found[1][1], found[2][1].strip()] == ["two\nlines", "very tall"]


def test_a_formula_in_a_csv_file_is_text() -> None:
    assert rows(b"a,b\n=1+1,\"=cmd|' /C calc'!A0\"\n")[1] == ("=1+1", "=cmd|' /C calc'!A0")


def test_xlsx_cells_read_as_people_see_them() -> None:
    data = xlsx(
        ["Whole", "Fraction", "Truth", "Day", "Moment", "Time", "Phone", "Share", "Formula", "Text"],
        [3.0, 0.1 + 0.2, True, dt.date(2026, 3, 2), MOMENT, dt.time(18, 5), 7700900123, 0.52,
         "=1+1", "0012"],
        formats={"G2": "00000000000", "H2": "0%"},
    )  # fmt: skip
    assert rows(data) == [
        ("Whole", "Fraction", "Truth", "Day", "Moment", "Time", "Phone", "Share", "Formula", "Text"),
        ("3", "0.3", "yes", "2026-03-02", "2026-03-02 09:30", "18:05", "07700900123", "52%", "", "0012"),
    ]


def test_an_error_in_a_cell_is_blank() -> None:
    book = Xlsx()
    page = book.active
    assert page is not None
    page["A1"], page["B1"] = "Name", "#N/A"
    page["B1"].data_type = "e"
    assert rows(saved(book)) == [("Name", "")]


def test_every_sheet_is_there_and_hidden_ones_are_marked() -> None:
    book = Xlsx()
    page = book.active
    assert page is not None
    page.append(["Name"])
    hidden = book.create_sheet("Lists")
    hidden.append(["Pricing"])
    hidden.sheet_state = "hidden"
    found = open_workbook(saved(book), "x.xlsx").sheets
    assert [(one.name, one.hidden) for one in found] == [("Sheet", False), ("Lists", True)]


def test_the_kind_is_told_by_content_and_not_by_name() -> None:
    assert open_workbook(xlsx(["a"]), "people.csv").kind == "xlsx"
    assert open_workbook(b"a,b\n", "people.xlsx").kind == "csv"
    assert open_workbook(b"a\tb\n", "people.xls").kind == "tsv"


def test_ods_is_read() -> None:
    book = open_workbook(ods(ods_row("Name", "Town") + ods_row("Siân", "Bala")), "x.ods")
    assert (book.kind, list(book.sheets[0].rows)) == ("ods", [("Name", "Town"), ("Siân", "Bala")])


def test_a_million_blank_rows_at_the_end_do_no_harm() -> None:
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    assert list(open_workbook(ods(ods_row("Name") + blank), "x.ods").sheets[0].rows) == [("Name",)]


CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"Rar!\x1a\x07", "compressed"),
        (b"<!DOCTYPE html><html><table><tr><td>Name</td></tr></table></html>", "web page"),
        (b"\n\n  <table><tr><td>Name</td></tr></table>", "web page"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        (b'[{"name": "Jo"}]', "JSON"),
        (b'{"name": "Jo"}\n{"name": "Al"}\n', "JSON"),
        (b"BEGIN:VCARD\nFN:Jo\n", "address card"),
        (zipped(word__document_dot_xml="<x/>"), "Word"),
        (zipped(ppt__presentation_dot_xml="<x/>"), "presentation"),
        (zipped(Index__Document_dot_iwa="x"), "Numbers"),
        (zipped(people_dot_csv="a,b"), "zip folder"),
        (b"PK\x05\x06" + b"\x00" * 18, "zip folder"),
        (ods("", kind="application/vnd.oasis.opendocument.text"), "text document"),
        (CFB + "WordDocument\0".encode("utf-16-le"), "Word"),
        (CFB, "old Office"),
        (bytes(range(256)) * 40, "another kind"),
    ],
)  # fmt: skip
def test_what_is_no_spreadsheet_is_called_by_its_name(data: bytes, word: str) -> None:
    refused = refusal(data)
    assert refused.code == "not_a_spreadsheet"
    assert word in refused.message


def test_a_locked_workbook_says_so() -> None:
    assert refusal(CFB + "EncryptedPackage\0".encode("utf-16-le")).code == "encrypted"
    locked = ods(ods_row("x"), manifest="<manifest:encryption-data/>")
    assert refusal(locked).code == "encrypted"


@pytest.mark.parametrize("data", [b"", b"\n\n", b",,,\n,,\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_says_so(data: bytes) -> None:
    assert refusal(data).code == "empty"


def test_an_empty_workbook_says_so() -> None:
    assert refusal(xlsx()).code == "empty"


def test_a_file_over_the_limit_says_both_sizes() -> None:
    refused = refusal(b"a,b\n" * 600_000, limits=Limits(max_bytes=1024 * 1024))
    assert refused.code == "too_large"
    assert "2 MB" in refused.message
    assert "1 MB" in refused.message


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = zipped(xl__workbook_dot_xml="<x/>", xl__worksheets__sheet1_dot_xml=b"0" * 30_000_000)
    assert refusal(bomb).code == "zip_bomb"


@pytest.mark.parametrize("cell", ["A1048576", "A100001"])
def test_a_stray_cell_far_below_the_list_is_refused_before_it_is_laid_out(cell: str) -> None:
    book = Xlsx()
    page = book.active
    assert page is not None
    page["A1"], page[cell] = "Name", "x"
    assert refusal(saved(book)).code == "too_many_rows"


def test_a_stray_cell_far_to_the_right_is_refused_before_it_is_laid_out() -> None:
    book = Xlsx()
    page = book.active
    assert page is not None
    page["A1"], page["XFD1"] = "Name", "x"
    assert refusal(saved(book)).code == "too_many_columns"


def test_two_stray_cells_cannot_ask_for_fifty_million() -> None:
    book = Xlsx()
    page = book.active
    assert page is not None
    page.cell(1, 500, "x")
    page.cell(99_000, 1, "x")
    assert refusal(saved(book)).code == "too_many_rows"


def test_a_row_repeated_a_million_times_is_refused() -> None:
    assert refusal(ods(ods_row("x", repeated=1_048_576))).code == "too_many_rows"


def test_rows_columns_and_cells_have_their_limits_in_text_too() -> None:
    limits = Limits(max_rows=10, max_columns=5, max_cell_chars=100)
    assert refusal(b"a,b\n" * 11, limits=limits).code == "too_many_rows"
    assert refusal(b"a,b,c,d,e,f\n", limits=limits).code == "too_many_columns"
    assert refusal(b"a,b\nx," + b"y" * 101, limits=limits).code == "damaged"


@pytest.mark.parametrize("cut", [50, 400, 2000])
def test_half_a_workbook_is_damaged(cut: int) -> None:
    assert refusal(xlsx(["Name"], *[[f"Person {n}"] for n in range(200)])[:-cut]).code == "damaged"


def test_xml_that_expands_without_end_is_damaged() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    cell = '<worksheet><c r="A1"><v>&l11;</v></c></worksheet>'
    page = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>{cell}'
    data = zipped(xl__workbook_dot_xml="<workbook/>", xl__worksheets__sheet1_dot_xml=page)
    assert refusal(data).code == "damaged"


def test_the_text_file_s_sheet_has_the_file_s_name() -> None:
    assert open_workbook(b"a,b\n", "Mentors 2026.csv").sheets[0] == Sheet("Mentors 2026", [("a", "b")])
