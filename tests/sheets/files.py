"""Small files made on the spot, good and bad."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook

from alongside.sheets import DryRun, Mapping, Sheet, Table, find_table, interpret, recognise

Rows = Sequence[Sequence[str]]


def sheet(*rows: Sequence[str]) -> Sheet:
    """Return a sheet of these rows."""
    return Sheet("People", [tuple(row) for row in rows])


def table(*rows: Sequence[str]) -> Table:
    """Return the table found on a sheet of these rows."""
    return find_table(sheet(*rows))


def mapping(*rows: Sequence[str]) -> Mapping:
    """Return what the columns of these rows are recognised as."""
    return recognise(table(*rows))


def people(*rows: Sequence[str], role: str | None = "mentee") -> DryRun:
    """Return the dry run of these rows."""
    found = table(*rows)
    return interpret(found, recognise(found), default_role=role)  # type: ignore[arg-type]


def xlsx(*rows: Sequence[object], formats: dict[str, str] | None = None, title: str = "People") -> bytes:
    """Return an XLSX file of these rows; `formats` are number formats by cell."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(list(row))
    for cell, number_format in (formats or {}).items():
        page[cell].number_format = number_format
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return a workbook as the bytes of its file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(**members: bytes | str) -> bytes:
    """Return a zip folder; "__" in a name stands for "/" and "_dot_" for "."."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def ods(content: str, *, kind: str = "application/vnd.oasis.opendocument.spreadsheet", manifest: str = "") -> bytes:
    """Return an ODS file whose table holds `content`, rows of table:table-row."""
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    body = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="People">{content}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    listed = manifest or (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", body)
        archive.writestr("META-INF/manifest.xml", listed)
    return out.getvalue()


def ods_row(*cells: str, repeated: int = 1) -> str:
    """Return one row of an ODS table."""
    inside = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inside}</table:table-row>'
