"""Prepared problems kept at hand, so that a question about a pair does not measure the cohort again.

A market is kept by the value of its people and of what is opened: a participant who changes makes another key, so
nothing here can be out of date and nothing needs to be emptied. A few cohorts are kept per process, and the proofs of a
few more: with a proof at hand, a question about a change starts from what is known.
"""

from collections import OrderedDict
from threading import Lock

from alongside import engine

KEPT = 4
PROOFS_KEPT = 64

_kept: OrderedDict[int, engine.Market] = OrderedDict()
_proofs: OrderedDict[str, engine.Certificate] = OrderedDict()
_lock = Lock()


def market_of(problem: engine.Problem) -> engine.Market:
    """Return ``problem`` prepared; where its people are known already, only what was decided about them is new."""
    people = (problem.mentees, problem.mentors, problem.opened)
    key = hash(people)
    with _lock:
        kept = _kept.pop(key, None)
    # Different people can have one hash (those of -1.0 and -2.0 degrees are equal), so the values decide.
    same = kept and (kept.problem.mentees, kept.problem.mentors, kept.problem.opened) == people
    market = _decided(kept, problem) if kept and same else engine.Market.of(problem)
    with _lock:
        _kept[key] = market
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return market


def keep_proof(certificate: engine.Certificate) -> None:
    """Keep the proof of a problem's optimum at hand."""
    with _lock:
        _proofs[certificate.fingerprint] = certificate
        while len(_proofs) > PROOFS_KEPT:
            _proofs.popitem(last=False)


def kept_proof(fingerprint: str) -> engine.Certificate | None:
    """Return the proof that was kept for a problem, or None."""
    with _lock:
        return _proofs.get(fingerprint)


def proof_of(market: engine.Market) -> engine.Certificate:
    """Return the proof of a market's optimum, found now where it is not at hand."""
    kept = kept_proof(market.fingerprint)
    if kept is None:
        kept = market.solve().certificate
        keep_proof(kept)
    return kept


def _decided(kept: engine.Market, problem: engine.Problem) -> engine.Market:
    """Return a market of people who are known, under the decisions of ``problem``."""
    before = kept.problem
    if before == problem:
        return kept
    return kept.changed(
        weights=problem.weights,
        rules=problem.rules,
        required=problem.required,
        forbidden=problem.forbidden,
        objective=problem.objective,
        quotas=problem.quotas,
    )
