"""Whom to ask for which call: all open calls at once, so that no call takes the one person another needs.

How well a volunteer fits a call the engine says, the call standing where a mentee would. Fits that read alike, whole
numbers of 100, are alike: then whoever was never asked comes first, and then whoever waits longest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from alongside import engine
from alongside.engine.values.scores import FULL
from alongside.journeys.free_volunteers import rooms_of
from alongside.matching.problem import Pool, Wanted, problem_of
from alongside.placing.models import Call, Volunteer
from alongside.placing.queries import asked_and_placed, asked_volunteers, who_can_be_asked
from alongside.placing.validity import day_of
from alongside.programmes.models import Programme

OTHERS = 8
"""How many are shown beside those who are suggested."""

LONGEST_WAIT = 364
NEVER_ASKED = LONGEST_WAIT + 1
A_POINT = FULL // 100


@dataclass(frozen=True)
class Suggestion:
    """A volunteer for a call: how well they fit, 0 to 100, and why, in sentences.

    ``chosen`` are those who are best over all calls together. ``reasons`` are as a request keeps them.
    """

    volunteer: Volunteer
    score: int
    reasons: list[list[str | int]]
    chosen: bool

    @property
    def speak_for(self) -> list[str]:
        """What speaks for them: a criterion does when it gives more than half of its points."""
        return [str(words) for _, points, out_of, words in self.reasons if 2 * int(points) > int(out_of)]


@dataclass(frozen=True)
class Suggestions:
    """Whom to ask for each of some calls, by the calls' primary keys; the best first."""

    by_call: Mapping[int, Sequence[Suggestion]]
    left: Mapping[int, int]


def suggest(programme: Programme, calls: Sequence[Call], *, at: datetime) -> Suggestions:
    """Suggest volunteers of a programme for all calls that want more."""
    counts = asked_and_placed(calls)
    left = {call.pk: max(0, call.wanted - sum(counts[call.pk])) for call in calls}
    wanting = [call for call in calls if left[call.pk]]
    volunteers = list(who_can_be_asked(programme, day_of(at)))
    rooms = rooms_of(volunteers)
    free = [each for each in volunteers if rooms[each.pk]]
    if not (wanting and free):
        return Suggestions({call.pk: [] for call in calls}, left)
    market = _market(programme, wanting, free, left, rooms)
    fits = _fits(market, wanting, free)
    chosen = _chosen(fits, wanting, free, left, rooms, at)
    by_call = {call.pk: _list(market, call, fits[call.pk], chosen.get(call.pk, set()), free, at) for call in wanting}
    return Suggestions({call.pk: by_call.get(call.pk, []) for call in calls}, left)


def _market(
    programme: Programme,
    calls: Sequence[Call],
    free: Sequence[Volunteer],
    left: Mapping[int, int],
    rooms: Mapping[int, int],
) -> engine.Market:
    """State volunteers and calls as the two sides of a matching, by the rules of the training programme."""
    mentors = [each.participant for each in free]
    places = {each.participant.ref: rooms[each.pk] for each in free}
    problem = problem_of(Pool([], mentors, places), Wanted(programme.rules.settings))
    people = tuple(_as_person(call, left[call.pk]) for call in calls)
    return engine.Market.of(replace(problem, mentees=people))


def _as_person(call: Call, left: int) -> engine.Person:
    """Return a call as a mentee would stand there: what it is about, where, and in its own words."""
    here = call.latitude is not None and call.longitude is not None
    return engine.Person(
        id=call.ref,
        name=call.programme.organisation.name,
        capacity=left,
        topics=tuple(engine.Topic(label, weight) for label, weight in call.topics),
        text=call.words,
        position=engine.Position(call.latitude, call.longitude, call.place) if here else None,  # type: ignore[arg-type]
        remote=call.remote,
    )


Fits = dict[int, dict[int, int]]


def _fits(market: engine.Market, calls: Sequence[Call], free: Sequence[Volunteer]) -> Fits:
    """Return the fit of each volunteer who may serve and was not asked, by call and volunteer; 0 to 100."""
    asked = asked_volunteers(calls)
    return {
        call.pk: {
            each.pk: market.score(call.ref, each.participant.ref) // A_POINT
            for each in free
            if each.pk not in asked[call.pk] and market.allowed(call.ref, each.participant.ref)
        }
        for call in calls
    }


def waited(volunteer: Volunteer, at: datetime) -> int:
    """Return how much a volunteer has waited, in days up to a year; whoever was never asked waits more than all."""
    days = min((at - (volunteer.last_asked_at or volunteer.trained_at)).days, LONGEST_WAIT)
    return max(0, days) + (0 if volunteer.times_asked else NEVER_ASKED)


def _chosen(
    fits: Fits,
    calls: Sequence[Call],
    free: Sequence[Volunteer],
    left: Mapping[int, int],
    rooms: Mapping[int, int],
    at: datetime,
) -> dict[int, set[int]]:
    """Return whom to ask: as many as can be, then the best fits, then those who wait longest; exactly, and all at once.

    A year of waiting of everybody together is worth less than a point of fit, and all fits less than one more place.
    """
    seats = sum(left.values())
    point = seats * (LONGEST_WAIT + NEVER_ASKED) + 1
    place = seats * 100 * point + point
    values = [
        [place + fits[call.pk][each.pk] * point + waited(each, at) if each.pk in fits[call.pk] else -1 for each in free]
        for call in calls
    ]
    found = engine.solve_assignment(values, [left[call.pk] for call in calls], [rooms[each.pk] for each in free])
    chosen: dict[int, set[int]] = {}
    for row, column in zip(found.rows.tolist(), found.columns.tolist(), strict=True):
        chosen.setdefault(calls[row].pk, set()).add(free[column].pk)
    return chosen


def _list(
    market: engine.Market, call: Call, fits: dict[int, int], chosen: set[int], free: Sequence[Volunteer], at: datetime
) -> list[Suggestion]:
    """Return those to be asked for a call, best first, then the next best."""
    found = [each for each in free if each.pk in fits]
    found.sort(key=lambda each: (each.pk not in chosen, -fits[each.pk], -waited(each, at), each.pk))
    return [
        Suggestion(each, fits[each.pk], reasons_for(market, call, each), each.pk in chosen)
        for each in found[: len(chosen) + OTHERS]
    ]


def reasons_for(market: engine.Market, call: Call, volunteer: Volunteer) -> list[list[str | int]]:
    """Return why a volunteer fits a call, as it is kept with the question."""
    found = market.explain(call.ref, volunteer.participant.ref).contributions
    return [[each.criterion, each.points, each.out_of, each.sentence] for each in found]
