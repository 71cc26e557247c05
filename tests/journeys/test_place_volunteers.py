from datetime import timedelta

import pytest

from alongside.journeys.end_mentorship import end_for_all
from alongside.journeys.free_volunteers import rooms_of, trained_and_free
from alongside.journeys.leave_programme import leave_programme
from alongside.journeys.pass_gate import pass_gate
from alongside.journeys.place_volunteers import CannotBePlaced, accept_ask, decline_ask, end_call
from alongside.journeys.run_clocks import run_clocks
from alongside.journeys.suggest_volunteers import suggest
from alongside.kernel import scope
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.matching.models import Request
from alongside.mentorships.states import Ending
from alongside.notifications.models import Email
from alongside.people.actions import set_mentor_capacity
from alongside.placing import actions
from alongside.placing.models import Ask, Call, Placement, Volunteer
from alongside.placing.queries import trainings_of
from alongside.placing.states import AskState, CallState
from alongside.programmes.actions import change_rules, enter_participant
from alongside.programmes.models import Participant
from alongside.programmes.states import ParticipantState, Side
from tests.asked import offer
from tests.paired import pair
from tests.placed import UNSEEN, School, again, asked, called, fresh, recruited, rules, school, trained
from tests.world import NOW, World, person, set_rules

DAY = timedelta(days=1)
TRAINING = {"id": "training", "title": "Training", "sides": ["mentor"], "met_by_training": True}


@pytest.fixture
def there(world: World) -> School:
    return school(world)


def here(world: World, volunteer: Volunteer) -> Participant:
    """The volunteer as a mentor of Harbour's."""
    rows = Participant.objects.select_related("cohort", "person")
    found: Participant = rows.get(programme=world.programme, person=volunteer.participant.person)
    return found


def rooms(volunteer: Volunteer) -> int:
    return rooms_of([fresh(volunteer)])[volunteer.pk]


def letters(kind: str) -> list[Email]:
    return list(Email.objects.filter(kind=kind).order_by("pk"))


def test_a_yes_makes_them_a_mentor_there_brought_by_whoever_trained_them(world: World, there: School) -> None:
    vera = trained(there, place="Swansea", shares=["name", "topics"], about=UNSEEN)
    (ask,) = asked(there, called(there))
    placement = accept_ask(ask, at=NOW)
    mentor = here(world, vera)
    assert placement.participant == mentor
    assert (mentor.side, mentor.state, mentor.capacity) == ("mentor", ParticipantState.READY, 1)
    assert mentor.brought_by == there.organisation
    assert mentor.key_contact == world.carys
    assert mentor.topics == [["Pricing", 1.0]]
    assert (mentor.employer, mentor.about, mentor.place, mentor.latitude) == ("", "", "", None), "not shared"
    assert (again(ask).state, again(ask).call.state) == (AskState.ACCEPTED, CallState.FILLED)


def test_their_training_passes_the_gates_that_say_so_and_no_other(world: World, there: School) -> None:
    before = {"id": "talk", "title": "A talk", "sides": ["mentor"]}
    gates = [before, {**TRAINING, "after": ["talk"]}, {"id": "dbs", "title": "Papers", "sides": ["mentor"]}]
    with scope.everywhere("a test changes the rules"):
        changed = world.programme.rules.changed({"gates": gates})
        change_rules(world.programme, changed, cohorts=[world.cohort], by=None, at=NOW)
    vera = trained(there)
    (ask,) = asked(there, called(there))
    accept_ask(ask, at=NOW)
    mentor = here(world, vera)
    assert (mentor.state, mentor.gates_passed) == (ParticipantState.WAITING, [])
    pass_gate(mentor, "talk", by=world.carys, at=NOW)
    assert here(world, vera).gates_passed == ["talk", "training"], "as soon as it was its turn"
    pass_gate(mentor, "dbs", by=world.carys, at=NOW)
    assert here(world, vera).state == ParticipantState.READY


def test_whoever_was_not_placed_passes_every_gate_themselves(world: World) -> None:
    set_rules(world, gates=[])
    with scope.everywhere("a test changes the rules"):
        changed = world.programme.rules.changed({"gates": [TRAINING, {"id": "talk", "title": "A talk"}]})
        change_rules(world.programme, changed, cohorts=[world.cohort], by=None, at=NOW)
    world.maya.refresh_from_db()
    pass_gate(world.maya, "talk", by=world.carys, at=NOW)
    assert world.maya.gates_passed == ["talk"]


