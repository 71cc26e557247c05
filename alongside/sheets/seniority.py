"""How senior someone is, from 1 (starting out) to 7 (at the head of an organisation)."""

from __future__ import annotations

import re

from alongside.sheets.numbers import find_numbers
from alongside.sheets.remarks import Remark

# The grades of the United Kingdom's civil service, whose eleven are taken as seven steps.
GRADES = {
    "aa": 1, "ao": 1, "eo": 2, "heo": 3, "heo(d)": 3, "faststream": 3, "seo": 4, "grade7": 5, "g7": 5,
    "grade6": 6,
    "g6": 6, "scs": 7, "scs1": 7, "scs2": 7, "scs3": 7, "scs4": 7, "scspayband1": 7, "scspayband2": 7,
    "scspayband3": 7, "deputydirector": 7, "directorgeneral": 7, "permanentsecretary": 7,
}  # fmt: skip

# Words of job titles and career stages, the highest first; the first that is there decides.
STAGES: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (step, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for step, words in (
        (
            3,
            r"assistant (?:director|head|manager)|deputy manager|executive (?:officer|assistant)"
            r"|account executive",
        ),
        (5, r"vice[- ]president|vp|deputy (?:head|director|chief|leader)|associate director"),
        (
            7,
            r"ceo|chief|c-?suite|c[a-z]o|founders?|co-?founder|owner|managing director|md|chair\w*"
            r"|president|board|proprietor|leader of the (?:council|group|opposition)|council leader"
            r"|executive director|partner",
        ),
        (
            6,
            r"director|executive|head teacher|headteacher|principal|cabinet member|portfolio holder"
            r"|professor",
        ),
        (5, r"head|senior manager|senior leader\w*|leader|expert|very senior"),
        (4, r"senior|managers?|lead|supervisor|experienced|advanced"),
        (
            3,
            r"mid|mid[- ]?level|middle|mid[- ]career|intermediate|officer|specialist|analyst|adviser"
            r"|advisor|councillor|consultant|engineer|established|team leader",
        ),
        (
            2,
            r"junior|assistant|associate|administrator|coordinator|co-ordinator|early(?:[- ]career)?"
            r"|early stage",
        ),
        (
            1,
            r"intern|student|apprentice|trainee|graduate|entry(?:[- ]level)?|starting|starter|start|new"
            r"|beginner|none|school leaver|unemployed",
        ),
    )
)
YEARS = re.compile(r"\b(?:years?|yrs?)\b", re.IGNORECASE)
STEPS_BY_YEARS = ((2, 1), (5, 2), (10, 3), (15, 4), (20, 5), (30, 6))
NOT_READ = Remark("seniority_unclear", "was not understood. Write a grade, a career stage such as senior, or 1 to 7.")


def read_seniority(cell: str, header: str = "") -> tuple[int | None, Remark | None]:
    """Return the step from 1 to 7, and a remark where the cell was not understood."""
    text = " ".join(cell.split())[:200]
    if not text or re.fullmatch(r"(?i)n/?a|prefer not to say|other|-", text):
        return None, None
    if _key(text) in GRADES:
        return GRADES[_key(text)], None
    numbers = find_numbers(text)
    if numbers and (YEARS.search(text) or YEARS.search(header)):
        return step_by_years(numbers[0]), None
    found = next((step for step, words in STAGES if words.search(text)), None)
    if found is None and numbers and 1 <= numbers[0] <= 7 and numbers[0].is_integer():
        return int(numbers[0]), None
    return found, None if found else NOT_READ


def step_by_years(years: float) -> int:
    """Return the step for years of experience: under 2, 5, 10, 15, 20 and 30 years are 1 to 6, more is 7."""
    return next((step for below, step in STEPS_BY_YEARS if years < below), 7)


def is_grade(cell: str) -> bool:
    """Tell whether a cell is a grade of the civil service."""
    return len(cell) < 30 and _key(cell) in GRADES


def _key(text: str) -> str:
    plain = re.sub(r"[\s._-]+", "", text.casefold())
    bracketed = re.sub(r"\(.*?\)|/.*", "", plain)
    return plain if plain in GRADES else bracketed.removesuffix("orequivalent")
