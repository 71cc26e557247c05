"""Until when a training holds: whole days, as they are counted in Britain."""

from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")


def day_of(at: datetime) -> date:
    """Return the day on which a moment falls."""
    return at.astimezone(ZONE).date()


def months_on(day: date, months: int) -> date:
    """Return the same day of a later month, or its last where it has no such day."""
    count = day.month - 1 + months
    year, month = day.year + count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
