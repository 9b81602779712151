"""Exam-style questions with keys in, the numbers of the solver's kernel out.

Climbs from the numbers as they stand: each is made a little larger or smaller, and what makes the keys of the tuning
half likelier is kept, until nothing does. The weights of the measures stay meanwhile; `evals/fitting.py` fits them
after that. An author puts what is printed into `tutor/solve/kernel.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from evals.fitting import COUNTS, with_solvers
from evals.gold_set import ExamItem
from evals.solving import as_question
from tutor.flow.ground import Ground
from tutor.index.encoder import Vectors
from tutor.solve.evidence import Likeness
from tutor.solve.kernel import KERNEL, InWords, Kernel, pull
from tutor.solve.solver import Solver
from tutor.solve.weights import read_weights

NEAREST = 500
"""So many precedents of a question are looked at: those that pull most as the numbers stand."""
STEPS = (0.15, 0.05)
"""By which share a number is changed; the smaller one where the larger does not help any more."""
LEAST_GAIN = 1e-4


@dataclass(frozen=True)
class Held:
    """A question held against its nearest precedents."""

    alike: Likeness
    signs: Vectors
    trust: Vectors
    rest: Vectors
    """What the other measures say of each option."""
    key: int
    counts: float

    def loss(self, kernel: Kernel, weight: float) -> float:
        """How unlikely the key is, as a logarithm."""
        alike = self.alike
        scores = self.rest + weight * pull(alike.near, alike.fit, alike.said, self.signs, self.trust, kernel).scores
        return float(np.log(np.exp(scores - scores.max()).sum()) + scores.max() - scores[self.key])


def fit_kernel(ground: Ground, items: Sequence[ExamItem]) -> Kernel:
    """The numbers under which the keys of these items are likeliest, near those that stand."""
    weights = read_weights()
    held = [_held(solver, item, weights) for item, solver in with_solvers(ground, items)]
    counted = sum(one.counts for one in held)

    def loss(kernel: Kernel) -> float:
        return sum(one.counts * one.loss(kernel, weights["precedents"]) for one in held) / counted

    kernel, least = KERNEL, loss(KERNEL)
    for step in STEPS:
        while True:
            before = least
            for name, value in asdict(kernel).items():
                for factor in (1 + step, 1 - step):
                    other = replace(kernel, **{name: round(value * factor, 4)})
                    if (found := loss(other)) < least:
                        kernel, least = other, found
            if before - least < LEAST_GAIN:
                break
    return kernel


def _held(solver: Solver, item: ExamItem, weights: Mapping[str, float]) -> Held:
    evidence, knowledge = solver.gather(as_question(item)), solver.knowledge
    rows = np.argsort(-np.abs(evidence.pull.shares).sum(axis=1))[:NEAREST]
    alike = evidence.alike
    said = InWords(alike.said.circumstance[rows], alike.said.choice[rows], alike.said.option[rows])
    nearest = Likeness(alike.near[rows], alike.fit[rows], said)
    others = [np.float32(weights[name]) * evidence.measures[name] for name in weights if name != "precedents"]
    rest: Vectors = np.sum(others, axis=0)
    key = list(item.options).index(item.key[0])
    return Held(nearest, knowledge.signs()[rows], knowledge.trust[rows], rest, key, COUNTS.get(item.level, 1.0))
