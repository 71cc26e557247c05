"""What of a table of groups may be shown, so that nobody can be found in it, nor worked out from the total."""

from __future__ import annotations

from collections.abc import Mapping

ROUNDED_TO = 5
"""Counts of people are shown to the nearest 5, so that two figures never differ by one person."""

Cells = tuple[int, ...]
"""The counts of people a figure about one group is made of."""


def hidden(rows: Mapping[str, Cells], least: Cells, already: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the groups whose figure must not be shown.

    These are the groups where any cell is below its limit in `least`, those hidden `already`, and so many of the
    next smallest that the total less the shown groups gives none of them away (`_safe`); if need be, all. All
    that are hidden must be worded alike: then a report would read the same if their people were exchanged.
    """
    chosen = {label for label, cells in rows.items() if _below(cells, least)} | already
    for label in sorted(rows.keys() - chosen, key=lambda label: (min(rows[label]), label)):
        if not chosen or _safe(rows, chosen, least):
            break
        chosen.add(label)
    return frozenset(chosen)


def _safe(rows: Mapping[str, Cells], chosen: set[str], least: Cells) -> bool:
    """Tell whether what the shown groups leave of the total can be split among the hidden ones in several ways.

    A single group is the rest itself. Several must reach every limit together, with one more for each, or all
    might be known to be as small as can be. Nor may they be so large that the small one must be as large as it
    can: whoever knows that the next smallest are hidden knows that none of the others is above the smallest shown.
    """
    if len(chosen) < 2 or _below(total(rows, chosen), tuple(limit + len(chosen) for limit in least)):
        return False
    largest = min(least) - 1
    others = max(largest, min(min(cells) for label, cells in rows.items() if label not in chosen))
    at_least = sum(min(rows[label]) for label in chosen) - (len(chosen) - 1) * others
    return largest - at_least >= largest // 2


def total(rows: Mapping[str, Cells], labels: set[str] | frozenset[str] | None = None) -> Cells:
    """Return the cells of some groups together, of all where none are named."""
    chosen = (cells for label, cells in rows.items() if labels is None or label in labels)
    return tuple(map(sum, zip(*chosen, strict=True)))


def shown_total(rows: Mapping[str, Cells], least: Cells) -> bool:
    """Tell whether the figure for all groups together may be shown."""
    return bool(rows) and not _below(total(rows), least)


def _below(cells: Cells, least: Cells) -> bool:
    return any(count < limit for count, limit in zip(cells, least, strict=True))


def rounded(count: int) -> int:
    """Return a count of people to the nearest 5, the half up."""
    return (count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def in_words(count: int, least: int) -> str:
    """Write a count so that nobody can be found in it: none, fewer than `least` (3 or more), or a rounded count."""
    if count == 0:
        return "nobody"
    least = max(least, ROUNDED_TO // 2 + 1)
    return f"fewer than {least} people" if count < least else f"about {rounded(count)} people"
