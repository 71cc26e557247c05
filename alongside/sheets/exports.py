"""Writing tables that no spreadsheet program will take for anything but text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook as XlsxWorkbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

# What starts a formula, its full-width forms, and what spreadsheet programs skip or trim before they look.
FORMULA = re.compile(r"^[\s\u200b-\u200f\u2060\ufeff\x00-\x1f]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\u2212]|^[\t\r\n]")
PLAIN_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
LONGEST_CELL = 32_767  # characters, the most an XLSX cell holds
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")

Cells = Sequence[object]


def safe_cell(value: object) -> str:
    """Return a value as text that opens as text: an apostrophe goes before whatever would start a formula.

    Numbers, such as -5, stay as they are.
    """
    text = _text(value)
    if PLAIN_NUMBER.fullmatch(text) or not FORMULA.match(text):
        return text
    return "'" + text


def write_csv(rows: Iterable[Cells], *, header: Sequence[str] = ()) -> bytes:
    """Return the rows as a CSV file in UTF-8 with a byte order mark, every cell made safe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    for row in [header] if header else []:
        writer.writerow([safe_cell(cell) for cell in row])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def write_xlsx(rows: Iterable[Cells], *, header: Sequence[str] = (), title: str = "Sheet 1") -> bytes:
    """Return the rows as an XLSX file in which every cell is text, numbers excepted, and headings stay in
    view.

    What XML cannot hold, such as control characters, is dropped, and a cell is cut at 32,767 characters.
    """
    book = XlsxWorkbook(write_only=True)
    sheet = book.create_sheet(NOT_IN_TITLES.sub(" ", title).strip("' ")[:31] or "Sheet 1")
    if header:
        sheet.freeze_panes = "A2"
        sheet.append([_cell(sheet, name, bold=True) for name in header])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: object, *, bold: bool = False) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = NOT_IN_XML.sub("", _text(value))
    cell = WriteOnlyCell(sheet, None)
    cell.value = text[:LONGEST_CELL]
    cell.data_type = "s"
    cell.style = "Normal"
    if text[:1] in set("=+-@"):
        cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    return cell


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
