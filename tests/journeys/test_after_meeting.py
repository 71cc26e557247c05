from datetime import date, timedelta

import pytest

from alongside.journeys.after_meeting import ask_after_meeting, log_meeting, note_first_meeting, say_how_it_was
from alongside.journeys.book_meeting import Plan
from alongside.journeys.run_clocks import run_clocks
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.meetings.actions import LATE, NotATime
from alongside.meetings.models import Meeting, Said
from alongside.meetings.queries import Figures, figures_of
from alongside.meetings.states import MeetingState, Mode
from alongside.mentorships.actions import record_first_meeting
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import MentorshipState
from alongside.programmes.models import Participant
from alongside.reports.mentors_record import record_of
from tests.asked import emails_to, last_email_to
from tests.meeting import WEEK, agreed, emails_of_kind, fresh
from tests.paired import member_in, pair
from tests.world import NOW, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ENDS = NOW + WEEK + timedelta(minutes=90)
ASKED = "ask_after_meeting"


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    return pair(world.maya, world.bea)


@pytest.fixture
def meeting(world: World, mentorship: Mentorship) -> Meeting:
    return agreed(mentorship, world.bea, world.maya)


def say(meeting: Meeting, who: Participant, *, happened: bool = True, at: timedelta = 2 * HOUR, **more: int) -> None:
    say_how_it_was(member_in(meeting.mentorship, who), meeting, happened=happened, at=ENDS + at, **more)


class TestAsking:
    def test_an_hour_after_it_each_is_asked_and_three_days_later_once_more(
        self, world: World, meeting: Meeting
    ) -> None:
        run_clocks(at=ENDS + HOUR - timedelta(minutes=1))
        assert emails_of_kind(ASKED) == []
        for hours in range(0, 24 * 20, 6):
            run_clocks(at=ENDS + HOUR + hours * HOUR)
        for who in (world.bea, world.maya):
            first, second = emails_of_kind(ASKED, who)
            assert first.queued_at == ENDS + HOUR
            assert second.queued_at == ENDS + HOUR + 3 * DAY

    def test_two_workers_ask_once(self, world: World, meeting: Meeting) -> None:
        one, other = fresh(meeting), fresh(meeting)
        ask_after_meeting(one, at=ENDS + HOUR)
        ask_after_meeting(other, at=ENDS + HOUR)
        assert len(emails_of_kind(ASKED)) == 2

    def test_a_worker_killed_in_the_middle_asked_nobody_and_the_next_asks_all(
        self, world: World, meeting: Meeting, monkeypatch
    ) -> None:
        from alongside.journeys import meeting_emails

        real, told = meeting_emails.ask_after_meeting, []

        def dies(member, *args, **kwargs) -> None:
            if told:
                raise KeyboardInterrupt
            told.append(member)
            real(member, *args, **kwargs)

        monkeypatch.setattr(meeting_emails, "ask_after_meeting", dies)
        with pytest.raises(KeyboardInterrupt):
            ask_after_meeting(fresh(meeting), at=ENDS + HOUR)
        assert emails_of_kind(ASKED) == []
        monkeypatch.undo()
        run_clocks(at=ENDS + HOUR)
        assert len(emails_of_kind(ASKED)) == 2

    def test_who_has_said_it_is_not_reminded(self, world: World, meeting: Meeting) -> None:
        run_clocks(at=ENDS + HOUR)
        say(meeting, world.bea)
        run_clocks(at=ENDS + HOUR + 4 * DAY)
        assert emails_to(world.bea).count(ASKED) == 1
        assert emails_to(world.maya).count(ASKED) == 2

    def test_what_fell_due_while_nobody_was_at_work_for_a_month_is_not_asked(
        self, world: World, meeting: Meeting
    ) -> None:
        run_clocks(at=ENDS + LATE + 2 * DAY)
        assert emails_of_kind(ASKED) == []


class TestSaying:
    def test_one_yes_makes_it_held_and_the_cooling_off_begins_when_they_met(
        self, world: World, mentorship: Mentorship, meeting: Meeting
    ) -> None:
        say(meeting, world.maya, minutes=70, useful=4)
        assert (fresh(meeting).state, fresh(meeting).minutes) == (MeetingState.HELD, 70)
        mentorship.refresh_from_db()
        assert (mentorship.state, mentorship.met_at) == (MentorshipState.COOLING_OFF, NOW + WEEK)

    def test_noted_late_the_cooling_off_begins_with_the_note(
        self, world: World, mentorship: Mentorship, meeting: Meeting
    ) -> None:
        say(meeting, world.maya, at=12 * DAY)
        mentorship.refresh_from_db()
        assert mentorship.met_at == ENDS + 12 * DAY

    def test_where_the_coordinator_noted_it_before_it_stands(
        self, world: World, mentorship: Mentorship, meeting: Meeting
    ) -> None:
        mentorship.refresh_from_db()
        record_first_meeting(mentorship, by=world.carys, at=ENDS)
        say(meeting, world.bea)
        mentorship.refresh_from_db()
        assert (mentorship.state, mentorship.met_at) == (MentorshipState.COOLING_OFF, ENDS)
        assert fresh(meeting).state == MeetingState.HELD

    def test_two_noes_make_it_not_held_and_a_later_yes_mends_that(self, world: World, meeting: Meeting) -> None:
        say(meeting, world.maya, happened=False)
        assert fresh(meeting).state == MeetingState.AGREED
        say(meeting, world.bea, happened=False)
        assert fresh(meeting).state == MeetingState.NOT_HELD
        say(meeting, world.bea)
        assert fresh(meeting).state == MeetingState.HELD

    def test_of_two_lengths_the_mentees_counts(self, world: World, meeting: Meeting) -> None:
        say(meeting, world.maya, minutes=120)
        say(meeting, world.bea, minutes=60)
        say(meeting, world.maya, minutes=100)
        assert fresh(meeting).minutes == 60

    def test_saying_it_again_replaces_what_was_said(self, world: World, meeting: Meeting) -> None:
        say(meeting, world.bea, useful=2)
        say(meeting, world.bea, useful=5)
        assert Said.objects.get(meeting=meeting).useful == 5

    def test_before_it_begins_nothing_can_be_said(self, world: World, meeting: Meeting) -> None:
        with pytest.raises(MoveNotAllowed):
            say(meeting, world.bea, at=-DAY)


