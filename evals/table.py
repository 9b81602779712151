"""Runs in; their figures as one Markdown table out, for a page that people read: the held half of each set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.figures import by_set, names_of, told
from evals.scored import Run, Scored


def as_table(runs: Mapping[str, Run]) -> str:
    """A row for each score of each set, a column for each engine; intervals in brackets."""
    held = {engine: _held(run.cases) for engine, run in runs.items()}
    lines = [_row("set", "score", *held), _row("---", "---", *("---" for _ in held))]
    for name in dict.fromkeys(name for sets in held.values() for name in sets):
        cases = {engine: sets.get(name, []) for engine, sets in held.items()}
        count = max(map(len, cases.values()))
        for place, score in enumerate(names_of(case for some in cases.values() for case in some)):
            cells = [_cell(some, score) for some in cases.values()]
            lines.append(_row(f"{name}, {count}" if place == 0 else "", score, *cells))
    return "\n".join(lines) + "\n"


def _held(cases: Sequence[Scored]) -> dict[str, list[Scored]]:
    """The held half of each set; the whole of one that was never tuned on."""
    return {name: [one for one in some if one.split == "held"] or some for name, some in by_set(cases).items()}


def _cell(cases: Sequence[Scored], score: str) -> str:
    if not any(score in case.scores for case in cases):
        return ""
    found = told(cases, score)
    return f"{_short(found.mean)} ({_short(found.low)}-{_short(found.high)})"


def _short(value: float) -> str:
    return f"{value:.2f}".removeprefix("0")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
