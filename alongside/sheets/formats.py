"""Number formats that change what a person reads: percentages, and zeros in front."""

from __future__ import annotations

import posixpath
import re
import zipfile
from decimal import Decimal, InvalidOperation

from alongside.sheets.limits import Limits
from alongside.sheets.markup import Extent, parse, scan_xlsx_sheet

BUILT_IN_PERCENT = {9: "0%", 10: "0.00%"}
PADDED = re.compile(r"0{2,}")
PERCENT = re.compile(r"[#0]+(?:\.(0+))?%")


class XlsxParts:
    """The parts of an XLSX file that say how it is put together: its sheets and its number formats."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = {name.replace("\\", "/").lstrip("/").lower(): name for name in archive.namelist()}
        self.sheets = self._sheets()
        self.formats = self._formats()

    def measure(self, limits: Limits) -> dict[str, dict[tuple[int, int], str]]:
        """Return, by sheet name, the format of each cell (row, column; zero-based) that has one of ours.

        :raises UnreadableFile: if a sheet is damaged or too large
        """
        found = {}
        for name, member in self.sheets:
            extent = Extent(limits, name)
            scan_xlsx_sheet(self.archive, member, extent, frozenset(self.formats))
            found[name] = {cell: self.formats[style] for cell, style in extent.styled.items()}
        return found

    def _sheets(self) -> list[tuple[str, str]]:
        """Return each sheet's name and its file in the archive; every sheet file, where that is not said."""
        targets: dict[str, str] = {}
        listed: list[tuple[str, str]] = []

        def relationship(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship":
                targets[attributes.get("Id", "")] = attributes.get("Target", "")

        def sheet(tag: str, attributes: dict[str, str]) -> None:
            if tag == "sheet":
                key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
                listed.append((attributes.get("name", ""), self._member(targets.get(key, ""))))

        self._parse_if_there("xl/_rels/workbook.xml.rels", relationship)
        self._parse_if_there("xl/workbook.xml", sheet)
        known = {member for _, member in listed}
        files = [real for name, real in self.names.items() if re.match(r"xl/worksheets/[^/]+\.xml$", name)]
        return [pair for pair in listed if pair[1]] + [("", real) for real in files if real not in known]

    def _member(self, target: str) -> str:
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath("xl/" + target)
        return self.names.get(path.lower(), "") if "sheet" in path.lower() else ""

    def _formats(self) -> dict[int, str]:
        """Return the formats that matter by style number: percentages and zeros in front."""
        custom: dict[int, str] = dict(BUILT_IN_PERCENT)
        styles: list[int] = []
        inside: list[str] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            inside.append(tag)
            if tag == "numFmt" and _matters(attributes.get("formatCode", "")):
                custom[int(attributes["numFmtId"])] = attributes["formatCode"]
            elif tag == "xf" and inside[-2:-1] == ["cellXfs"]:
                styles.append(int(attributes.get("numFmtId", "0")))

        self._parse_if_there("xl/styles.xml", start, lambda tag: inside.pop())
        return {index: custom[number] for index, number in enumerate(styles) if number in custom}

    def _parse_if_there(self, name: str, *handlers: object) -> None:
        if name in self.names:
            parse(self.archive, self.names[name], *handlers)  # type: ignore[arg-type]


def show(text: str, number_format: str) -> str:
    """Return a plain number as its format shows it: "0.5" by "0%" as "50%", "7700900123" by eleven zeros."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    percent = PERCENT.search(number_format)
    if percent:
        return f"{value * 100:.{len(percent[1] or '')}f}%"
    return str(value).zfill(len(number_format)) if value == value.to_integral() and value >= 0 else text


def _matters(code: str) -> bool:
    """Tell whether a format is a percentage or nothing but zeros, so that it pads."""
    return bool(PERCENT.search(code)) or PADDED.fullmatch(code) is not None
