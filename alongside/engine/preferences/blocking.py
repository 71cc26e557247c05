"""Whether a matching is stable, seen from the definition: nothing here is shared with what finds the matching."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from alongside.engine.preferences.wishes import StableProblem, StableProblemError, Wishes
from alongside.engine.values.problem import IdPair

NOBODY = -1
"""A tier before the first, which nobody is better than."""

Tiers = dict[str, dict[str, int]]
"""For each person, the number of the tier in which she names each other: smaller is better."""


def blocking_pairs(problem: StableProblem, pairs: Collection[IdPair]) -> tuple[IdPair, ...]:
    """Return, sorted, the pairs who are not matched and would both strictly gain by being so.

    Each of the two has room for the other, or likes the other strictly better than one she has; a mentee with
    kinds of mentors, better than the one of that kind. Where kinds go together, one mentor alone is worth nothing to
    a mentee who has none, so no pair of hers blocks.

    :raises StableProblemError: if the pairs are no matching: someone unknown or doubled, not accepted by the other,
        beyond a capacity, or, where kinds go together, a mentee with one kind and not the other.
    """
    hers, theirs = _tiers(problem.mentees), _tiers(problem.mentors)
    made = _accepted(pairs, hers, theirs)
    kinds = {mentor.id: mentor.kind for mentor in problem.mentors}
    mentee_bars, mentor_bars = _bars_of_mentees(problem, hers, made, kinds), _bars_of_mentors(problem, theirs, made)
    return tuple(
        sorted(
            (mentee, mentor)
            for mentee, tiers in hers.items()
            for mentor, tier in tiers.items()
            if tier < mentee_bars[mentee, kinds[mentor]]
            and theirs[mentor].get(mentee, math.inf) < mentor_bars[mentor]
            and (mentee, mentor) not in made
        )
    )


def _tiers(people: tuple[Wishes, ...]) -> Tiers:
    return {p.id: {name: number for number, tier in enumerate(p.tiers) for name in tier} for p in people}


def _accepted(pairs: Collection[IdPair], mentees: Tiers, mentors: Tiers) -> set[IdPair]:
    """Return the pairs as a set, each of them one that both accept."""
    for (mentee, mentor), count in Counter(pairs).items():
        if count > 1:
            raise StableProblemError(f"“{mentee}” and “{mentor}” are paired {count} times; once is enough.")
        if mentor not in mentees.get(mentee, {}) or mentee not in mentors.get(mentor, {}):
            raise StableProblemError(f"“{mentee}” and “{mentor}” are paired, but do not both name the other.")
    return set(pairs)


def _bars_of_mentees(
    problem: StableProblem, tiers: Tiers, made: set[IdPair], kinds: Mapping[str, str]
) -> dict[tuple[str, str], float]:
    """Return for each mentee and kind the tier that a mentor must be better than for her to want him."""
    held: dict[tuple[str, str], list[str]] = defaultdict(list)
    for mentee, mentor in made:
        held[mentee, kinds[mentor]].append(mentor)
    every = problem.kinds or ("",)
    bars = {(m.id, kind): _bar("mentee", m, tiers[m.id], held[m.id, kind]) for m in problem.mentees for kind in every}
    for person in problem.mentees if problem.together else ():
        if not all(held[person.id, kind] for kind in every):
            _check_nobody(person, [held[person.id, kind] for kind in every])
            bars.update({(person.id, kind): NOBODY for kind in every})
    return bars


def _bars_of_mentors(problem: StableProblem, tiers: Tiers, made: set[IdPair]) -> dict[str, float]:
    held: dict[str, list[str]] = defaultdict(list)
    for mentee, mentor in made:
        held[mentor].append(mentee)
    return {mentor.id: _bar("mentor", mentor, tiers[mentor.id], held[mentor.id]) for mentor in problem.mentors}


def _check_nobody(mentee: Wishes, held: list[list[str]]) -> None:
    if any(held):
        raise StableProblemError(f"“{mentee.id}” has a mentor of one kind and not of another; it must be all or none.")


def _bar(side: str, person: Wishes, tiers: Mapping[str, int], held: list[str]) -> float:
    """Return the tier that another must be better than for a person to want them."""
    if len(held) > person.capacity:
        raise StableProblemError(
            f"The {side} “{person.id}” is paired {len(held)} times; it must be at most {person.capacity}."
        )
    if len(held) < person.capacity:
        return math.inf
    return max((tiers[other] for other in held), default=NOBODY)
