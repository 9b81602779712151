"""Exam-style questions with keys in; how often the solver finds them out, beside ways that know less, by level.

The baselines run over the same questions: the longest option, the option most like the question by the encoder, the
option that shares most words with one passage together with the question. `evals/fitting.py` fits the solver's weights.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import asdict
from time import perf_counter
from typing import Any

import numpy as np

from evals.gold_set import ExamItem, Split, read_items
from evals.metrics import rate
from tutor.flow.ground import Ground
from tutor.flow.solving import open_solver
from tutor.index.lexical import LexicalIndex
from tutor.settings import Settings
from tutor.solve.question import Question
from tutor.solve.solution import Solution
from tutor.solve.solver import Solver

Way = Callable[[Question], Sequence[float]]
"""A question in, how much speaks for each option out."""

BANDS = (0.0, 0.4, 0.6, 0.8, 1.01)
"""Bounds of the confidences that are looked at together."""


def as_question(item: ExamItem) -> Question:
    """An item as a candidate sees it."""
    return Question(item.question, tuple(item.options.values()), tuple(item.options), len(item.key), item.id)


def measure(settings: Settings, split: Split | None, *, fit: bool = False) -> dict[str, Any]:
    """Measure the solver as it stands; `fit` first fits its weights on the tuning half and writes them."""
    from evals.fitting import fit_weights

    ground = Ground(settings)
    items = read_items()
    if fit:
        fit_weights(ground, [item for item in items if item.split == "tune"])
    figures = measure_solving(open_solver(ground), ground, [item for item in items if split in (None, item.split)])
    ground.close()
    return figures


def climb(settings: Settings) -> dict[str, float]:
    """The numbers of the kernel to which the tuning half leads, by their names."""
    from evals.kernel_fitting import fit_kernel

    ground = Ground(settings)
    found = fit_kernel(ground, [item for item in read_items() if item.split == "tune"])
    ground.close()
    return asdict(found)


def measure_solving(solver: Solver, ground: Ground, items: Sequence[ExamItem]) -> dict[str, Any]:
    """Solve all items, and say how often each way was right."""
    begun = perf_counter()
    solver.solve(as_question(items[0]))
    first = perf_counter() - begun
    begun = perf_counter()
    solutions = [solver.solve(as_question(item)) for item in items]
    each = 1000 * (perf_counter() - begun) / len(items)
    right = {"solver": [set(one.answer) == set(item.key) for one, item in zip(solutions, items, strict=True)]}
    for name, way in baselines(ground).items():
        right[name] = [
            _best(way(question), question) == set(item.key) for item in items for question in [as_question(item)]
        ]
    levels = sorted({item.level for item in items})
    return {
        "items": len(items),
        "by_level": {
            level: {name: _rate(found, items, level) for name, found in right.items()} for level in ["", *levels]
        },
        "confidence": _bands(solutions, right["solver"]),
        "guessed": {"items": sum(one.guessed for one in solutions)},
        "ms_first": round(1000 * first, 1),
        "ms_each": round(each, 1),
    }


def baselines(ground: Ground) -> dict[str, Way]:
    """Ways that know less."""
    lexical = LexicalIndex(ground.index.folder / "lexical")

    def alike(question: Question) -> Sequence[float]:
        options = ground.encoder.encode_passages(question.options)
        return [float(value) for value in options @ ground.encoder.encode_query(question.stem)]

    def passage(question: Question) -> Sequence[float]:
        return [float(lexical.scores(f"{question.stem} {option}").max()) for option in question.options]

    return {
        "longest option": lambda question: [float(len(option)) for option in question.options],
        "most like the question": alike,
        "best passage by words": passage,
    }


def _best(values: Sequence[float], question: Question) -> set[str]:
    order = np.argsort(-np.asarray(values), kind="stable")[: question.choose]
    return {question.letters[place] for place in order.tolist()}


def _rate(found: Sequence[bool], items: Sequence[ExamItem], level: str) -> dict[str, float]:
    some = [right for right, item in zip(found, items, strict=True) if level in ("", item.level)]
    told = rate(sum(some), len(some))
    return {"mean": told.mean, "low": told.low, "high": told.high, "items": len(some)}


def _bands(solutions: Sequence[Solution], right: Sequence[bool]) -> list[dict[str, float]]:
    """Whether the solver is right as often as it says, by how sure it is."""
    bands = []
    for low, high in itertools.pairwise(BANDS):
        some = [
            (one.confidence, was) for one, was in zip(solutions, right, strict=True) if low <= one.confidence < high
        ]
        if some:
            said, came = (float(np.mean(values)) for values in zip(*some, strict=True))
            bands.append({"from": low, "items": len(some), "said": round(said, 3), "right": round(came, 3)})
    return bands
