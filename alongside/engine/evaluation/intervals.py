"""Intervals of 95% for shares, means and their differences: how far chance alone may carry a figure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

Z = 1.959963984540054
"""The point of the normal distribution that 2.5% lie above."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Hold a figure and the 95% interval around it."""

    value: float
    low: float
    high: float

    @property
    def holds_zero(self) -> bool:
        """Tell whether chance alone could have made a difference of this size."""
        return self.low <= 0 <= self.high

    def within(self, low: float, high: float) -> Interval:
        """Return the interval cut to what is possible."""
        return Interval(self.value, max(low, self.low), min(high, self.high))

    def rounded(self, factor: float = 1.0) -> Interval:
        """Return the interval times `factor`, in whole numbers."""
        return Interval(*(float(round(factor * each)) for each in (self.value, self.low, self.high)))


def wilson(successes: int, of: int) -> Interval:
    """Return a share with its score interval (Wilson 1927), which stays within 0 to 1 and suits small numbers.

    :raises ValueError: if there is nothing to take a share of.
    """
    if not 0 <= successes <= of or of == 0:
        raise ValueError(f"There is no share of {successes} among {of}.")
    share, spread = successes / of, Z * Z / of
    middle = share + spread / 2
    reach = Z * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    return Interval(share, max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread)))


def difference_of_shares(one: tuple[int, int], other: tuple[int, int]) -> Interval:
    """Return one share (successes, of) less another, with the interval made of their Wilson intervals.

    Method 10 of Newcombe (1998), "Interval estimation for the difference between independent proportions".
    """
    a, b = wilson(*one), wilson(*other)
    value = a.value - b.value
    down, up = math.hypot(a.value - a.low, b.high - b.value), math.hypot(a.high - a.value, b.value - b.low)
    return Interval(value, value - down, value + up)


def mean(values: Sequence[float]) -> Interval:
    """Return the mean of two values or more with Student's interval."""
    return _around(float(np.mean(values)), _squared_error(values), len(values) - 1)


def difference_of_means(one: Sequence[float], other: Sequence[float]) -> Interval:
    """Return the mean of one sample less that of another, with the interval of Welch (1947): spreads may differ."""
    a, b = _squared_error(one), _squared_error(other)
    weighed = a * a / (len(one) - 1) + b * b / (len(other) - 1)
    freedom = (a + b) ** 2 / weighed if weighed else math.inf
    return _around(float(np.mean(one) - np.mean(other)), a + b, freedom)


def _squared_error(values: Sequence[float]) -> float:
    if len(values) < 2:
        raise ValueError("The spread of a mean needs two values or more.")
    return float(np.var(values, ddof=1)) / len(values)


def _around(value: float, squared_error: float, freedom: float) -> Interval:
    reach = float(stats.t.ppf(0.975, freedom)) * math.sqrt(squared_error)
    return Interval(value, value - reach, value + reach)
