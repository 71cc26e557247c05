"""Measure pages of a national network: `python -m benchmarks.network [scale] [seconds]`.

A made-up network (`alongside make-network`, with the real counts where they are at hand): at the scale `national` 400
organisations, 1,200 programmes, 40,000 mentors, 100,000 mentees, three years. It is served as an installation is
(`alongside serve`, two processes, a worker beside them). The server, the database and the visitors share the cores.

With `--folder FOLDER` the SQLite database is kept there between runs, and is built only where it is missing; `--on`
names one database, SQLite or PostgreSQL. Of PostgreSQL a prepared database is used where `DATABASE_URL` names one.

Load: 50 visitors at once. Each opens a page, reads for 3 to 10 s and opens the next: about 7.7 pages a second in all.
Of ten pages five are searches (the needs of `needs.toml`), three are pages of organisations, two are a steward's. What
a visitor waits is measured from the click to the last byte. What the server itself takes is measured in one process
beside it, without a network between: each page asked of the application, one after the other; *at work* is how long
of that its processor worked, at the median, which other programs on the machine change little.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks.machine import machine
from benchmarks.populations.marginals import NoMarginals, shared_folder
from benchmarks.visitors import Opened, Page, open_page, peak_memory, percentiles, serving

VISITORS, SECONDS, PROCESSES, SEED = 50, 120, 2, 20261122
READING = (3.0, 10.0)
WARMING, ALONE = 15, 100
SEARCH, LISTING = "search", "an organisation's page"
SHARES = {SEARCH: 5, LISTING: 3}
STEWARDS = {
    "steward: network": "/network/",
    "steward: listings": "/network/listings/",
    "steward: enquiries": "/network/enquiries/",
    "steward: assessments": "/network-assessments/",
    "steward: figures": "/network/figures/",
}
HEAD = (
    "| page | opened | median | 99th percentile | on the server: median | 99th | at work | goal |\n"
    "|---|--:|--:|--:|--:|--:|--:|---|"
)


class Goal(NamedTuple):
    """How long the server may take, in milliseconds."""

    median: float
    high: float | None = None


GOALS = {SEARCH: Goal(30, 100), LISTING: Goal(20)}
STEWARD = Goal(300)


def main(words: list[str]) -> None:
    """Print a table for each database as Markdown, with the machine."""
    asked = _asked(words)
    print(f"{machine(['django', 'granian'])}; {asked.scale} network, {PROCESSES} processes, {asked.seconds} s")
    for kind in [asked.on] if asked.on else ["SQLite", "PostgreSQL"]:
        subprocess.run([sys.executable, "-m", "benchmarks.network", "--here", "--on", kind, *_same(asked)], check=True)


def _asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.network")
    parser.add_argument("scale", nargs="?", default="national", choices=["small", "medium", "national"])
    parser.add_argument("seconds", nargs="?", type=int, default=SECONDS)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--on", choices=["SQLite", "PostgreSQL"])
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(words)


def _same(asked: argparse.Namespace) -> list[str]:
    kept = ["--folder", str(asked.folder)] if asked.folder else []
    return [asked.scale, str(asked.seconds), *kept]


def measure(asked: argparse.Namespace) -> None:
    """Print the table of one database."""
    with _database(asked.on), _state(asked.folder if asked.on == "SQLite" else None):
        _build(asked.scale)
        import django

        django.setup()
        from alongside.commands.serving import gather_static_files

        gather_static_files()
        pages = pages_to_open()
        with serving(PROCESSES) as server:
            _visit(server.port, pages, WARMING)
            opened = _visit(server.port, pages, asked.seconds)
            held = " and ".join(f"{peak_memory(process):.0f} MB" for process in server.processes)
        print(table(asked.on, opened, alone(pages)))
        print(f"\nPeak memory of the processes that serve pages: {held}.", flush=True)


@contextmanager
def _database(kind: str) -> Iterator[None]:
    if kind == "SQLite" or "DATABASE_URL" in os.environ:
        yield
        return
    from config.throw_away import database

    with database() as address:
        os.environ["DATABASE_URL"] = address
        yield


@contextmanager
def _state(folder: Path | None) -> Iterator[None]:
    """Keep the installation in a folder, or in one of its own that goes with the run."""
    with nullcontext(str(folder)) if folder else TemporaryDirectory() as state:
        os.environ |= {"ALONGSIDE_STATE": str(Path(state).resolve()), "DJANGO_SETTINGS_MODULE": "config.settings"}
        yield


def _build(scale: str) -> None:
    """Make the network; where it is there already nothing is done."""
    command = [sys.executable, "-m", "alongside.commands", "make-network", "--scale", scale]
    try:
        command += ["--marginals", str(shared_folder())]
    except NoMarginals as missing:
        print(missing)
    began = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"\nThe network was there after {time.monotonic() - began:.0f} s and {used.ru_maxrss / 1000:.0f} MB.",
        flush=True,
    )


def pages_to_open() -> list[Page]:
    """Return the pages, the steward's with a session of theirs; those that are not there are left out."""
    from django.test import Client

    from alongside.directory.queries import listed
    from alongside.people.models import Person

    needs = tomllib.loads(Path(__file__).with_name("needs.toml").read_text(encoding="utf-8"))["needs"]
    steward = Client(headers={"host": "127.0.0.1"})
    steward.force_login(Person.objects.filter(stewardships__isnull=False).get())
    session = str(steward.cookies["sessionid"].value)
    theirs = {name: path for name, path in STEWARDS.items() if steward.get(path).status_code == 200}
    return [
        *(Page(SEARCH, f"/find/?{urlencode({'q': need['text']})}", "") for need in needs),
        *(Page(LISTING, f"/organisations/{slug}/", "") for slug in listed().values_list("slug", flat=True)),
        *(Page(name, path, session) for name, path in theirs.items()),
    ]


