"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import json
import re

from alongside.sheets.limits import UnreadableFile

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE_AS = "Open it in your spreadsheet program, choose “Save as”, pick XLSX or CSV, and drop that file here."

# First bytes of what people drop by mistake, and what to call it.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"RIFF", "a picture, a sound or a film"),
    (b"ID3", "a sound"),
    (b"\x1f\x8b", "a compressed file (gz)"),
    (b"BZh", "a compressed file (bz2)"),
    (b"\xfd7zXZ", "a compressed file (xz)"),
    (b"7z\xbc\xaf", "a compressed folder (7z)"),
    (b"Rar!", "a compressed folder (rar)"),
    (b"PK\x05\x06", "an empty zip folder"),
    (b"PK\x07\x08", "a zip folder in several parts"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a data file for programs (Parquet)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"BEGIN:VCARD", "an address card (vCard)"),
    (b"BEGIN:VCALENDAR", "a calendar"),
)
PICTURE_WORDS = re.compile(r"^BM[\w ,;\t]", re.ASCII)


def refuse_known_strangers(data: bytes) -> None:
    """Refuse what is plainly something else.

    :raises UnreadableFile: if the first bytes are those of another kind of file
    """
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, what in SIGNATURES:
        if start.startswith(signature) and not (signature == b"BM" and _reads_as_text(data[:64])):
            raise not_a_spreadsheet(what, _advice(what))
    if start.startswith((b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")):
        raise not_a_spreadsheet("a spreadsheet from a very old version of Excel", SAVE_AS)


def refuse_other_text(text: str) -> None:
    """Refuse text that is not a table of cells: a web page, or data for programs.

    :raises UnreadableFile: if the text is HTML, XML or JSON
    """
    start = text[:2000].lstrip("\ufeff \t\r\n\x00").lower()
    if start.startswith(("<!doctype html", "<html", "<table", "<head", "<body", "<meta")):
        raise not_a_spreadsheet("a web page, whatever its name says", SAVE_AS)
    if start.startswith("<?xml") or re.match(r"<[a-z!?][^>,;\n]*>", start):
        raise not_a_spreadsheet("an XML file", SAVE_AS)
    if start[:1] in {"{", "["} and _is_json(text):
        raise not_a_spreadsheet("a data file for programs (JSON)", "Ask whoever sent it for an XLSX or CSV file.")


def not_a_spreadsheet(what: str, advice: str = SAVE_AS) -> UnreadableFile:
    """Return the refusal of a file that is `what`."""
    return UnreadableFile("not_a_spreadsheet", f"This is {what}, not a spreadsheet. {advice}")


def _advice(what: str) -> str:
    if "compressed" in what or "zip" in what:
        return "Open it, take the spreadsheet out, and drop that here."
    return "Drop the spreadsheet itself: XLSX, XLS, ODS or CSV."


def _reads_as_text(start: bytes) -> bool:
    return PICTURE_WORDS.match(start.decode("latin-1")) is not None and b"\x00" not in start


def _is_json(text: str) -> bool:
    """Tell whether the text, or its first line, is a JSON object or list."""
    for piece in (text.strip("\ufeff \t\r\n"), text.strip("\ufeff \t\r\n").partition("\n")[0]):
        try:
            return isinstance(json.loads(piece), dict | list)
        except (ValueError, RecursionError):
            continue
    return False
