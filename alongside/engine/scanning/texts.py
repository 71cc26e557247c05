"""Compare what a mentee wrote with what mentors wrote: the only part of a score that is costly.

A text is compared word by word only where a sketch of both says that it could matter. A sketch sorts all words into
groups and holds how long the text is in each: two texts are nowhere more alike than the products of these lengths
(Cauchy's inequality), and those are quick to add up.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from alongside.engine.compiled import Whole, compiled
from alongside.engine.measuring.forms import HALF, ONE, ONE_BITS, TEXT_BITS, TEXT_TO_FIT
from alongside.engine.table import IntArray

WEIGHT_BITS = TEXT_BITS + 1
"""Bits of a weight, the greatest being a text of a single word."""

WORD, WEIGHT = np.uint32(WEIGHT_BITS), np.uint32((1 << WEIGHT_BITS) - 1)
"""How far to shift a number to the word in it, and what to mask it with for the weight."""

PackedWords = npt.NDArray[np.uint32] | npt.NDArray[np.uint64]
"""Words and weights in one number each, in 64 bits where there are too many different words for 32."""

Starts = npt.NDArray[np.uint64]
"""Where texts begin. Numbers without a sign spare a compiled loop the question whether they count from the end."""

Weights = npt.NDArray[np.int16]
"""The weight of every word in one text."""

Sketch = npt.NDArray[np.uint8]

GROUPS = 64
"""Groups of words in a sketch: more tell more, and take longer."""

UNIT = (1 << TEXT_BITS) // 240
"""What lengths in a sketch are counted in: a whole text, which rounding makes a little longer, stays below 256."""


def packed(table: sparse.csr_array) -> PackedWords:
    """Return words and weights, row after row, in one number each."""
    words = (table.indices.astype(np.uint64) << np.uint64(WEIGHT_BITS)) | table.data.astype(np.uint64)
    return words.astype(np.uint32) if table.shape[1] < 1 << (32 - WEIGHT_BITS) else words


def sketches(ours: sparse.csr_array, theirs: sparse.csr_array) -> tuple[Sketch, Sketch]:
    """Return (texts by GROUPS) sketches of both sides; the words that weigh most are in different groups."""
    heavy = _squares(ours) * _squares(theirs)
    group = np.empty(len(heavy), dtype=np.int64)
    group[np.argsort(-heavy, kind="stable")] = np.arange(len(heavy)) % GROUPS
    return _sketch(ours, group), _sketch(theirs, group)


def _squares(table: sparse.csr_array) -> npt.NDArray[np.float64]:
    """Return how much each word weighs in all texts."""
    weights = table.data.astype(np.float64) ** 2
    return np.asarray(np.bincount(table.indices, weights=weights, minlength=table.shape[1]), dtype=np.float64)


def _sketch(table: sparse.csr_array, group: IntArray) -> Sketch:
    texts = table.shape[0]
    place = np.repeat(np.arange(texts) * GROUPS, np.diff(table.indptr)) + group[table.indices]
    squares = np.bincount(place, weights=table.data.astype(np.float64) ** 2, minlength=texts * GROUPS)
    return np.ceil(np.sqrt(squares) / UNIT).astype(np.uint8).reshape(texts, GROUPS)


@compiled
def lay_out(starts: Starts, words: PackedWords, text: Whole, mine: Weights) -> None:
    """Set the weight of each word of a text."""
    for at in range(starts[text], starts[text + 1]):
        mine[words[at] >> WORD] = words[at] & WEIGHT


@compiled
def take_away(starts: Starts, words: PackedWords, text: Whole, mine: Weights) -> None:
    """Set the weights of the words of a text to 0 again."""
    for at in range(starts[text], starts[text + 1]):
        mine[words[at] >> WORD] = 0


@compiled
def text_points(starts: Starts, words: PackedWords, share: Whole, text: Whole, mine: Weights) -> Whole:
    """Return the points of a text with the one laid out."""
    product = np.int32(0)
    for at in range(starts[text], starts[text + 1]):
        product = np.int32(product + np.int32(words[at] & WEIGHT) * np.int32(mine[words[at] >> WORD]))
    return points_of(np.int64(product), share)


@compiled
def text_points_at_most(ours: Sketch, theirs: Sketch, share: Whole) -> Whole:
    """Return points that two texts of these sketches do not exceed."""
    product = np.int32(0)
    for group in range(len(ours)):
        product = np.int32(product + np.int32(ours[group]) * np.int32(theirs[group]))
    return points_of(np.int64(product) * (UNIT * UNIT), share)


@compiled
def points_of(product: Whole, share: Whole) -> Whole:
    """Return the points of a product of two texts: twice the cosine, at most all of the share."""
    fit = min(product >> TEXT_TO_FIT, np.int64(ONE))
    return np.int32((fit * share + HALF) >> ONE_BITS)
