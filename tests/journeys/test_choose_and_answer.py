from datetime import timedelta

import pytest

from alongside.journeys.answer_request import CannotBegin, accept_request, decline_request
from alongside.journeys.ask_mentors import ask_next_mentor
from alongside.journeys.choose_mentors import choose_mentors, choose_nobody
from alongside.journeys.leave_programme import leave_programme
from alongside.journeys.run_clocks import run_clocks
from alongside.journeys.take_back_offer import take_back_offer
from alongside.kernel import scope
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.matching.actions import NotAWish
from alongside.matching.models import Offer
from alongside.matching.states import OfferState, RequestState
from alongside.mentorships.actions import start_mentorship
from alongside.mentorships.models import Mentorship
from alongside.organisations.models import Organisation
from alongside.people.actions import set_mentor_capacity
from alongside.programmes.actions import enter_participant, update_participant
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import ParticipantState, Side
from tests.asked import emails_to, last_email_to, offer, request_to
from tests.world import NOW, World

DAY = timedelta(days=1)


def choose(made: Offer, *mentors: Participant) -> Offer:
    """Choose ``mentors`` in this order and return the offer as it is then."""
    fresh: Offer = Offer.objects.get(pk=made.pk)
    choose_mentors(fresh, [request_to(made, mentor) for mentor in mentors], at=NOW)
    return fresh


def state_of(made: Offer) -> str:
    return str(Offer.objects.get(pk=made.pk).state)


def test_the_first_choice_is_asked_and_the_mentee_hears_who(world: World) -> None:
    made = offer(world.bea, world.maya, world.marcus, world.nia)
    choose(made, world.marcus, world.maya)
    assert request_to(made, world.marcus).state == RequestState.ASKED
    assert request_to(made, world.maya).state == RequestState.IN_LINE
    assert request_to(made, world.nia).state == RequestState.PASSED_OVER
    assert emails_to(world.marcus) == ["mentor_request"]
    assert emails_to(world.maya) == []
    assert "Marcus Moor" in last_email_to(world.bea).text


@pytest.mark.parametrize("wishes", [[], ["maya", "maya"], ["farah_not_offered"]])
def test_a_choice_that_does_not_fit_changes_nothing(world: World, wishes: list[str]) -> None:
    made = offer(world.bea, world.maya, world.marcus)
    other = offer(world.dai, world.nia)
    requests = {"maya": request_to(made, world.maya), "farah_not_offered": request_to(other, world.nia)}
    with pytest.raises(NotAWish):
        choose_mentors(made, [requests[wish] for wish in wishes], at=NOW)
    assert state_of(made) == OfferState.OPEN


def test_a_choice_counts_once(world: World) -> None:
    made = offer(world.bea, world.maya, world.marcus)
    twin = Offer.objects.get(pk=made.pk)
    choose(made, world.maya)
    with pytest.raises(ChangedMeanwhile):
        choose_mentors(twin, [request_to(made, world.marcus)], at=NOW)
    assert emails_to(world.marcus) == []


def test_a_no_goes_to_the_next_without_saying_why(world: World) -> None:
    made = offer(world.bea, world.maya, world.marcus)
    choose(made, world.maya, world.marcus)
    decline_request(request_to(made, world.maya), reason="I have no time", at=NOW)
    assert request_to(made, world.marcus).state == RequestState.ASKED
    told = last_email_to(world.bea)
    assert "Marcus Moor" in told.text
    assert "cannot take on someone new just now" in told.text
    assert "no time" not in told.text + told.html
    assert "Maya" not in told.text


def test_a_mentee_cannot_tell_a_no_from_silence(world: World) -> None:
    def what_the_mentee_reads(*, silent: bool) -> str:
        made = offer(world.bea, world.maya, world.marcus)
        choose(made, world.maya, world.marcus)
        if silent:
            run_clocks(at=NOW + 5 * DAY)
        else:
            decline_request(request_to(made, world.maya), reason="", at=NOW + 5 * DAY)
        text = last_email_to(world.bea).text
        take_back_offer(Offer.objects.get(pk=made.pk), by=world.carys, at=NOW + 6 * DAY)
        return text.split("https://")[0].split("http://")[0]

    assert what_the_mentee_reads(silent=True) == what_the_mentee_reads(silent=False)


