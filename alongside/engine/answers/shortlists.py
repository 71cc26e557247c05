"""Short lists of mentors to choose from, on which nobody is shown to more people than she could bear.

Each list holds the mentee's match of the whole. Then everybody gets a second name, as far as rules and limits allow, by
the same exact search that matches. What room is left is filled by score less the price of the mentor's place, those
first who come closest to what their mentee could at best have: whom many would need is not shown to all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from alongside.engine.scanning.plan import Plan
from alongside.engine.scanning.scan import best_pairs
from alongside.engine.scanning.worth import Seeds, Worth, worth_of
from alongside.engine.solving.search import NOTHING, Demand, Search
from alongside.engine.table import IntArray
from alongside.engine.values.scores import FULL

AT_LEAST = 2
"""Mentors everybody is to choose from, where the rules and the limits allow."""

REACH = 10
"""How many times the size of a list is looked at to fill it."""


@dataclass(frozen=True, slots=True)
class Shortlists:
    """Hold the lists by the mentee's id, best first, and what the limit on being shown costs.

    `quality` sums the scores on all lists; `unbounded` is what it would be if everybody were shown her best.
    """

    mentors: dict[str, tuple[str, ...]]
    quality: int
    unbounded: int

    @property
    def lost(self) -> int:
        """Return the points of score that lists are worth less because nobody is shown too often."""
        return self.unbounded - self.quality


@dataclass(frozen=True, slots=True)
class Request:
    """Say what lists are wanted: the pairs that must be on them, how long they may be, and how often each may be shown.

    `paired` are rows and columns of the match, `limits` (m) on how many lists a mentor may be, at least her pairs;
    `prices` (m) are in points.
    """

    paired: tuple[IntArray, IntArray]
    limits: IntArray
    size: int
    prices: IntArray


def lists_of(plan: Plan, others: Plan, named: tuple[Seeds, Seeds], request: Request, executor: Executor) -> _Lists:
    """Return the lists by row.

    :param plan: what every pair scores, and who may be paired.
    :param others: the same, the match left out.
    :param named: the seeds of both sides.
    """
    lists = _Lists(plan.mentees, request)
    worth = _worth(lists, named)
    search = Search(others, worth, lists.missing(AT_LEAST), executor)
    search.run()
    for row, column in zip(search.mentee[search.made].tolist(), search.mentor[search.made].tolist(), strict=True):
        lists.add(row, column)
    rows, prices = np.arange(plan.mentees), request.prices * worth.scale
    best = best_pairs(plan, worth, rows, prices, np.full(len(rows), NOTHING), REACH * request.size)
    lists.fill(_closest_first(best.mentors.astype(np.int64), best.scores - request.prices[best.mentors]))
    return lists


def unbounded(plan: Plan, named: tuple[Seeds, Seeds], size: int) -> int:
    """Return what the lists would score if everybody were shown her best, however often that is the same person."""
    rows, none = np.arange(plan.mentees), np.zeros(0, dtype=np.int64)
    worth = worth_of(0, 0, 1, *named, (none, none))
    best = best_pairs(plan, worth, rows, np.zeros(plan.mentors, np.int64), np.full(len(rows), NOTHING), size)
    return int(best.scores[best.mentors >= 0].sum())


def _worth(lists: _Lists, named: tuple[Seeds, Seeds]) -> Worth:
    """Return worths at which one name more on a list counts above all scores."""
    pairs, none = max(1, lists.missing(AT_LEAST).pairs), np.zeros(0, dtype=np.int64)
    return worth_of(min((pairs + 1) * FULL + 1, 2**31 - 20_001), 0, pairs, *named, (none, none))


class _Lists:
    """Hold lists while they are filled, and how often each mentor may still be shown."""

    def __init__(self, mentees: int, request: Request) -> None:
        self.size = request.size
        self.rows: list[list[int]] = [[] for _ in range(mentees)]
        self.room = request.limits.copy()
        self.paired = set(zip(*(side.tolist() for side in request.paired), strict=True))
        for row, column in sorted(self.paired):
            self.add(row, column)

    def add(self, row: int, column: int) -> None:
        self.rows[row].append(column)
        self.room[column] -= 1

    def missing(self, least: int) -> Demand:
        """Return how many names lists lack of `least`, and how often each mentor may still be shown."""
        lacking = np.array([max(0, min(least, self.size) - len(columns)) for columns in self.rows], dtype=np.int64)
        none = np.zeros(len(self.room), dtype=np.int64)
        return Demand(np.minimum(lacking, len(self.room)), np.maximum(self.room, 0), np.zeros_like(lacking), none)

    def fill(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Put each pair on its list, in the order given, while the list and the mentor have room."""
        for row, column in pairs:
            if self.room[column] > 0 and len(self.rows[row]) < self.size and column not in self.rows[row]:
                self.add(row, column)


def _closest_first(mentors: IntArray, worth: IntArray) -> Iterator[tuple[int, int]]:
    """Return pairs (rows by k, best first) by what their mentee would lose against her best, least first."""
    if not mentors.size:
        return iter(())
    rows, places = np.nonzero(mentors >= 0)
    behind = worth[rows, 0] - worth[rows, places]
    order = np.lexsort((mentors[rows, places], rows, behind))
    return zip(rows[order].tolist(), mentors[rows, places][order].tolist(), strict=True)
