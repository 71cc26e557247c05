"""Reading text with separators: commas, semicolons, tabs or pipes."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from alongside.sheets.encodings import decode
from alongside.sheets.kinds import refuse_other_text
from alongside.sheets.limits import Limits, UnreadableFile

SEPARATORS = ",;\t|"
NAMES = {",": "csv", ";": "csv", "\t": "tsv", "|": "csv"}
SAMPLE_CHARS = 200_000
SAMPLE_ROWS = 200
END = "\ue000end\ue000"  # a private-use line no file holds, to see whether the last quotation was closed

csv.field_size_limit(2**31 - 1)  # our own limit is on the cell, with words; csv's default stops at 128 KB

Rows = list[tuple[str, ...]]


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
    """Score a separator: the share of rows with the usual number of columns, times that number's worth."""
    widths = Counter[int]()
    for row, _ in zip(_records(sample, separator), range(SAMPLE_ROWS), strict=False):
        widths[len(row)] += any(cell.strip() for cell in row)
    rows = sum(widths.values())
    usual, times = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(1, 0))
    return 0.0 if usual < 2 or not rows else times / rows * (1 - 1 / (usual + 1))


def _parse(text: str, separator: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows; where a quotation is opened and never closed, its line is read as it stands."""
    rows, open_from = _until_open(text, separator)
    yield from rows
    if open_from is None:
        return
    line, _, rest = _first_line(text, open_from)
    yield tuple(next(iter(csv.reader([line], delimiter=separator, quoting=csv.QUOTE_NONE)), []))
    rows, open_again = _until_open(rest, separator)
    yield from rows
    if open_again is not None:
        lines = io.StringIO(rest[open_again:], newline="")
        yield from map(tuple, csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE))


def _until_open(text: str, separator: str) -> tuple[Rows, int | None]:
    """Return the rows up to the one whose quotation never closes, and the place in `text` where that one
    starts.
    """
    rows = [tuple(row) for row in _records(f"{text}\n{END}", separator)]
    if rows and rows[-1] == (END,):
        rows.pop()
        ended = text.endswith(("\n", "\r"))
        return (rows[:-1] if rows and not rows[-1] and ended else rows), None
    start = 0
    for number, _ in zip(_starts(text, separator), range(len(rows)), strict=False):
        start = number
    return rows[:-1], start


def _starts(text: str, separator: str) -> Iterator[int]:
    """Yield where each record of `text` starts."""
    lines = _Counted(text)
    yield 0
    for _ in csv.reader(lines, delimiter=separator, skipinitialspace=_spaced(text, separator)):
        yield lines.read


class _Counted:
    """The lines of a text, counting the characters handed out."""

    def __init__(self, text: str) -> None:
        self.lines = io.StringIO(text, newline="")
        self.read = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.read += len(line)
        return line


def _first_line(text: str, start: int) -> tuple[str, str, str]:
    found = re.compile(r"\r\n|\r|\n").search(text, start)
    if not found:
        return text[start:], "", ""
    return text[start : found.start()], found[0], text[found.end() :]


def _records(text: str, separator: str) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    return csv.reader(lines, delimiter=separator, skipinitialspace=_spaced(text, separator))


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
    message = (
        f"{where} has more than {most:,} columns. Delete the columns right of your list and drop it again."
    )
    return UnreadableFile("too_many_columns", message)
