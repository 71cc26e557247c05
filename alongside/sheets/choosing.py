"""Choosing the sheet of a workbook that lists people."""

from __future__ import annotations

from math import log10

from alongside.sheets.fields import Field
from alongside.sheets.recognise import recognise
from alongside.sheets.tables import find_table
from alongside.sheets.workbook import Sheet, Workbook

LOOKED_AT = 300  # rows
TELLING = {Field.EMAIL: 3.0, Field.NAME: 2.0, Field.FIRST_NAME: 1.0, Field.LAST_NAME: 1.0, Field.ROLE: 1.0}


def choose_sheet(workbook: Workbook) -> Sheet:
    """Return the sheet most like a list of people: names, addresses, rows; hidden sheets last, earlier ones
    first.
    """
    return max(workbook.sheets, key=likeness) if len(workbook.sheets) > 1 else workbook.sheets[0]


def likeness(sheet: Sheet) -> float:
    """Return how much like a list of people a sheet is; higher is more, and only the order means anything."""
    table = find_table(Sheet(sheet.name, sheet.rows[:LOOKED_AT], merged=sheet.merged))
    if not table.columns:
        return -20.0
    fields = {choice.field for choice in recognise(table).columns if choice.confidence >= 0.4}
    known = sum(TELLING.get(field, 0.5) for field in fields - {Field.ATTRIBUTE, Field.IGNORE})
    return known + log10(len(sheet.rows) + 1) - 10 * sheet.hidden + (1 if table.rows else -5)
