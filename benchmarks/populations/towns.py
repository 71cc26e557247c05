"""Where people live: every town of the gazetteer as often as people live there, at the points an import gives."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np

from alongside.engine import Position
from alongside.places import find
from benchmarks.populations.marginals import Shares

LONDON_CODES = ("E1", "EC1", "N1", "NW1", "SE1", "SW1", "W1", "WC1")
"""Londoners write a postcode about as often as a town; elsewhere both lead to the same point."""


@cache
def homes() -> tuple[list[Position], Shares]:
    """Return the points people live at, and how many live at each."""
    rows = [line.split("\t") for line in _lines() if not line.startswith("#")]
    places = [Position(float(row[4]), float(row[5]), row[0]) for row in rows]
    people = np.array([int(row[6]) for row in rows], dtype=np.float64)
    london = max(range(len(rows)), key=lambda number: people[number])
    codes = [found for found in map(find, LONDON_CODES) if found]
    points = [*places, *(Position(code.latitude, code.longitude, code.name) for code in codes)]
    people[london] /= 2
    people = np.concatenate([people, np.full(len(codes), people[london] / len(codes))])
    return points, Shares(tuple(point.label for point in points), people / people.sum())


def _lines() -> list[str]:
    return (files("alongside.places") / "places.tsv").read_text(encoding="utf-8").splitlines()
