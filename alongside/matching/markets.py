"""Prepared problems kept at hand, so that a question about a pair does not measure the cohort again.

A market is kept by the value of its people: a participant who changes makes another key, so nothing here can be out of
date and nothing needs to be emptied. A few cohorts are kept per process.
"""

from collections import OrderedDict
from threading import Lock

from alongside import engine

KEPT = 4

_kept: OrderedDict[int, engine.Market] = OrderedDict()
_lock = Lock()


def market_of(problem: engine.Problem) -> engine.Market:
    """Return ``problem`` prepared; where its people are known already, only what was decided about them is new."""
    key = hash((problem.mentees, problem.mentors))
    with _lock:
        kept = _kept.pop(key, None)
    if kept is None:
        market = engine.Market.of(problem)
    else:
        market = kept.changed(
            weights=problem.weights,
            rules=problem.rules,
            required=problem.required,
            forbidden=problem.forbidden,
            objective=problem.objective,
        )
    with _lock:
        _kept[key] = market
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return market
