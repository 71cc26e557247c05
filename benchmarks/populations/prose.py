"""Free text that is to the engine as prose is: a few words everywhere, most words rare, some about one's topics.

The words are made of syllables; only the stop words and the topics' own words are English.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from alongside.engine.table import FloatArray, IntArray
from alongside.engine.words import STOP_WORDS, words
from benchmarks.populations.marginals import Lengths, chosen

WORDS, COMMON = 6_000, 60
"""Made-up words there are, and how many of them nearly all applicants use, as they do "team" and "work"."""
JARGON = 12
"""Made-up words that those who write about a topic use."""
STOPS, SHARED, TOPICAL = 0.42, 0.3, 0.10
"""Of the words of a text, how many carry no meaning, how many are common, and how many about its writer's topics."""
AT_ONCE = 20_000
"""Texts written together, so that their words need little memory."""

Objects = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Language:
    """Hold every word there is, how often each is used (cumulative), and the words of each topic (topics by k)."""

    words: Objects
    cumulative: FloatArray
    jargon: IntArray

    @property
    def letters(self) -> float:
        """Return the length of a word with the space after it, on average."""
        lengths = np.array([len(word) for word in self.words]) + 1.0
        share = np.diff(self.cumulative, prepend=0)
        return float((1 - TOPICAL) * lengths @ share + TOPICAL * lengths[self.jargon].mean())


@cache
def language(topics: tuple[str, ...]) -> Language:
    """Make up a language in which the topics can be spoken of."""
    draw = np.random.default_rng(1)
    stops = sorted(STOP_WORDS)
    invented = _invented(draw)
    own = [sorted(set(words(topic))) or [topic] for topic in topics]
    every = [*stops, *invented, *sorted({word for names in own for word in names} - set(stops) - set(invented))]
    at = {word: place for place, word in enumerate(every)}
    weights = np.zeros(len(every))
    weights[: len(stops)] = STOPS * _falling(len(stops))
    weights[len(stops) : len(stops) + WORDS] = (1 - STOPS - SHARED - TOPICAL) * _falling(WORDS)
    weights[len(stops) : len(stops) + COMMON] += SHARED * _falling(COMMON)
    rare = len(stops) + draw.integers(WORDS // 20, WORDS, (len(topics), JARGON))
    named = np.array([[at[names[place % len(names)]] for place in range(JARGON // 2)] for names in own])
    return Language(np.array(every, dtype=object), np.cumsum(weights / weights.sum()), np.hstack([named, rare]))


def _falling(count: int) -> FloatArray:
    """Return shares that fall off like 1 / (rank + 2.7)^1.2, as the words of a language do (Zipf, Mandelbrot)."""
    shares = (np.arange(1, count + 1) + 2.7) ** -1.2
    return np.asarray(shares / shares.sum())


def _invented(draw: np.random.Generator) -> list[str]:
    syllables = [first + vowel for first in "bcdfghjklmnprtvwz" for vowel in "aeiou"]
    found: dict[str, None] = {}
    while len(found) < WORDS:
        found["".join(draw.choice(syllables, draw.integers(2, 5)))] = None
    return list(found)


def texts(
    draw: np.random.Generator, lengths: Lengths, topics: IntArray, counts: IntArray, labels: Sequence[str]
) -> list[str]:
    """Write a text for each of n people about her topics: places in `labels`, the first `counts` of a row (n by k)."""
    spoken = language(tuple(labels))
    sizes = np.maximum(3, lengths.draw(draw, len(counts)) / spoken.letters).astype(np.int64)
    written: list[str] = []
    for start in range(0, len(counts), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        written += [text[: lengths.longest] for text in _write(draw, spoken, sizes[part], topics[part], counts[part])]
    return written


def _write(
    draw: np.random.Generator, spoken: Language, sizes: IntArray, topics: IntArray, counts: IntArray
) -> list[str]:
    total = int(sizes.sum())
    said = chosen(spoken.cumulative, draw.random(total))
    topical = np.flatnonzero(draw.random(total) < TOPICAL)
    writer = np.repeat(np.arange(len(sizes)), sizes)[topical]
    topic = topics[writer, draw.integers(0, counts[writer])]
    said[topical] = spoken.jargon[topic, draw.integers(0, spoken.jargon.shape[1], len(topical))]
    every, ends = spoken.words[said].tolist(), np.cumsum(sizes).tolist()
    return [" ".join(every[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
