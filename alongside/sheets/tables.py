"""Finding the table on a sheet: its headers, its rows, and the numbers the spreadsheet program gives those
rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from alongside.sheets.headings import (
    column_letter,
    join_headings,
    looks_like_heading,
    looks_like_value,
    name_headings,
)
from alongside.sheets.workbook import Sheet

SEARCHED = 40  # filled rows in which a header row is looked for
SAMPLE = 60
MOST_HEADER_ROWS = 8
MOST_FILLED = 200_000  # cells that merging may fill, so that a hostile file cannot ask for a billion
IMPORT_ID = re.compile(r'^\s*\{\s*"ImportId"\s*:')

Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its index from zero, its letter in the spreadsheet program, and its header, never blank."""

    index: int
    letter: str
    header: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the spreadsheet program, from one, and a cell for every column."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's table. `header_row` is the number of the (last) row of headers, 0 where there is none."""

    sheet_name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    header_row: int = 0


def find_table(sheet: Sheet) -> Table:
    """Return the table on a sheet, whatever stands above it.

    Rows above the headers, blank rows, rows of comments ("# ...") and a survey's row of import ids are left
    out; every other row keeps its number. Short rows are padded, and a cell merged over several rows is in
    each.
    """
    filled = [index for index, row in enumerate(sheet.rows) if any(map(str.strip, row))]
    first, last = _header_rows(sheet.rows, filled)
    last = _merged_down_to(sheet, first, last)
    merged = _merged_heads(sheet)
    body = [index for index in filled if index > last]
    width = max((_used(sheet.rows[index]) for index in [*_between(first, last), *body]), default=0)
    headings = _headings(sheet.rows, first, last, width, merged)
    ids = {index for index in body[:3] if _is_import_ids(sheet.rows[index])}
    fill = _vertical_fill(sheet, last)
    rows = tuple(
        Row(index + 1, _padded(sheet.rows[index], width, fill.get(index, {})))
        for index in body
        if index not in ids and not _is_comment(sheet.rows[index], width)
    )
    columns = tuple(Column(index, column_letter(index), header) for index, header in enumerate(name_headings(headings)))
    return Table(sheet.name, columns, rows, last + 1)


def _header_rows(rows: Sequence[Cells], filled: list[int]) -> tuple[int, int]:
    """Return the first and last row of headers, zero-based; (0, -1) or (n, n - 1) where there is none."""
    early = filled[:SEARCHED]
    if not early:
        return 0, -1
    ids = next((index for index in early[1:4] if _is_import_ids(rows[index])), None)
    if ids is not None:
        above = early[early.index(ids) - 1]
        return above, above
    best = max(early, key=lambda index: (_header_score(rows, filled, index), -index))
    if _header_score(rows, filled, best) <= 0:
        return early[0], early[0] - 1
    return _with_groups(rows, early, best)


def _header_score(rows: Sequence[Cells], filled: list[int], index: int) -> float:
    """Score a row as headers: filled as wide as what follows, of short words, the earlier the better."""
    cells = [cell.strip() for cell in rows[index] if cell.strip()]
    place = filled.index(index)
    below = [_count(rows[other]) for other in filled[place + 1 : place + 1 + SAMPLE]]
    usual = max(Counter(below).items(), key=lambda item: (item[1], item[0]))[0] if below else len(cells)
    values = sum(map(looks_like_value, cells))
    known = sum(map(looks_like_heading, cells))
    if any("@" in cell and looks_like_value(cell) for cell in cells) or values * 2 >= len(cells):
        return 0.0
    fullness = min(1.0, len(cells) / max(usual, 1))
    if len(cells) < 2 and usual >= 2:
        return 0.05 * known - place * 0.001
    distinct = len(set(cells)) / len(cells)
    worth = 1 + 2 * known / len(cells) + 0.3 * distinct - values / len(cells)
    return fullness * worth - place * 0.08 + 0.001


