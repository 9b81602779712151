"""Texts in, short vectors of length 1 out: the encoder's vectors on fewer axes, those of known texts computed ahead.

The precedents have some twenty thousand different wordings, the pages nine thousand statements. Whole vectors would
weigh 20 MB; on 192 axes with a byte each they weigh 5, and no accuracy was lost (docs/solving.md). The file is bound
to the model by its name and to each text by its hash: a text that changed is encoded anew, the others are taken over.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tutor.index.encoder import Encoder, Progress, Vectors

AXES = 192
_FULL = 127.0


@dataclass(frozen=True)
class Sketches:
    """Axes, and the short vectors of known texts."""

    axes: Vectors | None
    """One column for each axis; None where nothing is known, and the first texts decide."""
    known: dict[str, Vectors]

    @staticmethod
    def keys(texts: Sequence[str]) -> list[str]:
        """By what texts are known."""
        return [_key(text) for text in texts]

    def of(self, texts: Sequence[str]) -> Vectors:
        """The short vectors of known texts."""
        known = [self.known[_key(text)] for text in texts]
        return np.stack(known) if known else np.zeros((0, 0), np.float32)

    def grown(self, texts: Sequence[str], encoder: Encoder, progress: Progress | None = None) -> Sketches:
        """The sketches of just these texts; only those that are not known yet are encoded."""
        by_key = {_key(text): text for text in texts}
        fresh = {key: text for key, text in by_key.items() if key not in self.known}
        known = {key: self.known[key] for key in by_key if key in self.known}
        if not fresh:
            return Sketches(self.axes, known)
        vectors = encoder.encode_passages(list(fresh.values()), progress)
        axes = _axes(vectors) if self.axes is None else self.axes
        return Sketches(axes, known | dict(zip(fresh, _normal(vectors @ axes), strict=True)))

    def has(self, texts: Sequence[str]) -> bool:
        """Whether all of these texts are known."""
        return all(_key(text) in self.known for text in texts)

    def like(self, others: Sketches) -> bool:
        """Whether others were drawn on the same axes."""
        return self.axes is not None and others.axes is not None and bool(np.array_equal(self.axes, others.axes))

    def draw(self, vectors: Vectors) -> Vectors:
        """Vectors of the encoder on these axes; as they are where there are none."""
        if self.axes is None:
            return vectors
        return _normal(vectors @ self.axes)


def read_sketches(path: Path, encoder: Encoder) -> Sketches:
    """The sketches that ship beside the corpus; none where there is no file for this encoder."""
    if not path.exists():
        return Sketches(None, {})
    with np.load(path) as archive:
        if str(archive["model"]) != encoder.name:
            return Sketches(None, {})
        axes, keys = archive["axes"].astype(np.float32), archive["keys"]
        short = _normal(archive["vectors"].astype(np.float32))
    return Sketches(axes, {key.tobytes().hex(): vector for key, vector in zip(keys, short, strict=True)})


def write_sketches(path: Path, sketches: Sketches, encoder: Encoder) -> None:
    """Write sketches: a byte for each number. Whoever reads meanwhile reads the file of before."""
    if sketches.axes is None:
        return
    keys = sorted(sketches.known)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.stem}.{os.getpid()}.npz")
    np.savez_compressed(
        fresh,
        model=np.array(encoder.name),
        axes=sketches.axes.astype(np.float16),
        keys=np.array([list(bytes.fromhex(key)) for key in keys], np.uint8),
        vectors=np.array([in_bytes(sketches.known[key]) for key in keys], np.int8),
    )
    fresh.replace(path)


def in_bytes(vector: Vectors) -> Vectors:
    """A vector with a byte for each number; its direction counts, not its length."""
    scaled: Vectors = np.round(vector / np.maximum(np.abs(vector).max(initial=0.0), 1e-9) * _FULL)
    return scaled


def _axes(vectors: Vectors) -> Vectors:
    """The directions in which the texts differ most."""
    values, directions = np.linalg.eigh(vectors.T @ vectors)
    main: Vectors = directions[:, np.argsort(-values)[:AXES]].astype(np.float32)
    return main


def _normal(vectors: Vectors) -> Vectors:
    normal: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return normal


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
