"""When one mentorship ends: whom its mentee could have next, with nobody else changed, or with a few who would move.

Nobody loses a mentor by it, and whoever has several keeps them. A repair is a chain: she takes a place; if somebody has
it, that person takes another; and so on, until a free place. Prices say how far a chain can lead: whoever moves can
gain no more than her potential, so the chains are tried in the order of what they could gain at most, and the search
ends when no other can be better.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np

from alongside.engine.answers.changes import Move
from alongside.engine.answers.market import Market
from alongside.engine.limits.modes import is_plain
from alongside.engine.scanning.plan import columns_of
from alongside.engine.scanning.scan import best_pairs, scores
from alongside.engine.table import IntArray
from alongside.engine.values.results import Result

TRIES = 60
"""Rows looked at for one answer; where more would be needed, the best so far is not called the best there is."""

WIDE = 100
"""Mentors of whom somebody might give way, for one who is left: the most hopeful."""

TAKEN = 2**40
"""More than any price of which there is a use; a place that is not free costs twice that."""

UNKNOWN = 2**61
"""What a chain could gain where prices do not say it: with limits, and where the worst match is raised."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Say who would move, and what the scores of all who have a mentor then would add up to beside today's.

    `gain` counts the new pair of the mentee who is left (0 to 10,000) and what the others gain or lose. `exact` says
    that no other chain of as many people gains more.
    """

    moves: tuple[Move, ...]
    gain: int
    exact: bool

    @property
    def others(self) -> int:
        """Return how many people beside the one who is left would have another mentor."""
        return len(self.moves) - 1


@dataclass(frozen=True, slots=True)
class Rematch:
    """Hold the repairs that change ever more people, each better than the one before, and who could come to the mentor.

    `waiting` is the mentee without anyone who fits the mentor best, with the score, or None.
    """

    repairs: tuple[Repair, ...]
    waiting: tuple[str, int] | None


class Kept:
    """Hold a result as arrays, to answer again and again."""

    def __init__(self, market: Market, result: Result) -> None:
        self.market = market
        cohort = market.cohort
        prices = dict(result.certificate.mentor_prices)
        self.prices = np.array([prices[person.id] for person in cohort.mentors], dtype=np.int64)
        made = {(pair.mentee, pair.mentor): pair.score for pair in result.solution.pairs}
        rows, columns = cohort.places_of(made)
        self.scored = {
            (cohort.mentee_rows[mentee], cohort.mentor_columns[mentor]): score
            for (mentee, mentor), score in made.items()
        }
        self.held: dict[int, list[int]] = {}
        self.having: dict[int, list[int]] = {}
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            self.held.setdefault(column, []).append(row)
            self.having.setdefault(row, []).append(column)
        self.free = market.places - np.bincount(columns, minlength=len(cohort.mentors))
        self.required = frozenset(zip(*(at.tolist() for at in cohort.places_of(market.problem.required)), strict=True))
        self.priced = is_plain(market.problem) and result.certificate.proven
        # Scores alone, without rewards and lots.
        self.worth = market.plain_worth()
        self.alone = np.array([row for row in range(len(cohort.mentees)) if row not in self.having], dtype=np.int64)

    def may_move(self, row: int, column: int) -> bool:
        """Tell whether a pair may be parted: it is not required, and it is the mentee's only one."""
        return (row, column) not in self.required and len(self.having[row]) == 1

    def best(self, row: int, prices: IntArray, most: int) -> list[tuple[int, int]]:
        """Return columns and scores of the mentors who are worth most to a mentee at prices (m, in points)."""
        found = best_pairs(self.market.plan, self.worth, np.array([row]), prices, np.array([-TAKEN]), most)
        known = zip(found.mentors[0].tolist(), found.scores[0].tolist(), strict=True)
        return [(column, score) for column, score in known if column >= 0]


def rematch_one(kept: Kept, mentee_id: str, mentor_id: str, *, others: int = 2) -> Rematch:
    """Return how a mentee whose mentorship ended could be matched again; the two are not paired again.

    :param others: how many people beside her may get another mentor, at most.
    """
    row, column = kept.market.cohort.mentee_rows[mentee_id], kept.market.cohort.mentor_columns[mentor_id]
    search = _Chains(kept, row, column)
    repairs: list[Repair] = []
    for most in range(others + 1):
        found = search.best(most)
        if found and (not repairs or found.gain > repairs[-1].gain):
            repairs.append(found)
    return Rematch(tuple(repairs), _waiting(kept, row, column))


