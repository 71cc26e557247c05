"""Small tables with quotas of every shape, and the slow, plain answers to compare the solvers with."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from alongside.engine import Objective
from alongside.engine.table import Table
from alongside.engine.values.totals import QuotaRows


@dataclass(frozen=True)
class Case:
    table: Table
    quotas: tuple[QuotaRows, ...]
    minimums: np.ndarray
    objective: Objective
    settled: np.ndarray

    @property
    def options(self):
        return {"objective": self.objective, "settled": self.settled}


@st.composite
def tables(draw):
    n, m = draw(st.sampled_from([(1, 1), (1, 4), (2, 2), (2, 3), (3, 2), (3, 3), (4, 2), (5, 2), (4, 3), (0, 2)]))
    small = st.integers(0, 2)
    values = [[draw(st.integers(-3, 7)) for _ in range(m)] for _ in range(n)]
    wanted, places = ([draw(small) for _ in range(size)] for size in (n, m))
    return Table.of(np.array(values, dtype=np.int64).reshape(n, m), wanted, places)


@st.composite
def cases(draw, most_quotas=4, nested=False):
    table = draw(tables())
    n, m = table.values.shape
    quotas = []
    for _ in range(draw(st.integers(0, most_quotas))):
        side, size = draw(st.sampled_from([("mentee", n), ("mentor", m)]))
        # The first of k people nest whatever k is.
        members = range(draw(st.integers(0, size))) if nested else draw(st.sets(st.integers(0, max(0, size - 1))))
        least = draw(st.integers(0, 2))
        most = draw(st.none() | st.integers(least, least + 2))
        if size:
            quotas.append(QuotaRows(side, np.array(sorted(members), dtype=np.int64), least, most))
    minimums = np.array([draw(st.integers(0, 2)) for _ in range(m)], dtype=np.int64)
    settled = np.array([draw(st.sampled_from([False, False, True])) for _ in range(n)], dtype=np.bool_)
    return Case(
        table, tuple(quotas), minimums, draw(st.sampled_from([Objective.PLACE_FIRST, Objective.QUALITY])), settled
    )


def matchings(table):
    """Yield the rows and columns of every set of pairs within the capacities."""
    possible = np.argwhere(table.values >= 0)
    for size in range(min(int(table.wanted.sum()), int(table.places.sum()), len(possible)) + 1):
        for chosen in combinations(range(len(possible)), size):
            rows, columns = possible[list(chosen)].T.reshape(2, -1)
            if (_count(rows, table.wanted) <= table.wanted).all() and (
                _count(columns, table.places) <= table.places
            ).all():
                yield rows, columns


def _count(numbers, people):
    return np.bincount(numbers.astype(np.int64), minlength=len(people))


def rank(case, rows, columns):
    """Return what a matching is worth, as something to compare; None if it passes a quota's most."""
    table = case.table
    loads = {"mentee": _count(rows, table.wanted), "mentor": _count(columns, table.places)}
    missing = int(np.maximum(0, case.minimums - loads["mentor"]).sum())
    for quota in case.quotas:
        count = int(loads[quota.side][quota.members].sum())
        if quota.most is not None and count > quota.most:
            return None
        missing += max(0, quota.least - count)
    quality = int(table.values[rows, columns].sum())
    if case.objective is Objective.QUALITY:
        return -missing, quality
    return int(((loads["mentee"] > 0) & ~case.settled).sum()), -missing, len(rows), quality


def best_rank(case):
    ranks = (rank(case, rows, columns) for rows, columns in matchings(case.table))
    return max(found for found in ranks if found is not None)
