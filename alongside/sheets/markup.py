"""A first pass over a workbook's XML, before it is laid out: its size, and the cells whose format matters.

calamine gives numbers without their format, so a phone number shown as 07700 900123 by its format would lose
its zero and 52% would read 0.52. This pass finds those cells, and refuses a sheet that is too large, in
memory that does not grow with the sheet.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from alongside.sheets.archives import damaged
from alongside.sheets.delimited import too_many_columns, too_many_rows
from alongside.sheets.limits import Limits

CHUNK = 1 << 16
CELL_NAME = re.compile(r"([A-Z]{1,4})([0-9]{1,9})$", re.IGNORECASE)


@dataclass
class Extent:
    """How far the filled cells of one sheet reach, and the cells (row, column; zero-based) by style
    number.
    """

    limits: Limits
    name: str
    rows: int = 0
    columns: int = 0
    styled: dict[tuple[int, int], int] = field(default_factory=dict)

    def reach(self, row: int, column: int) -> None:
        """Take in a filled cell, zero-based.

        :raises UnreadableFile: if the sheet is too long or too wide
        """
        if row >= self.rows or column >= self.columns:
            self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
            where = f"The sheet “{self.name[:60]}”"
            if self.rows > self.limits.max_rows:
                raise too_many_rows(self.limits.max_rows, where)
            if self.columns > self.limits.max_columns:
                raise too_many_columns(self.limits.max_columns, where)
            if self.rows * self.columns > self.limits.max_cells:
                raise too_many_rows(self.limits.max_cells // self.columns, where)


def scan_xlsx_sheet(source: zipfile.ZipFile, member: str, extent: Extent, styles: frozenset[int]) -> None:
    """Measure one XLSX sheet into `extent`, noting the cells whose style number is in `styles`.

    :raises UnreadableFile: if it is damaged or too large
    """
    scan = _XlsxScan(extent, styles)
    parse(source, member, scan.start, scan.end)


class _XlsxScan:
    def __init__(self, extent: Extent, styles: frozenset[int]) -> None:
        self.extent, self.styles = extent, styles
        self.row, self.column, self.style = -1, -1, 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._place(attributes.get("r", ""))
            self.style = int(attributes.get("s", "0")) if self.styles else 0
        elif tag == "v" or tag == "is":
            self.extent.reach(self.row, self.column)
            if self.style in self.styles:
                self.extent.styled[self.row, self.column] = self.style
        elif tag == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1

    def end(self, tag: str) -> None:
        """Nothing is left open between cells."""

    def _place(self, name: str) -> None:
        found = CELL_NAME.match(name)
        self.column = column_number(found[1]) if found else self.column + 1
        self.row = int(found[2]) - 1 if found else max(self.row, 0)


def scan_ods(source: zipfile.ZipFile, limits: Limits) -> None:
    """Measure every sheet of an ODS file, its repeated rows and cells counted as often as they repeat.

    :raises UnreadableFile: if it is damaged or too large
    """
    scan = _OdsScan(limits)
    parse(source, "content.xml", scan.start, scan.end)


class _OdsScan:
    """Blank rows and cells reach nowhere, however often they repeat: most files end in a million of them."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.extent = limits, Extent(limits, "")
        self.row = self.column = 0
        self.rows_here = self.cells_here = 1

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            self.extent = Extent(self.limits, attributes.get("table:name", ""))
            self.row = 0
        elif tag == "table-row":
            self.rows_here = int(attributes.get("table:number-rows-repeated", "1"))
            self.column = 0
        elif tag in {"table-cell", "covered-table-cell"}:
            self.cells_here = int(attributes.get("table:number-columns-repeated", "1"))
            if "office:value-type" in attributes or "table:formula" in attributes:
                self._fill()
        elif tag == "p":
            self._fill()

    def end(self, tag: str) -> None:
        if tag in {"table-cell", "covered-table-cell"}:
            self.column += self.cells_here
        elif tag == "table-row":
            self.row += self.rows_here

    def _fill(self) -> None:
        self.extent.reach(self.row + self.rows_here - 1, self.column + self.cells_here - 1)


def parse(
    source: zipfile.ZipFile,
    member: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] = lambda tag: None,
) -> None:
    """Stream one XML file of the archive, calling `start` and `end` with each tag less its prefix.

    :raises UnreadableFile: if it is missing or not well formed
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    try:
        with source.open(member) as stream:
            while chunk := stream.read(CHUNK):
                parser.Parse(chunk)
        parser.Parse(b"", True)
    except (
        expat.ExpatError,
        KeyError,
        ValueError,
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
    ) as error:
        raise damaged() from error
    except (RuntimeError, NotImplementedError) as error:
        raise damaged() from error


def column_number(letters: str) -> int:
    """Return the zero-based number of a column: "A" gives 0, "AA" gives 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
