"""Read one binary workbook from standard input and write its cells as JSON: a program of its own.

calamine lays a sheet out as one block from its first to its last cell, and a damaged or hostile file can make
that block larger than memory, which ends the process. So it runs here, with a limit on memory and time, and
imports nothing of ours.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import math
import sys
from typing import Any

MEMORY = 2 * 1024**3  # bytes
SECONDS, CELLS = 120, 5_000_000


class TooLarge(Exception):
    """A sheet with more cells than may be read; its name."""


def main() -> None:
    """Read, and answer with {"sheets": [...]} or {"error": "encrypted" | "damaged" | "too_many_rows"}."""
    seconds, cells = map(int, sys.argv[1:3]) if len(sys.argv) > 2 else (SECONDS, CELLS)
    with contextlib.suppress(ImportError, ValueError, OSError):
        _limit_ourselves(seconds)
    try:
        answer: dict[str, Any] = {"sheets": _sheets(sys.stdin.buffer.read(), cells)}
    except TooLarge as error:
        answer = {"error": "too_many_rows", "sheet": str(error)}
    except BaseException as error:  # noqa: BLE001 - calamine's panics are no Exceptions
        answer = {"error": "encrypted" if "assword" in f"{type(error).__name__} {error}" else "damaged"}
    sys.stdout.buffer.write(json.dumps(answer, separators=(",", ":")).encode("utf-8", "replace"))


def _limit_ourselves(seconds: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _sheets(data: bytes, cells: int) -> list[dict[str, Any]]:
    import python_calamine

    book = python_calamine.load_workbook(io.BytesIO(data))
    return [_sheet(book, about, cells) for about in book.sheets_metadata if "WorkSheet" in str(about.typ)]


def _sheet(book: Any, about: Any, cells: int) -> dict[str, Any]:
    """Return one sheet: name, hidden or not, merged ranges (zero-based), rows of text."""
    sheet = book.get_sheet_by_name(about.name)
    if sheet.total_height * sheet.total_width > cells:
        raise TooLarge(about.name)
    merged = sheet.merged_cell_ranges or []
    return {
        "name": about.name,
        "hidden": not str(about.visible).endswith(".Visible"),
        "merged": [[*first, *last] for first, last in merged],
        "rows": [[text_of(cell) for cell in row] for row in _rows(sheet)],
    }


def _rows(sheet: Any) -> Any:
    return sheet.to_python(skip_empty_area=False) if sheet.height else []


def text_of(cell: object) -> str:
    """Return a cell as a person would read it: 3.0 as "3", a date as ISO, a truth as "yes" or "no"."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ", timespec="minutes" if not cell.second else "seconds")
    if isinstance(cell, dt.time):
        return cell.isoformat(timespec="minutes" if not cell.second else "seconds")
    if isinstance(cell, dt.timedelta):
        return f"{int(cell.total_seconds()) // 3600}:{int(cell.total_seconds()) // 60 % 60:02d}"
    return "" if cell is None else str(cell)


def _number(value: float) -> str:
    """Return a number without the noise of binary fractions: fifteen digits, as spreadsheet programs show."""
    if not math.isfinite(value):
        return ""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g")


if __name__ == "__main__":
    main()
