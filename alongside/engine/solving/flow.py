"""The exact assignment on a graph of candidate pairs: shortest augmenting paths from any start that is nearly right.

Every mentee and every mentor has a *potential*: for a mentor the price of a place, for a mentee what a pair must be
worth to her. A pair is *tight* where its value is the sum of both. Three things make a matching optimal (linear
programming's complementary slackness, here in whole numbers and therefore exact):

- no pair that is not made is worth more than the sum of its two potentials, and no pair that is made is worth less;
- whoever has room for more would gain nothing by it: her potential is at most minus what one more earns her;
- whoever has somebody would gain nothing by giving that up: her potential is at least minus what that earns her.

The first holds all the time. Whoever violates the second looks for the cheapest way to put it right: by a free place,
by somebody who gives way, or by staying as she is and saying that nothing better is to be had. That is a shortest path
(Dijkstra 1959, with potentials as in Edmonds and Karp 1972), and both sides search by the same code.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from alongside.engine.compiled import Whole, borrowing, compiled
from alongside.engine.table import BoolArray, IntArray

FAR = np.int64(2**62)
"""Farther than any path is long."""

NodeArray = npt.NDArray[np.int32]


class Side(NamedTuple):
    """Hold one side of the graph. Arrays are by node, but for `edges` and `node`, which are by pair.

    The pairs of node i are `edges[starts[i]:starts[i + 1]]`, and `node[e]` is the node of pair e. Those made are
    `held[holds[i]:holds[i] + load[i]]`. `first` is what a node earns once for having anybody at all.
    """

    starts: IntArray
    edges: NodeArray
    node: NodeArray
    room: IntArray
    first: IntArray
    holds: IntArray
    held: NodeArray
    load: IntArray
    potential: IntArray
    distance: IntArray
    parent: IntArray


def side(node: NodeArray, nodes: int, room: IntArray, first: IntArray, potential: IntArray) -> Side:
    """Build a side of a graph that holds nothing yet."""
    degree = np.bincount(node, minlength=nodes)
    most = np.minimum(room, degree).astype(np.int64)
    starts, edges = _ends(degree), np.zeros(len(node), np.int32)
    _group(node, starts.copy(), edges)
    return Side(
        starts=starts,
        edges=edges,
        node=node,
        room=room.astype(np.int64),
        first=first.astype(np.int64),
        holds=_ends(most),
        held=np.zeros(int(most.sum()), dtype=np.int32),
        load=np.zeros(nodes, dtype=np.int64),
        potential=potential.astype(np.int64),
        distance=np.full(nodes, FAR),
        parent=np.full(nodes, -1, dtype=np.int64),
    )


@borrowing
def _group(node: NodeArray, ends: IntArray, edges: NodeArray) -> None:
    """Put the pairs of each node together, in their order; `ends` are where each begins, and move."""
    for edge in range(len(node)):
        edges[ends[node[edge]]] = edge
        ends[node[edge]] += 1


def _ends(counts: IntArray) -> IntArray:
    ends: IntArray = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return ends


@borrowing
def one_more(side: Side, node: Whole) -> Whole:
    """Return what a node earns by itself, beside the pair, for one more pair."""
    return side.first[node] if side.load[node] == 0 else np.int64(0)


@borrowing
def one_less(side: Side, node: Whole) -> Whole:
    """Return what a node loses by itself, beside the pair, with one of its pairs."""
    return side.first[node] if side.load[node] == 1 else np.int64(0)


@borrowing
def wants_more(side: Side, node: Whole) -> Whole:
    """Tell whether a node has room and, at its potential, something to gain by using it."""
    return side.load[node] < side.room[node] and side.potential[node] > -one_more(side, node)


@borrowing
def _hold(side: Side, edge: Whole) -> None:
    node = side.node[edge]
    side.held[side.holds[node] + side.load[node]] = edge
    side.load[node] += 1


@borrowing
def _release(side: Side, edge: Whole) -> None:
    node = side.node[edge]
    first, last = side.holds[node], side.holds[node] + side.load[node] - 1
    for place in range(first, last):
        if side.held[place] == edge:
            side.held[place] = side.held[last]
            break
    side.load[node] -= 1


@borrowing
def make(ours: Side, theirs: Side, taken: BoolArray, edge: Whole) -> None:
    """Make a pair."""
    taken[edge] = True
    _hold(ours, edge)
    _hold(theirs, edge)


@borrowing
def make_all(ours: Side, theirs: Side, taken: BoolArray, wished: BoolArray) -> None:
    """Make the pairs wished for, whether they are tight or not."""
    for edge in range(len(wished)):
        if wished[edge]:
            make(ours, theirs, taken, edge)


@borrowing
def undo(ours: Side, theirs: Side, taken: BoolArray, edge: Whole) -> None:
    """Undo a pair."""
    taken[edge] = False
    _release(ours, edge)
    _release(theirs, edge)


@compiled
def improve(ours: Side, theirs: Side, value: IntArray, taken: BoolArray, start: Whole) -> None:
    """Give a node of ours who wants more the best that can be had, and adjust potentials; all else stays optimal."""
    heap = [(np.int64(0), np.int64(start))]
    met_ours, met_theirs = [np.int64(start)], [np.int64(0) for _ in range(0)]
    ours.distance[start] = 0
    best, end = ours.potential[start] + one_more(ours, start), np.int64(start)
    while heap:
        distance, code = heappop(heap)
        if distance >= best:
            break
        if code >= 0:
            if distance > ours.distance[code]:
                continue
            base = distance + ours.potential[code]
            for at in range(ours.starts[code], ours.starts[code + 1]):
                edge = ours.edges[at]
                if taken[edge]:
                    continue
                node = theirs.node[edge]
                reach = base + theirs.potential[node] - value[edge]
                if reach < best and reach < theirs.distance[node]:
                    if theirs.distance[node] == FAR:
                        met_theirs.append(np.int64(node))
                    theirs.distance[node], theirs.parent[node] = reach, edge
                    if theirs.load[node] < theirs.room[node]:
                        total = reach + max(np.int64(0), -(theirs.potential[node] + one_more(theirs, node)))
                        if total < best:
                            best, end = total, -1 - np.int64(node)
                    heappush(heap, (reach, -1 - np.int64(node)))
        else:
            node = -1 - code
            if distance > theirs.distance[node]:
                continue
            for at in range(theirs.holds[node], theirs.holds[node] + theirs.load[node]):
                edge = theirs.held[at]
                mate = ours.node[edge]
                reach = distance + value[edge] - ours.potential[mate] - theirs.potential[node]
                if reach < best and reach < ours.distance[mate]:
                    if ours.distance[mate] == FAR:
                        met_ours.append(np.int64(mate))
                    ours.distance[mate], ours.parent[mate] = reach, edge
                    total = reach + ours.potential[mate] + one_less(ours, mate)
                    if total < best:
                        best, end = total, np.int64(mate)
                    heappush(heap, (reach, np.int64(mate)))
    _shift(ours, theirs, met_ours, met_theirs, best)
    _follow(ours, theirs, taken, start, end)


@compiled
def _shift(ours: Side, theirs: Side, met_ours: list[Whole], met_theirs: list[Whole], best: Whole) -> None:
    """Let those nearer than the end pay for the way to it, and forget the distances."""
    for node in met_ours:
        if ours.distance[node] < best:
            ours.potential[node] -= best - ours.distance[node]
        ours.distance[node] = FAR
    for node in met_theirs:
        if theirs.distance[node] < best:
            theirs.potential[node] += best - theirs.distance[node]
        theirs.distance[node] = FAR


@borrowing
def _follow(ours: Side, theirs: Side, taken: BoolArray, start: Whole, end: Whole) -> None:
    """Exchange the pairs along the path found, from its end back to its start."""
    at = end
    if at >= 0 and at != start:
        at = _give_up(ours, theirs, taken, at)
    while at != start:
        edge = theirs.parent[-1 - at]
        at = np.int64(ours.node[edge])
        if at != start:
            at = _give_up(ours, theirs, taken, at)
        make(ours, theirs, taken, edge)


@borrowing
def _give_up(ours: Side, theirs: Side, taken: BoolArray, node: Whole) -> Whole:
    """Undo the pair by which a node of ours was met, and return the node of theirs it was with."""
    edge = ours.parent[node]
    undo(ours, theirs, taken, edge)
    return -1 - np.int64(theirs.node[edge])


@compiled
def settle(ours: Side, theirs: Side, value: IntArray, taken: BoolArray) -> Whole:
    """Improve until nobody of ours wants more, and return how many searches that took."""
    searches = 0
    for node in range(len(ours.load)):
        while wants_more(ours, node):
            improve(ours, theirs, value, taken, node)
            searches += 1
    return searches


@borrowing
def keep_tight(ours: Side, theirs: Side, value: IntArray, taken: BoolArray, wished: BoolArray) -> None:
    """Set our potentials by their prices, and make those of the wished pairs that are then right."""
    for node in range(len(ours.load)):
        need = -ours.first[node]
        for at in range(ours.starts[node], ours.starts[node + 1]):
            edge = ours.edges[at]
            if not wished[edge]:
                need = max(need, value[edge] - theirs.potential[theirs.node[edge]])
        if ours.room[node] > 1:
            need = max(need, np.int64(0))
        ours.potential[node] = _make_tight(ours, theirs, value, taken, wished, node, need)


@borrowing
def _make_tight(
    ours: Side, theirs: Side, value: IntArray, taken: BoolArray, wished: BoolArray, node: Whole, need: Whole
) -> Whole:
    """Make the wished pairs of a node that are worth her need, and return the need that goes with them."""
    for at in range(ours.starts[node], ours.starts[node + 1]):
        edge = ours.edges[at]
        if wished[edge]:
            mate = theirs.node[edge]
            room = ours.load[node] < ours.room[node] and theirs.load[mate] < theirs.room[mate]
            if room and value[edge] - theirs.potential[mate] >= need:
                make(ours, theirs, taken, edge)
    return need
