from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel.working_days import after_days, after_working_days

LONDON = "Europe/London"
START = datetime(2020, 1, 1, tzinfo=UTC)


def at(words: str) -> datetime:
    """A moment by the clock on the wall in London, as UTC."""
    return datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(LONDON)).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "days", "then"),
    [
        ("2026-03-09 14:00", 2, "2026-03-11 14:00"),  # Monday to Wednesday
        ("2026-03-12 14:00", 2, "2026-03-16 14:00"),  # Thursday over the weekend to Monday
        ("2026-03-13 14:00", 3, "2026-03-18 14:00"),  # Friday to Wednesday
        ("2026-03-14 14:00", 2, "2026-03-17 14:00"),  # Saturday: Monday is the first
        ("2026-03-14 14:00", 0, "2026-03-16 14:00"),  # Saturday itself is no working day
        ("2026-03-27 18:30", 2, "2026-03-31 18:30"),  # over the change to summer time
        ("2026-10-23 09:00", 1, "2026-10-26 09:00"),  # over the change to winter time
    ],
)
def test_working_days_pass_over_weekends_and_keep_the_time_on_the_wall(moment: str, days: int, then: str) -> None:
    assert after_working_days(at(moment), days, LONDON) == at(then)


@pytest.mark.parametrize(
    ("moment", "days", "then"),
    [
        ("2026-04-02 14:00", 1, "2026-04-07 14:00"),  # Maundy Thursday over four days to Tuesday
        ("2026-04-03 14:00", 0, "2026-04-07 14:00"),  # Good Friday itself is no working day
        ("2026-04-01 14:00", 1, "2026-04-02 14:00"),
    ],
)
def test_days_off_that_are_given_in_are_passed_over_too(moment: str, days: int, then: str) -> None:
    easter = {date(2026, 4, 3), date(2026, 4, 6)}
    assert after_working_days(at(moment), days, LONDON, off=easter) == at(then)


@pytest.mark.parametrize(
    ("moment", "days", "then"),
    [("2026-03-28 09:00", 1, "2026-03-29 09:00"), ("2026-10-24 09:00", 7, "2026-10-31 09:00")],
)
def test_days_keep_the_time_on_the_wall_when_the_clocks_change(moment: str, days: int, then: str) -> None:
    assert after_days(at(moment), days, LONDON) == at(then)


MOMENTS = st.integers(min_value=0, max_value=15 * 365 * 24 * 60).map(lambda n: START + timedelta(minutes=n))


@given(MOMENTS, st.integers(min_value=0, max_value=40))
def test_between_lie_so_many_working_days_and_it_is_one(moment: datetime, days: int) -> None:
    then = after_working_days(moment, days, LONDON)
    local, end = moment.astimezone(ZoneInfo(LONDON)).date(), then.astimezone(ZoneInfo(LONDON)).date()
    between = [local + timedelta(days=n) for n in range(1, (end - local).days + 1)]
    working = sum(day.weekday() < 5 for day in between)
    assert end.weekday() < 5
    assert working == (days or (1 if local.weekday() >= 5 else 0))
