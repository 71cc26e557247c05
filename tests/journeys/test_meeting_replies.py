from datetime import datetime, timedelta
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
from alongside.notifications.models import Email
from tests.asked import emails_to, last_email_to, offer, request_to
from tests.meeting import WEEK, agreed, answered, event_in, fresh, lines_of, suggested
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
    for method in ("REPLY", "COUNTER"):
        read_reply(
            f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:x\r\n{text}\r\nEND:VEVENT\r\nEND:VCALENDAR"
        )


def counter(
    meeting: Meeting, starts_at: datetime | None, who: str = MAYA, partstat: str = "TENTATIVE", **changes: str
) -> str:
    """Another time, as calendars propose it."""
    when = f"{starts_at:%Y%m%dT%H%M%SZ}" if starts_at else ""
    return reply(meeting, who, partstat, **{"DTSTART": when, **changes}).replace("METHOD:REPLY", "METHOD:COUNTER")


class TestAnotherTime:
    """METHOD:COUNTER: somebody proposes from their calendar to meet at another time."""

    def times(self, meeting: Meeting) -> list[datetime]:
        return list(meeting.options.filter(is_open=True).values_list("starts_at", flat=True))

    def test_it_becomes_a_suggested_time_and_the_others_are_asked(self, world: World, meeting: Meeting) -> None:
        other = NOW + 2 * WEEK
        assert take_calendar_reply(counter(meeting, other), MAYA, at=NOW) == Outcome.TAKEN
        assert (fresh(meeting).starts_at, self.times(meeting)) == (NOW + WEEK, [other])
        assert last_email_to(world.bea).kind == "suggest_times"
        assert "tell_somebody_cannot_come" not in emails_to(world.bea)
        moved = answered(meeting, world.bea)
        assert (moved.state, moved.starts_at) == (MeetingState.AGREED, other)

    def test_with_a_no_the_others_hear_that_too(self, world: World, meeting: Meeting) -> None:
        assert take_calendar_reply(counter(meeting, NOW + 2 * WEEK, partstat="DECLINED"), MAYA, at=NOW) == Outcome.TAKEN
        assert Reply.objects.get(meeting=meeting, option=None).answer == Answer.NO
        assert emails_to(world.bea)[-2:] == ["tell_somebody_cannot_come", "suggest_times"]

    def test_the_same_email_twice_asks_them_once(self, world: World, meeting: Meeting) -> None:
        for _ in range(2):
            assert take_calendar_reply(counter(meeting, NOW + 2 * WEEK), MAYA, at=NOW) == Outcome.TAKEN
        assert emails_to(world.bea).count("suggest_times") == 1

    def test_to_a_time_that_is_only_suggested_it_is_a_no_and_another(self, world: World) -> None:
        meeting = suggested(pair(world.maya, world.bea), world.bea, NOW + WEEK)
        text = counter(meeting, NOW + 2 * WEEK, partstat="DECLINED")
        assert take_calendar_reply(text, MAYA, at=NOW) == Outcome.TAKEN
        assert self.times(meeting) == [NOW + WEEK, NOW + 2 * WEEK]
        assert Reply.objects.get(option__starts_at=NOW + WEEK, member__participant=world.maya).answer == Answer.NO
        assert answered(meeting, world.bea).starts_at == NOW + 2 * WEEK

    def test_among_all_who_are_invited_it_speaks_for_its_sender(self, world: World, meeting: Meeting) -> None:
        everybody = {"ATTENDEE;PARTSTAT=ACCEPTED;CN=Bea": f"mailto:{BEA}"}
        assert take_calendar_reply(counter(meeting, NOW + 2 * WEEK, **everybody), MAYA, at=NOW) == Outcome.TAKEN
        (option,) = meeting.options.filter(is_open=True)
        assert option.offered_by.participant == world.maya

    def test_a_time_without_a_zone_is_by_the_clock_on_their_wall(self, world: World, meeting: Meeting) -> None:
        world.maya.person.time_zone = "Europe/Berlin"
        world.maya.person.save(update_fields=["time_zone"])
        text = counter(meeting, None, DTSTART="20260420T100000")
        assert take_calendar_reply(text, MAYA, at=NOW) == Outcome.TAKEN
        assert [f"{time:%H:%M}" for time in self.times(meeting)] == ["08:00"]

    @pytest.mark.parametrize("sender", ["olu.stranger@example.org", "carys.coordinator@example.org", BEA, ""])
    def test_nobody_proposes_for_somebody_else(self, world: World, meeting: Meeting, sender: str) -> None:
        before = Email.objects.count()
        assert take_calendar_reply(counter(meeting, NOW + 2 * WEEK), sender, at=NOW) == Outcome.NOT_A_MEMBER
        assert (self.times(meeting), Email.objects.count()) == ([], before)

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"DTSTART": "20200101T100000Z"}, "is past"),
            ({"DTSTART": ""}, "no day and hour"),
            ({"DTSTART;VALUE=DATE": "20260420", "DTSTART": ""}, "no day and hour"),
            ({"SEQUENCE": "0"}, "changed since"),
            ({"DTSTART": f"{NOW + WEEK:%Y%m%dT%H%M%SZ}"}, "at that time already"),
        ],
    )
    def test_what_makes_no_sense_is_answered_kindly_and_only_to_them(
        self, world: World, meeting: Meeting, changed: dict[str, str], why: str
    ) -> None:
        before = emails_to(world.bea)
        text = counter(meeting, NOW + 2 * WEEK, **changed)
        assert take_calendar_reply(text, MAYA, at=NOW) == Outcome.NOT_POSSIBLE
        told = last_email_to(world.maya)
        assert (told.kind, emails_to(world.bea), self.times(meeting)) == ("tell_time_not_taken", before, [])
        assert why in told.body.text
        assert meeting.ref in told.body.text

    def test_after_it_is_off_they_are_told_so(self, world: World, meeting: Meeting) -> None:
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CANCELLED)
        assert take_calendar_reply(counter(meeting, NOW + 2 * WEEK), MAYA, at=NOW) == Outcome.NOT_POSSIBLE
        assert "over, or off" in last_email_to(world.maya).body.text

    @pytest.mark.parametrize("zone", ["Europe/Berlin", "W. Europe Standard Time"])
    def test_a_named_zone_counts(self, world: World, meeting: Meeting, zone: str) -> None:
        text = counter(meeting, None, **{f"DTSTART;TZID={zone}": "20260420T100000"})
        assert take_calendar_reply(text, MAYA, at=NOW) == Outcome.TAKEN
        assert [f"{time:%H:%M}" for time in self.times(meeting)] == ["08:00"]


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

    def email(self, text: str, sender: str = MAYA, method: str = "REPLY") -> bytes:
        message = EmailMessage()
        message["From"], message["Message-ID"], message["Subject"] = sender, "<1@calendar.example.org>", "Declined"
        message.set_content("Maya Mentor has declined this invitation.")
        message.add_attachment(text.encode(), maintype="text", subtype="calendar", params={"method": method})
        return message.as_bytes()

    def test_a_calendars_no_reaches_the_meeting(self, world: World) -> None:
        meeting = agreed(pair(world.maya, world.bea), world.bea, world.maya)
        to = self.organiser_of(world)
        assert to.endswith("@reply.example.org")
        assert is_known(to.upper())
        assert receive_email(self.email(reply(meeting)), to, at=NOW) == received.Outcome.TAKEN
        assert Reply.objects.get(meeting=meeting, option=None).answer == Answer.NO
        assert "tell_somebody_cannot_come" in emails_to(world.bea)

    def test_another_time_reaches_it_too_or_its_sender_hears_why_not(self, world: World) -> None:
        meeting = agreed(pair(world.maya, world.bea), world.bea, world.maya)
        to = self.organiser_of(world)
        text = counter(meeting, NOW + 2 * WEEK)
        assert receive_email(self.email(text, method="COUNTER"), to, at=NOW) == received.Outcome.TAKEN
        assert last_email_to(world.bea).kind == "suggest_times"
        past = counter(meeting, NOW - WEEK)
        assert receive_email(self.email(past, method="COUNTER"), to, at=NOW) == received.Outcome.NOT_KEPT
        assert last_email_to(world.maya).kind == "tell_time_not_taken"

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
