"""What differs between two results: who moves, and what the whole gains or loses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from alongside.engine.results import Pair, Result


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
    where the weights have changed.
    """

    placed_change: int
    quality_change: int
    moves: tuple[Move, ...]


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
