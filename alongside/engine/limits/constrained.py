"""The best matching within minimums and quotas, with prices that prove it.

What counts, in this order: people placed, what minimums and quotas still miss, pairs, quality (`Stakes`). A quota's
most is never passed. Where quotas nest, the matching is a flow and the proof closes exactly (`settling`); where they
cross, HiGHS searches, and the proof goes as far as it goes (`crossing`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from alongside.engine.limits.crossing import Model, Seconds, branch_and_bound, crossing_prices
from alongside.engine.limits.fitting import Pairs, fits, fitting, pairs_of
from alongside.engine.limits.nesting import Tree
from alongside.engine.limits.settling import promising, settle
from alongside.engine.table import NEVER, BoolArray, IntArray, Table
from alongside.engine.values.settings import Objective
from alongside.engine.values.totals import Program, QuotaRows, Stakes

LARGEST_MODEL = 200_000
"""Pairs that branch and bound is given at most."""

ROUNDS = 2
"""How often the prices of crossing quotas are looked for, each time among the pairs promising at the last."""

SMALL = 4_096
"""Pairs of a whole problem up to which branch and bound is given all of them at once."""


@dataclass(frozen=True, eq=False, slots=True)
class Constrained:
    """Hold chosen pairs as row and column numbers (sorted), what they are worth, and the proof.

    `placed` counts mentees with anyone, `missing` the pairs that minimums and quotas still wait for, `quality`
    adds up the scores. `value` is the sum of all, weighted with `stakes`. No matching is worth more than
    `bound`, which the prices of the mentees (n), mentors (m) and quotas (q) prove by adding up; a price below
    0 is what a minimum adds to a pair. `claimed` is the least bound there is: that of the prices, or one that HiGHS
    reports and nobody can check by adding up.
    """

    rows: IntArray
    columns: IntArray
    placed: int
    missing: int
    quality: int
    value: int
    bound: int
    claimed: int
    mentee_prices: IntArray
    mentor_prices: IntArray
    quota_prices: IntArray
    stakes: Stakes

    @property
    def gap(self) -> int:
        """Return how much more than this matching another could be worth at most, in points of the objective."""
        return self.claimed - self.value

    @property
    def proof(self) -> Literal["prices", "solver", "open"]:
        """Say what shows that no matching is worth more: the prices, the word of the solver, or nothing yet."""
        return "prices" if self.bound == self.value else "solver" if self.gap == 0 else "open"


def solve_constrained(
    table: Table,
    quotas: Sequence[QuotaRows] = (),
    minimums: npt.ArrayLike | None = None,
    *,
    objective: Objective = Objective.PLACE_FIRST,
    settled: npt.ArrayLike | None = None,
    seconds: float | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Constrained:
    """Choose the best pairs within minimums and quotas, and prove the choice.

    Counts people placed first, then what minimums and quotas miss, then pairs, then quality; with the objective
    QUALITY, only the second and the last.

    :param table: scores, without rewards: what comes first is for the stakes, which are worked out here.
    :param quotas: whatever they are, but the proof closes for certain only where those of a side nest.
    :param minimums: m integers, how many mentees each mentor is to have at least, where possible.
    :param settled: n booleans, mentees who have someone already; placing them counts for nothing.
    :param seconds: how long to search; afterwards the best known is returned with its gap. None is no limit.
        The clock is looked at between steps, so a large cohort may take some seconds more.
    :param stop: asked between steps; where it says yes, the time is over.
    :raises ValueError: if the shapes do not fit, a bound contradicts itself, or it is too large to be exact.
    """
    expecting = _minimums(table, minimums)
    program = Program.of(table, quotas, expecting, objective, _settled(table, settled))
    search = _Search(program, _time_left(seconds, stop))
    search.run()
    return _constrained(search, int(expecting.sum()) + sum(quota.least for quota in quotas))


def _minimums(table: Table, minimums: npt.ArrayLike | None) -> IntArray:
    given = np.zeros(len(table.places), np.int64) if minimums is None else np.asarray(minimums, dtype=np.int64)
    if given.shape != table.places.shape or (given < 0).any():
        raise ValueError(f"There must be {len(table.places)} minimums, one for each mentor, from 0.")
    return given


def _settled(table: Table, settled: npt.ArrayLike | None) -> BoolArray:
    given = np.zeros(len(table.wanted), np.bool_) if settled is None else np.asarray(settled, dtype=np.bool_)
    if given.shape != table.wanted.shape:
        raise ValueError(f"It must be said of {len(table.wanted)} mentees whether they are settled.")
    return given


def _time_left(seconds: float | None, stop: Callable[[], bool]) -> Seconds:
    """Return a function that tells the seconds left from now on."""
    end = np.inf if seconds is None else time.monotonic() + seconds
    return lambda: 0.0 if stop() else max(0.0, end - time.monotonic())


class _Search:
    """Hold the best matching and the best bound so far, and make them better."""

    def __init__(self, program: Program, left: Seconds) -> None:
        self.program, self.left = program, left
        self.tree = Tree(program.totals)
        self.prices = np.zeros(self.tree.root, dtype=np.int64)
        self.bound = program.bound(self.prices)
        self.claimed = self.bound
        self.pairs: Pairs = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self.value = 0

    def late(self) -> bool:
        """Tell whether the time is over."""
        return self.left() <= 0

    def run(self) -> None:
        """Search until the proof closes, all has been tried, or the time is over."""
        self.relax(self.prices)
        for _ in range(ROUNDS):
            if self.closed() or self.late() or not len(self.tree.crossing):
                return
            prices = crossing_prices(self.model(), self.tree.crossing, self.left)
            if prices is None or self.late():
                return
            self.relax(prices)
        self.branch()

    def closed(self) -> bool:
        """Tell whether it is shown that no matching is worth more."""
        return self.value == self.claimed

    def relax(self, crossing: IntArray) -> None:
        """Settle the nested quotas at fixed prices of the crossing ones."""
        mentees, mentors = self.program.totals.shares(crossing)
        values = self.program.values - mentees[:, None] - mentors
        relaxed = replace(self.program, values=np.where(self.program.values == NEVER, NEVER, values))
        made, prices, in_time = settle(relaxed, self.tree, self.late)
        self.learn_prices(prices + crossing)
        pairs = pairs_of(made)
        self.learn_pairs(pairs if in_time and fits(self.program, pairs) else self.fitted(made))

    def fitted(self, made: BoolArray) -> Pairs:
        """Return pairs near those made that keep all bounds."""
        return fitting(self.program, made, promising(self.program.surplus(self.prices)))

    def learn_prices(self, prices: IntArray) -> None:
        """Keep prices that bound more closely than those known."""
        bound = self.program.bound(prices)
        if bound <= self.bound:
            self.prices, self.bound, self.claimed = prices, bound, min(bound, self.claimed)

    def learn_pairs(self, pairs: Pairs) -> None:
        """Keep a matching that is worth more than the one known."""
        value = self.program.value(*pairs)
        if value > self.value:
            self.pairs, self.value = pairs, value

    def model(self) -> Model:
        """Return the model of the pairs that look best at the prices, and of those made."""
        return Model(self.program, pairs_of(self.promising()))

    def promising(self) -> BoolArray:
        """Mark the pairs that look best at the prices, and those made; all of a small problem."""
        possible: BoolArray = self.program.values != NEVER
        if np.count_nonzero(possible) <= SMALL:
            return possible
        marked = promising(self.program.surplus(self.prices))
        marked[self.pairs] = True
        return marked

    def branch(self) -> None:
        """Let HiGHS search among promising pairs, and then among all that could still matter."""
        tried = self.promising()
        while not self.closed() and not self.late():
            pairs, claim = branch_and_bound(Model(self.program, pairs_of(tried)), self.left)
            if pairs is not None:
                self.learn_pairs(pairs)
            mattering = self.mattering()
            if not (mattering & ~tried).any():
                self.claimed = self.claimed if claim is None else max(self.value, min(claim, self.claimed))
                return
            tried |= mattering
            if np.count_nonzero(tried) > LARGEST_MODEL:
                return

    def mattering(self) -> BoolArray:
        """Mark the pairs that could be in a matching worth more than the one known.

        A pair worth less than its totals charge lowers the bound of every matching it is in by the difference.
        """
        surplus = self.program.surplus(self.prices)
        mattering: BoolArray = (surplus != NEVER) & (surplus > self.value - self.bound)
        return mattering


def _constrained(search: _Search, expected: int) -> Constrained:
    program, (rows, columns) = search.program, search.pairs
    totals, (n, m) = program.totals, program.values.shape
    met = np.minimum(totals.loads(rows, columns), totals.least)[n:]
    return Constrained(
        rows=rows,
        columns=columns,
        placed=len(np.unique(rows)),
        missing=expected - int(met.sum()),
        quality=int((program.values[rows, columns] - program.stakes.pair).sum()),
        value=search.value,
        bound=search.bound,
        claimed=search.claimed,
        mentee_prices=search.prices[:n],
        mentor_prices=search.prices[n : n + m],
        quota_prices=search.prices[n + m :],
        stakes=program.stakes,
    )
