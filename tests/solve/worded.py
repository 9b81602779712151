"""A solver over a few precedents written here, by an encoder that only counts words: quick, and the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tutor.index.sketches import Sketches
from tutor.read.document import Passage
from tutor.solve.evidence import Words
from tutor.solve.knowledge import Knowledge
from tutor.solve.precedents import Precedent
from tutor.solve.solver import Solver

AXES = 256


class Counter:
    """Vectors whose likeness is the share of common words."""

    name = "counter"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_query(self, text: str) -> NDArray[np.float32]:
        return self.encode_passages([text])[0]

    def encode_passages(self, texts: Sequence[str], progress: object = None) -> NDArray[np.float32]:
        self.encoded += texts
        vectors = np.zeros((len(texts), AXES), np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"[a-z]{3,}", text.lower()):
                vectors[row, sum(map(ord, word)) * len(word) % AXES] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


class NoWords:
    """An index in which nothing is found."""

    def scores(self, query: str) -> NDArray[np.float32]:
        return np.zeros(3, np.float32)

    def rarity(self, term: str) -> tuple[float, bool]:
        return 1.0, True


PASSAGE = Passage(
    "serving#choice",
    "serving",
    "Serving",
    ("What the exam turns on",),
    "A waiting customer points to an online endpoint. Scoring many rows overnight points to a batch job.",
    0,
    98,
)
PRECEDENTS = (
    Precedent(
        ("a waiting customer",),
        ("an online endpoint",),
        1,
        PASSAGE.id,
        "A waiting customer points to an online endpoint.",
        "turns",
    ),
    Precedent(
        ("scoring many rows overnight",),
        ("a batch job",),
        1,
        PASSAGE.id,
        "Scoring many rows overnight points to a batch job.",
        "turns",
    ),
    Precedent(
        ("The customer is waiting for the answer.",),
        ("Start a batch job",),
        -1,
        PASSAGE.id,
        "A batch job lets the customer wait.",
        "ruling",
        "some-model",
    ),
)


def solver_of(precedents: Sequence[Precedent] = PRECEDENTS) -> Solver:
    words = Words(NoWords(), NoWords())
    knowledge = Knowledge(precedents, Sketches(None, {}), Counter(), words.passages.rarity)
    return Solver(knowledge, words, {PASSAGE.id: PASSAGE}.get, {"precedents": 8.0, "length": 0.0})
