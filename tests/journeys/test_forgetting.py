"""When they met goes 24 months after the end, whose an answer was after 12 months; figures stay."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from alongside.evaluation import actions as evaluation
from alongside.evaluation.models import FollowUp, Pulse, Tally
from alongside.evaluation.queries import calls_wanted
from alongside.journeys.retention import forget_answers, forget_meetings, forget_opinions
from alongside.journeys.run_clocks import run_clocks
from alongside.meetings.actions import log_meeting, say_after
from alongside.meetings.models import Meeting, Option, Reply, Said
from alongside.meetings.queries import Figures, figures_of
from alongside.meetings.states import Mode
from alongside.mentorships.actions import end_mentorship
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import Ending, MentorshipState
from alongside.reports.mentors_record import record_json, record_of
from alongside.reports.mentorships_board import board_of
from tests.meeting import agreed
from tests.paired import member_in, pair
from tests.world import NOW, World

DAY = timedelta(days=1)
TWO_YEARS = datetime(2028, 3, 9, 9, tzinfo=UTC)
ONE_YEAR = datetime(2027, 3, 9, 9, tzinfo=UTC)


@pytest.fixture
def ended(world: World) -> Mentorship:
    """A mentorship with two meetings held and one called off, that ended."""
    made = pair(world.maya, world.bea, stage=MentorshipState.ACTIVE, at=NOW - 90 * DAY)
    agreed(made, world.bea, world.maya, NOW - 40 * DAY)
    for days, minutes in ((60, 90), (30, 45)):
        bea = member_in(made, world.bea)
        held = log_meeting(
            made, starts_at=NOW - days * DAY, minutes=minutes, mode=Mode.ONLINE, by=bea, at=NOW - days * DAY
        )
        say_after(held, bea, happened=True, minutes=minutes, useful=4, at=NOW - days * DAY)
    end_mentorship(made, ending=Ending.OBJECTIVES_MET, by=None, at=NOW)
    return made


def counted() -> set[tuple[str, date, int, int]]:
    return set(Tally.objects.values_list("question", "month", "value", "number"))


def fresh(mentorship: Mentorship) -> Mentorship:
    return Mentorship.objects.select_related("programme").get(pk=mentorship.pk)


class TestMeetings:
    def test_they_go_on_the_day_that_was_promised_and_not_a_minute_before(self, ended: Mentorship) -> None:
        run_clocks(at=TWO_YEARS - timedelta(minutes=1))
        assert Meeting.objects.count() == 3
        run_clocks(at=TWO_YEARS)
        for kind in (Meeting, Option, Reply, Said):
            assert not kind.objects.exists()
        assert fresh(ended).first_meeting_at is None

    def test_how_many_and_how_long_stays_and_the_mentors_record_says_the_same(
        self, world: World, ended: Mentorship
    ) -> None:
        before = record_json(record_of(world.maya.person, world.harbour, at=TWO_YEARS), at=TWO_YEARS)
        run_clocks(at=TWO_YEARS)
        assert record_json(record_of(world.maya.person, world.harbour, at=TWO_YEARS), at=TWO_YEARS) == before
        assert figures_of([fresh(ended)], at=TWO_YEARS) == {ended.pk: Figures(2, None, None, 135)}
        (watched,) = board_of(Mentorship.objects.filter(pk=ended.pk), at=TWO_YEARS)
        assert (watched.figures.held, watched.figures.minutes) == (2, 135)

    def test_the_coordinators_page_says_so(self, world: World, ended: Mentorship, as_carys: Client) -> None:
        run_clocks(at=TWO_YEARS)
        page = as_carys.get(f"/looking-after/{ended.ref}/").content.decode()
        assert "2 of 9" in page
        assert "kept no longer" in page

    def test_twice_or_by_two_workers_nothing_is_lost(self, ended: Mentorship) -> None:
        one, other = fresh(ended), fresh(ended)
        for each in (one, other, fresh(ended)):
            forget_meetings(each, at=TWO_YEARS)
        assert (fresh(ended).meetings_held, fresh(ended).minutes_together) == (2, 135)

    def test_of_one_that_goes_on_nothing_goes(self, world: World) -> None:
        made = pair(world.nia, world.dai, stage=MentorshipState.ACTIVE)
        bea = member_in(made, world.dai)
        log_meeting(made, starts_at=NOW, minutes=60, mode=Mode.ONLINE, by=bea, at=NOW)
        run_clocks(at=TWO_YEARS + 900 * DAY)
        assert (Meeting.objects.count(), fresh(made).meetings_held) == (1, None)


class TestAnswers:
    def pulse(self, world: World, score: int | None, **more: object) -> Pulse:
        mentorship = Mentorship.objects.first() or pair(world.maya, world.bea, stage=MentorshipState.ACTIVE)
        due_on = NOW.date() + timedelta(days=Pulse.objects.count())
        asked = evaluation.ask_pulse(member_in(mentorship, world.bea), due_on=due_on, at=NOW)
        assert asked
        Pulse.objects.filter(pk=asked.pk).update(score=score, **more)
        return asked

    def test_after_a_year_a_pulse_is_counted_and_nobodys_also_where_nobody_answered(self, world: World) -> None:
        for score in (4, 4, 2, None):
            self.pulse(world, score, words="LEAK")
        run_clocks(at=ONE_YEAR - timedelta(minutes=1))
        assert counted() == set()
        run_clocks(at=ONE_YEAR)
        run_clocks(at=ONE_YEAR)
        march = date(2026, 3, 1)
        assert {row for row in counted() if row[1] == march} == {
            ("pulse", march, 4, 2), ("pulse", march, 2, 1), ("pulse", march, 0, 1)
        }  # fmt: skip
        assert not Pulse.objects.filter(asked_at__lte=NOW).exists()

    def test_a_call_that_nobody_made_stays_in_the_queue(self, world: World) -> None:
        wanted = self.pulse(world, 2, call_wanted=True)
        run_clocks(at=ONE_YEAR)
        assert list(calls_wanted(world.carys).filter(pk=wanted.pk)) == [wanted]
        evaluation.note_call(wanted, by=world.carys, at=ONE_YEAR)
        run_clocks(at=ONE_YEAR + DAY)
        assert not Pulse.objects.filter(pk=wanted.pk).exists()

    def test_two_workers_count_an_answer_once(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        pulse = self.pulse(world, 5)
        forget_answers(pulse.mentorship, at=ONE_YEAR)
        assert not evaluation.forget_answer(pulse)
        forget_answers(pulse.mentorship, at=ONE_YEAR)
        assert counted() == {("pulse", date(2026, 3, 1), 5, 1)}

    def test_a_follow_up_is_counted_a_year_after_it_was_asked_and_its_words_go(
        self, world: World, ended: Mentorship
    ) -> None:
        run_clocks(at=NOW)
        run_clocks(at=NOW + 93 * DAY)
        FollowUp.objects.filter(months=3, member__participant=world.bea).update(still_uses=5, words="LEAK")
        run_clocks(at=NOW + 93 * DAY + 366 * DAY)
        june = date(2026, 6, 1)
        assert {("follow_up_3", june, 5, 1), ("follow_up_3", june, 0, 1)} <= counted()
        assert not FollowUp.objects.filter(months=3).exists()
        assert FollowUp.objects.filter(months=12).count() == 2

    def test_how_useful_a_meeting_was_is_nobodys_after_a_year_and_the_meeting_stays(self, ended: Mentorship) -> None:
        run_clocks(at=ONE_YEAR)
        assert {("useful", date(2026, 1, 1), 4, 1), ("useful", date(2026, 2, 1), 4, 1)} <= counted()
        assert not Said.objects.exclude(useful=None).exists()
        assert Said.objects.filter(happened=True).count() == 2
        for meeting in Meeting.objects.all():
            forget_opinions(meeting, at=ONE_YEAR)
        assert ("useful", date(2026, 1, 1), 4, 1) in counted()
