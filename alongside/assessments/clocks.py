"""What falls due in the life of an assessment, whose it is, and when: one table."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from alongside.assessments.models import Assessment
from alongside.assessments.states import AssessmentState, Due, Outcome
from alongside.kernel.working_days import after_days
from alongside.mentorships.clocks import ZONE

Who = Literal["coordinators", "assessors", "stewards"]
S = AssessmentState
DAYS_TO_SCORE, DAYS_TO_APPEAL, DAYS_TO_DECLARE_LATE, DECLARE_FROM = 28, 28, 60, 30


@dataclass(frozen=True)
class Clock:
    """So many days after (or, below 0, before) a moment that stands in a field; to whom it is told.

    ``ends`` says that what was decided no longer holds then.
    """

    due: Due
    state: AssessmentState
    since: str
    days: int
    tells: tuple[Who, ...]
    outcome: Outcome | None = None
    ends: bool = False

    def falls_due(self, assessment: Assessment) -> datetime | None:
        """Return when it falls due, or None where it does not run."""
        moment = getattr(assessment, self.since)
        if moment is None or assessment.state != self.state or self.outcome not in (None, assessment.outcome):
            return None
        return after_days(moment, self.days, ZONE)


CLOCKS = (
    Clock(Due.FINISH, S.SELF_ASSESSING, "begun_at", 60, ("coordinators",)),
    Clock(Due.APPOINT, S.SENT, "sent_at", 14, ("stewards",)),
    Clock(Due.SCORE_SOON, S.WITH_ASSESSORS, "handed_over_at", DAYS_TO_SCORE - 7, ("assessors",)),
    Clock(Due.SCORE, S.WITH_ASSESSORS, "handed_over_at", DAYS_TO_SCORE, ("assessors", "stewards")),
    Clock(Due.MODERATE, S.MODERATION, "scored_at", 14, ("stewards",)),
    Clock(Due.ANSWER_APPEAL, S.APPEALED, "appealed_at", 21, ("stewards",)),
    Clock(Due.CONDITIONS_SOON, S.DECIDED, "holds_until", -42, ("coordinators",), Outcome.CONDITIONAL),
    Clock(Due.AGAIN_SOON, S.DECIDED, "holds_until", -180, ("coordinators",), Outcome.ASSESSED),
    Clock(Due.DECLARE_SOON, S.DECIDED, "declare_by", -DECLARE_FROM, ("coordinators",)),
    Clock(Due.DECLARE, S.DECIDED, "declare_by", 0, ("coordinators",)),
    Clock(Due.NOT_DECLARED, S.DECIDED, "declare_by", DAYS_TO_DECLARE_LATE, ("coordinators", "stewards"), ends=True),
    Clock(Due.RUNS_OUT, S.DECIDED, "holds_until", 0, ("coordinators", "stewards"), ends=True),
)


def fallen_due(assessment: Assessment, *, at: datetime) -> list[tuple[datetime, Clock]]:
    """Return what has fallen due by ``at``, the earliest first; also what has rung already."""
    moments = ((clock.falls_due(assessment), clock) for clock in CLOCKS)
    return sorted(((when, clock) for when, clock in moments if when and when <= at), key=lambda pair: pair[0])


def next_step_due(assessment: Assessment) -> datetime | None:
    """Return by when whoever has it now is to be done: of those who score it, together."""
    by_state = {
        S.SENT: Due.APPOINT,
        S.WITH_ASSESSORS: Due.SCORE,
        S.MODERATION: Due.MODERATE,
        S.APPEALED: Due.ANSWER_APPEAL,
    }
    due = by_state.get(AssessmentState(assessment.state))
    return next((clock.falls_due(assessment) for clock in CLOCKS if clock.due == due), None)


def can_appeal(assessment: Assessment, *, at: datetime) -> bool:
    """Tell whether an organisation can still appeal: once, within 28 days."""
    if assessment.state != S.DECIDED or assessment.appealed_at or assessment.decided_at is None:
        return False
    return at < after_days(assessment.decided_at, DAYS_TO_APPEAL, ZONE)


def can_declare(assessment: Assessment, *, at: datetime) -> bool:
    """Tell whether the yearly declaration can be made by now."""
    if assessment.state != S.DECIDED or assessment.declare_by is None:
        return False
    return after_days(assessment.declare_by, -DECLARE_FROM, ZONE) <= at
