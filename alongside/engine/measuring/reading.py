"""Texts as a model reads them: its vectors, which are dense and signed, made into words that the engine can compare.

A model gives a vector for each text, and texts that mean alike have vectors in like directions. Space is cut by
PLANES hyperplanes through its middle for each of TABLES tables; on which side of each a vector lies is the text's word
in that table. Two vectors lie on the same side of a hyperplane drawn at random with the chance 1 - angle / pi
(Charikar 2002, "Similarity estimation techniques from rounding algorithms"), so two texts have the same word in a share
of the tables that estimates (1 - angle / pi) ** PLANES. With one weight for all words, that share is their cosine,
and whatever compares words compares meanings too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy import sparse

from alongside.engine.measuring.forms import TEXT_BITS, Codes
from alongside.engine.table import FloatArray

PLANES = 4
"""Hyperplanes of a table. Texts at right angles, which have nothing to do with each other, then agree in one of 16."""

TABLE_BITS = 8
TABLES = 1 << TABLE_BITS
"""Tables: the standard error of a share p is sqrt(p (1 - p) / TABLES), 0.031 at most. A power of four, so that words
have a whole weight and two texts that mean the same a cosine of exactly 1."""

WEIGHT = 1 << (TEXT_BITS - TABLE_BITS // 2)
"""What each word weighs, so that the length of a text is 2 ** TEXT_BITS."""

COORDINATE = 2**15 - 1
"""The greatest coordinate of a vector, once it is in whole numbers."""

LONGEST = 2**14
"""Numbers a vector may have. Those of hyperplanes are below 2 ** 23, so all sums stay below 2 ** 52, and floats hold
them exactly: the sides come out the same on every machine, in whatever order it adds up."""

AT_ONCE = 2**12
"""Vectors whose sides are worked out together."""

Read = Callable[[Sequence[str]], npt.ArrayLike]
"""Read texts: a row of numbers for each, all of one length. The row of a text must depend on that text alone."""


class ReaderError(ValueError):
    """Say in plain words what is wrong with a model, or with what it made of texts."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Hold a model that reads texts, and the name and version by which results and explanations call it.

    :raises ReaderError: if it has no name.
    """

    name: str
    read: Read

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ReaderError("A model that reads texts needs a name, so that results can say which one it was.")


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """Hold what a model read in some texts: `words` (texts by TABLES), text i being that of the place i.

    Texts without a place were not written, or the model saw nothing in them: it gave them zeros.
    """

    model: str
    place: dict[str, int]
    words: Codes

    @classmethod
    def of(cls, reader: Reader, texts: Iterable[str]) -> Readings:
        """Have a model read texts: each different one once, in order, whoever wrote it and wherever they stand.

        :raises ReaderError: if what it gives is not a row of numbers for each text.
        """
        written = sorted({text for text in texts if text.strip()})
        vectors = _vectors(reader, written) if written else np.zeros((0, 1))
        seen = np.flatnonzero(vectors.any(axis=1))
        place = {written[at]: number for number, at in enumerate(seen.tolist())}
        return cls(reader.name, place, meanings(vectors[seen]))

    def table(self, texts: Sequence[str]) -> sparse.csr_array:
        """Return (texts by words) the weights of the words of each text, none where the model read nothing."""
        place = np.array([self.place.get(text, -1) for text in texts], dtype=np.int64)
        read = place >= 0
        starts = np.concatenate([[0], np.cumsum(read * TABLES)])
        words = self.words[place[read]].ravel()
        shape = (len(texts), TABLES << PLANES)
        return sparse.csr_array((np.full(len(words), WEIGHT, np.int32), words, starts), shape=shape)

    def alike(self, one: str, other: str) -> float:
        """Return the share of tables in which two texts that were read have the same word."""
        ours, theirs = (self.words[self.place[text]] for text in (one, other))
        return float(np.mean(ours == theirs))

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the model's name and of what it read in each text."""
        digest = hashlib.sha256(ascii((self.model, list(self.place))).encode())
        digest.update(self.words.astype("<i4").tobytes())
        return digest.hexdigest()


def _vectors(reader: Reader, texts: list[str]) -> FloatArray:
    """Return (texts by numbers) the vectors of a model, having looked at whether they can be used."""
    given = reader.read(texts)  # What goes wrong in a model is its own to say.
    try:
        vectors = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise _unusable(reader, "gave something else than rows of numbers, all of one length") from error
    if vectors.ndim != 2:
        raise _unusable(reader, f"gave an array of {vectors.ndim} dimensions; a row for each text makes two")
    rows, length = vectors.shape
    if rows != len(texts):
        raise _unusable(reader, f"read {len(texts):,} texts and gave {rows:,} rows; each text needs one")
    if not 0 < length <= LONGEST:
        raise _unusable(reader, f"gave {length:,} numbers for a text; 1 to {LONGEST:,} can be compared")
    if not (finite := np.isfinite(vectors).all(axis=1)).all():
        at = int(np.argmin(finite)) + 1
        raise _unusable(reader, f"gave numbers that are infinite or none at all, first for text {at:,} of {rows:,}")
    return vectors


def _unusable(reader: Reader, what: str) -> ReaderError:
    return ReaderError(f"The model “{reader.name}” {what}.")


def meanings(vectors: FloatArray) -> Codes:
    """Return (texts by TABLES) the word of each vector in each table, those of table t from `t << PLANES` on.

    :param vectors: finite, and none of them all zeros.
    """
    planes = hyperplanes(vectors.shape[1])
    words = np.empty((len(vectors), TABLES), dtype=np.int32)
    for first in range(0, len(vectors), AT_ONCE):
        some = vectors[first : first + AT_ONCE]
        whole = np.rint(some / np.abs(some).max(axis=1, keepdims=True) * COORDINATE)
        sides = (whole @ planes >= 0).reshape(len(some), TABLES, PLANES)
        words[first : first + AT_ONCE] = sides @ (1 << np.arange(PLANES))
    return words + (np.arange(TABLES, dtype=np.int32) << PLANES)


@lru_cache(maxsize=2)
def hyperplanes(length: int) -> FloatArray:
    """Return (length by TABLES * PLANES) the hyperplanes for vectors of a length, in odd whole numbers below 2 ** 23.

    Their directions must be as likely one as another, which those of normally distributed numbers are. Each number is
    how many of 64 coins show heads, smoothed by a fraction; the coins are the bytes of a hash (SHAKE-256), which
    nobody's library will ever draw otherwise.
    """
    count = length * TABLES * PLANES
    coins = np.frombuffer(hashlib.shake_256(b"alongside hyperplanes").digest(16 * count), dtype="<u8")
    heads, fraction = np.bitwise_count(coins[:count]).astype(np.int64), (coins[count:] >> 48).astype(np.int64)
    numbers = 2 * ((heads - 32) * 2**16 + fraction - 2**15) + 1
    return np.asarray(numbers.reshape(length, TABLES * PLANES), dtype=np.float64)
