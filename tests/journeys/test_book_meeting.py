from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.journeys.book_meeting import Plan, answer_meeting, answer_times, change_plan, suggest_times
from alongside.journeys.cancel_meeting import cancel_meeting
from alongside.journeys.end_mentorship import end_for_all, leave_mentorship
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.meetings.models import Meeting
from alongside.meetings.states import Answer, MeetingState, Mode
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import Ending, MentorshipState
from tests.asked import emails_to, last_email_to
from tests.meeting import (
    PLAN,
    WEEK,
    agreed,
    answered,
    emails_of_kind,
    event_in,
    fresh,
    lines_of,
    links_in,
    suggested,
)
from tests.paired import SECRET, inside, member_in, pair
from tests.world import NOW, World

DAY = timedelta(days=1)
S = MeetingState


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    return pair(world.maya, world.bea)


class TestSuggesting:
    def test_the_others_get_each_time_as_a_link_and_the_place(self, world: World, mentorship: Mentorship) -> None:
        suggested(mentorship, world.bea, NOW + WEEK, NOW + 2 * WEEK)
        email = last_email_to(world.maya)
        assert email.kind == "suggest_times"
        assert "Monday 16 March, 09:00 to 10:30" in email.body.text
        assert PLAN.place in email.body.text
        assert len({link for link in links_in(email) if "?yes=" in link}) == 2
        assert emails_to(world.bea) == []

    def test_an_email_that_says_where_is_sealed_and_its_subject_says_nothing(
        self, world: World, mentorship: Mentorship
    ) -> None:
        agreed(mentorship, world.bea, world.maya)
        for kind in ("suggest_times", "tell_meeting_booked"):
            for email in emails_of_kind(kind):
                assert email.private
                assert SECRET not in email.text + email.html + email.calendar + email.subject
                assert SECRET.encode() not in bytes(email.sealed)

    def test_each_reads_the_time_by_their_own_clock(self, world: World, mentorship: Mentorship) -> None:
        world.maya.person.time_zone = "America/New_York"
        world.maya.person.save()
        # Between the two changes of the clock in March, New York is four hours behind London.
        agreed(mentorship, world.bea, world.maya, datetime(2026, 3, 16, 14, tzinfo=UTC))
        assert "16 March, 14:00 to 15:30" in last_email_to(world.bea).body.text
        assert "16 March, 10:00 to 11:30" in last_email_to(world.maya).body.text

    @pytest.mark.parametrize(
        ("starts_at", "words"),
        [
            (datetime(2026, 3, 28, 10, tzinfo=UTC), "28 March, 10:00"),
            (datetime(2026, 3, 29, 10, tzinfo=UTC), "29 March, 11:00"),
            (datetime(2026, 10, 24, 10, tzinfo=UTC), "24 October, 11:00"),
            (datetime(2026, 10, 25, 10, tzinfo=UTC), "25 October, 10:00"),
        ],
    )
    def test_the_clock_changes_in_march_and_october(
        self, world: World, mentorship: Mentorship, starts_at: datetime, words: str
    ) -> None:
        suggested(mentorship, world.bea, starts_at)
        assert words in last_email_to(world.maya).body.text

    def test_more_times_join_the_one_proposal(self, world: World, mentorship: Mentorship) -> None:
        first = suggested(mentorship, world.bea, NOW + WEEK)
        second = suggested(mentorship, world.maya, NOW + 2 * WEEK)
        assert first == second
        assert first.options.count() == 2

    def test_nothing_is_suggested_in_a_mentorship_that_has_ended(self, world: World, mentorship: Mentorship) -> None:
        member = member_in(mentorship, world.bea)
        end_for_all(mentorship, ending=Ending.CIRCUMSTANCES, by=None, at=NOW)
        with pytest.raises(MoveNotAllowed):
            suggest_times(member, [NOW + WEEK], at=NOW)


