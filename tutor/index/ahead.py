"""Vectors computed ahead, in a file beside the corpus: bound to the text by their keys, to the model by its name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from tutor.index.encoder import Vectors


def read_ahead_vectors(path: Path, model: str) -> dict[str, Vectors]:
    """Vectors computed ahead for `model`; empty when there are none for it."""
    if not path.exists():
        return {}
    with np.load(path) as archive:
        if str(archive["model"]) != model:
            return {}
        keys, vectors = archive["keys"], archive["vectors"].astype(np.float32)
    return {key.tobytes().hex(): vector for key, vector in zip(keys, vectors, strict=True)}


def write_ahead_vectors(path: Path, model: str, vectors: Mapping[str, Vectors]) -> None:
    """Write vectors as half-precision numbers: 0.8 kB each, and similarities exact to the third decimal."""
    keys = sorted(vectors)
    np.savez(
        path,
        model=np.array(model),
        keys=np.array([list(bytes.fromhex(key)) for key in keys], np.uint8),
        vectors=np.array([vectors[key] for key in keys], np.float16),
    )
