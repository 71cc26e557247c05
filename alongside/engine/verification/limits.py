"""The proof by prices within minimums and quotas: a certificate by ids, as `verification_quotas` adds it up."""

from __future__ import annotations

import numpy as np

from alongside.engine.answers.market import Market
from alongside.engine.limits.constrained import Constrained
from alongside.engine.limits.terms import Counts, Terms
from alongside.engine.table import IntArray, Table
from alongside.engine.values.people import Person
from alongside.engine.values.quotas import in_order
from alongside.engine.values.results import Certificate, Solution
from alongside.engine.values.settings import Objective
from alongside.engine.values.totals import Stakes
from alongside.engine.verification.pairs import blocks, check_made, check_people, demand
from alongside.engine.verification.quotas import verify_constrained, verify_quotas


def verify_within_limits(market: Market, solution: Solution, certificate: Certificate) -> None:
    """Check that the pairs keep all limits and are worth what is said, and that the prices add up to the bound.

    :raises VerificationError: if anything is not as claimed.
    """
    terms = _terms(market, solution)
    check_people(market.problem, solution)
    stakes, objective = certificate.stakes, market.problem.objective
    if stakes is None:
        demand(False, "The certificate does not say what counts how much.")
        return
    counts = Counts.of(solution, verify_quotas(market.problem, solution.pairs))
    said = certificate.placed, certificate.missing, certificate.quality, certificate.value
    value = counts.value(terms.expected, stakes, objective)
    are = counts.placed, counts.missing, counts.quality, value
    demand(are == said, "The pairs are not worth what the certificate says.")
    found = _found(market, terms, solution, certificate, stakes)
    verify_constrained(
        _looked_at(terms, objective),
        terms.quotas,
        terms.minimums.tolist(),
        found,
        objective=Objective.QUALITY if objective is Objective.QUALITY else Objective.PLACE_FIRST,
        settled=terms.settled.tolist(),
    )


def _terms(market: Market, solution: Solution) -> Terms:
    scores, allowed = [], []
    for block in blocks(market):
        check_made(market, solution, block)
        scores.append(block.scores)
        allowed.append(block.allowed)
    shape = (0, len(market.cohort.mentors))
    nothing = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    return Terms.of(
        market.problem, market.cohort, np.concatenate([nothing[0], *scores]), np.concatenate([nothing[1], *allowed])
    )


def _looked_at(terms: Terms, objective: Objective) -> Table:
    """Return the table the prices are about: LEXIMIN proves how many pairs there are, whatever they score."""
    table = terms.table
    if objective is not Objective.LEXIMIN:
        return table
    return Table.of(np.where(table.values < 0, -1, 0), table.wanted, table.places)


def _found(market: Market, terms: Terms, solution: Solution, certificate: Certificate, stakes: Stakes) -> Constrained:
    """Return what was chosen beside the locked pairs, with what the certificate says of it."""
    problem, cohort = market.problem, market.cohort
    chosen = [pair for pair in solution.pairs if (pair.mentee, pair.mentor) not in problem.required]
    rows, columns = cohort.places_of((pair.mentee, pair.mentor) for pair in chosen)
    scored = problem.objective is not Objective.LEXIMIN
    quality = sum(pair.score for pair in chosen) if scored else 0
    still = int(terms.minimums.sum()) + sum(quota.least for quota in terms.quotas)
    locked = Counts(
        int(terms.settled.sum()), still, len(problem.required), certificate.quality - quality if scored else 0
    )
    settled = locked.value(terms.expected, stakes, problem.objective)
    claimed = certificate.bound if certificate.claimed is None else certificate.claimed
    return Constrained(
        rows=rows,
        columns=columns,
        placed=len({pair.mentee for pair in chosen}),
        missing=certificate.missing,
        quality=quality,
        value=certificate.value - settled,
        bound=certificate.bound - settled,
        claimed=claimed - settled,
        mentee_prices=_in_order(cohort.mentees, certificate.mentee_prices),
        mentor_prices=_in_order(cohort.mentors, certificate.mentor_prices),
        quota_prices=_of_quotas(market, certificate),
        stakes=stakes,
    )


def _in_order(people: tuple[Person, ...], prices: tuple[tuple[str, int], ...]) -> IntArray:
    by_id = dict(prices)
    everyone = len(by_id) == len(prices) and by_id.keys() == {person.id for person in people}
    demand(everyone, "The certificate does not price everyone exactly once.")
    return np.array([by_id[person.id] for person in people], dtype=np.int64)


def _of_quotas(market: Market, certificate: Certificate) -> IntArray:
    by_name, quotas = dict(certificate.quota_prices), in_order(market.problem.quotas)
    each = len(by_name) == len(certificate.quota_prices) and by_name.keys() == {quota.name for quota in quotas}
    demand(each, "The certificate does not price every quota exactly once.")
    return np.array([by_name[quota.name] for quota in quotas], dtype=np.int64)