def test_the_record_of_training_comes_along(world: World, there: School) -> None:
    vera = trained(there)
    (ask,) = asked(there, called(there))
    accept_ask(ask, at=NOW)
    mentor = here(world, vera)
    record = trainings_of([mentor, world.maya])
    assert set(record) == {mentor.pk}
    assert record[mentor.pk].valid_until == vera.valid_until
    assert record[mentor.pk].call.to.organisation == there.organisation


def test_who_is_a_mentor_there_already_is_not_entered_twice(world: World, there: School) -> None:
    trained(there, "Maya Mentor")
    (ask,) = asked(there, called(there))
    placement = accept_ask(ask, at=NOW)
    assert placement.participant == world.maya
    world.maya.refresh_from_db()
    assert (world.maya.capacity, world.maya.brought_by) == (2, None)


def test_who_had_left_comes_back(world: World, there: School) -> None:
    leave_programme(world.maya, by=world.carys, at=NOW)
    trained(there, "Maya Mentor")
    (ask,) = asked(there, called(there))
    accept_ask(ask, at=NOW)
    world.maya.refresh_from_db()
    assert world.maya.state == ParticipantState.READY


def test_whoever_called_is_written_to_after_the_yes_and_not_before(world: World, there: School) -> None:
    vera = trained(there)
    (ask,) = asked(there, called(there))
    assert not Email.objects.filter(to=world.carys.email).exists()
    accept_ask(ask, at=NOW)
    (letter,) = letters("tell_of_yes")
    assert letter.to == world.carys.email
    assert "Vera Volunteer says yes" in letter.subject
    assert vera.participant.person.email in letter.body.text
    assert UNSEEN not in letter.body.text


def test_the_question_says_who_asks_what_for_and_where(there: School) -> None:
    trained(there)
    asked(there, called(there, place="Swansea", words="Owners of small shops."))
    (letter,) = letters("ask_volunteer")
    text = letter.body.text
    for words in ("Harbour Enterprise", "Pricing", "Swansea, or at a distance", "Owners of small shops", "16 March"):
        assert words in text


def test_a_no_goes_to_nobody_but_their_own_coordinator(world: World, there: School) -> None:
    trained(there)
    call = called(there)
    (ask,) = asked(there, call)
    decline_ask(ask, reason=UNSEEN, at=NOW)
    assert not Email.objects.filter(to=world.carys.email).exists()
    assert not Placement.unscoped.exists()
    assert again(ask).reason == UNSEEN
    with pytest.raises(MoveNotAllowed):
        accept_ask(again(ask), at=NOW)


def test_a_training_that_ran_out_meanwhile_places_nobody(world: World, there: School) -> None:
    vera = trained(there)
    (ask,) = asked(there, called(there))
    Volunteer.unscoped.update(valid_until=NOW.date() - DAY)
    with pytest.raises(CannotBePlaced, match="to be refreshed first"):
        accept_ask(ask, at=NOW)
    assert again(ask).state == AskState.ASKED, "the question stays open"
    assert not Participant.objects.filter(person=vera.participant.person, programme=world.programme).exists()


def test_whoever_is_held_back_by_a_new_step_is_not_placed(world: World, there: School) -> None:
    trained(there)
    (ask,) = asked(there, called(there))
    more = [*rules().table["gates"], {"id": "more", "title": "One more", "sides": ["mentor"]}]
    with scope.within(there.scope):
        change_rules(there.programme, rules().changed({"gates": more}), cohorts=[there.cohort], by=there.tessa, at=NOW)
    with pytest.raises(CannotBePlaced, match="on hold"):
        accept_ask(again(ask), at=NOW)


def test_ending_a_call_thanks_whoever_is_asked_and_says_why(world: World, there: School) -> None:
    trained(there)
    call = called(there)
    (ask,) = asked(there, call)
    with scope.within(there.scope):
        end_call(call, "decline", by=there.tessa, at=NOW, answer="Nobody near you just now.")
    assert again(ask).state == AskState.RELEASED
    assert [letter.to for letter in letters("tell_not_needed")] == ["vera.volunteer@example.org"]
    (letter,) = letters("tell_call_ended")
    assert "Nobody near you just now." in letter.body.text
    assert "Vera" not in letter.body.text


def test_whoever_called_takes_it_back_without_learning_who_was_asked(world: World, there: School) -> None:
    trained(there)
    call = called(there)
    (ask,) = asked(there, call)
    with scope.within(world.harbour_scope):
        end_call(call, "take_back", by=world.carys, at=NOW)
    assert again(ask).state == AskState.RELEASED
    assert not Email.objects.filter(to=world.carys.email).exists()


