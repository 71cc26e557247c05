from django.db.models import QuerySet

from alongside.applications.models import SheetImport
from alongside.applications.states import WAITING_FOR_THE_COORDINATOR
from alongside.people.models import Person
from alongside.programmes.queries import programmes_run_by


def imports_run_by(person: Person) -> QuerySet[SheetImport]:
    """The imports into the programmes ``person`` coordinates."""
    rows = SheetImport.objects.filter(programme__in=programmes_run_by(person))
    return rows.select_related("cohort", "programme", "uploaded_by")


def imports_waiting(imports: QuerySet[SheetImport]) -> QuerySet[SheetImport]:
    return imports.filter(state__in=WAITING_FOR_THE_COORDINATOR)
