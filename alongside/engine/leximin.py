"""The matching in which the worst match is as good as can be, then the second worst, and so on.

Of the matchings with the most people placed and the most pairs, the one whose scores, sorted from the worst, come
last in the dictionary (leximin; Bogomolnaia and Moulin 2004, *Econometrica* 72, call such random assignments egalitarian). It
is found as a *fair matching* is (Huang, Kavitha, Mehlhorn and Michail 2016, *Algorithmica* 74): from the lowest score
up, as few pairs as can be have it, given as few as can be of all the lower ones. After each score the potentials say
which pairs are in all best matchings, which in none, and which are still open (complementary slackness), so that the
next score chooses among the best of those before, and no weights need outgrow an integer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from alongside.engine.circulation import Network
from alongside.engine.constrained import Constrained, solve_constrained
from alongside.engine.nesting import Tree
from alongside.engine.table import BoolArray, IntArray, Table
from alongside.engine.totals import Program, QuotaRows

CLUTTER = 0.7
"""The part of the arcs that is still open below which the closed ones are cleared away; a matter of speed only."""


def leximin(
    table: Table,
    quotas: Sequence[QuotaRows] = (),
    minimums: npt.ArrayLike | None = None,
    *,
    settled: npt.ArrayLike | None = None,
) -> tuple[IntArray, IntArray]:
    """Return rows and columns (sorted) of a matching that is best for the worst off, then the next, and so on.

    Before the scores count people placed, what minimums and quotas miss, and pairs, as in `solve_constrained`,
    whose parameters these are.

    :raises ValueError: if the shapes do not fit, a bound contradicts itself, or quotas cross each other.
    """
    level = Table.of(np.where(table.values < 0, -1, 0), table.wanted, table.places, table.first)
    most = solve_constrained(level, quotas, minimums, settled=settled)
    least = np.zeros(len(table.places), np.int64) if minimums is None else np.asarray(minimums, dtype=np.int64)
    nobody = None if settled is None else np.asarray(settled, dtype=np.bool_)
    program = Program.of(level, quotas, least, settled=nobody)
    return _Ladder(table, program, most).climb()


class _Ladder:
    """Hold the network of all matchings that are best so far, and the pairs that are in every one of them."""

    def __init__(self, table: Table, program: Program, most: Constrained) -> None:
        tree = Tree(program.totals)
        if len(tree.crossing):
            raise ValueError("Quotas that cross each other leave no network to climb in.")
        prices = np.concatenate([most.mentee_prices, most.mentor_prices, most.quota_prices])
        self.fixed = np.zeros(table.values.shape, dtype=np.bool_)
        made = self.fixed.copy()
        made[most.rows, most.columns] = True
        rows, columns = np.nonzero(made | (program.surplus(prices) >= 0))
        self.network = tree.network(program, (rows, columns), made[rows, columns], prices)
        totals = len(self.network.tail) - len(rows)
        none = np.full(totals, -1, dtype=np.int64)
        self.rows, self.columns = np.concatenate([rows, none]), np.concatenate([columns, none])
        self.score = np.concatenate([table.values[rows, columns], none])
        self.open = np.ones(len(self.score), dtype=np.bool_)

    def climb(self) -> tuple[IntArray, IntArray]:
        """Return the pairs, once every score from the lowest up is had by as few as can be."""
        self._close(self.network.reduced() != 0)
        reached = -1
        while (waiting := self._made() & (self.score > reached)).any():
            score = int(self.score[waiting].min())
            # None of the pairs made has a score in between, so no best matching has.
            self._close((self.score > reached) & (self.score < score))
            self._have_few(score)
            reached = score
        self._fix(self._made())
        rows, columns = np.nonzero(self.fixed)
        return rows, columns

    def _have_few(self, score: int) -> None:
        """Let as few pairs as can be have this score, and keep the matchings in which it is so."""
        self.network.cost = (self.score == score).astype(np.int64)
        self.network.potential[:] = 0
        self.network.settle()
        self._close(self.network.reduced() != 0)

    def _made(self) -> BoolArray:
        """Mark the pairs that are made and still open."""
        made: BoolArray = self.open & (self.rows >= 0) & (self.network.backward > 0)
        return made

    def _close(self, closing: BoolArray) -> None:
        """Let arcs keep for good what they carry."""
        self._fix(self._made() & closing)
        self.open &= ~closing
        self.network.forward[closing] = self.network.backward[closing] = 0
        if np.count_nonzero(self.open) < CLUTTER * len(self.open):
            self.network.keep(self.open)
            self.rows, self.columns, self.score = (a[self.open] for a in (self.rows, self.columns, self.score))
            self.open = np.ones(len(self.score), dtype=np.bool_)

    def _fix(self, pairs: BoolArray) -> None:
        self.fixed[self.rows[pairs], self.columns[pairs]] = True
