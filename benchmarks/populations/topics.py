"""What people want and offer: the labels of real programmes, and what the vocabulary holds close to them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from alongside.engine import Topic
from alongside.engine.measuring.vocabulary import meaning
from alongside.engine.table import FloatArray, IntArray
from benchmarks.populations.marginals import Shares, chosen

MOST = 6
HOW_MANY = Shares(tuple("123456"), np.array([0.15, 0.25, 0.25, 0.20, 0.10, 0.05]))
AS_WRITTEN = 0.5
"""How often a label is written as the programmes do; otherwise it is a topic of the same family."""
STRENGTHS = (0.5, 1.0, 1.0)


@cache
def families() -> dict[str, list[str]]:
    """Return the topics of each family of the engine's vocabulary."""
    text = resources.files("alongside.engine.measuring").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    return {name: [topic for topic in family if topic != "also"] for name, family in tomllib.loads(text).items()}


@dataclass(frozen=True, slots=True)
class Subjects:
    """Hold every label there is, and for each head (a label of a programme) the labels it leads to, cumulative."""

    labels: tuple[str, ...]
    heads: dict[str, int]
    cumulative: FloatArray

    @classmethod
    def of(cls, heads: Iterable[str]) -> Subjects:
        """Gather the labels of programmes, and those close to them."""
        heads = list(dict.fromkeys(heads))
        close = {head: families().get(meaning(head).family, []) for head in heads}
        labels = list(dict.fromkeys([*heads, *(topic for topics in close.values() for topic in topics)]))
        at = {label: place for place, label in enumerate(labels)}
        weights = np.zeros((len(heads), len(labels)))
        for row, head in enumerate(heads):
            weights[row, at[head]] += AS_WRITTEN
            for rank, topic in enumerate(close[head]):
                weights[row, at[topic]] += (1 - AS_WRITTEN) / (rank + 1) / _harmonic(len(close[head]))
        cumulative = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
        cumulative[:, -1] = 1  # whatever the rounding
        return cls(tuple(labels), {head: row for row, head in enumerate(heads)}, cumulative)

    def draw(self, draw: np.random.Generator, heads: IntArray) -> IntArray:
        """Return for each head the place of a label it leads to."""
        rows = self.cumulative + np.arange(len(self.heads))[:, None]
        return chosen(rows.ravel(), heads + draw.random(len(heads))) % len(self.labels)


def _harmonic(count: int) -> float:
    return sum(1 / rank for rank in range(1, count + 1))


def draw_topics(
    draw: np.random.Generator, subjects: Subjects, functions: IntArray, expertise: IntArray
) -> tuple[IntArray, IntArray]:
    """Return (n by MOST) places of labels, and (n) how many of them count.

    The first is of the person's function (n), the others of it or of expertise (n by MOST) as often.
    """
    counts = HOW_MANY.draw(draw, len(functions)) + 1
    own = draw.random(expertise.shape) < 0.5
    own[:, 0] = True
    heads = np.where(own, functions[:, None], expertise)
    return subjects.draw(draw, heads.ravel()).reshape(heads.shape), counts


def as_topics(
    draw: np.random.Generator, labels: tuple[str, ...], topics: IntArray, counts: IntArray
) -> list[tuple[Topic, ...]]:
    """Return each person's topics without doubles; those who have the same share them."""
    each = [[Topic(label, strength) for strength in STRENGTHS] for label in labels]
    strength = draw.integers(0, len(STRENGTHS), topics.shape).tolist()
    known: dict[tuple[Topic, ...], tuple[Topic, ...]] = {}
    found = []
    for places, strengths, count in zip(topics.tolist(), strength, counts.tolist(), strict=True):
        first = dict.fromkeys(places[:count])
        own = tuple([each[place][how] for place, how in zip(first, strengths, strict=False)])
        found.append(known.setdefault(own, own))
    return found
