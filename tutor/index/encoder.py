"""Texts in, vectors of length 1 out: the shipped MiniLM, or any sentence-transformers model by setting.

sentence-transformers loads torch, which takes seconds; the shipped model runs without it and gives the same vectors.

An encoder places a question near texts that sound like it. What answers it often does not: so a question's vector is
turned towards what answered thousands of questions like it, by one matrix fitted on those (`evals/turning.py`).
Passages and statements stay where the encoder placed them, a learner's own documents too.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tutor.errors import ModelError
from tutor.index.weights import WEIGHTS_SHA256, shipped_model_folder
from tutor.settings import SHIPPED_MODEL

if TYPE_CHECKING:
    from tutor.index.minilm import MiniLM

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Told after each step: how much is done, and of how much."""

_BATCH = 64


class Encoder(Protocol):
    """What the index asks of an embedding model."""

    @property
    def name(self) -> str:
        """Identity of the model; an index made by another name is built anew."""

    def encode_query(self, text: str) -> Vectors:
        """The vector of a question."""

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One vector per passage, in their order."""


@dataclass(frozen=True)
class Turn:
    """The matrix that turns a question's vector; None leaves it as it is."""

    matrix: Vectors | None = None

    def of(self, vector: Vectors) -> Vectors:
        """The turned vector, of length 1."""
        if self.matrix is None:
            return vector
        turned = np.einsum("i,ij->j", vector, self.matrix)
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


def load_encoder(model: str) -> Encoder:
    """The encoder that the setting names. Nothing heavy is loaded before the first text."""
    if model == SHIPPED_MODEL:
        return ShippedEncoder()
    return SentenceTransformersEncoder(model)


class ShippedEncoder:
    """all-MiniLM-L6-v2, its weights verified, on ONNX Runtime."""

    name = f"{SHIPPED_MODEL}@{WEIGHTS_SHA256[:12]}"

    def __init__(self) -> None:
        self.encode_query = functools.lru_cache(maxsize=1024)(self._encode_query)

    def _encode_query(self, text: str) -> Vectors:
        vector: Vectors = self._loaded.encode([text])[0]
        vector.flags.writeable = False
        return vector

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode passages in batches."""
        return _in_batches(lambda some: self._loaded.encode(some), texts, progress)

    @functools.cached_property
    def _loaded(self) -> MiniLM:
        from tutor.index.minilm import MiniLM

        return MiniLM(shipped_model_folder())


class SentenceTransformersEncoder:
    """Any model that sentence-transformers can load, by name or folder."""

    def __init__(self, model: str) -> None:
        self._model = model
        self.name = str(Path(model).resolve()) if Path(model).is_dir() else model

    def encode_query(self, text: str) -> Vectors:
        """Encode a question with the model's query prompt, if it has one."""
        vector: Vectors = self._loaded.encode_query([text], normalize_embeddings=True, show_progress_bar=False)[0]
        return vector

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode passages in batches."""
        return _in_batches(lambda some: _transform(self._loaded, some), texts, progress)

    @functools.cached_property
    def _loaded(self) -> Any:
        return _load_transformer(self._model)


def _load_transformer(model: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging
    except ImportError as error:
        raise ModelError(f"sentence-transformers is not installed ({error}). Run `make setup`.") from error
    logging.disable_progress_bar()
    try:
        return SentenceTransformer(model, trust_remote_code=False)
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelError(
            f"TUTOR_EMBEDDING_MODEL={model} cannot be loaded: {str(error).splitlines()[0]} "
            "Give the name of a sentence-transformers model that this machine has or can download, or a folder."
        ) from error


def _transform(model: Any, texts: Sequence[str]) -> Vectors:
    vectors: Vectors = model.encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False)
    return vectors


def _in_batches(encode: Callable[[Sequence[str]], Vectors], texts: Sequence[str], progress: Progress | None) -> Vectors:
    """Encode longest first, so that a batch holds texts of like length and little padding."""
    order = sorted(range(len(texts)), key=lambda number: -len(texts[number]))
    batches: list[Vectors] = []
    for begin in range(0, len(order), _BATCH):
        batches.append(encode([texts[number] for number in order[begin : begin + _BATCH]]))
        if progress:
            progress(min(begin + _BATCH, len(order)), len(order))
    if not batches:
        return np.zeros((0, 0), np.float32)
    encoded = np.concatenate(batches)
    vectors = np.empty_like(encoded)
    vectors[order] = encoded
    return vectors
