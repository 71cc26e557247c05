"""Weights that past outcomes speak for: a suggestion with its uncertainty, never applied by itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from alongside.engine.evaluation.calibration import LEAST_EVENTS, SELECTION, Outcome
from alongside.engine.evaluation.intervals import Interval, mean
from alongside.engine.evaluation.learning import FOLDS, fitted, foretold, log_losses, turns
from alongside.engine.table import BoolArray, FloatArray, IntArray
from alongside.engine.values.settings import Weights

PULLS = (1.0, 10.0, 100.0, 1000.0)
"""How strongly the suggestion may be held to the proportions of the current weights; outcomes decide which."""

RESAMPLES = 200
SEED = 1996


@dataclass(frozen=True, slots=True)
class WeightInterval:
    """Hold the current weight of a criterion and what outcomes speak for, with the 95% interval of the bootstrap."""

    criterion: str
    current: float
    suggested: Interval


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Hold the weights that would have foretold better, None where none would, what they rest on, and why.

    `improvement` is by how much they foretell better than the current weights: log loss saved for each pair among
    pairs they were not fitted to. It and the intervals are given where there was enough data, even where
    nothing is suggested.
    """

    weights: Weights | None
    intervals: tuple[WeightInterval, ...]
    pairs: int
    improvement: Interval | None
    sentences: tuple[str, ...]


def suggested_weights(outcomes: tuple[Outcome, ...], weights: Weights, *, resamples: int = RESAMPLES) -> Suggestion:
    """Suggest weights under which past scores would have foretold better which mentorships went on.

    Logistic regression on the criteria's fits, with coefficients of 0 or more; what of them is not in proportion to
    the current weights is held down (ridge: Hoerl and Kennard 1970). How strongly is chosen among PULLS by
    cross-validation, and the whole is judged by an outer one (nested: Varma and Simon 2006), both split by hash. It
    suggests something only where the 95% interval of the improvement is above 0.

    Criteria that are not among the parts of every outcome keep their weights; the others share theirs anew.
    """
    data = _Data.of(outcomes, weights)
    lacking = data.lacking()
    if lacking:
        return Suggestion(None, (), len(data.came), None, (lacking, SELECTION))
    improvement = data.improvement()
    pull = data.best_pull(np.ones(len(data.came), dtype=np.bool_))
    found = data.weights(np.arange(len(data.came)), pull)
    if found is None:
        return Suggestion(None, (), len(data.came), improvement, (NO_BETTER, SELECTION))
    intervals = data.intervals(found, pull, resamples)
    if improvement.low <= 0:
        return Suggestion(None, intervals, len(data.came), improvement, (NO_BETTER, SELECTION))
    return Suggestion(data.applied(found), intervals, len(data.came), improvement, (BETTER, SELECTION))


NO_BETTER = (
    "No other weights foretold better than the current ones among pairs they were not fitted to. None are suggested."
)
BETTER = (
    "These weights foretold better than the current ones among pairs they were not fitted to. Nothing changes until "
    "somebody decides it: outcomes show what went together, not what causes what."
)


