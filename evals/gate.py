"""The baseline and fresh runs in; what got worse, and where, out. Nothing found: the gate is open.

Two kinds of finding close it. A *loss* is a score that fell by more than chance would have it, in all cases of a set or
in a group of them, after correction for the number of tests. A *break* is one case that was right and must never be
wrong: a key point that its pages no longer say, a contradiction that the check of citations lets through, a ruling that
changed. One page of two hundred moves no mean, so breaks need no statistics.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from evals.baseline import Baseline
from evals.comparison import DIGITS, Difference, compare, missing
from evals.figures import by_set
from evals.scored import Run, Scored

NEVER_WORSE = frozenset(
    {
        "contradiction kept out",
        "no conflict in pages",
        "no lie shown",
        "passages there",
        "points in pages",
        "rulings kept",
        "unharmed",
    }
)
"""Scores of which no single case may fall."""
MOST_CASES = 8
"""So many cases are named for a loss."""


@dataclass(frozen=True)
class Finding:
    """Something that got worse."""

    what: Literal["loss", "break"]
    engine: str
    set: str
    score: str
    where: str
    """The group, or the case."""
    told: str
    cases: tuple[str, ...] = ()

    def __str__(self) -> str:
        cases = f" Cases: {', '.join(self.cases)}." if self.cases else ""
        return f"{self.what.upper()} {self.engine}, {self.set}, {self.score}, {self.where}: {self.told}.{cases}"


def judge(baseline: Baseline, runs: Mapping[str, Run]) -> list[Finding]:
    """What got worse in these runs; engines that the baseline does not have are not judged."""
    found: list[Finding] = []
    for engine, run in runs.items():
        before = baseline.runs[engine].cases if engine in baseline.runs else ()
        found += _breaks(engine, before, run.cases)
        found += _losses(engine, compare(before, run.cases))
    return found


def notes(baseline: Baseline, runs: Mapping[str, Run]) -> list[str]:
    """What changed that is no loss by itself, but that the reader of a verdict should know."""
    told: list[str] = []
    for engine, run in runs.items():
        if engine not in baseline.runs:
            told.append(f"{engine} is not in the baseline and was not judged.")
            continue
        before = baseline.runs[engine]
        changed = [name for name, value in run.about.items() if before.about.get(name) != value]
        told += [f"{engine}: changed since the baseline: {', '.join(changed)}."] if changed else []
        gone = missing(before.cases, run.cases)
        told += (
            [f"{engine}: {len(gone)} cases of the baseline are gone: {', '.join(gone[:MOST_CASES])}"] if gone else []
        )
        told += [
            f"{engine}, {one.set}, {one.score} rose from {one.before:.3f} to {one.after:.3f} (p {one.p:.3f}): "
            "renew the baseline to hold it."
            for one in compare(before.cases, run.cases)
            if one.is_gain and one.group == "all"
        ]
    return told


def _breaks(engine: str, before: Sequence[Scored], after: Sequence[Scored]) -> Iterator[Finding]:
    known = {(case.set, case.id): case for case in before}
    for case in after:
        for score in NEVER_WORSE & case.scores.keys():
            was = known[case.set, case.id].scores.get(score) if (case.set, case.id) in known else None
            was = 1.0 if score == "rulings kept" else was  # all were kept when they were sealed
            if was is not None and round(case.scores[score], DIGITS) < round(was, DIGITS):
                told = f"{was:.2f} before, {case.scores[score]:.2f} now; {case.note or 'no more is known'}"
                yield Finding("break", engine, case.set, score, case.id, told)
        yield from _other_facts(engine, known.get((case.set, case.id)), case)


def _other_facts(engine: str, before: Scored | None, after: Scored) -> Iterator[Finding]:
    """Key points whose nearest sentence has the same words of the point, but other numbers or another "not"."""
    for number, (was, now) in enumerate(zip(before.marks if before else (), after.marks, strict=False), 1):
        if was and was[0] not in now and was[0][0] in {words for words, _ in now}:
            told = f"the sentence that says key point {number} has other numbers or another “not” now"
            yield Finding("break", engine, after.set, "facts kept", after.id, told)


def _losses(engine: str, differences: Sequence[Difference]) -> Iterator[Finding]:
    for one in differences:
        if one.is_loss and one.score not in NEVER_WORSE:
            worst = _where(one, differences) if one.group == "all" else ""
            told = f"{one.before:.3f} before, {one.after:.3f} now, {one.cases} cases, p {one.p:.3f}{worst}"
            cases = tuple(f"{case} {change:+.2f}" for case, change in one.changed if change < 0)
            yield Finding("loss", engine, one.set, one.score, one.group, told, cases[:MOST_CASES])


def _where(loss: Difference, differences: Sequence[Difference]) -> str:
    """The kind and the objective that fell most."""
    groups = [one for one in differences if (one.set, one.score) == (loss.set, loss.score) and one.group != "all"]
    worst = [
        min((one for one in groups if one.group.startswith(by)), key=lambda one: one.change.mean, default=None)
        for by in ("kind", "objective")
    ]
    told = [f"{one.group} {one.change.mean:+.3f}" for one in worst if one and one.change.mean < 0]
    return f"; most in {' and '.join(told)}" if told else ""


def summary(runs: Mapping[str, Run], findings: Sequence[Finding]) -> str:
    """The verdict in one line."""
    sizes = [f"{engine} {sum(map(len, by_set(run.cases).values()))}" for engine, run in runs.items()]
    if not findings:
        return f"Open: nothing got worse ({', '.join(sizes)} cases)."
    breaks = sum(one.what == "break" for one in findings)
    return f"Closed: {len(findings) - breaks} losses, {breaks} breaks ({', '.join(sizes)} cases)."
