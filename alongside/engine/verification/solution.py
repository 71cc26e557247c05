"""An independent check of a solution and its certificate.

It shares with the solver what a problem *means* (rules, scores) and nothing of how it is solved: the
reasoning is written out pair by pair, so that whoever doubts a matching need only read these pages:
`verification_pairs` for what may be made, `verification_prices` for the proof by prices, `verification_quotas` for
that within limits.

Two things no prices can prove are checked by solving again, and each such answer is itself verified: that
a higher floor would cost people or pairs, and that a solver's word is not contradicted.
"""

from __future__ import annotations

from dataclasses import replace

from alongside.engine.answers.market import Market
from alongside.engine.limits.modes import needs_table
from alongside.engine.limits.terms import has_limits
from alongside.engine.measuring.reading import Reader
from alongside.engine.values.problem import Problem
from alongside.engine.values.results import Certificate, Solution
from alongside.engine.values.serialisation import fingerprint
from alongside.engine.values.settings import PERFECT, Objective
from alongside.engine.verification.limits import verify_within_limits
from alongside.engine.verification.pairs import (
    VerificationError,
    check_pairs,
    demand,
)
from alongside.engine.verification.prices import verify_by_prices
from alongside.engine.verification.quotas import verify_quotas


def verify(problem: Problem, solution: Solution, certificate: Certificate, reader: Reader | None = None) -> None:
    """Check that the solution keeps every rule, and that the certificate proves what it says it does.

    Of LEXIMIN it checks that nobody more can be placed, no more pairs made, and the worst match not raised; not that
    the second worst cannot be, and so on. Of a proof that is the word of a solver it checks that solving again finds
    nothing better.

    :param reader: the model that read the texts, if one did: whoever checks a score must know what it is made of.
    :raises VerificationError: if anything is not as claimed, or nothing is proven.
    """
    _check_model(certificate, reader)
    market = Market.of(problem, reader)
    otherwise = f", or the model “{reader.name}” reads otherwise than it did" if reader else ""
    demand(
        certificate.fingerprint == fingerprint(problem, *market.cohort.digests),
        f"The certificate belongs to another problem{otherwise}: the fingerprints differ.",
    )
    said = certificate.objective, certificate.limited
    demand(said == (problem.objective, has_limits(problem)), "The certificate says it is for another kind of problem.")
    check_pairs(market, solution.pairs)
    check = verify_within_limits if needs_table(problem) else verify_by_prices
    check(_above(market, certificate.floor), solution, certificate)
    _check_proof(market, solution, certificate)
    _check_floor(market, solution, certificate)


def _check_model(certificate: Certificate, reader: Reader | None) -> None:
    given = reader.name if reader else ""
    how = f"by the model “{certificate.model}”" if certificate.model else "by no model, but compared word by word"
    but = f", and the model “{given}” is given" if given else ", and no model is given"
    demand(certificate.model == given, f"The texts were read {how}{but}: give the verifier what read them.")


def _check_proof(market: Market, solution: Solution, certificate: Certificate) -> None:
    unproven = f"The bound is {certificate.bound}, the value {certificate.value}: unproven."
    demand(certificate.proof != "open", unproven)
    if certificate.proof == "prices":
        demand(certificate.value == certificate.bound, unproven)
        return
    demand(
        certificate.gap == 0, f"The solver claims {certificate.claimed}, the value is {certificate.value}: unproven."
    )
    again = _above(market, certificate.floor).solve()
    better = _rank(market.problem, again.solution) > _rank(market.problem, solution)
    demand(not better, "Solving again finds a better arrangement.")


def _above(market: Market, floor: int) -> Market:
    """Return the market in which no pair is made below a floor, if it is one whose worst match is to be raised."""
    if market.problem.objective is not Objective.FLOOR_FIRST:
        return market
    rules = market.problem.rules
    return market.changed(
        rules=replace(rules, least_score=max(floor, rules.least_score)), objective=Objective.PLACE_FIRST
    )


def _check_floor(market: Market, solution: Solution, certificate: Certificate) -> None:
    """Check that with the floor as much is reached as without, and with the next higher one less."""
    problem = market.problem
    demand(
        problem.objective is Objective.FLOOR_FIRST or not certificate.floor, "There is a floor, and none was asked for."
    )
    chosen = [pair.score for pair in solution.pairs if (pair.mentee, pair.mentor) not in problem.required]
    worst, reached = min(chosen, default=0), _reached(problem, solution)
    if problem.objective is Objective.FLOOR_FIRST:
        demand(certificate.floor == worst, "The floor is not what the worst pair scores.")
        demand(
            _reached_above(market, 0) == reached, "With a lower floor more people are placed, or more pairs are made."
        )
    if chosen and worst < PERFECT and problem.objective in (Objective.FLOOR_FIRST, Objective.LEXIMIN):
        demand(_reached_above(market, worst + 1) < reached, "The worst match can be raised.")


def _reached_above(market: Market, floor: int) -> tuple[int, int, int]:
    """Return what is reached without pairs below a floor; proven, since the answer is verified."""
    above = _above(market.changed(objective=Objective.FLOOR_FIRST), floor)
    found = above.solve()
    verify(above.problem, found.solution, found.certificate, market.cohort.reader)
    return _reached(above.problem, found.solution)


def _reached(problem: Problem, solution: Solution) -> tuple[int, int, int]:
    """Return what comes before quality, as something to compare: people, minimums and quotas, pairs."""
    placed = len({pair.mentee for pair in solution.pairs})
    return placed, -verify_quotas(problem, solution.pairs), len(solution.pairs)


def _rank(problem: Problem, solution: Solution) -> tuple[int, ...]:
    """Return what the whole is worth above its floor, as something to compare."""
    reached, quality = _reached(problem, solution), sum(pair.score for pair in solution.pairs)
    return (reached[1], quality) if problem.objective is Objective.QUALITY else (*reached, quality)


__all__ = ["VerificationError", "verify"]
