"""A question in, its solution out: every option is weighed against what our knowledge rules under its circumstances.

No language model is asked. Two vectors have to be near at once for a precedent to count: its circumstance near a clause
of the question, and its choice near an option. `without` leaves the decision model out from which an item was drawn, so
that solving it again proves something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from tutor.engines.engine import Quote
from tutor.index.encoder import Encoder, Vectors
from tutor.read.document import Passage
from tutor.solve.precedents import Precedent
from tutor.solve.question import Question
from tutor.solve.solution import NOTHING_FOUND, Proof, Reason, Solution

SURE = 0.5
"""The confidence from which a solution agrees or disagrees with a key; below, it abstains."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


class Solver:
    """Solves questions from precedents. Cheap to make; vectors load with the first question."""

    def __init__(self, precedents: Iterable[Precedent], passages: Mapping[str, Passage], encoder: Encoder) -> None:
        self._precedents = tuple(precedents)
        self._passages = passages
        self._encoder = encoder
        self._vectors: tuple[Vectors, Vectors] | None = None

    def solve(self, question: Question, without: str = "") -> Solution:
        """Weigh every option; `without` names a decision model that must not be used."""
        clauses = self._encoder.encode_passages([part for part in _SENTENCE.split(question.stem) if part.strip()])
        options = self._encoder.encode_passages(question.options)
        circumstances, choices = self._known()
        near = (circumstances @ clauses.T).max(axis=1)
        fit = choices @ options.T
        signs = np.array([0 if one.origin == without else one.sign for one in self._precedents])
        pull = signs[:, None] * np.exp(12 * (near[:, None] + fit - 1.4))
        scores = np.log1p(np.maximum(pull, 0).sum(axis=0)) - np.log1p(np.maximum(-pull, 0).sum(axis=0))
        weights = np.exp(scores - scores.max())
        weights /= weights.sum()
        count = question.choose or 1
        chosen = sorted(np.argsort(-weights, kind="stable")[:count].tolist())
        reasons = tuple(self._reasons(pull[:, place]) for place in range(len(question.options)))
        return Solution(
            question=question,
            answer=tuple(question.letters[place] for place in chosen),
            confidence=float(weights[chosen].mean()),
            reasons=reasons,
            weights=tuple(float(weight) for weight in weights),
            passages={r.quote.passage: self._passages[r.quote.passage] for rs in reasons for r in rs if r.quote},
        )

    def prove(self, question: Question, key: Sequence[str], without: str = "") -> Proof:
        """Whether solving the question independently leads to its key."""
        solution = self.solve(question, without)
        if solution.confidence < SURE:
            return "abstain"
        return "agree" if set(solution.answer) == set(key) else "disagree"

    def _reasons(self, pull: Vectors) -> tuple[Reason, ...]:
        best = int(np.argmax(np.abs(pull)))
        found = self._precedents[best]
        if abs(pull[best]) < 1 or found.passage not in self._passages:
            return (Reason(NOTHING_FOUND),)
        quote = Quote(found.passage, found.quote) if found.quote else None
        return (Reason(found.because, "for" if found.sign > 0 else "against", quote),)

    def _known(self) -> tuple[Vectors, Vectors]:
        if self._vectors is None:
            circumstances = self._encoded([one.circumstances[0] for one in self._precedents])
            self._vectors = circumstances, self._encoded([one.choices[0] for one in self._precedents])
        return self._vectors

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts, many of which occur again and again: each is encoded once."""
        places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        return self._encoder.encode_passages(list(places))[[places[text] for text in texts]]
