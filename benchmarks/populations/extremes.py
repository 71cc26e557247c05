"""Cohorts no programme has, at which a solver may stumble; everyone else in them is as in `cohort`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from alongside.engine import Person, Problem, Topic
from alongside.engine.values.problem import LARGEST_CAPACITY
from benchmarks.populations.cohorts import cohort


def all_ties(mentees: int, mentors: int) -> Problem:
    """Make everyone identical, so that every arrangement is as good as any other."""
    alike = Person("", topics=(Topic("Pricing"),), languages=frozenset({"en"}), availability=frozenset({"mon-am"}))
    return Problem(
        tuple(replace(alike, id=f"mentee-{number:05}") for number in range(mentees)),
        tuple(replace(alike, id=f"mentor-{number:05}", capacity=2) for number in range(mentors)),
    )


def one_beloved_mentor(mentees: int, mentors: int) -> Problem:
    """Let everyone fit one mentor far better than all others; she has one place."""
    wanted = (Topic("Pricing"),)
    problem = cohort(mentees, mentors)
    first, *others = problem.mentors
    beloved = replace(first, topics=wanted, capacity=1, organisation="", position=None, seniority=4)
    beloved = replace(beloved, availability=frozenset(), languages=frozenset())
    return replace(
        problem,
        mentees=_each(problem.mentees, topics=wanted, prefers=(beloved.id,), seniority=2),
        mentors=(beloved, *_each(others, topics=(Topic("Scrutiny", 0.1),), seniority=1)),
    )


def nobody_compatible(mentees: int, mentors: int) -> Problem:
    """Give the sides no language in common, so that no pair may be made."""
    problem = cohort(mentees, mentors)
    return replace(
        problem,
        mentees=_each(problem.mentees, languages=frozenset({"en"})),
        mentors=_each(problem.mentors, languages=frozenset({"cy"})),
    )


def two_islands(mentees: int, mentors: int) -> Problem:
    """Split everyone by language: three mentees of four are on one island, three mentors of four on the other."""
    problem = cohort(mentees, mentors)
    return replace(
        problem,
        mentees=_on_islands(problem.mentees, len(problem.mentees) * 3 // 4),
        mentors=_on_islands(problem.mentors, len(problem.mentors) // 4),
    )


def _on_islands(people: tuple[Person, ...], here: int) -> tuple[Person, ...]:
    return (
        *_each(people[:here], languages=frozenset({"en"})),
        *_each(people[here:], languages=frozenset({"cy"})),
    )


def extreme_capacities(mentees: int, mentors: int) -> Problem:
    """Give capacities of 0 and of 10,000, a few of them, on both sides."""
    problem = cohort(mentees, mentors)
    ours, theirs = (0, 1, 1, 1, 1, 1, 1, 1, 1, 2), (0, 0, 1, 0)
    return replace(
        problem,
        mentees=_with_places(problem.mentees, [LARGEST_CAPACITY, *np.resize(ours, mentees - 1)]),
        mentors=_with_places(problem.mentors, [LARGEST_CAPACITY, *np.resize(theirs, mentors - 1)]),
    )


def one_skill(mentees: int, mentors: int) -> Problem:
    """Let everyone need and offer the same one thing; all else differs."""
    problem = cohort(mentees, mentors)
    same = (Topic("Pricing"),)
    return replace(problem, mentees=_each(problem.mentees, topics=same), mentors=_each(problem.mentors, topics=same))


def tenth_of_the_places(mentees: int, mentors: int) -> Problem:
    """Give the mentors places for one mentee in ten."""
    return _with_supply(mentees, mentors, mentees // 10)


def ten_times_the_places(mentees: int, mentors: int) -> Problem:
    """Give the mentors ten places for every mentee."""
    return _with_supply(mentees, mentors, mentees * 10)


def balanced(mentees: int, mentors: int) -> Problem:
    """Give the mentors as many places as there are mentees, so that all are needed."""
    return _with_supply(mentees, mentors, mentees)


def _with_supply(mentees: int, mentors: int, places: int) -> Problem:
    """Spread so many places over the mentors as evenly as can be."""
    problem = cohort(mentees, mentors)
    ends = np.arange(mentors + 1) * places // mentors
    return replace(problem, mentors=_with_places(problem.mentors, np.diff(ends).tolist()))


def _with_places(people: tuple[Person, ...], capacities: Iterable[int]) -> tuple[Person, ...]:
    return tuple(replace(person, capacity=int(n)) for person, n in zip(people, capacities, strict=True))


def _each(people: Iterable[Person], **changes: object) -> tuple[Person, ...]:
    return tuple(replace(person, **changes) for person in people)  # type: ignore[arg-type]


EXTREMES: dict[str, Callable[[int, int], Problem]] = {
    "all ties": all_ties,
    "one beloved mentor": one_beloved_mentor,
    "nobody compatible": nobody_compatible,
    "two islands": two_islands,
    "capacities 0 and 10,000": extreme_capacities,
    "one skill": one_skill,
    "10 % of the places": tenth_of_the_places,
    "1,000 % of the places": ten_times_the_places,
    "balanced": balanced,
}
