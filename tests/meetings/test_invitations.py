from datetime import UTC, datetime

import pytest
import vobject
from icalendar import Calendar

from alongside.meetings.invitations import Method, feed, invitation
from alongside.meetings.models import Meeting
from alongside.mentorships.models import Mentorship
from alongside.people.models import Person
from tests.meeting import PLAN, agreed, event_in, lines_of
from tests.paired import inside, pair
from tests.world import NOW, World


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    return pair(world.maya, world.bea)


@pytest.fixture
def meeting(world: World, mentorship: Mentorship) -> Meeting:
    return agreed(mentorship, world.bea, world.maya)


def written(meeting: Meeting, *people: Person, method: Method = Method.REQUEST) -> str:
    with inside(meeting.mentorship):
        return invitation(meeting, people, method=method, organiser="post@example.org", at=NOW)


def test_an_invitation_says_when_where_who_and_to_whom_to_reply(world: World, meeting: Meeting) -> None:
    text = written(meeting, world.bea.person, world.maya.person)
    lines, event = lines_of(text), event_in(text)
    assert "METHOD:REQUEST" in lines
    assert f"UID:{meeting.ref}@alongside" in lines
    assert "DTSTART:20260316T090000Z" in lines
    assert "DTEND:20260316T103000Z" in lines
    assert "DTSTAMP:20260309T090000Z" in lines
    assert "SEQUENCE:1" in lines
    assert "STATUS:CONFIRMED" in lines
    assert event["location"] == PLAN.place
    assert PLAN.link in event["description"]
    assert str(event["organizer"]) == "mailto:post@example.org"
    assert {str(each) for each in event["attendee"]} == {
        "mailto:bea.baker@example.org",
        "mailto:maya.mentor@example.org",
    }


def test_one_that_is_off_says_so_and_nothing_of_where(world: World, meeting: Meeting) -> None:
    lines = lines_of(written(meeting, world.bea.person, method=Method.CANCEL))
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", f"UID:{meeting.uid}"} <= set(lines)
    assert not [line for line in lines if line.startswith(("LOCATION", "DESCRIPTION"))]


@pytest.mark.parametrize(
    "name",
    [
        'Bea "The Baker" O’Neill',
        "Bea\r\nATTENDEE:mailto:evil@example.org",
        "Bea; X:1, Y",
        "Siân " * 40,
        "Ελένη 🥐 " * 20,
    ],
)
def test_a_hostile_or_long_name_adds_nothing_and_folds_between_octets(
    world: World, meeting: Meeting, name: str
) -> None:
    text = written(meeting, Person(name=name, email="bea.baker@example.org"), world.maya.person)
    lines = lines_of(text)
    assert len(event_in(text)["attendee"]) == 2
    assert not [line for line in lines if line.startswith("ATTENDEE:mailto:evil")]


@pytest.mark.parametrize(
    ("starts_at", "written_as"),
    [
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "DTSTART:20260329T003000Z"),  # half an hour before clocks go forward
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "DTSTART:20261025T013000Z"),  # in the hour that comes twice
    ],
)
def test_times_are_in_utc_so_that_no_clock_change_moves_them(
    world: World, mentorship: Mentorship, starts_at: datetime, written_as: str
) -> None:
    meeting = agreed(mentorship, world.bea, world.maya, starts_at)
    assert written_as in lines_of(written(meeting, world.bea.person))


def test_a_feed_is_the_same_as_long_as_nothing_changes(world: World, meeting: Meeting) -> None:
    with inside(meeting.mentorship):
        first, second = (feed([(meeting, [world.bea.person])], name="Mentoring") for _ in range(2))
    assert first == second
    assert not [line for line in lines_of(first) if line.startswith("METHOD")]
    assert "X-WR-CALNAME:Mentoring" in lines_of(first)
    assert Calendar.from_ical(first)["version"] == "2.0"


def test_a_feed_without_meetings_is_still_a_calendar() -> None:
    assert "BEGIN:VEVENT" not in lines_of(feed([], name="Mentoring"))


def test_another_library_reads_the_same_in_it(world: World, meeting: Meeting) -> None:
    """vobject knows nothing of the library that we write with."""
    texts = {
        "request": written(meeting, world.bea.person, world.maya.person),
        "cancel": written(meeting, world.bea.person, method=Method.CANCEL),
    }
    with inside(meeting.mentorship):
        texts["feed"] = feed([(meeting, [world.bea.person])], name="Mentoring")
    for name, text in texts.items():
        calendar = vobject.readOne(text)
        assert calendar.name == "VCALENDAR"
        event = calendar.vevent
        assert event.uid.value == meeting.uid, name
        assert event.dtstart.value == meeting.starts_at, name
        assert event.dtend.value == meeting.ends_at, name
        assert int(event.sequence.value) == meeting.changes, name
    request = vobject.readOne(texts["request"])
    assert (request.method.value, request.vevent.location.value) == ("REQUEST", PLAN.place)
    assert [each.value for each in request.vevent.attendee_list] == [
        "mailto:bea.baker@example.org",
        "mailto:maya.mentor@example.org",
    ]
    assert vobject.readOne(texts["cancel"]).method.value == "CANCEL"
