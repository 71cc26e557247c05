"""The story of a mentorship: what each group of pages has to tell, in order, and what is wanted next."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from alongside.web.participant.mentorship import life
from alongside.web.participant.mentorship.agreement import pages as agreement
from alongside.web.participant.mentorship.documents import pages as documents
from alongside.web.participant.mentorship.ending import pages as ending
from alongside.web.participant.mentorship.exercises import pages as exercises
from alongside.web.participant.mentorship.here import Here
from alongside.web.participant.mentorship.meetings import story as meetings
from alongside.web.participant.mentorship.messages import pages as messages
from alongside.web.participant.mentorship.pieces import Event, Step
from alongside.web.participant.mentorship.plan import pages as plan
from alongside.web.participant.mentorship.pulse import pages as pulse
from alongside.web.participant.mentorship.reviews import pages as reviews
from alongside.web.participant.mentorship.surveys import pages as surveys

EVENTS: tuple[Callable[[Here], Iterable[Event]], ...] = (
    life.events,
    agreement.events,
    meetings.events,
    plan.events,
    exercises.events,
    reviews.events,
    documents.events,
    ending.events,
)
STEPS: tuple[Callable[[Sequence[Here], datetime], Iterable[Step]], ...] = (
    life.steps,
    messages.steps,
    meetings.steps,
    agreement.steps,
    plan.steps,
    exercises.steps,
    reviews.steps,
    ending.steps,
    pulse.steps,
    surveys.steps,
)
"""Each asks the database once for all the mentorships it is given, however many."""


def story_of(here: Here, *, now: datetime) -> list[dict[str, Any]]:
    """Return what happened and what is planned: what comes next on top, then the past, newest first."""
    events = sorted((event for tell in EVENTS for event in tell(here)), key=lambda event: event.at)
    ahead, past = [e for e in events if e.ahead], [e for e in events if not e.ahead]
    return [event.shown(now=now, is_next=event is ahead[0]) for event in ahead] + [
        event.shown(now=now) for event in reversed(past)
    ]


def steps_in(heres: Sequence[Here], *, now: datetime) -> list[Step]:
    """Return what is wanted of a person in the mentorships they are in, the most pressing first."""
    steps = [step for ask in STEPS for step in ask(heres, now)]
    return sorted(steps, key=lambda step: (step.weight, step.due or now))
