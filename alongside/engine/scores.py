"""Whole-number scores out of weights and fits, and their split into contributions that add up exactly."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from alongside.engine.criteria import FULL, Fit
from alongside.engine.settings import Weights
from alongside.engine.table import IntArray


def shares(weights: Weights) -> dict[str, int]:
    """Return the points out of FULL that each criterion can give, adding up to FULL exactly."""
    by_name = weights.by_criterion()
    total = sum(by_name.values())
    return dict(zip(by_name, apportion([FULL * weight / total for weight in by_name.values()], FULL), strict=True))


def apportion(parts: list[float], total: int) -> list[int]:
    """Round parts to whole numbers that add up to `total`, by largest remainder (Hamilton); the first wins
    a tie.

    `total` is the sum of the parts, rounded.
    """
    whole = [int(part) for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda place: (whole[place] - parts[place], place))
    for place in by_remainder[: total - sum(whole)]:
        whole[place] += 1
    return whole


def scores(fits: Mapping[str, Fit], weights: Weights) -> IntArray:
    """Return the score of every pair (n by m), 0 to FULL: the sum of share * fit / FULL, rounded half up.

    Whole numbers throughout, so that every machine comes to the same.
    """
    weighed = [(share, fits[name]) for name, share in shares(weights).items() if share]
    total: npt.NDArray[np.int32] = np.zeros(weighed[0][1].shape, dtype=np.int32)
    for share, fit in weighed:
        total += np.int32(share) * fit.astype(np.int32)
    return ((total + FULL // 2) // FULL).astype(np.int64)


def contributions(fits: Mapping[str, int], weights: Weights, score: int) -> dict[str, tuple[int, int]]:
    """Return what each weighed criterion gives to a score, and the most it could: the first add up to the score."""
    weighed = {name: share for name, share in shares(weights).items() if share}
    parts = [share * fits[name] / FULL for name, share in weighed.items()]
    return {
        name: (points, share) for (name, share), points in zip(weighed.items(), apportion(parts, score), strict=True)
    }
