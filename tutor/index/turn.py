"""A question's vector in, the vector by which its answers are found out.

The encoder places a question near texts that sound like it. What answers it often does not: so the vector is turned
towards what answered six thousand questions like it, by one matrix fitted on those (`evals/turning.py`). Passages and
statements stay where the encoder placed them, a learner's own documents too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tutor.index.encoder import Encoder, Vectors


@dataclass(frozen=True)
class Turn:
    """The matrix that turns a question's vector; None leaves it as it is."""

    matrix: Vectors | None = None

    def of(self, vector: Vectors) -> Vectors:
        """The turned vector, of length 1."""
        if self.matrix is None:
            return vector
        turned = vector @ self.matrix
        unit: Vectors = turned / np.maximum(np.linalg.norm(turned), 1e-9)
        return unit.astype(np.float32)


def read_turn(path: Path, encoder: Encoder) -> Turn:
    """The turn that ships beside the corpus; none where there is no file for this encoder."""
    if not path.exists():
        return Turn()
    with np.load(path) as archive:
        return Turn(archive["matrix"].astype(np.float32)) if str(archive["model"]) == encoder.name else Turn()


def write_turn(path: Path, turn: Turn, encoder: Encoder) -> None:
    """Write a turn, in half precision."""
    if turn.matrix is not None:
        np.savez_compressed(path, model=np.array(encoder.name), matrix=turn.matrix.astype(np.float16))
