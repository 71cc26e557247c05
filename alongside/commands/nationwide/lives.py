"""The lives of mentorships over three years: who is introduced to whom when, and how far it is now.

What comes out is what the actions would have left: a mentor never has more than their places, moments stand in the
order of the lifecycle, and whatever a clock would have done by now is done, so that no clock finds anything old.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import heapify, heappop, heappush
from typing import Any

from alongside.mentorships.clocks import months_after, next_due
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import WANTS_ANOTHER, Ending, GoingOn, MentorshipState
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import ParticipantState

DAY = timedelta(days=1)
PATIENCE = 150 * DAY
"""How long a mentee waits for a mentor with a free place, at most."""
S = MentorshipState


@dataclass(frozen=True)
class Planned:
    """What becomes of a mentorship if nobody looks at the calendar; None is never."""

    introduced: datetime
    met: datetime | None
    going_on: datetime | None
    agreed: datetime | None
    ended: datetime
    ending: Ending

    def by(self, moment: datetime | None, now: datetime) -> datetime | None:
        """Return a moment if it has come."""
        return moment if moment and moment <= now and moment <= self.ended else None


@dataclass(frozen=True)
class Life:
    """A mentorship as it is now, who is in it, and when it was planned to end."""

    mentorship: Mentorship
    mentor: Participant
    mentee: Participant


def lives_in(
    cohort: Cohort, mentors: Sequence[Participant], mentees: Sequence[Participant], dice: random.Random, now: datetime
) -> Iterator[Life]:
    """Introduce the mentees of a cohort who are ready to mentors with a free place, as they come, and yield what is."""
    places = [
        (mentor.joined_at + dice.uniform(5, 60) * DAY, number, place)
        for number, mentor in enumerate(mentors)
        if mentor.state == ParticipantState.READY
        for place in range(mentor.capacity)
    ]
    heapify(places)
    ready = (mentee for mentee in mentees if mentee.state == ParticipantState.READY)
    looking = [(mentee.joined_at + dice.uniform(7, 45) * DAY, number, mentee) for number, mentee in enumerate(ready)]
    heapify(looking)
    while looking and places:
        since, number, mentee = heappop(looking)
        free_from, mentor, place = places[0]
        when = max(since, free_from + 2 * DAY)
        if when > now or when - since > PATIENCE:
            continue
        heappop(places)
        plan = _planned(cohort, when.replace(second=0, microsecond=0), dice)
        yield Life(_as_it_is(cohort, plan, dice, now), mentors[mentor], mentee)
        if plan.ended <= now:
            heappush(places, (plan.ended, mentor, place))
            if plan.ending in WANTS_ANOTHER and dice.random() < 0.6:
                heappush(looking, (plan.ended + dice.uniform(3, 30) * DAY, number, mentee))


def _planned(cohort: Cohort, at: datetime, dice: random.Random) -> Planned:
    """Draw a life: of a hundred, four never meet, twelve end early, the others about when they meant to."""
    last = _last(cohort)
    if dice.random() < 0.04:
        ending = dice.choice([Ending.CIRCUMSTANCES, Ending.NOT_SAID])
        return Planned(at, None, None, None, min(at + dice.uniform(20, 60) * DAY, last), ending)
    met = at + dice.uniform(2, 13) * DAY
    going_on = met + dice.uniform(2, 6) * DAY
    agreed = going_on + dice.uniform(4, 28) * DAY
    if dice.random() < 0.12:
        ended = going_on + dice.uniform(5, 200) * DAY
        ending = dice.choices([Ending.NOT_THE_FIT, Ending.CIRCUMSTANCES, Ending.NEED_CHANGED], [35, 45, 20])[0]
    else:
        ended = (
            datetime.combine(months_after(at, cohort.rules.length.months), at.timetz()) + dice.uniform(-45, 12) * DAY
        )
        ending = dice.choices([Ending.OBJECTIVES_MET, Ending.NEED_CHANGED, Ending.NOT_SAID], [80, 10, 10])[0]
    return Planned(at, met, going_on, agreed, max(at + DAY, min(ended, last)), ending)


def _last(cohort: Cohort) -> datetime:
    """Return when a cohort that is over ended what was left in it."""
    if cohort.ends_on is None:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(cohort.ends_on, datetime.min.time(), UTC)


def _as_it_is(cohort: Cohort, plan: Planned, dice: random.Random, now: datetime) -> Mentorship:
    """Return a mentorship in the state that its plan has reached, with its clock set for what comes next."""
    found = Mentorship(
        organisation_id=cohort.organisation_id,
        programme_id=cohort.programme_id,
        cohort=cohort,
        introduced_at=plan.introduced,
        met_at=plan.by(plan.met, now),
        going_on_at=plan.by(plan.going_on, now),
        agreed_at=plan.by(plan.agreed, now),
        planned_end_on=months_after(plan.introduced, cohort.rules.length.months),
    )
    found.first_meeting_at = found.met_at
    for name, value in _state(found, plan, dice, now).items():
        setattr(found, name, value)
    found.programme = cohort.programme
    found.next_due_at = next_due(found, after=now)
    return found


def _state(found: Mentorship, plan: Planned, dice: random.Random, now: datetime) -> dict[str, Any]:
    if plan.ended <= now:
        return {"state": S.ENDED.value, "ended_at": plan.ended, "ending": plan.ending.value}
    if found.agreed_at:
        if plan.ended - now < 12 * DAY:
            return {"state": S.ENDING.value, "ending_on": plan.ended.date()}
        if dice.random() < 0.015:
            until = min(now + dice.uniform(3, 40) * DAY, plan.ended).date()
            paused = max(found.agreed_at, now - dice.uniform(1, 20) * DAY)
            return {"state": S.PAUSED.value, "paused_at": paused, "paused_until": until}
        return {"state": S.ACTIVE.value}
    if found.going_on_at:
        return {"state": S.GOING_ON.value}
    return {"state": (S.COOLING_OFF if found.met_at else S.INTRODUCED).value}


def answers_of(mentorship: Mentorship) -> dict[str, Any]:
    """Return what each member was asked and said after the cooling-off."""
    if mentorship.going_on_at is None:
        return {}
    return {"going_on": GoingOn.YES.value, "answered_at": mentorship.going_on_at}


def meetings_until(mentorship: Mentorship, dice: random.Random, now: datetime) -> Iterator[datetime]:
    """Yield when a mentorship met, about once a month; one in sixteen of those that run has met no more of late."""
    if mentorship.met_at is None:
        return
    until = mentorship.ended_at or now
    if mentorship.ended_at is None and dice.random() < 0.06:
        until -= 75 * DAY
    moment = mentorship.met_at
    yield moment
    while (moment := moment + dice.uniform(22, 40) * DAY) < until:
        yield moment.replace(minute=0)
