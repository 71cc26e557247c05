"""By when a concern is acknowledged and decided, in working days, and what happens where it is left lying."""

from datetime import datetime

from alongside.concerns.models import Concern
from alongside.concerns.states import ConcernState, Due
from alongside.kernel.working_days import after_working_days
from alongside.mentorships.clocks import ZONE
from alongside.places.public_holidays import days_off

ACKNOWLEDGE_DAYS, DECIDE_DAYS = 1, 5
CLOCKS = (
    (Due.ACKNOWLEDGE, ACKNOWLEDGE_DAYS, "acknowledged_at"),
    (Due.SECOND_PERSON, ACKNOWLEDGE_DAYS + 1, "acknowledged_at"),
    (Due.DECIDE, DECIDE_DAYS, "decided_at"),
    (Due.SECOND_PERSON_DECIDES, DECIDE_DAYS + 1, "decided_at"),
)


def fallen_due(concern: Concern, *, at: datetime) -> list[Due]:
    """Return what has fallen due by ``at`` and is still wanted, in order; also what was done already."""
    if concern.state == ConcernState.CLOSED:
        return []
    return [due for due, days, settled in CLOCKS if not getattr(concern, settled) and falls_due(concern, days) <= at]


def falls_due(concern: Concern, days: int) -> datetime:
    """Return the moment so many working days after it was received, where the organisation is."""
    return after_working_days(concern.received_at, days, ZONE, off=days_off(concern.programme.organisation.region))
