from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.audit.models import Entry
from alongside.groups import actions
from alongside.groups.actions import CannotPutIn
from alongside.groups.models import Ask, Group, Place
from alongside.groups.states import AskState, GroupState
from alongside.journeys import ask_group as journey
from alongside.journeys.add_member import CannotJoin, add_member
from alongside.journeys.answer_request import accept_request
from alongside.journeys.ask_group import CannotBeTogether, CannotSayYes
from alongside.journeys.choose_mentors import choose_mentors
from alongside.journeys.end_mentorship import leave_mentorship
from alongside.journeys.leave_programme import leave_programme
from alongside.journeys.places import can_be_asked
from alongside.journeys.pool import pool_of, waiting_mentees
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel import clock, scope
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.matching.models import Offer
from alongside.meetings.models import Meeting
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.queries import members_of
from alongside.mentorships.states import Ending, MentorshipState
from alongside.notifications.models import Email
from alongside.programmes.actions import enter_participant, update_participant
from alongside.programmes.models import Participant
from alongside.programmes.states import Side
from tests import world as cast
from tests.asked import emails_to, last_email_to, offer, request_to
from tests.groups.shaped import ask_of, asked, fresh, group_of, no, of_groups, of_peers, yes
from tests.paired import member_in
from tests.world import LEAK, NOW, World, person

DAY = timedelta(days=1)


def names(mentorship: Mentorship) -> list[str]:
    return [member.participant.person.first_name for member in members_of(mentorship)]


