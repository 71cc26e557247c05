"""Why a pair fits as it does: what each criterion gives, in points that add up exactly, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from alongside.engine.measuring.cohort import Cohort
from alongside.engine.measuring.criteria import criterion_in
from alongside.engine.values.people import Person


@dataclass(frozen=True, slots=True)
class Contribution:
    """Say what a criterion gives to a score: `points` of at most `out_of`, and why."""

    criterion: str
    points: int
    out_of: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Split a score (0 to 10,000) into contributions, whose points add up to it exactly.

    Criteria of weight zero contribute nothing and are left out.
    """

    score: int
    contributions: tuple[Contribution, ...]


def explain(cohort: Cohort, mentee: Person, mentor: Person, given: Mapping[str, tuple[int, int]]) -> Explanation:
    """Explain the score of two people of a cohort, given the points of each criterion and the most they could be."""
    return Explanation(
        sum(points for points, _ in given.values()),
        tuple(
            Contribution(name, points, out_of, criterion_in(cohort, name).sentence(mentee, mentor))
            for name, (points, out_of) in given.items()
        ),
    )
