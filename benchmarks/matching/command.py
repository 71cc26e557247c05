"""The command: every size in a process of its own, peers in theirs, and the tables."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.machine import machine
from benchmarks.matching import tables
from benchmarks.matching.tables import Row
from benchmarks.populations import EXTREMES, NoMarginals
from benchmarks.populations.marginals import shared_folder

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("numpy", "scipy", "numba")

SIZES = ((81, 39), (400, 400), (3_000, 1_000), (30_000, 10_000), (100_000, 40_000))
MOONSHOT = (1_000_000, 100_000)
EXTREME = ((400, 200),)
"""Mentees and mentors of the cohorts at which a solver may stumble."""

LARGEST_ASKED = 3_000_000
"""Pairs up to which the questions of a coordinator are measured: cohorts that somebody looks at on a board."""

LARGEST_FOR_PEERS = 5_000_000_000
"""Pairs up to which the best are chosen for peers."""

PEERS = ("scipy", "OR-Tools", "mentor-match")


class Failed(Exception):
    """Say in words how a measurement ended without figures."""


@dataclass(frozen=True, slots=True)
class Peering:
    """Say where peers run, which are asked, and for how many seconds they may try."""

    python: str
    timeout: float
    names: tuple[str, ...] = PEERS

    def run(self, name: str, values: str) -> dict[str, Any]:
        """Run a peer on written values; what prevents it is in `why`."""
        # scipy is at hand wherever the engine is; the others may live in another environment.
        python = sys.executable if name == "scipy" else self.python
        try:
            found: dict[str, Any] = run_module(
                python, "benchmarks.matching.peers", [name, values], timeout=self.timeout
            )
        except Failed as error:
            return {"why": str(error)}
        return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables, and return the exit code: 0 well, 1 where a measurement gave no figures."""
    chosen = _parser().parse_args(arguments)
    try:
        if chosen.people == "country" and not chosen.robustness:
            shared_folder()
    except NoMarginals as error:
        print(error, "Or measure made-up cohorts: --people cohort.", file=sys.stderr)
        return 1
    print(machine(PACKAGES), flush=True)
    rows = list(measured_extremes(chosen)) if chosen.robustness else list(measured_sizes(chosen))
    return int(any(row.figures is None for row in rows))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.matching", description="Measure the matching engine.")
    parser.add_argument("--sizes", type=_sizes, help="mentees by mentors, such as 81x39,400x400")
    parser.add_argument("--moonshot", action="store_true", help="also match 1,000,000 mentees with 100,000 mentors")
    parser.add_argument(
        "--robustness", action="store_true", help="measure cohorts at which a solver may stumble instead"
    )
    parser.add_argument(
        "--people", choices=("country", "cohort"), default="country", help="cohort needs no counts of real programmes"
    )
    parser.add_argument("--places", type=_places, default=(1, 3), help="least and most places of a mentor: 1-3")
    parser.add_argument("--verify", action="store_true", help="also verify each result independently")
    parser.add_argument("--no-peers", action="store_true", help="leave out other solvers")
    parser.add_argument("--peer-timeout", type=float, default=120, metavar="SECONDS", help="what each peer may take")
    parser.add_argument(
        "--peer-python", default=sys.executable, metavar="PATH", help="the Python of OR-Tools and mentor-match"
    )
    return parser


def _sizes(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(_two(size, "x") for size in text.split(","))


def _places(text: str) -> tuple[int, int]:
    return _two(text, "-")


def _two(text: str, between: str) -> tuple[int, int]:
    first, _, second = text.partition(between)
    if not (first.isdecimal() and second.isdecimal() and int(first) and int(second)):
        raise argparse.ArgumentTypeError(f"“{text}” is not two numbers with {between} between them")
    return int(first), int(second)


def measured_sizes(chosen: argparse.Namespace) -> Iterable[Row]:
    """Measure each size, print its row, then the tables of what was measured besides; return the rows."""
    sizes = (chosen.sizes or SIZES) + ((MOONSHOT,) if chosen.moonshot else ())
    peering = None if chosen.no_peers else Peering(chosen.peer_python, chosen.peer_timeout)
    print(tables.sizes_head(peering.names if peering else ()), flush=True)
    rows = []
    for size in sizes:
        task = {"places": chosen.places, "people": chosen.people, "verify": chosen.verify}
        rows.append(_measured_size(size, task, peering))
        print(tables.size_line(rows[-1]), flush=True)
    print(tables.apart(rows) + tables.questions(rows), end="", flush=True)
    return rows


def _measured_size(size: tuple[int, int], task: dict[str, Any], peering: Peering | None) -> Row:
    mentees, mentors = size
    task |= {"mentees": mentees, "mentors": mentors, "questions": mentees * mentors <= LARGEST_ASKED}
    with tempfile.TemporaryDirectory() as folder:
        few = mentees * mentors <= LARGEST_FOR_PEERS
        values = str(Path(folder) / "values.npz") if peering and few else ""
        row = _measured(f"{mentees:,} × {mentors:,}", task | {"values": values})
        for name in peering.names if peering and row.figures else ():
            row.peers[name] = peering.run(name, values) if values and peering else {"why": "too many pairs"}
    return row


def measured_extremes(chosen: argparse.Namespace) -> Iterable[Row]:
    """Measure each extreme cohort, print its row, and return the rows."""
    rows = []
    for mentees, mentors in chosen.sizes or EXTREME:
        print(tables.extremes_head(mentees, mentors), flush=True)
        for name in EXTREMES:
            task = {"mentees": mentees, "mentors": mentors, "people": name, "verify": chosen.verify}
            rows.append(_measured(name, task))
            print(tables.extreme_line(rows[-1]), flush=True)
    return rows


def _measured(name: str, task: dict[str, Any]) -> Row:
    try:
        return Row(name, run_module(sys.executable, "benchmarks.matching.measuring", [json.dumps(task)]))
    except Failed as error:
        return Row(name, None, str(error))


def run_module(python: str, module: str, arguments: Sequence[str], timeout: float | None = None) -> dict[str, Any]:
    """Run a module of the benchmarks in a process of its own, and return the JSON it prints.

    :raises Failed: if it takes too long, is killed or ends with an error.
    """
    command = [python, "-m", module, *arguments]
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        raise Failed(f"over {timeout:.0f} s") from None
    except OSError as error:
        raise Failed(f"cannot run {python}: {error.strerror}") from error
    if done.returncode:
        raise Failed(_ending(done))
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _ending(done: subprocess.CompletedProcess[str]) -> str:
    """Say how a process ended: the signal that killed it, or the last thing it wrote."""
    if done.returncode < 0:
        return f"killed ({signal.Signals(-done.returncode).name})"
    lines = done.stderr.strip().splitlines()
    return lines[-1] if lines else f"ended with {done.returncode}"
