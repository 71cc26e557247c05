"""The clocks of a mentorship: in which state each runs, from when, for how long, and what falls due.

One table for all programmes; the lengths that differ stand in the programme. Days are counted by the calendar of the
mentorship's place (:data:`ZONE`), so that an hour is not lost in March nor won in October.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alongside.blueprints.rules import Rules
from alongside.kernel.working_days import after_days, after_working_days
from alongside.mentorships.models import Mentorship
from alongside.mentorships.states import FOR_THE_COORDINATOR, Due, MentorshipState
from alongside.places.public_holidays import days_off

ZONE = "Europe/London"
S = MentorshipState


@dataclass(frozen=True)
class Clock:
    """One clock: it runs in ``state`` from the moment in the field ``starts``.

    ``days`` are calendar days, or working days where ``working``, by the public holidays where the organisation is;
    those that ``setting`` finds in the rules of the cohort are added.
    """

    state: MentorshipState
    due: Due
    starts: str
    days: int = 0
    setting: Callable[[Rules], int] = lambda rules: 0
    working: bool = False

    def falls_due(self, mentorship: Mentorship) -> datetime | None:
        """Return when it falls due, or None where it has not begun to run."""
        begins = getattr(mentorship, self.starts)
        if begins is None:
            return None
        if not isinstance(begins, datetime):
            begins = datetime.combine(begins, time(9), UTC)
        days = self.days + self.setting(mentorship.cohort.rules)
        if not self.working:
            return after_days(begins, days, ZONE)
        return after_working_days(begins, days, ZONE, off=days_off(mentorship.programme.organisation.region))


def _cooling_off(rules: Rules) -> int:
    return rules.start.cooling_off_days


def _rhythm(rules: Rules) -> int:
    return rules.meetings.rhythm_days


CLOCKS = (
    Clock(S.INTRODUCED, Due.SUGGEST_A_MEETING, "introduced_at", days=7),
    Clock(S.INTRODUCED, Due.NOT_MET, "introduced_at", days=14),
    Clock(S.BOOKED, Due.NOT_MET, "first_meeting_at", days=7),
    Clock(S.COOLING_OFF, Due.ASK_WHETHER_TO_GO_ON, "met_at", setting=_cooling_off, working=True),
    Clock(S.COOLING_OFF, Due.REMIND_TO_ANSWER, "met_at", days=2, setting=_cooling_off, working=True),
    Clock(S.COOLING_OFF, Due.NOT_ANSWERED, "met_at", days=5, setting=_cooling_off, working=True),
    Clock(S.GOING_ON, Due.REMIND_TO_AGREE, "going_on_at", setting=_rhythm),
    Clock(S.GOING_ON, Due.NOT_AGREED, "going_on_at", days=14, setting=_rhythm),
    Clock(S.ACTIVE, Due.END_COMES_NEAR, "planned_end_on", days=-30),
    Clock(S.ACTIVE, Due.END_IS_PAST, "planned_end_on", days=14),
    Clock(S.PAUSED, Due.PAUSE_IS_OVER, "paused_until"),
    Clock(S.ENDING, Due.ASK_HOW_IT_ENDED, "ending_on"),
    Clock(S.ENDING, Due.CLOSE, "ending_on", days=14),
)
LATE = timedelta(days=30)
"""What fell due longer ago, while nobody was at work, is not done any more: it would only puzzle."""


def asks_members_on(mentorship: Mentorship, day: date) -> bool:
    """Say whether a clock of the present state writes to the members on a day, by the calendar there."""
    writes = (moment for moment, due in _running(mentorship) if due not in FOR_THE_COORDINATOR)
    return any(moment.astimezone(ZoneInfo(ZONE)).date() == day for moment in writes)


def clock_of(state: MentorshipState, due: Due) -> Clock:
    """Return the one clock of the table that runs in ``state`` and lets ``due`` fall due."""
    (found,) = (clock for clock in CLOCKS if (clock.state, clock.due) == (state, due))
    return found


def fallen_due(mentorship: Mentorship, *, at: datetime) -> list[tuple[datetime, Due]]:
    """Return what has fallen due in the present state by ``at``, in order; also what was done already."""
    return [(moment, due) for moment, due in _running(mentorship) if moment <= at]


def next_due(mentorship: Mentorship, *, after: datetime | None = None) -> datetime | None:
    """Return when the next clock of the present state falls due: after a moment, or the first of all."""
    return next((moment for moment, _ in _running(mentorship) if after is None or moment > after), None)


def _running(mentorship: Mentorship) -> list[tuple[datetime, Due]]:
    moments = ((each.falls_due(mentorship), each.due) for each in CLOCKS if each.state == mentorship.state)
    return sorted((moment, due) for moment, due in moments if moment is not None)


def months_before(moment: datetime, months: int) -> datetime:
    """Return the moment some months ago, at the same time of the day."""
    return datetime.combine(months_after(moment.date(), -months), moment.timetz())


def months_after(moment: date, months: int) -> date:
    """Return the day some months on, the last of a shorter month where it has no such day."""
    years, month = divmod(moment.month - 1 + months, 12)
    last = monthrange(moment.year + years, month + 1)[1]
    return date(moment.year + years, month + 1, min(moment.day, last))
