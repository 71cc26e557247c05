"""The spreadsheets people have: a file to sheets of text, a sheet to a table, a table to people.

Owns what a file may be, what a column can mean, how a cell is understood, and how a table is written safely.
Does not know programmes, accounts or the database, evaluates nothing, and never decides what is imported.
"""

from alongside.sheets.choosing import choose_sheet
from alongside.sheets.dryrun import DryRun, Finding, PersonRow
from alongside.sheets.exports import safe_cell, write_csv, write_xlsx
from alongside.sheets.fields import ColumnChoice, Field, Mapping, SpecialCategory, fingerprint
from alongside.sheets.interpret import interpret
from alongside.sheets.limits import Limits, UnreadableFile, refuse_too_large
from alongside.sheets.people import tidy_name
from alongside.sheets.recognise import recognise
from alongside.sheets.tables import Column, Row, Table, find_table
from alongside.sheets.workbook import Sheet, Workbook, open_workbook

__all__ = [
    "Column", "ColumnChoice", "DryRun", "Field", "Finding", "Limits", "Mapping", "PersonRow", "Row", "Sheet",
    "SpecialCategory", "Table", "UnreadableFile", "Workbook", "choose_sheet", "find_table", "fingerprint",
    "interpret", "open_workbook", "recognise", "refuse_too_large", "safe_cell", "tidy_name", "write_csv", "write_xlsx",
]  # fmt: skip
