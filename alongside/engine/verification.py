"""An independent check of a solution and its certificate.

It shares with the solver what a problem *means* (rules, scores) and nothing of how it is solved: the
reasoning is written out pair by pair, so that whoever doubts a matching need only read this page.
"""

from __future__ import annotations

from collections import Counter

from alongside.engine.market import Market
from alongside.engine.problem import Problem
from alongside.engine.results import Certificate, Pair, Solution
from alongside.engine.serialisation import fingerprint
from alongside.engine.settings import Objective

PERFECT = 10_000


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
    _check_capacities(problem, solution.pairs)
    _check_leftovers(problem, solution)
    _check_value(problem, solution, certificate)
    _check_bound(market, certificate)
    _demand(certificate.proven, f"The bound is {certificate.bound}, the value {certificate.value}: unproven.")


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise VerificationError(otherwise)


def _check_pairs(market: Market, pairs: tuple[Pair, ...]) -> None:
    made = {(pair.mentee, pair.mentor) for pair in pairs}
    _demand(len(made) == len(pairs), "A pair is there twice.")
    _demand(made >= market.problem.required, "A required pair is missing.")
    for pair in pairs:
        name = f"{pair.mentee} and {pair.mentor}"
        known = pair.mentee in market.cohort.mentee_rows and pair.mentor in market.cohort.mentor_columns
        _demand(known, f"The problem does not know both of {name}.")
        _demand(market.allowed(pair.mentee, pair.mentor), f"The pair of {name} breaks a rule.")
        _demand(market.score(pair.mentee, pair.mentor) == pair.score, f"The score of {name} is not {pair.score}.")


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
    pair = most * PERFECT + 1
    return pair, min(sum(max(0, count - 1) for count in wanted), most) * pair


def _check_value(problem: Problem, solution: Solution, certificate: Certificate) -> None:
    pair, first = _rewards(problem)
    placed = len({p.mentee for p in solution.pairs})
    quality = sum(p.score for p in solution.pairs)
    value = placed * first + len(solution.pairs) * pair + quality
    claimed = (certificate.placed, certificate.quality, certificate.value)
    _demand((placed, quality, value) == claimed, "The pairs are not worth what the certificate says.")


def _check_bound(market: Market, certificate: Certificate) -> None:
    """Check the dual solution: with these prices nobody could gain more, so their sum bounds every
    arrangement.

    Any arrangement is worth what its mentees gain at the prices, and what its mentors' places fetch; the
    first is at most the sum of the mentees' greatest gains, the second at most all places at their prices.
    """
    problem = market.problem
    pair, first = _rewards(problem)
    prices, gains = dict(certificate.mentor_prices), dict(certificate.mentee_prices)
    everyone = prices.keys() == market.cohort.mentor_columns.keys() and gains.keys() == market.cohort.mentee_rows.keys()
    _demand(everyone, "The certificate does not price everyone exactly once.")
    _demand(min([*prices.values(), *gains.values()], default=0) >= 0, "A price is below nothing.")
    locked_mentees = Counter(mentee for mentee, _ in problem.required)
    locked_mentors = Counter(mentor for _, mentor in problem.required)
    bound = len(locked_mentees) * first + sum(market.score(*locked) + pair for locked in problem.required)
    bound += sum(prices[p.id] * min(p.capacity - locked_mentors[p.id], len(problem.mentees)) for p in problem.mentors)
    for row, mentee in enumerate(market.cohort.mentees):
        room = mentee.capacity - locked_mentees[mentee.id]
        offers = _offers(market, row, pair, prices)[:room]
        reward = first if not locked_mentees[mentee.id] else 0
        best = max(0, reward + offers[0] + sum(max(0, offer) for offer in offers[1:])) if offers else 0
        _demand(gains[mentee.id] >= best, f"At these prices {mentee} could gain more than the certificate says.")
        bound += gains[mentee.id]
    _demand(bound == certificate.bound, "The prices do not add up to the bound.")


def _offers(market: Market, row: int, pair: int, prices: dict[str, int]) -> list[int]:
    """Return what each possible mentor would be worth to a mentee at the prices, best first; settled pairs apart."""
    mentee, score, allowed = (
        market.cohort.mentees[row].id,
        market.scores[row].tolist(),
        market.allowances[row].tolist(),
    )
    return sorted(
        (
            score[column] + pair - prices[mentor.id]
            for column, mentor in enumerate(market.cohort.mentors)
            if allowed[column] and (mentee, mentor.id) not in market.problem.required
        ),
        reverse=True,
    )
