"""An independent check of a solution and its certificate.

It shares with the solver what a problem *means* (rules, scores) and nothing of how it is solved: the
reasoning is written out pair by pair, so that whoever doubts a matching need only read this page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from alongside.engine.market import Market
from alongside.engine.objective import LARGEST
from alongside.engine.problem import Problem
from alongside.engine.results import Certificate, Pair, Solution
from alongside.engine.scores import shares
from alongside.engine.serialisation import fingerprint
from alongside.engine.settings import Objective
from alongside.engine.table import BoolArray, IntArray

PERFECT = 10_000

PAIRS_AT_ONCE = 1_000_000
"""Pairs looked at together: few enough for any machine's memory."""


class VerificationError(ValueError):
    """Say what about a solution or its certificate is not as claimed."""


def verify(problem: Problem, solution: Solution, certificate: Certificate) -> None:
    """Check that the solution keeps every rule, and that the certificate proves no other is worth more.

    :raises VerificationError: if anything is not as claimed.
    """
    market = Market.of(problem)
    _demand(
        certificate.fingerprint == fingerprint(problem, *market.cohort.digests),
        "The certificate belongs to another problem: the fingerprints differ.",
    )
    _check_pairs(market, solution.pairs)
    _check_prices(market, certificate)
    for block in _blocks(market):
        _check_made(market, solution, block)
        _check_gains(market, certificate, block)
    _check_capacities(problem, solution.pairs)
    _check_leftovers(problem, solution)
    _check_value(problem, solution, certificate)
    _check_bound(market, solution, certificate)
    _demand(certificate.proven, f"The bound is {certificate.bound}, the value {certificate.value}: unproven.")


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise VerificationError(otherwise)


def _check_pairs(market: Market, pairs: tuple[Pair, ...]) -> None:
    made = {(pair.mentee, pair.mentor) for pair in pairs}
    _demand(len(made) == len(pairs), "A pair is there twice.")
    _demand(made >= market.problem.required, "A required pair is missing.")
    for pair in pairs:
        known = pair.mentee in market.cohort.mentee_rows and pair.mentor in market.cohort.mentor_columns
        _demand(known, f"The problem does not know both of {pair.mentee} and {pair.mentor}.")


def _check_capacities(problem: Problem, pairs: tuple[Pair, ...]) -> None:
    mentees, mentors = Counter(pair.mentee for pair in pairs), Counter(pair.mentor for pair in pairs)
    for people, counts in ((problem.mentees, mentees), (problem.mentors, mentors)):
        for person in people:
            _demand(counts[person.id] <= person.capacity, f"{person} is in more pairs than there is room for.")


def _check_leftovers(problem: Problem, solution: Solution) -> None:
    placed, load = {p.mentee for p in solution.pairs}, Counter(p.mentor for p in solution.pairs)
    left = {person.id for person in problem.mentees if person.capacity > 0} - placed
    _demand(
        left == {person.person for person in solution.unmatched},
        "The list of mentees without anyone is wrong.",
    )
    free = {p.id: p.capacity - load[p.id] for p in problem.mentors if p.cleared and p.capacity > load[p.id]}
    _demand(free == {place.mentor: place.places for place in solution.unused}, "The list of free places is wrong.")


def _rewards(problem: Problem) -> tuple[int, int]:
    """Return what the objective gives for every pair, and for a mentee's first (docs/matching.md, "The objective")."""
    if problem.objective is Objective.QUALITY:
        return 0, 0
    mentees, mentors = problem.mentees, problem.mentors
    wanted = [min(person.capacity, len(mentors)) for person in mentees]
    places = [min(person.capacity, len(mentees)) for person in mentors]
    most = min(sum(wanted), sum(places))
    pair = min((most + 1) * PERFECT + 1, LARGEST)
    return pair, min(sum(max(0, count - 1) for count in wanted), most) * pair


