"""The tutor against its gold set: is the right passage found, and is what lies outside refused and nothing else?"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from evals.gold_set import Question, Split, read_outside, read_questions
from evals.metrics import estimate, ndcg, recall, reciprocal_rank
from tutor.flow import Tutor

DEPTH = 20


def measure_gold(tutor: Tutor, split: Split | None) -> dict[str, Any]:
    """Retrieval on the questions, overall and by kind and objective; both errors of refusing."""
    questions = [case for case in read_questions() if split in (None, case.split)]
    outside = [case for case in read_outside() if split in (None, case.split)]
    tutor.warm()
    ranked = {case.id: [hit.passage.id for hit in tutor.search(case.question, DEPTH)] for case in questions}
    refused_inside = [case.id for case in questions if tutor.answer(case.question).refused]
    answered_outside = [case.id for case in outside if not tutor.answer(case.question).refused]
    return {
        "split": split or "all",
        "questions": len(questions),
        "outside": len(outside),
        "retrieval": _retrieval(questions, ranked),
        "by_kind": _grouped(questions, ranked, lambda case: case.kind),
        "by_objective": _grouped(questions, ranked, lambda case: case.objective),
        "refused_inside": _share(refused_inside, len(questions)),
        "answered_outside": _share(answered_outside, len(outside)),
    }


def _retrieval(cases: Sequence[Question], ranked: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    values = {
        "ndcg@10": [ndcg(ranked[case.id], case.grades) for case in cases],
        "recall@5": [recall(ranked[case.id], case.grades, 5) for case in cases],
        "recall@20": [recall(ranked[case.id], case.grades, 20) for case in cases],
        "mrr": [reciprocal_rank(ranked[case.id], case.grades) for case in cases],
    }
    return {name: {key: round(value, 4) for key, value in asdict(estimate(v)).items()} for name, v in values.items()}


def _grouped(
    cases: Sequence[Question], ranked: Mapping[str, Sequence[str]], by: Callable[[Question], str]
) -> dict[str, dict[str, float]]:
    groups: dict[str, list[float]] = {}
    for case in cases:
        groups.setdefault(by(case), []).append(ndcg(ranked[case.id], case.grades))
    return {
        name: {"questions": len(values), "ndcg@10": round(statistics.fmean(values), 4)}
        for name, values in sorted(groups.items())
    }


def _share(cases: Sequence[str], total: int) -> dict[str, Any]:
    return {"share": round(len(cases) / total, 4) if total else 0.0, "cases": list(cases)}
