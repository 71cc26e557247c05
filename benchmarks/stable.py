"""Measure stable matching: `python -m benchmarks.stable`.

Every mentee names a number of mentors, some far more popular than others, and every mentor ranks those who name her
by a lottery. First deferred acceptance on arrays, then the same market as wishes, with ids, through `match_stably`.
The blocking pairs are counted on the arrays of the first, from the definition. Each figure is the fastest of a few
runs, so without what compiling takes.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

import numpy as np

from alongside.engine import StableProblem, Wishes, deferred_acceptance, match_stably
from alongside.engine.compiled import COMPILES
from alongside.engine.table import BoolArray, IntArray
from benchmarks.machine import processor

T = TypeVar("T")

SIZES = (
    (400, 400, 10, 1),
    (3_000, 1_000, 20, 3),
    (20_000, 8_000, 30, 3),
    (100_000, 40_000, 30, 3),
    (100_000, 40_000, 30, 2),
    (100_000, 40_000, 30, 1),
)
"""Mentees, mentors, how many each mentee names, and the places of each mentor."""

RUNS = 5
LARGEST_NAMED = 1_000_000
"""Entries up to which the market is also made into wishes: more takes this script long to write down, not to match."""

KINDS = ("councillor", "officer")

Market = tuple[IntArray, IntArray, IntArray, IntArray, IntArray]
"""The arguments of `deferred_acceptance`."""


def timed(work: Callable[[], T], runs: int = RUNS) -> tuple[float, T]:
    """Return the seconds of the fastest of a few runs, and the result."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        result = work()
        taken.append(time.perf_counter() - start)
    return min(taken), result


def market(mentees: int, mentors: int, named: int, places: int) -> Market:
    """Draw a market; the popularity of mentors falls off, so that a tenth of them get about a third of the names."""
    draw = np.random.default_rng(2026)
    drawn = (mentors * draw.random((mentees, named + 10)) ** 2).astype(np.int64)
    lists = [list(dict.fromkeys(row))[:named] for row in drawn.tolist()]
    starts = np.concatenate(([0], np.cumsum([len(each) for each in lists])))
    columns = np.concatenate([np.array(each, dtype=np.int64) for each in lists])
    return starts, columns, draw.permutation(len(columns)), np.ones(mentees, np.int64), np.full(mentors, places)


def blocking(lists: Market, held: BoolArray) -> int:
    """Count the entries whose two would both rather have each other than one they have, or have room."""
    starts, columns, ranks, wanted, places = lists
    rows = np.repeat(np.arange(len(wanted)), np.diff(starts))
    entries = np.arange(len(columns))
    last_of_hers, worst_of_theirs = np.full(len(wanted), -1), np.full(len(places), -1)
    np.maximum.at(last_of_hers, rows[held], entries[held])
    np.maximum.at(worst_of_theirs, columns[held], ranks[held])
    she_has_room = np.bincount(rows[held], minlength=len(wanted)) < wanted
    they_have_room = np.bincount(columns[held], minlength=len(places)) < places
    she_would = she_has_room[rows] | (entries < last_of_hers[rows])
    they_would = they_have_room[columns] | (ranks < worst_of_theirs[columns])
    return int((she_would & they_would & ~held).sum())


def as_wishes(lists: Market, *, together: bool) -> StableProblem:
    """Write a market down as wishes with ids; together, every other mentor is of the other kind."""
    starts, columns, ranks, wanted, places = lists
    rows = np.repeat(np.arange(len(wanted)), np.diff(starts))
    liked: list[list[tuple[str]]] = [[] for _ in places]
    by_rank = np.argsort(ranks)
    for row, column in zip(rows[by_rank].tolist(), columns[by_rank].tolist(), strict=True):
        liked[column].append((f"a{row}",))
    named = [[(f"b{column}",) for column in own.tolist()] for own in np.split(columns, starts[1:-1])]
    kinds = KINDS if together else ("",)
    return StableProblem(
        tuple(Wishes(f"a{row}", tuple(own)) for row, own in enumerate(named)),
        tuple(
            Wishes(f"b{column}", tuple(own), int(places[column]), kinds[column % len(kinds)])
            for column, own in enumerate(liked)
        ),
        KINDS if together else (),
        together,
    )


def measure(size: tuple[int, int, int, int]) -> str:
    """Return the row of one size."""
    lists = market(*size)
    seconds, held = timed(lambda: deferred_acceptance(*lists))
    found = blocking(lists, held)
    # So that a count of nothing means something: who loses a mentor must be found.
    assert blocking(lists, held & (np.cumsum(held) > 1)) > 0
    row = f"{seconds:10.4f}{int(held.sum()):10}{found:10}"
    if len(lists[1]) > LARGEST_NAMED:
        return row + f"{'-':>10}{'-':>10}"
    whole, both = as_wishes(lists, together=False), as_wishes(lists, together=True)
    return row + "".join(f"{timed(partial(match_stably, problem), 2)[0]:10.3f}" for problem in (whole, both))


def main() -> None:
    """Print the table: seconds, pairs, blocking pairs, and seconds from ids to ids."""
    how = "compiled" if COMPILES else "not compiled"
    print(f"{processor()}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}, {how}")
    columns = ("arrays", "pairs", "blocking", "by id", "together")
    print(f"{'':>28}" + "".join(f"{column:>10}" for column in columns))
    for size in SIZES:
        mentees, mentors, named, places = size
        print(f"{f'{mentees} x {mentors} x {places}, {named} named':>28}{measure(size)}", flush=True)


if __name__ == "__main__":
    main()
