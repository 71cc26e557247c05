from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from alongside.applications.models import SheetImport
from alongside.applications.states import AT_WORK, NOT_RUN, WAITING_FOR_THE_COORDINATOR
from alongside.people.models import Person
from alongside.programmes.queries import programmes_run_by

UNTOUCHED_DAYS = 14
"""How long an import that has not run keeps its file while nobody goes on with it."""
STEP_MINUTES = 15
"""After so long, a step that came to no end was cut short: whoever was at it was killed."""


def imports_run_by(person: Person) -> QuerySet[SheetImport]:
    """The imports into the programmes ``person`` coordinates."""
    rows = SheetImport.objects.filter(programme__in=programmes_run_by(person))
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
