from datetime import timedelta
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from pytest_django.fixtures import Settings

from alongside.journeys import receive_email as received
from alongside.journeys.answer_request import accept_request
from alongside.journeys.choose_mentors import choose_mentors
from alongside.journeys.meeting_replies import Outcome, read_reply, take_calendar_reply
from alongside.journeys.receive_email import is_known, receive_email
from alongside.kernel import scope
from alongside.meetings.models import Meeting, Reply
from alongside.meetings.states import Answer, MeetingState
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import MentorshipState
from tests.asked import emails_to, last_email_to, offer, request_to
from tests.meeting import WEEK, agreed, event_in, fresh, lines_of, suggested
from tests.paired import pair
from tests.world import NOW, World

BEA, MAYA = "bea.baker@example.org", "maya.mentor@example.org"


@pytest.fixture
def meeting(world: World) -> Meeting:
    return agreed(pair(world.maya, world.bea), world.bea, world.maya)


def reply(meeting: Meeting, who: str = MAYA, partstat: str = "DECLINED", **changes: str) -> str:
    """A reply as calendars write it, with lines added or replaced."""
    lines = {
        "UID": meeting.uid,
        "DTSTAMP": "20260310T090000Z",
        "DTSTART": f"{meeting.starts_at or NOW + WEEK:%Y%m%dT%H%M%SZ}",
        "SEQUENCE": str(meeting.changes),
        f"ATTENDEE;PARTSTAT={partstat};CN=Somebody": f"mailto:{who}",
        **changes,
    }
    event = [f"{name}:{value}" for name, value in lines.items() if value]
    whole = ["BEGIN:VCALENDAR", "PRODID:-//Else//EN", "VERSION:2.0", "METHOD:REPLY", "BEGIN:VEVENT", *event]
    return "\r\n".join([*whole, "END:VEVENT", "END:VCALENDAR", ""])


def test_a_calendars_no_is_kept_and_the_others_hear_of_it(world: World, meeting: Meeting) -> None:
    assert take_calendar_reply(reply(meeting), MAYA, at=NOW) == Outcome.TAKEN
    said = Reply.objects.get(meeting=meeting, option=None)
    assert (said.answer, said.member.participant) == (Answer.NO, world.maya)
    assert last_email_to(world.bea).kind == "tell_somebody_cannot_come"


@pytest.mark.parametrize(("partstat", "answer"), [("ACCEPTED", Answer.YES), ("tentative", Answer.MAYBE)])
def test_a_yes_and_a_perhaps_are_kept_quietly(world: World, meeting: Meeting, partstat: str, answer: Answer) -> None:
    before = len(emails_to(world.maya))
    assert take_calendar_reply(reply(meeting, BEA, partstat), BEA.upper(), at=NOW) == Outcome.TAKEN
    assert Reply.objects.get(meeting=meeting, option=None).answer == answer
    assert len(emails_to(world.maya)) == before


def test_it_works_where_nobody_declared_a_scope(world: World, meeting: Meeting) -> None:
    text = reply(meeting)
    with scope.within(world.elsewhere_scope):
        assert take_calendar_reply(text, MAYA, at=NOW) == Outcome.TAKEN


@pytest.mark.parametrize(
    ("attendee", "sender"),
    [
        ("olu.stranger@example.org", "olu.stranger@example.org"),
        (MAYA, "olu.stranger@example.org"),
        ("olu.stranger@example.org", MAYA),
        (BEA, MAYA),
        ("carys.coordinator@example.org", "carys.coordinator@example.org"),
        ("dai.davies@example.org", "dai.davies@example.org"),
        (MAYA, ""),
    ],
)
def test_nobody_answers_for_somebody_else(world: World, meeting: Meeting, attendee: str, sender: str) -> None:
    assert take_calendar_reply(reply(meeting, attendee), sender, at=NOW) == Outcome.NOT_A_MEMBER
    assert not Reply.objects.filter(option=None).exists()


def test_a_reply_to_how_it_was_before_it_moved_is_out_of_date(world: World, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(changes=2)
    assert take_calendar_reply(reply(meeting), MAYA, at=NOW) == Outcome.OUT_OF_DATE
    assert not Reply.objects.filter(option=None).exists()


def test_a_meeting_that_is_off_or_not_ours_takes_no_reply(world: World, meeting: Meeting) -> None:
    for uid in ("somebody@else.example", "@alongside", "x@alongside@alongside"):
        assert take_calendar_reply(reply(meeting, UID=uid), MAYA, at=NOW) == Outcome.NOT_OURS
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED)
    assert take_calendar_reply(reply(meeting), MAYA, at=NOW) == Outcome.OUT_OF_DATE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no calendar",
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n",
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:x",
        "x" * 300_000,
    ],
)
def test_a_broken_calendar_is_not_understood(world: World, text: str) -> None:
    assert take_calendar_reply(text, MAYA, at=NOW) == Outcome.NOT_UNDERSTOOD


@pytest.mark.parametrize(
    "changed",
    [
        {"ATTENDEE;PARTSTAT=ACCEPTED": "mailto:olu.stranger@example.org"},
        {"SEQUENCE": "many"},
        {"UID": ""},
        {"DTSTART": "soon"},
    ],
)
def test_a_reply_with_two_people_or_nonsense_is_not_understood(
    world: World, meeting: Meeting, changed: dict[str, str]
) -> None:
    text = reply(meeting, **changed)
    assert take_calendar_reply(text, MAYA, at=NOW) == Outcome.NOT_UNDERSTOOD


