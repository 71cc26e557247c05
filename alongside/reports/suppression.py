"""Counts of people as strangers to them may see them: small ones hidden, the others rounded.

The rules are those of official statistics (rounding to 5, small counts as "fewer than 5", no breakdown of a small
group, none that shows that everybody is the same). What they do not do stands in ``docs/figures.md``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

SMALLEST = 5
SPECIAL = 10
"""The smallest count shown where a table tells of what the law protects specially."""
SMALLEST_GROUP = 10
"""The smallest group that is broken down at all."""
BASE = 5
MANY = 10**12
"""More than any count is."""

Key = tuple[str, str]


def suppressed(count: int) -> str:
    """Write a count of people so that nobody can be found in it.

    None at all is said; from 1 to 4 is "fewer than 5"; more is rounded to the nearest 5, so that two figures never
    differ by one person.
    """
    return shown(count).text


def roughly(count: int) -> str:
    """Say a count of people in a sentence so that nobody can be found in it: none, a few, or about so many."""
    if count == 0:
        return _("none")
    return _("a few") if count < SMALLEST else _("about %(number)s") % {"number": suppressed(count)}


@dataclass(frozen=True)
class Shown:
    """A count as it may be shown. ``number`` is what may be reckoned with; None where it is not shown at all.

    Fewer than the smallest is 0 in ``number``, so that nothing made of it says more than the words do.
    """

    text: str
    number: int | None
    small: bool = False

    @property
    def hidden(self) -> bool:
        return self.number is None


@dataclass(frozen=True)
class Table:
    """Exact counts of a group by one or two traits; "" in place of a row or a column is its total.

    Totals are counted for themselves, as somebody may be in two columns. What is not in ``cells`` is 0.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[Key, int]


def not_shown() -> Shown:
    """Return what stands where a figure is not shown; it never says which rule hid it."""
    return Shown(_("not shown"), None)


def shown(count: int, *, smallest: int = SMALLEST) -> Shown:
    """Return a count as it may be shown by itself."""
    if count == 0:
        return Shown("0", 0)
    if count < smallest:
        return Shown(_("fewer than %(smallest)s") % {"smallest": smallest}, 0, small=True)
    number = (count + BASE // 2) // BASE * BASE
    return Shown(f"{number:,}", number)


def published(table: Table, *, smallest: int = SMALLEST, hidden: Iterable[Key] = ()) -> dict[Key, Shown]:
    """Return a table as it may be published, totals with it.

    Cells and totals are rounded each by itself, from the exact counts. A line (a row or a column) is not broken down
    where its group is small, where all of it is in one cell, or where the rest of the table would leave a small
    cell fewer than four possible counts.

    :param smallest: `SPECIAL` for what the law protects specially.
    :param hidden: cells that are not shown for another reason.
    """
    closed = set(hidden)
    closed.update(key for line in _lines(table) if _is_small_or_all_in_one(line, table) for key in line.keys)
    while more := _telling(table, closed, smallest):
        closed |= more
    counts = {key: table.cells.get(key, 0) for key in _keys(table)}
    return {key: not_shown() if key in closed else shown(n, smallest=smallest) for key, n in counts.items()}


def gap(demand: Shown, supply: Shown) -> int | None:
    """Return demand less supply, from what is shown of both, so that it tells nothing more; None where one is not."""
    return None if demand.number is None or supply.number is None else demand.number - supply.number


@dataclass(frozen=True)
class _Line:
    keys: tuple[Key, ...]
    total: Key


def _keys(table: Table) -> Iterable[Key]:
    return ((row, column) for row in ("", *table.rows) for column in ("", *table.columns))


def _lines(table: Table) -> Iterable[_Line]:
    """Yield every row and every column, those of the totals among them."""
    for row in ("", *table.rows):
        yield _Line(tuple((row, column) for column in table.columns), (row, ""))
    for column in ("", *table.columns):
        yield _Line(tuple((row, column) for row in table.rows), ("", column))


def _is_small_or_all_in_one(line: _Line, table: Table) -> bool:
    whole = table.cells.get(line.total, 0)
    if 0 < whole < SMALLEST_GROUP:
        return True
    return whole > 0 and len(line.keys) > 1 and sum(bool(table.cells.get(key)) for key in line.keys) == 1


def _telling(table: Table, closed: set[Key], smallest: int) -> set[Key]:
    """Return the lines of small cells of which the rest of the table tells too much."""
    lines = [line for line in _lines(table) if not closed.issuperset(line.keys)]
    bounds = _narrowed(table, lines, closed, smallest)
    told = {key for key, (low, high) in bounds.items() if _is_told(table.cells.get(key, 0), low, high, smallest)}
    return {key for line in lines if told.intersection(line.keys) - closed for key in line.keys} - closed


def _is_told(count: int, low: int, high: int, smallest: int) -> bool:
    """Say whether a small count could be one of fewer than four."""
    return 0 < count < smallest and high - low < SMALLEST - 2


def _narrowed(table: Table, lines: list[_Line], closed: set[Key], smallest: int) -> dict[Key, tuple[int, int]]:
    """Return between what every count must lie, by all that is shown and by every line adding up to its total."""
    bounds = {key: (0, MANY) if key in closed else could_be(table.cells.get(key, 0), smallest) for key in _keys(table)}
    changed = True
    while changed:
        changed = sum(_narrow(line, bounds) for line in lines) > 0
    return bounds


def _narrow(line: _Line, bounds: dict[Key, tuple[int, int]]) -> bool:
    """Narrow what a line's total and its cells leave each other; say whether anything changed.

    A line that cannot add up is one in which somebody is counted twice: it says nothing.
    """
    low_sum, high_sum = (sum(bounds[key][end] for key in line.keys) for end in (0, 1))
    low, high = max(bounds[line.total][0], low_sum), min(bounds[line.total][1], high_sum)
    if low > high:
        return False
    found = {line.total: (low, high)}
    for key in line.keys:
        least, most = bounds[key]
        if least < most:
            found[key] = max(least, low - high_sum + most), min(most, high - low_sum + least)
    changed = any(bounds[key] != each for key, each in found.items())
    bounds.update(found)
    return changed


def could_be(count: int, smallest: int = SMALLEST) -> tuple[int, int]:
    """Return the least and the most that a count can be by what is shown of it."""
    if count == 0:
        return 0, 0
    if count < smallest:
        return 1, smallest - 1
    number = (count + BASE // 2) // BASE * BASE
    return max(smallest, number - BASE // 2), number + BASE // 2
