"""Which kind of file something is, by what is in it: a name says nothing about that.

Signatures: PDF ISO 32000 § 7.5.2, PNG RFC 2083 § 3.1, JPEG ISO 10918-1 annex B, GIF89a § 17, WebP RFC 9649 § 2.4,
zip APPNOTE 4.3.7; inside a zip, ECMA-376 part 2 (Office Open XML) and OpenDocument 1.3 part 2 § 3.3.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_PARTS = 5_000
MOST_UNPACKED = 500 * 1024 * 1024
"""A document with more in it than this is not one: opening it would fill somebody's disk."""
LONGEST_PART_READ = 1024 * 1024
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, RuntimeError, ValueError, OverflowError)


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken: how its name ends when it is handed out, and what it is sent as."""

    extension: str
    content_type: str


OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
KINDS = {
    kind.extension: kind
    for kind in (
        Kind("pdf", "application/pdf"),
        Kind("png", "image/png"),
        Kind("jpg", "image/jpeg"),
        Kind("gif", "image/gif"),
        Kind("webp", "image/webp"),
        Kind("txt", "text/plain; charset=utf-8"),
        Kind("csv", "text/csv; charset=utf-8"),
        Kind("md", "text/markdown; charset=utf-8"),
        Kind("rtf", "application/rtf"),
        Kind("docx", f"{OOXML}.wordprocessingml.document"),
        Kind("xlsx", f"{OOXML}.spreadsheetml.sheet"),
        Kind("pptx", f"{OOXML}.presentationml.presentation"),
        Kind("odt", f"{ODF}.text"),
        Kind("ods", f"{ODF}.spreadsheet"),
        Kind("odp", f"{ODF}.presentation"),
    )
}
WHAT_WE_TAKE = _(
    "This is not a kind of file we take. PDF, pictures (PNG, JPEG, GIF, WebP), text and documents of Word, Excel, "
    "PowerPoint or LibreOffice are. Save it as PDF, and that will do."
)
EMPTY = _("This file is empty. Choose the file again, or another one.")
OLD_OR_LOCKED = _(
    "This is a file of an old Office program, or it has a password. Save it as .docx, .xlsx, .pptx or PDF without a "
    "password, and that will do."
)
DAMAGED = _(
    "This file is damaged. Open it in the program it was made with, save it again and choose that, or save it as PDF."
)
AN_ARCHIVE = _(
    "This is an archive of files, or a kind of document we do not know. Add the files one by one, or save it as PDF, "
    "and that will do."
)
TOO_MUCH = _("Far more is packed into this file than a document holds. Save it as PDF, and that will do.")
MACROS = _(
    "This document carries macros, which can harm whoever opens it. Save it without macros, as .docx, .xlsx, .pptx or "
    "PDF, and that will do."
)
A_PAGE = _(
    "This is a web page or an SVG drawing, which can carry programs. Save it as PDF or as a PNG, and that will do."
)
SIGNATURES = (
    (re.compile(rb"%PDF-\d"), "pdf"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"\xff\xd8\xff"), "jpg"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "webp"),
    (re.compile(rb"\{\\rtf\d"), "rtf"),
)
MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
ODF_TYPES = {f"{ODF}.{what}".encode(): extension for what, extension in (
    ("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp"),
)}  # fmt: skip
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# At the start, or a program anywhere; a Markdown file may well say <b> in its middle.
MARKUP = re.compile(r"\s*<[a-z!?]|.*<(?:script|svg|html|iframe|object|embed)\b", re.IGNORECASE | re.DOTALL)
BYTE_ORDER = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


class NotTaken(ValueError):
    """Say why a file is not taken, and what would be."""

    def __init__(self, words: "str | Promise") -> None:
        super().__init__(str(words))


def kind_of(content: bytes, name: str) -> Kind:
    """Return which kind of file ``content`` is. Of texts alone the name says whether it is a table or Markdown.

    :raises NotTaken: if it is none of those we take.
    """
    if not content:
        raise NotTaken(EMPTY)
    found = next((extension for sign, extension in SIGNATURES if sign.match(content)), "")
    if content.startswith(b"PK\x03\x04"):
        found = _inside_zip(content)
    if content.startswith(OLD_OFFICE):
        raise NotTaken(OLD_OR_LOCKED)
    return KINDS[found or _text_kind(content, name)]


def _inside_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _document_kind(archive)
    except NotTaken:
        raise
    except BROKEN_ZIP as error:
        raise NotTaken(DAMAGED) from error


def _document_kind(archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotTaken(TOO_MUCH)
    kind = _office_kind(archive, names) or _open_document_kind(archive, parts)
    if not kind or any(name.startswith("/") or ".." in PurePath(name).parts for name in names):
        raise NotTaken(AN_ARCHIVE)
    if _has_macros(archive, names):
        raise NotTaken(MACROS)
    return kind


def _office_kind(archive: zipfile.ZipFile, names: Sequence[str]) -> str:
    if "[Content_Types].xml" not in names:
        return ""
    return next((kind for part, kind in MAIN_PARTS.items() if part in names), "")


def _open_document_kind(archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> str:
    first = parts[0] if parts else None
    if first is None or first.filename != "mimetype" or "content.xml" not in archive.namelist():
        return ""
    return ODF_TYPES.get(_read(archive, first.filename).strip(), "")


def _has_macros(archive: zipfile.ZipFile, names: Sequence[str]) -> bool:
    lowered = [name.lower() for name in names]
    programs = any(name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")) for name in lowered)
    types = _read(archive, "[Content_Types].xml").lower() if "[Content_Types].xml" in names else b""
    return programs or b"macroenabled" in types or b"vbaproject" in types


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read a part of an archive, never more of it than a document needs there."""
    with archive.open(name) as part:
        return part.read(LONGEST_PART_READ)


def _text_kind(content: bytes, name: str) -> str:
    text = _as_text(content)
    if text is None or NOT_TEXT.search(text):
        raise NotTaken(WHAT_WE_TAKE)
    if MARKUP.match(text):
        raise NotTaken(A_PAGE)
    extension = PurePath(name).suffix.lower()
    return {".csv": "csv", ".md": "md", ".markdown": "md"}.get(extension, "txt")


def _as_text(content: bytes) -> str | None:
    """Return what a text says: in Unicode, or in the letters of older Windows; None where it is none."""
    marked = next((encoding for mark, encoding in BYTE_ORDER.items() if content.startswith(mark)), "")
    for encoding in [marked] if marked else ["utf-8", "cp1252"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
