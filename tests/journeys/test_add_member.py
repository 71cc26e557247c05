"""Somebody joins a mentorship in which meetings are agreed and times suggested."""

import pytest

from alongside.journeys.add_member import add_member
from alongside.meetings.actions import cancel_meeting
from alongside.meetings.states import MeetingState
from alongside.mentorships.models import Mentorship
from alongside.programmes.states import ParticipantState
from tests.asked import emails_to, last_email_to
from tests.meeting import WEEK, agreed, answered, emails_of_kind, event_in, fresh, suggested
from tests.paired import SECRET, pair
from tests.world import NOW, World


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    world.marcus.state = ParticipantState.READY
    world.marcus.save(update_fields=["state"])
    return pair(world.maya, world.bea)


def marcus_joins(world: World, mentorship: Mentorship) -> None:
    add_member(mentorship, world.marcus, by=world.carys, at=NOW)


def invited(calendar: str) -> set[str]:
    return {str(each).removeprefix("mailto:") for each in event_in(calendar)["attendee"]}


def test_they_get_the_invitation_of_every_meeting_to_come(world: World, mentorship: Mentorship) -> None:
    first = agreed(mentorship, world.bea, world.maya)
    second = agreed(mentorship, world.bea, world.maya, NOW + 2 * WEEK)
    marcus_joins(world, mentorship)
    letters = emails_of_kind("tell_meeting_booked", world.marcus)
    assert [event_in(each.body.calendar)["uid"] for each in letters] == [first.uid, second.uid]
    for each in letters:
        assert invited(each.body.calendar) == {who.person.email for who in (world.bea, world.maya, world.marcus)}
        assert SECRET in each.body.text


def test_the_calendars_of_the_others_hear_that_one_more_comes(world: World, mentorship: Mentorship) -> None:
    meeting = agreed(mentorship, world.bea, world.maya)
    before = event_in(last_email_to(world.bea).body.calendar)["sequence"]
    marcus_joins(world, mentorship)
    for who in (world.bea, world.maya):
        (letter,) = emails_of_kind("tell_somebody_comes_too", who)
        event = event_in(letter.body.calendar)
        assert (event["uid"], event["sequence"]) == (meeting.uid, before + 1)
        assert world.marcus.person.email in invited(letter.body.calendar)
        assert SECRET not in letter.subject
    assert fresh(meeting).changes == before + 1
    assert fresh(meeting).starts_at == meeting.starts_at


def test_of_what_is_past_held_or_off_they_hear_nothing(world: World, mentorship: Mentorship) -> None:
    agreed(mentorship, world.bea, world.maya, NOW - WEEK)
    off = agreed(mentorship, world.bea, world.maya)
    cancel_meeting(off, by=None, at=NOW)
    marcus_joins(world, mentorship)
    assert emails_to(world.marcus) == ["tell_you_join"]
    assert emails_to(world.bea)[-1] == "tell_somebody_joins"


def test_they_are_asked_about_times_that_are_suggested_and_their_yes_is_needed(
    world: World, mentorship: Mentorship
) -> None:
    meeting = suggested(mentorship, world.bea, NOW + WEEK)
    marcus_joins(world, mentorship)
    assert "Bea Baker suggests these times" in last_email_to(world.marcus).body.text
    assert answered(meeting, world.maya).state == MeetingState.PROPOSED
    assert answered(meeting, world.marcus).state == MeetingState.AGREED


def test_times_of_several_people_are_nobodys(world: World, mentorship: Mentorship) -> None:
    suggested(mentorship, world.bea, NOW + WEEK)
    suggested(mentorship, world.maya, NOW + 2 * WEEK)
    marcus_joins(world, mentorship)
    assert "These times are suggested" in last_email_to(world.marcus).body.text


def test_where_they_meet_stays_inside(world: World, mentorship: Mentorship) -> None:
    agreed(mentorship, world.bea, world.maya)
    marcus_joins(world, mentorship)
    for each in [*emails_of_kind("tell_meeting_booked"), *emails_of_kind("tell_somebody_comes_too")]:
        assert (each.private, SECRET in each.text + each.html + each.calendar) == (True, False)
