"""What headings look like, and how those of several rows become one."""

from __future__ import annotations

import re

HEADING_WORDS = re.compile(
    r"\b(names?|fore-?names?|sur-?names?|e-?mails?|phone|tel|mobile|organi[sz]ation|company|employer"
    r"|department|role|mentor|mentee|job|title|position|town|city|post-?code|location|region|area|address"
    r"|capacity|how many|needs?|help|support|expertise|skills?|topics?|experience|sector|industry|grade"
    r"|seniority|level|available|availability|languages?|prefer\w*|comments?|notes?|about you|bio\w*"
    r"|timestamp|start time|completion time|response id|submit date|id|date|gender|age|ethnicity|which"
    r"|what|when|where|why|who|do you|are you|would you|choice|enw|e-?bost|sefydliad|nom|nombre|naam"
    r"|vorname|nachname|pr[eé]nom|imi[eę]|nazwisko)\b",
    re.IGNORECASE,
)
VALUE = re.compile(
    r"[-+]?[£$€]?[\d.,:/ ]+%?"  # numbers, money, dates and times
    r"|[^@\s]+@[^@\s]+\.[^@\s]+|\d{4}-\d\d-\d\d.*|(?:yes|no|true|false|n/a|x)|https?://\S+",
    re.IGNORECASE,
)
LONGEST = 300
LONGEST_HEADER = 500  # characters of a header that are kept


def looks_like_value(cell: str) -> bool:
    """Tell whether a cell is an answer rather than a heading: a number, a date, an email address, yes, a
    link.
    """
    text = cell.strip()
    return len(text) <= LONGEST and VALUE.fullmatch(text) is not None


def looks_like_heading(cell: str) -> bool:
    """Tell whether a cell has a word that headings have."""
    return len(cell) <= LONGEST // 2 and HEADING_WORDS.search(cell) is not None


def join_headings(parts: list[str]) -> str:
    """Join the headings over one column, top first: "Needs" over "Pricing" gives "Needs: Pricing"."""
    joined = ""
    for part in (re.sub(r"\s+", " ", part).strip() for part in parts):
        if not part or part == joined:
            continue
        glue = " " if part.startswith("(") else ": "
        joined = f"{joined.rstrip(':')}{glue}{part}" if joined else part
    return joined


def name_headings(headings: list[str]) -> list[str]:
    """Name blank headings by their column ("Column C") and number those met before ("Name (2)")."""
    named: list[str] = []
    taken: set[str] = set()
    times: dict[str, int] = {}
    for index, heading in enumerate(headings):
        plain = heading[:LONGEST_HEADER].strip() or f"Column {column_letter(index)}"
        name = plain
        while name in taken:
            times[plain] = times.get(plain, 1) + 1
            name = f"{plain} ({times[plain]})"
        taken.add(name)
        named.append(name)
    return named


def column_letter(index: int) -> str:
    """Return the letters of a column: 0 gives "A", 26 gives "AA"."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
