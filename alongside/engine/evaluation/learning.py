"""Logistic regression with coefficients of 0 or more, judged by outcomes it was not fitted to."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit

from alongside.engine.table import FloatArray, IntArray

FOLDS = 5

RIDGE = 1e-3
"""A pull on every slope, weak beside any data, that keeps them finite where outcomes are split perfectly."""


def turns(cases: Sequence[Any]) -> IntArray:
    """Return the fold of each case, in the order of the SHA-256 of what it is, so that a split is always the same."""
    digests = [hashlib.sha256(repr(case).encode("utf-8", "surrogatepass")).digest() for case in cases]
    order = np.array(sorted(range(len(cases)), key=digests.__getitem__), dtype=np.int64)
    folds = np.empty(len(cases), dtype=np.int64)
    folds[order] = np.arange(len(cases)) % FOLDS
    return folds


def fitted(features: FloatArray, outcomes: FloatArray, pull: FloatArray | None = None) -> FloatArray:
    """Return the intercept and a slope of 0 or more for each feature (cases by features), of the best fit.

    It minimises the log loss, summed over the cases, plus slopes @ pull @ slopes; both are convex, so there is one best
    fit. By a truncated Newton method with bounds (Nash 1984); L-BFGS-B comes to the same, but spends up to a hundred
    times as long in the threads of a BLAS on a busy machine.
    """
    cases, slopes = features.shape
    middle = features.mean(axis=0)
    # Centred, so that the intercept does not hang on the slopes and the search takes fewer steps.
    design = np.column_stack([np.ones(cases), features - middle])
    penalty = np.zeros((slopes + 1, slopes + 1))
    penalty[1:, 1:] = RIDGE * np.eye(slopes) + (0 if pull is None else pull)

    # By einsum, not @: products this small lose more to the threads of a BLAS than they gain.
    def loss(at: FloatArray) -> tuple[float, FloatArray]:
        odds, pulled = np.einsum("ij,j->i", design, at), np.einsum("ij,j->i", penalty, at)
        value = (np.logaddexp(0, odds) - outcomes * odds).sum() + (at * pulled).sum()
        slope = np.einsum("ij,i->j", design, expit(odds) - outcomes) + 2 * pulled
        return float(value) / cases, slope / cases

    bounds = [(None, None), *[(0, None)] * slopes]
    found = minimize(
        loss, np.zeros(slopes + 1), jac=True, method="TNC", bounds=bounds, options={"ftol": 1e-12, "maxfun": 1000}
    )
    return np.array([found.x[0] - middle @ found.x[1:], *found.x[1:]])


def foretold(features: FloatArray, coefficients: FloatArray) -> FloatArray:
    """Return the probability of each case."""
    return np.asarray(expit(coefficients[0] + features @ coefficients[1:]), dtype=np.float64)


def log_losses(probabilities: FloatArray, outcomes: FloatArray) -> FloatArray:
    """Return the log loss of each case, at most about 35."""
    seen = np.where(outcomes > 0, probabilities, 1 - probabilities)
    return np.asarray(-np.log(np.maximum(seen, 1e-15)), dtype=np.float64)


def out_of_fold(
    features: npt.ArrayLike, outcomes: Sequence[bool], folds: IntArray
) -> tuple[list[float], list[bool], list[float]]:
    """Return what a fit to the other folds foretells of each case, what came, and the base rate of those folds."""
    table, came = np.asarray(features, dtype=np.float64), np.asarray(outcomes, dtype=np.float64)
    told, rate = np.zeros(len(came)), np.zeros(len(came))
    for fold in range(FOLDS):
        here, others = folds == fold, folds != fold
        told[here] = foretold(table[here], fitted(table[others], came[others]))
        rate[here] = came[others].mean()
    return told.tolist(), list(outcomes), rate.tolist()
