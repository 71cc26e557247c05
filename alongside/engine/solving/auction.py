"""A quick auction that comes near the best pairs and their prices, for `alongside.engine.solving.flow` to start from.

Bidders bid for the places of the other side: each takes what is worth most to her at present prices and raises its
price by her advantage over the second best, and a little more, whoever held it loses it (Bertsekas 1988). The *little
more* bounds how far from the best the outcome is. The side with fewer places bids: then nearly every bid ends with
somebody placed, where otherwise prices would rise until enough people had given up.
"""

from __future__ import annotations

import numpy as np

from alongside.engine.compiled import Whole, compiled
from alongside.engine.solving.flow import FAR, Side
from alongside.engine.table import BoolArray, IntArray


@compiled
def auction(bidders: Side, goods: Side, worth: IntArray, step: Whole, wished: BoolArray, most_bids: Whole) -> Whole:
    """Let bidders bid until all have what they want or want nothing more, and return the number of bids.

    :param worth: what each pair is worth, in the units of `goods.potential`, which are the prices and are raised.
    :param step: the little more of each bid.
    :param wished: by pair; set for those held at these prices to begin with, and for the pairs at the end.
    :param most_bids: stop after so many; what was reached by then is a start as well.
    """
    size = len(goods.load)
    offers = np.zeros(len(goods.held), np.int64)
    holder = np.full(len(goods.held), -1, np.int64)
    filled = np.zeros(size, np.int64)
    needs = bidders.room.copy()
    for edge in np.flatnonzero(wished):
        good = goods.node[edge]
        place = goods.holds[good] + filled[good]
        offers[place], holder[place] = goods.potential[good], edge
        filled[good] += 1
        needs[bidders.node[edge]] -= 1
    queue = [np.int64(node) for node in range(len(bidders.load) - 1, -1, -1)]
    bids = 0
    while queue and bids < most_bids:
        node = queue.pop()
        while needs[node] > 0 and bids < most_bids:
            best, second, chosen = -FAR, np.int64(0), np.int64(-1)
            for at in range(bidders.starts[node], bidders.starts[node + 1]):
                edge = bidders.edges[at]
                if wished[edge]:
                    continue
                value = worth[edge] - goods.potential[goods.node[edge]]
                if value > best:
                    best, second, chosen = value, max(best, np.int64(0)), np.int64(edge)
                elif value > second:
                    second = value
            if chosen < 0 or best <= 0:
                break
            bids += 1
            good = goods.node[chosen]
            first, room = goods.holds[good], goods.room[good]
            if room == 0:
                break
            offer = goods.potential[good] + best - second + step
            place = first + filled[good]
            if filled[good] == room:
                place = first
                for at in range(first, first + room):
                    if offers[at] < offers[place]:
                        place = at
                loser = holder[place]
                wished[loser] = False
                needs[bidders.node[loser]] += 1
                queue.append(np.int64(bidders.node[loser]))
            else:
                filled[good] += 1
            offers[place], holder[place] = offer, chosen
            wished[chosen] = True
            needs[node] -= 1
            if filled[good] == room:
                lowest = offer
                for at in range(first, first + room):
                    lowest = min(lowest, offers[at])
                goods.potential[good] = max(goods.potential[good], lowest)
    return bids
