from datetime import datetime, timedelta

import pytest

from alongside.journeys import emails
from alongside.journeys.choose_mentors import choose_mentors
from alongside.journeys.run_clocks import run_clocks
from alongside.matching.actions import give_more_time
from alongside.matching.models import Offer
from alongside.matching.states import OfferState, RequestState
from alongside.notifications.models import Email
from tests.asked import emails_to, last_email_to, offer, request_to
from tests.world import NOW, World

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def test_a_mentee_is_reminded_twice_in_five_days_and_then_left_in_peace(world: World) -> None:
    offer(world.bea, world.maya, world.marcus)
    reminded: list[int] = []
    for hour in range(24 * 8):
        run_clocks(at=NOW + hour * HOUR)
        reminded += [hour] * (emails_to(world.bea).count("mentee_reminder") - len(reminded))
    assert reminded == [40, 80]
    assert emails_to(world.bea) == ["mentee_offer", "mentee_reminder", "mentee_reminder"]


def test_a_mentor_is_reminded_twice_and_then_the_next_is_asked(world: World) -> None:
    made = offer(world.bea, world.maya, world.marcus)
    choose_mentors(made, [request_to(made, world.maya), request_to(made, world.marcus)], at=NOW)
    for hour in range(24 * 5 + 1):
        run_clocks(at=NOW + hour * HOUR)
    assert emails_to(world.maya) == ["mentor_request", "mentor_reminder", "mentor_reminder", "mentor_released"]
    assert request_to(made, world.maya).state == RequestState.LAPSED
    assert request_to(made, world.marcus).state == RequestState.ASKED
    assert request_to(made, world.marcus).due_at == NOW + 10 * DAY


def test_running_twice_sends_nothing_twice(world: World) -> None:
    made = offer(world.bea, world.maya, world.marcus)
    choose_mentors(made, [request_to(made, world.maya), request_to(made, world.marcus)], at=NOW)
    offer(world.dai, world.nia)
    for at in (NOW + 2 * DAY, NOW + 5 * DAY, NOW + 8 * DAY, NOW + 20 * DAY):
        run_clocks(at=at)
        sent = Email.objects.count()
        run_clocks(at=at)
        assert Email.objects.count() == sent


def test_reminders_missed_while_no_worker_ran_do_not_come_in_a_bunch(world: World) -> None:
    offer(world.bea, world.maya)
    run_clocks(at=NOW + 4 * DAY)
    run_clocks(at=NOW + 4 * DAY + HOUR)
    assert emails_to(world.bea).count("mentee_reminder") == 1


def test_an_unanswered_offer_goes_to_the_coordinator_and_can_still_be_answered(world: World) -> None:
    made = offer(world.bea, world.maya)
    run_clocks(at=NOW + 5 * DAY)
    late = Offer.objects.get(pk=made.pk)
    assert late.state == OfferState.LAPSED
    choose_mentors(late, [request_to(made, world.maya)], at=NOW + 9 * DAY)
    assert emails_to(world.maya) == ["mentor_request"]


def test_more_time_starts_the_clock_and_the_reminders_again(world: World) -> None:
    made = offer(world.bea, world.maya)
    run_clocks(at=NOW + 5 * DAY)
    give_more_time(Offer.objects.get(pk=made.pk), by=world.carys, at=NOW + 6 * DAY)
    run_clocks(at=NOW + 8 * DAY)
    assert last_email_to(world.bea).kind == "mentee_reminder"
    assert Offer.objects.get(pk=made.pk).due_at == NOW + 11 * DAY


def test_one_question_that_cannot_be_handled_does_not_stop_the_clocks_of_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = offer(world.bea, world.maya), offer(world.dai, world.marcus)
    remind = emails.remind_mentee

    def broken_for_bea(made: Offer, *, at: datetime) -> None:
        if made == first:
            raise RuntimeError("no such zone")
        remind(made, at=at)

    monkeypatch.setattr(emails, "remind_mentee", broken_for_bea)
    run_clocks(at=NOW + 2 * DAY)
    assert "mentee_reminder" in emails_to(second.mentee)
    assert first.ref in caplog.text