def test_an_invitation_that_somebody_sends_is_no_reply(world: World, meeting: Meeting) -> None:
    assert read_reply(reply(meeting).replace("METHOD:REPLY", "METHOD:REQUEST")) is None
    assert read_reply(reply(meeting, partstat="DELEGATED")) is None


@given(st.text(max_size=300))
def test_whatever_arrives_nothing_breaks(text: str) -> None:
    assert read_reply(text) is None
    read_reply(f"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:x\r\n{text}\r\nEND:VEVENT\r\nEND:VCALENDAR")


class TestTheFirstMeeting:
    """What is proposed with the introduction is booked by two yeses from calendars."""

    @pytest.fixture
    def mentorship(self, world: World) -> Mentorship:
        made = offer(world.bea, world.maya)
        choose_mentors(made, [request_to(made, world.maya)], at=NOW)
        return accept_request(request_to(made, world.maya), at=NOW)

    def test_the_introduction_carries_it_as_a_proposal(self, world: World, mentorship: Mentorship) -> None:
        (meeting,) = Meeting.objects.filter(mentorship=mentorship)
        lines = lines_of(last_email_to(world.bea).calendar)
        assert {f"UID:{meeting.uid}", "SEQUENCE:0", "STATUS:TENTATIVE", "METHOD:REQUEST"} <= set(lines)
        event = event_in(last_email_to(world.bea).calendar)
        assert event["dtstart"].dt == mentorship.first_meeting_at
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=1)
        assert mentorship.state == MentorshipState.INTRODUCED

    def test_two_yeses_book_it(self, world: World, mentorship: Mentorship) -> None:
        (meeting,) = Meeting.objects.filter(mentorship=mentorship)
        starts_at = mentorship.first_meeting_at
        assert starts_at
        for who in (BEA, MAYA):
            text = reply(meeting, who, "ACCEPTED", DTSTART=f"{starts_at:%Y%m%dT%H%M%SZ}")
            assert take_calendar_reply(text, who, at=NOW) == Outcome.TAKEN
        assert (fresh(meeting).state, fresh(meeting).starts_at) == (MeetingState.AGREED, starts_at)
        assert event_in(last_email_to(world.bea).body.calendar)["sequence"] == 1
        mentorship.refresh_from_db()
        assert mentorship.state == MentorshipState.BOOKED

    def test_with_another_time_beside_it_the_reply_means_its_own(self, world: World, mentorship: Mentorship) -> None:
        meeting = suggested(mentorship, world.bea, NOW + 3 * WEEK)
        starts_at = mentorship.first_meeting_at
        assert starts_at
        text = reply(meeting, BEA, "DECLINED", DTSTART=f"{starts_at:%Y%m%dT%H%M%SZ}")
        assert take_calendar_reply(text, BEA, at=NOW) == Outcome.TAKEN
        assert Reply.objects.get(option__starts_at=starts_at).answer == Answer.NO
        unclear = reply(meeting, MAYA, "ACCEPTED", DTSTART="")
        assert take_calendar_reply(unclear, MAYA, at=NOW) == Outcome.OUT_OF_DATE


class TestByEmail:
    """The whole way: the organiser of an invitation is an address of ours, and a calendar's answer comes to it."""

    @pytest.fixture(autouse=True)
    def _takes_answers(self, settings: Settings) -> None:
        settings.REPLY_DOMAIN = "reply.example.org"

    def organiser_of(self, world: World) -> str:
        (event,) = Calendar.from_ical(last_email_to(world.maya).body.calendar).walk("VEVENT")
        return str(event["organizer"]).removeprefix("mailto:")

    def email(self, text: str, sender: str = MAYA) -> bytes:
        message = EmailMessage()
        message["From"], message["Message-ID"], message["Subject"] = sender, "<1@calendar.example.org>", "Declined"
        message.set_content("Maya Mentor has declined this invitation.")
        message.add_attachment(text.encode(), maintype="text", subtype="calendar", params={"method": "REPLY"})
        return message.as_bytes()

    def test_a_calendars_no_reaches_the_meeting(self, world: World) -> None:
        meeting = agreed(pair(world.maya, world.bea), world.bea, world.maya)
        to = self.organiser_of(world)
        assert to.endswith("@reply.example.org")
        assert is_known(to.upper())
        assert receive_email(self.email(reply(meeting)), to, at=NOW) == received.Outcome.TAKEN
        assert Reply.objects.get(meeting=meeting, option=None).answer == Answer.NO
        assert "tell_somebody_cannot_come" in emails_to(world.bea)

    def test_it_counts_only_for_the_meeting_whose_address_it_came_to(self, world: World) -> None:
        agreed(pair(world.maya, world.bea), world.bea, world.maya)
        to = self.organiser_of(world)
        other = agreed(pair(world.nia, world.dai), world.dai, world.nia)
        taken = receive_email(
            self.email(reply(other, who="nia.nolan@example.org"), "nia.nolan@example.org"), to, at=NOW
        )
        assert taken == received.Outcome.IGNORED
        assert not Reply.objects.filter(option=None).exists()

    def test_an_address_that_was_made_up_is_not_known(self, world: World) -> None:
        meeting = agreed(pair(world.maya, world.bea), world.bea, world.maya)
        made_up = f"meeting+{meeting.mentorship.ref}{meeting.ref}aaaaaaaaaaaaaaaa@reply.example.org"
        assert not is_known(made_up)
        assert receive_email(self.email(reply(meeting)), made_up, at=NOW) == received.Outcome.NOT_KNOWN
