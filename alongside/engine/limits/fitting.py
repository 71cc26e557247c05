"""Pairs that certainly keep every bound: taken one by one, those of greatest value first, while there is room."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from alongside.engine.table import BoolArray, IntArray
from alongside.engine.values.totals import Program

Pairs = tuple[IntArray, IntArray]


def pairs_of(marked: BoolArray) -> Pairs:
    """Return the rows and columns (sorted) of the marked pairs."""
    rows, columns = np.nonzero(marked)
    return rows, columns


def fits(program: Program, pairs: Pairs) -> bool:
    """Tell whether these pairs, each once, may be made and pass no total's most."""
    allowed = (program.values[pairs] >= 0).all()
    return bool(allowed and (program.totals.loads(*pairs) <= program.totals.most).all())


def fitting(program: Program, wished: BoolArray, others: BoolArray) -> Pairs:
    """Return as many of the wished pairs (n by m) as fit, and then of the others, in the order of their values."""
    counting_mentee, counting_mentor = _totals_of_people(program)
    room = program.totals.most.tolist()
    chosen = np.zeros_like(wished)
    for marked in (wished, others & ~wished):
        for row, column in _best_first(program, marked):
            counting = counting_mentee[row] + counting_mentor[column]
            if all(room[at] > 0 for at in counting):
                chosen[row, column] = True
                for at in counting:
                    room[at] -= 1
    return pairs_of(chosen)


def _best_first(program: Program, marked: BoolArray) -> Iterator[tuple[int, int]]:
    rows, columns = np.nonzero(marked & (program.values >= 0))
    order = np.argsort(-program.values[rows, columns], kind="stable")
    return zip(rows[order].tolist(), columns[order].tolist(), strict=True)


def _totals_of_people(program: Program) -> tuple[list[list[int]], list[list[int]]]:
    """Return the numbers of the totals that count each mentee's pairs, and each mentor's."""
    of_mentees, of_mentors = program.totals.of_mentees, program.totals.of_mentors
    mentees, mentors = [[i] for i in range(of_mentees.shape[1])], [[i] for i in range(of_mentors.shape[1])]
    for people, members, own in ((mentees, of_mentees, 0), (mentors, of_mentors, len(mentees))):
        for person in people:
            at = person[0]
            person[:] = [own + at, *(len(mentees) + len(mentors) + np.flatnonzero(members[:, at])).tolist()]
    return mentees, mentors
