"""A tutor, a count and a seed in; generated items out, scored: do they pass the checks, are they solved blind?

Blind: by the solver, which sees neither key nor the item's own model. It knows the corpus and the other models, so a
solved item is one that can be decided from what a learner can read; chance alone would solve one in four.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from evals.scored import Scored
from tutor.author.practice_item import PracticeItem
from tutor.author.wanted import Wanted
from tutor.flow import Tutor

COUNT = 120
"""So many items pass in a run; a quick suite takes a third."""
SEED = "evals"


def score_generated(tutor: Tutor, count: int = COUNT, seed: str = SEED) -> Iterator[Scored]:
    """Draw until `count` items have passed; those that were rejected are scored as well."""
    begun = perf_counter()
    for number, made in enumerate(tutor.items.generate(count, Wanted(), seed, independent=True)):
        yield score_one(made, f"{seed}-{number:03d}", perf_counter() - begun)
        begun = perf_counter()


def score_one(made: PracticeItem, name: str, seconds: float) -> Scored:
    """Whether an item passed, and whether it was solved where it did."""
    verdict = made.verdict
    scores = {"passes checks": float(verdict.passed)}
    details: dict[str, float] = {}
    note = "; ".join(fault.text for fault in verdict.faults)
    if verdict.passed and verdict.solver != "not asked":
        scores["solved"] = float(verdict.solver == "agree")
        details["confidence"] = verdict.confidence
        note = "" if verdict.solver == "agree" else f"the blind solver: {verdict.solver} at {verdict.confidence:.2f}"
    kind = made.item.kind
    return Scored(name, "generated", kind, made.objective, "held", scores, details, seconds, note=f"{made.id} {note}")
