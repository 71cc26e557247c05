"""Which solver finds what the whole is to be best at.

People and quality alone are for `Search`, whatever the size. Minimums, quotas and LEXIMIN need every pair in
one table (`within`). FLOOR_FIRST climbs: it solves with one least score after the other (`highest`), either way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import numpy as np

from alongside.engine.limits.constrained import Constrained, solve_constrained
from alongside.engine.limits.floors import highest_floor
from alongside.engine.limits.leximin import leximin, without_scores
from alongside.engine.limits.terms import Terms, crossing, has_limits
from alongside.engine.values.problem import Problem, ProblemError, TooLargeError
from alongside.engine.values.results import Proof, Result
from alongside.engine.values.settings import Objective
from alongside.engine.watch import Watch

MOST_PAIRS = 20_000_000
"""Mentees times mentors up to which all pairs fit into one table."""

MOST_MENTEES = 3_000
"""Mentees up to whom the second worst match, and the third, and so on are raised as well."""

SECONDS = 60.0
"""How long to search where quotas cross; otherwise the search ends by itself."""

T = TypeVar("T")


def needs_table(problem: Problem) -> bool:
    """Tell whether a problem is more than prices of places can solve: it has minimums or quotas, or is LEXIMIN."""
    return problem.objective is Objective.LEXIMIN or has_limits(problem)


def is_plain(problem: Problem) -> bool:
    """Tell whether the prices of a certificate say what one more place with a mentor would add."""
    return not needs_table(problem) and problem.objective is not Objective.FLOOR_FIRST


def plainly(problem: Problem) -> Problem:
    """Return the problem without limits, in which as many as possible are placed and quality follows."""
    mentors = tuple(replace(mentor, minimum=0) if mentor.minimum else mentor for mentor in problem.mentors)
    return replace(problem, mentors=mentors, quotas=(), objective=Objective.PLACE_FIRST)


def refuse_unsuitable(problem: Problem) -> None:
    """Refuse what cannot be solved in one table, before time goes into it.

    :raises TooLargeError: if there are too many people.
    :raises ProblemError: if LEXIMIN is to keep quotas that cross.
    """
    mentees, mentors = len(problem.mentees), len(problem.mentors)
    if mentees * mentors > MOST_PAIRS:
        raise TooLargeError(
            f"{mentees:,} mentees and {mentors:,} mentors are more than can be matched within minimums and quotas, or "
            f"fairest to the worst off: that is for up to {MOST_PAIRS:,} pairs, mentees times mentors. Match in parts, "
            "or take them off and place as many as possible."
        )
    if problem.objective is Objective.LEXIMIN:
        _refuse_unclimbable(problem)


def _refuse_unclimbable(problem: Problem) -> None:
    if len(problem.mentees) > MOST_MENTEES:
        raise TooLargeError(
            f"Being fairest to the worst off, one after the other, is for up to {MOST_MENTEES:,} mentees; there are "
            f"{len(problem.mentees):,}. Raise only the worst match (“floor_first”), or match in parts."
        )
    if crossed := crossing(problem.quotas):
        one, other = crossed
        raise ProblemError(
            f"The quotas “{one}” and “{other}” share some of their people. Being fairest to the worst off needs groups "
            "that are apart, or one within the other: change one, or raise only the worst match (“floor_first”)."
        )


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """Hold what was chosen in a table, the floor it is chosen above, and what shows that it is the best."""

    chosen: Constrained
    floor: int
    proof: Proof


def within(terms: Terms, problem: Problem, watch: Watch) -> Found:
    """Choose the best pairs within minimums and quotas.

    :raises TooLargeError: if the sums could not be exact.
    :raises Stopped: if the watch cancelled it.
    """
    if problem.objective is Objective.LEXIMIN:
        return _fairest(terms, watch)
    if problem.objective is Objective.FLOOR_FIRST:
        return _raised(terms, problem, watch)
    chosen = _best(terms, problem, watch)
    return Found(chosen, 0, chosen.proof)


def _best(terms: Terms, problem: Problem, watch: Watch) -> Constrained:
    """Return the best pairs of the table; where there are floors, they are in the table."""
    objective = Objective.QUALITY if problem.objective is Objective.QUALITY else Objective.PLACE_FIRST
    return solve_constrained(
        terms.table,
        terms.quotas,
        terms.minimums,
        objective=objective,
        settled=terms.settled,
        seconds=SECONDS if crossing(problem.quotas) else None,
        stop=lambda: _stopped(watch),
    )


def _stopped(watch: Watch) -> bool:
    watch.step("pairing", 0.0)
    return watch.stop()


def _fairest(terms: Terms, watch: Watch) -> Found:
    """Return the pairs that are best for the worst off, with the prices that prove how many there are."""
    level = terms.on_table(without_scores(terms.table))
    most = solve_constrained(level.table, level.quotas, level.minimums, settled=level.settled)
    watch.step("pairing", 0.5)
    rows, columns = leximin(terms.table, terms.quotas, terms.minimums, settled=terms.settled, most=most)
    return Found(replace(most, rows=rows, columns=columns), 0, most.proof)


def _raised(terms: Terms, problem: Problem, watch: Watch) -> Found:
    def attempt(floor: int, best: Constrained | None) -> Attempt[Constrained]:
        found = _best(terms.above(floor), problem, watch)
        scores = terms.table.values[found.rows, found.columns].tolist()
        newly = int(np.count_nonzero(~terms.settled[np.unique(found.rows)]))
        return Attempt((newly, -found.missing, len(scores)), scores, found, found.proof)

    peak = highest(attempt, problem.rules.least_score)
    # A bound that is not reached is about all pairs of the table it was found in.
    closed = peak.found.proof == "prices"
    return Found(peak.found if closed else _best(terms.above(peak.floor), problem, watch), peak.floor, peak.proof)


# Raising the worst match.


@dataclass(frozen=True, slots=True)
class Attempt(Generic[T]):
    """Hold what was found above a floor: what comes before the worst match (more is better), and the scores chosen."""

    reached: tuple[int, ...]
    scores: Sequence[int]
    found: T
    proof: Proof


@dataclass(frozen=True, slots=True)
class Peak(Generic[T]):
    """Hold what was found at the highest floor (0 without pairs), and what shows that nothing is better."""

    found: T
    floor: int
    proof: Proof


Solve = Callable[[int, T | None], Attempt[T]]
"""Find the best pairs that score at least so much; the best found before may save time."""


def highest(solve: Solve[T], least: int) -> Peak[T]:
    """Raise the worst match as high as it goes without anything that comes before it becoming less.

    Solves once more for each halving of what is between the worst and the mean score of the first answer, about a dozen
    times. The mean is as high as the worst match can go, since no pairs, as many, have a higher sum.

    :param least: the floor to begin with.
    """
    climb = _Climb(solve, least)
    if climb.best.scores and climb.proof != "open":
        mean = sum(climb.best.scores) // len(climb.best.scores)
        highest_floor(climb.place, range(climb.floor, mean + 1))
    return Peak(climb.best.found, climb.floor if climb.best.scores else 0, climb.proof)


class _Climb(Generic[T]):
    """Hold the highest floor so far and what was found there; its worst pair is at the floor itself."""

    def __init__(self, solve: Solve[T], least: int) -> None:
        self.solve = solve
        self.best = solve(least, None)
        self.floor = min(self.best.scores, default=least)
        self.proof = self.best.proof

    def place(self, floor: int) -> int:
        """Tell (1 or 0) whether as much is reached above a floor as without one."""
        if floor <= self.floor:
            return 1
        attempt = self.solve(floor, self.best.found)
        self.proof = weaker(self.proof, attempt.proof)
        if attempt.reached < self.best.reached:
            return 0
        self.best, self.floor = attempt, min(attempt.scores)
        return 1


def weaker(*proofs: Proof) -> Proof:
    """Return the weakest of several proofs, all of which are needed."""
    return next((proof for proof in ("open", "solver") if proof in proofs), "prices")


def attempt_of(result: Result, required: frozenset[tuple[str, str]]) -> Attempt[Result]:
    """Say what a plain result reached: people, pairs, and the scores of the pairs not required by hand."""
    pairs = result.solution.pairs
    scores = [pair.score for pair in pairs if (pair.mentee, pair.mentor) not in required]
    return Attempt((result.certificate.placed, len(pairs)), scores, result, result.certificate.proof)
