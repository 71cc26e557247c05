"""A problem with minimums and quotas as arrays, once the pairs required by hand are made; and its certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from alongside.engine.limits.constrained import Constrained
from alongside.engine.measuring.cohort import Cohort
from alongside.engine.measuring.forms import Points
from alongside.engine.table import BoolArray, IntArray, Table
from alongside.engine.values.people import Person
from alongside.engine.values.problem import IdPair, Problem
from alongside.engine.values.quotas import Quota, in_order
from alongside.engine.values.results import Certificate, Solution, Unmatched
from alongside.engine.values.settings import Objective
from alongside.engine.values.totals import QuotaRows, Stakes


@dataclass(frozen=True, eq=False, slots=True)
class Terms:
    """Hold what is left to decide once the `locked` pairs (rows, columns) are made, and what they add to each count.

    `table` has the scores of the pairs that may be chosen, and the wishes and places that are left; `minimums` (m) and
    `quotas` what they still wait for and allow; `settled` (n) marks mentees who have someone already. `expected` counts
    the pairs that minimums and quotas ask for, locked ones too.
    """

    table: Table
    quotas: tuple[QuotaRows, ...]
    minimums: IntArray
    settled: BoolArray
    locked: tuple[IntArray, IntArray]
    expected: int

    @classmethod
    def of(cls, problem: Problem, cohort: Cohort, scores: IntArray, allowed: BoolArray) -> Terms:
        """State what is left of a problem, given the scores of all pairs (n by m) and whether rules allow them."""
        locked = cohort.places_of(problem.required)
        taken, filled = (np.bincount(at, minlength=size) for at, size in zip(locked, cohort.shape, strict=True))
        free = allowed.copy()
        free[locked] = False
        minimums = cohort.theirs(lambda person: person.minimum, np.int64)
        return cls(
            Table.of(
                np.where(free, scores, -1), _capacities(cohort.mentees) - taken, _capacities(cohort.mentors) - filled
            ),
            tuple(_rows(quota, cohort, problem.required) for quota in in_order(problem.quotas)),
            np.maximum(0, minimums - filled),
            taken > 0,
            locked,
            int(minimums.sum()) + sum(quota.least for quota in problem.quotas),
        )

    def above(self, floor: int) -> Terms:
        """Return the terms under which no pair may be chosen that scores below a floor."""
        return replace(self, table=self.table.only(self.table.values >= floor))

    def on_table(self, table: Table) -> Terms:
        """Return the same terms for pairs of other scores."""
        return replace(self, table=table)

    def with_locked(self, rows: IntArray, columns: IntArray) -> tuple[IntArray, IntArray]:
        """Return rows and columns of chosen and locked pairs, sorted."""
        rows, columns = np.concatenate([rows, self.locked[0]]), np.concatenate([columns, self.locked[1]])
        order = np.lexsort((columns, rows))
        return rows[order], columns[order]

    def left_by_limits(self, cohort: Cohort, left: tuple[Unmatched, ...], columns: IntArray) -> tuple[Unmatched, ...]:
        """Give the right reason to those whom a limit on a group leaves out: a mentor they could have has a place.

        :param columns: the mentors of all pairs made.
        """
        free = _capacities(cohort.mentors) > np.bincount(columns, minlength=len(cohort.mentors))
        could = self.table.values.max(axis=1, initial=-1, where=free) >= 0
        return tuple(_by_limit(cohort, one) if could[cohort.mentee_rows[one.person]] else one for one in left)

    @property
    def possible(self) -> Points:
        """Return (n) how many mentors each mentee could have."""
        return np.asarray((self.table.values >= 0).sum(axis=1, dtype=np.int32))


def _by_limit(cohort: Cohort, left: Unmatched) -> Unmatched:
    mentee = cohort.mentees[cohort.mentee_rows[left.person]]
    sentence = (
        f"There are free places {mentee} could have, but a limit on a group of people leaves no room for the pair."
    )
    return Unmatched(left.person, "group_limit", sentence)


def _capacities(people: Sequence[Person]) -> IntArray:
    return np.array([person.capacity for person in people], dtype=np.int64)


def _rows(quota: Quota, cohort: Cohort, required: frozenset[IdPair]) -> QuotaRows:
    at = cohort.mentee_rows if quota.side == "mentee" else cohort.mentor_columns
    members = np.array(sorted(at[person] for person in quota.members), dtype=np.int64)
    locked = sum(quota.holds(pair) for pair in required)
    most = None if quota.most is None else quota.most - locked
    return QuotaRows(quota.side, members, max(0, quota.least - locked), most)


@dataclass(frozen=True, eq=False, slots=True)
class Counts:
    """Count what a whole arrangement has, locked pairs too."""

    placed: int
    missing: int
    pairs: int
    quality: int

    @classmethod
    def of(cls, solution: Solution, missing: int) -> Counts:
        """Count the pairs of a solution, of which it is known what minimums and quotas miss."""
        pairs = solution.pairs
        return cls(len({pair.mentee for pair in pairs}), missing, len(pairs), sum(pair.score for pair in pairs))

    def value(self, expected: int, stakes: Stakes, objective: Objective) -> int:
        """Return what the arrangement is worth where so many pairs are expected; LEXIMIN leaves out the scores."""
        met = expected - self.missing
        counted = self.placed * stakes.placed + met * stakes.met + self.pairs * stakes.pair
        return counted if objective is Objective.LEXIMIN else counted + self.quality


def certificate(
    problem: Problem, cohort: Cohort, terms: Terms, found: Constrained, counts: Counts, *, fingerprint: str
) -> Certificate:
    """Return the certificate of an arrangement whose chosen pairs were found under these terms."""
    value = counts.value(terms.expected, found.stakes, problem.objective)
    settled, names = value - found.value, [quota.name for quota in in_order(problem.quotas)]
    return Certificate(
        placed=counts.placed,
        quality=counts.quality,
        bound=settled + found.bound,
        value=value,
        mentee_prices=by_id(cohort.mentees, found.mentee_prices),
        mentor_prices=by_id(cohort.mentors, found.mentor_prices),
        fingerprint=fingerprint,
        objective=problem.objective,
        limited=has_limits(problem),
        missing=counts.missing,
        quota_prices=tuple(zip(names, found.quota_prices.tolist(), strict=True)),
        stakes=found.stakes,
        claimed=settled + found.claimed,
        proof=found.proof,
        model=cohort.model,
    )


def has_limits(problem: Problem) -> bool:
    """Tell whether a problem has minimums or quotas."""
    return bool(problem.quotas) or any(mentor.minimum for mentor in problem.mentors)


def by_id(people: Sequence[Person], numbers: IntArray) -> tuple[tuple[str, int], ...]:
    """Return a number for each person by id."""
    return tuple((person.id, number) for person, number in zip(people, numbers.tolist(), strict=True))


def quota_in_the_way(problem: Problem, pair: IdPair) -> Quota | None:
    """Return a quota whose most is reached by required pairs, so that this pair cannot be made beside them."""
    held = (quota for quota in problem.quotas if quota.most is not None and quota.holds(pair))
    return next((quota for quota in held if sum(map(quota.holds, problem.required)) >= (quota.most or 0)), None)


def crossing(quotas: Sequence[Quota]) -> tuple[str, str] | None:
    """Return the names of two quotas that cross: people in both, and people in either alone; None where all nest."""
    for at, one in enumerate(quotas):
        for other in quotas[:at]:
            if one.side == other.side and one.members & other.members not in (set(), one.members, other.members):
                return other.name, one.name
    return None
