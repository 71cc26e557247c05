"""Best choices in whole numbers by a mixed-integer solver, with the bound that proves them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

IntArray = npt.NDArray[np.int64]

ROUNDING = 1e-6
"""How far the solver's bound, a float, may stand below a whole number that it stands for."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Hold what was reached of one aim, and the `bound`: the most that any arrangement could reach."""

    name: str
    value: int
    bound: int

    @property
    def gap(self) -> int:
        """Return by how much an arrangement not found could be better at most."""
        return self.bound - self.value


@dataclass(frozen=True, slots=True)
class Proof:
    """Prove an arrangement: its aims, the most important first.

    The bound of each aim holds for arrangements that reach the values of the aims before it. `exact` tells
    whether the solver was asked; if not, the arrangement is a greedy one, and the bounds are easy ones.
    """

    goals: tuple[Goal, ...]
    exact: bool

    @property
    def proven(self) -> bool:
        """Tell whether no other arrangement is better."""
        return not any(goal.gap for goal in self.goals)


@dataclass(frozen=True, slots=True)
class Rows:
    """Collect linear constraints, a row each: low <= sum of coefficient * variable <= high."""

    rows: list[int]
    columns: list[int]
    coefficients: list[int]
    low: list[float]
    high: list[float]

    @classmethod
    def none(cls) -> Rows:
        """Return no constraints, to be added to."""
        return cls([], [], [], [], [])

    def add(
        self, columns: Sequence[int], coefficients: Sequence[int], *, low: float = -math.inf, high: float = math.inf
    ) -> None:
        """Add a row."""
        self.rows.extend([len(self.low)] * len(columns))
        self.columns.extend(columns)
        self.coefficients.extend(coefficients)
        self.low.append(low)
        self.high.append(high)

    def limit(self, columns: Sequence[int], high: int) -> None:
        """Add that at most `high` of these are chosen."""
        self.add(columns, [1] * len(columns), high=high)

    def constraint(self, variables: int) -> LinearConstraint:
        """Return all rows over so many variables as scipy takes them."""
        shape = (len(self.low), variables)
        table = sparse.csr_array((np.array(self.coefficients, float), (self.rows, self.columns)), shape=shape)
        return LinearConstraint(table, np.array(self.low), np.array(self.high))


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """Hold which variables were chosen (None where the time ran out before any choice) and the bound."""

    chosen: npt.NDArray[np.bool_] | None
    bound: int


def maximise(gains: npt.ArrayLike, rows: Rows, *, seconds: float, whole: npt.ArrayLike = 1) -> Chosen:
    """Choose variables, each 0 or 1, for the largest sum of whole gains (one per variable) that the rows allow.

    By branch and cut (HiGHS: Huangfu and Hall 2018). The bound is the solver's own, computed in floats and
    cut to a whole number, since no sum of whole gains lies between.

    :param whole: 0 for variables that may lie between 0 and 1, such as those that come out whole anyway.
    :raises ValueError: if no choice keeps to the rows.
    """
    values = np.asarray(gains, dtype=np.float64)
    found = milp(
        -values,
        integrality=np.broadcast_to(np.asarray(whole), values.shape),
        bounds=Bounds(0, 1),
        constraints=rows.constraint(len(values)),
        options={"time_limit": max(seconds, 0.01), "mip_rel_gap": 0.0},
    )
    if found.status not in (0, 1):
        raise ValueError(f"No choice keeps to the rows: {found.message}")
    most = float(np.maximum(values, 0).sum())
    bound = most if found.mip_dual_bound is None else min(most, -float(found.mip_dual_bound))
    chosen = None if found.x is None else np.asarray(found.x > 0.5, dtype=np.bool_)
    return Chosen(chosen, math.floor(bound + ROUNDING * max(1.0, bound * ROUNDING)))
