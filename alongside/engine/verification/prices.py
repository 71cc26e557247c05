"""The proof by prices of mentors' places, where people and quality are all that counts, added up pair by pair."""

from __future__ import annotations

from collections import Counter

import numpy as np

from alongside.engine.answers.market import Market
from alongside.engine.table import IntArray
from alongside.engine.values.objective import LARGEST
from alongside.engine.values.problem import Problem
from alongside.engine.values.results import Certificate, Solution
from alongside.engine.values.settings import Objective
from alongside.engine.verification.pairs import Block, blocks, check_made, check_people, demand

PERFECT = 10_000


def verify_by_prices(market: Market, solution: Solution, certificate: Certificate) -> None:
    """Check that the pairs may be made and are worth what is said, and that the prices prove no others are worth more.

    :raises VerificationError: if anything is not as claimed.
    """
    _check_prices(market, certificate)
    for block in blocks(market):
        check_made(market, solution, block)
        _check_gains(market, certificate, block)
    check_people(market.problem, solution)
    _check_value(market.problem, solution, certificate)
    _check_bound(market, solution, certificate)


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
    demand((placed, quality, value) == claimed, "The pairs are not worth what the certificate says.")


def _check_prices(market: Market, certificate: Certificate) -> None:
    prices, gains = dict(certificate.mentor_prices), dict(certificate.mentee_prices)
    everyone = prices.keys() == market.cohort.mentor_columns.keys() and gains.keys() == market.cohort.mentee_rows.keys()
    demand(everyone, "The certificate does not price everyone exactly once.")
    demand(min([*prices.values(), *gains.values()], default=0) >= 0, "A price is below nothing.")


def _check_gains(market: Market, certificate: Certificate, block: Block) -> None:
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
        demand(gains[mentee.id] >= best, f"At these prices {mentee} could gain more than the certificate says.")


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
    demand(bound == certificate.bound, "The prices do not add up to the bound.")
