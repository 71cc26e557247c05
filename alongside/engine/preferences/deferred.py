"""Deferred acceptance on arrays: mentees propose, mentors hold the best so far and let the others go.

Gale and Shapley, College Admissions and the Stability of Marriage, American Mathematical Monthly 69 (1962);
with places on both sides: Roth, Stability and Polarization of Interests in Job Matching, Econometrica 52 (1984).
In whatever order mentees propose, the same pairs come out; so one loop does, and nothing depends on threads.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from alongside.engine.compiled import compiled
from alongside.engine.table import BoolArray, IntArray

NOBODY = -1

OPEN, CLOSED = np.iinfo(np.int64).max, np.iinfo(np.int64).min
"""The rank a mentee must be better than with a mentor who has room, and with one who never has."""


class Lists(NamedTuple):
    """Hold n mentees' lists end to end, E entries in all, and the places of m mentors.

    `starts` (n + 1) says where each list begins; `rows`, `columns` and `ranks` (E) are the mentee and the mentor of
    an entry and where he stands with her; `seats` (m + 1) says where the places of each mentor begin.
    """

    starts: IntArray
    rows: IntArray
    columns: IntArray
    ranks: IntArray
    wanted: IntArray
    places: IntArray
    seats: IntArray


class Held(NamedTuple):
    """Hold how far it has come: the next entry of each list, how many mentors hold each mentee, and whom.

    `upcoming` and `mentors` are n; `load` and `bar` m, the latter the rank a mentee must be better than; `entries` has
    a heap for each mentor from her first seat on, the one she likes least on top. `waiting` (n) is room for a stack.
    """

    upcoming: IntArray
    mentors: IntArray
    load: IntArray
    bar: IntArray
    entries: IntArray
    waiting: IntArray


def deferred_acceptance(
    starts: npt.ArrayLike,
    columns: npt.ArrayLike,
    ranks: npt.ArrayLike,
    wanted: npt.ArrayLike,
    places: npt.ArrayLike,
) -> BoolArray:
    """Return (E) which entries of the lists become pairs: the stable matching that is best for every mentee.

    :param starts: n + 1 integers; the list of mentee i are the entries from starts[i] up to starts[i + 1].
    :param columns: E integers below m, the mentors, best first within a list, each at most once, and only those
        who accept the mentee as well.
    :param ranks: E integers, where the mentee stands with that mentor: smaller is better, no two alike for a mentor.
    :param wanted: n integers from 0, how many mentors each mentee is to have at most.
    :param places: m integers from 0.
    :raises ValueError: if the shapes do not fit, or an entry names no mentor.
    """
    lists = _lists(starts, columns, ranks, wanted, places)
    return _entries_held(lists, _propose_all(lists))


def all_or_nothing(
    starts: npt.ArrayLike,
    columns: npt.ArrayLike,
    ranks: npt.ArrayLike,
    wanted: npt.ArrayLike,
    places: npt.ArrayLike,
    *,
    width: int,
    order: npt.ArrayLike,
) -> tuple[BoolArray, BoolArray]:
    """Match people of `width` lists each, who are to have all they want or nothing; return entries and withdrawals.

    Whoever has an empty list withdraws, then whoever is left with a part, all at once, until nobody is. That never
    harms those who stay: fewer compete. Then each who withdrew is let back, in turn and for as long as anybody can
    be: if each of her lists has a mentor who would have her, and nobody is then left with a part; or if none has, for
    then nothing moves. So in the end nobody who is out could come back and have all without leaving one with a part.
    Each turn may cost time in proportion to n + m; so with many thousands of withdrawals it takes seconds.

    The other parameters and errors are those of `deferred_acceptance`, person i having the lists i * width onwards.

    :param order: the people, n / width integers: who may come back first.
    :return: E, the entries that become pairs; n / width, who withdrew and stayed out.
    """
    lists = _lists(starts, columns, ranks, wanted, places)
    out = ((lists.wanted > 0) & (np.diff(lists.starts) == 0)).reshape(-1, width).any(axis=1)
    held = _propose_all(_without(lists, out, width))
    while (partly := _partly(lists, held, width)).any():
        out |= partly
        held = _propose_all(_without(lists, out, width))
    turns, before = np.asarray(order, dtype=np.int64), -1
    while out.sum() != before:
        before = out.sum()
        held, out = _let_back(lists, held, out, width, turns)
    return _entries_held(lists, held), out


def _without(lists: Lists, out: BoolArray, width: int) -> Lists:
    return lists._replace(wanted=np.where(np.repeat(out, width), 0, lists.wanted))


def _let_back(lists: Lists, held: Held, out: BoolArray, width: int, order: IntArray) -> tuple[Held, BoolArray]:
    """Return what is held once everybody who can has come back in turn, and who is still out."""
    still = out.copy()
    for person in order[out[order]].tolist():
        own = range(person * width, (person + 1) * width)
        welcome = [_welcome(lists, held, row) for row in own]
        if not any(welcome):
            # Nothing would move, so there is no need to try.
            still[person] = False
        elif all(welcome):
            trial = Held(*(array.copy() for array in held))
            for row in own:
                _settle(lists, trial, row)
            if not _partly(lists, trial, width).any():
                held, still[person] = trial, False
    return held, still


@compiled
def _partly(lists: Lists, held: Held, width: int) -> BoolArray:
    """Return which people have something, but not all they want."""
    partly = np.zeros(len(lists.wanted) // width, dtype=np.bool_)
    for person in range(len(partly)):
        has, wants = 0, 0
        for row in range(person * width, (person + 1) * width):
            has += held.mentors[row]
            wants += lists.wanted[row]
        partly[person] = 0 < has < wants
    return partly


def _lists(
    starts: npt.ArrayLike,
    columns: npt.ArrayLike,
    ranks: npt.ArrayLike,
    wanted: npt.ArrayLike,
    places: npt.ArrayLike,
) -> Lists:
    # The loops do not look whether an index is within bounds, so that is made sure of here.
    begin, mentors, standing, wishes, room = (
        np.ascontiguousarray(array, dtype=np.int64) for array in (starts, columns, ranks, wanted, places)
    )
    if begin.shape != (len(wishes) + 1,) or begin[0] != 0 or begin[-1] != len(mentors) or (np.diff(begin) < 0).any():
        raise ValueError(f"The starts must be {len(wishes) + 1} numbers that rise from 0 to {len(mentors)}.")
    if standing.shape != mentors.shape:
        raise ValueError(f"The ranks have the shape {standing.shape}; it must be that of the columns, {mentors.shape}.")
    if ((mentors < 0) | (mentors >= len(room))).any():
        raise ValueError(f"A column names no mentor; each must be from 0 and below {len(room)}.")
    rows = np.repeat(np.arange(len(wishes)), np.diff(begin))
    usable = np.clip(room, 0, np.bincount(mentors, minlength=len(room)))
    return Lists(begin, rows, mentors, standing, wishes, usable, np.concatenate(([0], np.cumsum(usable))))


def _propose_all(lists: Lists) -> Held:
    people = len(lists.wanted)
    count, load = np.zeros(people, dtype=np.int64), np.zeros(len(lists.places), dtype=np.int64)
    entries = np.zeros(lists.seats[-1], dtype=np.int64)
    bar = np.where(lists.places > 0, OPEN, CLOSED)
    held = Held(lists.starts[:-1].copy(), count, load, bar, entries, np.zeros(people, dtype=np.int64))
    _settle_all(lists, held)
    return held


def _entries_held(lists: Lists, held: Held) -> BoolArray:
    filled = np.arange(lists.seats[-1]) < np.repeat(lists.seats[:-1] + held.load, lists.places)
    chosen = np.zeros(len(lists.columns), dtype=np.bool_)
    chosen[held.entries[filled]] = True
    return chosen


@compiled
def _settle_all(lists: Lists, held: Held) -> None:
    for row in range(len(lists.wanted)):
        _settle(lists, held, row)


@compiled
def _settle(lists: Lists, held: Held, first: int) -> None:
    """Let a mentee propose, and everyone she displaces, until nobody waits.

    Only those who lack a mentor and have not come to the end of their list are on the stack, each once.
    """
    waiting, depth = held.waiting, 0
    if held.mentors[first] < lists.wanted[first]:
        waiting[0], depth = first, 1
    while depth > 0:
        row = waiting[depth - 1]
        entry = held.upcoming[row]
        if entry == lists.starts[row + 1]:
            depth -= 1
            continue
        held.upcoming[row] += 1
        gone = _offer(lists, held, entry)
        if gone == entry:
            continue
        held.mentors[row] += 1
        if held.mentors[row] == lists.wanted[row]:
            depth -= 1
        if gone != NOBODY:
            other = lists.rows[gone]
            if held.mentors[other] == lists.wanted[other]:
                waiting[depth] = other
                depth += 1
            held.mentors[other] -= 1


@compiled
def _offer(lists: Lists, held: Held, entry: int) -> int:
    """Have a mentor consider an entry; return the entry she lets go, which may be the same, or NOBODY."""
    mentor = lists.columns[entry]
    if lists.ranks[entry] >= held.bar[mentor]:
        return entry
    top, gone = lists.seats[mentor], NOBODY
    if held.load[mentor] < lists.places[mentor]:
        _rise(lists, held, top, held.load[mentor], entry)
        held.load[mentor] += 1
    else:
        gone = held.entries[top]
        _sink(lists, held, top, held.load[mentor], entry)
    if held.load[mentor] == lists.places[mentor]:
        held.bar[mentor] = lists.ranks[held.entries[top]]
    return gone


@compiled
def _welcome(lists: Lists, held: Held, row: int) -> bool:
    """Tell whether any mentor on a list would take its mentee as things stand."""
    for entry in range(lists.starts[row], lists.starts[row + 1]):
        if lists.ranks[entry] < held.bar[lists.columns[entry]]:
            return True
    return False


@compiled
def _rise(lists: Lists, held: Held, top: int, place: int, entry: int) -> None:
    """Put an entry at the free end of a heap, and move it up past those who are liked better."""
    heap, ranks = held.entries, lists.ranks
    while place > 0 and ranks[heap[top + (place - 1) // 2]] < ranks[entry]:
        heap[top + place] = heap[top + (place - 1) // 2]
        place = (place - 1) // 2
    heap[top + place] = entry


@compiled
def _sink(lists: Lists, held: Held, top: int, size: int, entry: int) -> None:
    """Put an entry in the place of the top of a heap, and move it down past those who are liked less."""
    heap, ranks, place = held.entries, lists.ranks, 0
    while 2 * place + 1 < size:
        child = 2 * place + 1
        if child + 1 < size and ranks[heap[top + child + 1]] > ranks[heap[top + child]]:
            child += 1
        if ranks[heap[top + child]] < ranks[entry]:
            break
        heap[top + place] = heap[top + child]
        place = child
    heap[top + place] = entry
