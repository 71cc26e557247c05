"""Measures of how well numbers foretold outcomes, each with a 95% interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.optimize import brentq

from alongside.engine.evaluation.intervals import Interval, Z, mean
from alongside.engine.table import FloatArray

ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class BrierScore:
    """Hold the mean squared miss of probabilities, that of the baseline, and the skill: the share of it saved."""

    score: float
    baseline: float
    skill: Interval


def brier_score(foretold: Sequence[float], outcomes: Sequence[bool], baseline: Sequence[float]) -> BrierScore:
    """Return the score of Brier (1950) of probabilities against those of a baseline.

    The interval of the skill is Student's for the mean difference of the squared misses, with the miss of the
    baseline taken as given.

    :raises ValueError: if the baseline never misses, so that there is nothing to be saved.
    """
    came = np.asarray(outcomes, dtype=np.float64)
    misses, usual = (np.asarray(foretold) - came) ** 2, (np.asarray(baseline) - came) ** 2
    if not usual.any():
        raise ValueError("The baseline never misses; there is nothing to do better.")
    saved = mean(((usual - misses) / usual.mean()).tolist())
    return BrierScore(float(misses.mean()), float(usual.mean()), saved)


def area_under_curve(events: Sequence[float], others: Sequence[float]) -> Interval:
    """Return how often an event has the larger number than another case, ties counting half (the area under the
    ROC curve).

    The interval takes the error of Hanley and McNeil (1982) at its own ends instead of at the estimate (method 5 of
    Newcombe 2006): it stays within 0 to 1 and has a width at 0 and 1 too.
    """
    ranks = stats.rankdata([*events, *others])
    m, n = len(events), len(others)
    area = (float(ranks[:m].sum()) - m * (m + 1) / 2) / (m * n)
    return Interval(area, *(_end(area, m, n, side) for side in (-1, 1)))


def _end(area: float, m: int, n: int, side: int) -> float:
    """Return the area, below or above, of which the estimate is just as far off as 95% of estimates are at most."""
    limit = 0.0 if side < 0 else 1.0
    if area == limit:
        return limit

    def beyond(other: float) -> float:
        return abs(area - other) - Z * math.sqrt(_hanley_mcneil(other, m, n))

    inner = area if 0 < area < 1 else abs(area - 1e-12)
    return float(brentq(beyond, limit, inner))


def _hanley_mcneil(area: float, m: int, n: int) -> float:
    """Return the variance of an area, with the mean of both sample sizes in both of its terms."""
    size = (m + n) / 2 - 1
    return area * (1 - area) / (m * n) * (1 + size * ((1 - area) / (2 - area) + area / (1 + area)))


def somers_d(foretold: Sequence[float], outcomes: Sequence[float]) -> Interval | None:
    """Return by how much two cases of different outcome are more often in the right order than in the wrong one.

    D of Somers (1962), of the numbers given the outcomes, -1 to 1; with two outcomes it is twice the area under
    the ROC curve less 1. The interval is the jackknife's, on the scale of the inverse hyperbolic tangent
    (Newson 2006); where the order is perfect, or nearly, and that has no end, it is the interval of an area under the
    curve of two halves. None where all numbers are alike, or leaving one case out would leave no outcomes that differ.
    """
    if len(set(foretold)) < 2:
        return None
    right, differ = _concordance(np.asarray(foretold, dtype=np.float64), np.asarray(outcomes, dtype=np.float64))
    total = differ.sum()
    if not np.all(total - 2 * differ > 0):
        return None
    value = float(right.sum() / total)
    without = (right.sum() - 2 * right) / (total - 2 * differ)
    if max(abs(value), float(np.abs(without).max())) >= 1:
        half = len(without) // 2
        return Interval(value, *(2 * _end((1 + value) / 2, half, half, side) - 1 for side in (-1, 1)))
    scaled = np.arctanh(without)
    error = math.sqrt((len(scaled) - 1) * float(np.var(scaled)))
    middle = math.atanh(value)
    return Interval(value, math.tanh(middle - Z * error), math.tanh(middle + Z * error))


def _concordance(foretold: FloatArray, outcomes: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return for each case the right less the wrong orders, and the cases of another outcome, a few rows at once."""
    right, differ = np.zeros(len(outcomes)), np.zeros(len(outcomes))
    for start in range(0, len(outcomes), ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        signs = np.sign(outcomes[rows, None] - outcomes)
        differ[rows] = np.abs(signs).sum(axis=1)
        right[rows] = (signs * np.sign(foretold[rows, None] - foretold)).sum(axis=1)
    return right, differ