def test_when_nobody_is_left_the_coordinator_takes_over(world: World) -> None:
    made = offer(world.bea, world.maya)
    choose(made, world.maya)
    decline_request(request_to(made, world.maya), reason="", at=NOW)
    assert state_of(made) == OfferState.EXHAUSTED
    assert emails_to(world.bea)[-1] == "mentee_nobody_left"


def test_none_of_these_keeps_the_reason_for_the_coordinator(world: World) -> None:
    made = offer(world.bea, world.maya)
    choose_nobody(made, reason="Too far", at=NOW)
    assert state_of(made) == OfferState.DECLINED
    assert Offer.objects.get(pk=made.pk).reason == "Too far"
    assert emails_to(world.maya) == []


def test_two_yeses_make_a_mentorship_and_an_introduction(world: World) -> None:
    made = offer(world.bea, world.maya, world.marcus)
    choose(made, world.maya, world.marcus)
    mentorship = accept_request(request_to(made, world.maya), at=NOW)
    assert {member.participant for member in mentorship.members.all()} == {world.maya, world.bea}
    assert state_of(made) == OfferState.PLACED
    assert emails_to(world.maya)[-1] == emails_to(world.bea)[-1] == "introduction"
    assert world.maya.person.email in last_email_to(world.bea).text
    assert world.bea.person.email in last_email_to(world.maya).html
    assert last_email_to(world.maya).calendar == last_email_to(world.bea).calendar != ""


def test_a_second_answer_is_refused(world: World) -> None:
    made = offer(world.bea, world.maya)
    choose(made, world.maya)
    accept_request(request_to(made, world.maya), at=NOW)
    with pytest.raises(MoveNotAllowed):
        decline_request(request_to(made, world.maya), reason="", at=NOW)
    assert Mentorship.objects.count() == 1


def test_a_mentor_with_one_place_is_asked_one_question_at_a_time(world: World) -> None:
    first, second = offer(world.bea, world.marcus), offer(world.dai, world.marcus, world.maya)
    choose(first, world.marcus)
    choose(second, world.marcus, world.maya)
    assert request_to(second, world.marcus).state == RequestState.IN_LINE
    assert state_of(second) == OfferState.CHOSEN
    decline_request(request_to(first, world.marcus), reason="", at=NOW)
    assert request_to(second, world.marcus).state == RequestState.ASKED


def test_whoever_stands_in_line_goes_on_when_the_last_place_is_taken(world: World) -> None:
    first, second = offer(world.bea, world.marcus), offer(world.dai, world.marcus, world.maya)
    choose(first, world.marcus)
    choose(second, world.marcus, world.maya)
    accept_request(request_to(first, world.marcus), at=NOW)
    assert request_to(second, world.marcus).state == RequestState.PASSED_OVER
    assert request_to(second, world.maya).state == RequestState.ASKED


def test_a_total_capacity_holds_over_the_programmes_of_all_organisations(world: World) -> None:
    world.maya.person.mentor_capacity = 1
    world.maya.person.save()
    with scope.everywhere("a mentor of two organisations"):
        elsewhere, mentee = _in_elsewhere(world.other_cohort, world, world.elsewhere)
        there = offer(mentee, elsewhere)
        choose(there, elsewhere)
    here = offer(world.bea, world.maya)
    choose(here, world.maya)
    assert request_to(here, world.maya).state == RequestState.IN_LINE
    with scope.everywhere("the answer in the other organisation"):
        decline_request(request_to(there, elsewhere), reason="", at=NOW)
    run_clocks(at=NOW + timedelta(minutes=1))
    assert request_to(here, world.maya).state == RequestState.ASKED


def _in_elsewhere(cohort: Cohort, world: World, organisation: Organisation) -> tuple[Participant, Participant]:
    mentor = enter_participant(cohort, world.maya.person, Side.MENTOR, by=world.olu, at=NOW, details={"capacity": 3})
    mentee = enter_participant(cohort, world.farah.person, Side.MENTEE, by=world.olu, at=NOW, details={})
    return mentor, mentee


