"""Which quotas nest, so that a matching within them is a flow; and the network of that flow.

Sets nest (they are *laminar*) if any two are apart, or one holds the other. A flow then runs from a root through
quotas of mentees, from wide to narrow, to the mentees, over the pairs to the mentors, and through quotas of
mentors, from narrow to wide, back to the root. Its matrix is totally unimodular: best flows and best prices are whole
numbers (Schrijver 2003, *Combinatorial Optimization*, chapter 13, on networks). Quotas that cross make it hard.
"""

from __future__ import annotations

import numpy as np

from alongside.engine.limits.circulation import Network
from alongside.engine.table import BoolArray, IntArray
from alongside.engine.values.totals import Program, Totals


def nesting(members: BoolArray) -> tuple[IntArray, IntArray]:
    """Return for each set (q by people) the least that holds it, or -1; and the sets left out because they cross.

    Sets are taken widest first. Those left out have no parent, and are nobody's.
    """
    size = members.sum(axis=1)
    common = members.astype(np.int64) @ members.T
    cross = (common > 0) & (common < np.minimum(size[:, None], size))
    kept: list[int] = []
    parent = np.full(len(members), -1, dtype=np.int64)
    for at in np.argsort(-size, kind="stable").tolist():
        if size[at] and not cross[at, kept].any():
            holding = [other for other in kept if common[at, other] == size[at]]
            # The last of those that hold it is the narrowest, since they came widest first.
            parent[at] = holding[-1] if holding else -1
            kept.append(at)
    left_out = np.setdiff1d(np.flatnonzero(size > 0), kept)
    return parent, left_out


class Tree:
    """Hold the node that each total of a program hangs from; the root is the last node, after all totals.

    `crossing` are the totals (numbers) of quotas that do not nest with the others and take no part.
    """

    def __init__(self, totals: Totals) -> None:
        people = totals.of_mentees.shape[1], totals.of_mentors.shape[1]
        quotas, self.root = sum(people), len(totals.least)
        self.mentees = people[0]
        self.parent = np.full(self.root, self.root, dtype=np.int64)
        self.on_mentees = np.arange(self.root) < people[0]
        self.on_mentees[quotas:] = totals.of_mentees.any(axis=1)
        crossing = []
        for start, members in ((0, totals.of_mentees), (people[0], totals.of_mentors)):
            parent, left_out = nesting(members)
            inside = parent >= 0
            self.parent[quotas:][inside] = quotas + parent[inside]
            self._hang_people(start, members, quotas, left_out)
            crossing.append(quotas + left_out)
        self.crossing = np.concatenate(crossing)
        self.depth_first = self._from_the_root(quotas)

    def _hang_people(self, start: int, members: BoolArray, quotas: int, left_out: IntArray) -> None:
        """Hang each person from the narrowest quota she is in; wide ones are written first."""
        size = members.sum(axis=1)
        for at in np.argsort(-size, kind="stable"):
            if at not in left_out:
                self.parent[start + np.flatnonzero(members[at])] = quotas + at

    def _from_the_root(self, quotas: int) -> IntArray:
        """Return the quotas' totals, each after the one it hangs from."""
        order: list[int] = []
        waiting = set(range(quotas, self.root))
        while waiting:
            ready = sorted(at for at in waiting if self.parent[at] not in waiting)
            order += ready
            waiting -= set(ready)
        return np.array(order, dtype=np.int64)

    def potentials(self, prices: IntArray) -> IntArray:
        """Return the potentials of all nodes at which reduced costs are what the prices say; the root's is 0."""
        signed = np.where(self.on_mentees, prices, -prices)
        potential = np.zeros(self.root + 1, dtype=np.int64)
        people = np.setdiff1d(np.arange(self.root), self.depth_first)
        for at in self.depth_first.tolist():
            potential[at] = potential[self.parent[at]] + signed[at]
        potential[people] = potential[self.parent[people]] + signed[people]
        return potential

    def prices(self, potential: IntArray) -> IntArray:
        """Return the prices of all totals; 0 for quotas that take no part."""
        steps = potential[: self.root] - potential[self.parent]
        prices: IntArray = np.where(self.on_mentees, steps, -steps)
        prices[self.crossing] = 0
        return prices

    def network(self, program: Program, pairs: tuple[IntArray, IntArray], made: BoolArray, prices: IntArray) -> Network:
        """Return the network of some pairs, with a flow over those `made`: the pairs' arcs first, then two a total.

        The first arc of a total earns its reward and carries up to the least, the second the rest.
        """
        totals, (rows, columns) = program.totals, pairs
        load = totals.loads(rows[made], columns[made])
        taking = np.setdiff1d(np.arange(self.root), self.crossing)
        child, parent = taking, self.parent[taking]
        tail, head = (np.where(self.on_mentees[taking], *ends) for ends in ((parent, child), (child, parent)))
        least, most = totals.least[taking], totals.most[taking]
        rewarded = np.minimum(load[taking], least)
        return Network(
            np.concatenate([rows, tail, tail]),
            np.concatenate([self.mentees + columns, head, head]),
            -np.concatenate([program.values[rows, columns], totals.reward[taking], np.zeros_like(least)]),
            np.concatenate([np.ones_like(rows), least, most - least]),
            np.concatenate([made.astype(np.int64), rewarded, load[taking] - rewarded]),
            self.potentials(prices),
        )
