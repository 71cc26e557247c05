"""Whatever people do, in whatever order: nobody is asked beyond their places, and nobody is placed untrained."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.journeys.free_volunteers import rooms_of
from alongside.journeys.leave_programme import leave_programme
from alongside.journeys.place_volunteers import CannotBePlaced, accept_ask, ask_volunteers, decline_ask, end_call
from alongside.journeys.run_clocks import run_clocks
from alongside.journeys.suggest_volunteers import Suggestion, suggest
from alongside.kernel import clock, scope
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.mentorships.queries import running_as_mentor
from alongside.people.actions import set_mentor_capacity
from alongside.placing import actions
from alongside.placing.actions import CannotAsk
from alongside.placing.models import Ask, Call, Placement, Volunteer
from alongside.placing.queries import asked_and_placed, asked_everywhere
from alongside.placing.states import AskState, CallState
from alongside.placing.validity import day_of
from alongside.programmes.models import Participant
from alongside.programmes.states import ParticipantState, Side
from tests import world as cast
from tests.paired import pair
from tests.placed import School, again, called, school, trained
from tests.world import NOW

T = TypeVar("T")
HAPPENINGS = [
    "call",
    "ask",
    "ask anybody",
    "yes",
    "no",
    "wait",
    "wait long",
    "pause",
    "refresh",
    "leave",
    "meet",
    "end",
]
happenings = st.lists(st.tuples(st.sampled_from(HAPPENINGS), st.integers(0, 10**6)), min_size=5, max_size=30)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=happenings)
def test_nobody_is_asked_beyond_their_places_nor_placed_untrained(db: None, story: list[tuple[str, int]]) -> None:
    with transaction.atomic(), clock.stopped(NOW), scope.everywhere("a story about volunteers"):
        there = school(cast.build(), months_valid=2)
        for name, capacity in (("Vera", 1), ("Viktor", 2), ("Wanda", 3)):
            volunteer = trained(there, name, capacity=capacity)
            set_mentor_capacity(volunteer.participant.person, 2)
        at = NOW
        for happening, dice in [("call", 1), *story]:
            at += timedelta(minutes=1)
            at += {"wait": timedelta(days=dice % 9), "wait long": timedelta(days=dice % 50)}.get(happening, timedelta())
            happen(there, happening, dice, at)
            check(at)
        transaction.set_rollback(True)


def happen(there: School, happening: str, dice: int, at: datetime) -> None:
    """Let one thing happen, if there is anybody it can happen to."""
    volunteers = Volunteer.objects.select_related("participant__person", "participant__cohort").order_by("pk")
    calls = Call.objects.filter(state=CallState.OPEN).select_related("programme__organisation", "to").order_by("pk")
    if happening.startswith("wait"):
        run_clocks(at=at)
    elif happening == "call":
        called(there, at=at, wanted=1 + dice % 3, needed_by=(at + timedelta(days=dice % 40)).date())
    elif happening in {"ask", "ask anybody"} and (call := one(calls, dice)):
        ask(there, call, happening, dice, at, list(volunteers))
    elif happening in {"yes", "no"} and (asked := one(Ask.objects.order_by("pk"), dice)):
        answer(again(asked), happening, at)
    elif happening in {"pause", "refresh"} and (who := one(volunteers, dice)):
        act = actions.pause_asking if happening == "pause" else actions.refresh_training
        act(who, by=there.tessa, at=at)
    elif happening == "leave" and dice % 4 == 0:
        if who := one(volunteers.filter(participant__state=ParticipantState.READY), dice):
            leave_programme(who.participant, by=there.tessa, at=at)
    elif happening == "end" and (call := one(calls, dice)):
        end_call(call, "take_back", by=there.world.carys, at=at)
    elif happening == "meet":
        meet(there, dice, at)


def ask(there: School, call: Call, how: str, dice: int, at: datetime, everybody: list[Volunteer]) -> None:
    """Ask whoever is suggested, or whoever comes to hand."""
    suggested = [each for each in suggest(there.programme, [call], at=at).by_call[call.pk] if each.chosen]
    chance = [Suggestion(each, 50, [], chosen=True) for each in everybody[: 1 + dice % 3]]
    try:
        ask_volunteers(call, suggested if how == "ask" else chance, by=there.tessa, at=at)
    except CannotAsk:
        assert how == "ask anybody", "whoever is suggested can be asked"


def answer(asked: Ask, how: str, at: datetime) -> None:
    before = asked.volunteer
    trained_now = before.participant.state == ParticipantState.READY and before.holds_on(day_of(at))
    try:
        if how == "yes":
            accept_ask(asked, at=at)
            assert trained_now
        else:
            decline_ask(asked, reason="", at=at)
    except MoveNotAllowed:
        assert again(asked).state != AskState.ASKED
    except CannotBePlaced:
        assert not trained_now
        assert again(asked).state == AskState.ASKED


def meet(there: School, dice: int, at: datetime) -> None:
    """Let a placed volunteer have a mentee, as the board would: only where their total has room."""
    placed = Placement.objects.select_related("participant__person").order_by("pk")
    mentee = one(Participant.objects.filter(cohort=there.world.cohort, side=Side.MENTEE, memberships=None), dice)
    where = one(placed.filter(participant__memberships=None), dice)
    if mentee and where and running_as_mentor([where.participant.person_id]).get(where.participant.person_id, 0) < 2:
        pair(where.participant, mentee, at=at)


def check(at: datetime) -> None:
    for volunteer in Volunteer.objects.select_related("participant__person"):
        person = volunteer.participant.person
        open_asks = asked_everywhere([person.pk]).get(person.pk, 0)
        waiting = Placement.objects.filter(volunteer=volunteer, participant__memberships=None)
        places = {each.participant_id for each in waiting}
        running = running_as_mentor([person.pk]).get(person.pk, 0)
        assert open_asks + len(places) + running <= min(2, volunteer.participant.capacity), volunteer
        assert rooms_of([volunteer])[volunteer.pk] >= 0
    for call in Call.objects.all():
        asked, placed = asked_and_placed([call])[call.pk]
        assert asked + placed <= call.wanted
        assert (call.state == CallState.FILLED) == (placed == call.wanted)
        assert call.state == CallState.OPEN or asked == 0, "nobody is asked for what has ended"
    for placement in Placement.objects.all():
        assert placement.valid_until >= day_of(placement.placed_at)
        assert placement.trained_at <= placement.placed_at <= at


def one(rows: Iterable[T], dice: int) -> T | None:
    everybody = list(rows)
    return everybody[dice % len(everybody)] if everybody else None
