from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from alongside.applications.models import Application, ApplicationDocument, Opening, Reference, SheetImport
from alongside.applications.states import AT_WORK, NOT_RUN, TO_DECIDE, WAITING_FOR_THE_COORDINATOR, ApplicationState
from alongside.people.models import Person
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.queries import run_by
from alongside.programmes.states import Side

UNTOUCHED_DAYS = 14
"""How long an import that has not run keeps its file while nobody goes on with it."""
STEP_MINUTES = 15
"""After so long, a step that came to no end was cut short: whoever was at it was killed."""
REMIND_AFTER_DAYS = (3, 14)
"""Days without a change after which somebody is reminded of an application they began."""
DRAFT_DAYS = 60
"""Days without a change after which an application that was begun is thrown away."""
REFEREE_DAYS = 7
KEPT_MONTHS = 6
"""How long an application is kept after it was decided (domain rules, § 5.3)."""


def imports_run_by(person: Person) -> QuerySet[SheetImport]:
    """The imports into the programmes ``person`` coordinates."""
    rows = SheetImport.objects.filter(programme__in=run_by(person))
    return rows.select_related("cohort", "programme", "uploaded_by")


def imports_waiting(imports: QuerySet[SheetImport]) -> QuerySet[SheetImport]:
    return imports.filter(state__in=WAITING_FOR_THE_COORDINATOR)


def imports_abandoned(at: datetime) -> QuerySet[SheetImport]:
    """The imports that have not run and that nobody has gone on with for so long that they are put away.

    Also those whose reading or checking never came to an end: their file lies there just the same.
    """
    rows = SheetImport.objects.filter(state__in=NOT_RUN, touched_at__lte=at - timedelta(days=UNTOUCHED_DAYS))
    return rows.order_by("touched_at", "pk")


def imports_cut_short(at: datetime) -> QuerySet[SheetImport]:
    """The imports at a step that nobody can be at any more, as whoever was, in a worker or in a request, was killed."""
    begun = Q(step_at=None) | Q(step_at__lte=at - timedelta(minutes=STEP_MINUTES))
    return SheetImport.objects.filter(begun, state__in=AT_WORK).order_by("pk")


def files_wanted() -> set[str]:
    """The names of the files of all imports that have not ended."""
    rows = SheetImport.unscoped.filter(state__in=AT_WORK | WAITING_FOR_THE_COORDINATOR)
    return set(rows.values_list("file", flat=True))


def open_cohort(ref: str, side: str, *, at: datetime) -> Cohort | None:
    """Return the cohort that can be applied to on a side just now; None where it cannot.

    Past the scope on purpose: that one can apply to a cohort is public.
    """
    found: Cohort | None = _cohorts().filter(ref=ref).first()
    opening = Opening.unscoped.filter(cohort=found, side=side).first() if found else None
    if found is None or opening is None or not opening.is_open(at) or found.rules.applications.of(side) is None:
        return None
    return found


def open_to_mentors(programmes: Iterable[int], *, at: datetime) -> dict[int, Cohort]:
    """Return where one can apply as a mentor now, by the primary key of the programme: the one open longest.

    Past the scope on purpose: that one can apply is public.
    """
    rows = Opening.unscoped.filter(programme__in=list(programmes), side=Side.MENTOR)
    rows = rows.select_related("cohort__programme", "cohort__organisation").order_by("until", "pk")
    return {
        each.programme_id: each.cohort
        for each in rows
        if each.is_open(at) and each.cohort.rules.applications.of(each.side)
    }


def last_day(cohort: Cohort, side: str) -> date | None:
    """Return until when one can apply; public as that one can."""
    return Opening.unscoped.filter(cohort=cohort, side=side).values_list("until", flat=True).first()


def applications_of(person: Person) -> QuerySet[Application]:
    """What somebody applied for, anywhere. A person's own, so it asks no scope."""
    return _with_all(Application.unscoped.filter(person=person))


def applications_run_by(person: Person) -> QuerySet[Application]:
    """The applications that coordinators read: those that were sent, to the programmes ``person`` coordinates."""
    rows = Application.objects.filter(programme__in=run_by(person), sent_at__isnull=False)
    return _with_all(rows)