class TestGroups:
    def test_the_mentors_of_a_group_are_asked_and_the_group_is_not(self, world: World) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.dai, world.maya, world.marcus)
        assert group.state == GroupState.ASKING
        assert emails_to(world.maya) == emails_to(world.marcus) == ["ask_to_be_in_group"]
        assert emails_to(world.bea) == []
        assert ask_of(group, world.maya).due_at == NOW + 5 * DAY

    def test_a_mentor_learns_its_name_its_size_and_what_it_needs_and_nothing_else(self, world: World) -> None:
        of_groups(world)
        update_participant(world.dai, by=None, at=NOW, shares=["name"])
        asked(world, world.bea, world.dai, world.maya)
        text = last_email_to(world.maya).text
        assert "“New cabinet”" in text
        assert "a group of 2" in text
        assert "Pricing" in text
        assert "Hiring" in text
        assert "Marketing" not in text, "Dai does not share what he needs"
        assert "Bea" not in text
        assert "what Bea" not in text

    def test_the_last_yes_begins_one_mentorship_with_everybody(self, world: World) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.dai, world.maya, world.marcus)
        assert yes(group, world.maya) is None
        mentorship = yes(group, world.marcus)
        assert names(mentorship) == ["Bea", "Dai", "Maya", "Marcus"]
        assert not mentorship.of_peers
        group = fresh(group)
        assert (group.state, group.mentorship) == (GroupState.BEGUN, mentorship.ref)
        for each in (world.bea, world.dai, world.maya, world.marcus):
            assert emails_to(each)[-1] == "introduce_group"
        assert Meeting.objects.filter(mentorship=mentorship).count() == 1

    def test_the_introduction_tells_each_how_to_reach_all_others(self, world: World) -> None:
        of_groups(world)
        yes(asked(world, world.bea, world.dai, world.maya), world.maya)
        text = last_email_to(world.bea).text
        assert "Your group “New cabinet” has a mentor: Maya Mentor" in text
        assert "maya.mentor@example.org" in text
        assert "dai.davies@example.org" in text
        assert "bea.baker@example.org" not in text
        email = Email.objects.get(kind="introduce_group", to="bea.baker@example.org")
        assert "BEGIN:VCALENDAR" in email.body.calendar

    def test_after_a_no_the_coordinator_decides(self, world: World) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya, world.marcus)
        no(group, world.maya, reason=f"{LEAK} no time")
        assert yes(group, world.marcus) is None, "one of them said no: it does not begin by itself"
        mentorship = journey.begin_with_yes(group, by=world.carys, at=NOW)
        assert names(mentorship) == ["Bea", "Marcus"]
        assert ask_of(group, world.maya).reason == f"{LEAK} no time"

    def test_whoever_said_no_is_free_for_another_group(self, world: World) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya)
        no(group, world.maya)
        other = asked(world, world.dai, world.maya, name="Another")
        assert ask_of(other, world.maya).state == AskState.OFFERED

    def test_somebody_else_is_asked_in_place_of_a_no(self, world: World) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya)
        no(group, world.maya)
        journey.put_in(group, world.nia, by=world.carys, at=NOW)
        journey.ask_group(group, by=world.carys, at=NOW)
        assert emails_to(world.maya) == ["ask_to_be_in_group"]
        assert names(yes(group, world.nia)) == ["Bea", "Nia"]

    def test_who_has_not_answered_hears_that_no_answer_is_needed(self, world: World) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya, world.marcus)
        yes(group, world.maya)
        journey.begin_with_yes(group, by=world.carys, at=NOW)
        assert emails_to(world.marcus) == ["ask_to_be_in_group", "tell_group_needs_no_answer"]
        with pytest.raises(MoveNotAllowed):
            journey.say_yes(Ask.objects.select_related("group__cohort").get(participant=world.marcus), at=NOW)

    def test_it_does_not_begin_without_a_mentor(self, world: World) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya)
        with pytest.raises(CannotBeTogether, match="no mentor"):
            journey.begin_with_yes(group, by=world.carys, at=NOW)

    def test_a_yes_counts_once_and_may_be_taken_back_until_it_begins(self, world: World) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya, world.marcus)
        yes(group, world.maya)
        with pytest.raises(MoveNotAllowed):
            yes(group, world.maya)
        no(group, world.maya)
        assert ask_of(group, world.maya).state == AskState.NO

    def test_a_mentor_without_a_place_left_cannot_say_yes(self, world: World) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.marcus)
        update_participant(world.marcus, by=None, at=NOW, capacity=0)
        with pytest.raises(CannotSayYes, match="every place"):
            yes(group, world.marcus)
        assert ask_of(group, world.marcus).state == AskState.OFFERED

    def test_the_last_yes_stands_where_something_is_in_the_way(self, world: World) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya, world.marcus)
        yes(group, world.maya)
        update_participant(world.maya, by=None, at=NOW, capacity=0)
        assert yes(group, world.marcus) is None
        assert ask_of(group, world.marcus).state == AskState.YES
        assert journey.in_the_way(fresh(group)) == "Maya Mentor has no free place."

    def test_a_question_that_is_open_holds_a_place_against_pairs(self, world: World) -> None:
        of_groups(world)
        asked(world, world.bea, world.marcus)
        assert not can_be_asked(world.marcus)
        assert can_be_asked(world.maya)

    def test_the_members_of_a_group_stay_as_they_are_while_its_mentors_are_asked(self, world: World) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya)
        with pytest.raises(CannotPutIn, match="size"):
            journey.put_in(group, world.dai, by=world.carys, at=NOW)

    def test_there_are_no_more_than_the_rules_say(self, world: World) -> None:
        of_groups(world, members=2, mentors=1)
        group = group_of(world, world.bea, world.dai, world.maya)
        for each in (world.farah, world.nia):
            with pytest.raises(CannotPutIn, match="at the most"):
                journey.put_in(group, each, by=world.carys, at=NOW)

    def test_a_mentor_is_not_with_somebody_who_asked_not_to_be_with_them(self, world: World) -> None:
        of_groups(world)
        update_participant(world.bea, by=None, at=NOW, avoids=["Maya Mentor"])
        with pytest.raises(CannotBeTogether, match="asked not to be"):
            group_of(world, world.bea, world.maya)
        assert not Group.objects.exists()

    def test_somebody_joins_later_and_somebody_leaves(self, world: World) -> None:
        of_groups(world)
        mentorship = yes(asked(world, world.bea, world.dai, world.maya), world.maya)
        add_member(mentorship, world.farah, by=world.carys, at=NOW)
        assert names(mentorship) == ["Bea", "Dai", "Farah", "Maya"]
        leave_mentorship(member_in(mentorship, world.bea), ending=Ending.NEED_CHANGED, message="", at=NOW)
        assert names(mentorship) == ["Dai", "Farah", "Maya"]
        mentorship.refresh_from_db()
        assert mentorship.state == MentorshipState.INTRODUCED

    def test_one_more_than_the_rules_say_cannot_join(self, world: World) -> None:
        of_groups(world, members=2)
        mentorship = yes(asked(world, world.bea, world.dai, world.maya), world.maya)
        with pytest.raises(CannotJoin, match="at the most"):
            add_member(mentorship, world.farah, by=world.carys, at=NOW)