@dataclass(frozen=True, slots=True, eq=False)
class _Data:
    """Hold the fits (pairs by criteria, 0 to 1), what came (1 where the pair went on) and the fold of each pair."""

    current: Weights
    criteria: tuple[str, ...]
    fits: FloatArray
    came: FloatArray
    folds: IntArray

    @classmethod
    def of(cls, outcomes: tuple[Outcome, ...], weights: Weights) -> _Data:
        # In the order of their content, so that resampling does not hang on the order they came in.
        known = sorted((o for o in outcomes if o.went_on is not None), key=repr)
        parts = [dict(outcome.parts) for outcome in known]
        criteria = tuple(name for name in weights.by_criterion() if known and all(name in part for part in parts))
        fits = np.array([[part[name] / 10_000 for name in criteria] for part in parts], dtype=np.float64)
        came = np.array([float(bool(outcome.went_on)) for outcome in known])
        return cls(weights, criteria, fits.reshape(len(known), len(criteria)), came, turns(known))

    @property
    def shares(self) -> FloatArray:
        """Return the current weights of the criteria."""
        return np.array([self.current.by_criterion()[name] for name in self.criteria])

    def lacking(self) -> str:
        """Say what is lacking; an empty string where nothing is."""
        if len(self.criteria) < 2 or not self.shares.any():
            return "Not enough data: two criteria or more must be known of every pair, and have some weight now."
        needed, yes = LEAST_EVENTS * len(self.criteria), int(self.came.sum())
        if min(yes, len(self.came) - yes) >= needed:
            return ""
        return (
            f"Not enough data: {LEAST_EVENTS} for each of {len(self.criteria)} criteria, {needed} pairs that went on "
            f"and {needed} that did not, are needed; there are {yes} and {len(self.came) - yes}."
        )

    def penalty(self, pull: float) -> FloatArray:
        """Return the matrix that measures what of the slopes is not in proportion to the current weights."""
        along = self.shares / np.linalg.norm(self.shares)
        return np.asarray(pull * (np.eye(len(along)) - np.outer(along, along)), dtype=np.float64)

    # Which is better.

    def improvement(self) -> Interval:
        """Return the log loss saved for each pair: each fold is foretold by what the others alone chose and fitted."""
        saved = np.zeros(len(self.came))
        for fold in range(FOLDS):
            here, others = self.folds == fold, self.folds != fold
            ours = self._losses(others, here, self.best_pull(others))
            saved[here] = self._current_losses(others, here) - ours
        return mean(saved.tolist())

    def best_pull(self, among: BoolArray) -> float:
        """Return the pull whose fits foretell best, fold by fold; the strongest among equals."""
        folds = [fold for fold in range(FOLDS) if (among & (self.folds == fold)).any()]
        parts = [(among & (self.folds != fold), among & (self.folds == fold)) for fold in folds]
        return min(reversed(PULLS), key=lambda pull: sum(self._losses(*part, pull).sum() for part in parts))

    def _losses(self, train: BoolArray, test: BoolArray, pull: float) -> FloatArray:
        found = fitted(self.fits[train], self.came[train], self.penalty(pull))
        return log_losses(foretold(self.fits[test], found), self.came[test])

    def _current_losses(self, train: BoolArray, test: BoolArray) -> FloatArray:
        """Return the losses of the current weights, given the best intercept and slope they can have."""
        score = (self.fits @ self.shares / self.shares.sum())[:, None]
        return log_losses(foretold(score[test], fitted(score[train], self.came[train])), self.came[test])

    # What they are.

    def weights(self, rows: IntArray, pull: float) -> FloatArray | None:
        """Return weights of the same sum as the current ones, fitted to some pairs; None where nothing matters."""
        slopes = fitted(self.fits[rows], self.came[rows], self.penalty(pull))[1:]
        total = slopes.sum()
        return None if total <= 0 else np.asarray(slopes * (self.shares.sum() / total), dtype=np.float64)

    def intervals(self, found: FloatArray, pull: float, resamples: int) -> tuple[WeightInterval, ...]:
        """Return the weights with the percentile intervals of the bootstrap (Efron 1979)."""
        draw = np.random.default_rng(SEED)
        pairs = len(self.came)
        again = [self.weights(draw.integers(0, pairs, pairs), pull) for _ in range(resamples)]
        drawn = np.array([weights for weights in again if weights is not None] or [found])
        low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
        # The fit itself may lie outside what resampling gives; the interval is to hold it.
        columns = zip(self.criteria, self.shares, found, np.minimum(low, found), np.maximum(high, found), strict=True)
        return tuple(
            WeightInterval(name, float(current), Interval(*(round(float(each), 1) for each in ours)))
            for name, current, *ours in columns
        )

    def applied(self, found: FloatArray) -> Weights:
        """Return the current weights with those found in their place, to a tenth."""
        return self.current.with_criteria({n: round(float(w), 1) for n, w in zip(self.criteria, found, strict=True)})
