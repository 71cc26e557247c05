"""Quotas that cross each other: a search by HiGHS, and as good a proof by prices as there is.

Such a matching is no flow any more, and finding the best is hard in general. Prices still bound it: with the prices of
the crossing quotas fixed, what remains is a flow again (Lagrangian relaxation; Geoffrion 1974, *Mathematical
Programming Study* 2). HiGHS searches by branch and bound, in floats; each matching it finds is counted anew in
whole numbers, and what it says about all others is reported as its claim and not as a proof.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from alongside.engine.limits.fitting import Pairs, fits
from alongside.engine.table import FloatArray, IntArray
from alongside.engine.values.totals import Program

Seconds = Callable[[], float]
"""What is left of the time."""


@dataclass(frozen=True, eq=False)
class Model:
    """Hold a program over some of its pairs: a variable for each pair, then for each least how far it is met."""

    program: Program
    pairs: Pairs

    @cached_property
    def expecting(self) -> IntArray:
        """Return the numbers of the totals that have a least."""
        return np.flatnonzero(self.program.totals.least > 0)

    @cached_property
    def upper(self) -> FloatArray:
        """Return the most of each variable."""
        return np.concatenate([np.ones(len(self.pairs[0])), self.program.totals.least[self.expecting]])

    @cached_property
    def rows(self) -> sparse.csr_array:
        """Return the constraints' left sides: every total's load, then what is met less the load that meets it."""
        rows, columns = self.pairs
        totals = self.program.totals
        n, m = totals.of_mentees.shape[1], totals.of_mentors.shape[1]
        quota, pair = np.nonzero(totals.of_mentees[:, rows] | totals.of_mentors[:, columns])
        at = np.concatenate([rows, n + columns, n + m + quota])
        which = np.concatenate([np.arange(len(rows)), np.arange(len(rows)), pair])
        loads = sparse.csr_array((np.ones(len(at)), (at, which)), shape=(len(totals.least), len(rows)))
        met = sparse.eye_array(len(self.expecting), format="csr")
        blank = sparse.csr_array((len(totals.least), len(self.expecting)))
        short = sparse.csr_array(-loads[self.expecting])
        left, right = sparse.vstack([loads, short]), sparse.vstack([blank, met])
        return sparse.csr_array(sparse.hstack([left, right]))

    @cached_property
    def limits(self) -> FloatArray:
        """Return the constraints' right sides."""
        return np.concatenate([self.program.totals.most, np.zeros(len(self.expecting))]).astype(np.float64)

    @cached_property
    def stages(self) -> list[tuple[int, IntArray]]:
        """Return what counts, the gravest first: the stake, and how much of it each variable is."""
        stakes, totals, count = self.program.stakes, self.program.totals, len(self.pairs[0])
        mentee = self.expecting < self.program.values.shape[0]
        none, every = np.zeros(count, np.int64), np.ones(count, np.int64)
        scores = self.program.values[self.pairs] - stakes.pair
        # Where a pair is a person placed and the reverse, both are one stage, which saves HiGHS much time.
        same = stakes.placed > 0 and bool((totals.least == totals.most)[: self.program.values.shape[0]].all())
        stages = [
            (stakes.placed + stakes.pair * same, np.concatenate([none, mentee])),
            (stakes.met, np.concatenate([none, ~mentee])),
            (stakes.pair * (not same), np.concatenate([every, 0 * self.expecting])),
            (1, np.concatenate([scores, 0 * self.expecting])),
        ]
        return [(stake, part) for stake, part in stages if stake and part.any()]

    def variables(self, made: npt.NDArray[np.bool_]) -> IntArray:
        """Return the variables in whole numbers where these of the pairs are made."""
        loads = self.program.totals.loads(self.pairs[0][made], self.pairs[1][made])
        return np.concatenate([made, np.minimum(loads, self.program.totals.least)[self.expecting]])


