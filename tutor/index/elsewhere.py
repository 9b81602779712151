"""Subjects that the documentation does not treat in; how near a question is to the nearest of them out.

That a question is far from every passage says little by itself: short questions and those in everyday words are far
from all. It says much where the question is nearer to cooking or to another cloud than to any passage.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path

import numpy as np

from tutor.index.ahead import read_ahead_vectors, write_ahead_vectors
from tutor.index.encoder import Encoder, Vectors

USUAL = 0.33
"""How near questions usually are to the nearest subject."""


class Elsewhere:
    """Read from a file of subjects, one a line; without the file every question is as near as usual."""

    def __init__(self, path: Path, encoder: Encoder) -> None:
        self._path = path
        self._encoder = encoder

    def nearness(self, question: str) -> float:
        """Cosine similarity of a question to the nearest subject; the usual one where no subjects are known."""
        if not self._subjects or not question.strip():
            return USUAL
        return float((self._vectors @ self._encoder.encode_query(question)).max())

    def write_ahead(self) -> None:
        """Write the subjects' vectors beside their file, so that no learner waits for them."""
        if self._subjects:
            vectors = dict(zip(map(_key, self._subjects), self._made(), strict=True))
            write_ahead_vectors(self._ahead, self._encoder.name, vectors)

    @cached_property
    def _subjects(self) -> list[str]:
        if not self._path.exists():
            return []
        lines = self._path.read_text(encoding="utf-8").splitlines()
        return [line.strip() for line in lines if line.strip() and not line.startswith("#")]

    @cached_property
    def _vectors(self) -> Vectors:
        ahead = read_ahead_vectors(self._ahead, self._encoder.name)
        keys = list(map(_key, self._subjects))
        return np.stack([ahead[key] for key in keys]) if all(key in ahead for key in keys) else self._made()

    def _made(self) -> Vectors:
        return self._encoder.encode_passages(self._subjects)

    @property
    def _ahead(self) -> Path:
        return self._path.with_suffix(".npz")


def _key(subject: str) -> str:
    return hashlib.sha256(subject.encode()).hexdigest()[:32]
