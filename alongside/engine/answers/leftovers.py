"""Who is left after a matching: mentees without anyone and why, mentors with room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from alongside.engine.measuring import forms
from alongside.engine.measuring.cohort import Cohort
from alongside.engine.measuring.forms import Points
from alongside.engine.scanning.plan import BAN
from alongside.engine.table import IntArray
from alongside.engine.values.people import Person
from alongside.engine.values.problem import Problem
from alongside.engine.values.results import FreePlaces, Unmatched

IN_WORDS = {
    "cleared": "clearance",
    "capacity": "having a free place",
    "themselves": "being one person on both sides",
    "conflicts": "a conflict of interest",
    "avoids": "a wish not to be paired",
    "requires": "what one requires of the other",
    "former": "having been paired before",
    "same_organisation": "being at the same organisation",
    "different_organisation": "being at different organisations",
    "must_share": "what both must share",
    "must_differ": "what both must differ in",
    "languages": "a language in common",
    "distance": "distance",
    "availability": "a time in common",
    "seniority": "seniority",
    "forbidden": "pairs ruled out by hand",
    "least_score": "the least score of a pair",
}
"""What a rule is about, to name it in passing."""


@dataclass(frozen=True, slots=True)
class Left:
    """Hold what says why somebody is left: the rules, and how many mentors each mentee could have.

    `possible` (n) does not know of the least score; `scores` gives those of a mentee with everybody (m).
    """

    problem: Problem
    cohort: Cohort
    rules: Mapping[str, tuple[forms.Rule, ...]]
    possible: Points
    scores: Callable[[int], Points]


def free_places(cohort: Cohort, columns: IntArray) -> tuple[FreePlaces, ...]:
    """Return the cleared mentors with places left, given the columns of the pairs made."""
    taken = np.bincount(columns, minlength=len(cohort.mentors)).tolist()
    return tuple(
        FreePlaces(mentor.id, mentor.capacity - count)
        for mentor, count in zip(cohort.mentors, taken, strict=True)
        if mentor.cleared and mentor.capacity > count
    )


def unmatched(left: Left, rows: IntArray) -> tuple[Unmatched, ...]:
    """Return the mentees without anyone, and why, given the rows of the pairs made; capacity 0 is not missed."""
    placed = set(rows.tolist())
    without = [row for row, mentee in enumerate(left.cohort.mentees) if mentee.capacity > 0 and row not in placed]
    possible = {row: _possible(left, row) for row in without}
    against = _against(left, [row for row in without if not possible[row] and left.cohort.mentees[row].cleared])
    return tuple(_reason(left.cohort.mentees[row], possible[row], against.get(row, {})) for row in without)


def _possible(left: Left, row: int) -> int:
    least = left.problem.rules.least_score
    return int(np.count_nonzero(left.scores(row) >= least)) if least else int(left.possible[row])


def _reason(mentee: Person, possible: int, against: Mapping[str, int]) -> Unmatched:
    if not mentee.cleared:
        return Unmatched(mentee.id, "not_cleared", f"{mentee} is not cleared yet; nobody is matched before that.")
    if possible:
        mentors = "the one mentor" if possible == 1 else f"all {possible} mentors"
        return Unmatched(
            mentee.id,
            "places_full",
            f"The places of {mentors} {mentee} could have are taken by others, for the best of all.",
        )
    return Unmatched(mentee.id, "no_allowed_mentor", _nobody_allowed(mentee, against))


AT_ONCE = 200_000
"""Pairs asked about together: enough that asking costs little, and few enough that the answers need little room."""


def _against(left: Left, rows: list[int]) -> dict[int, dict[str, int]]:
    """Return for each of some mentees how many mentors each rule forbids her."""
    everyone, least = np.arange(len(left.cohort.mentors)), left.problem.rules.least_score
    by_hand = Counter(mentee for mentee, _ in left.problem.forbidden)
    found: dict[int, dict[str, int]] = {}
    for block in np.array_split(np.array(rows, np.int64), 1 + len(rows) * len(everyone) // AT_ONCE):
        forbidden = {name: _forbidden(rule, block, everyone).tolist() for name, rule in left.rules.items()}
        for number, row in enumerate(block.tolist()):
            counts = {name: count[number] for name, count in forbidden.items()}
            counts["forbidden"] = by_hand[left.cohort.mentees[row].id]
            counts["least_score"] = int(np.count_nonzero((left.scores(row) & (BAN - 1)) < least)) if least else 0
            found[row] = counts
    return found


def _forbidden(rule: tuple[forms.Rule, ...], rows: IntArray, everyone: IntArray) -> IntArray:
    """Return (rows) how many mentors a rule forbids each mentee."""
    allowed = np.ones((len(rows), len(everyone)), dtype=np.bool_)
    for form in rule:
        allowed &= form.allows(rows, everyone)
    return np.asarray(len(everyone) - np.count_nonzero(allowed, axis=1), dtype=np.int64)


def _nobody_allowed(mentee: Person, against: Mapping[str, int]) -> str:
    """Name the rules that stand in the way, those that rule out most mentors first."""
    named = sorted((name for name in against if against[name]), key=lambda name: (-against[name], name))
    if not named:
        return f"There are no mentors for {mentee} to be matched with."
    counts = ", ".join(f"{IN_WORDS[name]} ({against[name]})" for name in named)
    return f"No mentor is possible for {mentee}. Ruled out by: {counts}."