def applications_to_decide(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Those that wait for a coordinator. Who is on the waiting list has heard, and waits for a place."""
    return rows.filter(state=ApplicationState.SENT).order_by("due_at", "pk")


def documents_run_by(person: Person) -> QuerySet[ApplicationDocument]:
    """The documents of the applications that ``person`` reads."""
    return ApplicationDocument.objects.filter(application__in=applications_run_by(person)).select_related("application")


def documents_shown(participants: Iterable[Participant]) -> dict[int, list[ApplicationDocument]]:
    """Return the documents that the other side may read, by the primary key of whose they are; the newest of each.

    Those are documents of an application that was taken up, which the rules of its cohort say are shown.
    """
    whose = {(each.person_id, each.cohort_id, each.side): each.pk for each in participants}
    people, cohorts = {person for person, *_rest in whose}, {cohort for _person, cohort, _side in whose}
    taken_up = ApplicationDocument.objects.filter(
        application__state=ApplicationState.ACCEPTED, application__person__in=people, application__cohort__in=cohorts
    )
    found: dict[int, dict[str, ApplicationDocument]] = {}
    for row in taken_up.select_related("application__cohort").defer("sealed"):
        application = row.application
        owner = whose.get((application.person_id, application.cohort_id, application.side))
        if owner is not None and row.asked is not None and row.asked.shown:
            found.setdefault(owner, {})[row.document] = row
    return {owner: list(rows.values()) for owner, rows in found.items()}


def reference_named(ref: str) -> Reference | None:
    """Return the reference a signed link names, whose application still waits to be decided."""
    rows = Reference.unscoped.select_related("application__cohort", "application__person", "programme__organisation")
    found: Reference | None = rows.filter(ref=ref, application__state__in=TO_DECIDE).first()
    return found


def drafts_to_remind(at: datetime) -> QuerySet[Application]:
    """Applications that were begun, lie there, and of which their person has not been reminded as often as is due."""
    due = Q()
    for sent, days in enumerate(REMIND_AFTER_DAYS):
        due |= Q(reminders_sent=sent, saved_at__lte=at - timedelta(days=days))
    return _with_all(Application.objects.filter(due, state=ApplicationState.BEGUN)).order_by("pk")


def drafts_left(at: datetime) -> QuerySet[Application]:
    """Applications that were begun and that nobody has gone on with for so long that they are thrown away."""
    rows = Application.objects.filter(state=ApplicationState.BEGUN, saved_at__lte=at - timedelta(days=DRAFT_DAYS))
    return _with_all(rows).order_by("pk")


def overdue(at: datetime) -> QuerySet[Application]:
    """Applications whose person should have heard by now."""
    return _with_all(applications_to_decide(Application.objects.filter(due_at__lte=at)))


def references_to_remind(at: datetime) -> QuerySet[Reference]:
    """References that were asked for a week ago and did not come."""
    asked = Reference.objects.filter(done_at=None, reminders_sent=0, asked_at__lte=at - timedelta(days=REFEREE_DAYS))
    rows = asked.filter(application__state__in=TO_DECIDE)
    return rows.select_related("application__person", "application__cohort", "programme__organisation").order_by("pk")


def applications_to_empty(at: datetime) -> QuerySet[Application]:
    """Applications that were decided, or withdrawn, six months ago."""
    before = months_before(at, KEPT_MONTHS)
    rows = Application.objects.filter(emptied_at=None, decided_at__lte=before)
    return _with_all(rows).order_by("pk")


def months_before(at: datetime, months: int) -> datetime:
    """Return the same day some months ago; where there is none, the last day of that month."""
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    day = min(at.day, monthrange(year, month + 1)[1])
    return at.replace(year=year, month=month + 1, day=day)


def _cohorts() -> QuerySet[Cohort]:
    return Cohort.unscoped.select_related("programme", "organisation")


def _with_all(rows: QuerySet[Application]) -> QuerySet[Application]:
    return rows.select_related("cohort", "programme__organisation", "organisation", "person", "decided_by")
