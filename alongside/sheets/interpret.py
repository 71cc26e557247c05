"""Reading a table's rows as people, by its mapping."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import replace
from typing import Literal

from alongside.sheets.dryrun import DryRun, Finding, PersonRow
from alongside.sheets.fields import ColumnChoice, Field, Mapping
from alongside.sheets.options import Splitter, learn_options
from alongside.sheets.readers import PersonReader
from alongside.sheets.tables import Row, Table

PROGRESS_EVERY = 500
LIST_FIELDS = (Field.NEEDS, Field.EXPERTISE, Field.SECTOR)
TOTAL = re.compile(r"(?:grand |sub-?)?totals?|sum|count|average|mean|n ?=", re.IGNORECASE)

Role = Literal["mentor", "mentee"]


def interpret(
    table: Table,
    mapping: Mapping,
    *,
    default_role: Role | None,
    accept_special: frozenset[int] = frozenset(),
    kinds: MappingOf[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> DryRun:
    """Return the people in a table and every finding, by row, column and value.

    `default_role` is for rows that do not say; `accept_special` holds the indexes of special-category columns
    the coordinator takes in on purpose, which are then kept as attributes; `kinds` are the kinds of mentors there
    are, their titles by their ids: without any, a column of kinds is kept as an attribute; choices for columns that
    are not there count for nothing; `progress` is called with the rows done and the rows there are, and stops the
    work by raising.
    """
    known = {column.index for column in table.columns}
    mapping = replace(mapping, columns=tuple(choice for choice in mapping.columns if choice.index in known))
    readers = PersonReader(
        table, _kept(mapping, accept_special, kinds), _splitters(table, mapping), default_role, kinds
    )
    people: list[PersonRow] = []
    findings: list[Finding] = [*_about_columns(table, mapping)]
    for done, row in enumerate(table.rows):
        if progress and done % PROGRESS_EVERY == 0:
            progress(done, len(table.rows))
        if _is_total(row):
            findings.append(_left_out_total(row))
            continue
        person, remarks = readers.read(row)
        people.append(person)
        findings += remarks
    if progress:
        progress(len(table.rows), len(table.rows))
    findings += _twice(people, table, mapping)
    if not people:
        findings.append(_nobody(table))
    return DryRun(tuple(people), tuple(sorted(findings, key=lambda finding: finding.row)))


def _kept(
    mapping: Mapping, accept_special: frozenset[int], kinds: MappingOf[str, str] | None
) -> tuple[ColumnChoice, ...]:
    """Return the columns to read: special ones only where they are accepted, then as attributes unless
    chosen.
    """
    kept = []
    for choice in mapping.columns:
        if choice.special and choice.index not in accept_special:
            continue
        if choice.special and choice.field is Field.IGNORE:
            kept.append(replace(choice, field=Field.ATTRIBUTE, option=None))
        elif choice.field is Field.KIND and not kinds:
            kept.append(replace(choice, field=Field.ATTRIBUTE))
        elif choice.field is not Field.IGNORE:
            kept.append(choice)
    return tuple(kept)


def _splitters(table: Table, mapping: Mapping) -> dict[int, Splitter]:
    """Return how the cells of each list column come apart."""
    return {
        choice.index: learn_options(row.cells[choice.index] for row in table.rows)
        for choice in mapping.of(*LIST_FIELDS)
        if choice.option is None
    }


def _about_columns(table: Table, mapping: Mapping) -> Iterator[Finding]:
    """Say what of the table as a whole needs a look: no column of addresses, free text that may tell much."""
    if not mapping.of(Field.EMAIL):
        message = "No column was recognised as email addresses. Everyone needs one: choose the column that holds them."
        yield Finding(0, "", "", "worth_a_look", message, "no_email_column")
    if not mapping.of(Field.NAME, Field.FIRST_NAME, Field.LAST_NAME):
        message = "No column was recognised as names. Choose the column that holds them."
        yield Finding(0, "", "", "worth_a_look", message, "no_name_column")
    for choice in mapping.of(Field.TEXT):
        where = f"{table.columns[choice.index].letter} “{choice.header}”"
        message = (
            f"Column {where} is free text. People may have written about their health, beliefs or family"
            f" there:"
            " read it before you show it to anyone."
        )
        yield Finding(0, where, "", "worth_a_look", message, "free_text")


def _is_total(row: Row) -> bool:
    """Tell whether a row sums up the list: the first words in it are "Total" or the like, and little else."""
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    rest = [cell for cell in filled if not re.fullmatch(r"[\d.,%£$€ -]+", cell)]
    return len(rest) == 1 and TOTAL.fullmatch(rest[0].rstrip(":")) is not None


def _left_out_total(row: Row) -> Finding:
    message = f"Row {row.number} looks like a total and not a person, so it was left out."
    return Finding(row.number, "", "", "worth_a_look", message, "total_row")


def _nobody(table: Table) -> Finding:
    below = f" below its headings in row {table.header_row}" if table.header_row else ""
    message = f"The sheet “{table.sheet_name}” has no people{below}. Add a row for each person, or pick another sheet."
    return Finding(0, "", "", "stops", message, "no_people")


def _twice(people: list[PersonRow], table: Table, mapping: Mapping) -> Iterator[Finding]:
    """Name both rows where an address comes twice: a slip, or one person in both roles."""
    first: dict[str, PersonRow] = {}
    emails = mapping.of(Field.EMAIL)
    where = f"{table.columns[emails[0].index].letter} “{emails[0].header}”" if emails else ""
    for person in people:
        earlier = first.setdefault(person.email, person) if person.email else person
        if earlier is person:
            continue
        rows = f"Rows {earlier.row} and {person.row} have the same email address, {person.email}"
        if set(earlier.roles).isdisjoint(person.roles) and earlier.roles and person.roles:
            message = f"{rows}: one person, as {earlier.roles[0]} and as {person.roles[0]}. That is fine if it is so."
            yield Finding(person.row, where, person.email, "worth_a_look", message, "both_roles")
        else:
            message = f"{rows}. Keep the row that is right and delete the other, or correct the address."
            yield Finding(person.row, where, person.email, "stops", message, "email_twice")
