"""Metrics as pure functions: judged results in, numbers out, with intervals and tests. No file, no clock, no model."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RESAMPLES = 1000
FEW = 14
"""Up to so many differences, every flip of their signs is tried."""


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
    """Two-sided p-value of a paired randomisation test: how often flipped signs make as large a difference.

    Exact where few pairs differ; on right and wrong answers it is then McNemar's exact test.
    """
    differences = [one - other for one, other in zip(ours, theirs, strict=True) if one != other]
    if not differences:
        return 1.0
    observed = abs(sum(differences)) - 1e-12
    if len(differences) <= FEW:
        sums = [0.0]
        for value in differences:
            sums = [total + sign * value for total in sums for sign in (1, -1)]
        return sum(abs(total) >= observed for total in sums) / len(sums)
    draw = random.Random(seed)  # noqa: S311 - resampling, nothing secret
    as_large = sum(
        abs(sum(value if draw.random() < 0.5 else -value for value in differences)) >= observed
        for _ in range(RESAMPLES)
    )
    return (as_large + 1) / (RESAMPLES + 1)


def holm(probabilities: Mapping[str, float]) -> dict[str, float]:
    """P-values of several tests made at once, corrected by Holm's method."""
    corrected: dict[str, float] = {}
    largest = 0.0
    for rank, (name, p) in enumerate(sorted(probabilities.items(), key=lambda entry: entry[1])):
        largest = max(largest, min(1.0, p * (len(probabilities) - rank)))
        corrected[name] = largest
    return corrected


def rate(right: int, total: int) -> Estimate:
    """A share with Wilson's 95% interval, which also holds for few cases and for shares near 0 and 1."""
    if not total:
        return Estimate(0.0, 0.0, 0.0)
    share, z = right / total, 1.959964
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return Estimate(share, max(0.0, middle - half), min(1.0, middle + half))


def precision_and_recall(judged: Sequence[tuple[bool, bool]]) -> tuple[Estimate, Estimate]:
    """Of pairs (said to be so, is so): the share of what is said that is so, and of what is so that is said."""
    said = [is_so for says, is_so in judged if says]
    true = [says for says, is_so in judged if is_so]
    return rate(sum(said), len(said)), rate(sum(true), len(true))


def kappa(judged: Sequence[tuple[bool, bool]]) -> float:
    """Cohen's kappa: how much of the agreement that chance leaves open is reached."""
    total = len(judged)
    if not total:
        return 0.0
    agreed = sum(one == other for one, other in judged) / total
    first, second = (sum(pair[place] for pair in judged) / total for place in (0, 1))
    by_chance = first * second + (1 - first) * (1 - second)
    return (agreed - by_chance) / (1 - by_chance) if by_chance < 1 else 1.0


def brier(judged: Sequence[tuple[float, bool]]) -> float:
    """The mean squared distance of confidences from what came true: 0 is best."""
    return sum((confidence - right) ** 2 for confidence, right in judged) / len(judged) if judged else 0.0


def calibration_error(judged: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """The expected calibration error: how far confidence and accuracy lie apart, bin by bin of equal width."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        groups.setdefault(min(bins - 1, int(confidence * bins)), []).append((confidence, right))
    gaps = (abs(sum(c for c, _ in group) - sum(right for _, right in group)) for group in groups.values())
    return sum(gaps) / len(judged) if judged else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))