class TestPeers:
    def test_every_peer_is_asked_about_the_others_and_only_what_these_share(self, world: World) -> None:
        of_peers(world)
        update_participant(world.dai, by=None, at=NOW, shares=["job_title", "topics"])
        asked(world, world.bea, world.dai)
        text = last_email_to(world.bea).text
        assert "take turns mentoring each other" in text
        assert "Marketing" in text
        assert "Dai" not in text
        assert "Bea Baker" in last_email_to(world.dai).text

    def test_when_all_have_said_yes_they_mentor_each_other(self, world: World) -> None:
        of_peers(world)
        group = asked(world, world.bea, world.dai)
        assert yes(group, world.bea) is None
        mentorship = yes(group, world.dai)
        assert mentorship.of_peers
        assert {member.side for member in members_of(mentorship)} == {Side.MENTEE.value}
        assert "you take turns mentoring each other" in last_email_to(world.bea).text
        assert "your mentee" not in last_email_to(world.bea).text

    def test_of_three_those_who_said_yes_can_begin(self, world: World) -> None:
        of_peers(world, members=3)
        group = asked(world, world.bea, world.dai, world.farah)
        yes(group, world.bea)
        no(group, world.dai)
        assert yes(group, world.farah) is None
        assert names(journey.begin_with_yes(group, by=world.carys, at=NOW)) == ["Bea", "Farah"]

    def test_who_said_yes_is_asked_anew_when_it_is_with_somebody_else(self, world: World) -> None:
        of_peers(world)
        group = asked(world, world.bea, world.dai)
        yes(group, world.bea)
        no(group, world.dai)
        journey.put_in(group, world.farah, by=world.carys, at=NOW)
        journey.ask_group(group, by=world.carys, at=NOW)
        assert ask_of(group, world.bea).state == AskState.OFFERED
        assert "Farah Farouk" in last_email_to(world.bea).text
        yes(group, world.farah)
        assert names(yes(group, world.bea)) == ["Bea", "Farah"]

    def test_one_alone_is_not_asked(self, world: World) -> None:
        of_peers(world)
        with pytest.raises(CannotBeTogether, match="at least two"):
            asked(world, world.bea)

    def test_nobody_is_a_mentor_of_peers(self, world: World) -> None:
        of_peers(world)
        with pytest.raises(CannotPutIn, match="mentor each other"):
            group_of(world, world.bea, world.maya)

    def test_nobody_is_with_somebody_they_avoid(self, world: World) -> None:
        of_peers(world)
        update_participant(world.dai, by=None, at=NOW, avoids=["bea.baker@example.org"])
        with pytest.raises(CannotBeTogether, match="asked not to be"):
            group_of(world, world.bea, world.dai)

    def test_a_wish_that_came_later_keeps_it_from_beginning(self, world: World) -> None:
        of_peers(world)
        group = asked(world, world.bea, world.dai)
        yes(group, world.bea)
        update_participant(world.bea, by=None, at=NOW, avoids=["Dai Davies"])
        assert yes(group, world.dai) is None
        assert not Mentorship.objects.exists()

    def test_when_one_of_two_leaves_it_ends_for_both(self, world: World) -> None:
        of_peers(world)
        group = asked(world, world.bea, world.dai)
        yes(group, world.bea)
        mentorship = yes(group, world.dai)
        leave_mentorship(member_in(mentorship, world.bea), ending=Ending.CIRCUMSTANCES, message="", at=NOW)
        mentorship.refresh_from_db()
        assert mentorship.state == MentorshipState.ENDED
        assert world.dai in waiting_mentees(world.cohort)
        assert "somebody else" in last_email_to(world.dai).body.text

    def test_when_one_of_three_leaves_the_others_go_on(self, world: World) -> None:
        of_peers(world, members=3)
        group = asked(world, world.bea, world.dai, world.farah)
        for each in (world.bea, world.dai):
            yes(group, each)
        mentorship = yes(group, world.farah)
        leave_mentorship(member_in(mentorship, world.bea), ending=Ending.CIRCUMSTANCES, message="", at=NOW)
        mentorship.refresh_from_db()
        assert mentorship.state == MentorshipState.INTRODUCED