class TestBooking:
    def test_the_first_time_all_said_yes_to_is_booked_and_goes_into_calendars(
        self, world: World, mentorship: Mentorship
    ) -> None:
        meeting = agreed(mentorship, world.bea, world.maya)
        assert (meeting.state, meeting.starts_at) == (S.AGREED, NOW + WEEK)
        for reader in (world.bea, world.maya):
            event = event_in(last_email_to(reader).body.calendar)
            assert (event["uid"], event["sequence"], event["location"]) == (meeting.uid, 1, PLAN.place)
        mentorship.refresh_from_db()
        assert (mentorship.state, mentorship.first_meeting_at) == (MentorshipState.BOOKED, NOW + WEEK)

    def test_perhaps_is_no_yes(self, world: World, mentorship: Mentorship) -> None:
        meeting = answered(suggested(mentorship, world.bea), world.maya, Answer.MAYBE)
        assert meeting.state == S.PROPOSED
        assert answered(meeting, world.maya, Answer.YES).state == S.AGREED

    def test_suggesting_the_time_the_other_suggested_is_a_yes(self, world: World, mentorship: Mentorship) -> None:
        suggested(mentorship, world.bea, NOW + WEEK)
        assert fresh(suggested(mentorship, world.maya, NOW + WEEK)).state == S.AGREED

    def test_where_no_time_suits_all_hear_of_it(self, world: World, mentorship: Mentorship) -> None:
        answered(suggested(mentorship, world.bea), world.maya, Answer.NO)
        assert emails_to(world.bea) == ["tell_no_time_suits"]

    def test_a_time_that_is_past_is_not_booked(self, world: World, mentorship: Mentorship) -> None:
        meeting = suggested(mentorship, world.bea, NOW + DAY)
        assert answered(meeting, world.maya, at=NOW + 2 * DAY).state == S.PROPOSED

    def test_three_must_all_agree(self, world: World) -> None:
        group = pair(world.maya, world.marcus, world.bea)
        meeting = answered(suggested(group, world.bea), world.maya)
        assert meeting.state == S.PROPOSED
        assert answered(meeting, world.marcus).state == S.AGREED

    def test_an_answer_after_it_was_booked_changes_nothing(self, world: World, mentorship: Mentorship) -> None:
        meeting = agreed(mentorship, world.bea, world.maya)
        sent = len(emails_to(world.bea))
        again = answered(meeting, world.maya, Answer.NO)
        assert (again.state, again.changes, len(emails_to(world.bea))) == (S.AGREED, 1, sent)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        said=st.lists(
            st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from(list(Answer))), min_size=1, max_size=14
        )
    )
    def test_in_whatever_order_they_answer_a_time_somebody_said_no_to_is_never_booked(
        self, world: World, said: list[tuple[int, int, Answer]]
    ) -> None:
        with transaction.atomic():
            people = [world.bea, world.maya, world.marcus]
            group = pair(*people)
            times = [NOW + n * WEEK for n in (1, 2, 3)]
            meeting = suggested(group, world.bea, *times, plan=None)
            options = {option.starts_at: option.ref for option in meeting.options.all()}
            now = {(0, place): Answer.YES for place in range(3)}
            for who, place, answer in said:
                if fresh(meeting).state == S.PROPOSED:
                    now[who, place] = answer
                answer_times(member_in(group, people[who]), meeting, {options[times[place]]: answer}, at=NOW)
            kept = fresh(meeting)
            good = [place for place in range(3) if all(now.get((who, place)) == Answer.YES for who in range(3))]
            assert (kept.state == S.AGREED) == bool(good)
            if good:
                assert (kept.starts_at, kept.changes) == (times[good[0]], 1)
                assert len(emails_of_kind("tell_meeting_booked")) == 3
            transaction.set_rollback(True)


