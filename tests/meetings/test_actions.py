from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test.utils import CaptureQueriesContext

from alongside.audit.models import Entry
from alongside.journeys.after_meeting import say_how_it_was
from alongside.kernel import scope
from alongside.kernel.lifecycle import ChangedMeanwhile, MoveNotAllowed
from alongside.kernel.scope import NoScope
from alongside.meetings import actions
from alongside.meetings.models import Agenda, Meeting
from alongside.meetings.queries import Figures, agenda_of, figures_of, low_usefulness, stage_of
from alongside.meetings.states import Mode, Stage
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import MentorshipState
from tests.meeting import WEEK, agreed, fresh, suggested
from tests.paired import SECRET, inside, member_in, pair
from tests.world import NOW, World

DAY = timedelta(days=1)


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    return pair(world.maya, world.bea, stage=MentorshipState.GOING_ON)


def log(world: World, mentorship: Mentorship, days_ago: int, minutes: int = 60) -> Meeting:
    return actions.log_meeting(
        mentorship,
        starts_at=NOW - days_ago * DAY,
        minutes=minutes,
        mode=Mode.ONLINE,
        by=mentorship.members.get(participant__person__name="Maya Mentor"),
        at=NOW,
    )


class TestFigures:
    def test_they_count_what_was_held_and_say_what_comes_next(self, world: World, mentorship: Mentorship) -> None:
        log(world, mentorship, 60, 45)
        last = log(world, mentorship, 30, 90)
        ahead = agreed(mentorship, world.bea, world.maya)
        figures = figures_of([mentorship], at=NOW)[mentorship.pk]
        assert figures == Figures(2, last.starts_at, ahead.starts_at, 135)

    def test_one_query_for_all_and_no_word_is_opened(self, world: World, django_assert_num_queries) -> None:
        pairs = [pair(world.maya, world.bea), pair(world.nia, world.dai), pair(world.marcus, world.farah)]
        agreed(pairs[0], world.bea, world.maya)
        with django_assert_num_queries(1) as captured:
            figures = figures_of(pairs, at=NOW)
        assert isinstance(captured, CaptureQueriesContext)
        assert "sealed" not in captured.captured_queries[0]["sql"]
        assert figures[pairs[1].pk] == Figures()
        assert set(figures) == {each.pk for each in pairs}

    def test_a_coordinator_of_another_organisation_reads_none(self, world: World, mentorship: Mentorship) -> None:
        log(world, mentorship, 30)
        with scope.within(world.elsewhere_scope):
            assert figures_of([mentorship], at=NOW)[mentorship.pk] == Figures()


class TestWhatIsSealed:
    def test_place_link_and_agenda_are_nowhere_in_the_tables(self, world: World, mentorship: Mentorship) -> None:
        meeting = suggested(mentorship, world.bea)
        with inside(mentorship):
            actions.save_agenda(meeting, SECRET, read=0, by=member_in(mentorship, world.bea), at=NOW)
        with transaction.get_connection().cursor() as cursor:
            for table in ("meetings_meeting", "meetings_agenda", "meetings_option", "meetings_reply", "audit_entry"):
                cursor.execute(f"SELECT * FROM {table}")
                dump = b"".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode()
                                for row in cursor.fetchall() for v in row)  # fmt: skip
                assert dump
                assert b"SECRET" not in dump
                assert b"meet.example.org" not in dump

    def test_a_coordinator_knows_of_the_meeting_and_reads_no_word_of_it(
        self, world: World, mentorship: Mentorship
    ) -> None:
        meeting = suggested(mentorship, world.bea)
        with inside(mentorship):
            actions.save_agenda(meeting, SECRET, read=0, by=member_in(mentorship, world.bea), at=NOW)
        known = Meeting.objects.get(pk=meeting.pk)
        for name in ("place", "link"):
            with pytest.raises(NoScope):
                getattr(known, name)
        assert not Agenda.objects.exists()
        with scope.within(world.elsewhere_scope):
            assert not Meeting.objects.exists()

    def test_what_is_recorded_says_ids_and_numbers_alone(self, world: World, mentorship: Mentorship) -> None:
        meeting = agreed(mentorship, world.bea, world.maya)
        say_how_it_was(
            member_in(mentorship, world.bea), meeting, happened=True, minutes=50, useful=1, at=NOW + WEEK + DAY
        )
        entries = {entry.verb: entry.details for entry in Entry.objects.filter(thing_ref=meeting.ref)}
        assert entries["say_after_meeting"] == {}
        assert set(entries) >= {"propose_meeting", "offer_times", "book_meeting", "hold_meeting"}
        assert SECRET not in str(entries)


