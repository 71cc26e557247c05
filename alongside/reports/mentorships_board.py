"""How the mentorships of a cohort stand, for whoever watches over them: that they live, never what is in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import QuerySet

from alongside.evaluation.queries import Signal, signals_of
from alongside.meetings.queries import Figures, figures_of, low_usefulness
from alongside.mentorships.clocks import clock_of, fallen_due
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import FOR_THE_COORDINATOR, WORKING, Due, MentorshipState

S = MentorshipState
SILENT_AFTER = 2  # times the rhythm of the programme
# Of a member the board says a name and who looks after them; the rest of what is kept of hundreds stays unread.
NAMES = ("mentorship", "side", "participant__kind", "participant__person__name", "participant__key_contact")
NOT_MET_YET = frozenset({S.INTRODUCED, S.BOOKED})
TO_MEET = clock_of(S.INTRODUCED, Due.NOT_MET)


class Alert(StrEnum):
    """Why somebody who knows them should look, the most pressing first."""

    CALL_WANTED = "call"
    LOW_PULSE = "pulse"
    NOT_MET = "not_met"
    SILENCE = "silence"
    OVERDUE = "overdue"
    LITTLE_USE = "use"


# Since when a mentorship is in its stage. Of a booking and of a planned ending the day is not kept: the stage before.
SINCE: dict[MentorshipState, tuple[str, ...]] = {
    S.INTRODUCED: ("introduced_at",),
    S.BOOKED: ("introduced_at",),
    S.COOLING_OFF: ("met_at",),
    S.GOING_ON: ("going_on_at",),
    S.ACTIVE: ("agreed_at",),
    S.PAUSED: ("paused_at",),
    S.ENDING: ("agreed_at", "going_on_at"),
    S.ENDED: ("ended_at",),
}


@dataclass(frozen=True)
class Watched:
    """One mentorship as its coordinators may know it."""

    mentorship: Mentorship
    members: Sequence[Member]
    since: datetime
    figures: Figures
    signal: Signal
    overdue: frozenset[Due]
    alerts: tuple[Alert, ...]

    @property
    def state(self) -> MentorshipState:
        return S(self.mentorship.state)

    @property
    def names(self) -> str:
        return " · ".join(member.participant.person.name for member in self.members)

    @property
    def who(self) -> str:
        """The names of all, each mentor's with their kind, where there are kinds."""
        return " · ".join(self.named(member) for member in self.members)

    def named(self, member: Member) -> str:
        """Name a member, with the kind of mentor they are, where there are kinds."""
        name = str(member.participant.person.name)
        kind = self.mentorship.cohort.rules.shape.title_of(member.participant.kind) if member.is_mentor else ""
        return f"{name} ({kind})" if kind else name

    @property
    def contacts(self) -> list[str]:
        """The key contacts of its members, each once, by name."""
        found = {m.participant.key_contact.name for m in self.members if m.participant.key_contact}
        return sorted(found)

    @property
    def last_met_at(self) -> datetime | None:
        """When they last met, where the programme shows coordinators more than how often."""
        return self.figures.last_held_at if self.shows_days else None

    @property
    def next_meeting_at(self) -> datetime | None:
        """When they meet next, where the programme shows coordinators more than how often."""
        return self.figures.next_at if self.shows_days else None

    @property
    def shows_days(self) -> bool:
        """Whether the programme shows coordinators when they meet, not only how often."""
        return bool(self.mentorship.cohort.rules.seen.meetings == "days")

    def days(self, at: datetime) -> int:
        """For how many days it has been in its stage."""
        return max(0, (at - self.since).days)


def board_of(mentorships: QuerySet[Mentorship], *, at: datetime) -> list[Watched]:
    """Return these mentorships with what asks for a look, those with most of it first; nine queries, however many."""
    # Apart, not joined: of many mentorships in few cohorts, with few contacts, each of those is read once.
    rows = list(mentorships.prefetch_related("cohort", "programme__organisation").order_by("pk"))
    members = _members(rows)
    figures, signals, of_little_use = figures_of(rows, at=at), signals_of(rows), low_usefulness(rows)
    watched = [
        _watched(row, members.get(row.pk, []), figures[row.pk], signals.get(row.pk, Signal()), of_little_use, at)
        for row in rows
    ]
    return sorted(watched, key=_urgency)


def overdue(mentorship: Mentorship, *, at: datetime) -> frozenset[Due]:
    """What fell due in the present stage that no email settles any more; that they have not met is said apart."""
    return (FOR_THE_COORDINATOR - {Due.NOT_MET}) & {due for _, due in fallen_due(mentorship, at=at)}


def _members(rows: Sequence[Mentorship]) -> dict[int, list[Member]]:
    """Everybody who is in them, mentees first; where it has ended, whoever was in it to the end."""
    found = Member.objects.filter(mentorship__in=[row.pk for row in rows], left_at=None)
    found = found.select_related("participant__person").prefetch_related("participant__key_contact")
    members: dict[int, list[Member]] = {}
    for member in sorted(found.order_by("pk").only(*NAMES), key=lambda each: each.is_mentor):
        members.setdefault(member.mentorship_id, []).append(member)
    return members


def _watched(
    row: Mentorship, members: list[Member], figures: Figures, signal: Signal, of_little_use: set[int], at: datetime
) -> Watched:
    late = overdue(row, at=at)
    found = {
        Alert.CALL_WANTED: signal.call_wanted,
        Alert.LOW_PULSE: signal.low and row.state != S.ENDED,
        Alert.NOT_MET: _not_met(row, figures, at),
        Alert.SILENCE: _silent(row, figures, at),
        Alert.OVERDUE: bool(late),
        Alert.LITTLE_USE: row.pk in of_little_use,
    }
    alerts = tuple(alert for alert, raised in found.items() if raised)
    return Watched(row, members, since(row), figures, signal, late, alerts)


def since(row: Mentorship) -> datetime:
    """Since when a mentorship is in its stage, as near as is kept."""
    moments: list[datetime | None] = [getattr(row, field) for field in SINCE[S(row.state)]]
    return next((moment for moment in moments if moment), row.introduced_at)


def _not_met(row: Mentorship, figures: Figures, at: datetime) -> bool:
    by = TO_MEET.falls_due(row)
    return row.state in NOT_MET_YET and by is not None and by <= at and not figures.next_at


def _silent(row: Mentorship, figures: Figures, at: datetime) -> bool:
    """Say whether nothing was held and nothing is booked for longer than twice the rhythm."""
    heard = [moment for moment in (figures.last_held_at, row.going_on_at) if moment]
    if row.state not in WORKING or figures.next_at or not heard:
        return False
    return at - max(heard) > timedelta(days=SILENT_AFTER * row.cohort.rules.meetings.rhythm_days)


def _urgency(watched: Watched) -> tuple[bool, int, int, str]:
    first = min((list(Alert).index(alert) for alert in watched.alerts), default=len(Alert))
    return (watched.state == S.ENDED, first, -len(watched.alerts), watched.names.casefold())
