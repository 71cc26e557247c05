"""Whatever people do, in whatever order: nobody is asked more than they have places, and no mentee is forgotten."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.journeys.answer_request import accept_request, decline_request
from alongside.journeys.choose_mentors import choose_mentors, choose_nobody
from alongside.journeys.leave_programme import leave_programme
from alongside.journeys.places import free_places
from alongside.journeys.run_clocks import run_clocks
from alongside.journeys.take_back_offer import take_back_offer
from alongside.kernel import clock, scope
from alongside.matching.models import Offer, Request
from alongside.matching.states import OfferState, RequestState
from alongside.programmes.models import Participant
from alongside.programmes.states import ParticipantState, Side
from tests import world as cast
from tests.asked import offer
from tests.world import NOW, World

T = TypeVar("T")
HAPPENINGS = st.sampled_from(["offer", "choose", "nobody", "yes", "no", "wait", "take back", "leave"])
happenings = st.lists(st.tuples(HAPPENINGS, st.integers(0, 10**6)), min_size=5, max_size=40)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=happenings)
def test_nobody_is_asked_too_much_and_nobody_is_forgotten(db: None, story: list[tuple[str, int]]) -> None:
    with transaction.atomic(), clock.stopped(NOW), scope.everywhere("a story about the cast"):
        world = cast.build()
        at = NOW
        for happening, dice in story:
            at += timedelta(hours=dice % 50) if happening == "wait" else timedelta(minutes=1)
            happen(world, happening, dice, at)
            check_places()
            check_nobody_is_forgotten()
        transaction.set_rollback(True)


def happen(world: World, happening: str, dice: int, at: datetime) -> None:
    """Let one thing happen to somebody, if there is anybody it can happen to."""
    ready = Participant.objects.filter(state=ParticipantState.READY).order_by("pk")
    if happening == "wait":
        run_clocks(at=at)
    elif happening == "offer":
        free = ready.filter(side=Side.MENTEE).exclude(offers__state__in=["open", "chosen", "lapsed", "placed"])
        mentors = list(ready.filter(side=Side.MENTOR))
        if (mentee := one(free, dice)) and mentors:
            offer(mentee, *rotated(mentors, dice), at=at)
    elif happening == "leave":
        if (somebody := one(ready, dice)) and dice % 5 == 0:
            leave_programme(somebody, by=world.carys, at=at)
    elif happening in {"yes", "no"}:
        if asked := one(Request.objects.filter(state=RequestState.ASKED).order_by("pk"), dice):
            accept_request(asked, at=at) if happening == "yes" else decline_request(asked, reason="", at=at)
    elif made := one(Offer.objects.filter(state__in=["open", "lapsed"]).order_by("pk"), dice):
        if happening == "choose":
            choose_mentors(made, rotated(list(made.requests.all()), dice)[: 1 + dice % 3], at=at)
        elif happening == "nobody":
            choose_nobody(made, reason="", at=at)
        else:
            take_back_offer(made, by=world.carys, at=at)


def check_places() -> None:
    for mentor in Participant.objects.filter(side=Side.MENTOR, state=ParticipantState.READY):
        open_questions = Request.objects.filter(mentor=mentor, state=RequestState.ASKED).count()
        assert open_questions <= free_places([mentor])[mentor.ref]


def check_nobody_is_forgotten() -> None:
    """Whose choice is in has somebody asked, or stands in line for a mentor who has every place asked for."""
    for made in Offer.objects.filter(state=OfferState.CHOSEN):
        requests = made.requests.order_by("wish")
        if requests.filter(state=RequestState.ASKED).exists():
            continue
        waited_for = requests.filter(state=RequestState.IN_LINE)[0].mentor
        asked = Request.objects.filter(mentor=waited_for, state=RequestState.ASKED).count()
        assert waited_for.state == ParticipantState.READY
        assert asked == free_places([waited_for])[waited_for.ref] > 0


def one(rows: Iterable[T], dice: int) -> T | None:
    everybody = list(rows)
    return everybody[dice % len(everybody)] if everybody else None


def rotated(things: list[T], dice: int) -> list[T]:
    turn = dice % len(things)
    return [*things[turn:], *things[:turn]]
