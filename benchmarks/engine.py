"""Measure the matching engine: `python -m benchmarks.engine`.

Every size runs in a process of its own, so that its peak memory is its own. The peer, scipy's dense
`linear_sum_assignment`, solves the same scores in the same process, with a column for each place: it gives the pairs
without reasons, locks or proof. The gap is between the value found and the proven bound, in points of quality.
"""

from __future__ import annotations

import json
import os
import platform
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

from alongside.engine import Market, Weights, verify
from benchmarks.populations import cohort

T = TypeVar("T")

SIZES = ((81, 39, (1, 4)), (400, 400, (1, 1)), (250, 100, (3, 3)), (3000, 1000, (1, 5)))
"""Mentees, mentors, and the least and most places of a mentor."""

COLUMNS = ("prepare", "solve", "reasons", "reweigh", "why not", "verify", "peer", "memory", "placed", "gap")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return how many seconds the work took, and its result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def measure(mentees: int, mentors: int, capacity: tuple[int, int]) -> dict[str, Any]:
    """Return the figures of one size, by column."""
    Market.of(cohort(5, 5)).solve()  # what is read once per process is no part of any size
    problem = cohort(mentees, mentors, capacity=capacity)
    prepare, market = timed(lambda: Market.of(problem))
    solve, result = timed(market.solve)
    pairs, certificate = result.solution.pairs, result.certificate
    reasons, _ = timed(lambda: [market.explain(pair.mentee, pair.mentor) for pair in pairs])
    reweigh, _ = timed(lambda: market.reweighted(Weights(needs=30)).solve(hint=certificate))
    asked = _possible_pair(market)
    why_not, _ = timed(lambda: market.why_not(*asked, result))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peer, best = timed(lambda: _dense(market))
    assert best == certificate.value
    check, _ = timed(lambda: verify(problem, result.solution, certificate))
    figures = (prepare, solve, reasons, reweigh, why_not, check, peer, memory, certificate.placed)
    return dict(zip(COLUMNS, (*figures, certificate.bound - certificate.value), strict=True))


def _possible_pair(market: Market) -> tuple[str, str]:
    """Draw a pair that could be made and most likely is not, so that the answer needs another solution."""
    row, column = random.Random(1).choice(np.argwhere(market.allowances).tolist())
    return market.cohort.mentees[row].id, market.cohort.mentors[column].id


def _dense(market: Market) -> int:
    """Return the value of the best assignment by scipy's dense solver."""
    values = np.where(market.allowances, market.scores + market.rewards.pair, 0)
    copies = np.repeat(values, market.places, axis=1)
    return int(copies[linear_sum_assignment(copies, maximize=True)].sum())


def processor() -> str:
    """Return what the machine calls its processor."""
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        named = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
        return next(named, platform.machine())


def main() -> None:
    """Print the table: seconds, megabytes, people, points."""
    print(f"{processor()}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}")
    print(f"{'':>14}" + "".join(f"{column:>9}" for column in COLUMNS))
    for mentees, mentors, capacity in SIZES:
        command = [sys.executable, "-m", "benchmarks.engine", json.dumps([mentees, mentors, capacity])]
        figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        cells = (f"{figures[c]:9.3f}" if c in COLUMNS[:7] else f"{figures[c]:9.0f}" for c in COLUMNS)
        print(f"{f'{mentees} x {mentors}':>14}" + "".join(cells), flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(*json.loads(sys.argv[1]))))
    else:
        main()
