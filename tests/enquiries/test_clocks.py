"""What falls due in an enquiry, and when: over weekends, holidays and the change of the clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.enquiries.clocks import CLOCKS, answer_by, fallen_due, falls_due, next_due
from alongside.enquiries.models import Enquiry
from alongside.enquiries.states import OPEN, Doubt, Due, EnquiryState
from alongside.organisations.models import Network, Organisation
from tests.world import NOW

LONDON = ZoneInfo("Europe/London")
MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))


def enquiry(
    since: datetime = NOW, *, state: str = "waiting", region: str | None = "North West", **more: object
) -> Enquiry:
    organisation = Organisation(pk=1, name="Harbour", region=region) if region is not None else None
    return Enquiry(network=Network(pk=1), organisation=organisation, since=since, state=state, **more)


def due_after(days: float, **about: object) -> Due | None:
    clock = fallen_due(enquiry(**about), at=NOW + timedelta(days=days))  # type: ignore[arg-type]
    return clock.due if clock else None


def test_nothing_falls_due_before_two_working_days() -> None:
    assert due_after(1.99) is None
    assert due_after(2) == Due.REMIND


def test_each_turn_falls_due_once() -> None:
    assert due_after(2, reminders_sent=1) is None
    assert due_after(7, reminders_sent=1) == Due.REMIND_AGAIN
    assert due_after(13.9, reminders_sent=2) is None
    assert due_after(14, reminders_sent=2) == Due.PASS_ON


def test_after_a_long_silence_only_the_last_is_done() -> None:
    assert due_after(60) == Due.PASS_ON


def test_whoever_said_they_read_it_is_reminded_only_of_the_answer() -> None:
    assert due_after(2, state="acknowledged") is None
    assert due_after(7, state="acknowledged") == Due.REMIND_AGAIN


def test_only_what_the_network_holds_lapses() -> None:
    assert due_after(60, region=None, reminders_sent=3) == Due.LAPSE
    assert due_after(60, reminders_sent=3) is None


def test_easter_moves_the_day_in_england_and_one_day_less_in_scotland() -> None:
    thursday = datetime(2026, 4, 2, 9, tzinfo=UTC)
    assert answer_by(enquiry(thursday, region="London")) == datetime(2026, 4, 20, 9, tzinfo=UTC)
    assert answer_by(enquiry(thursday, region="Scotland")) == datetime(2026, 4, 17, 9, tzinfo=UTC)


def test_what_is_held_goes_on_unless_the_trap_was_filled_in() -> None:
    assert due_after(2, state="held", doubt=Doubt.LINKS) == Due.RELEASE
    assert due_after(2, state="held", doubt=Doubt.TRAP) is None
    assert due_after(30, state="held", doubt=Doubt.TRAP) == Due.FORGET


def test_what_nobody_confirms_is_forgotten_after_a_week() -> None:
    assert due_after(6.99, state="unconfirmed") is None
    assert due_after(7, state="unconfirmed") == Due.FORGET


@pytest.mark.parametrize("state", sorted(set(EnquiryState) - OPEN - {"held", "unconfirmed"}))
def test_nothing_falls_due_in_what_is_settled(state: str) -> None:
    assert due_after(400, state=state) is None
    assert next_due(enquiry(state=state), at=NOW) is None


@given(since=MOMENTS, region=st.sampled_from(["London", "Scotland", "Wales", "Northern Ireland", None]))
def test_every_working_clock_ends_on_a_working_day_at_the_hour_it_began(since: datetime, region: str | None) -> None:
    asked = enquiry(since, region=region)
    moments = [falls_due(asked, clock) for clock in CLOCKS if clock.working and clock.turn]
    assert moments == sorted(moments)
    for moment in moments:
        local = moment.astimezone(LONDON)
        assert local.weekday() < 5
        assert moment > since
        if _exists_once(local):
            assert local.time() == since.astimezone(LONDON).time()


@given(since=MOMENTS, hours=st.integers(0, 24 * 60))
def test_what_comes_next_is_always_ahead_and_what_fell_due_behind(since: datetime, hours: int) -> None:
    asked, at = enquiry(since), since + timedelta(hours=hours)
    coming, fallen = next_due(asked, at=at), fallen_due(asked, at=at)
    assert coming is None or coming[1] > at
    assert fallen is None or falls_due(asked, fallen) <= at
    assert coming or fallen


def _exists_once(local: datetime) -> bool:
    """Whether a time on the wall is neither skipped nor lived twice on its day."""
    return local.replace(hour=0, minute=0).utcoffset() == local.replace(hour=23, minute=0).utcoffset()
