"""Attempts at an item, its checks, its sources in; what is odd out, so that a reviewer looks before learners complain.

Good items are answered rightly by those who do well elsewhere. Where right answers to one item have nothing to do with
the rest (a point-biserial correlation near or below zero), or good learners prefer one distractor to the key, the key
may be wrong.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tutor.review.flag import Cause

ENOUGH = 20
"""So many answers by different learners before a statistic says anything."""
LEAST_DISCRIMINATION = 0.05
TOO_EASY = 0.97
CAUSE_OF: Mapping[str, Cause] = {
    "key": "wrong key",
    "solver": "wrong key",
    "citations": "unsupported",
    "novelty": "duplicate",
    "ruling": "wrong key",
}
"""What a fault of a check is a sign of; all others say that the item is flawed."""


@dataclass(frozen=True)
class Answered:
    """One learner's first answer to an item."""

    chosen: tuple[str, ...]
    is_right: bool
    skill: float
    """How the learner does on all other items."""


@dataclass(frozen=True)
class Suspicion:
    """What is odd, and how it shows."""

    cause: Cause
    words: str


def suspicions(answers: Sequence[Answered], key: Sequence[str]) -> Iterator[Suspicion]:
    """What the answers to an item say against it."""
    if len(answers) < ENOUGH:
        return
    share = sum(one.is_right for one in answers) / len(answers)
    if share >= TOO_EASY:
        yield Suspicion("too easy", f"{share:.0%} of {len(answers)} learners were right.")
        return
    found = discrimination(answers)
    if found is not None and found < LEAST_DISCRIMINATION:
        yield Suspicion(
            "wrong key", f"Right answers do not go with skill: correlation {found:.2f} over {len(answers)}."
        )
    preferred = preferred_by_the_best(answers)
    if preferred and preferred != tuple(key):
        yield Suspicion("wrong key", f"The better half of the learners prefers {', '.join(preferred)} to the key.")


def of_checks(checks: Mapping[str, Any]) -> Iterator[Suspicion]:
    """What checks hold against an item: faults when it was checked again, a solver that prefers another option."""
    for fault in checks.get("faults", ()):
        told = ": ".join(part for part in (fault["name"], fault.get("words", "")) if part)
        yield Suspicion(CAUSE_OF.get(fault["check"], "flawed"), f"A check failed: {told}.")
    if checks.get("solver") == "disagree":
        sure = checks.get("solver_confidence", 0.0)
        yield Suspicion("wrong key", f"A solver that saw neither key nor model prefers another option ({sure:.2f}).")


def of_sources(docs: Iterable[str], changed: Mapping[str, str]) -> Iterator[Suspicion]:
    """Cited pages whose official source changed after they were checked; `changed` names the day."""
    for doc in sorted(set(docs) & changed.keys()):
        yield Suspicion("outdated", f"The official page behind {doc} changed on {changed[doc]}, after it was checked.")


def discrimination(answers: Sequence[Answered]) -> float | None:
    """The point-biserial correlation of being right with skill; None where either never varies."""
    right = [float(one.is_right) for one in answers]
    skills = [one.skill for one in answers]
    if len(set(right)) < 2 or len(set(skills)) < 2:
        return None
    return statistics.correlation(right, skills)


def preferred_by_the_best(answers: Sequence[Answered]) -> tuple[str, ...]:
    """What the better half of the learners chooses most often."""
    best = sorted(answers, key=lambda one: -one.skill)[: len(answers) // 2]
    counted: Mapping[tuple[str, ...], int] = Counter(tuple(sorted(one.chosen)) for one in best)
    return max(counted, key=lambda chosen: counted[chosen]) if counted else ()
