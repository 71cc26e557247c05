"""Measure the import of 20,000 rows of 20 columns: `python -m benchmarks.sheets [rows]`.

Prints a Markdown table with the machine. Each line is a process of its own, so that its peak of memory is its
own; that peak counts the child process that lays out binary workbooks too. The peer of the reading step is
openpyxl in read-only mode, on the same file in the same run.
"""

from __future__ import annotations

import csv
import io
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
ROWS = 20_000
TOWNS = (
    "Cardiff",
    "LL57 2DG",
    "Leeds",
    "SW1A 1AA",
    "Belfast",
    "Truro",
    "near Ludlow",
    "Glasgow",
    "BT1",
    "Swansea",
)
NEEDS = (
    "Pricing", "Hiring", "Sales, marketing and PR", "Finance (tax, VAT)", "Leading a team", "Exporting",
    "Going digital",
)  # fmt: skip
TIMES = (
    "Mondays and Thursday mornings",
    "weekday evenings",
    "any time",
    "not Fridays",
    "Tue PM; Wed AM",
    "after 6pm",
)
CAPACITIES = ("1", "2", "two or three", "as many as you need", "2-3", "one at a time", "none this year")
HEADER = (
    "Timestamp", "Your name", "Email address", "Organisation", "Job title", "Mentor or mentee?",
    "Town or postcode",
    "How many mentees could you take on?", "What do you need help with?", "What can you help with?", "Sector",
    "Career level", "When are you available?", "Which languages do you speak?", "Online or in person?",
    "How far would you travel?", "Ethnicity", "Anyone you should not be matched with?", "Phone",
    "Tell us about yourself",
)  # fmt: skip


def people(rows: int) -> Iterator[list[str]]:
    """Yield the header and then rows of invented people, always the same."""
    yield list(HEADER)
    draw = random.Random(7)
    for number in range(rows):
        needs = ", ".join(draw.sample(NEEDS, draw.randint(1, 3)))
        offers = ", ".join(draw.sample(NEEDS, draw.randint(1, 3)))
        yield [
            f"2026-09-{number % 28 + 1:02d} 10:00", f"Person Number{number}", f"person{number}@example.org",
            f"Organisation {number % 400}", draw.choice(("Manager", "Owner", "Officer", "Director")),
            draw.choice(("Mentor", "Mentee", "Both")), draw.choice(TOWNS), draw.choice(CAPACITIES), needs,
            offers,
            draw.choice(("Retail", "Food; Retail", "Health")), draw.choice(("Junior", "Senior", "CEO",
            "12 years")),
            draw.choice(TIMES), draw.choice(("English", "English, Welsh", "English; BSL")),
            draw.choice(("Online", "In person", "Either")), draw.choice(("within 10 miles", "25", "any")),
            draw.choice(("White British", "Prefer not to say")), draw.choice(("", "", "Jo Smith")),
            "07700 900123",
            "I have run a bakery for years and would like to talk to somebody who has done it before. " * 2,
        ]  # fmt: skip


def as_csv(rows: int) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(people(rows))
    return out.getvalue().encode()


def as_xlsx(rows: int) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("People")
    for row in people(rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def measure(step: str, path: Path) -> dict[str, float]:
    """Run one step in this process and return its parts in seconds and its peak in MB."""
    started = time.perf_counter()
    parts = STEPS[step](path)
    parts["all"] = time.perf_counter() - started
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    parts["MB"] = (own + child) / 1024
    return parts


def ours(path: Path) -> dict[str, float]:
    from alongside.sheets import choose_sheet, find_table, interpret, open_workbook, recognise

    parts: dict[str, float] = {}

    def timed(name: str, work: Callable[[], T]) -> T:
        started = time.perf_counter()
        result = work()
        parts[name] = time.perf_counter() - started
        return result

    book = timed("open", lambda: open_workbook(path.read_bytes(), path.name))
    table = timed("find", lambda: find_table(choose_sheet(book)))
    mapping = timed("recognise", lambda: recognise(table))
    run = timed("interpret", lambda: interpret(table, mapping, default_role=None))
    assert len(run.people) == len(table.rows)
    return parts


def peer(path: Path) -> dict[str, float]:
    """Read with openpyxl alone, cell by cell."""
    from openpyxl import load_workbook

    started = time.perf_counter()
    sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
    kept = [tuple(row) for row in sheet.iter_rows(values_only=True)]
    assert kept
    return {"open": time.perf_counter() - started}


STEPS: dict[str, Callable[[Path], dict[str, float]]] = {"ours": ours, "openpyxl": peer}


def main() -> None:
    """Write the files, measure each in a process of its own, and print the table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}; {rows:,} rows of 20\n")
    print("| what | open | find table | recognise | interpret | all | peak memory |\n|---|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for name, data in (("people.csv", as_csv(rows)), ("people.xlsx", as_xlsx(rows))):
            path = Path(folder) / name
            path.write_bytes(data)
            for step in ("ours", "openpyxl") if name.endswith("xlsx") else ("ours",):
                print(line(f"{name}, {step}", in_its_own_process(step, path)), flush=True)


def in_its_own_process(step: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.sheets", "--measure", step, str(path)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    parts: dict[str, float] = json.loads(done.stdout)
    return parts


def line(what: str, parts: dict[str, float]) -> str:
    seconds = [f"{parts[name]:.2f} s" if name in parts else "" for name in ("open", "find", "recognise", "interpret")]
    return f"| {what} | {' | '.join(seconds)} | {parts['all']:.2f} s | {parts['MB']:.0f} MB |"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(sys.argv[2], Path(sys.argv[3]))))
    else:
        main()
