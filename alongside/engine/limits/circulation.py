"""Circulations of least cost in whole numbers: what flows in a network, and the potentials that prove it.

A circulation costs least exactly if potentials exist at which no residual arc has a negative reduced cost
(Ahuja, Magnanti and Orlin 1993, *Network Flows*, theorem 9.3). So every arc is first filled or emptied as
its reduced cost says, and what then does not add up at the nodes is sent from where there is too much to
where there is too little, along shortest paths (their section 9.7). Nothing is counted in floats.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush

import numpy as np

from alongside.engine.compiled import compiled
from alongside.engine.table import BoolArray, IntArray

FAR = 2**62
"""Further than any path; all costs along a path must stay below it."""

STEPS = 256
"""Paths between two looks at the clock."""


class Network:
    """Hold arcs from `tail` to `head` with `cost` a unit, and a flow that `settle` makes one of least cost.

    `forward` is how much more an arc can carry, `backward` how much of its flow can be taken back; with both
    at 0 an arc is closed, and keeps what it carries. An arc's reduced cost is its cost plus the potential of
    its tail less that of its head.
    """

    def __init__(
        self, tail: IntArray, head: IntArray, cost: IntArray, capacity: IntArray, flow: IntArray, potential: IntArray
    ) -> None:
        self.tail, self.head, self.cost = tail, head, cost
        self.forward, self.backward = capacity - flow, flow.copy()
        self.potential = potential.copy()
        self._index()

    def _index(self) -> None:
        """List the arcs at each node: twice the arc's number, and one more where the node is its head."""
        count = len(self.tail)
        ends = np.concatenate([self.tail, self.head])
        order = np.argsort(ends, kind="stable")
        self.incident = np.where(order < count, 2 * order, 2 * (order - count) + 1)
        self.starts = np.searchsorted(ends[order], np.arange(len(self.potential) + 1))

    def reduced(self) -> IntArray:
        """Return the reduced cost of every arc."""
        cost: IntArray = self.cost + self.potential[self.tail] - self.potential[self.head]
        return cost

    def keep(self, alive: BoolArray) -> None:
        """Forget the arcs that are not marked, for good."""
        for name in ("tail", "head", "cost", "forward", "backward"):
            setattr(self, name, getattr(self, name)[alive])
        self._index()

    def tense(self, among: IntArray) -> IntArray:
        """Return the arcs whose reduced cost is not 0, where only these and those at a moved node can be.

        A node has moved if its potential is not the one that most nodes have.
        """
        potentials, counts = np.unique(self.potential, return_counts=True)
        moved = np.flatnonzero(self.potential != potentials[counts.argmax()])
        first, degree = self.starts[moved], self.starts[moved + 1] - self.starts[moved]
        if degree.sum() > len(self.tail):
            return np.flatnonzero(self.reduced())
        run = np.repeat(first - np.cumsum(degree) + degree, degree) + np.arange(degree.sum())
        arcs = np.unique(np.concatenate([among, self.incident[run] >> 1]))
        reduced = self.cost[arcs] + self.potential[self.tail[arcs]] - self.potential[self.head[arcs]]
        tense: IntArray = arcs[reduced != 0]
        return tense

    def settle(self, late: Callable[[], bool] = lambda: False, among: IntArray | None = None) -> bool:
        """Make the flow one of least cost, and tell whether that was done before `late` said to stop.

        :param among: the arcs that alone can be out of order; None if any can.
        :raises ArithmeticError: if what flows cannot be made to add up at every node.
        """
        excess = self._saturate(np.arange(len(self.tail)) if among is None else among)
        while not late():
            if _balance(
                self.starts,
                self.incident,
                self.tail,
                self.head,
                self.cost,
                self.forward,
                self.backward,
                self.potential,
                excess,
                STEPS,
            ):
                return True
        return not (excess > 0).any()

    def _saturate(self, arcs: IntArray) -> IntArray:
        """Fill arcs of negative reduced cost, empty those of positive; return what is then too much at each node."""
        tail, head = self.tail[arcs], self.head[arcs]
        reduced = self.cost[arcs] + self.potential[tail] - self.potential[head]
        change = np.where(reduced < 0, self.forward[arcs], np.where(reduced > 0, -self.backward[arcs], 0))
        self.forward[arcs] -= change
        self.backward[arcs] += change
        excess = np.zeros(len(self.potential), dtype=np.int64)
        np.add.at(excess, head, change)
        np.subtract.at(excess, tail, change)
        return excess


@compiled
def _balance(
    starts: IntArray,
    incident: IntArray,
    tail: IntArray,
    head: IntArray,
    cost: IntArray,
    forward: IntArray,
    backward: IntArray,
    potential: IntArray,
    excess: IntArray,
    steps: int,
) -> bool:
    """Send what is too much along at most so many shortest paths; tell whether all adds up."""
    distance, via = np.empty_like(potential), np.empty_like(potential)
    for source in range(len(excess)):
        while excess[source] > 0:
            if steps == 0:
                return False
            steps -= 1
            target = _nearest(
                source, starts, incident, tail, head, cost, forward, backward, potential, excess, distance, via
            )
            if target < 0:
                raise ArithmeticError("What flows cannot be made to add up.")
            _send(source, target, via, tail, head, forward, backward, excess)
    return True


@compiled
def _nearest(
    source: int,
    starts: IntArray,
    incident: IntArray,
    tail: IntArray,
    head: IntArray,
    cost: IntArray,
    forward: IntArray,
    backward: IntArray,
    potential: IntArray,
    excess: IntArray,
    distance: IntArray,
    via: IntArray,
) -> int:
    """Return the nearest node with too little, or -1, and in `via` by which arc each node on the way is reached.

    Dijkstra's search over reduced costs. Potentials of the nodes it has closed fall by how much nearer they are than
    the one found, which keeps all reduced costs from 0 up and makes those along the path 0.
    """
    distance[:] = FAR
    distance[source] = 0
    closed = np.zeros(len(potential), dtype=np.bool_)
    queue = [(0, source)]
    while len(queue) > 0:
        gone, node = heappop(queue)
        if closed[node]:
            continue
        closed[node] = True
        if excess[node] < 0:
            for other in np.flatnonzero(closed):
                potential[other] += distance[other] - gone
            return node
        for at in range(starts[node], starts[node + 1]):
            arc = incident[at] >> 1
            if incident[at] & 1:
                spare, other, length = backward[arc], tail[arc], -cost[arc]
            else:
                spare, other, length = forward[arc], head[arc], cost[arc]
            if spare > 0 and not closed[other]:
                reach = gone + length + potential[node] - potential[other]
                if reach < distance[other]:
                    distance[other] = reach
                    via[other] = incident[at]
                    heappush(queue, (int(reach), int(other)))
    return -1


@compiled
def _send(
    source: int,
    target: int,
    via: IntArray,
    tail: IntArray,
    head: IntArray,
    forward: IntArray,
    backward: IntArray,
    excess: IntArray,
) -> None:
    """Send as much as is too much at one end, too little at the other, and as the path between them carries."""
    amount = min(int(excess[source]), -int(excess[target]))
    for sending in (False, True):
        node = target
        while node != source:
            arc = via[node] >> 1
            back = via[node] & 1
            if sending:
                forward[arc] += amount if back else -amount
                backward[arc] += -amount if back else amount
            else:
                amount = min(amount, int(backward[arc]) if back else int(forward[arc]))
            node = int(head[arc]) if back else int(tail[arc])
    excess[source] -= amount
    excess[target] += amount
