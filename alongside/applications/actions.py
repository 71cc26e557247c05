"""An import, step by step: read the file, correct its columns, try it without writing, write it.

The three steps that can take long (:func:`read_file`, :func:`check_rows`, :func:`import_people`) run in the request for
a small file and in a worker for a large one. Each can be repeated after a crash: it acts only in its own state, and the
last one writes everybody and its own end in one transaction.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from django.core.files import File
from django.db import transaction

from alongside import sheets
from alongside.applications.entries import entries_of
from alongside.applications.models import RememberedMapping, SheetImport
from alongside.applications.queries import files_wanted
from alongside.applications.states import IMPORT_LIFECYCLE
from alongside.audit.actions import record
from alongside.kernel.lifecycle import ChangedMeanwhile, make_move
from alongside.people.actions import find_or_create_people
from alongside.people.models import Person
from alongside.programmes.actions import enter_participants, keep_sensitive_answer
from alongside.programmes.models import Cohort, Participant
from alongside.programmes.states import Side

FINDINGS_KEPT = 500
KEPT_OF_A_FINDING = frozenset({"row", "column", "severity", "code"})
REPORT_EVERY = 500
LONGEST_BASIS = 300
LEFT_BEHIND_AFTER = 60 * 60
"""Seconds after which nobody is still about to note a file that was dropped."""


class Stopped(Exception):
    """Say that the coordinator stopped a long step."""


class NeedsABasis(ValueError):
    """Say that special-category data was taken in without a word on how people agreed."""

    def __init__(self) -> None:
        super().__init__("Say how people agreed that you keep this, or leave the column out.")


class BasisTooLong(ValueError):
    """Say that the word on how people agreed is longer than can be kept with every answer."""

    def __init__(self) -> None:
        super().__init__(f"Say how people agreed in at most {LONGEST_BASIS} characters.")


class RowsLeft(ValueError):
    """Say that rows stand in the way of an import of all or nothing."""

    def __init__(self, rows: int) -> None:
        super().__init__(f"{rows} rows cannot be imported as they are. Correct them, or import without them.")


@transaction.atomic
def drop_file(
    cohort: Cohort, file: "File[bytes]", *, side: Side | None, kind: str = "", by: Person, at: datetime
) -> SheetImport:
    """Take in a file as it was dropped; nothing is read yet.

    :param kind: which kind of mentor those in it are of whom no column says it.
    """
    sheet_import: SheetImport = SheetImport.objects.create(
        organisation_id=cohort.organisation_id,
        programme_id=cohort.programme_id,
        cohort=cohort,
        side=side or "",
        kind=kind,
        file=file,
        file_name=(file.name or "file")[-255:],
        uploaded_by=by,
        uploaded_at=at,
        **_begun(at),
    )
    record("drop_file", sheet_import, by=by, at=at)
    return sheet_import


def read_file(sheet_import: SheetImport) -> None:
    """Find the table and recognise its columns; a file that gives no table ends the import with the reason."""
    try:
        workbook = _workbook(sheet_import)
    except sheets.UnreadableFile as refusal:
        fail(sheet_import, refusal.message)
        return
    sheet = _sheet(workbook, sheet_import.sheet_name)
    table = sheets.find_table(sheet)
    mapping = sheets.recognise(table, remembered=_remembered(sheet_import, sheets.fingerprint(table)))
    make_move(
        sheet_import,
        IMPORT_LIFECYCLE,
        "finish_reading",
        sheet_name=sheet.name,
        sheet_names=[each.name for each in workbook.sheets],
        mapping=mapping.to_dict(),
        examples={str(column.index): list(column.examples) for column in mapping.columns},
        progress_total=len(table.rows),
    )


def choose_sheet(sheet_import: SheetImport, name: str, *, at: datetime) -> None:
    """Read another sheet of the same file.

    :raises ValueError: if the file has no such sheet.
    """
    if name not in sheet_import.sheet_names:
        raise ValueError("This file has no such sheet.")
    make_move(sheet_import, IMPORT_LIFECYCLE, "choose_sheet", sheet_name=name, **_begun(at))


@transaction.atomic
def correct_columns(
    sheet_import: SheetImport, fields: Mapping[int, sheets.Field], *, consent_basis: str, at: datetime
) -> None:
    """Note what the coordinator says the columns are, remember it for the next file like this, and check the rows.

    A column of special-category data is left out or kept apart; it never becomes something that is matched or shown.

    :raises NeedsABasis: if a column of special-category data is taken in and ``consent_basis`` is empty.
    :raises BasisTooLong: if ``consent_basis`` is longer than can be kept.
    """
    mapping = mapping_of(sheet_import)
    for column in mapping.columns:
        wanted = fields.get(column.index, column.field)
        if column.special and wanted != sheets.Field.IGNORE:
            wanted = sheets.Field.ATTRIBUTE
        if wanted != column.field:
            mapping = mapping.with_choice(column.index, wanted)
    accepted = [column.index for column in mapping.columns if column.special and column.field != sheets.Field.IGNORE]
    if accepted and not consent_basis.strip():
        raise NeedsABasis
    if len(consent_basis.strip()) > LONGEST_BASIS:
        raise BasisTooLong
    make_move(
        sheet_import,
        IMPORT_LIFECYCLE,
        "check",
        mapping=mapping.to_dict(),
        accepted_special=accepted,
        consent_basis=consent_basis.strip(),
        progress_done=0,
        **_begun(at),
    )
    # Past the scope: a partner imports into a programme of the organisation in the lead, whose memory this is.
    RememberedMapping.unscoped.update_or_create(
        organisation_id=sheet_import.organisation_id,
        fingerprint=mapping.fingerprint,
        defaults={"mapping": mapping.to_dict(), "used_at": at},
    )


def check_rows(sheet_import: SheetImport) -> None:
    """Try the import without writing anything, and keep what there is to say."""
    dry_run = _dry_run(sheet_import)
    emails = {person.email.lower() for person in dry_run.ready}
    known = _known_emails(sheet_import.cohort, emails)
    make_move(
        sheet_import,
        IMPORT_LIFECYCLE,
        "finish_check",
        findings=[_as_dict(finding) for finding in _worst_first(dry_run.findings)][:FINDINGS_KEPT],
        people_found=len(dry_run.people),
        rows_stopped=len(dry_run.people) - len(dry_run.ready),
        added=len(emails - known),
        updated=len(emails & known),
    )


def back_to_columns(sheet_import: SheetImport, *, at: datetime) -> None:
    """Let the coordinator correct the columns once more."""
    make_move(sheet_import, IMPORT_LIFECYCLE, "correct", touched_at=at)


def start_import(sheet_import: SheetImport, *, all_or_nothing: bool, at: datetime) -> None:
    """Decide to write.

    :raises RowsLeft: if all or nothing is wanted and a row cannot be imported.
    """
    if all_or_nothing and sheet_import.rows_stopped:
        raise RowsLeft(sheet_import.rows_stopped)
    make_move(sheet_import, IMPORT_LIFECYCLE, "import", all_or_nothing=all_or_nothing, progress_done=0, **_begun(at))


def import_people(sheet_import: SheetImport, *, at: datetime) -> None:
    """Write everybody the rows tell of into the cohort: all of them, and the end of the import, or nothing."""
    dry_run = _dry_run(sheet_import)
    with transaction.atomic():
        people = find_or_create_people({row.email: row.name for row in dry_run.ready}, at=at)
        entries = entries_of(sheet_import, mapping_of(sheet_import), dry_run.ready, people)
        added, updated = enter_participants(sheet_import.cohort, entries, by=sheet_import.uploaded_by, at=at)
        if sheet_import.accepted_special:
            _keep_sensitive_answers(sheet_import, dry_run.ready, people, at=at)
        _finish(
            sheet_import,
            "finish_import",
            added=len(added),
            updated=len(updated),
            left_out=len(dry_run.people) - len(dry_run.ready),
            findings=[_without_cell(finding) for finding in sheet_import.findings],
            finished_at=at,
        )
        if sheet_import.uploaded_by:
            counts = {"added": len(added), "updated": len(updated)}
            record("import_people", sheet_import, by=sheet_import.uploaded_by, at=at, **counts)


def cancel_import(sheet_import: SheetImport, *, by: Person, at: datetime) -> None:
    """Stop an import; nothing of it is kept."""
    with transaction.atomic():
        _finish(sheet_import, "cancel", finished_at=at)
        record("cancel_import", sheet_import, by=by, at=at)


@transaction.atomic
def put_away(sheet_import: SheetImport, *, at: datetime) -> None:
    """End an import that nobody went on with; nothing of it is kept.

    :raises ChangedMeanwhile: if somebody went on with it after it was read.
    """
    _finish(sheet_import, "put_away", finished_at=at)
    # Now that the row is ours: back to the columns and checked again, it is in the state it was read in all the same.
    if not SheetImport.objects.filter(pk=sheet_import.pk, touched_at=sheet_import.touched_at).exists():
        raise ChangedMeanwhile
    record("put_away_import", sheet_import, by=None, at=at)


def take_up_again(sheet_import: SheetImport, *, at: datetime) -> None:
    """Note that a step that came to no end is begun anew.

    :raises ChangedMeanwhile: if it came to an end, or another worker took it up.
    """
    rows = SheetImport.objects.filter(pk=sheet_import.pk, state=sheet_import.state, tries=sheet_import.tries)
    if not rows.update(step_at=at, tries=sheet_import.tries + 1):
        raise ChangedMeanwhile


def throw_out_files_left() -> None:
    """Delete the files of imports that have ended: whoever was to delete them, or to note them, was killed.

    :raises OSError: if the disk does not let them go now.
    """
    storage = SheetImport._meta.get_field("file").storage
    before, folder = time.time() - LEFT_BEHIND_AFTER, "imports"
    found = {f"{folder}/{name}" for name in storage.listdir(folder)[1]} if storage.exists(folder) else set()
    for name in found - files_wanted():
        if storage.get_modified_time(name).timestamp() < before:  # else its row may be about to be written
            storage.delete(name)


def fail(sheet_import: SheetImport, error: str) -> None:
    """End an import with the reason in plain words."""
    _finish(sheet_import, "fail", error=error)


def mapping_of(sheet_import: SheetImport) -> sheets.Mapping:
    """Return what the columns are taken for now."""
    return sheets.Mapping.from_dict(sheet_import.mapping)


def _finish(sheet_import: SheetImport, move: str, *, findings: Sequence[dict[str, Any]] = (), **changes: Any) -> None:
    """End an import: of its file, its examples and its findings only ``findings`` are kept."""
    make_move(sheet_import, IMPORT_LIFECYCLE, move, examples={}, findings=list(findings), **changes)
    transaction.on_commit(lambda: sheet_import.file.delete(save=False))


def _begun(at: datetime) -> dict[str, Any]:
    """What is noted when a coordinator lets a step begin."""
    return {"touched_at": at, "step_at": at, "tries": 0}


def _workbook(sheet_import: SheetImport) -> sheets.Workbook:
    with sheet_import.file.open("rb") as file:
        return sheets.open_workbook(file.read(), sheet_import.file_name)


def _sheet(workbook: sheets.Workbook, name: str) -> sheets.Sheet:
    named = [sheet for sheet in workbook.sheets if sheet.name == name]
    return named[0] if named else sheets.choose_sheet(workbook)


def _remembered(sheet_import: SheetImport, fingerprint: str) -> sheets.Mapping | None:
    row = RememberedMapping.unscoped.filter(
        organisation_id=sheet_import.organisation_id, fingerprint=fingerprint
    ).first()
    return sheets.Mapping.from_dict(row.mapping) if row else None


def _dry_run(sheet_import: SheetImport) -> sheets.DryRun:
    table = sheets.find_table(_sheet(_workbook(sheet_import), sheet_import.sheet_name))
    return sheets.interpret(
        table,
        mapping_of(sheet_import),
        default_role=_default_role(sheet_import),
        accept_special=frozenset(sheet_import.accepted_special),
        kinds={kind.id: kind.title for kind in sheet_import.cohort.rules.shape.kinds},
        progress=_reporter(sheet_import),
    )


def _default_role(sheet_import: SheetImport) -> Literal["mentor", "mentee"] | None:
    if not sheet_import.side:
        return None
    return "mentor" if sheet_import.side == Side.MENTOR else "mentee"


def _reporter(sheet_import: SheetImport) -> Callable[[int, int], None]:
    """Write progress now and then, and notice there whether the coordinator stopped the step."""
    state = sheet_import.state

    def report(done: int, total: int) -> None:
        if done % REPORT_EVERY and done != total:
            return
        rows = SheetImport.objects.filter(pk=sheet_import.pk, state=state)
        if not rows.update(progress_done=done, progress_total=total):
            raise Stopped

    return report


def _known_emails(cohort: Cohort, emails: set[str]) -> set[str]:
    rows = Participant.objects.filter(cohort=cohort).values_list("person__email", flat=True)
    return emails & set(rows)


def _worst_first(findings: Iterable[sheets.Finding]) -> list[sheets.Finding]:
    return sorted(findings, key=lambda finding: (finding.severity != "stops", finding.row))


def _as_dict(finding: sheets.Finding) -> dict[str, Any]:
    return {
        "row": finding.row,
        "column": finding.column,
        "severity": finding.severity,
        "code": finding.code,
        "message": finding.message,
    }


def _without_cell(finding: Mapping[str, Any]) -> dict[str, Any]:
    """Return where a finding is and of which kind; its message quotes the cell and goes with the file."""
    return {key: value for key, value in finding.items() if key in KEPT_OF_A_FINDING}


def _keep_sensitive_answers(
    sheet_import: SheetImport, rows: Iterable[sheets.PersonRow], people: Mapping[str, Person], *, at: datetime
) -> None:
    """Keep special-category answers apart from the participants they belong to."""
    categories = {
        column.header: column.special
        for column in mapping_of(sheet_import).columns
        if column.special and column.index in sheet_import.accepted_special
    }
    participants = {row.person_id: row for row in Participant.objects.filter(cohort=sheet_import.cohort)}
    for row in rows:
        for header, answer in row.attributes:
            if header in categories and answer and sheet_import.uploaded_by:
                keep_sensitive_answer(
                    participants[people[row.email.lower()].pk],
                    category=categories[header],
                    question=header[:300],
                    answer=answer,
                    basis=sheet_import.consent_basis,
                    by=sheet_import.uploaded_by,
                    at=at,
                )
