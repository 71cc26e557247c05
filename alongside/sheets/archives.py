"""The zip folders that XLSX and ODS files are: what is inside, and whether it is safe to unpack."""

from __future__ import annotations

import io
import zipfile
import zlib

from alongside.sheets.kinds import not_a_spreadsheet
from alongside.sheets.limits import Limits, UnreadableFile, megabytes

SMALL = 10 * 1024 * 1024  # bytes unpacked, below which no ratio is worth refusing
TAKE_OUT = "Open it, take the spreadsheet out, and drop that here."


def open_archive(data: bytes, limits: Limits) -> tuple[str, zipfile.ZipFile]:
    """Return what the archive is ("xlsx", "xlsb" or "ods") and the archive itself.

    :raises UnreadableFile: if it is a bomb, locked, damaged, or no spreadsheet
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError, UnicodeError) as error:
        raise damaged() from error
    _refuse_bombs(archive, len(data), limits)
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise locked()
    return _kind(archive), archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of one file in the archive.

    :raises UnreadableFile: if it is missing or damaged
    """
    try:
        return archive.read(name)
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise damaged() from error


def _refuse_bombs(archive: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > limits.max_unpacked_bytes or unpacked > max(SMALL, packed * limits.max_ratio):
        raise UnreadableFile(
            "zip_bomb",
            f"This file would unpack to {megabytes(unpacked)}, far more than a list of people holds."
            " Copy the list alone into a new spreadsheet and drop that here.",
        )


def _kind(archive: zipfile.ZipFile) -> str:
    names = {name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist()}
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "content.xml" in names:
        return _open_document(archive)
    raise _other(names)


def _open_document(archive: zipfile.ZipFile) -> str:
    if "META-INF/manifest.xml" in archive.namelist():
        manifest = read_member(archive, "META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise locked()
    kind = read_member(archive, "mimetype") if "mimetype" in archive.namelist() else b"spreadsheet"
    if b"spreadsheet" not in kind:
        raise not_a_spreadsheet("a text document or a presentation")
    return "ods"


def _other(names: set[str]) -> UnreadableFile:
    """Return the refusal of an archive that is no spreadsheet, saying what it is where that is known."""
    if any(name.endswith(".iwa") for name in names):
        return not_a_spreadsheet(
            "an Apple Numbers, Pages or Keynote file",
            "In Numbers choose File, Export To, Excel, and drop that file here.",
        )
    if any(name.startswith("word/") for name in names):
        return not_a_spreadsheet("a Word document", "Copy its table into a spreadsheet and drop that here.")
    if any(name.startswith("ppt/") for name in names):
        return not_a_spreadsheet("a presentation", "Copy its table into a spreadsheet and drop that here.")
    if not names:
        return not_a_spreadsheet("an empty zip folder", TAKE_OUT)
    return not_a_spreadsheet("a zip folder", TAKE_OUT)


def locked() -> UnreadableFile:
    """Return the refusal of a file with a password."""
    return UnreadableFile(
        "encrypted",
        "This spreadsheet is locked with a password. Open it, take the password off (File, Info, Protect),"
        " save it, and drop it here again.",
    )


def damaged() -> UnreadableFile:
    """Return the refusal of a file that is a spreadsheet but cannot be read."""
    return UnreadableFile(
        "damaged",
        "This spreadsheet is damaged and cannot be read. Open it in your spreadsheet program, save it again"
        " as XLSX, and drop the new file here.",
    )
