"""Circles: several mentees under one mentor, who covers what each of them needs as well as can be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import islice

from alongside.engine.circles.coverage import covered
from alongside.engine.circles.groups import LARGEST, Allowed, check_ids
from alongside.engine.solving.integer import Goal, Proof, Rows, maximise
from alongside.engine.values.people import Person
from alongside.engine.values.problem import ProblemError
from alongside.engine.values.results import Pair

Score = Callable[[str, str], int]
"""How well a mentee and a mentor fit, by id, from 0 to 10,000."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Hold the mentees of one mentor, sorted by id, and a sentence that says how well it fits."""

    mentor: str
    members: tuple[Pair, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Circles:
    """Hold the circles that open, sorted by mentor, the mentees in none, by id, and the proof.

    The aims of the proof are `people` in a circle, then `fit`, the sum of their scores.
    """

    circles: tuple[Circle, ...]
    unplaced: tuple[str, ...]
    proof: Proof


def circles(
    mentees: tuple[Person, ...],
    mentors: tuple[Person, ...],
    *,
    least: int,
    most: int,
    allowed: Allowed,
    score: Score | None = None,
    seconds: float = 30.0,
    largest: int = LARGEST,
) -> Circles:
    """Put mentees into circles of `least` to `most` under one mentor each: as many people as can be, then the best fit.

    A mentor with a place leads one circle at most, whatever the number of their places. Nobody is led by themselves,
    and people who are not cleared, or have a capacity of 0, take no part.

    The answer is exact and proven up to `largest` possible pairs and within about `seconds`. Beyond, it is the better
    of what the solver found and a greedy choice, and the proof states the gap; an answer cut short by time may differ
    between machines.

    :param score: how well a pair fits; by default, how well the mentor covers the mentee's needs, and half of
        the most where one of them named none.
    :raises ProblemError: if two people on one side have one id, or the limits leave no room for a circle.
    """
    if not 1 <= least <= most:
        raise ProblemError(f"A circle is to have {least} to {most} people; the first must be 1 or more, and the least.")
    check_ids("mentees", [person.id for person in mentees])
    check_ids("mentors", [person.id for person in mentors])
    ours, theirs = _taking_part(mentees), _taking_part(mentors)
    pairs = [
        Pair(mentee.id, mentor.id, covered(mentee, mentor) if score is None else score(mentee.id, mentor.id))
        for mentee in ours
        for mentor in theirs
        if not mentee.is_also(mentor) and allowed(mentee.id, mentor.id)
    ]
    chosen, proof = _Seating(pairs, least, most).made(seconds, largest)
    return _circles(chosen, ours, theirs, proof)


def _taking_part(people: tuple[Person, ...]) -> list[Person]:
    return sorted((p for p in people if p.cleared and p.capacity > 0), key=lambda person: person.id)


def _circles(chosen: list[Pair], mentees: list[Person], mentors: list[Person], proof: Proof) -> Circles:
    placed = {pair.mentee for pair in chosen}
    members = {mentor: tuple(sorted(p for p in chosen if p.mentor == mentor.id)) for mentor in mentors}
    return Circles(
        tuple(Circle(mentor.id, pairs, _sentence(mentor, pairs)) for mentor, pairs in members.items() if pairs),
        tuple(mentee.id for mentee in mentees if mentee.id not in placed),
        proof,
    )


def _sentence(mentor: Person, members: tuple[Pair, ...]) -> str:
    mean = sum(pair.score for pair in members) / len(members) / 100
    people = "1 person" if len(members) == 1 else f"{len(members)} people"
    return f"{people} with {mentor}, who fits them at {mean:.0f} of 100 on average"


@dataclass(frozen=True)
class _Seating:
    """Hold the pairs that may be made, and how many people a circle has."""

    pairs: list[Pair]
    least: int
    most: int

    @cached_property
    def by_mentor(self) -> dict[str, list[int]]:
        """Return the places among the pairs of each mentor who could fill a circle."""
        places: dict[str, list[int]] = {}
        for place, pair in enumerate(self.pairs):
            places.setdefault(pair.mentor, []).append(place)
        return {mentor: own for mentor, own in places.items() if len(own) >= self.least}

    @cached_property
    def by_mentee(self) -> dict[str, list[int]]:
        """Return the places among the pairs of each mentee for whom a circle could open."""
        places: dict[str, list[int]] = {}
        for place in sorted(place for own in self.by_mentor.values() for place in own):
            places.setdefault(self.pairs[place].mentee, []).append(place)
        return places

    def made(self, seconds: float, largest: int) -> tuple[list[Pair], Proof]:
        greedy = self._greedy()
        people = min(len(self.by_mentee), self.most * len(self.by_mentor))
        if not people or len(self.pairs) > largest:
            return greedy, self._proof(greedy, people, self._easy_bound(), exact=not people)
        placed, people = self._most_people(greedy, people, seconds / 2)
        best, fit = self._best_fit(placed, seconds / 2)
        return best, self._proof(best, people, min(fit, self._easy_bound()), exact=True)

    def _easy_bound(self) -> int:
        """Return the fit if everyone had the mentor who fits them best."""
        return sum(max(self.pairs[place].score for place in own) for own in self.by_mentee.values())

    def _proof(self, chosen: list[Pair], people: int, fit: int, *, exact: bool) -> Proof:
        _, value = _worth(chosen)
        return Proof((Goal("people", len(chosen), people), Goal("fit", value, max(value, fit))), exact)

    def _most_people(self, greedy: list[Pair], most: int, seconds: float) -> tuple[list[Pair], int]:
        """Return an arrangement of as many people as can be, and the bound; nothing to solve where all are placed."""
        if len(greedy) == most:
            return greedy, most
        chosen, bound = self._solved([1] * len(self.pairs), self._rows(), seconds)
        return max(chosen, greedy, key=_worth), min(most, max(bound, len(greedy)))

    def _best_fit(self, placed: list[Pair], seconds: float) -> tuple[list[Pair], int]:
        """Return the arrangement that fits best among those of as many people, and the bound."""
        rows = self._rows()
        rows.add(range(len(self.pairs)), [1] * len(self.pairs), low=len(placed))
        chosen, bound = self._solved([pair.score for pair in self.pairs], rows, seconds)
        return max(chosen, placed, key=_worth), bound

    def _solved(self, gains: list[int], rows: Rows, seconds: float) -> tuple[list[Pair], int]:
        """Return the pairs chosen and the bound; the variables are the pairs, then the circles that open."""
        found = maximise([*gains, *[0] * len(self.by_mentor)], rows, seconds=seconds)
        taken = found.chosen
        return [] if taken is None else [p for place, p in enumerate(self.pairs) if taken[place]], found.bound

    def _rows(self) -> Rows:
        rows = Rows.none()
        for own in self.by_mentee.values():
            rows.limit(own, 1)
        for circle, own in enumerate(self.by_mentor.values(), start=len(self.pairs)):
            rows.add([*own, circle], [1] * len(own) + [-self.least], low=0)
            rows.add([*own, circle], [1] * len(own) + [-self.most], high=0)
            for place in own:
                rows.add([place, circle], [1, -1], high=0)
        usable = {place for own in self.by_mentor.values() for place in own}
        rows.limit([place for place in range(len(self.pairs)) if place not in usable], 0)
        return rows

    def _greedy(self) -> list[Pair]:
        """Open the circle of most people, and of the best fit among those, again and again.

        A circle only ever loses people to others, so one that is still on top once filled anew is the next.
        """
        chosen: list[Pair] = []
        taken: set[str] = set()
        queue = [(*self._lost(mentor, taken), mentor) for mentor in self.by_mentor]
        heapify(queue)
        while queue:
            *old, mentor = heappop(queue)
            if old != [*self._lost(mentor, taken)]:
                heappush(queue, (*self._lost(mentor, taken), mentor))
            elif -old[0] >= self.least:
                chosen += self._fill(mentor, taken)
                taken = {pair.mentee for pair in chosen}
        return chosen

    def _lost(self, mentor: str, taken: set[str]) -> tuple[int, int]:
        people, fit = _worth(self._fill(mentor, taken))
        return -people, -fit

    def _fill(self, mentor: str, taken: set[str]) -> list[Pair]:
        """Return the people who fit a mentor best, of those not taken."""
        own = (self.pairs[place] for place in self.by_fit[mentor])
        return list(islice((pair for pair in own if pair.mentee not in taken), self.most))

    @cached_property
    def by_fit(self) -> dict[str, list[int]]:
        """Return the places among the pairs of each mentor, the best first."""
        return {
            mentor: sorted(own, key=lambda place: (-self.pairs[place].score, self.pairs[place].mentee))
            for mentor, own in self.by_mentor.items()
        }


def _worth(chosen: list[Pair]) -> tuple[int, int]:
    """Return the people placed and the sum of their scores."""
    return len(chosen), sum(pair.score for pair in chosen)
