"""What mentees and mentors have said about each other, checked on construction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby

from alongside.engine.values.people import Person
from alongside.engine.values.problem import LARGEST_CAPACITY, Problem

BAND = 100
"""Hundredths of a per cent of score that count as the same to a mentor who has stated nothing: one per cent."""


class StableProblemError(ValueError):
    """Say in words for a coordinator what cannot be in someone's wishes, and what would be right."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """State the others a person would accept, best tier first; those in one tier she likes equally.

    Someone not named is not acceptable to her. `capacity` is a mentor's free places, or the number of mentors a
    mentee is to have. `kind` says which kind of mentor a mentor is; a mentee has none.
    """

    id: str
    tiers: tuple[tuple[str, ...], ...]
    capacity: int = 1
    kind: str = ""


@dataclass(frozen=True, slots=True)
class StableProblem:
    """Hold the wishes of both sides.

    With `kinds`, a mentee is to have one mentor of each; her tiers are read within each kind. `together` says that
    a mentee who cannot have all of them has none. `seed` changes the lottery that decides between people whom
    someone likes equally, and nothing else; publish it before the wishes are in, and nobody can choose the winners.

    :raises StableProblemError: if an id is empty or doubled, someone names a person twice, herself or a stranger, a
        capacity is impossible, or the kinds contradict each other.
    """

    mentees: tuple[Wishes, ...]
    mentors: tuple[Wishes, ...]
    kinds: tuple[str, ...] = ()
    together: bool = False
    seed: str = ""

    def __post_init__(self) -> None:
        _check_side("mentee", self.mentees)
        _check_side("mentor", self.mentors)
        _check_names("mentor", self.mentees, {wishes.id for wishes in self.mentors})
        _check_names("mentee", self.mentors, {wishes.id for wishes in self.mentees})
        self._check_kinds()
        self._check_kinds_of_people()

    def _check_kinds(self) -> None:
        for kind, count in Counter(self.kinds).items():
            if not kind or count > 1:
                raise StableProblemError(f"The kinds of mentors are {self.kinds}; each needs one name of its own.")
        if self.together and len(self.kinds) < 2:
            raise StableProblemError("“Together” needs two kinds of mentors or more; name them, or leave it off.")

    def _check_kinds_of_people(self) -> None:
        allowed = self.kinds or ("",)
        for mentor in self.mentors:
            if mentor.kind not in allowed:
                right = f"it must be one of {', '.join(self.kinds)}" if self.kinds else "the problem names no kinds"
                raise StableProblemError(f"The kind of the mentor “{mentor.id}” is “{mentor.kind}”; {right}.")
        for mentee in self.mentees:
            if mentee.kind:
                raise StableProblemError(f"The mentee “{mentee.id}” has the kind “{mentee.kind}”; only mentors do.")
            if self.kinds and mentee.capacity > 1:
                raise StableProblemError(
                    f"The mentee “{mentee.id}” is to have {mentee.capacity} mentors of each kind; it must be 1 or 0."
                )


def _check_side(side: str, people: tuple[Wishes, ...]) -> None:
    for identifier, count in Counter(wishes.id for wishes in people).items():
        if not identifier:
            raise StableProblemError(f"A {side} has no id; everyone needs one of their own.")
        if count > 1:
            raise StableProblemError(f"{count} {side}s have the id “{identifier}”; everyone needs one of their own.")
    for wishes in people:
        if not 0 <= wishes.capacity <= LARGEST_CAPACITY:
            raise StableProblemError(
                f"The capacity of the {side} “{wishes.id}” is {wishes.capacity}; "
                f"it must be from 0 to {LARGEST_CAPACITY:,}."
            )


def _check_names(other: str, people: tuple[Wishes, ...], known: set[str]) -> None:
    for wishes in people:
        named = list(chain.from_iterable(wishes.tiers))
        if wishes.id in named:
            raise StableProblemError(f"“{wishes.id}” names “{wishes.id}”; nobody is their own mentor.")
        for name in named if not known.issuperset(named) else ():
            if name not in known:
                raise StableProblemError(f"“{wishes.id}” names the {other} “{name}”, who is not among the {other}s.")
        if len(set(named)) < len(named):
            twice = Counter(named).most_common(1)[0][0]
            raise StableProblemError(f"“{wishes.id}” names the {other} “{twice}” more than once; once is enough.")


def wishes_from(
    problem: Problem, score: Callable[[str, str], int], allowed: Callable[[str, str], bool], *, seed: str = ""
) -> StableProblem:
    """Read what the people of a problem prefer, best first, as their wishes; pairs not allowed are left out.

    A mentor who prefers nobody accepts every allowed mentee, in tiers of a per cent of score; only those who name
    her can become hers, so only they are scored. A mentee who prefers nobody gets nobody. Locks are not looked at.

    :param score: for the ids of a mentee and a mentor, hundredths of a per cent, 0 to 10,000.
    :param allowed: for the ids of a mentee and a mentor, whether they may be a pair.
    """
    mentors = {mentor.id for mentor in problem.mentors}
    mentees = {mentee.id for mentee in problem.mentees}
    chosen = {p.id: [m for m in _known(p, mentors) if allowed(p.id, m)] for p in problem.mentees}
    admirers: dict[str, list[str]] = {mentor: [] for mentor in mentors}
    for mentee, named in chosen.items():
        for mentor in named:
            admirers[mentor].append(mentee)

    def of_mentor(mentor: Person) -> Wishes:
        if mentor.prefers:
            named = [mentee for mentee in _known(mentor, mentees) if allowed(mentee, mentor.id)]
            return Wishes(mentor.id, tuple((mentee,) for mentee in named), mentor.capacity)
        return Wishes(mentor.id, tuple(_bands(mentor.id, admirers[mentor.id], score)), mentor.capacity)

    asked = tuple(Wishes(p.id, tuple((mentor,) for mentor in chosen[p.id]), p.capacity) for p in problem.mentees)
    return StableProblem(asked, tuple(of_mentor(mentor) for mentor in problem.mentors), seed=seed)


def _known(person: Person, others: set[str]) -> Iterator[str]:
    """Return whom a person prefers, each once, without those who are not there, and without herself."""
    return (name for name in dict.fromkeys(person.prefers) if name in others and name != person.id)


def _bands(mentor: str, mentees: Iterable[str], score: Callable[[str, str], int]) -> Iterator[tuple[str, ...]]:
    banded = sorted((-(score(mentee, mentor) // BAND), mentee) for mentee in mentees)
    for _, tier in groupby(banded, key=lambda pair: pair[0]):
        yield tuple(mentee for _, mentee in tier)
