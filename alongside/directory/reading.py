"""Organisations from a spreadsheet: what each row says of one, and every cell that could not be understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from alongside import sheets
from alongside.finding.offers import Cost
from alongside.finding.reading import understood
from alongside.finding.vocabulary import Kind, topic_of
from alongside.places.gazetteer import find
from alongside.places.regions import TILES
from alongside.sheets.emails import is_email

KM = 25
"""How far around its town an organisation is taken to reach, where the sheet does not say."""
MOST = 2000

# What people call the columns, in small letters; the first that fits a header wins.
COLUMNS: list[tuple[str, str]] = [
    ("email", r"e-?mail|contact address"),
    ("website", r"web|url|site|www"),
    ("telephone", r"phone|tel\b|mobile"),
    ("name", r"organisation|organization|provider|scheme|\bname\b|charity"),
    ("regions", r"region|area|nation"),
    ("town", r"town|city|place|location|postcode|where|address"),
    ("topics", r"topic|help|service|support|expertise|need|offer"),
    ("sectors", r"sector|industry|line of work"),
    ("audiences", r"audience|for whom|who for|client|group|beneficiar"),
    ("cost", r"cost|fee|price|free|paid|charge"),
    ("online", r"online|remote|virtual"),
    ("run_by", r"run by|type|kind|legal|status"),
    ("summary", r"summary|description|about|what"),
]
NO = {"no", "n", "false", "0", "none", "-", "in person", "face to face"}


@dataclass
class Entry:
    """One organisation of a sheet: its row, what is said of it, and what could not be understood."""

    row: int
    name: str
    said: dict[str, Any]
    remarks: list[str] = field(default_factory=list)
    stopped: bool = False


@dataclass(frozen=True)
class Read:
    """The organisations of a sheet, what each column was taken for, and the headers that say nothing to us."""

    entries: list[Entry]
    columns: dict[str, str]
    left_out: list[str]


def read_organisations(data: bytes, file_name: str) -> Read:
    """Read the organisations in a spreadsheet.

    :raises UnreadableFile: if it is no spreadsheet, or names no organisations.
    """
    table = sheets.find_table(sheets.choose_sheet(sheets.open_workbook(data, file_name)))
    meant = dict(_recognised([column.header for column in table.columns]))
    if "name" not in meant.values():
        raise sheets.UnreadableFile(
            "no names", "No column says what the organisations are called. Name one “Organisation”, and drop it again."
        )
    if len(table.rows) > MOST:
        raise sheets.UnreadableFile("too many", f"There are more than {MOST} rows. Drop them in several files.")
    entries = [
        _entry(row.number, dict(_cells(row.cells, meant))) for row in table.rows if any(map(str.strip, row.cells))
    ]
    _mark_twice(entries)
    headers = [column.header for column in table.columns]
    known = {headers[place]: kind for place, kind in meant.items()}
    return Read(entries, known, [header for header in headers if header not in known])


def _recognised(headers: list[str]) -> Iterator[tuple[int, str]]:
    taken: set[str] = set()
    for place, header in enumerate(headers):
        for kind, pattern in COLUMNS:
            if kind not in taken and re.search(pattern, header.casefold()):
                taken.add(kind)
                yield place, kind
                break


def _cells(cells: tuple[str, ...], meant: dict[int, str]) -> Iterator[tuple[str, str]]:
    yield from ((kind, cells[place].strip()) for place, kind in meant.items() if cells[place].strip())


def _entry(row: int, cells: dict[str, str]) -> Entry:
    entry = Entry(row, " ".join(cells.get("name", "").split())[:200], {})
    if not entry.name:
        entry.stopped = True
        entry.remarks.append("It has no name. Write what it is called.")
    for kind, cell in cells.items():
        if kind in READERS:
            READERS[kind](entry, cell)
    entry.said.setdefault("topics", _topics_of(entry.said.get("summary", "")))
    return entry


def _summary(entry: Entry, cell: str) -> None:
    entry.said["summary"] = cell[:300]
    if len(cell) > 300:
        entry.said["about"] = cell[:6000]


def _email(entry: Entry, cell: str) -> None:
    if is_email(cell):
        entry.said["email"] = cell
    else:
        entry.remarks.append(f"“{cell[:60]}” is no email address. Without one enquiries go to the network.")


def _website(entry: Entry, cell: str) -> None:
    address = cell if re.match(r"https?://", cell) else f"https://{cell}"
    if re.fullmatch(r"https?://[^\s/.]+(\.[^\s/.]+)+(/\S*)?", address) and len(address) <= 300:
        entry.said["website"] = address
    else:
        entry.remarks.append(f"“{cell[:60]}” is no address of a website. Write it like www.example.org.")


def _town(entry: Entry, cell: str) -> None:
    place = find(cell)
    if place is None:
        entry.remarks.append(f"We do not know “{cell[:60]}”. Write a town, or the first half of a postcode.")
    else:
        middle = {"latitude": place.latitude, "longitude": place.longitude}
        entry.said["around"] = [{"name": place.name, **middle, "km": KM}]


def _regions(entry: Entry, cell: str) -> None:
    words = [part.strip() for part in re.split(r"[,;/\n]| and (?!the)", cell) if part.strip()]
    known = {region.casefold(): region for region in TILES}
    found = [known[word.casefold()] for word in words if word.casefold() in known]
    unknown = [word for word in words if word.casefold() not in known and not _everywhere(word)]
    entry.said["regions"] = found
    if unknown:
        entry.remarks.append(f"“{', '.join(unknown)[:80]}” is none of the twelve regions, such as “North West”.")


def _everywhere(word: str) -> bool:
    return word.casefold() in {"uk", "united kingdom", "national", "nationwide", "everywhere", "all"}


def _topics(entry: Entry, cell: str) -> None:
    found = _topics_of(cell)
    entry.said["topics"] = found
    if not found:
        entry.remarks.append(f"We do not know what “{cell[:60]}” helps with: it is found by its name and text alone.")


def _topics_of(text: str) -> list[str]:
    parts = [part for part in re.split(r"[,;\n]", text) if part.strip()]
    return list(dict.fromkeys(topic for part in parts for topic in topic_of(part)))


def _of_kind(kind: Kind) -> Callable[[Entry, str], None]:
    def read(entry: Entry, cell: str) -> None:
        need = understood(cell).need
        entry.said[kind] = list(need.sectors if kind == "sectors" else need.audiences)

    return read


def _cost(entry: Entry, cell: str) -> None:
    word = cell.casefold()
    paid = bool(re.search(r"£|\bpaid\b|\bfee|\bpay", word)) and "no fee" not in word
    free = "free" in word or word in {"none", "no", "0", "£0", "no fee"}
    entry.said["cost"] = (Cost.BOTH if paid and free else Cost.FREE if free or not paid else Cost.PAID).value
    entry.said["cost_words"] = cell[:300] if paid else ""


def _online(entry: Entry, cell: str) -> None:
    entry.said["online"] = cell.casefold() not in NO


def _plain(name: str, longest: int) -> Callable[[Entry, str], None]:
    def read(entry: Entry, cell: str) -> None:
        entry.said[name] = cell[:longest]

    return read


READERS: dict[str, Callable[[Entry, str], None]] = {
    "summary": _summary,
    "email": _email,
    "website": _website,
    "telephone": _plain("telephone", 40),
    "run_by": _plain("run_by", 300),
    "town": _town,
    "regions": _regions,
    "topics": _topics,
    "sectors": _of_kind("sectors"),
    "audiences": _of_kind("audiences"),
    "cost": _cost,
    "online": _online,
}


def _mark_twice(entries: list[Entry]) -> None:
    first: dict[str, int] = {}
    for entry in entries:
        name = entry.name.casefold()
        if name and name in first:
            entry.stopped = True
            entry.remarks.append(f"Row {first[name]} has the same name. Leave one of them out.")
        first.setdefault(name, entry.row)
