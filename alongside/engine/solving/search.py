"""The best of all pairs, found among few: solve for candidates, let their prices judge every pair, and solve again.

The search holds a graph of candidates, and for every mentee a bound on all her pairs outside it: at the prices at which
her row was last looked at, none was worth more than `bound[i]`. As long as her potential is at or above that, and
prices at or above those, nothing outside can matter to her. Where her potential has fallen below, her whole row is
looked at again; where the prices of a few mentors have fallen, those columns are. When no pair outside is worth more
than its two potentials, the matching is the best among all pairs there are, whatever the candidates were to begin with.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from os import sched_getaffinity
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from alongside.engine.compiled import compiled
from alongside.engine.measuring.forms import Points
from alongside.engine.scanning.plan import Plan, columns_of
from alongside.engine.scanning.scan import Best, Seekers, best_mentees, best_pairs
from alongside.engine.scanning.worth import Worth, columns_worth, worths
from alongside.engine.solving.auction import auction
from alongside.engine.solving.flow import NodeArray, Side, keep_tight, settle, side
from alongside.engine.table import BoolArray, IntArray
from alongside.engine.watch import Watch

FIRST_LOOK = 10
"""Pairs of each mentee taken as candidates before prices are known; a matter of speed only."""

LOOK = 16
"""Pairs of each mentee added at a time when prices say that she would gain."""

SOUGHT, MOST_SOUGHT = 4, 32
"""Pairs for each place of a mentor that there should be among the first candidates, and for all of them."""

PLENTY = 2
"""Places for each mentor wanted from which nobody minds whom nobody has among her best: many stay free."""

LISTED = 3
"""Mentees of the sample listed for each mentor, of whom the one who would gain most makes her price."""

WORKERS = 4
"""Tasks in which mentees are found for mentors, each with a list for every mentor; and in which few pairs are seen."""

MARGIN = 600
"""Points by which prices may fall before rows are looked at again."""

ROW = 128
"""Pairs that are looked at in the time it takes to come to a row."""

TASK = 2_000_000
"""Pairs looked at in one task, about: small enough to report progress, large enough that starting it costs nothing."""

LITTLE = 50_000
"""Pairs from which it pays to give each thread a task."""

LARGE = 1_000_000
"""From so many pairs on, prices are guessed from a sample before everybody is looked at."""

SAMPLE = 8
"""One in so many is in the sample."""

ELSEWHERE = 50
"""How many times larger a task is that runs in another process or on another machine."""

STEP = 30
"""The auction's little more, in points: near enough for what it costs."""

PERSON = 20_000
"""What the auction takes a person to be worth, in points: more than any score, and less than makes it long."""

FINER = 10
"""The same where an auction goes on from pairs that are nearly right."""

EXACTLY = 0
"""The same where lots decide: hardly any two are equal, so each bid is a step, and what is held stays exactly right."""

FEW_RIGHT = 4
"""Where fewer than one in so many pairs of the auction are right at its prices, lots decide rather than scores."""

MANY_WANTING = 20
"""Where somebody wants something else for one in so many pairs, bidding is quicker than searching for each."""

BIDS = 100
"""Bids for each who wants something else, after which an auction crawls, and what was before it is the better start."""

NOTHING = -(2**62)
"""Less than any pair is worth."""


Found = tuple[NodeArray, NodeArray, Points]
"""The mentees, mentors and scores of pairs."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Say how many mentors each mentee is to have (n), and how many places each mentor has (m).

    `first` (n) is what a mentee's first mentor earns, `their_first` (m) a mentor's first mentee, in units of worth.
    """

    wanted: IntArray
    places: IntArray
    first: IntArray
    their_first: IntArray

    @property
    def pairs(self) -> int:
        """Return how many pairs there can be at most."""
        return int(min(self.wanted.sum(), self.places.sum()))


