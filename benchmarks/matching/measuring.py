"""One measurement, in a process of its own: `python -m benchmarks.matching.measuring '{"mentees": 81, …}'`.

Prints the figures as JSON. The engine is warmed by a tiny cohort first, so that compiling and reading files is no part
of any size; the warm-up is reported apart.
"""

from __future__ import annotations

import importlib
import inspect
import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np

from alongside.engine import Market, Problem, Result, Weights, verify
from benchmarks.machine import peak_megabytes
from benchmarks.matching.values import dense_values, write_values
from benchmarks.populations import EXTREMES, NoMarginals, cohort, country

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Task:
    """Say what to measure: how many people of which population, and what besides.

    `people` is "country", "cohort" or a name of EXTREMES; `values`, if any, is the file to write for peers.
    """

    mentees: int
    mentors: int
    places: tuple[int, int] = (1, 3)
    people: str = "country"
    verify: bool = False
    questions: bool = False
    values: str = ""


@dataclass(slots=True)
class Figures:
    """Hold what was measured: seconds, megabytes, people, and points of quality and of the objective.

    `scan` is None where the engine does not tell its stages; all solving is `solve` then.
    """

    draw: float
    warm: float
    prepare: float
    scan: float | None
    solve: float
    megabytes: float
    placed: int
    quality: int
    value: int
    bound: int
    verify: float | None = None
    questions: dict[str, float] = field(default_factory=dict)


class Stages:
    """Add up the seconds of each stage, from reports that come as each step ends."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def report(self, stage: str, share: float) -> None:
        """Count the time since the last report to this stage."""
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return how many seconds the work took, and its result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def population(task: Task) -> Problem:
    """Draw the people of a task."""
    if task.people in EXTREMES:
        return EXTREMES[task.people](task.mentees, task.mentors)
    if task.people == "cohort":
        return cohort(task.mentees, task.mentors, capacity=task.places)
    return country(task.mentees, task.mentors, places=task.places)


def solve(market: Market) -> tuple[Result, dict[str, float]]:
    """Solve a market, and return the seconds of each stage, as far as the engine tells them."""
    if "watch" not in inspect.signature(Market.solve).parameters:
        return market.solve(), {}
    watch: Any = importlib.import_module("alongside.engine.watch")
    solving: Callable[..., Result] = market.solve
    stages = Stages()
    return solving(watch=watch.Watch(report=stages.report)), stages.seconds


LONG = 2.0
"""Seconds after which a matching is not run again to be measured better."""
RUNS = 9


class Run(NamedTuple):
    """Hold one matching, from people to proof: seconds of preparing, and of solving by stage and in all."""

    prepare: float
    stages: dict[str, float]
    seconds: float
    market: Market
    result: Result

    @classmethod
    def of(cls, problem: Problem) -> Run:
        """Match people; whom the engine has never seen before, so that it measures them."""
        prepare, market = timed(lambda: _prepared(problem))
        seconds, (result, stages) = timed(lambda: solve(market))
        return cls(prepare, stages, seconds, market, result)

    @property
    def total(self) -> float:
        """Return the seconds of all."""
        return self.prepare + self.seconds


def _prepared(problem: Problem) -> Market:
    market = Market.of(problem)
    for read in ("plan", "fingerprint"):  # asked for here, so that reading people is no part of solving
        getattr(market, read, None)
    return market


def typical(problem: Problem) -> Run:
    """Match people as often as takes no longer than LONG, and return the run that took the median of times."""
    runs = [Run.of(problem)]
    while sum(run.total for run in runs) < LONG and len(runs) < RUNS:
        runs.append(Run.of(problem))
    return sorted(runs, key=lambda run: run.total)[len(runs) // 2]


def measure(task: Task) -> Figures:
    """Draw the people, match them, and measure all that was asked for."""
    warm, _ = timed(lambda: solve(Market.of(cohort(5, 5))))
    draw, problem = timed(lambda: population(task))
    run = typical(problem)
    scan, proof = run.stages.get("pairs"), run.result.certificate
    figures = Figures(
        draw=draw,
        warm=warm,
        prepare=run.prepare,
        scan=scan,
        solve=run.seconds - (scan or 0.0),
        megabytes=peak_megabytes(),
        placed=proof.placed,
        quality=proof.quality,
        value=proof.value,
        bound=proof.bound,
    )
    _measure_besides(task, run.market, run.result, figures)
    return figures


def _measure_besides(task: Task, market: Market, result: Result, figures: Figures) -> None:
    if task.questions:
        figures.questions = questions(market, result)
    if task.values:
        write_values(market, Path(task.values))
    if task.verify:
        figures.verify, _ = timed(lambda: verify(market.problem, result.solution, result.certificate))


def questions(market: Market, result: Result) -> dict[str, float]:
    """Measure what a coordinator asks after matching: all reasons, other weights, why not this pair."""
    pairs, certificate = result.solution.pairs, result.certificate
    asked = _possible_pair(market)
    return {
        "reasons": timed(lambda: [market.explain(pair.mentee, pair.mentor) for pair in pairs])[0],
        "reweigh": timed(lambda: market.reweighted(Weights(needs=30)).solve(hint=certificate))[0],
        "why not": timed(lambda: market.why_not(*asked, result))[0] if asked else 0.0,
    }


def _possible_pair(market: Market) -> tuple[str, str] | None:
    """Draw a pair that could be made and most likely is not, so that the answer needs another solution."""
    possible = np.argwhere(dense_values(market) >= 0)
    if not len(possible):
        return None
    row, column = possible[random.Random(1).randrange(len(possible))]
    return market.cohort.mentees[row].id, market.cohort.mentors[column].id


def main() -> int:
    """Measure the task given as JSON, and print the figures as JSON."""
    task = Task(**json.loads(sys.argv[1]))
    try:
        figures = measure(task)
    except NoMarginals as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(asdict(figures)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
