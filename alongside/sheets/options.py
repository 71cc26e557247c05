"""Several options in one cell, where an option may itself hold a comma."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from alongside.sheets.marks import says_nothing, weight_of_rank

BULLET = re.compile(r"^\s*(?:[•·▪◦‣*\u2013\u2014-]|\(?[a-z]\)|and\b|&)\s+", re.IGNORECASE)
NUMBERED = re.compile(r"^\s*\(?([1-9])\s*[.):\-]\s*(?=\D)")
NUMBERED_INSIDE = re.compile(r"(?<=[^\s\d])[\s,;]+(?=\(?[1-9]\s*[.):]\s*\D)")
ALWAYS_TOGETHER = 5  # times two pieces are seen, and never apart, before they are one option
TOGETHER_IN_LOWER_CASE = 2  # the same, where the second starts in lower case and options otherwise do not
LONGEST_CELL = 5_000


@dataclass(frozen=True, slots=True)
class Splitter:
    """How the cells of one column come apart: by semicolons or by commas, and the pairs of pieces kept
    whole.
    """

    semicolons: bool = False
    whole: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def split(self, cell: str) -> list[tuple[str, float]]:
        """Return the options in a cell with their weights (0 to 1), in their order, each once.

        "1. Pricing; 2. Hiring" is a ranking, whose weights fall; otherwise every weight is 1.
        """
        pieces = self.pieces(cell[:LONGEST_CELL])
        ranked = [NUMBERED.match(piece) for piece in pieces]
        in_order = len(pieces) > 1 and all(ranked)
        found: dict[str, tuple[str, float]] = {}
        for piece, rank in zip(pieces, ranked, strict=True):
            label = tidy(piece)
            if label and not says_nothing(label):
                weight = weight_of_rank(int(rank[1])) if rank and in_order else 1.0
                found.setdefault(label.casefold(), (label, weight))
        return list(found.values())

    def pieces(self, cell: str) -> list[str]:
        """Return the pieces of a cell, commas inside options kept."""
        lines = [line for line in re.split(r"[\n\r]+|\s+\|\s+|\s+•\s*", cell) if line.strip()]
        if len(lines) == 1 and NUMBERED.match(cell):
            lines = NUMBERED_INSIDE.split(cell)
        parts = [part for line in lines for part in split_outside(line, ";")]
        if self.semicolons:
            return parts
        return [piece for part in parts for piece in self._by_commas(part)]

    def _by_commas(self, text: str) -> list[str]:
        joined: list[str] = []
        previous = ""
        for piece in split_outside(text, ","):
            key = tidy(piece).casefold()
            if joined and (previous, key) in self.whole:
                joined[-1] = f"{joined[-1].rstrip()},{piece}"
            else:
                joined.append(piece)
            previous = key
        return joined


def learn_options(cells: Iterable[str]) -> Splitter:
    """Return how the cells of a column come apart, learnt from all of them.

    Where many use semicolons, commas belong to the options. Otherwise two pieces that are never seen apart
    are one option: after ALWAYS_TOGETHER cells, or sooner where the second starts in lower case.
    """
    filled = [cell[:LONGEST_CELL] for cell in cells if cell.strip()]
    with_semicolons = sum(1 for cell in filled if len(split_outside(cell, ";")) > 1 or cell.rstrip().endswith(";"))
    with_commas = sum(1 for cell in filled if "," in cell and ";" not in cell)
    if with_semicolons and with_semicolons * 2 >= with_commas:
        return Splitter(semicolons=True)
    plain = Splitter()
    return Splitter(whole=_never_apart([split_pieces for cell in filled if (split_pieces := plain.pieces(cell))]))


def split_outside(text: str, separator: str) -> list[str]:
    """Split at a separator, but not inside brackets, and not at a comma between digits.

    Brackets that are never closed count for nothing.
    """
    depth, start, parts = 0, 0, []
    balanced = text.count("(") == text.count(")")
    for index, char in enumerate(text):
        if char in "()" and balanced:
            depth = max(0, depth + (1 if char == "(" else -1))
        elif char == separator and not depth and not _between_digits(text, index):
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    return [part for part in parts if part.strip()]


def tidy(piece: str) -> str:
    """Return an option without its bullet, number, spaces or final full stop."""
    text = NUMBERED.sub("", BULLET.sub("", " ".join(piece.split())))
    return text.strip(" \t.,;").strip() if not text.endswith("etc.") else text.strip()


def _between_digits(text: str, index: int) -> bool:
    return text[index] == "," and text[index - 1 : index].isdigit() and text[index + 1 : index + 2].isdigit()


def _never_apart(cells: Sequence[list[str]]) -> frozenset[tuple[str, str]]:
    single, pairs = Counter[str](), Counter[tuple[str, str]]()
    lower = Counter[str]()
    for pieces in cells:
        keys = [tidy(piece) for piece in pieces]
        single.update({key.casefold() for key in keys})
        lower.update({key.casefold() for key in keys if key[:1].islower()})
        pairs.update({(one.casefold(), two.casefold()) for one, two in pairwise(keys)})
    firsts = [tidy(pieces[0]) for pieces in cells]
    capitals = sum(1 for first in firsts if not first[:1].islower()) >= 0.8 * len(firsts)
    return frozenset(
        (one, two)
        for (one, two), times in pairs.items()
        if times == single[one] == single[two]
        and times >= (TOGETHER_IN_LOWER_CASE if capitals and lower[two] == times else ALWAYS_TOGETHER)
    )