class TestAgendas:
    def test_of_two_who_write_at_once_the_second_is_told_and_nothing_is_overwritten(
        self, world: World, mentorship: Mentorship
    ) -> None:
        meeting, bea, maya = suggested(mentorship, world.bea), world.bea, world.maya
        with inside(mentorship):
            actions.save_agenda(meeting, "Bea’s", read=0, by=member_in(mentorship, bea), at=NOW)
            for read in (0, 7):
                with pytest.raises(ChangedMeanwhile):
                    actions.save_agenda(meeting, "Maya’s", read=read, by=member_in(mentorship, maya), at=NOW)
            kept = agenda_of(meeting)
            assert kept
            assert (kept.text, kept.version) == ("Bea’s", 1)
            actions.save_agenda(meeting, "Both", read=1, by=member_in(mentorship, maya), at=NOW)
            kept = agenda_of(meeting)
            assert kept
            assert (kept.text, kept.version) == ("Both", 2)

    @pytest.mark.parametrize(
        ("held", "stage"),
        [(0, Stage.FIRST), (1, Stage.SECOND), (2, Stage.LATER), (4, Stage.REVIEW), (5, Stage.LATER)],
    )
    def test_it_begins_from_the_stage(self, world: World, mentorship: Mentorship, held: int, stage: Stage) -> None:
        assert stage_of(suggested(mentorship, world.bea), held_before=held) == stage

    def test_once_an_ending_is_planned_the_next_is_the_last(self, world: World, mentorship: Mentorship) -> None:
        meeting = suggested(mentorship, world.bea)
        meeting.mentorship.state = MentorshipState.ENDING
        assert stage_of(meeting, held_before=3) == Stage.LAST


def test_a_time_is_looked_for_once_at_a_time(world: World, mentorship: Mentorship) -> None:
    suggested(mentorship, world.bea)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.propose_meeting(mentorship, minutes=60, proposed_by=None, at=NOW)


def test_two_workers_book_one_time_once(world: World, mentorship: Mentorship) -> None:
    meeting = suggested(mentorship, world.bea, NOW + WEEK, NOW + 2 * WEEK)
    first, second = meeting.options.all()
    twin = fresh(meeting)
    actions.book_time(meeting, first, by=None, at=NOW)
    for option, error in ((first, ChangedMeanwhile), (second, ChangedMeanwhile)):
        with pytest.raises(error):
            actions.book_time(twin, option, by=None, at=NOW)
    assert (fresh(meeting).starts_at, fresh(meeting).changes) == (NOW + WEEK, 1)


def test_what_is_off_cannot_be_booked_or_called_off_again(world: World, mentorship: Mentorship) -> None:
    meeting = agreed(mentorship, world.bea, world.maya)
    actions.cancel_meeting(meeting, by=None, at=NOW)
    with pytest.raises(MoveNotAllowed):
        actions.cancel_meeting(meeting, by=None, at=NOW)


def test_low_usefulness_says_in_which_mentorship_and_only_of_the_latest(world: World, mentorship: Mentorship) -> None:
    early, late = log(world, mentorship, 60), log(world, mentorship, 30)
    bea = member_in(mentorship, world.bea)
    actions.say_after(early, bea, happened=True, useful=5, at=NOW)
    actions.say_after(late, bea, happened=True, useful=1, at=NOW)
    assert low_usefulness([mentorship]) == {mentorship.pk}
    actions.say_after(late, bea, happened=True, useful=4, at=NOW)
    assert low_usefulness([mentorship]) == set()


def test_times_that_are_past_or_too_many_are_refused(world: World, mentorship: Mentorship) -> None:
    meeting = suggested(mentorship, world.bea)
    with pytest.raises(actions.NotATime, match="still to come"):
        actions.offer_times(meeting, [NOW - DAY], by=None, at=NOW)
    with pytest.raises(actions.NotATime, match="one to 5"):
        actions.offer_times(meeting, [NOW + n * DAY for n in range(1, 7)], by=None, at=NOW)
    with pytest.raises(actions.NotATime, match="To plan a meeting"):
        log(world, mentorship, -2)
