"""Working days: Monday to Friday, by the calendar where the person is, but for the days off that are given in."""

from collections.abc import Container
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


def after_working_days(moment: datetime, days: int, zone: str, *, off: Container[date] = ()) -> datetime:
    """Return the moment ``days`` working days after ``moment``, at the same time by the clock on the wall.

    The first day counted is the one after ``moment``; what would fall on a weekend, or a day off, comes on the
    working day after it.

    :param zone: the name of a time zone, such as "Europe/London".
    :param off: public holidays there.
    :returns: an aware moment in UTC.
    """
    local = moment.astimezone(ZoneInfo(zone))
    while days > 0 or not _is_working(local.date(), off):
        local += timedelta(days=1)
        days -= _is_working(local.date(), off)
    return local.astimezone(moment.tzinfo)


def _is_working(day: date, off: Container[date]) -> bool:
    return day.weekday() < SATURDAY and day not in off


def after_days(moment: datetime, days: int, zone: str) -> datetime:
    """Return the moment ``days`` calendar days after ``moment``, at the same time by the clock on the wall."""
    return (moment.astimezone(ZoneInfo(zone)) + timedelta(days=days)).astimezone(moment.tzinfo)
