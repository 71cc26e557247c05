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

    def settle(self, late: Callable[[], bool] = lambda: False) -> bool:
        """Make the flow one of least cost, and tell whether that was done before `late` said to stop.

        :raises ArithmeticError: if what flows cannot be made to add up at every node.
        """
        excess = self._saturate()
        while not late():
            if _balance(*self._state(), excess, STEPS):
                return True
        return not (excess > 0).any()

    def _saturate(self) -> IntArray:
        """Fill arcs of negative reduced cost, empty those of positive; return what is then too much at each node."""
        reduced = self.reduced()
        change = np.where(reduced < 0, self.forward, np.where(reduced > 0, -self.backward, 0))
        self.forward, self.backward = self.forward - change, self.backward + change
        excess = np.zeros(len(self.potential), dtype=np.int64)
        np.add.at(excess, self.head, change)
        np.subtract.at(excess, self.tail, change)
        return excess

    def _state(self) -> tuple[IntArray, ...]:
        return (
            self.starts,
            self.incident,
            self.tail,
            self.head,
            self.cost,
            self.forward,
            self.backward,
            self.potential,
        )


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
    distance = np.empty(len(potential), dtype=np.int64)
    via = np.empty(len(potential), dtype=np.int64)
    closed = np.empty(len(potential), dtype=np.bool_)
    for source in range(len(excess)):
        while excess[source] > 0:
            if steps == 0:
                return False
            steps -= 1
            distance[:] = FAR
            closed[:] = False
            distance[source] = 0
            queue = [(np.int64(0), np.int64(source))]
            target = -1
            while len(queue) > 0:
                gone, node = heappop(queue)
                if closed[node]:
                    continue
                closed[node] = True
                if excess[node] < 0:
                    target = node
                    break
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
                            heappush(queue, (reach, np.int64(other)))
            if target < 0:
                raise ArithmeticError("What flows cannot be made to add up.")
            for node in np.flatnonzero(closed):
                potential[node] += distance[node] - distance[target]
            amount = min(excess[source], -excess[target])
            node = target
            while node != source:
                arc = via[node] >> 1
                if via[node] & 1:
                    amount = min(amount, backward[arc])
                    node = head[arc]
                else:
                    amount = min(amount, forward[arc])
                    node = tail[arc]
            node = target
            while node != source:
                arc = via[node] >> 1
                if via[node] & 1:
                    forward[arc] += amount
                    backward[arc] -= amount
                    node = head[arc]
                else:
                    forward[arc] -= amount
                    backward[arc] += amount
                    node = tail[arc]
            excess[source] -= amount
            excess[target] += amount
    return True
