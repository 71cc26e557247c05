"""When a member is asked how it goes, and how it lasted. Days are counted by the calendar of the mentorship's place."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alongside.kernel.working_days import after_days
from alongside.mentorships.clocks import ZONE, months_after

REMIND_AFTER = 5
LATE = timedelta(days=14)
"""What fell due longer ago, in a pause or while nobody was at work, is left out: the next time asks again."""
FOLLOW_UPS = (3, 6, 12)


def pulse_due(began: datetime, *, rhythm_days: int, at: datetime) -> date | None:
    """Return the day for which members are to be asked now, or None where none has come, or it is long past.

    :param began: when they went on together; every so many days from then they are asked.
    """
    days = (at.astimezone(ZoneInfo(ZONE)).date() - began.astimezone(ZoneInfo(ZONE)).date()).days
    times = days // rhythm_days
    if times and after_days(began, times * rhythm_days, ZONE) > at:
        times -= 1
    fell_due = after_days(began, times * rhythm_days, ZONE)
    return fell_due.astimezone(ZoneInfo(ZONE)).date() if times and at - fell_due <= LATE else None


def reminder_due(asked_at: datetime) -> datetime:
    """Return when somebody who was asked is reminded."""
    return after_days(asked_at, REMIND_AFTER, ZONE)


def follow_up_due(ended_at: datetime, months: int) -> datetime:
    """Return when somebody is asked, so many months after the end, at nine in the morning there."""
    day = months_after(ended_at.astimezone(ZoneInfo(ZONE)), months)
    return datetime.combine(day, time(9), ZoneInfo(ZONE)).astimezone(ended_at.tzinfo)
