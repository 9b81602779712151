"""Labelled pairs in; how far the checks and metrics that judge them agree with the people who labelled them, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from evals.foundations import score_support
from evals.gold_set import JudgedPoint, Quoted, Split
from evals.key_points import Rarity, cover
from evals.metrics import Estimate, kappa, precision_and_recall, rate
from tutor.read.document import Passage

Judged = Sequence[tuple[bool, bool]]
"""Pairs of what was said to be so and what is so."""


def judge_support(cases: Sequence[Quoted], passages: Mapping[str, Passage], split: Split | None) -> dict[str, Any]:
    """How well "supported" is told from the rest by the tutor's check of citations."""
    labels = {
        f"{case.id}{'abcd'[place]}": (pair.label, pair.twist) for case in cases for place, pair in enumerate(case.pairs)
    }
    rows = []
    for case in cases:
        if split in (None, case.split):
            for one in score_support(case, passages):
                label, twist = labels[one.id]
                is_so = label == "supported"
                rows.append((label, twist, (one.scores["judged right"] > 0) == is_so, is_so))
    judged = [(said, is_so) for _, _, said, is_so in rows]
    groups = sorted({(label, twist) for label, twist, _, _ in rows})
    return {
        "split": split or "all",
        **agreement(judged),
        "by twist": {
            f"{label}: {twist}": [
                sum(said == is_so for one, other, said, is_so in rows if (one, other) == (label, twist)),
                sum((one, other) == (label, twist) for one, other, _, _ in rows),
            ]
            for label, twist in groups
        },
    }


def judge_points(cases: Sequence[JudgedPoint], rarity: Rarity, split: Split | None) -> dict[str, Any]:
    """How well the metric tells whether an answer has a key point."""
    chosen = [case for case in cases if split in (None, case.split)]
    judged = [(cover(case.point, case.said, rarity).has, case.says_it) for case in chosen]
    return {"split": split or "all", **agreement(judged)}


def agreement(judged: Judged) -> dict[str, Any]:
    """Accuracy, precision, recall and kappa."""
    precision, found = precision_and_recall(judged)
    right = rate(sum(one == other for one, other in judged), len(judged))
    return {
        "pairs": len(judged),
        "accuracy": _rounded(right),
        "precision": _rounded(precision),
        "recall": _rounded(found),
        "kappa": round(kappa(judged), 3),
    }


def _rounded(figure: Estimate) -> dict[str, float]:
    return {name: round(value, 4) for name, value in asdict(figure).items()}
