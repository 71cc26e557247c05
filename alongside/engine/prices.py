"""Prices of mentors' places in whole points: the dual solution that proves a matching the best."""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np

from alongside.engine.compiled import compiled
from alongside.engine.flow import FAR, Side, one_less, one_more
from alongside.engine.table import BoolArray, IntArray


def whole_points(ours: IntArray, theirs: IntArray, scale: int, spread: int) -> tuple[IntArray, IntArray]:
    """Return potentials in points that prove the same pairs without the lots.

    All that potentials must keep are differences: pairs that are not made are worth at most so much more than those that are. Rounded
    down alike, they keep them in whole points unless two of them lie on both sides of where rounding cuts, closer than
    lots are apart. So the cut is made where there is the widest room without a potential.

    :param spread: the greatest difference two lots can have.
    """
    levels = np.unique(np.concatenate([[0], theirs, -ours]) % scale)
    room = np.diff(np.concatenate([levels, [levels[0] + scale]]))
    widest = int(np.argmax(room))
    if room[widest] <= spread:
        return -(-ours // scale), theirs // scale
    cut = int(levels[(widest + 1) % len(levels)])
    zero = (0 - cut) // scale
    return -((-ours - cut) // scale - zero), (theirs - cut) // scale - zero


@compiled
def lower(ours: Side, theirs: Side, value: IntArray, taken: BoolArray) -> None:
    """Make prices the lowest that prove the matching, and mentees' potentials the highest.

    A price may fall until it meets what somebody else would pay. How far is a shortest path: from whatever cannot give
    way, along pairs made and not made. The lowest price of a place is what one more such place would add (Leonard 1983).
    """
    heap = [(FAR, np.int64(0)) for _ in range(0)]
    for node in range(len(theirs.count)):
        count = theirs.count[node]
        theirs.distance[node] = theirs.potential[node] + (one_less(theirs, node) if count else np.int64(0))
        heappush(heap, (theirs.distance[node], -1 - np.int64(node)))
    for node in range(len(ours.count)):
        if ours.count[node] < ours.room[node]:
            ours.distance[node] = -one_more(ours, node) - ours.potential[node]
            heappush(heap, (ours.distance[node], np.int64(node)))
    while heap:
        distance, code = heappop(heap)
        if code >= 0:
            if distance > ours.distance[code]:
                continue
            for at in range(ours.starts[code], ours.starts[code + 1]):
                edge = ours.edges[at]
                node = theirs.node[edge]
                reach = distance + ours.potential[code] + theirs.potential[node] - value[edge]
                if not taken[edge] and reach < theirs.distance[node]:
                    theirs.distance[node] = reach
                    heappush(heap, (reach, -1 - np.int64(node)))
        else:
            node = -1 - code
            if distance > theirs.distance[node]:
                continue
            for at in range(theirs.holds[node], theirs.holds[node] + theirs.count[node]):
                edge = theirs.held[at]
                mate = ours.node[edge]
                reach = distance + value[edge] - ours.potential[mate] - theirs.potential[node]
                if reach < ours.distance[mate]:
                    ours.distance[mate] = reach
                    heappush(heap, (reach, np.int64(mate)))
    for node in range(len(theirs.count)):
        theirs.potential[node] -= theirs.distance[node]
        theirs.distance[node] = FAR
    for node in range(len(ours.count)):
        if ours.distance[node] < FAR:
            ours.potential[node] += ours.distance[node]
        ours.distance[node] = FAR
