"""Runs in, a small file out, and back: the scores that a change must not make worse (`evals/baseline.json`).

One line a case, numbers alone: what was said is not kept. The rulings of decision models are sealed in it as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.comparison import DIGITS
from evals.foundations import Sealed
from evals.scored import FORM, Run, Scored
from tutor.errors import InputError
from tutor.settings import PROJECT

BASELINE = PROJECT / "evals" / "baseline.json"
SEALED = "rulings"
"""The set of sealed rulings: all of them were kept when they were sealed."""


@dataclass(frozen=True)
class Baseline:
    """What a change is held against."""

    renewed: tuple[Mapping[str, str], ...]
    """When it was written anew, and why, the last first."""
    runs: Mapping[str, Run]
    """By engine."""
    sealed: tuple[Sealed, ...]


def read_baseline(path: Path = BASELINE) -> Baseline:
    """The baseline; `InputError` where there is none or it has another form."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["form"] != FORM:
            raise ValueError(f"form {told['form']} instead of {FORM}")
        runs = {engine: _run(engine, entry) for engine, entry in told["runs"].items()}
        sealed = [_sealed(model, fact, row) for model, rows in told["sealed"].items() for fact, row in rows.items()]
        return Baseline(tuple(told["renewed"]), runs, tuple(sealed))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path} is no baseline ({error}). `python -m evals gate --renew WHY` writes one.") from error


def write_baseline(baseline: Baseline, path: Path = BASELINE) -> None:
    """Write the baseline, one case a line, so that a change of it can be read in a diff."""
    path.write_text("\n".join(_lines(baseline)) + "\n", encoding="utf-8")


def _lines(baseline: Baseline) -> Iterator[str]:
    yield f'{{"form": {FORM},'
    yield f'"renewed": {json.dumps(list(baseline.renewed), ensure_ascii=False)},'
    yield '"runs": {'
    for place, (engine, run) in enumerate(baseline.runs.items()):
        yield f'{json.dumps(engine)}: {{"made_on": "{run.made_on}", "about": {json.dumps(dict(run.about))}, "sets": {{'
        yield from _sets([case for case in run.cases if case.set != SEALED])
        yield "}}" + _comma(place, baseline.runs)
    yield '},\n"sealed": {'
    models = list(dict.fromkeys(one.model for one in baseline.sealed))
    for place, model in enumerate(models):
        rows = {one.fact: _row(one) for one in baseline.sealed if one.model == model}
        yield f"{json.dumps(model)}: {json.dumps(rows)}" + _comma(place, models)
    yield "}}"


def _row(sealed: Sealed) -> str:
    """What is ruled out, then what is pointed to: `-spark -custom +arima`."""
    return " ".join([*(f"-{one}" for one in sealed.rules_out), *(f"+{one}" for one in sealed.points_to)])


def _sealed(model: str, fact: str, row: str) -> Sealed:
    signed = row.split()
    out, to = (tuple(one[1:] for one in signed if one.startswith(sign)) for sign in "-+")
    return Sealed(model, fact, out, to)


def _sets(cases: Sequence[Scored]) -> Iterator[str]:
    names = list(dict.fromkeys((case.set, tuple(case.scores)) for case in cases))
    for place, (name, scores) in enumerate(names):
        some = [case for case in cases if (case.set, tuple(case.scores)) == (name, scores)]
        yield f'{json.dumps(f"{name} {place}")}: {{"scores": {json.dumps(scores)}, "cases": ['
        for row, case in enumerate(some):
            values = [round(value, DIGITS) for value in case.scores.values()]
            marks = [[list(one[0]) if one else [] for one in case.marks]] if case.marks else []
            yield json.dumps([case.id, case.kind, case.objective, *values, *marks]) + _comma(row, some)
        yield "]}" + _comma(place, names)


def _run(engine: str, told: Mapping[str, Any]) -> Run:
    cases = [_case(name, one["scores"], row) for name, one in told["sets"].items() for row in one["cases"]]
    return Run(engine, told["made_on"], told["about"], tuple(cases))


def _case(name: str, scores: Sequence[str], row: Sequence[Any]) -> Scored:
    id_, kind, objective, *values = row
    marks = values.pop() if len(values) > len(scores) else []
    told = dict(zip(scores, values, strict=True))
    in_set = name.rpartition(" ")[0]
    nearest = tuple(((one[0], one[1]),) if one else () for one in marks)
    return Scored(id_, in_set, kind, objective, "", told, marks=nearest)


def _comma(place: int, among: Sequence[object] | Mapping[str, object]) -> str:
    return "," if place < len(among) - 1 else ""
