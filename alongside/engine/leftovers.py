"""Who is left after a matching: mentees without anyone and why, mentors with room."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from alongside.engine.cohort import Cohort
from alongside.engine.people import Person
from alongside.engine.problem import Problem
from alongside.engine.results import FreePlaces, Unmatched
from alongside.engine.table import BoolArray

IN_WORDS = {
    "cleared": "clearance",
    "capacity": "having a free place",
    "themselves": "being one person on both sides",
    "avoids": "a wish not to be paired",
    "same_organisation": "being at the same organisation",
    "different_organisation": "being at different organisations",
    "must_share": "what both must share",
    "languages": "a language in common",
    "distance": "distance",
    "availability": "a time in common",
    "seniority": "seniority",
    "forbidden": "pairs ruled out by hand",
}
"""What a rule is about, to name it in passing."""


def free_places(cohort: Cohort, made: BoolArray) -> tuple[FreePlaces, ...]:
    """Return the cleared mentors with places left, given the pairs made (n by m)."""
    taken = made.sum(axis=0).tolist()
    return tuple(
        FreePlaces(mentor.id, mentor.capacity - count)
        for mentor, count in zip(cohort.mentors, taken, strict=True)
        if mentor.cleared and mentor.capacity > count
    )


def unmatched(
    problem: Problem, cohort: Cohort, masks: Mapping[str, BoolArray], allowed: BoolArray, made: BoolArray
) -> tuple[Unmatched, ...]:
    """Return the mentees without anyone, and why; those who are to have no mentor (capacity 0) are not missed."""
    forbidden = {**masks, "forbidden": ~cohort.pairs(problem.forbidden)}
    return tuple(
        _reason(mentee, {name: mask[row] for name, mask in forbidden.items()}, int(allowed[row].sum()))
        for row, mentee in enumerate(cohort.mentees)
        if mentee.capacity > 0 and not made[row].any()
    )


def _reason(mentee: Person, rules: Mapping[str, BoolArray], possible: int) -> Unmatched:
    if not mentee.cleared:
        return Unmatched(mentee.id, "not_cleared", f"{mentee} is not cleared yet; nobody is matched before that.")
    if possible:
        mentors = "the one mentor" if possible == 1 else f"all {possible} mentors"
        return Unmatched(
            mentee.id,
            "places_full",
            f"The places of {mentors} {mentee} could have are taken by others, for the best of all.",
        )
    return Unmatched(mentee.id, "no_allowed_mentor", _nobody_allowed(mentee, rules))


def _nobody_allowed(mentee: Person, rules: Mapping[str, BoolArray]) -> str:
    """Name the rules that stand in the way, those that rule out most mentors first."""
    against = {name: int(np.count_nonzero(~mask)) for name, mask in rules.items()}
    named = sorted((name for name in against if against[name]), key=lambda name: (-against[name], name))
    if not named:
        return f"There are no mentors for {mentee} to be matched with."
    counts = ", ".join(f"{IN_WORDS[name]} ({against[name]})" for name in named)
    return f"No mentor is possible for {mentee}. Ruled out by: {counts}."
