"""What Alongside counts of an organisation's mentoring, for its assessment, from what is never sealed.

What is written inside a mentorship is not among it. Training that is done elsewhere, complaints and what an
organisation does outside Alongside cannot be counted here: it is shown by evidence.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.applications.models import Application
from alongside.applications.states import ApplicationState
from alongside.assessments.figures import FIGURES
from alongside.matching.models import Offer
from alongside.meetings.models import Meeting
from alongside.meetings.states import MeetingState
from alongside.mentorships.models import Member, Mentorship
from alongside.mentorships.states import RUNNING, Ending, MentorshipState
from alongside.organisations.models import Organisation
from alongside.plans.models import Objective
from alongside.programmes.models import Participant
from alongside.programmes.states import Side
from alongside.reports.suppression import SMALLEST, suppressed
from alongside.surveys.models import Response

WINDOW = timedelta(days=365)
SILENT_AFTER = timedelta(days=60)
TITLES: dict[str, str | Promise] = {
    "applications_decided": gettext_lazy("Applications of the last twelve months that were decided"),
    "applications_accepted": gettext_lazy("Decided applications that were accepted"),
    "declined_with_reason": gettext_lazy("Declined applications with a reason noted"),
    "conversations_noted": gettext_lazy("Accepted applications with a conversation noted, where the rules ask for one"),
    "mentors_inducted": gettext_lazy("Mentors in mentorships that run who passed their induction"),
    "choice_offered": gettext_lazy("Offers that held two mentors or more"),
    "days_to_matched": gettext_lazy("Days from joining to a mentorship, for half of the mentees"),
    "agreements_signed": gettext_lazy("Mentorships that met and then signed an agreement"),
    "silent_mentorships": gettext_lazy("Mentorships that run and had no meeting for 60 days"),
    "objectives_agreed": gettext_lazy("Mentorships with an objective by the end of the second meeting"),
    "endings_with_reason": gettext_lazy("Mentorships that ended with a reason noted"),
    "surveys_answered": gettext_lazy("Surveys that were answered"),
}


@dataclass(frozen=True)
class Measured:
    """One figure: so many of so many, or (with ``of_days``) a median over ``whole`` people.

    ``part`` and ``whole`` are exact, for tests and further sums; what is shown to people is ``shown``.
    """

    key: str
    part: float
    whole: int
    of_days: bool = False

    @property
    def title(self) -> str:
        return str(TITLES[self.key])

    @property
    def shown(self) -> str:
        """Say it so that nobody can be found in it."""
        if self.whole < SMALLEST:
            return _("Too few to say") if self.whole else _("None yet")
        if self.of_days:
            days = round(self.part)
            return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
        return _("%(part)s of %(whole)s") % {"part": suppressed(int(self.part)), "whole": suppressed(self.whole)}


def measured(organisation: Organisation, *, at: datetime) -> dict[str, Measured]:
    """Count what can be counted of the programmes of an organisation; the scope in force must hold it."""
    return {key: COUNTS[key](key, organisation, at) for key in FIGURES}


def kept(figures: dict[str, Measured]) -> list[dict[str, str]]:
    """Return figures as they are kept with an assessment that is sent: as they are shown, and no nearer."""
    return [{"key": each.key, "shown": each.shown} for each in figures.values()]


def title_of(key: str) -> str:
    """Return what a figure is called; of one that is measured no more, its key."""
    return str(TITLES.get(key, key))


def _applications(organisation: Organisation, at: datetime, *states: ApplicationState) -> list[Application]:
    rows = Application.objects.filter(organisation=organisation, sent_at__gt=at - WINDOW, sent_at__lte=at)
    return list(rows.filter(state__in=states) if states else rows.exclude(state=ApplicationState.WITHDRAWN))


DECIDED = (ApplicationState.ACCEPTED, ApplicationState.DECLINED)


def _applications_decided(key: str, organisation: Organisation, at: datetime) -> Measured:
    rows = _applications(organisation, at)
    return Measured(key, sum(row.state in DECIDED for row in rows), len(rows))


def _applications_accepted(key: str, organisation: Organisation, at: datetime) -> Measured:
    rows = _applications(organisation, at, *DECIDED)
    return Measured(key, sum(row.state == ApplicationState.ACCEPTED for row in rows), len(rows))


def _declined_with_reason(key: str, organisation: Organisation, at: datetime) -> Measured:
    rows = _applications(organisation, at, ApplicationState.DECLINED)
    return Measured(key, sum(bool(row.reason) for row in rows), len(rows))


def _conversations_noted(key: str, organisation: Organisation, at: datetime) -> Measured:
    rows = Application.objects.filter(organisation=organisation, sent_at__gt=at - WINDOW, sent_at__lte=at)
    accepted = rows.filter(state=ApplicationState.ACCEPTED).select_related("cohort").prefetch_related("steps_done")
    asked = [(row, _conversations(row)) for row in accepted]
    done = [wanted <= {step.step for step in row.steps_done.all()} for row, wanted in asked if wanted]
    return Measured(key, sum(done), len(done))


def _conversations(application: Application) -> set[str]:
    asked = application.cohort.rules.applications.of(application.side)
    return {step.id for step in asked.steps if step.kind == "conversation"} if asked else set()


def _mentors_inducted(key: str, organisation: Organisation, _at: datetime) -> Measured:
    rows = Member.objects.filter(mentorship__organisation=organisation, mentorship__state__in=RUNNING, left_at=None)
    found = rows.filter(side=Side.MENTOR).values_list("participant")
    mentors = Participant.objects.filter(pk__in=found).select_related("cohort")
    asked = [(mentor, _inductions(mentor)) for mentor in mentors]
    passed = [wanted <= set(mentor.gates_passed) for mentor, wanted in asked if wanted]
    return Measured(key, sum(passed), len(passed))


def _inductions(mentor: Participant) -> set[str]:
    gates = mentor.cohort.rules.gates_of(mentor.side)
    return {gate.id for gate in gates if gate.kind in ("induction", "training")}


def _choice_offered(key: str, organisation: Organisation, at: datetime) -> Measured:
    rows = Offer.objects.filter(organisation=organisation, offered_at__gt=at - WINDOW, offered_at__lte=at)
    sizes = list(rows.annotate(size=Count("requests")).values_list("size", flat=True))
    return Measured(key, sum(size > 1 for size in sizes), len(sizes))


def _days_to_matched(key: str, organisation: Organisation, at: datetime) -> Measured:
    rows = Member.objects.filter(mentorship__organisation=organisation, side=Side.MENTEE)
    rows = rows.filter(mentorship__introduced_at__gt=at - WINDOW, mentorship__introduced_at__lte=at)
    first: dict[int, float] = {}
    for pk, joined, matched in rows.values_list("participant", "participant__joined_at", "mentorship__introduced_at"):
        days = max(0.0, (matched - joined) / timedelta(days=1))
        first[pk] = min(days, first.get(pk, days))
    return Measured(key, median(first.values()) if first else 0, len(first), of_days=True)


def _agreements_signed(key: str, organisation: Organisation, _at: datetime) -> Measured:
    rows = Mentorship.objects.filter(organisation=organisation, met_at__isnull=False)
    return Measured(key, rows.filter(agreed_at__isnull=False).count(), rows.count())


def _silent_mentorships(key: str, organisation: Organisation, at: datetime) -> Measured:
    rows = Mentorship.objects.filter(organisation=organisation, state__in=RUNNING).exclude(state=MentorshipState.PAUSED)
    since = rows.filter(introduced_at__lte=at - SILENT_AFTER)
    held = Meeting.objects.filter(organisation=organisation, state=MeetingState.HELD, starts_at__gt=at - SILENT_AFTER)
    return Measured(key, since.exclude(pk__in=held.values("mentorship")).count(), rows.count())


def _objectives_agreed(key: str, organisation: Organisation, _at: datetime) -> Measured:
    running = {"organisation": organisation, "mentorship__state__in": RUNNING}
    held = Meeting.objects.filter(**running, state=MeetingState.HELD, starts_at__isnull=False).order_by("starts_at")
    second: dict[int, datetime] = {}
    for mentorship, meetings in _grouped(held):
        if len(meetings) > 1:
            second[mentorship] = meetings[1].ends_at
    agreed = {
        pk
        for pk, when in Objective.objects.filter(mentorship__in=second).values_list("mentorship", "set_at")
        if when <= second[pk]
    }
    return Measured(key, len(agreed), len(second))


def _grouped(meetings: Iterable[Meeting]) -> Iterator[tuple[int, list[Meeting]]]:
    found: dict[int, list[Meeting]] = {}
    for each in meetings:
        found.setdefault(each.mentorship_id, []).append(each)
    yield from found.items()


def _endings_with_reason(key: str, organisation: Organisation, at: datetime) -> Measured:
    rows = Mentorship.objects.filter(organisation=organisation, ended_at__gt=at - WINDOW, ended_at__lte=at)
    return Measured(key, rows.exclude(ending__in=["", Ending.NOT_SAID]).count(), rows.count())


def _surveys_answered(key: str, organisation: Organisation, at: datetime) -> Measured:
    rows = Response.objects.filter(organisation=organisation, asked_at__gt=at - WINDOW, asked_at__lte=at)
    return Measured(key, rows.filter(done_at__isnull=False).count(), rows.count())


COUNTS: dict[str, Callable[[str, Organisation, datetime], Measured]] = {
    "applications_decided": _applications_decided,
    "applications_accepted": _applications_accepted,
    "declined_with_reason": _declined_with_reason,
    "conversations_noted": _conversations_noted,
    "mentors_inducted": _mentors_inducted,
    "choice_offered": _choice_offered,
    "days_to_matched": _days_to_matched,
    "agreements_signed": _agreements_signed,
    "silent_mentorships": _silent_mentorships,
    "objectives_agreed": _objectives_agreed,
    "endings_with_reason": _endings_with_reason,
    "surveys_answered": _surveys_answered,
}
