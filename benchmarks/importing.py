"""Measure the whole import, from the dropped file to people in the database: `python -m benchmarks.importing [rows]`.

Runs the three steps of an import on a fresh SQLite in a temporary folder, CSV and XLSX, each in a process of its own,
and prints a Markdown table with the machine. Goal: 20,000 rows in under a minute and under 500 MB.
"""

from __future__ import annotations

import csv
import io
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from benchmarks.sheets import ROWS, people


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}"
    print(f"{rows:,} rows x 20 columns; {machine}\n")
    print("| file | read | check | import | again | all | peak memory |\n|---|--:|--:|--:|--:|--:|--:|")
    for kind in ("csv", "xlsx"):
        found = json.loads(
            subprocess.run(
                [sys.executable, "-m", "benchmarks.importing", str(rows), kind],
                capture_output=True,
                check=True,
                text=True,
            ).stdout
        )
        times = " | ".join(f"{found[step]:.1f} s" for step in ("read", "check", "import", "again", "all"))
        print(f"| {kind.upper()} | {times} | {found['peak']:.0f} MB |")


def measure(rows: int, kind: str) -> dict[str, float]:
    """Import a file twice into a fresh database and return the seconds of each step and the peak in megabytes."""
    os.environ["ALONGSIDE_STATE"] = tempfile.mkdtemp(prefix="alongside-benchmark-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return _imports(_file(rows, kind), f"people.{kind}")


def _imports(content: bytes, name: str) -> dict[str, float]:
    from django.core.files.base import ContentFile

    from alongside.applications import actions
    from alongside.kernel import clock, scope
    from tests import world

    found: dict[str, float] = {}

    def timed(step: str, act: Callable[[], object]) -> None:
        began = time.perf_counter()
        act()
        found[step] = time.perf_counter() - began

    with scope.everywhere("a benchmark"):
        cast = world.build()
        at, by = clock.now(), cast.carys
        for last in ("import", "again"):
            sheet = actions.drop_file(cast.cohort, ContentFile(content, name), side=None, by=by, at=at)
            timed("read", lambda: actions.read_file(sheet))  # noqa: B023 - called at once
            actions.correct_columns(sheet, {}, consent_basis="", at=at)
            timed("check", lambda: actions.check_rows(sheet))  # noqa: B023 - called at once
            actions.start_import(sheet, all_or_nothing=False, at=at)
            timed(last, lambda: actions.import_people(sheet, at=at))  # noqa: B023 - called at once
        assert sheet.added == 0
    found["all"] = found["read"] + found["check"] + found["import"]
    used = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {**found, "peak": max(used) / 1024}


def _file(rows: int, kind: str) -> bytes:
    if kind == "csv":
        text = io.StringIO()
        csv.writer(text).writerows(people(rows))
        return text.getvalue().encode()
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in people(rows):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(json.dumps(measure(int(sys.argv[1]), sys.argv[2])))
    else:
        main()