def _with_groups(rows: Sequence[Cells], early: list[int], best: int) -> tuple[int, int]:
    """Take in the rows of headings right above: a group over several columns, or the top of a merged
    heading.
    """
    first = best
    for index in reversed([index for index in early if best - 4 <= index < best]):
        cells = [(column, cell.strip()) for column, cell in enumerate(rows[index]) if cell.strip()]
        is_title = len(cells) == 1 and cells[0][0] == 0
        if is_title or any(looks_like_value(cell) or len(cell) > 120 for _, cell in cells):
            break
        if len(cells) > 1 or cells[0][0] > 0:
            first = index
    return first, best


def _headings(
    rows: Sequence[Cells], first: int, last: int, width: int, merged: dict[tuple[int, int], str]
) -> list[str]:
    """Return one heading for each column, those of several rows joined."""
    if last < first:
        return [""] * width
    lines = []
    for index in range(first, last + 1):
        line = [cell.strip() for cell in _padded(rows[index], width, {})]
        line = [line[column] or merged.get((index, column), "") for column in range(width)]
        lines.append(line if index == last else _spread(line, rows[last]))
    return [join_headings([line[column] for line in lines]) for column in range(width)]


def _spread(line: list[str], below: Cells) -> list[str]:
    """Carry a group's heading to the right, over columns that have a heading of their own below and none
    above.
    """
    spread, current = [], ""
    for column, cell in enumerate(line):
        current = cell or (current if column < len(below) and below[column].strip() else "")
        spread.append(current)
    return spread


def _merged_down_to(sheet: Sheet, first: int, last: int) -> int:
    """Return the last row of headers where some of them are merged downwards."""
    for _ in range(MOST_HEADER_ROWS):
        bottoms = [bottom for top, _, bottom, _ in sheet.merged if first <= top <= last < bottom]
        if not bottoms or max(bottoms) > first + MOST_HEADER_ROWS:
            break
        last = max(bottoms)
    return min(last, len(sheet.rows) - 1)


def _merged_heads(sheet: Sheet) -> dict[tuple[int, int], str]:
    """Return, for the cells merged into another on its own row, that other's text."""
    heads: dict[tuple[int, int], str] = {}
    for top, left, _, right in sheet.merged:
        if top < SEARCHED + MOST_HEADER_ROWS and top < len(sheet.rows) and left < len(sheet.rows[top]):
            right = min(right, left + 500)
            heads.update({(top, column): sheet.rows[top][left].strip() for column in range(left, right + 1)})
    return heads


def _vertical_fill(sheet: Sheet, last: int) -> dict[int, dict[int, str]]:
    """Return, by row and column, the text of a cell merged downwards below the headers."""
    fill: dict[int, dict[int, str]] = {}
    left_to_fill = MOST_FILLED
    for top, left, bottom, _ in sheet.merged:
        if top > last and top < len(sheet.rows) and left < len(sheet.rows[top]):
            end = min(bottom + 1, len(sheet.rows), top + 1 + left_to_fill)
            left_to_fill -= end - top - 1
            for row in range(top + 1, end):
                fill.setdefault(row, {})[left] = sheet.rows[top][left]
    return fill


def _padded(cells: Cells, width: int, fill: dict[int, str]) -> tuple[str, ...]:
    if not fill and len(cells) == width:
        return tuple(cells)
    wide = [*cells[:width], *[""] * (width - len(cells))]
    return tuple(cell or fill.get(column, "") for column, cell in enumerate(wide))


def _used(cells: Cells) -> int:
    return next((index + 1 for index in range(len(cells) - 1, -1, -1) if cells[index].strip()), 0)


def _count(cells: Cells) -> int:
    return sum(1 for cell in cells if cell.strip())


def _between(first: int, last: int) -> range:
    return range(first, last + 1)


def _is_import_ids(cells: Cells) -> bool:
    found = [cell for cell in islice(cells, 40) if cell.strip()]
    return bool(found) and sum(1 for cell in found if IMPORT_ID.match(cell)) * 2 > len(found)


def _is_comment(cells: Cells, width: int) -> bool:
    """Tell whether a row is a remark: one cell, the first, starting with "#"."""
    return width > 1 and cells[0].lstrip().startswith("#") and _count(cells) == 1
