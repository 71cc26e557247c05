from datetime import timedelta

from django.test import Client
from django.urls import reverse

from alongside.kernel import clock
from alongside.matching.actions import Candidate, decline_offer, lapse_offer, make_offer
from alongside.matching.states import OfferState
from alongside.mentorships.actions import end_mentorship, start_mentorship
from alongside.mentorships.states import Ending, MentorshipState
from alongside.programmes.actions import enter_participant, open_cohort
from alongside.programmes.models import Participant
from alongside.programmes.states import ParticipantState, Side
from alongside.reports.queue import queue_of
from alongside.web.coordinator.queue.unpaired import unpaired_mentees
from tests.paired import pair
from tests.queries import queries_of
from tests.world import NOW, World, set_rules


def lapsed_offer(world: World):
    offer = make_offer(world.bea, [Candidate(world.maya, 8000, [])], by=world.carys, at=NOW - timedelta(days=6))
    lapse_offer(offer, at=NOW - timedelta(days=1))
    return offer


def test_the_queue_holds_what_waits_for_the_coordinator_oldest_first(world: World) -> None:
    lapsed_offer(world)
    kinds = [item.kind for item in queue_of(world.carys, at=NOW)]
    assert kinds == ["offer_lapsed", "unmatched"]


def test_the_stranger_has_none_of_it(world: World) -> None:
    lapsed_offer(world)
    with_scope = queue_of(world.olu, at=NOW)
    assert with_scope == []


def test_more_time_is_given_in_place(world: World, as_carys: Client) -> None:
    offer = lapsed_offer(world)
    page = as_carys.get(reverse("queue")).content.decode()
    assert "Bea Baker has not chosen a mentor yet" in page
    as_carys.post(reverse("queue_decide"), {"decide": f"more_time:offer_lapsed-{offer.ref}"})
    offer.refresh_from_db()
    assert (offer.state, offer.due_at) == (OfferState.OPEN, NOW + timedelta(days=5))


def test_what_a_mentee_wrote_for_the_coordinator_is_there_to_read(world: World, as_carys: Client) -> None:
    offer = make_offer(world.bea, [Candidate(world.maya, 8000, [])], by=world.carys, at=NOW)
    decline_offer(offer, reason="Somebody nearer, please", by=world.bea.person, at=NOW)
    assert "Somebody nearer, please" in as_carys.get(reverse("queue")).content.decode()


def test_several_are_decided_at_once_and_other_kinds_left_alone(world: World, as_carys: Client) -> None:
    set_rules(world, gates=["Induction done"])
    Participant.objects.filter(pk__in=[world.dai.pk, world.farah.pk]).update(state=ParticipantState.WAITING)
    offer = lapsed_offer(world)
    selected = [f"gate-{world.dai.ref}", f"gate-{world.farah.ref}", f"offer_lapsed-{offer.ref}"]
    page = as_carys.post(reverse("queue_bulk"), {"do": "pass_gate", "selected": selected}, follow=True)
    assert "2 things done." in page.content.decode()
    offer.refresh_from_db()
    assert offer.state == OfferState.LAPSED


def test_a_pair_that_has_not_met_in_a_fortnight_is_named(world: World, as_carys: Client) -> None:
    mentorship = start_mentorship(world.maya, world.bea, first_meeting_at=None, by=None, at=NOW)
    with clock.stopped(NOW + timedelta(days=15)):
        as_carys.post(reverse("queue_decide"), {"decide": f"met:not_met-{mentorship.ref}"})
    mentorship.refresh_from_db()
    assert mentorship.state == MentorshipState.COOLING_OFF


def test_a_decision_that_is_none_is_refused_in_plain_words(world: World, as_carys: Client) -> None:
    page = as_carys.post(reverse("queue_decide"), {"decide": "explode:offer_lapsed-x"}, follow=True)
    assert "Choose what to do." in page.content.decode()


