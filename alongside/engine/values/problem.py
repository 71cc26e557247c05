"""A matching to be made, checked on construction so that nothing later need doubt it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import get_args

from alongside.engine.values.people import Mode, Person
from alongside.engine.values.quotas import Quota, doubled
from alongside.engine.values.requirements import lacking, required_of
from alongside.engine.values.settings import Objective, Rules, Weights, attributes_used
from alongside.engine.values.special import unopened
from alongside.engine.words import normalised

LARGEST_CAPACITY = 10_000
"""More places than any mentor has; keeps every sum inside the exact range of a float."""

IdPair = tuple[str, str]
"""The id of a mentee, then the id of a mentor."""


class ProblemError(ValueError):
    """Say in words for a coordinator what contradicts itself, and what would be right."""


class TooLargeError(ProblemError):
    """Say that a cohort is too large for what is asked of it, and what to do instead."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Hold two sides, what is decided about them, and the pairs settled by hand.

    A pair in `required` is made even against a rule, except those no lock may override: clearance,
    being one person, a declared conflict of interest, what a person requires of the other, a person's wish to avoid
    the other (while that rule is on), capacity, a quota's limit, and being forbidden as well.

    `opened` names the attributes specially protected by law that may be used (`alongside.engine.values.special`).

    :raises ProblemError: if an id is empty, doubled or unknown, a number is impossible, a protected attribute is used
        that is not opened, or the required pairs contradict each other, a quota or a rule that no lock overrides.
    """

    mentees: tuple[Person, ...]
    mentors: tuple[Person, ...]
    rules: Rules = field(default_factory=Rules)
    weights: Weights = field(default_factory=Weights)
    required: frozenset[IdPair] = frozenset()
    forbidden: frozenset[IdPair] = frozenset()
    objective: Objective = Objective.PLACE_FIRST
    quotas: tuple[Quota, ...] = ()
    opened: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        _check_side("mentee", self.mentees)
        _check_side("mentor", self.mentors)
        _check_minimums(self.mentees, self.mentors)
        self._check_attributes()
        self._check_pairs()
        self._check_locks()
        self._check_quotas()

    def _check_attributes(self) -> None:
        asked = sorted({name for person in (*self.mentees, *self.mentors) for name, _ in person.requires})
        if fault := unopened((*attributes_used(self.rules, self.weights), *asked), self.opened):
            raise ProblemError(fault)

    def _check_pairs(self) -> None:
        mentees, mentors = _ids(self.mentees), _ids(self.mentors)
        for mentee, mentor in sorted(self.required | self.forbidden):
            if mentee not in mentees:
                raise ProblemError(f"A pair names the mentee “{mentee}”, who is not among the mentees.")
            if mentor not in mentors:
                raise ProblemError(f"A pair names the mentor “{mentor}”, who is not among the mentors.")

    def _check_locks(self) -> None:
        mentees = {person.id: person for person in self.mentees}
        mentors = {person.id: person for person in self.mentors}
        for pair in sorted(self.required):
            mentee, mentor = mentees[pair[0]], mentors[pair[1]]
            if pair in self.forbidden:
                raise ProblemError(f"{mentee} and {mentor} are both required and forbidden; choose one.")
            self._check_consent(mentee, mentor)
        _check_room("is to have", "mentor", self.mentees, (pair[0] for pair in self.required))
        _check_room("has room for", "mentee", self.mentors, (pair[1] for pair in self.required))

    def _check_quotas(self) -> None:
        if name := doubled(self.quotas):
            raise ProblemError(f"Two quotas are called “{name}”; every quota needs a name of its own.")
        ids = {"mentee": _ids(self.mentees), "mentor": _ids(self.mentors)}
        for quota in self.quotas:
            if fault := quota.fault():
                raise ProblemError(fault)
            for stranger in sorted(quota.members - ids[quota.side]):
                raise ProblemError(
                    f"The quota “{quota.name}” names the {quota.side} “{stranger}”, who is not among the {quota.side}s."
                )
            self._check_quota_locks(quota)

    def _check_quota_locks(self, quota: Quota) -> None:
        locked = sum(quota.holds(pair) for pair in self.required)
        if quota.most is not None and locked > quota.most:
            plural = "pair" if quota.most == 1 else "pairs"
            raise ProblemError(
                f"The quota “{quota.name}” allows {quota.most} {plural} at most, but {locked} pairs are required."
            )

    def _check_consent(self, mentee: Person, mentor: Person) -> None:
        for person in (mentee, mentor):
            if not person.cleared:
                raise ProblemError(f"{person} is not cleared yet, so the pair cannot be required.")
        if mentee.is_also(mentor):
            raise ProblemError(f"{mentee} is on both sides; nobody is their own mentor.")
        if mentor.id in mentee.conflicts or mentee.id in mentor.conflicts:
            raise ProblemError(
                f"{mentee} and {mentor} are required, but a conflict of interest is declared between them."
            )
        for person, other in ((mentee, mentor), (mentor, mentee)):
            if name := lacking(person, other):
                raise ProblemError(
                    f"{mentee} and {mentor} are required, but {person} needs {required_of(person, name)}, and {other} "
                    "has not said so."
                )
        if self.rules.avoid and (mentor.id in mentee.avoids or mentee.id in mentor.avoids):
            raise ProblemError(
                f"{mentee} and {mentor} are required, but one of them asked not to be paired with the other."
            )


def _ids(people: Iterable[Person]) -> set[str]:
    return {person.id for person in people}


def _check_side(side: str, people: tuple[Person, ...]) -> None:
    for identifier, count in Counter(person.id for person in people).items():
        if not identifier:
            raise ProblemError(f"A {side} has no id; everyone needs one of their own.")
        if count > 1:
            raise ProblemError(f"{count} {side}s have the id “{identifier}”; everyone needs one of their own.")
    for person in people:
        _check_person(person)


def _check_person(person: Person) -> None:
    if not 0 <= person.capacity <= LARGEST_CAPACITY:
        raise ProblemError(f"The capacity of {person} is {person.capacity}; it must be from 0 to {LARGEST_CAPACITY:,}.")
    for topic in person.topics:
        if not (math.isfinite(topic.weight) and topic.weight > 0):
            raise ProblemError(f"{person} gives “{topic.label}” the weight {topic.weight}; it must be above 0.")
    for name, value in person.requires:
        if not (name and normalised(value)):
            raise ProblemError(f"{person} requires “{name}” to be “{value}”; name an attribute and its value.")
    if person.mode not in get_args(Mode):
        raise ProblemError(f"{person} would rather meet “{person.mode}”; it can be in_person, remote or either.")
    if person.max_km is not None and not (math.isfinite(person.max_km) and person.max_km >= 0):
        raise ProblemError(f"{person} travels at most {person.max_km} km; it must be 0 or more.")
    place = person.position
    if place is not None and not (-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180):
        raise ProblemError(
            f"{person} is at {place.latitude}, {place.longitude}; a latitude is within ±90, a longitude ±180."
        )


def _check_minimums(mentees: tuple[Person, ...], mentors: tuple[Person, ...]) -> None:
    for mentee in mentees:
        if mentee.minimum:
            raise ProblemError(f"{mentee} is a mentee with a minimum of {mentee.minimum}; only mentors have a minimum.")
    for mentor in mentors:
        if not 0 <= mentor.minimum <= mentor.capacity:
            raise ProblemError(
                f"The minimum of {mentor} is {mentor.minimum}; it must be from 0 to {mentor.capacity}, "
                "the number of places."
            )


def _check_room(has: str, other: str, people: tuple[Person, ...], locked: Iterable[str]) -> None:
    wanted = Counter(locked)
    for person in people:
        if wanted[person.id] > person.capacity:
            plural = other if person.capacity == 1 else f"{other}s"
            raise ProblemError(
                f"{person} {has} {person.capacity} {plural}, but {wanted[person.id]} pairs are required."
            )
