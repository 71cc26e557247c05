"""Prices of mentors' places in whole points: the dual solution that proves a matching the best."""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np

from alongside.engine.compiled import compiled
from alongside.engine.solving.flow import FAR, Side, one_less, one_more
from alongside.engine.table import BoolArray, IntArray


def whole_points(ours: IntArray, theirs: IntArray, scale: int, spread: int) -> tuple[IntArray, IntArray]:
    """Return potentials in points that prove the same pairs without the lots.

    All that potentials must keep are differences: a pair that is not made is worth at most so much more than one that
    is. Rounded down alike, they keep them in whole points unless two of them lie on both sides of where rounding cuts,
    closer than lots are apart. So the cut is made where there is the widest room without a potential.

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

    A price may fall until it meets what somebody else would pay. How far is a shortest path: from whatever cannot
    give way, along pairs made and not made. The lowest price of a place is what one more such place would add
    (Leonard 1983).
    """
    heap = [(FAR, np.int64(0)) for _ in range(0)]
    for mentor in range(len(theirs.load)):
        held = one_less(theirs, mentor) if theirs.load[mentor] else np.int64(0)
        theirs.distance[mentor] = theirs.potential[mentor] + held
        heappush(heap, (theirs.distance[mentor], -1 - np.int64(mentor)))
    for mentee in range(len(ours.load)):
        if ours.load[mentee] < ours.room[mentee]:
            ours.distance[mentee] = -one_more(ours, mentee) - ours.potential[mentee]
            heappush(heap, (ours.distance[mentee], np.int64(mentee)))
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
            for at in range(theirs.holds[node], theirs.holds[node] + theirs.load[node]):
                edge = theirs.held[at]
                mate = ours.node[edge]
                reach = distance + value[edge] - ours.potential[mate] - theirs.potential[node]
                if reach < ours.distance[mate]:
                    ours.distance[mate] = reach
                    heappush(heap, (reach, np.int64(mate)))
    theirs.potential[:] -= theirs.distance
    theirs.distance[:] = FAR
    for mentee in range(len(ours.load)):
        if ours.distance[mentee] < FAR:
            ours.potential[mentee] += ours.distance[mentee]
        ours.distance[mentee] = FAR