def _visit(port: int, pages: Sequence[Page], seconds: float) -> list[Opened]:
    """Let 50 visitors open pages, each with time to read in between, as long as they have."""
    until = time.perf_counter() + seconds

    def visitor(number: int) -> list[Opened]:
        dice, opened = random.Random(SEED + number), []
        time.sleep(dice.uniform(0, READING[1]))
        while time.perf_counter() < until:
            opened.append(open_page(port, chosen(pages, dice), time.perf_counter()))
            time.sleep(dice.uniform(*READING))
        return opened

    with ThreadPoolExecutor(VISITORS) as visitors:
        return [each for opened in visitors.map(visitor, range(VISITORS)) for each in opened]


def chosen(pages: Sequence[Page], dice: random.Random) -> Page:
    """Choose a page: of ten five searches, three organisations, two of the steward's."""
    names = [*SHARES, *sorted({page.name for page in pages} - SHARES.keys())]
    theirs = (10 - sum(SHARES.values())) / max(1, len(names) - len(SHARES))
    name = dice.choices(names, [SHARES.get(each, theirs) for each in names])[0]
    return dice.choice([page for page in pages if page.name == name])


class Served(NamedTuple):
    """A page that the application was asked for: how long it took, and how long of that its processor worked."""

    name: str
    milliseconds: float
    at_work: float


def alone(pages: Sequence[Page]) -> list[Served]:
    """Ask the application itself for pages, one after the other, without a network or anybody beside it."""
    from django.test import Client

    dice, opened = random.Random(SEED), list[Served]()
    for name in dict.fromkeys(page.name for page in pages):
        kind = [page for page in pages if page.name == name]
        client = Client(headers={"host": "127.0.0.1"})
        client.cookies["sessionid"] = kind[0].session
        for number in range(ALONE + 5):
            page = dice.choice(kind)
            began, worked = time.perf_counter(), time.process_time()
            answer = client.get(page.path)
            if answer.status_code != 200:
                raise RuntimeError(f"{page.path} did not open: {answer.status_code}")
            if number >= 5:  # the first read templates and the index
                took, work = time.perf_counter() - began, time.process_time() - worked
                opened.append(Served(name, 1000 * took, 1000 * work))
    return opened


def table(kind: str, waited: Sequence[Opened], served: Sequence[Served]) -> str:
    """Return the table of one database, a line for each kind of page."""
    names = dict.fromkeys(each.name for each in served)
    return "\n".join(
        [f"\nOn {kind}, load {os.getloadavg()[0]:.1f}\n", HEAD, *(line(name, waited, served) for name in names)]
    )


def line(name: str, waited: Sequence[Opened], served: Sequence[Served]) -> str:
    """Return the line of a kind of page: what visitors waited, what the server took, whether that keeps the goal."""
    theirs = [each for each in waited if each.name == name]
    here = [each for each in served if each.name == name]
    ours = percentiles([Opened(name, each.milliseconds) for each in here])
    at_work = median(each.at_work for each in here)
    out = percentiles(theirs) if len(theirs) > 1 else (0.0, 0.0, 0.0)
    goal = GOALS.get(name, STEWARD)
    kept = ours[0] <= goal.median and (goal.high is None or ours[2] <= goal.high)
    cells = " | ".join(f"{each:.0f} ms" for each in (out[0], out[2], ours[0], ours[2], at_work))
    wanted = f"{goal.median:.0f} ms" + (f", 99th {goal.high:.0f} ms" if goal.high else "")
    return f"| {name} | {len(theirs)} | {cells} | {wanted}: {'kept' if kept else 'missed'} |"


if __name__ == "__main__":
    given = _asked(sys.argv[1:])
    if given.here:
        measure(given)
    else:
        main(sys.argv[1:])
