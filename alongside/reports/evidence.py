"""What whoever pays for a programme may be shown: that people met, how often and how long, never what about.

Only where the rules of a programme name who that is, so that its people can know it from the start.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from alongside.mentorships.models import Member, Mentorship
from alongside.programmes.models import Cohort
from alongside.programmes.states import Side
from alongside.reports.mentors_record import Held, meetings_held


@dataclass(frozen=True)
class Evidence:
    """One person who is mentored: since when, until when, and what was held. Nobody else is named."""

    mentee: str
    since: date
    until: date | None
    held: Held

    @property
    def hours(self) -> float:
        return round(self.held.minutes / 60, 1)


def evidence_of(cohort: Cohort, *, at: datetime) -> list[Evidence]:
    """Return a line for each mentee of each mentorship of a cohort, by name; three queries, however many."""
    rows = Member.objects.filter(mentorship__cohort=cohort, side=Side.MENTEE)
    members = list(rows.select_related("mentorship", "participant__person").order_by("participant__person__name", "pk"))
    held = meetings_held([member.mentorship for member in members], at=at)
    return [_line(member, member.mentorship, held) for member in members]


def total_of(lines: Sequence[Evidence]) -> Held:
    """Return how many meetings there were in all, and how many minutes they took."""
    return Held(sum(line.held.meetings for line in lines), sum(line.held.minutes for line in lines))


def _line(member: Member, mentorship: Mentorship, held: dict[int, Held]) -> Evidence:
    ended = member.left_at or mentorship.ended_at
    return Evidence(
        member.participant.person.name,
        timezone.localtime(mentorship.introduced_at).date(),
        timezone.localtime(ended).date() if ended else None,
        held[mentorship.pk],
    )
