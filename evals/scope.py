"""The weights by which the tutor decides whether a question lies in its corpus, fitted on the gold set's tuning half.

Questions that are ruled out by name never reach the weights, so they are left out of the fit. Nothing of the held half
is looked at here; `python -m evals gold --split held` reports on it.
"""

from __future__ import annotations

from dataclasses import astuple, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.gold_set import read_outside, read_questions
from tutor.answer.scope import Measures
from tutor.flow import Tutor

MOST_REFUSED, MOST_ANSWERED = 0.03, 0.05
"""The goals: shares of inside questions refused, and of outside questions answered."""
RIDGE = 1.0
FOLDS = 10

Array = NDArray[np.float64]


def fit_scope(tutor: Tutor) -> dict[str, Any]:
    """Fit the weights, choose the threshold, and say what cross-validation makes of them."""
    inside, outside = (
        [measured for case in cases if case.split == "tune" and (measured := tutor.measure(case.question))]
        for cases in (read_questions(), read_outside())
    )
    values = np.array([astuple(one) for one in (*inside, *outside)])
    labels = np.array([1.0] * len(inside) + [0.0] * len(outside))
    weights = fit(values, labels)
    crossed = _cross_validated(values, labels)
    least = threshold(crossed, labels)
    return {
        "inside": len(inside),
        "outside_left_to_the_weights": len(outside),
        "intercept": round(float(weights[0]), 2),
        "weights": {
            one.name: round(float(weight), 2) for one, weight in zip(fields(Measures), weights[1:], strict=True)
        },
        "least_probability": round(least, 2),
        "cross_validated": {
            "area_under_the_curve": round(_area(crossed, labels), 4),
            "refused_inside": round(float((crossed[labels == 1] < least).mean()), 4),
            "answered_outside_of_these": round(float((crossed[labels == 0] >= least).mean()), 4),
        },
    }


def fit(values: Array, labels: Array) -> Array:
    """Logistic regression with a ridge on standardised values, by Newton's method; weights for values as they are."""
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    scaled = np.c_[np.ones(len(values)), (values - mean) / spread]
    weights = np.zeros(scaled.shape[1])
    ridge = np.eye(len(weights)) * RIDGE
    ridge[0, 0] = 0.0
    for _ in range(50):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        curvature = scaled.T @ (scaled * (chance * (1 - chance) + 1e-9)[:, None]) + ridge
        weights -= np.linalg.solve(curvature, scaled.T @ (chance - labels) + ridge @ weights)
    plain = weights[1:] / spread
    fitted: Array = np.r_[weights[0] - plain @ mean, plain]
    return fitted


def threshold(chances: Array, labels: Array) -> float:
    """The probability at which both errors, each relative to its goal, are least in sum; in the middle of its gap."""
    ordered = np.sort(chances)
    between = (ordered[1:] + ordered[:-1]) / 2
    errors = [
        (chances[labels == 1] < least).mean() / MOST_REFUSED + (chances[labels == 0] >= least).mean() / MOST_ANSWERED
        for least in between
    ]
    return float(between[int(np.argmin(errors))])


def _cross_validated(values: Array, labels: Array) -> Array:
    order = np.random.default_rng(0).permutation(len(labels))
    chances = np.zeros(len(labels))
    for fold in range(FOLDS):
        left_out = order[fold::FOLDS]
        others = np.setdiff1d(order, left_out)
        weights = fit(values[others], labels[others])
        chances[left_out] = 1 / (1 + np.exp(-(weights[0] + values[left_out] @ weights[1:])))
    return chances


def _area(chances: Array, labels: Array) -> float:
    inside, outside = chances[labels == 1], chances[labels == 0]
    return float((inside[:, None] > outside[None]).mean() + 0.5 * (inside[:, None] == outside[None]).mean())
