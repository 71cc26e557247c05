from datetime import datetime, timedelta

from django.db.models import QuerySet

from alongside.applications.models import SheetImport
from alongside.applications.states import NOT_RUN, WAITING_FOR_THE_COORDINATOR
from alongside.people.models import Person
from alongside.programmes.queries import programmes_run_by

UNTOUCHED_DAYS = 14
"""How long an import that has not run keeps its file while nobody goes on with it."""


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