@dataclass
class Search:
    """Hold the candidates, sorted by mentee, then mentor; which are made; and the potentials in units of worth."""

    plan: Plan
    worth: Worth
    demand: Demand
    executor: Executor
    watch: Watch = field(default_factory=Watch)
    mentee: NodeArray = field(default_factory=lambda: np.zeros(0, np.int32))
    mentor: NodeArray = field(default_factory=lambda: np.zeros(0, np.int32))
    score: Points = field(default_factory=lambda: np.zeros(0, np.int32))
    made: BoolArray = field(default_factory=lambda: np.zeros(0, np.bool_))

    def __post_init__(self) -> None:
        n, m = self.plan.mentees, self.plan.mentors
        self.ours, self.theirs = np.zeros(n, np.int64), np.zeros(m, np.int64)
        self.bound, self.looked_at = np.full(n, NOTHING), np.zeros(n, np.int64)
        self.prices: list[IntArray] = []
        self.step = 1
        self.possible = np.zeros(n, np.int32)
        wanting = np.flatnonzero(self.demand.wanted > 0)
        # Neighbours in one task: how far they are from everyone is then worked out once for all of them.
        self.wanting = wanting[np.argsort(self.plan.travel.place[wanting], kind="stable")]

    def run(self, prices: IntArray | None = None) -> bool:
        """Search until the pairs made are proven the best, and tell whether it came so far before the watch stopped it.

        :param prices: m prices in units of worth; good ones save time and change nothing else.
        :raises Stopped: if the watch cancelled it.
        """
        if not (len(self.wanting) and self.plan.mentors):
            return True
        self._look_first(self._guess() if prices is None else prices)
        self._solve(wished=None)
        while not self.watch.stop():
            if not self._look_again():
                return True
            self._solve(wished=self.made)
        return False

    # Looking at pairs.

    def _guess(self) -> IntArray:
        """Return prices to start from: what each mentor is worth to a sample of mentees matched with a sample."""
        m = self.plan.mentors
        if len(self.wanting) * m < LARGE:
            return np.zeros(m, np.int64)
        columns = np.arange(m // 2 % SAMPLE, m, SAMPLE)
        sampled = np.arange(0, len(self.wanting), SAMPLE)
        wanted = np.zeros_like(self.demand.wanted)
        wanted[self.wanting[sampled]] = self.demand.wanted[self.wanting[sampled]]
        demand = Demand(wanted, self.demand.places[columns], self.demand.first, self.demand.their_first[columns])
        plan, worth = columns_of(self.plan, columns), columns_worth(self.worth, columns)
        part = Search(plan, worth, demand, self.executor, Watch(cancel=self.watch.cancel))
        part.run()
        rows = self.wanting[sampled]
        profits = part.ours[rows] // self.worth.scale - self.worth.reward
        gains = self._seek(self.plan, rows, profits, LISTED).gains.max(axis=1)
        guess: IntArray = np.maximum(0, gains).astype(np.int64) * self.worth.scale
        return guess

    def _look_first(self, prices: IntArray) -> None:
        """Take everybody's best pairs at these prices as candidates."""
        best = self._look(self.plan, self.worth, self.wanting, prices, np.full(len(self.wanting), NOTHING), FIRST_LOOK)
        self.possible[self.wanting] = best.possible
        self.prices.append(prices)
        self.bound[self.wanting] = best.outside
        self._add([_listed(self.wanting, best.mentors, best.scores)])
        self._look_for_the_passed_over(best, prices)

    def _look_for_the_passed_over(self, best: Best, prices: IntArray) -> None:
        """Take also the mentees who would gain most by mentors whom hardly anybody has among her best."""
        known = np.bincount(self.mentor, minlength=self.plan.mentors)
        sought = np.minimum(SOUGHT * self.demand.places, MOST_SOUGHT)
        few, having = np.flatnonzero(known < sought), np.flatnonzero(best.mentors[:, 0] >= 0)
        plenty = self.demand.places.sum() > PLENTY * self.demand.wanted.sum()
        if plenty or not (len(few) and len(having)) or self.plan.mentors <= FIRST_LOOK:
            return
        profits = best.scores[having, 0] - prices[best.mentors[having, 0]] // self.worth.scale
        most = int(sought[few].max())
        found = self._seek(columns_of(self.plan, few), self.wanting[having], profits, most)
        mentor, place = np.nonzero(found.mentees >= 0)
        self._add_pairs(found.mentees[mentor, place], few[mentor].astype(np.int32), found.scores[mentor, place])

    def _seek(self, plan: Plan, rows: IntArray, profits: IntArray, most: int) -> Seekers:
        """Find for each mentor of a plan those of some mentees who would gain most, in a task for each worker."""
        tasks = np.array_split(np.arange(len(rows)), max(1, min(WORKERS, len(rows) * plan.mentors // LITTLE)))
        waiting = [self.executor.submit(best_mentees, plan, rows[task], profits[task], most) for task in tasks]
        parts = [future.result() for future in waiting]
        if len(parts) == 1:
            return parts[0]
        whole = Seekers(*(np.concatenate(arrays, axis=1) for arrays in zip(*parts, strict=True)))
        order = np.argsort(-whole.gains, axis=1, kind="stable")[:, :most]
        return Seekers(*(np.take_along_axis(each, order, axis=1) for each in whole))

    def _look_again(self) -> int:
        """Add pairs outside that are worth more than their potentials, and return how many were found."""
        found: list[Found] = []
        whole = np.zeros(self.plan.mentees, dtype=np.bool_)
        for number, prices in enumerate(self.prices):
            here = self.wanting[self.looked_at[self.wanting] == number]
            if len(here):
                low, fallen = self._doubtful(here, prices - self.theirs)
                whole[here[low]] = True
                found += self._look_at_columns(number, here[~low], fallen)
        found += self._look_at_rows(self.wanting[whole[self.wanting]])
        return self._add(found)

    def _doubtful(self, rows: IntArray, drops: IntArray) -> tuple[BoolArray, IntArray]:
        """Choose rows to look at again as a whole, to be marked, and for the other rows columns.

        A row is beyond doubt where its mentee's potential is above its bound by as much as any price outside the
        columns fell (`drops`, m). Of the ways to divide the work take the one that looks at fewest pairs.
        """
        order = np.argsort(-drops, kind="stable")
        margin = self.ours[rows] - self.bound[rows]
        counts = [0, *(2**power for power in range(len(order).bit_length()) if 2**power < len(order))]
        rest = [max(0, int(drops[order[count]])) for count in counts]
        marked = [int(np.count_nonzero(margin < drop)) for drop in rest]
        work = [_work(mark, len(order)) + _work(len(rows) - mark, c) for mark, c in zip(marked, counts, strict=True)]
        best = int(np.argmin(work))
        return margin < rest[best], np.sort(order[: counts[best]])

    def _look_at_rows(self, rows: IntArray) -> list[Found]:
        """Look at all pairs of some mentees, and remember at which prices."""
        if not len(rows):
            return []
        best = self._look(self.plan, self.worth, rows, self.theirs, self._nearly(rows), LOOK)
        self.bound[rows], self.looked_at[rows] = best.outside, len(self.prices)
        self.prices.append(self.theirs.copy())
        return [_listed(rows, best.mentors, best.scores)]

    def _look_at_columns(self, number: int, rows: IntArray, columns: IntArray) -> list[Found]:
        """Look at pairs of those last looked at at prices `number` with mentors whose prices have fallen since."""
        if not (len(rows) and len(columns)):
            return []
        plan, worth = columns_of(self.plan, columns), columns_worth(self.worth, columns)
        above = np.maximum(self.bound[rows], self._nearly(rows))
        best = self._look(plan, worth, rows, self.theirs[columns], above, LOOK)
        self.bound[rows] = best.outside
        self.prices[number] = self.prices[number].copy()
        self.prices[number][columns] = self.theirs[columns]
        return [_listed(rows, np.where(best.mentors >= 0, columns[best.mentors], -1), best.scores)]

    def _nearly(self, rows: IntArray) -> IntArray:
        """Return what is worth looking for: also pairs that would be worth more if prices fell a little."""
        return self.ours[rows] - MARGIN * self.worth.scale

    def look_for(self, ours: IntArray, theirs: IntArray) -> int:
        """Add pairs worth more than potentials given in points, lots left out, and return how many were found.

        No candidate may be worth more. None is found only where there is none: what is known of rows says where not
        to look.
        """
        scale, kept = self.worth.scale, (self.ours, self.theirs)
        # All that a lot can add is on the mentees' side: then a pair gains just where it does in whole points.
        self.ours, self.theirs = ours * scale + scale - 1, theirs * scale
        found = self._look_again()
        self.ours, self.theirs = kept
        return found

    def _look(self, plan: Plan, worth: Worth, rows: IntArray, prices: IntArray, above: IntArray, most: int) -> Best:
        """Look at rows in tasks, wherever the executor runs them, for `most` pairs beside those a mentee may have."""
        most += int(self.demand.wanted.max(initial=0))
        tasks = self._tasks(len(rows), plan.mentors)
        waiting = [
            self.executor.submit(best_pairs, plan, worth, rows[task], prices, above[task], most) for task in tasks
        ]
        parts = []
        try:
            for number, future in enumerate(waiting, start=1):
                parts.append(future.result())
                self.watch.step("pairs", number / len(waiting))
        finally:
            for future in waiting:
                future.cancel()
        return Best(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))

    def _tasks(self, rows: int, columns: int) -> list[IntArray]:
        """Divide rows among tasks. What runs elsewhere is sent all that is known of everybody, so gets more at once."""
        here = isinstance(self.executor, ThreadPoolExecutor)
        count = rows * columns // (TASK if here else TASK * ELSEWHERE)
        few = min(WORKERS, rows * columns // LITTLE) if here else 1
        return np.array_split(np.arange(rows), max(1, min(rows, max(few, count))))

    def _add(self, found: list[Found]) -> int:
        """Add pairs that are no candidates yet, and return how many of them are worth more than their potentials."""
        if not any(len(score) for _, _, score in found):
            return 0
        mentee, mentor, score = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return self._add_pairs(mentee, mentor, score)

    def _add_pairs(self, mentee: NodeArray, mentor: NodeArray, score: Points) -> int:
        known = len(self.mentee)
        mentee, mentor = np.concatenate([self.mentee, mentee]), np.concatenate([self.mentor, mentor])
        order = _in_order(mentee, mentor, _starts(mentee, self.plan.mentees))
        mentee, mentor = mentee[order], mentor[order]
        once = np.ones(len(order), np.bool_)
        once[1:] = (mentee[1:] != mentee[:-1]) | (mentor[1:] != mentor[:-1])
        order = order[once]
        self.mentee, self.mentor = mentee[once], mentor[once]
        self.score = np.concatenate([self.score, score])[order]
        self.made = np.concatenate([self.made, np.zeros(len(score), np.bool_)])[order]
        return self._gaining(np.flatnonzero(order >= known))

    def _gaining(self, pairs: IntArray) -> int:
        """Count those of the pairs that are worth more than their potentials."""
        mentee, mentor = self.mentee[pairs], self.mentor[pairs]
        gain = worths(self.worth, mentee, mentor, self.score[pairs]) - self.ours[mentee] - self.theirs[mentor]
        return int(np.count_nonzero(gain > 0))

    # Solving for the candidates.

    def _solve(self, wished: BoolArray | None) -> None:
        """Make the best pairs among the candidates, beginning from those wished for, or from an auction."""
        self.watch.step("pairing", 0.0)
        value = worths(self.worth, self.mentee, self.mentor, self.score)
        ours = side(self.mentee, self.plan.mentees, self.demand.wanted, self.demand.first, self.ours)
        theirs = side(self.mentor, self.plan.mentors, self.demand.places, self.demand.their_first, self.theirs)
        graph = _Graph(ours, theirs, value)
        if wished is None and not self._mentees_are_fewer():
            graph = _Graph(theirs, ours, value)
        if wished is None:
            self.made, self.step = graph.begun(self.score.astype(np.int64) + PERSON, self.worth)
        else:
            self.made = graph.right(wished)
        self.made = graph.nearer(self.made, self.step)
        settle(graph.bidders, graph.goods, value, self.made)
        settle(graph.goods, graph.bidders, value, self.made)
        self.ours, self.theirs = ours.potential, theirs.potential
        self.watch.step("pairing", 1.0)

    def _mentees_are_fewer(self) -> bool:
        n, m = self.plan.mentees, self.plan.mentors
        return bool(np.minimum(self.demand.wanted, m).sum() <= np.minimum(self.demand.places, n).sum())


class _Graph(NamedTuple):
    """Hold both sides of the candidates, those who bid first, and what each pair is worth."""

    bidders: Side
    goods: Side
    value: IntArray

    def right(self, wished: BoolArray) -> BoolArray:
        """Make those of the wished pairs that are exactly right at the prices of the goods, and return them."""
        made = np.zeros(len(wished), np.bool_)
        self.bidders.load[:], self.goods.load[:] = 0, 0
        keep_tight(self.bidders, self.goods, self.value, made, wished)
        return made

    def begun(self, points: IntArray, worth: Worth) -> tuple[BoolArray, int]:
        """Make the pairs that are right after an auction by points, and return them and the step to go on by.

        Where nearly all points are equal, prices of whole points leave nearly nothing right. Then begin from no prices.
        """
        wished = np.zeros(len(points), np.bool_)
        auction(self.bidders, self.goods, points, STEP, wished, 50 * len(points))
        self.goods.potential[:] *= worth.scale
        made = self.right(wished)
        if FEW_RIGHT * np.count_nonzero(made) >= np.count_nonzero(wished):
            return made, FINER * worth.scale
        self.goods.potential[:] = 0
        return self.right(wished), EXACTLY

    def nearer(self, made: BoolArray, step: int) -> BoolArray:
        """Let those who want something else bid on where they are many, and return the pairs that are right then."""
        one, few = self.bidders, int(np.count_nonzero(made)) // MANY_WANTING
        earned = np.where(one.load == 0, one.first, 0)
        wanting = int(np.count_nonzero((one.load < one.room) & (one.potential > -earned)))
        if wanting <= few:
            return made
        wished, prices = made.copy(), self.goods.potential.copy()
        if auction(self.bidders, self.goods, self.value, step, wished, BIDS * wanting) < BIDS * wanting:
            return self.right(wished)
        self.goods.potential[:] = prices
        return made


def _listed(rows: IntArray, mentors: npt.NDArray[np.integer], scores: Points) -> Found:
    """Return the pairs that are in lists (rows by k) of mentors, -1 where a list ends."""
    row, place = np.nonzero(mentors >= 0)
    return rows[row].astype(np.int32), mentors[row, place].astype(np.int32), scores[row, place]


def _work(rows: int, columns: int) -> int:
    """Return how much it is to look at a block of pairs, coming to each row included."""
    return rows * (columns + ROW) if columns else 0


def _starts(mentee: NodeArray, mentees: int) -> IntArray:
    starts: IntArray = np.concatenate([[0], np.cumsum(np.bincount(mentee, minlength=mentees))]).astype(np.int64)
    return starts


@compiled
def _in_order(mentee: NodeArray, mentor: NodeArray, starts: IntArray) -> IntArray:
    """Return the pairs by mentee, then mentor, the earlier of equal ones first: each is put in its place in her row."""
    order, ends = np.zeros(len(mentee), np.int64), starts.copy()
    for pair in range(len(mentee)):
        row = mentee[pair]
        place = ends[row]
        while place > starts[row] and mentor[order[place - 1]] > mentor[pair]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = pair
        ends[row] += 1
    return order


@contextmanager
def threads() -> Iterator[Executor]:
    """Give an executor with a thread for each processor; compiled loops run side by side in them."""
    with ThreadPoolExecutor(max_workers=len(sched_getaffinity(0))) as executor:
        yield executor