def test_whoever_waits_for_a_mentor_who_leaves_is_taken_to_the_next(world: World) -> None:
    first, second = offer(world.bea, world.marcus, world.nia), offer(world.dai, world.marcus, world.maya)
    choose(first, world.marcus, world.nia)
    choose(second, world.marcus, world.maya)
    leave_programme(Participant.objects.get(pk=world.marcus.pk), by=world.carys, at=NOW)
    assert request_to(first, world.nia).state == RequestState.ASKED
    assert request_to(second, world.maya).state == RequestState.ASKED
    assert emails_to(world.marcus)[-1] == "mentor_released"


def test_a_mentee_who_leaves_frees_the_mentor_for_the_next_in_line(world: World) -> None:
    first, second = offer(world.bea, world.marcus), offer(world.dai, world.marcus)
    choose(first, world.marcus)
    choose(second, world.marcus)
    leave_programme(Participant.objects.get(pk=world.bea.pk), by=world.carys, at=NOW)
    assert state_of(first) == OfferState.CLOSED
    assert emails_to(world.marcus) == ["mentor_request", "mentor_released", "mentor_request"]


def test_an_offer_taken_back_cannot_be_answered(world: World) -> None:
    made = offer(world.bea, world.maya)
    take_back_offer(made, by=world.carys, at=NOW)
    with pytest.raises(MoveNotAllowed):
        choose_mentors(Offer.objects.get(pk=made.pk), [request_to(made, world.maya)], at=NOW)


def test_more_places_let_the_line_move(world: World) -> None:
    first, second = offer(world.bea, world.marcus), offer(world.dai, world.marcus)
    choose(first, world.marcus)
    choose(second, world.marcus)
    update_participant(Participant.objects.get(pk=world.marcus.pk), by=world.carys, at=NOW, capacity=2)
    run_clocks(at=NOW + timedelta(minutes=1))
    assert request_to(second, world.marcus).state == RequestState.ASKED


def test_a_yes_begins_nothing_when_the_mentors_places_went_meanwhile(world: World) -> None:
    made = offer(world.bea, world.marcus)
    choose(made, world.marcus)
    update_participant(world.marcus, by=world.carys, at=NOW, capacity=0)
    with pytest.raises(CannotBegin, match="every place you have is taken"):
        accept_request(request_to(made, world.marcus), at=NOW)
    assert request_to(made, world.marcus).state == RequestState.ASKED
    assert not Mentorship.objects.exists()
    assert "introduction" not in [*emails_to(world.bea), *emails_to(world.marcus)]


def test_a_yes_begins_nothing_when_the_mentors_total_went_in_another_programme(world: World) -> None:
    made = offer(world.bea, world.maya)
    choose(made, world.maya)
    set_mentor_capacity(world.maya.person, 1)
    start_mentorship(world.maya, world.dai, first_meeting_at=None, by=None, at=NOW)
    with pytest.raises(CannotBegin, match="every place you have is taken"):
        accept_request(request_to(made, world.maya), at=NOW)


@pytest.mark.parametrize(("who", "words"), [("bea", "this mentee cannot begin"), ("maya", "on hold")])
def test_a_yes_begins_nothing_while_one_of_them_is_on_hold(world: World, who: str, words: str) -> None:
    made = offer(world.bea, world.maya)
    choose(made, world.maya)
    Participant.objects.filter(pk=getattr(world, who).pk).update(state=ParticipantState.WAITING)
    with pytest.raises(CannotBegin, match=words):
        accept_request(request_to(made, world.maya), at=NOW)
    assert not Mentorship.objects.exists()


def test_a_mentee_has_one_mentor_asked_at_a_time_whoever_looks_again(world: World) -> None:
    made = choose(offer(world.bea, world.maya, world.marcus), world.maya, world.marcus)
    ask_next_mentor(made, at=NOW)
    assert request_to(made, world.marcus).state == RequestState.IN_LINE
