"""A question and its hits in, the first of them in a new order out: by a cross-encoder, where a setting names one.

A cross-encoder reads question and passage together, which no index can do ahead; so it sees only the first hits. It is
loaded with the first question, from this machine: nobody waits for a network there, and `tutor doctor` downloads it.
Where it cannot be loaded or used, the order stays as it was, and one warning says so.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tutor.errors import ModelError
from tutor.index.search import Hit
from tutor.index.vectors import embedded_text

RERANKED = 20
"""How many hits are put in a new order: a small cross-encoder reads as many in half a second on two cores."""


class Reranker:
    """A sentence-transformers CrossEncoder by name or folder. Threads may share it."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._loading = threading.Lock()
        self._loaded: Any = None
        self._failed = False

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """The first hits by what the model says of them, then the others as they were.

        The scores stay in their places: they go on saying how far apart neighbours are on the scale that all know.
        """
        first = hits[:RERANKED]
        if self._failed or len(first) < 2:
            return list(hits)
        try:
            found = self.scores(query, [embedded_text(hit.passage) for hit in first])
        except ModelError as error:
            self._failed = True
            logging.getLogger(__name__).warning("%s Search goes on without it.", error)
            return list(hits)
        order = np.argsort(-found, kind="stable")
        reranked = [
            replace(first[chosen], score=place.score, rank=place.rank)
            for chosen, place in zip(order, first, strict=True)
        ]
        return [*reranked, *hits[RERANKED:]]

    def scores(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """How well each text answers `query`; what cannot be loaded or used raises `ModelError`."""
        self.load()
        try:
            pairs = [(query, text) for text in texts]
            found = np.asarray(self._loaded.predict(pairs, show_progress_bar=False), np.float32)
        except Exception as error:
            raise self._unusable(error) from error
        if found.shape != (len(texts),):
            raise self._unusable(f"it gives {found.shape[-1]} scores a pair, and a reranker gives one")
        if not np.isfinite(found).all():
            raise self._unusable("it gives scores that are no numbers")
        return found

    def load(self, *, may_download: bool = False) -> None:
        """Load the model, unless it is; raises `ModelError` where that fails."""
        with self._loading:
            if self._loaded is not None:
                return
            if self._model.startswith(("/", ".", "~")) and not Path(self._model).is_dir():
                raise self._unusable("there is no such folder")
            try:
                from sentence_transformers import CrossEncoder
                from transformers.utils import logging as progress

                progress.disable_progress_bar()
                for talkative in ("huggingface_hub", "sentence_transformers"):
                    logging.getLogger(talkative).setLevel(logging.ERROR)  # what fails is said below, once
                self._loaded = CrossEncoder(self._model, trust_remote_code=False, local_files_only=not may_download)
            except Exception as error:
                raise self._unusable(error) from error

    def _unusable(self, why: object) -> ModelError:
        first_line = (str(why).strip() or type(why).__name__).splitlines()[0]
        return ModelError(
            f"TUTOR_RERANKER={self._model} cannot be used: {first_line.rstrip('.')}. Give the name or folder of a "
            "sentence-transformers CrossEncoder; `tutor doctor` downloads one that this machine lacks."
        )
