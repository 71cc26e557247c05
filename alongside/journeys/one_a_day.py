"""Nobody is asked two things about one mentorship on one day."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from alongside.mentorships.clocks import ZONE, asks_members_on
from alongside.mentorships.models import Mentorship
from alongside.mentorships.queries import wrote_since


def something_else_today(mentorship: Mentorship, *, at: datetime) -> bool:
    """Say whether a clock of a mentorship writes to its members on this day, or has."""
    local = at.astimezone(ZoneInfo(ZONE))
    midnight = datetime.combine(local.date(), time(), ZoneInfo(ZONE))
    return asks_members_on(mentorship, local.date()) or wrote_since(mentorship, midnight)
