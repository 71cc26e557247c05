"""Stable matching: pairs that no mentee and mentor would both rather leave for each other.

Gale and Shapley, College Admissions and the Stability of Marriage, American Mathematical Monthly 69 (1962);
several places: Roth and Sotomayor, Two-Sided Matching, Cambridge University Press (1990), chapters 5 and 6.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from alongside.engine.preferences.deferred import all_or_nothing, deferred_acceptance
from alongside.engine.preferences.wishes import StableProblem, Wishes
from alongside.engine.table import BoolArray, IntArray
from alongside.engine.values.problem import IdPair


@dataclass(frozen=True, slots=True)
class StableMatching:
    """Hold the pairs, mentee first, and the mentees who lack someone, all sorted by id.

    `unmatched` want a mentor and have none; `incomplete` have one, and want more; `withdrawn` are those of the
    unmatched who have none because they could not have one of each kind.
    """

    pairs: tuple[IdPair, ...]
    unmatched: tuple[str, ...]
    incomplete: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()


def match_stably(problem: StableProblem) -> StableMatching:
    """Match so that no mentee and mentor who accept each other would both rather have each other.

    Mentees propose. So, with equals put in order by the lottery, each mentee has the best mentors she has in any
    stable matching; and where each is to have one, none gains by stating other wishes than her own, while mentors
    may (Roth and Sotomayor, theorems 2.12, 4.7 and 5.16). Everyone is taken to compare sets of others one by one
    (responsive preferences).

    **Equals.** Each person draws one number, a hash of the seed and her id, which decides for everyone who likes
    her and another equally; the result is then *weakly* stable (Irving, Stable Marriage and Indifference, Discrete
    Applied Mathematics 48, 1994): no two would *both strictly* rather have each other. With one number for each
    person, not for each pair, pupils in New York did better (Abdulkadiroğlu, Pathak and Roth, American Economic
    Review 99, 2009). Another draw may place more people: to place the most is NP-hard (Iwama, Manlove, Miyazaki
    and Morita, ICALP 1999), and is not attempted.

    **Kinds.** Each mentee has a place for every kind, filled from those on her list who are of it. As she compares
    mentors within a kind only, and no mentor is of two, a pair blocks the whole if and only if it blocks the market
    of its kind: the matching is exactly those of the kinds, one by one.

    **Together.** One mentor is then worth nothing without the other, and a matching that no mentee with a set of
    mentors would rather leave need not exist. What holds instead: a mentee has a mentor of every kind or none;
    among all who did not withdraw the matching is stable, kind by kind, as if the others were not there; and that
    some withdrew has harmed none of those. What does not: one who withdrew may like, and be liked better by, a
    mentor of each kind; but to let her back would leave her without a mentor of some kind, or somebody else with
    one of some kinds only. Who may come back first is for the lottery; and to name others than one would have may
    pay.
    """
    market = _Market.of(problem)
    lists = (market.starts, market.columns, market.ranks, market.wanted, market.places)
    withdrawn = np.zeros(len(problem.mentees), dtype=np.bool_)
    if problem.together:
        made, withdrawn = all_or_nothing(*lists, width=market.width, order=market.order)
    else:
        made = deferred_acceptance(*lists)
    people = np.repeat(np.arange(len(market.wanted)) // market.width, np.diff(market.starts))
    return _matching(problem, people[made], market.columns[made], withdrawn)


def _matching(problem: StableProblem, rows: IntArray, columns: IntArray, withdrawn: BoolArray) -> StableMatching:
    mentees, mentors = [p.id for p in problem.mentees], [p.id for p in problem.mentors]
    pairs = sorted((mentees[row], mentors[column]) for row, column in zip(rows.tolist(), columns.tolist(), strict=True))
    has = Counter(mentee for mentee, _ in pairs)
    wants = {p.id: p.capacity * max(1, len(problem.kinds)) for p in problem.mentees}
    return StableMatching(
        tuple(pairs),
        unmatched=tuple(sorted(who for who in mentees if has[who] == 0 < wants[who])),
        incomplete=tuple(sorted(who for who in mentees if 0 < has[who] < wants[who])),
        withdrawn=tuple(sorted(mentees[row] for row in np.flatnonzero(withdrawn).tolist())),
    )


@dataclass(frozen=True, slots=True)
class _Market:
    """Hold a problem as arrays for `deferred_acceptance`: `width` lists, one for each kind, for each of n mentees.

    `order` (n) is the mentees by the number they drew.
    """

    starts: IntArray
    columns: IntArray
    ranks: IntArray
    wanted: IntArray
    places: IntArray
    width: int
    order: IntArray

    @classmethod
    def of(cls, problem: StableProblem) -> _Market:
        """Keep the pairs that accept each other, and put strict orders in the place of tiers."""
        kinds = problem.kinds or ("",)
        mentee_draw, mentor_draw = _draw("mentee", problem.mentees, problem), _draw("mentor", problem.mentors, problem)
        rows, columns, wished, standing = _mutual(problem)
        kind = np.array([kinds.index(mentor.kind) for mentor in problem.mentors], dtype=np.int64)
        lists = rows * len(kinds) + kind[columns]
        best_first = np.lexsort((mentor_draw[columns], wished, lists))
        ranks = np.empty_like(rows)
        ranks[np.lexsort((mentee_draw[rows], standing, columns))] = np.arange(len(rows))
        sizes = np.bincount(lists, minlength=len(problem.mentees) * len(kinds))
        return cls(
            starts=np.concatenate(([0], np.cumsum(sizes))),
            columns=columns[best_first],
            ranks=ranks[best_first],
            wanted=np.repeat(_capacities(problem.mentees), len(kinds)),
            places=_capacities(problem.mentors),
            width=len(kinds),
            order=np.argsort(mentee_draw),
        )


def _capacities(people: Iterable[Wishes]) -> IntArray:
    return np.array([wishes.capacity for wishes in people], dtype=np.int64)


def _draw(side: str, people: tuple[Wishes, ...], problem: StableProblem) -> IntArray:
    """Return the place of each person in the lottery, from 0; it depends on the seed, the side and the id alone."""
    key = hashlib.blake2b(problem.seed.encode("utf-8", "surrogatepass")).digest()

    def drawn(index: int) -> tuple[bytes, str]:
        identifier = people[index].id
        data = identifier.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, digest_size=16, key=key, person=side.encode()).digest(), identifier

    places = np.empty(len(people), dtype=np.int64)
    places[sorted(range(len(people)), key=drawn)] = np.arange(len(people))
    return places


def _mutual(problem: StableProblem) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return row, column, tier of the mentor and tier of the mentee for each pair that accept each other."""
    rows, named, wished = _named(problem.mentees, problem.mentors)
    columns, naming, standing = _named(problem.mentors, problem.mentees)
    width = len(problem.mentors)
    keys, here, there = np.intersect1d(
        rows * width + named, naming * width + columns, assume_unique=True, return_indices=True
    )
    return keys // max(1, width), keys % max(1, width), wished[here], standing[there]


def _named(people: tuple[Wishes, ...], others: tuple[Wishes, ...]) -> tuple[IntArray, IntArray, IntArray]:
    """Return who names whom in which tier, all as numbers from 0."""
    index = {wishes.id: number for number, wishes in enumerate(others)}
    sizes = [sum(map(len, wishes.tiers)) for wishes in people]
    whom = (index[name] for wishes in people for tier in wishes.tiers for name in tier)
    tiers = (number for wishes in people for number, tier in enumerate(wishes.tiers) for _ in tier)
    total = sum(sizes)
    return (
        np.repeat(np.arange(len(people)), sizes),
        np.fromiter(whom, dtype=np.int64, count=total),
        np.fromiter(tiers, dtype=np.int64, count=total),
    )
