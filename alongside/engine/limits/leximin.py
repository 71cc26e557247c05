"""The matching in which the worst match is as good as can be, then the second worst, and so on.

Of the matchings with the most people placed and the most pairs, the one whose scores, sorted from the worst, come
last in the dictionary (leximin; Bogomolnaia and Moulin 2004, *Econometrica* 72, call the like
egalitarian). It is found as a *fair matching* is (Huang, Kavitha, Mehlhorn and Michail 2016, *Algorithmica* 74): from
the lowest score up, as few pairs as can be have it, given as few as can be of all the lower ones. After each score the
potentials say which pairs are in all best matchings, which in none, and which are still open (complementary
slackness), so that the next score chooses among the best of those before, and no weights need outgrow an integer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from alongside.engine.limits.circulation import Network
from alongside.engine.limits.constrained import Constrained, solve_constrained
from alongside.engine.limits.fitting import pairs_of
from alongside.engine.limits.nesting import Tree
from alongside.engine.table import IntArray, Table
from alongside.engine.values.totals import Program, QuotaRows

CLUTTER = 0.7
"""The part of the arcs that is still open below which the closed ones are cleared away; a matter of speed only."""


def leximin(
    table: Table,
    quotas: Sequence[QuotaRows] = (),
    minimums: npt.ArrayLike | None = None,
    *,
    settled: npt.ArrayLike | None = None,
    most: Constrained | None = None,
) -> tuple[IntArray, IntArray]:
    """Return rows and columns (sorted) of a matching that is best for the worst off, then the next, and so on.

    Before the scores count people placed, what minimums and quotas miss, and pairs, as in `solve_constrained`,
    whose parameters these are.

    :param most: what `solve_constrained` finds for `without_scores(table)`, where it is known.
    :raises ValueError: if the shapes do not fit, a bound contradicts itself, or quotas cross each other.
    """
    level = without_scores(table)
    least = np.zeros(len(table.places), np.int64) if minimums is None else np.asarray(minimums, dtype=np.int64)
    nobody = None if settled is None else np.asarray(settled, dtype=np.bool_)
    program = Program.of(level, quotas, least, settled=nobody)
    tree = Tree(program.totals)
    if len(tree.crossing):
        raise ValueError("Quotas that cross each other leave no network to climb in.")
    most = most or solve_constrained(level, quotas, minimums, settled=settled)
    # Of those with the most, one of much quality has few low scores to be rid of.
    start = solve_constrained(table, quotas, minimums, settled=settled)
    prices = np.concatenate([most.mentee_prices, most.mentor_prices, most.quota_prices])
    made = np.zeros(table.values.shape, dtype=np.bool_)
    made[start.rows, start.columns] = True
    # Prices close with every best matching, so a pair that is worth less than they charge is in none.
    rows, columns = pairs_of(made | (program.surplus(prices) >= 0))
    network = tree.network(program, (rows, columns), made[rows, columns], prices)
    return _Ladder(table, network, rows, columns).climb()


def without_scores(table: Table) -> Table:
    """Return the table in which all pairs that may be made score nothing, so that only their number counts."""
    return Table.of(np.where(table.values < 0, -1, 0), table.wanted, table.places, table.first)


class _Ladder:
    """Hold the network of all matchings that are best so far, and the pairs that are in every one of them."""

    def __init__(self, table: Table, network: Network, rows: IntArray, columns: IntArray) -> None:
        self.network = network
        self.fixed = np.zeros(table.values.shape, dtype=np.bool_)
        none = np.full(len(network.tail) - len(rows), -1, dtype=np.int64)
        self.rows, self.columns = np.concatenate([rows, none]), np.concatenate([columns, none])
        self.score = np.concatenate([table.values[rows, columns], none])
        self.open = np.ones(len(self.score), dtype=np.bool_)
        self._sort()

    def climb(self) -> tuple[IntArray, IntArray]:
        """Return the pairs, once every score from the lowest up is had by as few as can be.

        Scores that nobody need have are passed many at a time.
        """
        self._close(np.flatnonzero(self.network.reduced()))
        self.network.cost[:] = self.network.potential[:] = 0
        reached, stride = -1, 1
        while len(waiting := np.unique(self.score[self._made(reached)])):
            top = int(waiting[min(stride, len(waiting)) - 1])
            if stride == 1:
                stride += self._have_few(reached, top) == 0
                reached = top
            elif self._can_do_without(reached, top):
                reached, stride = top, 2 * stride
            else:
                stride = max(1, stride // 4)
        self._fix(self._made(-1))
        return pairs_of(self.fixed)

    def _can_do_without(self, above: int, top: int) -> bool:
        """Let as few pairs as can be score above one and up to the other; where none need, rule those pairs out."""
        between = self._between(above, top)
        self._make_few(between)
        self.network.potential[:] = 0
        if (self.network.backward[between] > 0).any():
            return False
        self._close(between)
        return True

    def _have_few(self, above: int, score: int) -> int:
        """Let as few pairs as can be have this score, keep the matchings in which it is so, and count those pairs."""
        # None of the pairs made has a score in between, so no best matching has.
        self._close(self._between(above, score - 1))
        having = self._between(score - 1, score)
        decided = self._make_few(having)
        count = int(np.count_nonzero(self.network.backward[having]))
        self._close(decided)
        self.network.potential[:] = 0
        return count

    def _make_few(self, arcs: IntArray) -> IntArray:
        """Make as few of these pairs as can be; return the arcs that are the same in all matchings with so few."""
        self.network.cost[arcs] = 1
        self.network.settle(among=arcs)
        decided = self.network.tense(arcs)
        self.network.cost[arcs] = 0
        return decided

    def _sort(self) -> None:
        self.order = np.argsort(self.score, kind="stable")
        self.sorted = self.score[self.order]

    def _between(self, above: int, top: int) -> IntArray:
        """Return the open pairs with a score above one and up to the other."""
        first, last = np.searchsorted(self.sorted, [above, top], side="right")
        arcs = self.order[first:last]
        return arcs[self.open[arcs]]

    def _made(self, above: int) -> IntArray:
        """Return the pairs that are made, still open, and score above."""
        arcs = np.flatnonzero(self.network.backward)
        return arcs[(self.rows[arcs] >= 0) & self.open[arcs] & (self.score[arcs] > above)]

    def _close(self, arcs: IntArray) -> None:
        """Let arcs keep for good what they carry."""
        self._fix(arcs[(self.rows[arcs] >= 0) & self.open[arcs] & (self.network.backward[arcs] > 0)])
        self.open[arcs] = False
        self.network.forward[arcs] = self.network.backward[arcs] = 0
        if np.count_nonzero(self.open) < CLUTTER * len(self.open):
            self.network.keep(self.open)
            self.rows, self.columns, self.score = (a[self.open] for a in (self.rows, self.columns, self.score))
            self.open = np.ones(len(self.score), dtype=np.bool_)
            self._sort()

    def _fix(self, pairs: IntArray) -> None:
        self.fixed[self.rows[pairs], self.columns[pairs]] = True
