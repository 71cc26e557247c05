"""Texts cut into pieces at their spaces, each different piece numbered once, in a compiled loop.

A country writes few words over and over, and cutting its texts in Python would take longer than all else that is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from alongside.engine.compiled import COMPILES, Whole, borrowing
from alongside.engine.numbering import Numbers
from alongside.engine.table import IntArray

Numbered = npt.NDArray[np.int32]


class Pieces(NamedTuple):
    """Hold texts as the numbers of their pieces, text after text: how many each has, and the different ones in order.

    Where pieces begin and end is not quite the same with and without compiling; which words they hold, and in which
    order they first come, is.
    """

    numbers: Numbered
    lengths: list[int]
    different: list[str]


def pieces(texts: Sequence[str]) -> Pieces:
    """Cut texts at white space."""
    return _found(texts) if COMPILES else plain_pieces(texts)


def plain_pieces(texts: Sequence[str]) -> Pieces:
    """Do what `pieces` does where nothing is compiled."""
    numbers, lengths = Numbers[str](), list[int]()
    written = numbers.of(chain.from_iterable(_cut(texts, lengths)))
    return Pieces(written, lengths, list(numbers))


def _cut(texts: Iterable[str], lengths: list[int]) -> Iterator[list[str]]:
    """Yield the pieces of each text, and note how many there are."""
    for text in texts:
        found = text.split()
        lengths.append(len(found))
        yield found


SPACE = 32
"""The last of the characters at which texts are cut: the space, and all that is not written."""

START, FACTOR = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
"""How letters are mixed into one number (FNV-1a: Fowler, Noll and Vo)."""

Letters = npt.NDArray[np.uint8]


FEW = 2**14
"""Places in the first table of different pieces; where half of them are taken, it starts again with a larger one."""


def _found(texts: Sequence[str]) -> Pieces:
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    held, ends = b"".join(encoded), np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)))
    letters, size = np.frombuffer(held, dtype=np.uint8), FEW
    numbers, lengths = np.empty(len(letters) // 2 + len(texts), np.int32), np.zeros(len(texts), np.int64)
    while True:
        firsts, table = np.empty((size // 2, 2), np.int64), np.full(size, -1, np.int32)
        written, different = _number(letters, ends, numbers, lengths, firsts, table)
        if written >= 0:
            named = [held[at:end].decode("utf-8", "surrogatepass") for at, end in firsts[:different].tolist()]
            return Pieces(numbers[:written].copy(), lengths.tolist(), named)
        size *= 4


@borrowing
def _number(
    letters: Letters, ends: IntArray, numbers: Numbered, lengths: IntArray, firsts: IntArray, table: Numbered
) -> tuple[Whole, Whole]:
    """Number the pieces of each text, and return how many there are in all, -1 without room, and how many different.

    :param firsts: filled with where each different piece first begins and ends; there is room for so many.
    :param table: -1 throughout, twice as long, and a power of two; holds numbers at the places of mixed letters.
    """
    at, written, different = np.int64(0), np.int64(0), np.int64(0)
    for text in range(len(ends)):
        before, end = written, ends[text]
        while at < end:
            first, mixed = at, START
            while at < end and letters[at] > SPACE:
                mixed = (mixed ^ np.uint64(letters[at])) * FACTOR
                at += 1
            if at > first:
                place = _place(letters, first, at, mixed, firsts, table)
                if table[place] < 0:
                    if different == len(firsts):
                        return np.int64(-1), different
                    table[place], firsts[different, 0], firsts[different, 1] = different, first, at
                    different += 1
                numbers[written] = table[place]
                written += 1
            at += 1 if at < end else 0
        lengths[text] = written - before
    return written, different


@borrowing
def _place(letters: Letters, first: Whole, last: Whole, mixed: Whole, firsts: IntArray, table: Numbered) -> Whole:
    """Return the place in the table of a piece, or the free one where it belongs."""
    mask = len(table) - 1
    place = np.int64((mixed ^ (mixed >> np.uint64(32))) & np.uint64(mask))
    while table[place] >= 0 and not _same(letters, first, last, firsts[table[place]]):
        place = (place + 1) & mask
    return place


@borrowing
def _same(letters: Letters, first: Whole, last: Whole, known: IntArray) -> Whole:
    """Tell whether a piece is one that is known."""
    length, at = last - first, 0
    while at < length and length == known[1] - known[0] and letters[first + at] == letters[known[0] + at]:
        at += 1
    return at == length
