"""Corpora of any size for measuring speed: passages recombined from the shipped corpus, vectors in clusters.

The texts mean nothing and the vectors have nothing to do with them: quality cannot be measured on these. Since the
words are those of a small corpus, every word occurs in more passages than it would among as many real ones, which makes
the lexical half work harder than it would have to.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence

import numpy as np

from tutor.index.encoder import Progress, Vectors
from tutor.read.document import Passage
from tutor.read.statements import statements

PASSAGES_OF_A_PAGE = 10
PASSAGES_OF_A_CLUSTER = 100
SPREAD = 1.0
"""How far vectors lie from the middle of their cluster, in units of the middles' own distance from zero."""


def synthetic_passages(real: Sequence[Passage], count: int, seed: int = 0) -> list[Passage]:
    """So many passages of the length of real ones, each with the title, headings, names and sources of a real one."""
    draw = random.Random(seed)  # noqa: S311 - nothing secret
    pool = [one.text for passage in real for one in statements(passage.text) if one.form in ("sentence", "entry")]
    made = []
    for number in range(count):
        model = draw.choice(real)
        words = len(model.text.split())
        chosen: list[str] = []
        while sum(len(text.split()) for text in chosen) < words:
            chosen.append(draw.choice(pool))
        page, text = f"synthetic-{number // PASSAGES_OF_A_PAGE}", " ".join(chosen)
        made.append(
            Passage(
                f"{page}#{number}",
                page,
                model.title,
                model.headings,
                text,
                0,
                len(text),
                model.names,
                model.objectives,
                model.sources,
            )
        )
    return made


class SyntheticEncoder:
    """Vectors without a model: those of passages in the order of asking, those of questions by their text."""

    def __init__(self, count: int, dimensions: int = 384, seed: int = 0) -> None:
        self.name = f"synthetic-{count}-{dimensions}-{seed}"
        self._seed = seed
        clusters = max(20, count // PASSAGES_OF_A_CLUSTER)
        self._middles = np.random.default_rng(seed).normal(size=(clusters, dimensions)).astype(np.float32)

    def encode_query(self, text: str) -> Vectors:
        """A vector near one of the clusters."""
        vector: Vectors = self._near(np.random.default_rng(zlib.crc32(text.encode())), 1)[0]
        return vector

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:  # noqa: ARG002
        """Vectors near the clusters, the same ones each time."""
        return self._near(np.random.default_rng(self._seed + 1), len(texts))

    def _near(self, draw: np.random.Generator, count: int) -> Vectors:
        chosen = self._middles[draw.integers(len(self._middles), size=count)]
        vectors = chosen + SPREAD * draw.standard_normal(chosen.shape, np.float32)
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit
