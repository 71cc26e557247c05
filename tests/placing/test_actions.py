from datetime import date, timedelta

import pytest

from alongside.audit.models import Entry
from alongside.kernel import scope
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.kernel.scope import NoScope
from alongside.placing import actions
from alongside.placing.actions import CannotAsk, CannotCall
from alongside.placing.models import Ask, Call, Placement, Volunteer
from alongside.placing.queries import asked_and_placed, never_asked, programmes_that_place
from alongside.placing.states import CallState
from alongside.placing.validity import months_on
from tests.placed import BY, UNSEEN, again, asked, called, fresh, recruited, school, trained
from tests.world import LEAK, NOW, World

DAY = timedelta(days=1)


def test_whoever_passes_the_last_step_is_trained_and_it_is_noted_once(world: World) -> None:
    there = school(world)
    participant = recruited(there, "Vera Volunteer")
    assert not Volunteer.unscoped.exists()
    volunteer = trained(there)
    assert volunteer.participant == participant
    assert volunteer.valid_until == date(2028, 3, 9)
    assert volunteer.cpd_hours == 6
    with scope.within(there.scope):
        assert actions.note_trained(volunteer.participant, by=None, at=NOW + DAY) == (volunteer, False)
    assert fresh(volunteer).trained_at == NOW


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 3, 9), 24, date(2028, 3, 9)),
    ],
)
def test_a_training_holds_until_the_same_day_of_a_month(day: date, months: int, then: date) -> None:
    assert months_on(day, months) == then


def test_a_refreshed_training_holds_as_long_as_a_new_one(world: World) -> None:
    there = school(world)
    volunteer = trained(there)
    with scope.within(there.scope):
        actions.refresh_training(volunteer, by=there.tessa, at=NOW + 400 * DAY)
    volunteer = fresh(volunteer)
    assert volunteer.valid_until == months_on((NOW + 400 * DAY).date(), 24)
    assert volunteer.trained_at == NOW


def test_a_programme_that_trains_nobody_is_not_called(world: World) -> None:
    with scope.everywhere("both organisations"), pytest.raises(CannotCall, match="trains nobody for yours"):
        actions.make_call(
            world.cohort, world.other_programme, by=world.carys, at=NOW, wanted=1, words="", needed_by=BY, topics=[]
        )


def test_a_programme_that_trains_calls_nobody_itself(world: World) -> None:
    there = school(world)
    with pytest.raises(CannotCall, match="no mentors can come to it"):
        called(there, there.cohort)


def test_a_day_that_has_passed_is_refused(world: World) -> None:
    with pytest.raises(CannotCall, match="Choose a later one"):
        called(school(world), needed_by=NOW.date() - DAY)


def test_nobody_is_asked_twice_for_a_call_nor_more_than_it_wants(world: World) -> None:
    there = school(world)
    vera, viktor = trained(there), trained(there, "Viktor Volunteer")
    call = called(there, wanted=1)
    how = {"reasons": [], "due_at": NOW + DAY, "by": there.tessa, "at": NOW}
    with scope.within(there.scope):
        ask = actions.ask_volunteer(call, vera, **how)
        with pytest.raises(CannotAsk, match="as are needed"):
            actions.ask_volunteer(call, viktor, **how)
        actions.end_ask(ask, "lapse", by=None, at=NOW)
        with pytest.raises(CannotAsk, match="Vera Volunteer was asked for this call before"):
            actions.ask_volunteer(call, vera, **how)
        actions.ask_volunteer(call, viktor, **how)
    assert (fresh(vera).times_asked, fresh(viktor).times_asked) == (1, 1)


def test_who_pauses_or_whose_training_does_not_hold_is_not_asked(world: World) -> None:
    there = school(world)
    vera = trained(there)
    call = called(there, needed_by=(NOW + 900 * DAY).date())
    with scope.within(there.scope):
        actions.pause_asking(vera, by=vera.participant.person, at=NOW)
        with pytest.raises(CannotAsk, match="would rather not be asked"):
            actions.ask_volunteer(call, vera, reasons=[], due_at=NOW + DAY, by=there.tessa, at=NOW)
        actions.resume_asking(vera, by=vera.participant.person, at=NOW)
        late = NOW + 732 * DAY
        with pytest.raises(CannotAsk, match="does not hold now"):
            actions.ask_volunteer(call, vera, reasons=[], due_at=late + DAY, by=there.tessa, at=late)


def test_a_call_that_has_ended_asks_nobody_and_ends_once(world: World) -> None:
    there = school(world)
    vera, call = trained(there), called(there)
    with scope.within(there.scope):
        actions.end_call(call, "decline", by=there.tessa, at=NOW, answer="Nobody near you.")
        with pytest.raises(CannotAsk, match="has ended"):
            actions.ask_volunteer(call, vera, reasons=[], due_at=NOW + DAY, by=there.tessa, at=NOW)
        with pytest.raises(MoveNotAllowed):
            actions.end_call(call, "take_back", by=there.tessa, at=NOW)


def test_the_last_yes_that_is_wanted_fills_a_call(world: World) -> None:
    there = school(world)
    trained(there)
    trained(there, "Viktor Volunteer")
    call = called(there, wanted=2)
    first, second = asked(there, call)
    with scope.within(there.scope):
        actions.accept_ask(first, by=first.volunteer.participant.person, at=NOW)
        assert Call.objects.get(pk=call.pk).state == CallState.OPEN
        actions.accept_ask(second, by=second.volunteer.participant.person, at=NOW)
        assert Call.objects.get(pk=call.pk).state == CallState.FILLED


def test_the_wall_stands_between_the_two_organisations(world: World) -> None:
    """Both read the call; whoever called never so much as finds a question, and nobody else finds anything."""
    there = school(world)
    trained(there)
    call = called(there)
    (ask,) = asked(there, call)
    for inside, finds in ((world.harbour_scope, 0), (there.scope, 1), (world.elsewhere_scope, 0)):
        with scope.within(inside):
            assert Ask.objects.count() == finds
            assert Volunteer.objects.count() == finds
            assert Call.objects.filter(pk=call.pk).count() == (inside != world.elsewhere_scope)
    with scope.within(world.harbour_scope):
        assert asked_and_placed([call]) == {call.pk: (1, 0)}
    assert ask.organisation_id == there.organisation.pk


@pytest.mark.parametrize("model", [Volunteer, Call, Ask, Placement])
def test_nothing_is_read_without_a_scope(model: type, db: None) -> None:
    with pytest.raises(NoScope):
        model.objects.count()  # type: ignore[attr-defined]


def test_what_is_noted_carries_no_words(world: World) -> None:
    there = school(world)
    trained(there, about=UNSEEN)
    (ask,) = asked(there, called(there, words=LEAK))
    with scope.within(there.scope):
        actions.decline_ask(ask, reason=UNSEEN, by=ask.volunteer.participant.person, at=NOW)
    noted = Entry.unscoped.filter(thing_kind__in=["Volunteer", "Call", "Ask"])
    assert set(noted.values_list("verb", flat=True)) == {"note_trained", "make_call", "ask_volunteer", "decline_ask"}
    said = str(list(noted.values_list("details", flat=True)))
    assert UNSEEN not in said
    assert LEAK not in said


def test_only_programmes_of_the_network_that_place_are_shown(world: World) -> None:
    there = school(world)
    assert list(programmes_that_place(world.network)) == [there.programme]


def test_never_asked_is_whoever_waits_as_long_as_the_rules_say(world: World) -> None:
    there = school(world, waiting_days=10)
    vera = trained(there)
    viktor = trained(there, "Viktor Volunteer")
    with scope.within(there.scope):
        assert list(never_asked(there.tessa, NOW + 10 * DAY - timedelta(minutes=1))) == []
        assert list(never_asked(there.tessa, NOW + 10 * DAY)) == [vera, viktor]
        actions.pause_asking(viktor, by=viktor.participant.person, at=NOW)
        assert list(never_asked(there.tessa, NOW + 10 * DAY)) == [vera]
        assert list(never_asked(there.tessa, NOW + 800 * DAY)) == []
    with scope.within(world.harbour_scope):
        assert list(never_asked(world.carys, NOW + 10 * DAY)) == []


def test_a_question_can_be_read_again_after_its_answer(world: World) -> None:
    there = school(world)
    trained(there)
    (ask,) = asked(there, called(there))
    with scope.within(there.scope):
        actions.decline_ask(ask, reason="No time", by=ask.volunteer.participant.person, at=NOW)
    assert (again(ask).state, again(ask).reason, again(ask).counts) == ("declined", "No time", False)