def test_who_leaves_is_not_asked_any_more(there: School) -> None:
    vera = trained(there)
    (ask,) = asked(there, called(there))
    with scope.within(there.scope):
        leave_programme(vera.participant, by=there.tessa, at=NOW)
    assert again(ask).state == AskState.RELEASED


# One capacity.


def test_a_question_and_a_placement_without_a_mentee_each_take_a_place(world: World, there: School) -> None:
    vera = trained(there, capacity=2)
    assert rooms(vera) == 2
    (ask,) = asked(there, called(there))
    assert rooms(vera) == 1
    accept_ask(ask, at=NOW)
    assert rooms(vera) == 1


def test_a_place_is_free_again_once_the_mentorship_has_ended(world: World, there: School) -> None:
    vera = trained(there, capacity=1)
    (ask,) = asked(there, called(there))
    accept_ask(ask, at=NOW)
    assert rooms(vera) == 0
    mentorship = pair(here(world, vera), world.bea, at=NOW)
    assert rooms(vera) == 0
    end_for_all(mentorship, ending=Ending.OBJECTIVES_MET, by=world.carys, at=NOW + DAY)
    assert rooms(vera) == 1


def test_their_total_holds_everywhere(world: World, there: School) -> None:
    vera = trained(there, capacity=3)
    set_mentor_capacity(vera.participant.person, 1)
    assert rooms(vera) == 1
    with scope.everywhere("a mentorship of another organisation"):
        there_too = enter_participant(
            world.other_cohort, vera.participant.person, Side.MENTOR, by=world.olu, at=NOW, details={}
        )
        mentee = enter_participant(world.other_cohort, person("Elin"), Side.MENTEE, by=world.olu, at=NOW, details={})
        pair(there_too, mentee)
    assert rooms(vera) == 0


def test_a_mentees_question_elsewhere_counts_against_the_total(world: World, there: School) -> None:
    maya = trained(there, "Maya Mentor", capacity=3)
    set_mentor_capacity(maya.participant.person, 1)
    made = offer(world.bea, world.maya)
    Request.objects.filter(offer=made).update(state="asked")
    assert rooms(maya) == 0


def test_what_is_counted_for_others_is_two_numbers(world: World, there: School) -> None:
    vera = trained(there)
    trained(there, "Viktor Volunteer")
    recruited(there, "Wanda Waiting")
    with scope.within(there.scope):
        actions.pause_asking(vera, by=vera.participant.person, at=NOW)
    asked(there, called(there))
    with scope.within(world.harbour_scope):
        assert trained_and_free([there.programme], at=NOW) == {there.programme.pk: (1, 0)}


# Whom to ask.


def chosen(there: School, *calls: Call) -> list[list[str]]:
    with scope.within(there.scope):
        found = suggest(there.programme, calls, at=NOW + 20 * DAY)
    return [
        [each.volunteer.participant.person.first_name for each in found.by_call[call.pk] if each.chosen]
        for call in calls
    ]


def test_whoever_fits_best_is_suggested_with_reasons(there: School) -> None:
    trained(there, "Vera Volunteer", topics=[["Marketing", 1.0]])
    trained(there, "Viktor Volunteer", topics=[["Pricing", 1.0]])
    call = called(there)
    assert chosen(there, call) == [["Viktor"]]
    with scope.within(there.scope):
        first, second = suggest(there.programme, [call], at=NOW).by_call[call.pk]
    assert any("Pricing" in sentence for sentence in first.speak_for)
    assert (first.chosen, second.chosen) == (True, False)
    assert first.score > second.score


def test_among_equal_fits_never_asked_comes_first_and_then_who_waits_longest(there: School) -> None:
    vera = trained(there, "Vera Volunteer", at=NOW - 9 * DAY)
    trained(there, "Viktor Volunteer", at=NOW - 5 * DAY)
    trained(there, "Wanda Volunteer", at=NOW - 7 * DAY)
    Volunteer.unscoped.filter(pk=vera.pk).update(times_asked=1, last_asked_at=NOW - 8 * DAY)
    assert chosen(there, called(there, wanted=1)) == [["Wanda"]]
    assert sorted(chosen(there, called(there, wanted=2))[0]) == ["Viktor", "Wanda"]


def test_a_better_fit_comes_before_a_longer_wait(there: School) -> None:
    trained(there, "Vera Volunteer", topics=[["Marketing", 1.0]], at=NOW - 300 * DAY)
    viktor = trained(there, "Viktor Volunteer", topics=[["Pricing", 1.0]])
    Volunteer.unscoped.filter(pk=viktor.pk).update(times_asked=3, last_asked_at=NOW)
    assert chosen(there, called(there)) == [["Viktor"]]


