"""Whom to recruit next: what one more mentor of each kind would be worth to the people of a cohort.

At the lowest prices that prove a matching, one more place is worth exactly what somebody would gain by it over what she
has: the greatest difference between what a new pair would be worth and its mentee's potential (Leonard 1983; for a
mentor who is not there yet, it is the price that her place would have). So a mentor can be priced before she is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from alongside.engine.answers.market import Market
from alongside.engine.limits.modes import is_plain, plainly
from alongside.engine.scanning.scan import scores
from alongside.engine.scanning.worth import LOWEST
from alongside.engine.table import IntArray
from alongside.engine.values.people import Person, Position, Topic
from alongside.engine.values.results import Result
from alongside.engine.words import normalised

SKILLS, SECTORS, PLACES = 40, 6, 6
"""How many of the most needed of each are combined."""

NEVER_GIVEN_UP = 2**40
"""What a new pair must be worth to a mentee whose mentors are all required: more than any is."""

AT_ONCE = 2_000_000
"""Pairs of a mentee and a mentor who is not there yet that are scored together."""

NEW = "\x00recruit "
"""Before the number of a mentor who is not there yet: no id of anybody begins so."""


@dataclass(frozen=True, slots=True)
class Recruit:
    """Say what one more mentor would be worth: people placed, and points of fit (of 10,000 a pair) beside.

    The sector and the place are "" where it makes no difference which.
    """

    skill: str
    sector: str
    place: str
    people: int
    points: int

    def __str__(self) -> str:
        """Return whom to look for, and why."""
        who = f"A mentor for {self.skill}" + (f" who knows {self.sector}" if self.sector else "")
        where = f" near {self.place}" if self.place else ""
        return f"{who}{where}: {self.gain}."

    @property
    def gain(self) -> str:
        """Return what she would add, in words."""
        fit = f"{abs(self.points) / 100:.1f} points of fit (a perfect pair has 100)"
        if self.people:
            return "one more person would have a mentor"
        return f"{fit} more for everybody together"


def whom_to_recruit(market: Market, result: Result, most: int = 5) -> tuple[Recruit, ...]:
    """Return the kinds of mentor that would add most to a result of this market, best first, one for each skill.

    What it says is exact for one more mentor with one place who is free at all times and meets remotely as well;
    nothing is said of two of them together. Beyond `LOWEST_UP_TO` pairs of people it is at most that, since prices are
    not the lowest there. Kinds that would add nothing are left out. Where there are minimums or
    quotas, or the worst match is raised, it says what she would add if people and quality were all that counts.
    """
    if not is_plain(market.problem):
        market = Market.of(plainly(market.problem), market.cohort.reader)
        result = market.solve()
    kinds = [replace(person, id=f"{NEW}{number:06}") for number, person in enumerate(_kinds(market))]
    if not kinds or not market.cohort.mentees:
        return ()
    values = _values(market, result, kinds)
    found: dict[str, Recruit] = {}
    for number in np.lexsort((np.arange(len(kinds)), -values)).tolist():
        recruit = _recruit(kinds[number], int(values[number]), market.rewards.pair)
        if values[number] > 0 and recruit.skill not in found:
            found[recruit.skill] = recruit
    return tuple(_plain(recruit, kinds, values, market.rewards.pair) for recruit in list(found.values())[:most])


def with_recruit(market: Market, recruit: Recruit) -> Market:
    """Return the market with the mentor one would recruit, to see by solving it what she adds."""
    mentor = _mentor(recruit.skill, recruit.sector, _positions(market.cohort.mentees).get(recruit.place))
    problem = market.problem
    found = replace(problem, mentors=(*problem.mentors, replace(mentor, id=f"{NEW}found")))
    return Market.of(found, market.cohort.reader)


def _kinds(market: Market) -> Iterable[Person]:
    """Combine what mentees need, their sectors and their places, the commonest of each."""
    people = [person for person in market.cohort.mentees if person.cleared and person.capacity]
    skills = _commonest((topic.label for person in people for topic in person.topics), SKILLS)
    sectors = ["", *_commonest((person.sector for person in people if person.sector), SECTORS)]
    positions = _positions(market.cohort.mentees)
    towns = _commonest((p.position.label for p in people if p.position and p.position.label), PLACES)
    for skill, sector, place in product(skills, sectors, [None, *(positions[town] for town in towns)]):
        yield _mentor(skill, sector, place)


def _positions(people: Iterable[Person]) -> dict[str, Position]:
    """Return where each place is that has a name."""
    return {person.position.label: person.position for person in people if person.position and person.position.label}


def _mentor(skill: str, sector: str, place: Position | None) -> Person:
    return Person("new", topics=(Topic(skill),), sector=sector, position=place, remote=True)


def _commonest(labels: Iterable[str], most: int) -> list[str]:
    """Return labels by how often they are said, however they are written."""
    written: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for label in labels:
        counts[normalised(label)] += 1
        written.setdefault(normalised(label), label)
    ranked = sorted(counts, key=lambda label: (-counts[label], label))
    return [written[label] for label in ranked[:most]]


def _values(market: Market, result: Result, kinds: Sequence[Person]) -> IntArray:
    """Return what each mentor who is not there yet would add, in points of the objective."""
    problem = replace(market.problem, mentors=tuple(kinds), required=frozenset(), forbidden=frozenset(), quotas=())
    wanted = Market.of(problem, market.cohort.reader)
    rows = np.flatnonzero(wanted.wanted > 0)
    profits = _potentials(market, result)[rows] - market.rewards.pair
    most = np.full(len(kinds), LOWEST, dtype=np.int64)
    for block in np.array_split(np.arange(len(rows)), 1 + len(rows) * len(kinds) // AT_ONCE):
        scored = scores(wanted.plan, rows[block]).astype(np.int64)
        gains = np.where(scored >= wanted.plan.least[0], scored - profits[block, None], LOWEST)
        most = np.maximum(most, gains.max(axis=0, initial=LOWEST))
    return most


def _potentials(market: Market, result: Result) -> IntArray:
    """Return (n) what a new pair must be worth to each mentee: what she would gain least by of what she may give up."""
    prices, rewards = dict(result.certificate.mentor_prices), market.rewards
    having: dict[str, list[int]] = {}
    locked = Counter(mentee for mentee, _ in market.problem.required)
    for pair in (pair for pair in result.solution.pairs if (pair.mentee, pair.mentor) not in market.problem.required):
        having.setdefault(pair.mentee, []).append(pair.score + rewards.pair - prices[pair.mentor])
    needs = np.zeros(len(market.cohort.mentees), dtype=np.int64)
    for row, person in enumerate(market.cohort.mentees):
        held = having.get(person.id, [])
        full = len(held) + locked[person.id] >= person.capacity
        needs[row] = min(held, default=NEVER_GIVEN_UP) if full else 0 if held or locked[person.id] else -rewards.first
    return needs


def _recruit(person: Person, value: int, reward: int) -> Recruit:
    people = round(value / reward) if reward else 0
    place = person.position.label if person.position else ""
    return Recruit(person.topics[0].label, person.sector, place, people, value - people * reward)


def _plain(recruit: Recruit, kinds: Sequence[Person], values: IntArray, reward: int) -> Recruit:
    """Leave out the sector and the place where a mentor without them would add as much."""
    plain = next(
        int(value)
        for person, value in zip(kinds, values, strict=True)
        if person.topics[0].label == recruit.skill and not person.sector and not person.position
    )
    same = plain == recruit.people * reward + recruit.points
    return replace(recruit, sector="", place="") if same else recruit
