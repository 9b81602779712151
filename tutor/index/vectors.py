"""The dense half of the index as the rest of the program sees it: vectors by row, kept in one of several places.

`chroma.py` keeps them in a folder, on a Chroma server or in Chroma Cloud; `vertex_search.py` in Agent Platform Vector
Search. A collection holds the vectors of one index: row 0, 1, 2 … as in the lexical half. It is filled by one builder
and afterwards only read. What goes wrong in a place arrives as `IndexingError`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from tutor.index.encoder import Vectors
from tutor.index.filters import Filter
from tutor.read.document import Passage


class VectorStore(Protocol):
    """The vectors of one index."""

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Store the vectors of all passages, in their order; what is there already is written over."""

    def nearest(self, vector: Vectors, count: int, where: Filter | None = None) -> list[tuple[int, float]]:
        """Row and cosine similarity of the nearest passages that `where` lets pass, nearest first."""

    def known(self, rows: Sequence[int]) -> dict[int, Vectors]:
        """The stored vectors of these rows, for the next build to take over; rows that are not there are left out."""

    def count(self, expected: int = 0) -> int:
        """How many passages are stored; quickest where it is as `expected`. 0 when the collection does not exist."""

    def drop(self) -> None:
        """Delete the collection, if it is there."""


class VectorPlace(Protocol):
    """A place that keeps collections of vectors."""

    @property
    def name(self) -> str:
        """What a manifest calls the place; holds no secret."""

    @property
    def is_remote(self) -> bool:
        """Whether it outlives the index folder, and so must be tidied when the folder goes."""

    def open(self, folder: Path, collection: str) -> VectorStore:
        """The collection that belongs to the index in `folder`. Nothing is reached before it is used."""

    def state(self) -> str:
        """Reach the place and say what was found there; raises `IndexingError` where it cannot be used."""

    def close(self) -> None:
        """Let go of connections; the next use makes new ones."""


def embedded_text(passage: Passage) -> str:
    """What the encoder reads of a passage: its place in the document, then its text."""
    place = " › ".join(part for part in (passage.title, passage.heading) if part)
    return f"{place}\n{passage.text}" if place else passage.text


def text_key(passage: Passage) -> str:
    """Identity of the text that was embedded: the same key means the same vector."""
    return hashlib.sha256(embedded_text(passage).encode()).hexdigest()[:32]
