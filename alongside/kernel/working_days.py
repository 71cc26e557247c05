"""Working days: Monday to Friday, by the calendar where the person is. Public holidays are not known here."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


def after_working_days(moment: datetime, days: int, zone: str) -> datetime:
    """Return the moment ``days`` working days after ``moment``, at the same time by the clock on the wall.

    The first day counted is the one after ``moment``; what would fall on a weekend comes on the Monday after it.

    :param zone: the name of a time zone, such as "Europe/London".
    :returns: an aware moment in UTC.
    """
    local = moment.astimezone(ZoneInfo(zone))
    while days > 0 or local.weekday() >= SATURDAY:
        local += timedelta(days=1)
        days -= local.weekday() < SATURDAY
    return local.astimezone(moment.tzinfo)


def after_days(moment: datetime, days: int, zone: str) -> datetime:
    """Return the moment ``days`` calendar days after ``moment``, at the same time by the clock on the wall."""
    return (moment.astimezone(ZoneInfo(zone)) + timedelta(days=days)).astimezone(moment.tzinfo)