class TestNoting:
    def test_a_meeting_nobody_planned_counts_and_the_others_are_asked_how_it_was(
        self, world: World, mentorship: Mentorship
    ) -> None:
        plan = Plan(45, Mode.TELEPHONE)
        bea = member_in(mentorship, world.bea)
        meeting = log_meeting(bea, starts_at=NOW - DAY, plan=plan, useful=5, at=NOW)
        assert (meeting.state, meeting.minutes, meeting.mode) == (MeetingState.HELD, 45, Mode.TELEPHONE)
        mentorship.refresh_from_db()
        assert (mentorship.state, mentorship.met_at) == (MentorshipState.COOLING_OFF, NOW - DAY)
        email = last_email_to(world.maya)
        assert email.kind == "tell_meeting_logged"
        assert "very useful" in email.text
        assert emails_to(world.bea) == []

    def test_one_to_come_is_not_noted(self, world: World, mentorship: Mentorship) -> None:
        bea = member_in(mentorship, world.bea)
        with pytest.raises(NotATime):
            log_meeting(bea, starts_at=NOW + DAY, plan=Plan(45, Mode.ONLINE), at=NOW)
        assert not Meeting.objects.exists()


class TestNotedByTheCoordinator:
    """They told their coordinator that they met, and said nothing here."""

    def figures(self, mentorship: Mentorship) -> Figures:
        return figures_of([mentorship], at=NOW + 3 * WEEK)[mentorship.pk]

    def test_it_stands_as_a_meeting_that_was_held_with_a_day_and_no_length(
        self, world: World, mentorship: Mentorship
    ) -> None:
        noted = note_first_meeting(mentorship, on=date(2026, 3, 10), by=world.carys, at=NOW + 2 * DAY)
        assert (noted.state, noted.minutes, noted.mode, noted.begins_at.date()) == ("held", None, "", date(2026, 3, 10))
        mentorship.refresh_from_db()
        assert (mentorship.state, mentorship.met_at) == (MentorshipState.COOLING_OFF, noted.starts_at)
        assert self.figures(mentorship) == (1, noted.starts_at, None, 0)
        assert record_of(world.maya.person, world.harbour, at=NOW + WEEK).meetings == 1

    def test_not_twice(self, world: World, mentorship: Mentorship) -> None:
        note_first_meeting(mentorship, by=world.carys, at=NOW)
        with pytest.raises(MoveNotAllowed):
            note_first_meeting(mentorship, by=world.piotr, at=NOW + DAY)
        assert Meeting.objects.count() == 1

    def test_a_day_to_come_is_refused(self, world: World, mentorship: Mentorship) -> None:
        with pytest.raises(NotATime, match="still to come"):
            note_first_meeting(mentorship, on=date(2026, 3, 10), by=world.carys, at=NOW)
        mentorship.refresh_from_db()
        assert mentorship.state == MentorshipState.INTRODUCED

    def test_the_meeting_they_had_booked_is_the_one(
        self, world: World, mentorship: Mentorship, meeting: Meeting
    ) -> None:
        note_first_meeting(mentorship, by=world.carys, at=ENDS + 2 * DAY)
        assert (fresh(meeting).state, fresh(meeting).minutes, Meeting.objects.count()) == ("held", 90, 1)
        mentorship.refresh_from_db()
        assert mentorship.met_at == meeting.starts_at
        say(meeting, world.bea, minutes=50, at=3 * DAY)
        assert fresh(meeting).minutes == 50

    def test_a_booked_one_that_is_still_to_come_stays_booked(
        self, world: World, mentorship: Mentorship, meeting: Meeting
    ) -> None:
        noted = note_first_meeting(mentorship, by=world.carys, at=NOW + DAY)
        assert (noted.pk != meeting.pk, fresh(meeting).state) == (True, MeetingState.AGREED)

    def test_who_notes_it_themselves_adds_to_it(self, world: World, mentorship: Mentorship) -> None:
        noted = note_first_meeting(mentorship, by=world.carys, at=NOW + 2 * DAY)
        when, plan = NOW + 2 * DAY - 2 * HOUR, Plan(75, Mode.IN_PERSON)
        logged = log_meeting(member_in(mentorship, world.bea), starts_at=when, plan=plan, at=NOW + 3 * DAY)
        assert (logged.pk, Meeting.objects.count()) == (noted.pk, 1)
        assert self.figures(mentorship) == (1, when, None, 75)
        assert last_email_to(world.maya).kind == "tell_meeting_logged"
        other = log_meeting(member_in(mentorship, world.maya), starts_at=when, plan=plan, at=NOW + 3 * DAY)
        assert other.pk != noted.pk
