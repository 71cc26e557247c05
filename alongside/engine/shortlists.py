"""Short lists of mentors to choose from, on which nobody is shown to more people than she could bear."""

from __future__ import annotations

import numpy as np

from alongside.engine.table import NEVER, IntArray


def shortlists(
    worth: IntArray, paired: list[tuple[int, int]], limits: IntArray, size: int
) -> list[list[int]]:
    """Return for each row up to `size` columns, best first, the paired ones always among them.

    The pairs closest to what their mentee could at best have come first, over all mentees at once, as long as a mentor is
    on fewer lists than her limit; so a list is shortened only where every mentor left on it is shown enough.

    :param worth: n × m, the value of each pair less the mentor's price, or NEVER.
    :param limits: m, on how many lists each mentor may stand; at least her pairs.
    """
    lists: list[list[int]] = [[] for _ in worth]
    room = limits.copy()
    for row, column in paired:
        lists[row].append(column)
        room[column] -= 1
    for row, column in _closest_first(worth):
        if room[column] > 0 and len(lists[row]) < size and column not in lists[row]:
            lists[row].append(column)
            room[column] -= 1
    own = set(paired)
    for row, columns in enumerate(lists):
        columns.sort(key=lambda column, row=row: ((row, column) not in own, -worth[row, column], column))
    return lists


def _closest_first(worth: IntArray) -> list[tuple[int, int]]:
    """Return the possible pairs by what their mentee would lose against her best, least first."""
    rows, columns = np.nonzero(worth != NEVER)
    if not len(rows):
        return []
    behind = worth.max(axis=1)[rows] - worth[rows, columns]
    order = np.lexsort((columns, rows, behind))
    return list(zip(rows[order].tolist(), columns[order].tolist(), strict=True))
