"""Short lists of mentors to choose from, on which nobody is shown to more people than she could bear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from alongside.engine.table import NEVER, IntArray

REACH = 10
"""How many times the size of a list is looked at first; whoever is still short then looks at everybody."""


def shortlists(worth: IntArray, paired: list[tuple[int, int]], limits: IntArray, size: int) -> list[list[int]]:
    """Return for each row up to `size` columns, best first, the paired ones always among them.

    The pairs closest to what their mentee could at best have come first, over all mentees at once, as long
    as a mentor is on fewer lists than her limit; so a list is shortened only where every mentor left on it
    is shown enough.

    :param worth: n by m, the value of each pair less the mentor's price, or NEVER.
    :param limits: m, on how many lists each mentor may stand; at least her pairs.
    """
    lists: list[list[int]] = [[] for _ in worth]
    room = limits.copy()
    for row, column in paired:
        lists[row].append(column)
        room[column] -= 1
    _fill(lists, room, _closest_first(worth, REACH * size), size)
    short = np.array([len(columns) < size for columns in lists])
    _fill(lists, room, _closest_first(np.where(short[:, None], worth, NEVER), worth.shape[1]), size)
    own = set(paired)
    return [_best_first(row, columns, worth, own) for row, columns in enumerate(lists)]


def _best_first(row: int, columns: list[int], worth: IntArray, own: set[tuple[int, int]]) -> list[int]:
    return sorted(columns, key=lambda column: ((row, column) not in own, -worth[row, column], column))


def _fill(lists: list[list[int]], room: IntArray, pairs: Iterable[tuple[int, int]], size: int) -> None:
    """Put each pair on its list, in the order given, while the list and the mentor have room."""
    for row, column in pairs:
        if room[column] > 0 and len(lists[row]) < size and column not in lists[row]:
            lists[row].append(column)
            room[column] -= 1


def _closest_first(worth: IntArray, reach: int) -> Iterator[tuple[int, int]]:
    """Return the possible pairs by what their mentee would lose against her best, least first.

    Only the `reach` best of each row are looked at.
    """
    if not worth.size:
        return iter(())
    reach = min(reach, worth.shape[1])
    near = np.argpartition(-worth, reach - 1, axis=1)[:, :reach]
    columns, rows = near.ravel(), np.repeat(np.arange(len(worth)), reach)
    possible = worth[rows, columns] != NEVER
    rows, columns = rows[possible], columns[possible]
    order = np.lexsort((columns, rows, worth.max(axis=1)[rows] - worth[rows, columns]))
    return zip(rows[order].tolist(), columns[order].tolist(), strict=True)
