"""Goal attainment scaling: one figure for how far several objectives were reached, each weighed."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

CORRELATION = 0.3
"""The correlation assumed among objectives of one person (Kiresuk and Sherman 1968)."""


class Scaled(NamedTuple):
    """One objective: its weight (importance times difficulty, above 0) and its level (-2 to 2)."""

    weight: float
    level: int


def t_score(objectives: Sequence[Scaled]) -> float:
    """Return the T-score: 50 where all came as hoped for, more where more came.

    50 + 10 sum(w x) / sqrt((1 - r) sum(w²) + r sum(w)²), with r = 0.3 (Turner-Stokes 2009, *Goal attainment scaling
    in rehabilitation: a practical guide*).

    :raises ValueError: if there is none, a weight is not above 0, or a level not between -2 and 2.
    """
    if not objectives:
        raise ValueError("A T-score needs at least one objective.")
    if any(each.weight <= 0 for each in objectives):
        raise ValueError("Every objective needs a weight above 0.")
    if any(not -2 <= each.level <= 2 for each in objectives):
        raise ValueError("A level lies between -2 and 2.")
    weights = [each.weight for each in objectives]
    spread = (1 - CORRELATION) * sum(weight**2 for weight in weights) + CORRELATION * sum(weights) ** 2
    return 50 + 10 * sum(each.weight * each.level for each in objectives) / sqrt(spread)
