"""Exam-style questions with keys in, the weights of the solver's measures out.

A conditional logit: the weights under which the keys are likeliest, held small by a penalty. Levels that come nearer
to the exam count more. A measure's part that an option's length explains is taken out first. Rulings by hand are left
out where they were written by those who wrote the questions: what such a precedent says would be praised too much.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from evals.gold_set import ExamItem
from evals.solving import as_question
from tutor.flow.ground import Ground
from tutor.flow.solving import open_solver
from tutor.index.encoder import Vectors
from tutor.solve.evidence import LENGTH, MEASURES
from tutor.solve.solver import Solver
from tutor.solve.weights import write_weights

COUNTS: Mapping[str, float] = {"near": 1.5, "plain": 0.7, "lot": 1.0, "classic": 3.0}
"""What an item of each level counts for."""
SAME_HAND = ("near", "plain")
"""Levels whose questions were written by those who wrote the rulings by hand."""
PENALTY = 10.0
STEPS = 400
LEAST_SIZE = 1e-4
"""What varies less than this beyond its length says nothing."""


def fit_weights(ground: Ground, items: Sequence[ExamItem]) -> dict[str, float]:
    """Fit the weights of all measures on items, and write them where the solver reads them."""
    cases = gather_cases(ground, items)
    weights = fit_cases(cases, MEASURES)
    write_weights(weights, f"Written by `python -m evals solve --fit`, from {len(cases)} questions.")
    return weights


class Case:
    """An item's evidence beside its key."""

    def __init__(self, item: ExamItem, measures: Mapping[str, Vectors]) -> None:
        self.item = item
        self.key = list(item.options).index(item.key[0])
        self.measures = {name: values - values.mean() for name, values in measures.items()}
        self.counts = COUNTS.get(item.level, 1.0)


def case_of(solver: Solver, item: ExamItem) -> Case:
    """The evidence that a solver gathers on an item."""
    return Case(item, solver.gather(as_question(item)).measures)


def fit_cases(cases: Sequence[Case], names: Sequence[str]) -> dict[str, float]:
    """The weights for cases whose evidence was gathered."""
    lengths = np.concatenate([case.measures[LENGTH] for case in cases])
    slopes, sizes = {}, {}
    for name in names:
        values = np.concatenate([case.measures[name] for case in cases])
        slopes[name] = float(values @ lengths / (lengths @ lengths))
        size = float(np.std(values - slopes[name] * lengths))
        sizes[name] = size if size > LEAST_SIZE else 1.0
    shaped = [
        np.stack([(case.measures[name] - slopes[name] * case.measures[LENGTH]) / sizes[name] for name in names], axis=1)
        for case in cases
    ]
    fitted = _climb(shaped, [case.key for case in cases], [case.counts for case in cases])
    weights = {name: float(value) / sizes[name] for name, value in zip(names, fitted, strict=True)}
    return {**weights, LENGTH: -sum(weights[name] * slopes[name] for name in names)}


def validate(cases: Sequence[Case], names: Sequence[str], folds: int = 8, seed: int = 0) -> dict[str, list[bool]]:
    """By level, which cases are solved by weights that were fitted without them."""
    order = np.random.default_rng(seed).permutation(len(cases))
    right: dict[str, list[bool]] = {}
    for fold in range(folds):
        left_out = set(order[fold::folds].tolist())
        weights = fit_cases([case for place, case in enumerate(cases) if place not in left_out], names)
        for place in sorted(left_out):
            case = cases[place]
            scores = sum(weight * case.measures[name] for name, weight in weights.items())
            right.setdefault(case.item.level, []).append(int(np.argmax(scores)) == case.key)
    return right


def _climb(shaped: Sequence[Vectors], keys: Sequence[int], counts: Sequence[float]) -> NDArray[np.float64]:
    """Newton's steps to the one best point."""
    weights = np.zeros(shaped[0].shape[1])
    for _ in range(STEPS):
        slope, bend = -PENALTY * weights, -PENALTY * np.eye(len(weights))
        for values, key, count in zip(shaped, keys, counts, strict=True):
            scores = values @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            middle = shares @ values
            slope += count * (values[key] - middle)
            bend -= count * ((values * shares[:, None]).T @ values - np.outer(middle, middle))
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def gather_cases(ground: Ground, items: Sequence[ExamItem]) -> list[Case]:
    """The evidence on all items with one key."""
    return [case_of(solver, item) for item, solver in with_solvers(ground, items)]


def with_solvers(ground: Ground, items: Sequence[ExamItem]) -> Iterator[tuple[ExamItem, Solver]]:
    """Each item with one key, and the solver that may be asked about it."""
    knowing, without = open_solver(ground), open_solver(ground, by_hand=False)
    for item in items:
        if len(item.key) == 1:
            yield item, without if item.level in SAME_HAND else knowing