def test_calls_are_looked_at_together(there: School) -> None:
    """Vera alone can help with exporting; for pricing Viktor will do, though Vera is as good."""
    trained(there, "Vera Volunteer", topics=[["Pricing", 1.0], ["Exporting", 1.0]])
    trained(there, "Viktor Volunteer", topics=[["Pricing", 1.0]])
    pricing = called(there, topics=[["Pricing", 1.0]])
    exporting = called(there, topics=[["Exporting", 1.0]])
    assert chosen(there, pricing, exporting) == [["Viktor"], ["Vera"]]


def test_who_lives_too_far_away_is_not_suggested_unless_online_will_do(there: School) -> None:
    far = {"latitude": 57.48, "longitude": -4.22, "place": "Inverness", "remote": False}
    trained(there, "Vera Volunteer", **far)
    near = {"latitude": 51.62, "longitude": -3.94, "place": "Swansea"}
    assert chosen(there, called(there, **near, remote=False)) == [[]]


def test_who_said_no_to_a_call_is_not_suggested_for_it_again(there: School) -> None:
    trained(there)
    call = called(there)
    (ask,) = asked(there, call)
    decline_ask(ask, reason="", at=NOW)
    assert chosen(there, call) == [[]]
    assert chosen(there, called(there)) == [["Vera"]]


# Clocks.


def test_a_volunteer_is_reminded_and_then_thanked_and_the_call_wants_somebody_again(there: School) -> None:
    vera = trained(there)
    call = called(there)
    (ask,) = asked(there, call)
    for days, reminded in ((2, 0), (3, 1), (5, 2), (6, 2)):
        run_clocks(at=NOW + days * DAY)
        run_clocks(at=NOW + days * DAY)
        assert len(letters("remind_volunteer")) == reminded, days
    run_clocks(at=NOW + 7 * DAY)
    assert again(ask).state == AskState.LAPSED
    assert len(letters("tell_not_needed")) == 1
    assert fresh(vera).times_asked == 1


def test_a_call_lapses_on_the_day_after_it_was_for(world: World, there: School) -> None:
    trained(there)
    call = called(there, needed_by=(NOW + 3 * DAY).date())
    (ask,) = asked(there, call)
    run_clocks(at=NOW + 3 * DAY)
    assert again(ask).state == AskState.ASKED
    run_clocks(at=NOW + 4 * DAY)
    assert (again(ask).state, again(ask).call.state) == (AskState.RELEASED, CallState.LAPSED)
    assert [letter.to for letter in letters("tell_call_ended")] == [world.carys.email]


def test_who_becomes_ready_by_a_change_of_the_rules_is_noted_by_the_clock(there: School) -> None:
    wanda = recruited(there, "Wanda Waiting")
    with scope.within(there.scope):
        pass_gate(wanda, "course", by=there.tessa, at=NOW)
        fewer = rules().changed({"gates": rules().table["gates"][:1]})
        change_rules(there.programme, fewer, cohorts=[there.cohort], by=there.tessa, at=NOW)
        assert not Volunteer.objects.exists()
    run_clocks(at=NOW + DAY)
    assert Volunteer.unscoped.get().participant == wanda
    assert len(letters("tell_trained")) == 1
    run_clocks(at=NOW + 2 * DAY)
    assert len(letters("tell_trained")) == 1


def test_a_volunteer_hears_once_that_their_training_is_to_be_refreshed(there: School) -> None:
    vera = trained(there)
    ends = NOW + (vera.valid_until - NOW.date())
    for days, sent in ((-31, 0), (-30, 1), (-1, 1)):
        run_clocks(at=ends + days * DAY)
        assert len(letters("remind_to_refresh")) == sent, days


def test_a_question_that_came_to_nothing_is_deleted_after_a_year_and_the_number_stays(there: School) -> None:
    vera = trained(there)
    trained(there, "Viktor Volunteer")
    first, second = asked(there, called(there, wanted=2))
    decline_ask(first, reason=UNSEEN, at=NOW)
    accept_ask(second, at=NOW)
    run_clocks(at=NOW + 364 * DAY)
    assert Ask.unscoped.count() == 2
    run_clocks(at=NOW + 367 * DAY)
    assert [ask.state for ask in Ask.unscoped.all()] == [AskState.ACCEPTED]
    assert fresh(vera).times_asked == 1
