"""A question in, its solution out: every option is weighed against what our knowledge rules under its circumstances.

No language model is asked. `without` leaves the decision model out from which an item was drawn, so that solving it
again proves something. Solving never fails: where nothing decides, the solution is a guess and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tutor.index.encoder import Vectors
from tutor.solve.evidence import Evidence, Words, gather
from tutor.solve.knowledge import Knowledge
from tutor.solve.question import Question
from tutor.solve.reasons import Find, tell
from tutor.solve.solution import Proof, Solution
from tutor.solve.weights import read_weights, weigh

SURE = 0.9
"""The confidence from which a solution agrees or disagrees with a key; below, it abstains."""
GUESS = 1.5
"""A best option that is not this many times as likely as by chance is a guess."""
ALSO = 0.6
"""Where a question leaves open how many options are right: how likely a further one is beside the best."""


class Solver:
    """Solves questions from precedents and from the index of words."""

    def __init__(
        self, knowledge: Knowledge, words: Words, find: Find, weights: Mapping[str, float] | None = None
    ) -> None:
        self.knowledge, self._words, self._find = knowledge, words, find
        self._weights = read_weights() if weights is None else weights

    def solve(self, question: Question, without: str = "") -> Solution:
        """Weigh every option; `without` names a decision model that must not be used."""
        evidence = self.gather(question, without)
        weights = weigh(evidence.measures, self._weights, question.stem)
        chosen = _chosen(weights, question.choose)
        reasons = tell(evidence, self.knowledge, self._find)
        quoted = (reason.quote.passage for some in reasons for reason in some if reason.quote)
        found = ((place, self._find(place)) for place in dict.fromkeys(quoted))
        return Solution(
            question=question,
            answer=tuple(question.letters[place] for place in chosen),
            confidence=_confidence(weights, chosen),
            reasons=reasons,
            weights=tuple(float(weight) for weight in weights),
            guessed=len(chosen) == 1 and bool(weights.max() * len(weights) < GUESS),
            passages={place: passage for place, passage in found if passage},
        )

    def gather(self, question: Question, without: str = "") -> Evidence:
        """The evidence on a question's options, unweighed."""
        return gather(question, self.knowledge, self._words, without)

    def prove(self, question: Question, key: Sequence[str], without: str = "") -> Proof:
        """Whether solving the question independently leads to its key."""
        solution = self.solve(question, without)
        if solution.guessed or solution.confidence < SURE:
            return "abstain"
        return "agree" if set(solution.answer) == set(key) else "disagree"


def _chosen(weights: Vectors, count: int | None) -> list[int]:
    """The places of the options to choose, in the question's order."""
    order = np.argsort(-weights, kind="stable")
    if count is None:
        return sorted(place for place in order.tolist() if weights[place] >= ALSO * weights.max())
    return sorted(order[:count].tolist())


def _confidence(weights: Vectors, chosen: Sequence[int]) -> float:
    """How likely the whole choice is right: each chosen option against the strongest that was left."""
    if len(chosen) == 1:
        return float(weights[chosen[0]])
    left = [weight for place, weight in enumerate(weights) if place not in chosen]
    strongest = max(left, default=0.0)
    return float(np.prod([weights[place] / (weights[place] + strongest) for place in chosen]))
