"""What the cells of a column look like, whatever its header says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from alongside.places import find, outward_code
from alongside.sheets.availability import read_availability
from alongside.sheets.fields import SpecialCategory
from alongside.sheets.languages import is_language
from alongside.sheets.marks import yes_or_no
from alongside.sheets.people import read_role
from alongside.sheets.seniority import is_grade
from alongside.sheets.special import SPECIAL_ANSWERS

SAMPLED = 400
EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
ROLE_WORDS = re.compile(r"\b(?:mentors?|mentees?|both|mentoring|mentored)\b", re.IGNORECASE)
NAME_WORD = re.compile(r"[^\W\d_][\w.'\u2019-]*", re.UNICODE)


def sample(cells: Sequence[str]) -> list[str]:
    """Return up to SAMPLED filled cells, from the whole length of a column, trimmed."""
    filled = [cell.strip() for cell in cells if cell and not cell.isspace()]
    step = max(1, len(filled) // SAMPLED)
    return filled[::step][:SAMPLED]


@dataclass(frozen=True)
class Contents:
    """A sample of a column's filled cells, and the share (0 to 1) of them that look like this or that."""

    cells: list[str]

    def share(self, looks_like: Callable[[str], object]) -> float:
        """Return the share of cells for which `looks_like` is true; 0 for a column without any."""
        return sum(1 for cell in self.cells if looks_like(cell)) / len(self.cells) if self.cells else 0.0

    @cached_property
    def emails(self) -> float:
        return self.share(lambda cell: len(cell) < 400 and EMAIL.search(cell))

    @cached_property
    def at_signs(self) -> float:
        return self.share(lambda cell: "@" in cell)

    @cached_property
    def answers(self) -> float:
        return self.share(lambda cell: yes_or_no(cell) is not None)

    @cached_property
    def postcodes(self) -> float:
        return self.share(lambda cell: len(cell) < 300 and outward_code(cell))

    @cached_property
    def places(self) -> float:
        return self.share(lambda cell: len(cell) < 60 and find(cell))

    @cached_property
    def roles(self) -> float:
        return self.share(lambda cell: len(cell) < 60 and ROLE_WORDS.search(cell) and read_role(cell))

    @cached_property
    def times(self) -> float:
        return self.share(lambda cell: len(cell) < 200 and any(map(str.isalpha, cell)) and read_availability(cell)[0])

    @cached_property
    def languages(self) -> float:
        return self.share(lambda cell: len(cell) < 100 and is_language(re.split(r"[,;(/&\n]| and ", cell)[0]))

    @cached_property
    def grades(self) -> float:
        return self.share(is_grade)

    @cached_property
    def length(self) -> float:
        """The mean number of characters in a filled cell."""
        return sum(map(len, self.cells)) / len(self.cells) if self.cells else 0.0

    @cached_property
    def distinct(self) -> float:
        return len(set(self.cells)) / len(self.cells) if self.cells else 0.0

    @cached_property
    def numbers(self) -> float:
        return self.share(lambda cell: re.fullmatch(r"[\d.,/ :-]{1,20}", cell))

    @cached_property
    def names(self) -> float:
        return self.share(_is_name)

    @cached_property
    def prose(self) -> bool:
        """Long answers, nearly every one different."""
        return self.length > 90 and self.distinct > 0.5

    def special(self) -> SpecialCategory | None:
        """Return the special category most of the short answers belong to, part by part, if there is one."""
        short = [cell.casefold() for cell in self.cells if len(cell) < 80]
        parts = [part.strip() for cell in short for part in re.split(r"[,;\n]", cell) if part.strip()]
        parts = [part for part in parts if part not in {"prefer not to say", "none", "n/a", "no", "other"}]
        if len(short) * 2 <= len(self.cells) or not parts:
            return None
        shares = {
            category: sum(1 for part in parts if part in answers) / len(parts)
            for category, answers in SPECIAL_ANSWERS.items()
        }
        best = max(shares, key=lambda category: shares[category])
        if best is SpecialCategory.CONFIDENTIAL and self._mentions_sexuality(parts):
            best = SpecialCategory.SEXUALITY
        return best if sum(shares.values()) >= 0.6 and len(set(parts)) > 1 else None

    @staticmethod
    def _mentions_sexuality(parts: list[str]) -> bool:
        return any(part in SPECIAL_ANSWERS[SpecialCategory.SEXUALITY] for part in parts)


def _is_name(cell: str) -> bool:
    words = cell.replace(",", " ").split()
    if not 2 <= len(words) <= 5 or len(cell) > 60:
        return False
    return all(NAME_WORD.fullmatch(word) and not word[0].islower() for word in words)
