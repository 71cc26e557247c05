"""What coordinators drop, for tests of what becomes of it."""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from alongside import sheets
from alongside.applications import actions, tasks
from alongside.applications.models import SheetImport
from alongside.programmes.states import Side
from tests.world import NOW, World

HEADINGS = "Name,Email,What do you need help with?,Sector,Postcode,How would you describe your ethnicity?\n"
GWEN = "Gwen Parry,gwen@example.org,Pricing; Hiring,Food,L1 9AA,LEAK-ethnicity\n"
OWAIN = "Owain Rees,owain@example.org,Sales,Retail,CF10,\n"
ROWS = GWEN + OWAIN
BROKEN = "Iwan Huws,iwan@,Sales,Retail,CF10,\n"


def dropped(
    world: World, text: str, side: Side | None = Side.MENTEE, name: str = "mentees.csv", at: datetime = NOW
) -> SheetImport:
    """Carys drops a file; its columns are read."""
    file = SimpleUploadedFile(name, text.encode())
    sheet_import = actions.drop_file(world.cohort, file, side=side, by=world.carys, at=at)
    tasks.go_on(sheet_import)
    return sheet_import


def checked(
    sheet_import: SheetImport, fields: dict[int, sheets.Field] | None = None, basis: str = "", at: datetime = NOW
) -> SheetImport:
    """Its columns are right, or corrected; its rows are checked."""
    actions.correct_columns(sheet_import, fields or {}, consent_basis=basis, at=at)
    tasks.go_on(sheet_import)
    return sheet_import


def imported(sheet_import: SheetImport, *, all_or_nothing: bool = True) -> SheetImport:
    """It is imported."""
    actions.start_import(sheet_import, all_or_nothing=all_or_nothing, at=NOW)
    tasks.go_on(sheet_import)
    return sheet_import
