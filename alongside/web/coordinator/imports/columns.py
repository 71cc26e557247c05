"""What the page about an import's columns says: labels of fields, and how sure we are."""

from collections.abc import Mapping
from typing import TypedDict

from django.utils.translation import gettext_lazy as _

from alongside import sheets
from alongside.applications.actions import mapping_of
from alongside.applications.models import SheetImport

F = sheets.Field
MEANINGS = {
    F.IGNORE: _("Leave it out"),
    F.NAME: _("Name"),
    F.FIRST_NAME: _("First name"),
    F.LAST_NAME: _("Last name"),
    F.EMAIL: _("Email address"),
    F.ROLE: _("Mentor or mentee"),
    F.KIND: _("Kind of mentor"),
    F.ORGANISATION: _("Where they work"),
    F.JOB_TITLE: _("What they do there"),
    F.PLACE: _("Place or postcode"),
    F.CAPACITY: _("How many mentees"),
    F.NEEDS: _("What they need help with"),
    F.EXPERTISE: _("What they can help with"),
    F.SECTOR: _("Sector"),
    F.SENIORITY: _("Seniority"),
    F.AVAILABILITY: _("When they can meet"),
    F.LANGUAGES: _("Languages"),
    F.MEETING_MODE: _("In person or online"),
    F.MAX_DISTANCE: _("How far they travel"),
    F.PREFERS: _("Whom they would like"),
    F.AVOIDS: _("Whom they should not have"),
    F.TEXT: _("What they wrote"),
    F.ATTRIBUTE: _("Keep it as it is"),
}
CATEGORIES = {
    sheets.SpecialCategory.HEALTH: _("health"),
    sheets.SpecialCategory.ETHNICITY: _("ethnicity"),
    sheets.SpecialCategory.BELIEF: _("belief"),
    sheets.SpecialCategory.POLITICS: _("politics"),
    sheets.SpecialCategory.SEXUALITY: _("sexuality"),
    sheets.SpecialCategory.CRIMINAL_RECORD: _("criminal record"),
    sheets.SpecialCategory.TRADE_UNION: _("trade union"),
    sheets.SpecialCategory.CONFIDENTIAL: _("confidential"),
}
# What is sensitive is left out or kept apart: it is never matched or shown as something else.
APART: list[dict[str, object]] = [
    {"value": F.IGNORE.value, "label": MEANINGS[F.IGNORE]},
    {"value": F.ATTRIBUTE.value, "label": _("Keep it apart")},
]
SURE = 0.75


class ColumnRow(TypedDict):
    header: str
    name: str
    chosen: str
    sure: str
    why: str
    examples: list[str]
    meanings: list[dict[str, object]]


def rows_of(sheet_import: SheetImport) -> list[ColumnRow]:
    """Return a row for each column, as the page shows it."""
    return [_row(column, sheet_import.examples) for column in mapping_of(sheet_import).columns]


def fields_from(sheet_import: SheetImport, posted: Mapping[str, str]) -> dict[int, sheets.Field]:
    """Return what the coordinator said each column is; a word that means nothing changes nothing."""
    known = {field.value for field in F}
    return {
        column.index: F(said)
        for column in mapping_of(sheet_import).columns
        if (said := posted.get(_name(column), "")) in known
    }


def meanings() -> list[dict[str, object]]:
    return [{"value": field.value, "label": label} for field, label in MEANINGS.items()]


def _row(column: sheets.ColumnChoice, examples: Mapping[str, list[str]]) -> ColumnRow:
    return ColumnRow(
        header=column.header
        if not column.option or column.option in column.header
        else f"{column.header}: {column.option}",
        name=_name(column),
        chosen=column.field.value,
        sure=_sure(column),
        why=str(CATEGORIES[column.special]) if column.special else "",
        examples=examples.get(str(column.index), []),
        meanings=APART if column.special else [],
    )


def _sure(column: sheets.ColumnChoice) -> str:
    if column.special:
        return "left out"
    return "sure" if column.confidence >= SURE or column.field is F.IGNORE else "guess"


def _name(column: sheets.ColumnChoice) -> str:
    return f"column-{column.index}"