def test_the_queue_asks_no_more_questions_for_three_things_than_for_one(
    world: World, as_carys: Client, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    lapsed_offer(world)
    with CaptureQueriesContext(connection) as with_one:
        as_carys.get(reverse("queue"))
    for mentee in (world.dai, world.farah):
        offer = make_offer(mentee, [Candidate(world.maya, 8000, [])], by=world.carys, at=NOW - timedelta(days=6))
        lapse_offer(offer, at=NOW - timedelta(days=1))
    with django_assert_max_num_queries(len(with_one)):
        as_carys.get(reverse("queue"))


def test_every_kind_of_thing_takes_as_many_questions_as_three_of_it(world: World, as_carys: Client) -> None:
    set_rules(world, gates=["Induction done"])
    lapsed_offer(world)
    Participant.objects.filter(pk=world.marcus.pk).update(state=ParticipantState.WAITING)
    with_one = queries_of(as_carys, reverse("queue"))
    for mentee in (world.dai, world.farah):
        offer = make_offer(mentee, [Candidate(world.maya, 8000, [])], by=world.carys, at=NOW - timedelta(days=6))
        lapse_offer(offer, at=NOW - timedelta(days=1))
    Participant.objects.filter(pk__in=[world.maya.pk, world.nia.pk]).update(state=ParticipantState.WAITING)
    # Where nobody is left without an offer, the mentees' free places need not be counted.
    assert queries_of(as_carys, reverse("queue")) <= with_one


def test_a_mentee_whose_mentorship_did_not_fit_is_in_the_queue_again(world: World) -> None:
    for mentee in world.mentees:
        mentorship = start_mentorship(world.maya, mentee, first_meeting_at=None, by=None, at=NOW)
    assert queue_of(world.carys, at=NOW) == []
    end_mentorship(mentorship, ending=Ending.NOT_THE_FIT, by=world.farah.person, at=NOW)
    (item,) = queue_of(world.carys, at=NOW)
    assert (item.kind, item.note) == ("unmatched", "1")
    assert [each.mentee for each in unpaired_mentees(world.carys)] == [world.farah]


def test_more_cohorts_take_no_more_questions(world: World, as_carys: Client) -> None:
    before = queries_of(as_carys, reverse("queue"))
    for name in ("Summer", "Autumn", "Winter"):
        cohort = open_cohort(world.programme, name=name, starts_on=NOW.date(), by=world.carys, at=NOW)
        enter_participant(cohort, world.bea.person, Side.MENTEE, by=world.carys, at=NOW, details={})
    assert queries_of(as_carys, reverse("queue")) == before


def test_three_whose_clock_ran_out_take_no_more_queries_than_one(world: World, as_carys: Client) -> None:
    long_ago = NOW - timedelta(days=60)
    pair(world.maya, world.bea, stage=MentorshipState.GOING_ON, at=long_ago)
    assert "Bea Baker" in as_carys.get(reverse("queue")).content.decode()
    few = queries_of(as_carys, reverse("queue"))
    pair(world.nia, world.dai, stage=MentorshipState.GOING_ON, at=long_ago)
    pair(world.marcus, world.farah, stage=MentorshipState.GOING_ON, at=long_ago)
    assert queries_of(as_carys, reverse("queue")) <= few


def test_a_first_meeting_of_which_nobody_said_how_it_was_waits_for_her(world: World, as_carys: Client) -> None:
    booked = pair(world.maya, world.bea, stage=MentorshipState.BOOKED)
    assert booked.first_meeting_at
    for days, waits in ((6, False), (8, True)):
        kinds = [item.kind for item in queue_of(world.carys, at=booked.first_meeting_at + timedelta(days=days))]
        assert ("not_met" in kinds) is waits


def test_nobody_finds_a_mentor_by_hand_for_whoever_is_to_be_in_a_group(world: World) -> None:
    assert unpaired_mentees(world.carys)
    set_rules(world, shape={"of": "group"})
    assert unpaired_mentees(world.carys) == []
