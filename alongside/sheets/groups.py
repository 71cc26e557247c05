"""Columns that belong together: one for each option of a question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from alongside.sheets.marks import weight_of_mark
from alongside.sheets.tables import Column

BRACKETED = re.compile(r"^(?P<stem>.*\S)\s*\[(?P<option>[^\[\]]+)\]\s*(?:\(\d+\))?$", re.DOTALL)
SELECTED = re.compile(r"^(?P<stem>.*\S)\s*-\s*Selected Choice\s*(?:-\s*(?P<option>.+))?$", re.DOTALL)
NUMBERED = re.compile(r"^(?P<stem>Q\d+(?:\.\d+)?)_(?P<option>\d+)$", re.IGNORECASE)
SEPARATORS = (": ", " - ", " \u2013 ", " / ", " > ", ". ", ".", "?: ", "? ")


@dataclass(frozen=True, slots=True)
class Option:
    """The question a column belongs to, and the option of it that the column stands for."""

    stem: str
    option: str


def find_options(columns: Sequence[Column], samples: Sequence[Sequence[str]]) -> dict[int, Option]:
    """Return, by column index, the question and option of every column that stands for one option.

    `samples` are the column's filled cells. A shared beginning counts only where the cells are marks (a
    tick, a yes, a rank, the option's own words), and brackets at the end always do.
    """
    found = _by_shape(columns, samples)
    found.update(_by_shared_stem([column for column in columns if column.index not in found], samples))
    found.update(_by_own_words([column for column in columns if column.index not in found], samples))
    return found


def split_selected(header: str) -> str:
    """Return a survey's question without the "- Selected Choice" its export adds."""
    match = SELECTED.match(header)
    return match["stem"] if match and not match["option"] else header


def _by_shape(columns: Sequence[Column], samples: Sequence[Sequence[str]]) -> dict[int, Option]:
    found = {}
    for column in columns:
        match = BRACKETED.match(column.header) or SELECTED.match(column.header)
        if match and match["option"] and not match["option"].endswith(("- Text", "please specify)")):
            found[column.index] = Option(match["stem"].strip(), match["option"].strip())
        elif (match := NUMBERED.match(column.header)) and are_marks(samples[column.index], ""):
            found[column.index] = Option(match["stem"], column.header)
        elif match:
            own = set(samples[column.index])
            if len(own) == 1:
                found[column.index] = Option(match["stem"], own.pop())
    return found


def _by_shared_stem(columns: Sequence[Column], samples: Sequence[Sequence[str]]) -> dict[int, Option]:
    for separator in SEPARATORS:
        stems: dict[str, list[tuple[Column, str]]] = defaultdict(list)
        for column in columns:
            stem, found, option = column.header.rpartition(separator)
            if found and stem.strip() and option.strip():
                stems[stem].append((column, option.strip()))
        groups = {stem: group for stem, group in stems.items() if _is_group(group, samples)}
        if groups:
            ending = separator.strip() if separator.startswith("?") else ""
            return {
                column.index: Option(stem + ending.rstrip(":"), option)
                for stem, group in groups.items()
                for column, option in group
            }
    return {}


def _is_group(group: list[tuple[Column, str]], samples: Sequence[Sequence[str]]) -> bool:
    filled = [(column, option) for column, option in group if samples[column.index]]
    marked = [pair for pair in filled if are_marks(samples[pair[0].index], pair[1])]
    return len(group) > 1 and len(filled) > 0 and len(marked) == len(filled)


def _by_own_words(columns: Sequence[Column], samples: Sequence[Sequence[str]]) -> dict[int, Option]:
    """Find columns whose every filled cell is the header itself, as Typeform writes a question's options."""
    own = {
        column.index
        for column in columns
        if samples[column.index] and {cell.strip() for cell in samples[column.index]} == {column.header}
    }
    return {
        column.index: Option("", column.header)
        for column in columns
        if column.index in own and {column.index - 1, column.index + 1} & own
    }


def are_marks(cells: Sequence[str], option: str) -> bool:
    """Tell whether every filled cell says how much an option is wanted; an empty column says nothing."""
    return all(weight_of_mark(cell, option) is not None for cell in set(cells)) and bool(cells)
