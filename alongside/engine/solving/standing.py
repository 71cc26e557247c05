"""How a matching stands: the pairs made so far, and what proves them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from alongside.engine.measuring.forms import Points
from alongside.engine.solving.flow import Side, make_all, side
from alongside.engine.solving.prices import lower, whole_points
from alongside.engine.solving.search import NOTHING, Search
from alongside.engine.table import BoolArray, IntArray

LOWEST_UP_TO = 10_000_000
"""Up to so many pairs the lowest prices are found, which takes looking at some of them a few times more."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Hold what the pairs are worth, what no others exceed, the prices (m) and the profits (n), all in points."""

    value: int
    bound: int
    prices: IntArray
    profits: IntArray


class Standing:
    """Hold a search and the pairs that were settled before it began."""

    def __init__(self, search: Search, locked: tuple[IntArray, IntArray]) -> None:
        self.search, self.locked = search, locked
        self.proven = False

    def solve(self, prices: IntArray | None = None) -> None:
        """Match, beginning at prices (m, in points)."""
        self.proven = self.search.run(None if prices is None else prices * self.search.worth.scale)

    @property
    def possible(self) -> Points:
        """Return (n) how many mentors each mentee could have."""
        return self.search.possible

    def pairs(self) -> tuple[IntArray, IntArray]:
        """Return rows and columns of all pairs, sorted."""
        made = self.search.made
        rows = np.concatenate([self.locked[0], self.search.mentee[made]])
        columns = np.concatenate([self.locked[1], self.search.mentor[made]])
        order = np.lexsort((columns, rows))
        return rows[order].astype(np.int64), columns[order].astype(np.int64)

    def scores(self, row: Callable[[int], Points]) -> list[int]:
        """Return the scores of the pairs, in their order; `row` gives those of a mentee with everybody."""
        made = self.search.made
        known = zip(self.search.mentee[made].tolist(), self.search.mentor[made].tolist(), strict=True)
        scored = dict(zip(known, self.search.score[made].tolist(), strict=True))
        rows, columns = self.pairs()
        return [
            scored[pair] if pair in scored else int(row(pair[0])[pair[1]])
            for pair in zip(rows.tolist(), columns.tolist(), strict=True)
        ]

    def proof(self) -> Proof:
        """Return what the pairs made in the search are worth, and the prices that prove how good that is."""
        return _proof(self) if self.proven else _gap(self)


def _value(search: Search) -> int:
    placed = np.unique(search.mentee[search.made])
    points = search.worth.reward + search.score[search.made].astype(np.int64)
    return int(points.sum()) + int((search.demand.first[placed] // search.worth.scale).sum())


def _proof(standing: Standing) -> Proof:
    """Return prices in whole points, the lowest where there is time to find them."""
    search = standing.search
    spread = int(search.worth.numbers[2] - 1 + search.worth.numbers[3])
    ours, theirs = whole_points(search.ours, search.theirs, search.worth.scale, spread)
    if 0 < len(search.wanting) * search.plan.mentors <= LOWEST_UP_TO:
        ours, theirs = _lowest(search, ours, theirs)
    profits = _profits(search, theirs)
    bound = int(profits.sum()) + int((search.demand.places * theirs).sum())
    return Proof(_value(search), bound, theirs, profits)


def _profits(search: Search, prices: IntArray) -> IntArray:
    """Return (n) what each mentee gains by the pairs made at these prices; where they are proven, the most there is."""
    mentee, mentor = search.mentee[search.made], search.mentor[search.made]
    gains = search.worth.reward + search.score[search.made].astype(np.int64) - prices[mentor]
    profits = np.zeros(search.plan.mentees, dtype=np.int64)
    np.add.at(profits, mentee, gains)
    placed = np.unique(mentee)
    profits[placed] += search.demand.first[placed] // search.worth.scale
    return profits


def _lowest(search: Search, ours: IntArray, theirs: IntArray) -> tuple[IntArray, IntArray]:
    """Return the lowest prices that no pair contradicts, candidate or not."""
    while True:
        one, other, value, made = _in_points(search, ours, theirs)
        lower(one, other, value, made)
        if not search.look_for(one.potential, other.potential):
            return one.potential, other.potential


def _in_points(search: Search, ours: IntArray, theirs: IntArray) -> tuple[Side, Side, IntArray, BoolArray]:
    """Return both sides holding the pairs made, with potentials and worths in points."""
    scale, demand = search.worth.scale, search.demand
    one = side(search.mentee, search.plan.mentees, demand.wanted, demand.first // scale, ours)
    other = side(search.mentor, search.plan.mentors, demand.places, demand.their_first // scale, theirs)
    made = np.zeros(len(search.made), dtype=np.bool_)
    make_all(one, other, made, search.made)
    return one, other, search.worth.reward + search.score.astype(np.int64), made


def _gap(standing: Standing) -> Proof:
    """Return a bound for pairs that are not proven: what each mentee could gain at the highest prices looked at."""
    search = standing.search
    scale = search.worth.scale
    prices = -(-np.max([np.zeros_like(search.theirs), *search.prices], axis=0) // scale)
    best = np.where(search.bound > NOTHING, -(-search.bound // scale), -search.worth.reward)
    gains = search.worth.reward + search.score.astype(np.int64) - prices[search.mentor]
    np.maximum.at(best, search.mentee, gains)
    first = search.demand.first // scale
    profits = np.maximum(0, np.where(search.demand.wanted > 0, best * search.demand.wanted + first, 0))
    bound = int(profits.sum()) + int((search.demand.places * prices).sum())
    return Proof(_value(search), bound, prices, profits)
