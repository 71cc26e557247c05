"""How people were spread in two real programmes: counts without rows, read where they lie and never kept here."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from alongside.engine.table import FloatArray, IntArray

FOLDER = Path("applications") / "real_programme_marginals"
LONGEST_CAREER = 15
"""The years from which the startup programme counts no further; there the business mentors tell how many more."""


class NoMarginals(Exception):
    """Say, in words for whoever runs a benchmark, where the counts of real programmes are expected."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Hold labels and how often each is met (adding up to 1)."""

    labels: tuple[str, ...]
    weights: FloatArray

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Shares:
        """Turn counts into shares, in the order given."""
        numbers = np.array(list(counts.values()), dtype=np.float64)
        return cls(tuple(counts), numbers / numbers.sum())

    def draw(self, draw: np.random.Generator, size: int) -> IntArray:
        """Return places in `labels`, each as often as its weight says."""
        return chosen(np.cumsum(self.weights), draw.random(size))


@dataclass(frozen=True, slots=True)
class Lengths:
    """Describe the lengths of texts, in characters."""

    median: float
    p95: float
    longest: int

    def draw(self, draw: np.random.Generator, size: int) -> FloatArray:
        """Return lengths from the log-normal distribution with this median and 95th percentile, none too long."""
        spread = np.log(self.p95 / self.median) / 1.645  # the standard normal's own 95th percentile
        drawn = self.median * np.exp(spread * draw.standard_normal(size))
        return np.asarray(np.minimum(drawn, self.longest))


@dataclass(frozen=True, slots=True)
class SideMarginals:
    """Describe one side. `years_given` (functions by years, each row adding up to 1) says who has worked how long."""

    functions: Shares
    years: Shares
    years_given: FloatArray
    industries: Shares
    ranks: Shares
    text: Lengths


@dataclass(frozen=True, slots=True)
class Marginals:
    """Hold both sides, what business mentors know about, and the years of those who have worked longest."""

    mentees: SideMarginals
    mentors: SideMarginals
    expertise: Shares
    careers: Shares


def chosen(cumulative: FloatArray, points: FloatArray) -> IntArray:
    """Return into which interval each point of 0 to 1 falls; rounding may not lead past the last."""
    found = np.searchsorted(cumulative, points, side="right")
    return np.minimum(found, len(cumulative) - 1).astype(np.int64)


def shared_folder() -> Path:
    """Return the folder of shared data: the one named by ALONGSIDE_SHARED_DATA, or one beside the checkout.

    :raises NoMarginals: if the counts are not in it.
    """
    named = os.environ.get("ALONGSIDE_SHARED_DATA")
    beside = [parent / "shared" / "data" for parent in Path(__file__).resolve().parents[2:]]
    folder = next((path for path in ([Path(named)] if named else beside) if (path / FOLDER).is_dir()), None)
    if folder is None:
        raise NoMarginals(
            f"The counts of real programmes are not here. They are expected in {FOLDER} inside the folder that "
            f"ALONGSIDE_SHARED_DATA names{f' (it names {named})' if named else ''}, or else inside ../shared/data, "
            "beside the checkout."
        )
    return folder


def read_marginals() -> Marginals:
    """Read the counts of both programmes.

    :raises NoMarginals: if they are not there.
    """
    folder = shared_folder() / FOLDER
    startup = json.loads((folder / "startup_programme.json").read_text(encoding="utf-8"))
    business = json.loads((folder / "business_mentors.json").read_text(encoding="utf-8"))
    careers = {years: n for years, n in business["Years of Experience"].items() if int(years) >= LONGEST_CAREER}
    return Marginals(
        _side(startup["mentees"]),
        _side(startup["mentors"]),
        Shares.of(_added(business["Primary Expertise"], business["Secondary Expertise"])),
        Shares.of(careers),
    )


def _side(counts: Mapping[str, Any]) -> SideMarginals:
    functions = counts["Function"]
    years = dict(sorted(counts["Years of Work Experience"].items(), key=lambda each: first_number(each[0])))
    text = counts["length of free text: Superpower"]
    return SideMarginals(
        Shares.of(functions),
        Shares.of(years),
        _years_given(functions, years, counts["Function x Years (n>=5)"]),
        Shares.of(counts["Industry(s) (split on ; and ,)"]),
        Shares.of(counts["Rank"]),
        Lengths(text["median"], text["p95"], text["max"]),
    )


def first_number(label: str) -> int:
    """Return the first number of a label: 15 for "15+", 3 for "3-4"."""
    return int(re.findall(r"\d+", label)[0])


def _years_given(functions: Mapping[str, int], years: Mapping[str, int], joint: Mapping[str, int]) -> FloatArray:
    rows = [_years_of(name, count, years, joint) for name, count in functions.items()]
    return np.asarray(np.array(rows) / np.sum(rows, axis=1, keepdims=True), dtype=np.float64)


def _years_of(name: str, count: int, years: Mapping[str, int], joint: Mapping[str, int]) -> FloatArray:
    """Count the people of a function by years; those in cells too small to be told are spread over these cells."""
    told = np.array([joint.get(f"{name} | {label}", 0) for label in years], dtype=np.float64)
    rest = np.where(told == 0, list(years.values()), 0.0)
    return np.asarray(told + max(0.0, count - told.sum()) * rest / max(1.0, rest.sum()))


def _added(*counts: Mapping[str, int]) -> dict[str, int]:
    """Add counts up; labels that differ in nothing but case are one."""
    total: dict[str, int] = {}
    written: dict[str, str] = {}
    for label, count in _each(counts):
        name = written.setdefault(label.casefold(), label)
        total[name] = total.get(name, 0) + count
    return total


def _each(counts: Iterable[Mapping[str, int]]) -> Iterable[tuple[str, int]]:
    return (item for each in counts for item in each.items())
