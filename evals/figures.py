"""Scored cases in; figures out: each score with its interval, by objective and by kind, and what answers took."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from evals.metrics import Estimate, calibration_error, estimate, rate
from evals.scored import Run, Scored

Group = Callable[[Scored], str]
GROUPS: Mapping[str, Group] = {
    "kind": lambda case: case.kind,
    "objective": lambda case: case.objective,
    "split": lambda case: case.split,
}


def figures(run: Run) -> dict[str, Any]:
    """All figures of a run, by set."""
    return {
        "engine": run.engine,
        "made_on": run.made_on,
        "about": dict(run.about),
        "sets": {name: _of_set(cases) for name, cases in by_set(run.cases).items()},
    }


def by_set(cases: Iterable[Scored]) -> dict[str, list[Scored]]:
    """The cases of each set."""
    found: dict[str, list[Scored]] = {}
    for case in cases:
        found.setdefault(case.set, []).append(case)
    return found


def names_of(cases: Iterable[Scored]) -> list[str]:
    """The scores that these cases have, in the order in which they come."""
    return list(dict.fromkeys(name for case in cases for name in case.scores))


def told(cases: Sequence[Scored], name: str) -> Estimate:
    """A score's mean over the cases that have it, with its interval: Wilson's where a case is right or wrong."""
    values = [case.scores[name] for case in cases if name in case.scores]
    if all(value in (0.0, 1.0) for value in values):
        return rate(int(sum(values)), len(values))
    return estimate(values)


def _of_set(cases: Sequence[Scored]) -> dict[str, Any]:
    return {
        "cases": len(cases),
        "scores": _scores(cases),
        **{f"by {group}": _by(cases, of) for group, of in GROUPS.items()},
        **_taken(cases),
        **_calibration(cases),
    }


def _by(cases: Sequence[Scored], of: Group) -> dict[str, Any]:
    groups = sorted({of(case) for case in cases} - {""})
    chosen = {group: [case for case in cases if of(case) == group] for group in groups}
    return {group: {"cases": len(some), "scores": _scores(some)} for group, some in chosen.items()}


def _scores(cases: Sequence[Scored]) -> dict[str, dict[str, float]]:
    return {
        name: {key: round(value, 4) for key, value in asdict(told(cases, name)).items()} for name in names_of(cases)
    }


def _taken(cases: Sequence[Scored]) -> dict[str, Any]:
    """Seconds, tokens and cost, where anything was asked."""
    seconds = sorted(case.seconds for case in cases if case.seconds)
    if not seconds:
        return {}
    costs = [case.cost_usd for case in cases if case.cost_usd is not None]
    return {
        "p50_ms": round(statistics.median(seconds) * 1000, 2),
        "p95_ms": round(seconds[min(len(seconds) - 1, int(0.95 * len(seconds)))] * 1000, 2),
        "tokens_in": sum(case.tokens_in for case in cases),
        "tokens_out": sum(case.tokens_out for case in cases),
        "cost_usd": round(sum(costs), 6) if costs else None,
    }


def _calibration(cases: Sequence[Scored]) -> dict[str, float]:
    """How far confidences lie from what came true, where cases have one."""
    sure = [(case.details["confidence"], case.scores["solved"] > 0) for case in cases if "confidence" in case.details]
    return {"calibration_error": round(calibration_error(sure), 4)} if sure else {}
