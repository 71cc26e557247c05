"""What falls due in the life of an enquiry, and when: one table."""

from dataclasses import dataclass
from datetime import datetime

from alongside.enquiries.models import Enquiry
from alongside.enquiries.states import OPEN, Doubt, Due, EnquiryState
from alongside.kernel.working_days import after_days, after_working_days
from alongside.places.public_holidays import days_off

ZONE = "Europe/London"
E = EnquiryState


@dataclass(frozen=True, slots=True)
class Clock:
    """What falls due in some states so many days after the clock of an enquiry began; ``turn`` counts what was done."""

    due: Due
    states: frozenset[EnquiryState]
    days: int
    working: bool = True
    turn: int = 0


CLOCKS = (
    Clock(Due.REMIND, frozenset({E.WAITING}), 2, turn=1),
    Clock(Due.REMIND_AGAIN, OPEN, 5, turn=2),
    Clock(Due.PASS_ON, OPEN, 10, turn=3),
    Clock(Due.LAPSE, OPEN, 20, turn=4),
    Clock(Due.RELEASE, frozenset({E.HELD}), 2),
    Clock(Due.FORGET, frozenset({E.UNCONFIRMED}), 7, working=False),
    Clock(Due.FORGET, frozenset({E.HELD}), 30, working=False),
)
SHORTEST = 2
"""Days before which nothing falls due."""


def falls_due(enquiry: Enquiry, clock: Clock) -> datetime:
    """Return when this clock of an enquiry runs out, by the working days where its holder is."""
    if not clock.working:
        return after_days(enquiry.since, clock.days, ZONE)
    region = enquiry.organisation.region if enquiry.organisation else ""
    return after_working_days(enquiry.since, clock.days, ZONE, off=days_off(region))


def runs(enquiry: Enquiry, clock: Clock) -> bool:
    """Tell whether a clock still says something of an enquiry as it is."""
    if enquiry.state not in clock.states:
        return False
    if clock.due == Due.LAPSE:  # only the network has nobody left behind it
        return enquiry.organisation_id is None
    if clock.due == Due.RELEASE:
        return enquiry.doubt != Doubt.TRAP
    return clock.turn == 0 or enquiry.reminders_sent < clock.turn


def fallen_due(enquiry: Enquiry, *, at: datetime) -> Clock | None:
    """Return the last clock that has run out and is still to be acted on: after a long silence, only that."""
    found = [clock for clock in CLOCKS if runs(enquiry, clock) and falls_due(enquiry, clock) <= at]
    return found[-1] if found else None


def next_due(enquiry: Enquiry, *, at: datetime) -> tuple[Due, datetime] | None:
    """Return what happens next by itself, and when."""
    ahead = [(falls_due(enquiry, clock), clock.due) for clock in CLOCKS if runs(enquiry, clock)]
    later = sorted((moment, due) for moment, due in ahead if moment > at)
    return (later[0][1], later[0][0]) if later else None


def answer_by(enquiry: Enquiry) -> datetime | None:
    """Return when an enquiry that waits is passed on, if nobody answers."""
    passing = next(clock for clock in CLOCKS if clock.due == Due.PASS_ON)
    return falls_due(enquiry, passing) if enquiry.state in OPEN else None
