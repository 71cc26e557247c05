from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from alongside.journeys.first_meeting import MeetingProposal, as_calendar, propose_first_meeting
from icalendar import Calendar

from alongside.people.models import Person
from alongside.programmes.models import Participant
from tests.world import NOW, World

LONDON = ZoneInfo("Europe/London")


def propose(mentor: Participant, mentee: Participant, at: datetime = NOW) -> MeetingProposal:
    return propose_first_meeting(mentor, mentee, uid="x@alongside", at=at)


def test_it_is_at_a_time_both_named_a_week_or_more_away(world: World) -> None:
    world.bea.availability, world.maya.availability = ["tue-pm", "thu-eve"], ["thu-eve", "fri-am"]
    starts = propose(world.maya, world.bea).starts_at.astimezone(LONDON)
    assert (starts.strftime("%A"), starts.hour, starts.minute) == ("Thursday", 18, 30)
    assert starts - NOW >= timedelta(days=7)


def test_where_they_share_no_time_the_mentees_counts(world: World) -> None:
    world.bea.availability, world.maya.availability = ["sat-am"], ["mon-am"]
    assert propose(world.maya, world.bea).starts_at.astimezone(LONDON).strftime("%A") == "Saturday"


def test_words_that_are_no_part_of_a_week_are_passed_over(world: World) -> None:
    world.bea.availability, world.maya.availability = ["whenever"], []
    assert propose(world.maya, world.bea).starts_at.astimezone(LONDON).weekday() < 5


@pytest.mark.parametrize(
    ("asked_at", "hour_in_utc"),
    [
        (datetime(2026, 3, 16, 9, tzinfo=UTC), 10),  # Tuesday 24 March, before the clocks go forward
        (datetime(2026, 3, 23, 9, tzinfo=UTC), 9),  # Tuesday 31 March, after
        (datetime(2026, 10, 12, 9, tzinfo=UTC), 9),  # Tuesday 20 October, before the clocks go back
        (datetime(2026, 10, 19, 9, tzinfo=UTC), 10),  # Tuesday 27 October, after
    ],
)
def test_ten_in_the_morning_stays_ten_when_the_clocks_change(
    world: World, asked_at: datetime, hour_in_utc: int
) -> None:
    world.bea.availability = world.maya.availability = ["tue-am"]
    starts = propose(world.maya, world.bea, asked_at).starts_at
    assert starts.hour == hour_in_utc
    assert starts.astimezone(LONDON).hour == 10


def test_the_hour_is_the_mentees(world: World) -> None:
    world.bea.person.time_zone = "Australia/Sydney"
    world.bea.availability = world.maya.availability = ["tue-am"]
    starts = propose(world.maya, world.bea).starts_at.astimezone(ZoneInfo("Australia/Sydney"))
    assert (starts.strftime("%A"), starts.hour) == ("Tuesday", 10)


def test_the_invitation_can_be_read_by_a_calendar(world: World) -> None:
    proposal = propose(world.maya, world.bea)
    event = _event(as_calendar(proposal, mentor=world.maya.person, mentee=world.bea.person, contact=None, at=NOW))
    assert event["dtstart"].dt == proposal.starts_at
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=1)
    assert {str(each) for each in event["attendee"]} == {
        "mailto:bea.baker@example.org",
        "mailto:maya.mentor@example.org",
    }


@pytest.mark.parametrize("name", ['Bea "The Baker" O’Neill', "Bea\r\nATTENDEE:mailto:evil@example.org", "Bea; X:1, Y"])
def test_a_hostile_name_adds_nothing_to_the_invitation(world: World, name: str) -> None:
    mentee = Person(name=name, email="bea.baker@example.org")
    written = as_calendar(
        propose(world.maya, world.bea), mentor=world.maya.person, mentee=mentee, contact=mentee, at=NOW
    )
    assert len(_event(written)["attendee"]) == 2
    assert not [line for line in written.splitlines() if "evil" in line and line.startswith("ATTENDEE:mailto:evil")]


def _event(written: str) -> Any:
    return Calendar.from_ical(written).walk("VEVENT")[0]
