"""What every check of a solution begins with: that its pairs may be made, and that nobody has too many.

It shares with the solver what a problem *means*: the definitions of the criteria and rules themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from alongside.engine.answers.market import Market
from alongside.engine.table import BoolArray, IntArray
from alongside.engine.values.problem import Problem
from alongside.engine.values.results import Pair, Solution
from alongside.engine.values.scores import shares

PAIRS_AT_ONCE = 1_000_000
"""Pairs looked at together: few enough for any machine's memory."""


class VerificationError(ValueError):
    """Say what about a solution or its certificate is not as claimed."""


def demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise VerificationError(otherwise)


def check_pairs(market: Market, pairs: tuple[Pair, ...]) -> None:
    made = {(pair.mentee, pair.mentor) for pair in pairs}
    demand(len(made) == len(pairs), "A pair is there twice.")
    demand(made >= market.problem.required, "A required pair is missing.")
    for pair in pairs:
        known = pair.mentee in market.cohort.mentee_rows and pair.mentor in market.cohort.mentor_columns
        demand(known, f"The problem does not know both of {pair.mentee} and {pair.mentor}.")


def check_people(problem: Problem, solution: Solution) -> None:
    """Check that nobody is in too many pairs, and that all who are left are named."""
    _check_capacities(problem, solution.pairs)
    _check_leftovers(problem, solution)


def _check_capacities(problem: Problem, pairs: tuple[Pair, ...]) -> None:
    mentees, mentors = Counter(pair.mentee for pair in pairs), Counter(pair.mentor for pair in pairs)
    for people, counts in ((problem.mentees, mentees), (problem.mentors, mentors)):
        for person in people:
            demand(counts[person.id] <= person.capacity, f"{person} is in more pairs than there is room for.")


def _check_leftovers(problem: Problem, solution: Solution) -> None:
    placed, load = {p.mentee for p in solution.pairs}, Counter(p.mentor for p in solution.pairs)
    left = {person.id for person in problem.mentees if person.capacity > 0} - placed
    demand(
        left == {person.person for person in solution.unmatched},
        "The list of mentees without anyone is wrong.",
    )
    free = {p.id: p.capacity - load[p.id] for p in problem.mentors if p.cleared and p.capacity > load[p.id]}
    demand(free == {place.mentor: place.places for place in solution.unused}, "The list of free places is wrong.")


@dataclass(frozen=True, slots=True)
class Block:
    """Hold what every pair of a few mentees (r by m) scores, and whether it may be made."""

    rows: IntArray
    scores: IntArray
    allowed: BoolArray


def blocks(market: Market) -> Iterator[Block]:
    """Yield all mentees, a few at a time, by the definitions of the criteria and rules themselves."""
    n, m = market.cohort.shape
    columns = np.arange(m)
    step = max(1, PAIRS_AT_ONCE // max(1, m))
    for first in range(0, n, step):
        rows = np.arange(first, min(n, first + step))
        scores = np.zeros((len(rows), m), dtype=np.int64)
        for name, share in shares(market.problem.weights).items():
            scores += market.criteria[name].points(share, rows, columns)
        allowed = np.ones((len(rows), m), dtype=np.bool_)
        for form in (form for rule in market.rules.values() for form in rule):
            allowed &= form.allows(rows, columns)
        allowed &= scores >= market.problem.rules.least_score
        for pairs, may in ((market.problem.forbidden, False), (market.problem.required, True)):
            mentees, mentors = market.cohort.places_of(pairs)
            inside = (mentees >= first) & (mentees <= rows[-1])
            allowed[mentees[inside] - first, mentors[inside]] = may
        yield Block(rows, scores, allowed)


def check_made(market: Market, solution: Solution, block: Block) -> None:
    first, last = (market.cohort.mentees[row].id for row in (block.rows[0], block.rows[-1]))
    for pair in (pair for pair in solution.pairs if first <= pair.mentee <= last):
        at = market.cohort.mentee_rows[pair.mentee] - block.rows[0], market.cohort.mentor_columns[pair.mentor]
        name = f"{pair.mentee} and {pair.mentor}"
        demand(bool(block.allowed[at]), f"The pair of {name} breaks a rule.")
        demand(int(block.scores[at]) == pair.score, f"The score of {name} is not {pair.score}.")
