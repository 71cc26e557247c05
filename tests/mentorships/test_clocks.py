"""Time travel: every clock of a mentorship, hour by hour, over weekends and over the changes of the clock."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.journeys.run_clocks import run_clocks as run_all_clocks
from alongside.journeys.run_mentorship_clocks import run_mentorship_clocks
from alongside.kernel import scope
from alongside.kernel.lifecycle import MoveNotAllowed
from alongside.mentorships import actions
from alongside.mentorships.clocks import CLOCKS, months_after
from alongside.mentorships.models import Mentorship, Rung
from alongside.mentorships.queries import mentorships_with_a_clock_due
from alongside.mentorships.states import RUNNING, Due, Ending, GoingOn, MentorshipState
from alongside.notifications.models import Email
from tests.asked import emails_to
from tests.paired import member_in, pair
from tests.world import NOW, World

S = MentorshipState
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def days(first: datetime, number: int) -> Iterator[datetime]:
    """Every sixth hour of some days."""
    return (first + n * 6 * HOUR for n in range(number * 4))


def run_clocks(*, at: datetime) -> None:
    """Run the clocks of mentorships, and at the hour of ``NOW`` those of everything else as well."""
    if at.hour == NOW.hour:
        run_all_clocks(at=at)
        return
    with scope.everywhere("clocks run for all organisations at once"):
        for mentorship in mentorships_with_a_clock_due(at):
            run_mentorship_clocks(mentorship, at=at)


def kinds_by_day(world: World, first: datetime, number: int) -> list[tuple[date, str]]:
    """Let the clocks run and note on which day which email went to Bea; the monthly pulse has tests of its own."""
    seen = len(emails_to(world.bea))
    found = []
    for at in days(first, number):
        run_clocks(at=at)
        found += [(at.date(), kind) for kind in emails_to(world.bea)[seen:] if "pulse" not in kind]
        seen = len(emails_to(world.bea))
    return found


def test_every_state_in_which_it_runs_has_a_clock_so_that_nobody_waits_in_silence() -> None:
    assert {clock.state for clock in CLOCKS} == set(RUNNING)
    assert {clock.due for clock in CLOCKS} == set(Due)


def test_without_a_first_meeting_both_are_reminded_after_a_week_and_only_once(world: World) -> None:
    pair(world.maya, world.bea)
    assert kinds_by_day(world, NOW, 30) == [(date(2026, 3, 16), "suggest_a_meeting")]
    assert emails_to(world.maya) == ["suggest_a_meeting"]
    assert set(Rung.objects.values_list("due", flat=True)) == {Due.SUGGEST_A_MEETING, Due.NOT_MET}


@pytest.mark.parametrize(
    ("met", "asked", "reminded"),
    [
        (datetime(2026, 3, 9, 15, tzinfo=UTC), date(2026, 3, 11), date(2026, 3, 13)),  # a Monday
        (datetime(2026, 3, 12, 15, tzinfo=UTC), date(2026, 3, 16), date(2026, 3, 18)),  # a Thursday
        (datetime(2026, 3, 27, 15, tzinfo=UTC), date(2026, 3, 31), date(2026, 4, 2)),  # before the clocks go forward
        (datetime(2026, 10, 23, 14, tzinfo=UTC), date(2026, 10, 27), date(2026, 10, 29)),  # before they go back
    ],
)
def test_after_two_working_days_each_is_asked_in_private_and_reminded_two_later(
    world: World, met: datetime, asked: date, reminded: date
) -> None:
    pair(world.maya, world.bea, stage=S.COOLING_OFF, at=met)
    assert kinds_by_day(world, met, 9) == [(asked, "ask_whether_to_go_on"), (reminded, "ask_whether_to_go_on")]


def test_who_has_answered_is_not_asked_again(world: World) -> None:
    mentorship = pair(world.maya, world.bea, stage=S.COOLING_OFF)
    for at in days(NOW, 3):
        run_clocks(at=at)
    actions.answer_going_on(member_in(mentorship, world.bea), GoingOn.YES, at=NOW + 3 * DAY)
    for at in days(NOW + 3 * DAY, 3):
        run_clocks(at=at)
    assert emails_to(world.bea).count("ask_whether_to_go_on") == 1
    assert emails_to(world.maya).count("ask_whether_to_go_on") == 2


def test_a_no_counts_when_time_is_up_and_a_yes_waits_for_the_coordinator(world: World) -> None:
    parted, waiting = pair(world.maya, world.bea, stage=S.COOLING_OFF), pair(world.nia, world.dai, stage=S.COOLING_OFF)
    actions.answer_going_on(member_in(parted, world.bea), GoingOn.NO, at=NOW)
    actions.answer_going_on(member_in(waiting, world.dai), GoingOn.YES, at=NOW)
    for at in days(NOW, 20):
        run_clocks(at=at)
    parted.refresh_from_db()
    waiting.refresh_from_db()
    assert (parted.state, parted.ending) == (S.ENDED, Ending.NOT_THE_FIT)
    assert waiting.state == S.COOLING_OFF


def test_they_are_reminded_to_sign_after_the_time_between_two_meetings(world: World) -> None:
    pair(world.maya, world.bea, stage=S.GOING_ON)
    assert kinds_by_day(world, NOW, 60) == [(date(2026, 4, 8), "remind_to_agree")]


def test_a_month_before_the_planned_end_they_hear_of_it_and_again_if_they_go_on_for_longer(world: World) -> None:
    mentorship = pair(world.maya, world.bea, stage=S.ACTIVE)
    first = datetime(2027, 2, 1, 9, tzinfo=UTC)
    assert kinds_by_day(world, first, 20) == [(date(2027, 2, 7), "say_the_end_comes_near")]
    mentorship.refresh_from_db()
    actions.extend(mentorship, until=date(2027, 6, 9), by=world.bea.person, at=first + 20 * DAY)
    assert kinds_by_day(world, first + 20 * DAY, 80) == [(date(2027, 5, 10), "say_the_end_comes_near")]


def test_a_rest_is_quiet_until_its_day(world: World) -> None:
    mentorship = pair(world.maya, world.bea, stage=S.GOING_ON)
    actions.pause(mentorship, until=date(2026, 6, 1), by=world.bea.person, at=NOW)
    assert kinds_by_day(world, NOW, 90) == [(date(2026, 6, 1), "say_the_pause_is_over")]
    actions.resume(mentorship, by=world.bea.person, at=NOW + 90 * DAY)
    assert mentorship.state == S.GOING_ON


def test_after_the_last_meeting_each_is_asked_and_two_weeks_later_it_is_closed_as_they_said(world: World) -> None:
    mentorship = pair(world.maya, world.bea, stage=S.ACTIVE)
    actions.plan_ending(mentorship, on=date(2026, 4, 10), by=world.maya.person, at=NOW)
    asked = kinds_by_day(world, NOW, 36)
    assert asked == [(date(2026, 4, 10), "ask_how_it_ended")]
    actions.say_ending(member_in(mentorship, world.bea), Ending.OBJECTIVES_MET, at=NOW + 36 * DAY)
    actions.say_ending(member_in(mentorship, world.maya), Ending.NEED_CHANGED, at=NOW + 36 * DAY)
    assert kinds_by_day(world, NOW + 36 * DAY, 14) == [(date(2026, 4, 24), "tell_it_ended")]
    mentorship.refresh_from_db()
    assert (mentorship.state, mentorship.ending) == (S.ENDED, Ending.OBJECTIVES_MET)


def test_what_nobody_says_is_not_made_up(world: World) -> None:
    mentorship = pair(world.maya, world.bea, stage=S.ACTIVE)
    actions.plan_ending(mentorship, on=date(2026, 4, 10), by=world.maya.person, at=NOW)
    for at in days(NOW, 50):
        run_clocks(at=at)
    mentorship.refresh_from_db()
    assert mentorship.ending == Ending.NOT_SAID


def test_running_twice_at_one_moment_does_nothing_twice(world: World) -> None:
    pair(world.maya, world.bea, stage=S.COOLING_OFF)
    for at in days(NOW, 12):
        run_clocks(at=at)
        sent = Email.objects.count()
        run_clocks(at=at)
        assert Email.objects.count() == sent


def test_two_workers_at_once_do_one_deed(world: World) -> None:
    mentorship = pair(world.maya, world.bea)
    fell_due = NOW + 7 * DAY
    assert actions.ring(mentorship, Due.SUGGEST_A_MEETING, fell_due=fell_due, at=fell_due)
    assert not actions.ring(mentorship, Due.SUGGEST_A_MEETING, fell_due=fell_due, at=fell_due)


def test_a_worker_killed_in_the_middle_leaves_all_of_it_to_the_next(world: World, monkeypatch) -> None:
    pair(world.maya, world.bea, stage=S.COOLING_OFF)

    def killed(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("alongside.mentorships.actions.set_clocks", killed)
        with pytest.raises(KeyboardInterrupt):
            run_clocks(at=NOW + 2 * DAY)
    assert not Rung.objects.exists()
    assert emails_to(world.bea) == []
    run_clocks(at=NOW + 2 * DAY)
    assert emails_to(world.bea) == ["ask_whether_to_go_on"]


def test_what_fell_due_while_no_worker_ran_is_done_once_and_what_is_long_past_not_at_all(world: World) -> None:
    pair(world.maya, world.bea, stage=S.COOLING_OFF)
    run_clocks(at=NOW + 6 * DAY)
    assert emails_to(world.bea) == ["ask_whether_to_go_on"]
    old = pair(world.nia, world.dai)
    run_clocks(at=NOW + 60 * DAY)
    assert emails_to(world.dai) == []
    assert Rung.objects.filter(mentorship=old).count() == 2


def test_it_cannot_rest_before_they_went_on_nor_until_a_day_that_is_past(world: World) -> None:
    mentorship = pair(world.maya, world.bea)
    with pytest.raises(MoveNotAllowed):
        actions.pause(mentorship, until=date(2026, 6, 1), by=world.bea.person, at=NOW)
    going = pair(world.nia, world.dai, stage=S.GOING_ON)
    with pytest.raises(ValueError, match="after today"):
        actions.pause(going, until=NOW.date(), by=world.dai.person, at=NOW)
    with pytest.raises(ValueError, match="still to come"):
        actions.plan_ending(going, on=date(2026, 3, 8), by=world.dai.person, at=NOW)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 3, 9), 12, date(2027, 3, 9)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_end_on_a_day_there_is(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_a_mentorship_knows_its_next_clock_from_its_first_moment(world: World) -> None:
    mentorship = pair(world.maya, world.bea)
    assert mentorship.next_due_at == NOW + 7 * DAY
    assert Mentorship.objects.get(pk=mentorship.pk).next_due_at == NOW + 7 * DAY


@pytest.mark.parametrize(
    ("region", "asked"), [("North West", date(2026, 4, 7)), ("Wales", date(2026, 4, 7)), ("Scotland", date(2026, 4, 6))]
)
def test_over_easter_each_nation_counts_its_own_working_days(world: World, region: str, asked: date) -> None:
    world.harbour.region = region
    world.harbour.save(update_fields=["region"])
    met = datetime(2026, 4, 1, 14, tzinfo=UTC)  # a Wednesday: Good Friday comes between
    pair(world.maya, world.bea, stage=S.COOLING_OFF, at=met)
    assert kinds_by_day(world, met, 9)[0] == (asked, "ask_whether_to_go_on")
