"""Answered questions in, how much each statement is called for by a question like them out.

What an expert says first to a question can hardly be told from words and vectors; what was said to the questions
nearest to it tells it well (docs/answers.md). Written into an index folder:

    answered/
      axes.npy      the axes on which the questions' wordings are sketched
      asks.npy      a byte for each number, a row for each wording
      owners.npy    which question each wording belongs to
      starts.npy    where each question's statements begin, and where the last one's end
      says.npy      the statements, by their rows in `meaning/`, the most important first

A statement that a page no longer has is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np

from tutor.index.encoder import Encoder, Progress, Vectors
from tutor.index.sketches import Sketches, in_bytes
from tutor.read.answered import Answered, Opening, opened_by, told_by
from tutor.read.document import Passage

FOLDER = "answered"

LEAST_ALIKE = 0.3
"""A question that is less alike in meaning says nothing."""
NEAREST = 80
"""So many wordings are looked at."""
STEEP = 8.0
"""How fast a question's say falls with its likeness, beside the nearest one's: to 1/e within an eighth."""
FALL, LAST = 0.06, 0.3
"""By how much each further statement counts less than the one before, and what the last ones count at least."""


class AnsweredQuestions:
    """Opened from a folder that `write_answered` wrote."""

    def __init__(self, folder: Path) -> None:
        self._axes = np.load(folder / "axes.npy")
        asks = np.load(folder / "asks.npy").astype(np.float32)
        self._asks = asks / np.maximum(np.linalg.norm(asks, axis=1, keepdims=True), 1e-9)
        self._owners, self._starts = np.load(folder / "owners.npy"), np.load(folder / "starts.npy")
        self._says = np.load(folder / "says.npy")

    def called_for(self, vector: Vectors) -> dict[int, float]:
        """By its row, how much each statement is called for by a question with this vector of the encoder."""
        alike = self._alike(vector)
        best: dict[int, float] = {}
        for row in np.argsort(-alike, kind="stable")[:NEAREST]:
            if alike[row] >= LEAST_ALIKE:
                best.setdefault(int(self._owners[row]), float(alike[row]))
        nearest = max(best.values(), default=0.0)
        found: dict[int, float] = {}
        for owner, near in best.items():
            say = float(np.exp(STEEP * (near - nearest)))
            for place, row in enumerate(self._says[self._starts[owner] : self._starts[owner + 1]].tolist()):
                found[row] = found.get(row, 0.0) + say * max(LAST, 1 - FALL * place)
        return found

    def nearest(self, vector: Vectors) -> float:
        """How alike the nearest question is to one with this vector of the encoder."""
        return float(self._alike(vector).max())

    def _alike(self, vector: Vectors) -> Vectors:
        drawn = np.einsum("i,ij->j", vector, self._axes)
        alike: Vectors = np.einsum("ij,j->i", self._asks, drawn / np.maximum(np.linalg.norm(drawn), 1e-9))
        return alike  # einsum, since BLAS wakes threads for a product of this size, and these cost more than it


def write_answered(
    answered: Sequence[Answered],
    passages: Sequence[Passage],
    folder: Path,
    ahead: Sketches,
    encoder: Encoder,
    progress: Progress | None = None,
) -> None:
    """Write what answers which question; sketches of wordings that are known ahead are taken over."""
    rows = _rows(answered, passages)
    kept = [(one.asks, found) for one in answered if (found := [rows[s] for s in one.says if s in rows])]
    asks = [ask for wordings, _ in kept for ask in wordings]
    sketches = ahead.grown(asks, encoder, progress)
    if sketches.axes is None or not asks:
        return
    place = folder / FOLDER
    place.mkdir()
    np.save(place / "axes.npy", sketches.axes)
    np.save(place / "asks.npy", np.array([in_bytes(vector) for vector in sketches.of(asks)], np.int8))
    np.save(place / "owners.npy", np.repeat(np.arange(len(kept)), [len(wordings) for wordings, _ in kept]))
    np.save(place / "starts.npy", np.cumsum([0, *(len(said) for _, said in kept)]))
    np.save(place / "says.npy", np.array([row for _, said in kept for row in said], np.int64))


def _rows(answered: Sequence[Answered], passages: Sequence[Passage]) -> dict[Opening, int]:
    """Where each statement that is named stands among all statements."""
    told = [told_by(passage.text) for passage in passages]
    begins = dict(zip((one.id for one in passages), accumulate(map(len, told), initial=0), strict=False))
    by_id = dict(zip((one.id for one in passages), told, strict=True))
    rows: dict[Opening, int] = {}
    for said in {said for one in answered for said in one.says if said.passage in by_id}:
        if (number := opened_by(said.words, by_id[said.passage])) is not None:
            rows[said] = begins[said.passage] + number
    return rows
