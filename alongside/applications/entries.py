"""From the rows of a spreadsheet to entries into a cohort."""

from collections.abc import Iterable, Mapping
from typing import Any

from alongside import sheets
from alongside.applications.models import SheetImport
from alongside.people.models import Person
from alongside.programmes.actions import Entry
from alongside.programmes.queries import organisation_run_for
from alongside.programmes.states import Side

F = sheets.Field

# Which fields of a participant a column speaks about. A column that is not there leaves them as they are; an empty
# cell in a column that is there empties them.
SPEAKS_OF: dict[str, tuple[sheets.Field, ...]] = {
    "kind": (F.KIND,),
    "employer": (F.ORGANISATION,),
    "job_title": (F.JOB_TITLE,),
    "place": (F.PLACE,),
    "latitude": (F.PLACE,),
    "longitude": (F.PLACE,),
    "max_km": (F.MAX_DISTANCE,),
    "remote": (F.MEETING_MODE,),
    "sector": (F.SECTOR,),
    "seniority": (F.SENIORITY,),
    "topics": (F.NEEDS, F.EXPERTISE),
    "availability": (F.AVAILABILITY,),
    "languages": (F.LANGUAGES,),
    "about": (F.TEXT,),
    "attributes": (F.ATTRIBUTE,),
    "prefers": (F.PREFERS,),
    "avoids": (F.AVOIDS,),
    "capacity": (F.CAPACITY,),
}


def entries_of(
    sheet_import: SheetImport,
    mapping: sheets.Mapping,
    rows: Iterable[sheets.PersonRow],
    people: Mapping[str, Person],
) -> list[Entry]:
    """Return an entry for each person and side the rows tell of; of two rows for one person the later counts."""
    said = {column.field for column in mapping.columns}
    spoken_of = {name for name, fields in SPEAKS_OF.items() if said.intersection(fields)}
    spoken_of |= {"kind"} if sheet_import.kind else set()
    special = {column.header for column in mapping.columns if column.special}
    contact = sheet_import.uploaded_by
    brought_by = organisation_run_for(contact, sheet_import.programme) if contact else sheet_import.organisation
    at_first = {"brought_by": brought_by, "key_contact": contact}
    found: dict[tuple[int, Side], Entry] = {}
    for row in rows:
        person = people[row.email.lower()]
        for side in _sides(sheet_import, row):
            values = _details(row, side, special, sheet_import.kind)
            details = {name: value for name, value in values.items() if name in spoken_of}
            found[person.pk, side] = Entry(person, side, details, at_first)
    return list(found.values())


def _sides(sheet_import: SheetImport, row: sheets.PersonRow) -> list[Side]:
    roles = row.roles or ((sheet_import.side,) if sheet_import.side else ())
    return [Side(role) for role in roles]


def _details(row: sheets.PersonRow, side: Side, special: set[str], kind: str) -> dict[str, Any]:
    topics = (row.expertise or row.needs) if side is Side.MENTOR else (row.needs or row.expertise)
    return {
        "kind": row.kind or kind if side is Side.MENTOR else "",
        "employer": row.organisation[:200],
        "job_title": row.job_title[:200],
        "place": row.place[:120],
        "latitude": row.position.latitude if row.position else None,
        "longitude": row.position.longitude if row.position else None,
        "max_km": row.max_km,
        "remote": row.remote,
        "sector": row.sector[:120],
        "seniority": row.seniority,
        "topics": [[label, weight] for label, weight in topics],
        "availability": list(row.availability),
        "languages": list(row.languages),
        "about": row.text,
        "attributes": {header: value for header, value in row.attributes if header not in special},
        "prefers": list(row.prefers),
        "avoids": list(row.avoids),
        # A capacity is a mentor's; a mentee has one mentor unless their programme gives more.
        "capacity": (1 if row.capacity is None else row.capacity) if side is Side.MENTOR else 1,
    }
