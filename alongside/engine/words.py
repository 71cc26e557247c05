"""Words as the engine compares them: in lower case, without accents, without their commonest endings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt
from scipy import sparse

from alongside.engine.numbering import Numbers
from alongside.engine.pieces import pieces

WORD = re.compile(r"[^\W_]+")

STOP_WORDS = frozenset(
    WORD.findall(
        "a about all also am an and any are as at be been but by can do for from get had has have help how i if"
        " in into is its like me more my need of on or our so some that the their them there they this to up"
        " us want was we were what when where which who will with would you your"
    )
)


def words(text: str) -> list[str]:
    """Return the stems of a text's words in order, without those that carry no meaning of their own."""
    return [_stem(word) for word in _letters(text) if word not in STOP_WORDS]


@lru_cache(maxsize=100_000)
def _words_in(piece: str) -> tuple[str, ...]:
    return tuple(words(piece))


@lru_cache(maxsize=100_000)
def normalised(text: str) -> str:
    """Return a label such that two ways to write the same are equal."""
    return " ".join(_letters(text))


def _letters(text: str) -> list[str]:
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return WORD.findall(text.lower())


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """Cut the ending that a plural or a gerund adds; crude, but the same on both sides."""
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us", "is")):
            return (word[: -len(ending)] + instead).removesuffix("e")
    return word.removesuffix("e") if len(word) > 3 else word


def incidence(bags: Sequence[Collection[str]]) -> sparse.csr_array:
    """Return how often (bags by words) each bag holds each word, the words in the order in which they first appear.

    A word that a bag holds twice stands there twice, each time with 1: multiplying adds them up.
    """
    columns = Numbers[str]()
    places = columns.of(chain.from_iterable(bags))
    return _ones(places, list(map(len, bags)), max(1, len(columns)))


def _ones(places: npt.NDArray[np.int32], lengths: Sequence[int], width: int) -> sparse.csr_array:
    """Return (rows by places) a table with a 1 at each place; `lengths` says how many of them each row has."""
    starts = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
    return sparse.csr_array((np.ones(len(places), np.int32), places, starts), shape=(len(lengths), width))


def weighed(ours: Sequence[str], theirs: Sequence[str], bits: int) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Return the TF-IDF vectors (texts by words) of both sides, in whole numbers, each of length about 2 ** bits.

    A word counts 1 + ln(times in the text), times its rarity, ln((1 + texts) / (1 + texts with it)) + 1
    (Manning, Raghavan, Schütze 2008, "Introduction to Information Retrieval", section 6.4). Rarity is measured
    among our texts alone, so that one more of theirs changes nothing between the others.
    """
    table = _counts((*ours, *theirs))
    spread = np.bincount(table.indices[: table.indptr[len(ours)]], minlength=table.shape[1])
    rarity = np.log((1 + len(ours)) / (1 + spread)) + 1
    weight = (1 + np.log(table.data)) * rarity[table.indices]
    row = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    length = np.sqrt(np.bincount(row, weights=weight * weight, minlength=table.shape[0]))
    table.data = np.rint(weight / length[row] * 2**bits).astype(np.int32)
    return table[: len(ours)], table[len(ours) :]


def _counts(texts: Sequence[str]) -> sparse.csr_array:
    """Return how often (texts by words) each text has each word.

    Each different piece of a text is read once: a country writes few of them over and over.
    """
    said = pieces(texts)
    read = incidence(list(map(_words_in, said.different)))
    table: sparse.csr_array = _ones(said.numbers, said.lengths, len(said.different)) @ read
    table.sort_indices()
    return table
