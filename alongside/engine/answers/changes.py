"""What differs between two results: who moves, and what the whole gains or loses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from alongside.engine.values.problem import Problem
from alongside.engine.values.results import Pair, Result
from alongside.engine.values.settings import Objective


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """Move a mentee from one mentor to another, by id; None stands for nobody."""

    mentee: str
    from_mentor: str | None
    to_mentor: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Compare two results; positive numbers are a gain.

    `quality_change` measures both by the scores of the later problem, so that it compares like with like
    where the weights have changed. `missing_change` alone is a loss where it is positive: pairs more that minimums and
    quotas would wait for.
    """

    placed_change: int
    quality_change: int
    moves: tuple[Move, ...]
    missing_change: int = 0


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Hold what a change would result in, and how that differs from what is."""

    result: Result
    difference: Difference


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Say why two people are not paired.

    `kind` is "already_paired"; "rule": a hard rule forbids it, named in `rule`; "no_room": pairs required
    by the coordinator fill all there is; or "displaces": it could be made, at a `cost` in quality to the
    whole (exact, in points of 10,000 for a perfect pair), a change in the number of people placed, and the
    moves of others.
    """

    kind: Literal["rule", "displaces", "already_paired", "no_room"]
    rule: str | None
    sentence: str
    cost: int = 0
    placed_change: int = 0
    moves: tuple[Move, ...] = ()


def moves(before: Iterable[Pair], after: Iterable[Pair]) -> tuple[Move, ...]:
    """Return who moves from whom to whom, sorted by mentee."""
    old, new = _mentors(before), _mentors(after)
    return tuple(
        Move(mentee, lost, gained)
        for mentee in sorted(old.keys() | new.keys())
        for lost, gained in zip_longest(
            sorted(old.get(mentee, set()) - new.get(mentee, set())),
            sorted(new.get(mentee, set()) - old.get(mentee, set())),
        )
    )


def _mentors(pairs: Iterable[Pair]) -> dict[str, set[str]]:
    mentors: dict[str, set[str]] = {}
    for pair in pairs:
        mentors.setdefault(pair.mentee, set()).add(pair.mentor)
    return mentors


def cost_in_words(change: Difference, before: Result, after: Result, problem: Problem) -> str:
    """Say what the whole would lose, the gravest loss first, as the problem's objective has it."""
    lost = sum(move.to_mentor is None for move in change.moves) - sum(move.from_mentor is None for move in change.moves)
    if change.placed_change < 0:
        return f"{_counted(-change.placed_change, 'person', 'people')} fewer would have a mentor"
    if change.missing_change > 0:
        return f"{_counted(change.missing_change, 'pair', 'pairs')} more would be missing from minimums and quotas"
    if lost > 0:
        return f"there would be {_counted(lost, 'pair', 'pairs')} fewer"
    if fall := _fall(before, after, problem):
        return (
            f"of the pairs that fit least, one would fit at {fall[1] / 100:.2f} instead of {fall[0] / 100:.2f} of 100"
        )
    if change.quality_change < 0:
        return f"the whole would lose {-change.quality_change / 100:.2f} points of fit (a perfect pair has 100)"
    return "the whole would be as good as it is"


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _fall(before: Result, after: Result, problem: Problem) -> tuple[int, int] | None:
    """Return the lowest score that would fall, and to what, where the objective looks at the lowest."""
    if problem.objective not in (Objective.FLOOR_FIRST, Objective.LEXIMIN):
        return None
    ladder = list(zip(_chosen(before, problem), _chosen(after, problem), strict=False))
    looked_at = ladder[:1] if problem.objective is Objective.FLOOR_FIRST else ladder
    return next(((old, new) for old, new in looked_at if new < old), None)


def _chosen(result: Result, problem: Problem) -> list[int]:
    """Return the scores of pairs that are not required, the lowest first."""
    pairs = (pair for pair in result.solution.pairs if (pair.mentee, pair.mentor) not in problem.required)
    return sorted(pair.score for pair in pairs)
