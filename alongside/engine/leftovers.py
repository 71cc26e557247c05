"""Who is left after a matching: mentees without anyone and why, mentors with room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from alongside.engine import forms
from alongside.engine.cohort import Cohort
from alongside.engine.forms import Points
from alongside.engine.people import Person
from alongside.engine.plan import BAN
from alongside.engine.problem import Problem
from alongside.engine.results import FreePlaces, Unmatched
from alongside.engine.table import IntArray

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
    return tuple(
        _reason(left, row, mentee)
        for row, mentee in enumerate(left.cohort.mentees)
        if mentee.capacity > 0 and row not in placed
    )


def _reason(left: Left, row: int, mentee: Person) -> Unmatched:
    if not mentee.cleared:
        return Unmatched(mentee.id, "not_cleared", f"{mentee} is not cleared yet; nobody is matched before that.")
    least = left.problem.rules.least_score
    possible = int(np.count_nonzero(left.scores(row) >= least)) if least else int(left.possible[row])
    if possible:
        mentors = "the one mentor" if possible == 1 else f"all {possible} mentors"
        return Unmatched(
            mentee.id,
            "places_full",
            f"The places of {mentors} {mentee} could have are taken by others, for the best of all.",
        )
    return Unmatched(mentee.id, "no_allowed_mentor", _nobody_allowed(mentee, _against(left, row)))


def _against(left: Left, row: int) -> dict[str, int]:
    """Return how many mentors each rule forbids a mentee."""
    here, everyone = np.array([row]), np.arange(len(left.cohort.mentors))
    against = {
        name: int(np.count_nonzero(~np.all([form.allows(here, everyone)[0] for form in rule], axis=0)))
        for name, rule in left.rules.items()
    }
    mentee, least = left.cohort.mentees[row].id, left.problem.rules.least_score
    weak = int(np.count_nonzero((left.scores(row) & (BAN - 1)) < least))
    return {**against, "forbidden": sum(one == mentee for one, _ in left.problem.forbidden), "least_score": weak}


def _nobody_allowed(mentee: Person, against: Mapping[str, int]) -> str:
    """Name the rules that stand in the way, those that rule out most mentors first."""
    named = sorted((name for name in against if against[name]), key=lambda name: (-against[name], name))
    if not named:
        return f"There are no mentors for {mentee} to be matched with."
    counts = ", ".join(f"{IN_WORDS[name]} ({against[name]})" for name in named)
    return f"No mentor is possible for {mentee}. Ruled out by: {counts}."
