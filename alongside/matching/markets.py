"""Prepared problems kept at hand, so that a question about a pair does not prepare the cohort again.

A market is kept by the value of its people and rules: a participant who changes makes another key, so nothing here can
be out of date and nothing needs to be emptied. A few cohorts are kept per process.
"""

from collections import OrderedDict
from threading import Lock

from alongside import engine

KEPT = 4

_kept: OrderedDict[int, engine.Market] = OrderedDict()
_lock = Lock()


def market_of(problem: engine.Problem) -> engine.Market:
    """Return ``problem`` prepared, from what is kept where only weights, objective or pairs differ."""
    key = hash((problem.mentees, problem.mentors, problem.rules))
    with _lock:
        kept = _kept.get(key)
    market = kept or engine.Market.of(problem)
    with _lock:
        _kept[key] = market
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return market.restated(problem)