class TestMoving:
    def test_a_move_proposes_and_the_old_time_stays_until_all_agree(self, world: World, mentorship: Mentorship) -> None:
        meeting = agreed(mentorship, world.bea, world.maya)
        with inside(mentorship):
            suggest_times(member_in(mentorship, world.maya), [NOW + 2 * WEEK], meeting=meeting, at=NOW)
        assert fresh(meeting).starts_at == NOW + WEEK
        assert "rather meet at another time" in last_email_to(world.bea).body.text
        moved = answered(meeting, world.bea)
        assert (moved.state, moved.starts_at, moved.changes) == (S.AGREED, NOW + 2 * WEEK, 2)
        event = event_in(last_email_to(world.maya).body.calendar)
        assert (event["uid"], event["sequence"]) == (meeting.uid, 2)
        mentorship.refresh_from_db()
        assert mentorship.first_meeting_at == NOW + 2 * WEEK

    def test_a_change_of_place_is_told_to_calendars(self, world: World, mentorship: Mentorship) -> None:
        meeting = agreed(mentorship, world.bea, world.maya)
        with inside(mentorship):
            plan = Plan(60, Mode.TELEPHONE, f"{SECRET} number")
            change_plan(member_in(mentorship, world.maya), meeting, plan, at=NOW)
        event = event_in(last_email_to(world.bea).body.calendar)
        assert (event["sequence"], event["location"]) == (2, f"{SECRET} number")
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=1)


class TestComing:
    def test_a_no_tells_the_others_once_and_the_meeting_stays_until_it_is_moved(
        self, world: World, mentorship: Mentorship
    ) -> None:
        meeting = agreed(mentorship, world.bea, world.maya)
        for _ in range(2):
            answer_meeting(member_in(mentorship, world.maya), meeting, Answer.NO, at=NOW)
        assert len(emails_of_kind("tell_somebody_cannot_come")) == 1
        assert "Maya Mentor cannot come" in last_email_to(world.bea).subject
        assert fresh(meeting).state == S.AGREED

    def test_to_what_is_not_agreed_nobody_can_say_whether_they_come(self, world: World, mentorship: Mentorship) -> None:
        with pytest.raises(MoveNotAllowed):
            answer_meeting(member_in(mentorship, world.maya), suggested(mentorship, world.bea), Answer.NO, at=NOW)


class TestCallingOff:
    def test_calendars_forget_it_and_the_first_meeting_is_off(self, world: World, mentorship: Mentorship) -> None:
        meeting = agreed(mentorship, world.bea, world.maya)
        cancel_meeting(member_in(mentorship, world.bea), meeting, message=f"{SECRET} cold", at=NOW)
        for reader in (world.bea, world.maya):
            email = last_email_to(reader)
            assert (email.kind, email.calendar_method) == ("tell_meeting_cancelled", "CANCEL")
            assert {"METHOD:CANCEL", "SEQUENCE:2", f"UID:{meeting.uid}"} <= set(lines_of(email.body.calendar))
            assert f"{SECRET} cold" in email.body.text
            assert SECRET not in email.text
        mentorship.refresh_from_db()
        assert (mentorship.state, mentorship.first_meeting_at) == (MentorshipState.INTRODUCED, None)
        assert fresh(meeting).state == S.CANCELLED

    def test_times_that_are_off_were_in_no_calendar(self, world: World, mentorship: Mentorship) -> None:
        cancel_meeting(member_in(mentorship, world.bea), suggested(mentorship, world.bea), at=NOW)
        assert last_email_to(world.maya).kind == "tell_meeting_cancelled"
        assert last_email_to(world.maya).calendar == ""
        assert emails_to(world.bea) == []

    def test_what_is_ahead_goes_with_the_mentorship(self, world: World, mentorship: Mentorship) -> None:
        meeting = agreed(mentorship, world.bea, world.maya)
        leave_mentorship(member_in(mentorship, world.bea), ending=Ending.CIRCUMSTANCES, message="", at=NOW)
        assert fresh(meeting).state == S.CANCELLED
        assert len(emails_of_kind("tell_meeting_cancelled")) == 2

    def test_twice_does_nothing_the_second_time(self, world: World, mentorship: Mentorship) -> None:
        meeting = agreed(mentorship, world.bea, world.maya)
        cancel_meeting(member_in(mentorship, world.bea), meeting, at=NOW)
        with pytest.raises(MoveNotAllowed):
            cancel_meeting(member_in(mentorship, world.maya), fresh(meeting), at=NOW)
        assert Meeting.objects.get(pk=meeting.pk).changes == 2
