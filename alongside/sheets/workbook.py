"""A file of any kind as sheets of text."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alongside.sheets.archives import damaged, locked, open_archive
from alongside.sheets.delimited import read_delimited, too_many_columns, too_many_rows
from alongside.sheets.formats import XlsxParts, show
from alongside.sheets.kinds import OLE, ZIP, not_a_spreadsheet, refuse_known_strangers
from alongside.sheets.limits import STANDARD, Limits, UnreadableFile, refuse_too_large
from alongside.sheets.markup import scan_ods

CHILD = Path(__file__).with_name("child.py")
Formats = dict[str, dict[tuple[int, int], str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: `rows[0]` is row 1 of the spreadsheet program, and every cell is text.

    `merged` holds (first row, first column, last row, last column), zero-based.
    """

    name: str
    rows: Sequence[tuple[str, ...]]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as read. `kind` is csv, tsv, xlsx, xlsb, xls or ods; `encoding` only where it is text."""

    kind: str
    encoding: str | None
    sheets: tuple[Sheet, ...]


def open_workbook(data: bytes, filename: str, *, limits: Limits = STANDARD) -> Workbook:
    """Read the spreadsheet in `data`; the name is used for a text file's sheet and never to decide.

    Nothing is evaluated: a formula is the value last saved with it, or its own text in a CSV file.

    :raises UnreadableFile: if it is no spreadsheet, is locked, damaged, empty, or over a limit
    """
    refuse_too_large(len(data), limits)
    refuse_known_strangers(data)
    book = _read(data, filename, limits)
    if not any(cell.strip() for sheet in book.sheets for row in sheet.rows for cell in row):
        raise UnreadableFile("empty", "There is nothing in this file. Check that you picked the right one.")
    return book


def _read(data: bytes, filename: str, limits: Limits) -> Workbook:
    if data.startswith(ZIP):
        return _read_archive(data, limits)
    if data.startswith(OLE):
        _refuse_ole_strangers(data)
        return Workbook("xls", None, _binary_sheets(data, limits, {}))
    kind, encoding, rows = read_delimited(data, limits)
    return Workbook(kind, encoding, (Sheet(Path(filename).stem[:100] or "Sheet 1", rows),))


def _read_archive(data: bytes, limits: Limits) -> Workbook:
    kind, archive = open_archive(data, limits)
    formats = _measured(kind, archive, limits)
    return Workbook(kind, None, _binary_sheets(data, limits, formats))


def _measured(kind: str, archive: zipfile.ZipFile, limits: Limits) -> Formats:
    """Refuse what is too large before it is laid out, and return the number formats that matter."""
    if kind == "xlsx":
        return XlsxParts(archive).measure(limits)
    if kind == "ods":
        scan_ods(archive, limits)
    return {}


def _refuse_ole_strangers(data: bytes) -> None:
    """Refuse the old container's other contents, told by the names of its streams."""
    if _names(data, "EncryptedPackage"):
        raise locked()
    if not (_names(data, "Workbook") or _names(data, "Book")):
        what = "a Word document" if _names(data, "WordDocument") else "an old Office file or an email"
        raise not_a_spreadsheet(what)


def _names(data: bytes, stream: str) -> bool:
    return (stream + "\0").encode("utf-16-le") in data


def _binary_sheets(data: bytes, limits: Limits, formats: Formats) -> tuple[Sheet, ...]:
    return tuple(_sheet(found, limits, formats.get(found["name"], {})) for found in _ask_child(data, limits))


def _ask_child(data: bytes, limits: Limits) -> list[dict[str, Any]]:
    """Have the sheets read in a process of their own, which may run out of memory or time without harm to us.

    :raises UnreadableFile: if that process finds the file locked or damaged, or does not come back
    """
    command = [sys.executable, "-I", str(CHILD), str(limits.max_seconds), str(limits.max_cells)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=limits.max_seconds, check=True)
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise damaged() from error
    if "error" in answer:
        raise _refused(answer, limits)
    sheets: list[dict[str, Any]] = answer["sheets"]
    return sheets


def _refused(answer: dict[str, Any], limits: Limits) -> UnreadableFile:
    if answer["error"] == "too_many_rows":
        return too_many_rows(limits.max_rows, f"The sheet “{answer['sheet'][:60]}”")
    return locked() if answer["error"] == "encrypted" else damaged()


def _sheet(found: dict[str, Any], limits: Limits, formats: dict[tuple[int, int], str]) -> Sheet:
    rows: list[list[str]] = found["rows"]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    where = f"The sheet “{found['name'][:60]}”"
    if len(rows) > limits.max_rows:
        raise too_many_rows(limits.max_rows, where)
    if max(map(len, rows), default=0) > limits.max_columns:
        raise too_many_columns(limits.max_columns, where)
    for (row, column), number_format in formats.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = show(rows[row][column], number_format)
    merged = tuple((a, b, c, d) for a, b, c, d in found["merged"][:10_000])
    return Sheet(found["name"], [tuple(row) for row in rows], found["hidden"], merged)