class TestClocks:
    def test_people_are_reminded_in_equal_parts_then_it_lapses(self, world: World) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya)
        for days, kinds in ((1, 0), (2, 1), (4, 2)):
            run_clocks(at=NOW + days * DAY)
            assert emails_to(world.maya).count("remind_of_group") == kinds, days
        run_clocks(at=NOW + 4 * DAY)
        assert emails_to(world.maya).count("remind_of_group") == 2, "twice at one time is once"
        run_clocks(at=NOW + 5 * DAY)
        assert ask_of(group, world.maya).state == AskState.LAPSED
        run_clocks(at=NOW + 9 * DAY)
        assert emails_to(world.maya).count("remind_of_group") == 2

    def test_a_late_yes_still_counts(self, world: World) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya)
        run_clocks(at=NOW + 6 * DAY)
        assert names(yes(group, world.maya)) == ["Bea", "Maya"]

    def test_who_did_not_answer_can_be_asked_again(self, world: World) -> None:
        of_groups(world)
        group = asked(world, world.bea, world.maya)
        with pytest.raises(MoveNotAllowed):
            journey.ask_again(ask_of(group, world.maya), by=world.carys, at=NOW)
        run_clocks(at=NOW + 6 * DAY)
        journey.ask_again(ask_of(group, world.maya), by=world.carys, at=NOW + 6 * DAY)
        again = ask_of(group, world.maya)
        assert (again.state, again.due_at) == (AskState.OFFERED, NOW + 11 * DAY)

    def test_a_group_that_has_begun_rings_no_more(self, world: World) -> None:
        of_groups(world)
        yes(asked(world, world.bea, world.maya), world.maya)
        before = Email.objects.count()
        run_clocks(at=NOW + 5 * DAY)
        assert Email.objects.filter(kind="remind_of_group").count() == 0
        assert Email.objects.count() == before


def test_who_is_in_a_group_in_hand_is_not_matched(world: World) -> None:
    of_groups(world)
    group = group_of(world, world.bea, world.maya)
    pool = pool_of(world.cohort)
    assert {each.ref for each in pool.mentees} == {world.dai.ref, world.farah.ref}
    assert world.maya.ref not in {each.ref for each in pool.mentors}
    journey.give_up(group, by=world.carys, at=NOW)
    assert world.bea.ref in {each.ref for each in pool_of(world.cohort).mentees}


def test_whoever_leaves_the_programme_is_in_no_group_any_more(world: World) -> None:
    of_peers(world)
    group = asked(world, world.bea, world.dai)
    leave_programme(world.bea, by=world.carys, at=NOW)
    assert [place.participant for place in fresh(group).places.all()] == [world.dai]
    assert yes(group, world.dai) is None


def test_a_pairs_yes_in_between_takes_the_place_and_the_group_waits(world: World) -> None:
    made = offer(world.dai, world.marcus)
    choose_mentors(Offer.objects.get(pk=made.pk), [request_to(made, world.marcus)], at=NOW)
    of_groups(world)
    group = group_of(world, world.bea, world.marcus)
    with pytest.raises(CannotBeTogether, match="nobody else asks for"):
        journey.ask_group(group, by=world.carys, at=NOW)
    accept_request(request_to(made, world.marcus), at=NOW)
    assert Mentorship.objects.count() == 1


def test_in_a_cohort_of_pairs_there_are_no_groups(world: World) -> None:
    with pytest.raises(CannotPutIn, match="pairs"):
        group_of(world, world.bea, world.maya)


def test_the_database_itself_holds_one_group_in_hand_for_each(world: World) -> None:
    of_groups(world)
    one, other = group_of(world, world.bea), group_of(world)
    with pytest.raises(CannotPutIn, match="already"):
        actions.put_in(other, world.bea, by=world.carys, at=NOW)
    owned = {"organisation_id": one.organisation_id, "programme_id": one.programme_id}
    with pytest.raises(IntegrityError):
        Place.objects.create(**owned, group=other, participant=world.bea)


def test_the_audit_tells_who_did_what_in_refs_alone(world: World) -> None:
    of_groups(world)
    group = asked(world, world.bea, world.maya, world.marcus, name=f"{LEAK} cabinet")
    no(group, world.maya, reason=f"{LEAK} no time")
    yes(group, world.marcus)
    journey.begin_with_yes(group, by=world.carys, at=NOW)
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"make_group", "put_in_group", "ask_group", "ask_to_join", "say_no", "say_yes", "begin_group"} <= verbs
    assert LEAK not in str(list(Entry.objects.values_list("details", flat=True)))