@dataclass(frozen=True, slots=True)
class _Chain:
    """Hold who moves where so far, what that gains, and who has to find a place next."""

    moves: tuple[tuple[int, int], ...]
    gain: int
    left: int


class _Chains:
    """Try chains for one mentee and the mentor she had, best hopes first."""

    def __init__(self, kept: Kept, row: int, column: int) -> None:
        self.kept, self.row, self.column = kept, row, column
        self.free = kept.free.copy()
        self.free[column] += 1
        self.only_free = np.where(self.free > 0, 0, 2 * TAKEN)
        # A free place costs nothing; the one just freed has kept its price, by which a chain may gain more.
        self.bonus = int(kept.prices[column]) if kept.priced else UNKNOWN

    def looked_up(self, row: int, prices: IntArray, most: int) -> list[tuple[int, int]]:
        """Return the best mentors for a mentee at these prices (m) with the scores, but not those she has or had."""
        had = [self.column] if row == self.row else self.kept.having[row]
        found = self.kept.best(row, prices, most + len(had))
        return [(column, score) for column, score in found if column not in had][:most]

    def best(self, others: int) -> Repair | None:
        """Return the chain that gains most with at most so many others, or None where there is none."""
        found: _Chain | None = None
        waiting: list[tuple[int, int, _Chain]] = [(0, 0, _Chain((), 0, self.row))]
        tried = number = 0
        passed_over = -UNKNOWN
        while waiting and tried < TRIES:
            hope, _, chain = heappop(waiting)
            if found and -hope <= found.gain and chain.moves:
                break
            tried += 1
            ended = self._end(chain)
            if ended and (not found or ended.gain > found.gain):
                found = ended
            if len(chain.moves) < others:
                hopeful = self.looked_up(chain.left, self.kept.prices, WIDE)
                if len(hopeful) == WIDE:
                    passed_over = max(passed_over, self._hope(chain, *hopeful[-1]))
                for longer, bound in self._longer(chain, hopeful):
                    number += 1
                    heappush(waiting, (-bound, number, longer))
        beyond = max(passed_over, -waiting[0][0] if waiting else -UNKNOWN)
        return self._repair(found, others == 0 or beyond <= found.gain) if found else None

    def _hope(self, chain: _Chain, column: int, score: int) -> int:
        """Return what a chain could gain at most that goes on by a place of this mentor."""
        return chain.gain + score - int(self.kept.prices[column]) + self.bonus

    def _end(self, chain: _Chain) -> _Chain | None:
        """Give whoever is left the best free place."""
        for column, score in self.looked_up(chain.left, self.only_free, 1):
            return _Chain((*chain.moves, (chain.left, column)), chain.gain + score, -1)
        return None

    def _longer(self, chain: _Chain, hopeful: list[tuple[int, int]]) -> list[tuple[_Chain, int]]:
        """Give whoever is left the place of somebody who then is left, with what the chain could gain at most."""
        moved = {self.row, *(mentee for mentee, _ in chain.moves)}
        longer = []
        for column, score in hopeful:
            for row in self.kept.held.get(column, []) if self.free[column] == 0 else []:
                if row not in moved and self.kept.may_move(row, column):
                    gain = chain.gain + score - self.kept.scored[row, column]
                    moves = (*chain.moves, (chain.left, column))
                    longer.append((_Chain(moves, gain, row), self._hope(chain, column, score)))
        return longer

    def _repair(self, chain: _Chain, exact: bool) -> Repair:
        mentees, mentors = self.kept.market.cohort.mentees, self.kept.market.cohort.mentors
        moves = []
        for row, column in chain.moves:
            before = [self.column] if row == self.row else self.kept.having[row]
            moves.append(Move(mentees[row].id, mentors[before[0]].id, mentors[column].id))
        return Repair(tuple(moves), chain.gain, exact)


def _waiting(kept: Kept, row: int, column: int) -> tuple[str, int] | None:
    """Return who of those without anyone fits a mentor best."""
    alone = kept.alone[kept.alone != row]
    if not len(alone):
        return None
    found = scores(columns_of(kept.market.plan, np.array([column])), alone)[:, 0]
    best = int(found.argmax())
    fits = found[best] >= kept.market.problem.rules.least_score
    return (kept.market.cohort.mentees[int(alone[best])].id, int(found[best])) if fits else None
