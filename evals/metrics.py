"""Metrics as pure functions: ranked ids and graded judgements in, one number out. No file, no clock, no model."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RESAMPLES = 1000


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain at `depth`: gain is the grade, discounted by log2(rank + 1)."""
    gained = _discounted([grades.get(document, 0) for document in ranked[:depth]])
    ideal = _discounted(sorted(grades.values(), reverse=True)[:depth])
    return gained / ideal if ideal else 0.0


def recall(ranked: Sequence[str], grades: Mapping[str, int], depth: int) -> float:
    """The share of relevant documents among the first `depth`."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant & set(ranked[:depth])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """One over the rank of the first relevant document; 0 when there is none."""
    for rank, document in enumerate(ranked, start=1):
        if grades.get(document, 0) > 0:
            return 1 / rank
    return 0.0


@dataclass(frozen=True)
class Estimate:
    """A mean with the interval in which 95% of resampled means lie."""

    mean: float
    low: float
    high: float


def estimate(values: Sequence[float], seed: int = 0) -> Estimate:
    """Mean and bootstrap interval of per-query values."""
    if not values:
        return Estimate(0.0, 0.0, 0.0)
    draw = random.Random(seed)  # noqa: S311 - resampling, nothing secret
    means = sorted(sum(draw.choices(values, k=len(values))) / len(values) for _ in range(RESAMPLES))
    return Estimate(sum(values) / len(values), means[int(0.025 * RESAMPLES)], means[int(0.975 * RESAMPLES) - 1])


def paired_probability(ours: Sequence[float], theirs: Sequence[float], seed: int = 0) -> float:
    """Two-sided p-value of a paired randomisation test: how often flipped signs make as large a difference."""
    differences = [one - other for one, other in zip(ours, theirs, strict=True)]
    if not any(differences):
        return 1.0
    observed = abs(sum(differences))
    draw = random.Random(seed)  # noqa: S311 - resampling, nothing secret
    as_large = sum(
        abs(sum(value if draw.random() < 0.5 else -value for value in differences)) >= observed - 1e-12
        for _ in range(RESAMPLES)
    )
    return (as_large + 1) / (RESAMPLES + 1)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))
