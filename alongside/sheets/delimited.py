"""Reading text with separators: commas, semicolons, tabs or pipes."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import TypedDict

from alongside.sheets.encodings import decode
from alongside.sheets.kinds import refuse_other_text
from alongside.sheets.limits import Limits, UnreadableFile

SEPARATORS = ",;\t|"
NAMES = {",": "csv", ";": "csv", "\t": "tsv", "|": "csv"}
SAMPLE_CHARS = 200_000
SAMPLE_ROWS = 200
HEADERS_WORTH = 0.3

csv.field_size_limit(2**31 - 1)  # our own limit is on the cell, with words; csv's default stops at 128 KB

Rows = list[tuple[str, ...]]


class _Dialect(TypedDict):
    delimiter: str
    skipinitialspace: bool


def read_delimited(data: bytes, limits: Limits) -> tuple[str, str, Rows]:
    """Return the kind ("csv" or "tsv"), the encoding and the rows of a text file.

    A blank line is a row without cells, so that row numbers stay those of the spreadsheet program.

    :raises UnreadableFile: if it is no table, or a limit is passed
    """
    text, encoding = decode(data)
    refuse_other_text(text)
    announced = re.match(r"sep=([,;|\t])\r?\n", text, re.IGNORECASE)
    text = text[announced.end() :] if announced else text
    separator = announced[1] if announced else sniff(text)
    return NAMES[separator], encoding, _checked(_parse(text, separator), limits)


def sniff(text: str) -> str:
    """Return the separator that cuts the first rows most evenly into the most columns."""
    sample = text[:SAMPLE_CHARS]
    return max(SEPARATORS, key=lambda separator: (_evenness(sample, separator), -SEPARATORS.index(separator)))


def _evenness(sample: str, separator: str) -> float:
    """Score a separator: the share of rows with the usual number of columns, times that number's worth.

    A first row that comes apart counts extra: it is mostly the headers, which hold fewer stray marks than
    cells do.
    """
    reader = csv.reader(io.StringIO(sample, newline=""), **_dialect(sample, separator))
    rows = list(islice(reader, SAMPLE_ROWS))
    if len(sample) == SAMPLE_CHARS and len(rows) > 1:
        rows.pop()  # cut short
    filled = [len(row) for row in rows if any(cell.strip() for cell in row)]
    widths = Counter(filled)
    wide = {width: times for width, times in widths.items() if width > 1}
    if not wide:
        return 0.0
    usual = max(wide, key=lambda width: (wide[width], width))
    return wide[usual] / len(filled) * (1 - 1 / (usual + 1)) + HEADERS_WORTH * (filled[0] > 1)


def _parse(text: str, separator: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows, blank lines as rows without cells.

    Where a quotation is opened and never properly closed, only its own line suffers: it is read as it can be,
    and the lines after it are read afresh.
    """
    lines = _Lines(text)
    dialect = _dialect(text, separator)
    while True:
        lines.taken.clear()
        try:
            row = next(csv.reader(lines, strict=True, **dialect))
        except StopIteration:
            return
        except csv.Error:
            first, *others = lines.taken
            lines.again.extend(reversed(others))
            row = next(csv.reader([first], **dialect), [])
        yield tuple(row)


class _Lines:
    """The lines of a text, which remembers those taken for a row and can hand them out again."""

    def __init__(self, text: str) -> None:
        self.lines = io.StringIO(text, newline="")
        self.taken: list[str] = []
        self.again: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.again.pop() if self.again else next(self.lines)
        self.taken.append(line)
        return line


def _dialect(text: str, separator: str) -> _Dialect:
    return {"delimiter": separator, "skipinitialspace": _spaced(text, separator)}


def _spaced(text: str, separator: str) -> bool:
    """Tell whether a space follows the separator before quotations, as some programs write it."""
    sample = text[:SAMPLE_CHARS]
    return sample.count(f'{separator} "') > sample.count(f'{separator}"')


def _checked(rows: Iterator[tuple[str, ...]], limits: Limits) -> Rows:
    """Return the rows, ghost rows at the end left off.

    :raises UnreadableFile: if there are too many rows, columns or characters in a cell
    """
    kept: Rows = []
    for row in rows:
        kept.append(row)
        _check_row(row, len(kept), limits)
    while kept and not any(cell.strip() for cell in kept[-1]):
        kept.pop()
    return kept


def _check_row(row: tuple[str, ...], number: int, limits: Limits) -> None:
    if number > limits.max_rows:
        raise too_many_rows(limits.max_rows)
    if len(row) > limits.max_columns:
        raise too_many_columns(limits.max_columns)
    if any(len(cell) > limits.max_cell_chars for cell in row):
        raise UnreadableFile(
            "damaged",
            f"Row {number} has a cell of more than {limits.max_cell_chars:,} characters. Usually a"
            f" quotation mark"
            " was opened and never closed: look for it in that row, take it out, and drop the file again.",
        )


def too_many_rows(most: int, where: str = "The file") -> UnreadableFile:
    """Return the refusal of a table that is too long."""
    message = f"{where} has more than {most:,} rows. Delete rows below your list, or split the list in two."
    return UnreadableFile("too_many_rows", message)


def too_many_columns(most: int, where: str = "The file") -> UnreadableFile:
    """Return the refusal of a table that is too wide."""
    message = f"{where} has more than {most:,} columns. Delete the columns right of your list and drop it again."
    return UnreadableFile("too_many_columns", message)
