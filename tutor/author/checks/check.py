"""A drafted item in, the verdict of all checks out.

Each check is timed; one that finds a fault does not stop the others, save the schema: without it nothing can be asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from time import perf_counter

from tutor.author.checks.lint import lint
from tutor.author.checks.novelty import Known, Likeness
from tutor.author.checks.proof import as_question, key_faults, solver_faults
from tutor.author.checks.schema import schema_faults
from tutor.author.checks.support import citation_faults
from tutor.author.checks.verdict import Fault, Verdict
from tutor.author.item import DraftItem
from tutor.index.encoder import Encoder
from tutor.read.document import Passage
from tutor.read.item_models.decision import DecisionModel
from tutor.read.item_models.kinds import ItemModel
from tutor.solve.solution import Proof
from tutor.solve.solver import Solver


@dataclass(frozen=True)
class Checks:
    """What checking needs: the models, the passages, a solver, and the items that are known."""

    models: Mapping[str, ItemModel]
    passages: Mapping[str, Passage]
    encoder: Encoder
    solver: Solver
    known: Known

    def examine(self, item: DraftItem) -> tuple[Verdict, Likeness | None]:
        """Check an item; its likeness comes along so that whoever takes it can remember it."""
        faults: list[Fault] = []
        took: dict[str, float] = {}

        def note(name: str, found: Iterable[Fault]) -> None:
            begun = perf_counter()
            faults.extend(found)
            took[name] = (perf_counter() - begun) * 1000

        note("schema", schema_faults(item))
        if faults:
            return Verdict(tuple(faults), milliseconds=took), None
        note("lint", lint(item))
        model = self.models.get(item.model)
        if isinstance(model, DecisionModel):
            note("key", key_faults(item, model))
        note("citations", citation_faults(item, self.passages))
        begun = perf_counter()
        solution = self.solver.solve(as_question(item), without=item.model)
        took["solver"] = (perf_counter() - begun) * 1000
        faults.extend(solver_faults(item, solution))
        begun = perf_counter()
        likeness = Likeness.of(item, self.encoder)
        _, nearest = self.known.nearest(likeness)
        faults.extend(self.known.faults(likeness))
        took["novelty"] = (perf_counter() - begun) * 1000
        agrees = set(solution.answer) == set(item.key_letters)
        sure = not solution.guessed
        proof: Proof = ("agree" if agrees else "disagree") if sure else "abstain"
        proved = not any(fault.check == "key" for fault in faults)
        return Verdict(tuple(faults), proof, solution.confidence, proved, nearest, took), likeness