def crossing_prices(model: Model, crossing: IntArray, left: Seconds) -> IntArray | None:
    """Return the prices of all totals, 0 but for the crossing quotas, from the linear relaxation; None if too late.

    Every stage is solved with the ones before it held at their best; its dual values say what a total's pair and
    what the earlier stages cost it. Added up with the stakes, gravest last, they are the prices of the
    whole. Rounded, they still bound every matching; only how closely depends on the rounding.
    """
    rows, limits = model.rows, model.limits
    duals = []
    for _, part in model.stages:
        found = linprog(
            -part,
            A_ub=cast(Any, rows),  # the stubs know no sparse array here; HiGHS takes it
            b_ub=limits,
            bounds=[(0.0, most) for most in model.upper.tolist()],
            method="highs-ipm",
            options={"time_limit": left()},
        )
        if found.status != 0 or found.fun is None:
            return None
        duals.append([round(-marginal) for marginal in found.ineqlin.marginals.tolist()])
        rows = _below(rows, -part)
        limits = np.append(limits, found.fun + 1e-7 * max(1.0, abs(found.fun)))
    return _combined(model, crossing, duals)


def _below(rows: sparse.csr_array, row: IntArray) -> sparse.csr_array:
    """Return the constraints with one more below."""
    return sparse.csr_array(sparse.vstack([rows, sparse.csr_array(row[None, :].astype(np.float64))]))


def _combined(model: Model, crossing: IntArray, duals: list[list[int]]) -> IntArray:
    """Weigh each stage's dual values by its stake, less what later stages already pay for it."""
    fixed, totals = len(model.limits), len(model.program.totals.least)
    weights = [stake for stake, _ in model.stages]
    for later in reversed(range(len(weights))):
        for earlier in range(later):
            paid = duals[later][fixed + earlier] * weights[later]
            weights[earlier] = max(0, weights[earlier] - paid)
    met = {total: totals + at for at, total in enumerate(model.expecting.tolist())}
    prices = np.zeros(totals, dtype=np.int64)
    for total in crossing.tolist():
        each = (dual[total] - (dual[met[total]] if total in met else 0) for dual in duals)
        price = sum(weight * part for weight, part in zip(weights, each, strict=True))
        # A price beyond the reward of a least, or beyond all that a pair can earn, bounds nothing better.
        # Nor may the sum of all overflow.
        most = 2 * (model.program.stakes.placed + model.program.stakes.met) + int(model.program.values.max())
        most = min(most, 2**60 // (len(crossing) + 1))
        prices[total] = max(-int(model.program.totals.reward[total]), min(price, most))
    return prices


def branch_and_bound(model: Model, left: Seconds) -> tuple[Pairs | None, int | None]:
    """Return the best matching that HiGHS finds among the model's pairs, and its claim of what none is worth more than.

    Each part is None where time was too short to say anything.
    """
    rows, lowest, best, sure = model.rows, np.full(len(model.limits), -np.inf), None, 0
    limits = model.limits
    for stake, part in model.stages:
        found = milp(
            -part,
            integrality=(np.arange(len(part)) < len(model.pairs[0])).astype(np.int64),
            bounds=Bounds(0, model.upper),
            constraints=LinearConstraint(rows, lowest, limits),
            options={"mip_rel_gap": 0.0, "time_limit": left()},
        )
        better = None if found.x is None else _counted(model, found.x)
        best = best if better is None else better
        claim = None if found.mip_dual_bound is None else int(np.floor(1e-6 - found.mip_dual_bound))
        if better is None or claim is None or claim > (reached := int(part @ model.variables(better))):
            # All that follows a stage is worth less than one more of it.
            return _made(model, best), None if claim is None else sure + stake * (claim + 1) - 1
        sure += stake * reached
        rows = _below(rows, part)
        lowest, limits = np.append(lowest, reached), np.append(limits, np.inf)
    return _made(model, best), sure


def _counted(model: Model, found: FloatArray) -> npt.NDArray[np.bool_] | None:
    """Return the pairs that a solution in floats means, or None if in whole numbers they pass a bound."""
    made: npt.NDArray[np.bool_] = found[: len(model.pairs[0])] > 0.5
    rows, columns = model.pairs
    return made if fits(model.program, (rows[made], columns[made])) else None


def _made(model: Model, made: npt.NDArray[np.bool_] | None) -> Pairs | None:
    rows, columns = model.pairs
    return None if made is None else (rows[made], columns[made])
