"""Who may be together in a group, who is in none yet, and who would fit: what a coordinator sees before she asks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from alongside import engine
from alongside.engine.scanning.scan import scores
from alongside.groups.models import Group
from alongside.groups.queries import in_hand, people_in, refused, said_no
from alongside.journeys.places import free_places
from alongside.journeys.pool import waiting_mentees
from alongside.matching.markets import market_of
from alongside.matching.problem import Pool, RefPair, Wanted, problem_of
from alongside.mentorships.queries import pairs_made, together_before
from alongside.programmes import queries as programmes
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import Side

SECONDS = 10.0
"""How long a suggestion may take; beyond, it is the best found, which the proof says."""


@dataclass(frozen=True)
class Free:
    """Who is ready and in no group: those to be mentored, and mentors with a free place, by ref."""

    mentees: Sequence[Participant]
    mentors: Sequence[Participant]
    places: Mapping[str, int]

    def participant(self, ref: str) -> Participant | None:
        return next((each for each in (*self.mentees, *self.mentors) if each.ref == ref), None)


@dataclass(frozen=True)
class PeersSuggested:
    """People who would mentor each other: who, how well they fit (0 to 10,000), and what speaks for it."""

    members: Sequence[Participant]
    score: int
    reasons: Sequence[str]


@dataclass(frozen=True)
class Suggested:
    """Who is suggested to be together, who is left over, and whether nothing better is possible."""

    together: Sequence[PeersSuggested]
    left: Sequence[Participant]
    proven: bool


def free_in(cohort: Cohort) -> Free:
    """Return who of a cohort can be put into a group now; of a cohort of peers there are no mentors."""
    mentees = waiting_mentees(cohort)
    if cohort.rules.shape.of == "peers":
        return Free(mentees, [], {})
    busy = in_hand(cohort)
    ready = [mentor for mentor in programmes.pool(cohort, Side.MENTOR) if mentor.pk not in busy]
    places = free_places(ready)
    return Free(mentees, [mentor for mentor in ready if places[mentor.ref]], places)


def avoiding(people: Sequence[Participant], cohort: Cohort) -> tuple[Participant, Participant] | None:
    """Return two who are not to be together because one of them asked for that, where the programme heeds it.

    Of peers these are any two; of a group a mentor and somebody mentored: they chose each other as a group.
    """
    if not cohort.rules.settings.rules.avoid:
        return None
    of_peers = cohort.rules.shape.of == "peers"
    for one, other in permutations(people, 2):
        if (of_peers or one.side != other.side) and _names(other) & {name.casefold() for name in one.avoids}:
            return one, other
    return None


def _names(participant: Participant) -> set[str]:
    """How somebody may be written; as in `matching.problem`."""
    return {each.casefold() for each in (participant.person.name, participant.person.email, participant.ref)}


def suggest_peers(cohort: Cohort) -> Suggested:
    """Suggest who mentors whom among those who are in no group, by the programme's matching; nothing is written.

    Two fit as well as each of them would fit the other as a mentor, on average. Nobody is with somebody they may not
    be with, were with before, or were asked to be with when one of them said no.

    :raises engine.ProblemError: if the programme's rules contradict each other.
    """
    people = {each.ref: each for each in free_in(cohort).mentees}
    if len(people) < 2:
        return Suggested([], list(people.values()), proven=True)
    apart = said_no(cohort)
    pool = Pool(
        mentees=list(people.values()),
        mentors=list(people.values()),
        free_places=dict.fromkeys(people, 1),
        said_no=apart,
        former=together_before(people.values()),
    )
    market = market_of(problem_of(pool, Wanted(cohort.rules.settings)))
    found = engine.pair_peers(
        tuple(people), _both_ways(_scores(market)), most=cohort.rules.shape.members, seconds=SECONDS
    )
    together = [
        PeersSuggested([people[ref] for ref in each.members], each.score, _reasons(market, each.members))
        for each in found.together
    ]
    return Suggested(together, [people[ref] for ref in found.left], found.proof.proven)


def _scores(market: engine.Market) -> dict[RefPair, int]:
    """Return how well each mentee and mentor fit who may be paired."""
    mentees, mentors = market.cohort.mentees, market.cohort.mentors
    table = scores(market.plan, np.arange(len(mentees)))
    return {
        (mentee.id, mentor.id): int(table[row, column])
        for row, mentee in enumerate(mentees)
        for column, mentor in enumerate(mentors)
        if table[row, column] >= 0
    }


def _both_ways(fits: Mapping[RefPair, int]) -> dict[RefPair, int]:
    """Keep those who may be paired either way round, with the mean of both scores."""
    return {
        (one, other): (score + fits[other, one]) // 2
        for (one, other), score in fits.items()
        if one < other and (other, one) in fits
    }


def _reasons(market: engine.Market, members: Sequence[str]) -> list[str]:
    """Return the sentences that speak for two of them, or for each two of three, each once."""
    found = (market.explain(one, other).contributions for one, other in permutations(members, 2))
    return list(dict.fromkeys(part.sentence for parts in found for part in parts if 2 * part.points > part.out_of))


def suggest_mentors(group: Group) -> list[Participant]:
    """Suggest mentors for what is left to find of a group; nothing is written.

    Those who are in it already stay. Nobody is suggested who has no free place, said no to this group, or may not be
    with somebody in it by the programme's rules.

    :raises engine.ProblemError: if the programme's rules contradict each other.
    """
    there = people_in(group)
    members, chosen = [each for each in there if not each.is_mentor], [each for each in there if each.is_mentor]
    free, declined = free_in(group.cohort), refused(group)
    mentors = [each for each in free.mentors if each.pk not in declined]
    wanted = group.cohort.rules.shape.mentors - len(chosen)
    if wanted < 1 or not members or not mentors:
        return []
    pool = Pool(members, mentors, free.places, former=pairs_made(members, mentors))
    market = market_of(problem_of(pool, Wanted(group.cohort.rules.settings)))
    fits = _scores(market)
    needs = _uncovered(needs_of(members), chosen)
    asked = engine.Group(group.ref, needs, tuple(each.ref for each in members), size=wanted)
    found = engine.mentors_for_groups(
        (asked,), market.problem.mentors, allowed=lambda member, mentor: (member, mentor) in fits, seconds=SECONDS
    )
    return [each for each in mentors if each.ref in found.teams[0].mentors]


def needs_of(members: Iterable[Participant]) -> tuple[engine.Topic, ...]:
    """Return what people need together: of each need the sum of its weights, the heaviest first."""
    labels: dict[str, str] = {}
    weights: dict[str, float] = {}
    for member in members:
        for label, weight in member.topics:
            key = label.casefold()
            labels.setdefault(key, label)
            weights[key] = weights.get(key, 0.0) + weight
    order = sorted(weights, key=lambda key: (-weights[key], key))
    return tuple(engine.Topic(labels[key], weights[key]) for key in order)


def coverage(group: Group, also: Sequence[Participant] = ()) -> engine.Team | None:
    """Say how the mentors of a group cover what its members need, need by need; None where they named none.

    :param also: mentors who are not in it yet.
    """
    there = [*people_in(group), *also]
    needs = needs_of(each for each in there if not each.is_mentor)
    return engine.covered_by(engine.Group(group.ref, needs), _as_persons(there)) if needs else None


def _uncovered(needs: tuple[engine.Topic, ...], chosen: Sequence[Participant]) -> tuple[engine.Topic, ...]:
    """Return the needs that no mentor in it covers yet; all of them where every one is covered."""
    team = engine.covered_by(engine.Group("group", needs), _as_persons(chosen)) if needs else None
    left = tuple(need for need, at in zip(needs, team.needs, strict=True) if at.mentor is None) if team else ()
    return left or needs


def _as_persons(people: Iterable[Participant]) -> tuple[engine.Person, ...]:
    return tuple(
        engine.Person(
            each.ref, each.person.name, topics=tuple(engine.Topic(label, weight) for label, weight in each.topics)
        )
        for each in people
        if each.is_mentor
    )
