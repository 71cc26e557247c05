import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django_tasks import task

from alongside.applications import actions
from alongside.applications.models import SheetImport
from alongside.applications.states import AT_WORK, ImportState
from alongside.kernel import clock, scope
from alongside.kernel.lifecycle import ChangedMeanwhile

# A file this small is read, checked and imported while its coordinator waits: well under a second.
SMALL = 150_000
MOST_TRIES = 3
OUR_FAULT = (
    "Something went wrong on our side, and nothing was imported. Drop the file again; if it happens again, tell the "
    "people who run this installation."
)
logger = logging.getLogger(__name__)

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


def take_up_again(sheet_import: SheetImport, *, at: datetime) -> None:
    """Let a worker begin a step anew that was cut short; one that kills whoever takes it is given up in the end.

    :raises ChangedMeanwhile: if it came to an end, or another worker took it up.
    """
    if sheet_import.tries >= MOST_TRIES:
        actions.fail(sheet_import, OUR_FAULT)
    else:
        with transaction.atomic():
            actions.take_up_again(sheet_import, at=at)
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
    except Exception:  # whatever it was, the coordinator hears of it and the import does not hang
        logger.exception("Import %s stopped at %s", sheet_import.ref, sheet_import.state)
        sheet_import.refresh_from_db()
        if sheet_import.state in AT_WORK:
            actions.fail(sheet_import, OUR_FAULT)
