"""Weights as whole points: how many of 10,000 each criterion can give."""

from __future__ import annotations

from alongside.engine.values.settings import Weights

FULL = 10_000
"""The score of a pair that is perfect in everything."""


NEUTRAL = FULL // 2
"""The score of a pair of whom nothing is known."""


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