# Whatever is done, in whatever order.


def _cast(world: World) -> list[Participant]:
    return [world.bea, world.dai, world.farah, world.maya, world.marcus, world.nia]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["make", "in", "out", "ask", "yes", "no", "begin", "up"]), st.integers(0, 5), st.integers(0, 2)
    ),
    max_size=25,
)


def _step(world: World, do: str, who: Participant, number: int) -> None:
    if do == "make":
        group_of(world, who)
        return
    group = list(Group.objects.select_related("cohort__programme").order_by("-pk"))[number]
    match do:
        case "in":
            journey.put_in(group, who, by=world.carys, at=NOW)
        case "out":
            journey.take_out(group, who, by=world.carys, at=NOW)
        case "ask":
            journey.ask_group(group, by=world.carys, at=NOW)
        case "yes":
            yes(group, who)
        case "no":
            no(group, who)
        case "begin":
            journey.begin_with_yes(group, by=world.carys, at=NOW)
        case "up":
            journey.give_up(group, by=world.carys, at=NOW)


def _check(world: World) -> None:
    held = list(Place.objects.filter(in_hand=True).values_list("participant", flat=True))
    assert len(held) == len(set(held)), "nobody is in two groups in hand"
    running = Member.objects.filter(left_at=None).exclude(mentorship__state=MentorshipState.ENDED)
    for each in _cast(world):
        assert running.filter(participant=each).count() <= each.capacity, "nobody is over their capacity"
    for mentorship in Mentorship.objects.all():
        there = {member.participant_id for member in members_of(mentorship)}
        assert not {world.bea.pk, world.dai.pk} <= there or not mentorship.of_peers, "Bea avoids Dai"
    for group in Group.objects.exclude(state__in=["begun", "dissolved"]):
        assert group.places.filter(in_hand=True, participant__side=Side.MENTOR).count() <= 2
        assert group.places.filter(in_hand=True, participant__side=Side.MENTEE).count() <= 3


@pytest.mark.parametrize("shape", [of_groups, of_peers])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_done_nobody_is_in_two_groups_or_with_somebody_they_avoid(world: World, shape, steps) -> None:  # type: ignore[no-untyped-def]
    if world.cohort.rules.shape.of == "pair":  # once for all examples: each is undone, this is not
        shape(world, members=3)
        update_participant(world.bea, by=None, at=NOW, avoids=["Dai Davies"])
    with transaction.atomic():
        for do, who, number in steps:
            try:
                with transaction.atomic():
                    _step(world, do, _cast(world)[who], number)
            except (ValueError, MoveNotAllowed, IndexError, Ask.DoesNotExist):
                pass
            _check(world)
        transaction.set_rollback(True)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time; this needs two at once")
@pytest.mark.django_db(transaction=True)
def test_two_who_say_yes_at_the_same_moment_begin_one_mentorship() -> None:
    with clock.stopped(cast.NOW), scope.everywhere("building the cast"):
        world = cast.build()
        of_peers(world)
        group = asked(world, world.bea, world.dai)
    barrier = Barrier(2)

    def say_yes(who: Participant) -> None:
        try:
            with scope.within(world.harbour_scope):
                ask = ask_of(group, who)
                barrier.wait(timeout=10)
                journey.say_yes(ask, at=NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(say_yes, [world.bea, world.dai]))
    with scope.within(world.harbour_scope):
        assert Mentorship.objects.count() == 1
        assert fresh(group).state == GroupState.BEGUN


def test_two_windows_begin_one_mentorship(world: World) -> None:
    """What another window read before counts for nothing: the one that comes second is told."""
    of_peers(world)
    group = asked(world, world.bea, world.dai)
    yes(group, world.bea)
    first, second = ask_of(group, world.dai), ask_of(group, world.dai)
    journey.say_yes(first, at=NOW)
    with pytest.raises(MoveNotAllowed):
        journey.say_yes(second, at=NOW)
    assert Mentorship.objects.count() == 1


def test_somebody_on_both_sides_is_in_a_group_once(world: World) -> None:
    of_groups(world)
    twin = enter_participant(world.cohort, person("Bea Baker"), Side.MENTOR, by=world.carys, at=NOW, details={})
    with pytest.raises(CannotPutIn, match="already"):
        group_of(world, world.bea, twin)
