"""What is bounded about a matching: for every mentee, mentor and quota a total of pairs, least and most.

Every total earns a reward for each pair up to its least, and may not pass its most. A mentee's least is one:
being placed. So people placed, minimums and quotas are one kind of thing to the search and to the proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from alongside.engine.table import NEVER, BoolArray, IntArray, Table
from alongside.engine.values.problem import TooLargeError
from alongside.engine.values.quotas import Side
from alongside.engine.values.settings import Objective


@dataclass(frozen=True, eq=False, slots=True)
class QuotaRows:
    """Bound the pairs of the mentees (rows) or mentors (columns) with these numbers; `most` None is no limit."""

    side: Side
    members: IntArray
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Stakes:
    """Say what counts how much: a mentee placed, a pair that a minimum or quota waits for, any pair; beside its score.

    Each is worth more than all there can be of what follows it, so the sum compares lexicographically.
    """

    placed: int
    met: int
    pair: int

    @classmethod
    def of(cls, table: Table, expected: int, objective: Objective) -> Stakes:
        """Return the stakes where minimums and quotas expect so many pairs; quality alone has no place or pair.

        :raises TooLargeError: if sums of them could pass the exact range.
        """
        most = int(min(table.wanted.sum(), table.places.sum()))
        pair = 0 if objective is Objective.QUALITY else most * table.top + 1
        met = most * (pair + table.top) + 1
        placed = 0 if objective is Objective.QUALITY else (expected + 1) * met
        if (placed + met) * (most + 1) >= 2**61:
            raise TooLargeError(
                f"A matching of up to {most:,} pairs, {expected:,} of them asked for by minimums and quotas, is too "
                "large to be exact. Match in parts, or ask for fewer."
            )
        return cls(placed, met, pair)


@dataclass(frozen=True, eq=False, slots=True)
class Totals:
    """Hold the totals of n mentees, then m mentors, then q quotas: `least`, `most` and `reward` (n + m + q).

    `of_mentees` (q by n) and `of_mentors` (q by m) mark the members of each quota.
    """

    least: IntArray
    most: IntArray
    reward: IntArray
    of_mentees: BoolArray
    of_mentors: BoolArray

    def loads(self, rows: IntArray, columns: IntArray) -> IntArray:
        """Return how many of these pairs each total counts."""
        mentees = np.bincount(rows, minlength=self.of_mentees.shape[1])
        mentors = np.bincount(columns, minlength=self.of_mentors.shape[1])
        loads: IntArray = np.concatenate([mentees, mentors, self.of_mentees @ mentees + self.of_mentors @ mentors])
        return loads

    def shares(self, prices: IntArray) -> tuple[IntArray, IntArray]:
        """Return what each mentee (n) and each mentor (m) pays for a pair: her own price and her quotas'."""
        n, m = self.of_mentees.shape[1], self.of_mentors.shape[1]
        quotas = prices[n + m :]
        return prices[:n] + quotas @ self.of_mentees, prices[n : n + m] + quotas @ self.of_mentors


@dataclass(frozen=True, eq=False, slots=True)
class Program:
    """Hold a matching with bounds: `values` (n by m, NEVER where no pair may be made), totals and stakes."""

    values: IntArray
    totals: Totals
    stakes: Stakes

    @classmethod
    def of(
        cls,
        table: Table,
        quotas: Sequence[QuotaRows],
        minimums: IntArray,
        objective: Objective = Objective.PLACE_FIRST,
        settled: BoolArray | None = None,
    ) -> Program:
        """State the program of a table of scores.

        :raises ValueError: if the table has rewards of its own, a bound contradicts itself, or it is too large.
        """
        if table.first.any():
            raise ValueError("What a first mentor is worth is for the objective to say; the table must not.")
        capacity = int(min(table.wanted.sum(), table.places.sum()))
        least, most = _quota_bounds(quotas, capacity)
        expecting = np.minimum(minimums, table.places)
        stakes = Stakes.of(table, int(expecting.sum() + least.sum()), objective)
        unplaced = np.ones(len(table.wanted), np.bool_) if settled is None else ~settled
        totals = Totals(
            np.concatenate([np.where(unplaced, np.minimum(table.wanted, 1), 0), expecting, least]),
            np.concatenate([table.wanted, table.places, most]),
            np.repeat([stakes.placed, stakes.met], [len(table.wanted), len(table.places) + len(quotas)]),
            _members("mentee", quotas, len(table.wanted)),
            _members("mentor", quotas, len(table.places)),
        )
        return cls(np.where(table.values == NEVER, NEVER, table.values + stakes.pair), totals, stakes)

    def value(self, rows: IntArray, columns: IntArray) -> int:
        """Return what these pairs are worth."""
        met = np.minimum(self.totals.loads(rows, columns), self.totals.least)
        rewards: list[int] = (met * self.totals.reward).tolist()
        return int(self.values[rows, columns].sum()) + sum(rewards)

    def surplus(self, prices: IntArray) -> IntArray:
        """Return (n by m) what each pair is worth beyond what its totals charge for it, or NEVER."""
        mentees, mentors = self.totals.shares(prices)
        return np.where(self.values == NEVER, NEVER, self.values - mentees[:, None] - mentors)

    def bound(self, prices: IntArray) -> int:
        """Return what no matching within the bounds is worth more than, whatever the prices (weak duality).

        A matching is worth what its pairs have left when each has paid its totals, which is at most the sum of
        all surpluses above 0, and what the totals earn: rewards up to the least, and the price of each pair.
        That is a concave function of the number of pairs, straight from 0 to the least and on to the most,
        so it is greatest at one of the three.
        """
        left = np.maximum(self.surplus(prices), 0)
        # Halves, since the sum of all may not fit into 64 bits.
        high, low = int((left >> 32).sum()), int((left & (2**32 - 1)).sum())
        columns = (prices, self.totals.reward, self.totals.least, self.totals.most)
        totals = zip(*(column.tolist() for column in columns), strict=True)
        earned = [max(0, (reward + p) * least, reward * least + p * most) for p, reward, least, most in totals]
        bound: int = (high << 32) + low + sum(earned)
        return bound


def _quota_bounds(quotas: Sequence[QuotaRows], capacity: int) -> tuple[IntArray, IntArray]:
    most = np.array([capacity if quota.most is None else quota.most for quota in quotas], dtype=np.int64)
    least = np.array([quota.least for quota in quotas], dtype=np.int64)
    limited = np.array([quota.most is not None for quota in quotas], dtype=np.bool_)
    if (least < 0).any() or (most < 0).any() or (limited & (least > most)).any():
        raise ValueError("A quota's least must be from 0 to its most.")
    return np.minimum(least, capacity), np.minimum(most, capacity)


def _members(side: Side, quotas: Sequence[QuotaRows], people: int) -> BoolArray:
    members = np.zeros((len(quotas), people), dtype=np.bool_)
    for at, quota in enumerate(quotas):
        if quota.side == side:
            members[at, quota.members] = True
    return members
