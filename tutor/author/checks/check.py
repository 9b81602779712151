"""A drafted item in, the verdict of all checks out.

Each check is timed; one that finds a fault does not stop the others, save the schema: without it nothing can be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter

from tutor.author.checks.lint import lint
from tutor.author.checks.novelty import Known, Likeness, Memory, near_duplicate
from tutor.author.checks.proof import as_question, is_proved, key_faults, solver_faults
from tutor.author.checks.schema import schema_faults
from tutor.author.checks.support import citation_faults
from tutor.author.checks.verdict import Fault, Proof, Verdict
from tutor.author.item import DraftItem
from tutor.read.document import Passage
from tutor.read.item_models.kinds import ItemModel
from tutor.solve.solver import Solver


@dataclass(frozen=True)
class Checks:
    """What checking needs: the models, the passages, the items that are known, and a solver where one is asked."""

    models: Mapping[str, ItemModel]
    passages: Mapping[str, Passage]
    memory: Memory
    known: Known
    open_solver: Callable[[], Solver] | None = None

    def examine(self, item: DraftItem) -> tuple[Verdict, Likeness | None]:
        """Check an item; its likeness comes along so that whoever takes it can remember it."""
        faults: list[Fault] = []
        took: dict[str, float] = {}

        def note(name: str, found: Iterable[Fault]) -> None:
            begun = perf_counter()
            faults.extend(found)
            took[name] = took.get(name, 0.0) + (perf_counter() - begun) * 1000

        note("schema", schema_faults(item))
        if faults:
            return Verdict(tuple(faults), milliseconds=took), None
        model = self.models.get(item.model)
        note("novelty", self.known.same(item))
        note("lint", lint(item))
        note("key", key_faults(item, model))
        note("citations", citation_faults(item, self.passages))
        proved = is_proved(model) and not any(fault.check == "key" for fault in faults)
        if faults:  # what has failed already is not worth encoding
            return Verdict(tuple(faults), proved=proved, milliseconds=took), None
        begun = perf_counter()
        likeness = Likeness.of(item, self.memory)
        name, nearest = self.known.nearest(likeness)
        took["novelty"] += (perf_counter() - begun) * 1000
        note("novelty", near_duplicate(name, nearest))
        begun = perf_counter()
        proof, confidence = self._solved(item, faults)
        took["solver"] = (perf_counter() - begun) * 1000
        return Verdict(tuple(faults), proof, confidence, proved, nearest, took), likeness

    def _solved(self, item: DraftItem, faults: list[Fault]) -> tuple[Proof, float]:
        """What a solver without the item's own model makes of it, where one is asked."""
        if self._solver is None:
            return "not asked", 0.0
        solution = self._solver.solve(as_question(item), without=item.model)
        faults.extend(solver_faults(item, solution))
        agrees = set(solution.answer) == set(item.key_letters)
        if solution.guessed:
            return "abstain", solution.confidence
        return "agree" if agrees else "disagree", solution.confidence

    @cached_property
    def _solver(self) -> Solver | None:
        return self.open_solver() if self.open_solver else None
