"""Times to suggest: parts of the week that all named, at an hour that suits the mentee's clock on the wall."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import reduce
from zoneinfo import ZoneInfo

from alongside.programmes.availability import DAYS, SLOTS
from alongside.programmes.models import Participant

WEEK = tuple(DAYS)
STARTS = {"am": time(10), "pm": time(14), "eve": time(18, 30)}
WEEKDAY_SLOTS = frozenset(f"{day}-{part}" for day in WEEK[:5] for part in ("am", "pm"))
NOTICE = timedelta(days=7)
FIRST_MINUTES = 60
"""An hour is enough to begin with."""


def times_to_suggest(
    people: Sequence[Participant], *, number: int, at: datetime, taken: Collection[datetime] = ()
) -> list[datetime]:
    """Return the first ``number`` times, a week or more from ``at``, in parts of the week all of them named.

    Who named none can on any weekday by day; where they share no part of the week, the mentee's count. The hour is the
    mentee's local one, so it stays the same by the clock on the wall when the clocks change.

    :param taken: times that are not to be suggested.
    """
    mentee = next(person for person in people if not person.is_mentor)
    shared = reduce(frozenset.__and__, map(_slots, people))
    moments = _moments((at + NOTICE).astimezone(ZoneInfo(mentee.person.time_zone)), shared or _slots(mentee))
    fresh = (moment for moment in moments if moment not in taken)
    return [moment for moment, _ in zip(fresh, range(number), strict=False)]


def _slots(participant: Participant) -> frozenset[str]:
    return frozenset(participant.availability) & SLOTS or WEEKDAY_SLOTS


def _moments(start: datetime, slots: frozenset[str]) -> Iterator[datetime]:
    """Yield every start of these parts of the week after the day of ``start``, in UTC, for a year."""
    for number in range(1, 366):
        day = start.date() + timedelta(days=number)
        for part, begins in STARTS.items():
            if f"{WEEK[day.weekday()]}-{part}" in slots:
                yield datetime.combine(day, begins, start.tzinfo).astimezone(UTC)
