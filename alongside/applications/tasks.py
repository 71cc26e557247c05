from collections.abc import Callable

from django_tasks import task

from alongside.applications import actions
from alongside.applications.models import SheetImport
from alongside.applications.states import ImportState
from alongside.kernel import clock, scope
from alongside.kernel.lifecycle import ChangedMeanwhile

# A file this small is read, checked and imported while its coordinator waits: well under a second.
SMALL = 150_000

STEPS: dict[ImportState, Callable[[SheetImport], None]] = {
    ImportState.READING: actions.read_file,
    ImportState.CHECKING: actions.check_rows,
    ImportState.IMPORTING: lambda sheet_import: actions.import_people(sheet_import, at=clock.now()),
}


def go_on(sheet_import: SheetImport) -> None:
    """Take the step an import is at: now for a small file, in a worker for a large one."""
    if sheet_import.file.size <= SMALL:
        _take_step(sheet_import)
    else:
        take_step.enqueue(sheet_import.pk)


@task()
def take_step(pk: int) -> None:
    """Take the step an import is at. Repeating it does no harm: each step acts only in its own state."""
    with scope.everywhere("a worker serves every organisation; the import names its own"):
        sheet_import = SheetImport.objects.select_related("cohort__programme", "uploaded_by").get(pk=pk)
    with scope.within(scope.Scope.of(organisations=[sheet_import.organisation_id])):
        _take_step(sheet_import)


def _take_step(sheet_import: SheetImport) -> None:
    step = STEPS.get(ImportState(sheet_import.state))
    if step is None:
        return
    try:
        step(sheet_import)
    except (actions.Stopped, ChangedMeanwhile):
        sheet_import.refresh_from_db()