def _check_value(problem: Problem, solution: Solution, certificate: Certificate) -> None:
    pair, first = _rewards(problem)
    placed = len({p.mentee for p in solution.pairs})
    quality = sum(p.score for p in solution.pairs)
    value = placed * first + len(solution.pairs) * pair + quality
    claimed = (certificate.placed, certificate.quality, certificate.value)
    _demand((placed, quality, value) == claimed, "The pairs are not worth what the certificate says.")


def _check_prices(market: Market, certificate: Certificate) -> None:
    prices, gains = dict(certificate.mentor_prices), dict(certificate.mentee_prices)
    everyone = prices.keys() == market.cohort.mentor_columns.keys() and gains.keys() == market.cohort.mentee_rows.keys()
    _demand(everyone, "The certificate does not price everyone exactly once.")
    _demand(min([*prices.values(), *gains.values()], default=0) >= 0, "A price is below nothing.")


@dataclass(frozen=True, slots=True)
class _Block:
    """Hold what every pair of a few mentees (r by m) scores, and whether it may be made."""

    rows: IntArray
    scores: IntArray
    allowed: BoolArray


def _blocks(market: Market) -> Iterator[_Block]:
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
        yield _Block(rows, scores, allowed)


def _check_made(market: Market, solution: Solution, block: _Block) -> None:
    first, last = (market.cohort.mentees[row].id for row in (block.rows[0], block.rows[-1]))
    for pair in (pair for pair in solution.pairs if first <= pair.mentee <= last):
        at = market.cohort.mentee_rows[pair.mentee] - block.rows[0], market.cohort.mentor_columns[pair.mentor]
        name = f"{pair.mentee} and {pair.mentor}"
        _demand(bool(block.allowed[at]), f"The pair of {name} breaks a rule.")
        _demand(int(block.scores[at]) == pair.score, f"The score of {name} is not {pair.score}.")


def _check_gains(market: Market, certificate: Certificate, block: _Block) -> None:
    """Check that at the prices no mentee could gain more than the certificate says, choosing for herself."""
    reward, first = _rewards(market.problem)
    prices, gains = dict(certificate.mentor_prices), dict(certificate.mentee_prices)
    at_prices = np.array([prices[mentor.id] for mentor in market.cohort.mentors], dtype=np.int64)
    settled = Counter(mentee for mentee, _ in market.problem.required)
    for row, scores, allowed in zip(block.rows.tolist(), block.scores, block.allowed, strict=True):
        mentee = market.cohort.mentees[row]
        free = allowed.copy()
        free[[market.cohort.mentor_columns[other] for one, other in market.problem.required if one == mentee.id]] = (
            False
        )
        offers = (scores + reward - at_prices)[free]
        best = _most(offers, mentee.capacity - settled[mentee.id], 0 if settled[mentee.id] else first)
        _demand(gains[mentee.id] >= best, f"At these prices {mentee} could gain more than the certificate says.")


def _most(offers: IntArray, room: int, first: int) -> int:
    """Return the most that up to `room` of the offers come to, with what the first of them earns."""
    if not room or not len(offers):
        return 0
    if room == 1:
        return max(0, first + int(offers.max()))
    best = np.sort(offers)[::-1][:room]
    return max(0, first + int(best[0]) + int(np.maximum(best[1:], 0).sum()))


def _check_bound(market: Market, solution: Solution, certificate: Certificate) -> None:
    """Check that the prices add up to the bound.

    Any arrangement is worth what its mentees gain at the prices, and what its mentors' places fetch; the
    first is at most the sum of the mentees' greatest gains, the second at most all places at their prices.
    """
    problem = market.problem
    reward, first = _rewards(problem)
    settled = [pair.score + reward for pair in solution.pairs if (pair.mentee, pair.mentor) in problem.required]
    filled, prices = Counter(mentor for _, mentor in problem.required), dict(certificate.mentor_prices)
    places = sum(prices[p.id] * min(p.capacity - filled[p.id], len(problem.mentees)) for p in problem.mentors)
    gains = sum(gain for _, gain in certificate.mentee_prices)
    bound = len({mentee for mentee, _ in problem.required}) * first + sum(settled) + gains + places
    _demand(bound == certificate.bound, "The prices do not add up to the bound.")
