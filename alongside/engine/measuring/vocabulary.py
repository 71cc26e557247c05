"""What labels mean: the topics of mentoring, their synonyms and families, and how near two labels are.

The topics stand in `vocabulary.toml`, the families of sectors in `sectors.toml`: edit them there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from alongside.engine.words import incidence, normalised, words

SAME, FAMILY, SIBLING, WORDS = 1.0, 0.7, 0.4, 0.8
"""How near are: one topic and itself under any name; a topic and its family; two topics of one family; two
labels of which half the words or more are the same, times their share."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Say what a label stands for: a topic and its family, "" where unknown, and the words it is made of."""

    topic: str
    family: str
    stems: frozenset[str]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


@cache
def _known() -> dict[frozenset[str], tuple[str, str]]:
    """Return topic and family by the stems of every name the vocabulary holds."""
    names: dict[frozenset[str], tuple[str, str]] = {}
    for family, topics in _read("vocabulary.toml").items():
        for topic, synonyms in topics.items():
            meant = family if topic == "also" else topic
            for name in (meant, *synonyms):
                names.setdefault(frozenset(words(name)), (meant, family))
    return names


@lru_cache(maxsize=50_000)
def meaning(label: str) -> Meaning:
    """Return what a label means; one that holds a topic's name among other words means the longest such topic."""
    stems = frozenset(words(label))
    name = stems if stems in _known() else _longest_name_in(stems)
    topic, family = _known().get(name, ("", ""))
    return Meaning(topic, family, stems)


def _longest_name_in(stems: frozenset[str]) -> frozenset[str]:
    """Return the name of most words among the stems, or none; an abbreviation ("it", "pr") must stand alone."""
    names = (name for name in _known() if name <= stems and any(len(stem) > 2 for stem in name))
    return max(names, key=lambda name: (len(name), sorted(name)), default=frozenset())


def nearness(needs: Sequence[Meaning], offers: Sequence[Meaning]) -> npt.NDArray[np.float64]:
    """Return (needs by offers) how near the meanings are, 0 to 1 (see SAME, FAMILY, SIBLING, WORDS)."""
    topic = _equal([m.topic for m in needs], [m.topic for m in offers])
    family = _equal([m.family for m in needs], [m.family for m in offers])
    ours = np.array([m.topic == m.family for m in needs], dtype=np.bool_)
    theirs = np.array([m.topic == m.family for m in offers], dtype=np.bool_)
    known = np.select([topic, family & (ours[:, None] | theirs), family], [SAME, FAMILY, SIBLING], 0.0)
    share = _shared_words(needs, offers)
    by_words = np.where(share == 1, SAME, np.where(share >= 0.5, share * WORDS, 0))
    return np.asarray(np.maximum(known, by_words), dtype=np.float64)


def near(need: Meaning, offer: Meaning) -> float:
    """Return how near two meanings are: one entry of `nearness`, without the arrays."""
    if need.topic and need.topic == offer.topic:
        return SAME
    family = bool(need.family) and need.family == offer.family
    known = (FAMILY if need.topic == need.family or offer.topic == offer.family else SIBLING) if family else 0.0
    share = 2 * len(need.stems & offer.stems) / max(1, len(need.stems) + len(offer.stems))
    return max(known, SAME if share == 1 else share * WORDS if share >= 0.5 else 0.0)


def _equal(ours: Sequence[str], theirs: Sequence[str]) -> npt.NDArray[np.bool_]:
    mine, other = np.array(ours, dtype=object), np.array(theirs, dtype=object)
    return np.asarray((mine[:, None] == other) & (mine != "")[:, None], dtype=np.bool_)


def _shared_words(needs: Sequence[Meaning], offers: Sequence[Meaning]) -> npt.NDArray[np.float64]:
    """Return (needs by offers) the share of words in common: twice the common ones by all (Dice 1945)."""
    stems = incidence([m.stems for m in (*needs, *offers)])
    common = stems[: len(needs)] @ stems[len(needs) :].T
    sizes = np.array([len(m.stems) for m in needs])[:, None] + np.array([len(m.stems) for m in offers])
    return np.asarray(2 * common.toarray() / np.maximum(sizes, 1))


@cache
def _sector_families() -> dict[str, frozenset[int]]:
    families: dict[str, set[int]] = {}
    for number, sectors in enumerate(_read("sectors.toml")["families"]):
        for sector in sectors:
            families.setdefault(normalised(sector), set()).add(number)
    return {sector: frozenset(numbers) for sector, numbers in families.items()}


def related_sectors(sector: str) -> frozenset[int]:
    """Return the numbers of the families of `sectors.toml` a sector stands in."""
    return _sector_families().get(normalised(sector), frozenset())


def sectors_related(one: str, other: str) -> bool:
    """Tell whether two sectors stand in one family of `sectors.toml`."""
    return bool(related_sectors(one) & related_sectors(other))
