"""Names and roles."""

from __future__ import annotations

import re
import unicodedata

from alongside.sheets.emails import INVISIBLE
from alongside.sheets.marks import yes_or_no

AFTER_NAMES = re.compile(
    r"(?:jr|sr|ii|iii|phd|ph\.d|md|obe|mbe|cbe|kc|qc|esq|ba|bsc|ma|msc|mba|frsa|acca|aca|fca|jp|dl|mp|ms"
    r"|cllr)\.?",
    re.IGNORECASE,
)
MENTEE = re.compile(
    r"\b(?:mentees?|prot[eé]g[eé]e?s?|be mentored|being mentored|mentored|learners?|(?:find|need|want"
    r"|like|seek|seeking|have|get|looking for|match me with|receive|receiving) (?:(?!to "
    r"|be)\w+ ){0,2}(?:a mentor|mentors|mentor|mentoring))\b",
    re.IGNORECASE,
)
MENTOR = re.compile(
    r"\b(?:mentors?|be(?:come|ing)? (?:a )?mentor|mentor others|offer(?:ing)? mentoring"
    r"|volunteer(?:ing)? as a mentor)\b",
    re.IGNORECASE,
)
BOTH = re.compile(r"\b(?:both|either|mentor and mentee|mentee and mentor|mentor/mentee|mentee/mentor)\b", re.IGNORECASE)
Roles = tuple[str, ...]


def tidy_name(cell: str) -> str:
    """Return a name with single spaces and no invisible characters, otherwise as its owner writes it."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", cell[:300]))
    text = "".join(" " if unicodedata.category(char) == "Cc" else char for char in text)
    return " ".join(re.sub(r"^\s*'(?=[=+\-@])", "", text).split())


def first_name_first(name: str) -> str:
    """Return "Dafydd Jones" for "Jones, Dafydd"; letters after a name ("Jo Smith, OBE") stay where they
    are.
    """
    surname, comma, first = name.partition(",")
    first = first.strip()
    if not comma or "," in first or not first or not surname.strip():
        return name
    if AFTER_NAMES.fullmatch(first) or len(first.split()) > 3:
        return name
    return f"{first} {surname.strip()}"


def read_role(cell: str, header: str = "") -> Roles:
    """Return the roles a cell gives: ("mentor",), ("mentee",), both, or none where it does not say.

    A yes or no answers the header: under "Do you want to be a mentor?" yes is a mentor and no a mentee; under
    "Both mentor and mentee" yes is both and no says nothing.
    """
    answer = yes_or_no(cell)
    if answer is not None:
        return _answered(answer, header)
    text = cell[:500]
    if BOTH.search(text):
        return ("mentor", "mentee")
    wants = MENTEE.search(text) is not None
    offers = MENTOR.search(MENTEE.sub(" ", text)) is not None
    return tuple(role for role, said in (("mentor", offers), ("mentee", wants)) if said)


def _answered(yes: bool, header: str) -> Roles:
    asked = read_role(header) if yes_or_no(header) is None else ()
    if yes or len(asked) != 1:
        return asked if yes else ()
    return ("mentee",) if asked == ("mentor",) else ("mentor",)
