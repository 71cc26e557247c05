"""When members are asked how it goes, and what became of it: on the right day, once, whatever the worker did."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.evaluation.actions import answer_follow_up, answer_pulse
from alongside.evaluation.clocks import LATE, pulse_due
from alongside.evaluation.models import FollowUp, Pulse
from alongside.journeys.end_mentorship import end_for_all
from alongside.journeys.pulse import ask_pulses
from alongside.journeys.run_clocks import run_clocks
from alongside.mentorships import actions
from alongside.mentorships.clocks import ZONE
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import Ending, MentorshipState
from tests.asked import emails_to
from tests.paired import pair
from tests.world import NOW, World

S = MentorshipState
DAY = timedelta(days=1)
JANUARY = datetime(2025, 1, 1, tzinfo=UTC)
PULSES = {"ask_pulse", "remind_of_pulse"}


@pytest.fixture
def mentorship(world: World) -> Mentorship:
    """One with an agreement: of it nothing else is asked for months."""
    return pair(world.maya, world.bea, stage=S.ACTIVE)


def pulses_to(participant) -> list[str]:
    return [kind for kind in emails_to(participant) if kind in PULSES]


def test_each_is_asked_after_a_month_and_not_a_minute_before(world: World, mentorship: Mentorship) -> None:
    month = NOW + 30 * DAY - timedelta(hours=1)  # the clocks went forward in between
    run_clocks(at=month - timedelta(minutes=1))
    assert pulses_to(world.bea) == []
    run_clocks(at=month)
    assert pulses_to(world.bea) == pulses_to(world.maya) == ["ask_pulse"]
    assert {pulse.due_on for pulse in Pulse.objects.all()} == {date(2026, 4, 8)}


class TestOneQuestionADay:
    """Without an agreement a clock reminds them of it on the thirtieth day, when the first pulse is due as well."""

    @pytest.fixture
    def going_on(self, world: World) -> Mentorship:
        return pair(world.maya, world.bea, stage=S.GOING_ON)

    def by_day(self, world: World, first: int, last: int, hours: range = range(0, 24, 3)) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for day in range(first, last):
            before = len(emails_to(world.bea))
            for hour in hours:
                run_clocks(at=(NOW + day * DAY).replace(hour=hour))
            found[day] = emails_to(world.bea)[before:]
        return {day: kinds for day, kinds in found.items() if kinds}

    def test_the_pulse_waits_for_the_next_day_and_is_still_that_months(
        self, world: World, going_on: Mentorship
    ) -> None:
        assert self.by_day(world, 28, 34) == {30: ["remind_to_agree"], 31: ["ask_pulse"]}
        assert {pulse.due_on for pulse in Pulse.objects.all()} == {date(2026, 4, 8)}
        run_clocks(at=NOW + 60 * DAY)
        assert pulses_to(world.bea)[-1] == "ask_pulse"
        assert Pulse.objects.filter(due_on=date(2026, 5, 8)).count() == 2

    def test_it_comes_at_the_hour_they_began_not_at_midnight(self, world: World, going_on: Mentorship) -> None:
        run_clocks(at=NOW + 30 * DAY)
        tenth = NOW + 31 * DAY - timedelta(hours=1)  # the clocks went forward in between
        run_clocks(at=tenth - timedelta(minutes=1))
        assert pulses_to(world.bea) == []
        run_clocks(at=tenth)
        assert pulses_to(world.bea) == ["ask_pulse"]

    def test_a_clock_that_rang_late_counts_for_the_day_on_which_it_wrote(
        self, world: World, going_on: Mentorship
    ) -> None:
        run_clocks(at=NOW + 32 * DAY)  # the first time a worker is there again
        assert emails_to(world.bea)[-1] == "remind_to_agree"
        assert self.by_day(world, 33, 35) == {33: ["ask_pulse"]}

    def test_a_clock_later_that_day_counts_too(self, world: World) -> None:
        late = NOW + timedelta(hours=5)
        mentorship = pair(world.maya, world.bea, stage=S.ACTIVE, at=NOW - timedelta(hours=6))
        ends_on = (late + 60 * DAY).date()
        Mentorship.objects.filter(pk=mentorship.pk).update(planned_end_on=ends_on, next_due_at=late)
        run_clocks(at=NOW + 30 * DAY - timedelta(hours=6))
        assert pulses_to(world.bea) == []
        assert self.by_day(world, 30, 33) == {30: ["say_the_end_comes_near"], 31: ["ask_pulse"]}

    def test_a_reminder_waits_as_well(self, world: World, going_on: Mentorship) -> None:
        Mentorship.objects.filter(pk=going_on.pk).update(going_on_at=NOW - 60 * DAY, next_due_at=None)
        run_clocks(at=NOW)
        assert pulses_to(world.bea) == ["ask_pulse"]
        Mentorship.objects.filter(pk=going_on.pk).update(state=S.ACTIVE, planned_end_on=(NOW + 35 * DAY).date())
        assert self.by_day(world, 4, 8) == {6: ["remind_of_pulse"]}


def test_running_again_and_half_a_round_write_nothing_twice(world: World, mentorship: Mentorship) -> None:
    at = NOW + 30 * DAY
    for _ in range(3):
        run_clocks(at=at)
    ask_pulses(mentorship, at=at)
    assert pulses_to(world.bea) == ["ask_pulse"]
    Pulse.objects.filter(member__participant=world.maya).delete()  # as if a worker had died after the first
    ask_pulses(mentorship, at=at)
    assert pulses_to(world.bea) == ["ask_pulse"]
    assert pulses_to(world.maya) == ["ask_pulse", "ask_pulse"]


def test_a_worker_that_dies_half_way_leaves_neither_question_nor_email(
    world: World, mentorship: Mentorship, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alongside.journeys import pulse_emails

    written = pulse_emails.ask_pulse
    monkeypatch.setattr(pulse_emails, "ask_pulse", lambda pulse, *, at: 1 / 0 if pulse.member.is_mentor else None)
    with pytest.raises(ZeroDivisionError):
        ask_pulses(mentorship, at=NOW + 30 * DAY)
    assert not Pulse.objects.exists()
    monkeypatch.setattr(pulse_emails, "ask_pulse", written)
    run_clocks(at=NOW + 30 * DAY)
    assert pulses_to(world.bea) == pulses_to(world.maya) == ["ask_pulse"]


def test_who_does_not_answer_is_reminded_once_after_five_days(world: World, mentorship: Mentorship) -> None:
    asked = NOW + 30 * DAY
    run_clocks(at=asked)
    mine = Pulse.objects.select_related("member__participant__person").get(member__participant=world.bea)
    answer_pulse(mine, score=4, call_wanted=False, words="", at=asked + DAY)
    run_clocks(at=asked + 5 * DAY - timedelta(minutes=1))
    assert pulses_to(world.maya) == ["ask_pulse"]
    for hours in (0, 1, 48):
        run_clocks(at=asked + 5 * DAY + timedelta(hours=hours))
    assert pulses_to(world.maya) == ["ask_pulse", "remind_of_pulse"]
    assert pulses_to(world.bea) == ["ask_pulse"]


def test_nobody_is_asked_in_a_pause_nor_for_what_it_swallowed(world: World) -> None:
    mentorship = pair(world.maya, world.bea, stage=S.ACTIVE)
    actions.pause(mentorship, until=date(2026, 6, 1), by=world.maya.person, at=NOW + DAY)
    for days in (30, 60):
        run_clocks(at=NOW + days * DAY)
    assert pulses_to(world.bea) == []
    actions.resume(mentorship, by=None, at=NOW + 80 * DAY)
    run_clocks(at=NOW + 80 * DAY)  # the month that fell due on the 60th day is long past
    assert pulses_to(world.bea) == []
    run_clocks(at=NOW + 90 * DAY)
    assert pulses_to(world.bea) == ["ask_pulse"]


def test_nobody_is_asked_before_the_two_go_on_or_after_the_end(world: World) -> None:
    pair(world.nia, world.farah, stage=S.COOLING_OFF)
    mentorship = pair(world.maya, world.bea, stage=S.GOING_ON)
    end_for_all(mentorship, ending=Ending.CIRCUMSTANCES, by=None, at=NOW + DAY)
    run_clocks(at=NOW + 30 * DAY)
    assert not Pulse.objects.exists()


@given(
    began=st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: JANUARY + timedelta(minutes=minutes)),
    days=st.integers(0, 800),
    minutes=st.integers(0, 24 * 60),
    rhythm=st.integers(14, 120),
)
def test_what_is_asked_for_is_a_whole_number_of_rhythms_on_and_never_ahead(
    began: datetime, days: int, minutes: int, rhythm: int
) -> None:
    at = began + timedelta(days=days, minutes=minutes)
    due = pulse_due(began, rhythm_days=rhythm, at=at)
    if due is None:
        return
    passed = (due - began.astimezone(ZoneInfo(ZONE)).date()).days
    assert passed > 0
    assert passed % rhythm == 0
    assert due <= at.astimezone(ZoneInfo(ZONE)).date()
    assert at - datetime(due.year, due.month, due.day, tzinfo=UTC) <= LATE + 2 * DAY


def test_a_month_is_a_month_over_the_clock_changes_of_march_and_october() -> None:
    for began, due in [
        (datetime(2026, 3, 14, 9, tzinfo=UTC), datetime(2026, 4, 13, 8, tzinfo=UTC)),
        (datetime(2026, 10, 10, 8, tzinfo=UTC), datetime(2026, 11, 9, 9, tzinfo=UTC)),
    ]:
        assert pulse_due(began, rhythm_days=30, at=due - timedelta(minutes=1)) is None
        assert pulse_due(began, rhythm_days=30, at=due) == due.date()


class TestFollowUps:
    def ended(self, world: World) -> Mentorship:
        mentorship = pair(world.maya, world.bea, stage=S.ACTIVE)
        end_for_all(mentorship, ending=Ending.OBJECTIVES_MET, by=None, at=NOW)
        return mentorship

    def asked(self, participant) -> int:
        return emails_to(participant).count("ask_follow_up")

    def test_each_is_asked_after_three_six_and_twelve_months_each_once(self, world: World) -> None:
        self.ended(world)
        nine = datetime(2026, 6, 9, 8, tzinfo=UTC)  # nine in the morning there
        for at, number in [
            (NOW, 0),
            (nine - timedelta(minutes=1), 0),
            (nine, 1),
            (nine + DAY, 1),
            (datetime(2026, 9, 9, 8, tzinfo=UTC), 2),
            (datetime(2027, 3, 9, 9, tzinfo=UTC), 3),
            (datetime(2028, 3, 9, 9, tzinfo=UTC), 3),
        ]:
            run_clocks(at=at)
            run_clocks(at=at)
            assert self.asked(world.bea) == self.asked(world.maya) == number, at

    def test_who_says_no_is_not_written_to_again(self, world: World) -> None:
        self.ended(world)
        for at in (NOW, NOW + 95 * DAY):
            run_clocks(at=at)
        mine = FollowUp.objects.select_related("member__participant__person").get(
            member__participant=world.bea, months=3
        )
        answer_follow_up(mine, still_uses=4, words="A good year", may_write_again=False, at=NOW + 96 * DAY)
        run_clocks(at=NOW + 400 * DAY)
        assert self.asked(world.bea) == 1
        assert self.asked(world.maya) == 3

    def test_who_never_went_on_together_is_not_asked(self, world: World) -> None:
        mentorship = pair(world.maya, world.bea, stage=S.COOLING_OFF)
        end_for_all(mentorship, ending=Ending.NOT_THE_FIT, by=None, at=NOW)
        for at in (NOW, NOW + 95 * DAY):
            run_clocks(at=at)
        assert not FollowUp.objects.exists()
