"""Chroma in a folder of this machine, beside the rest of the index: the place where vectors are unless set otherwise.

A folder is written by one builder. Once the index is finished it is never touched again: readers open a mirror of it.
So what was built can be held against its sums, readers do not wait for each other, and the folder may be read-only.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from tutor.errors import IndexingError
from tutor.index.chroma import ChromaStore, Limits
from tutor.index.filters import Facets
from tutor.index.mirror import Mirror

FULL = ("no space left", "disk is full", "disk quota exceeded")
"""How the system, SQLite and Chroma say that nothing more fits."""

LIMITS = Limits(batch=5000, results=5000, few=3, by_rows=True, logged=2)
"""Chroma itself takes at most 5,461 rows at once, and keeps no less than 2 in its log."""


class ChromaFolder:
    """Keeps each index's vectors in its own folder, with which they go."""

    name = "folder"
    is_remote = False

    def open(self, folder: Path, collection: str) -> ChromaStore:
        """The collection in `folder`; to be filled while the folder has no manifest."""
        is_finished = (folder / "manifest.json").exists()
        return ChromaStore(_Connection(folder / "chroma", is_finished), collection, Facets(folder / "facets"))

    def state(self) -> str:
        """Say which Chroma it is."""
        import chromadb

        return f"Chroma {chromadb.__version__} in TUTOR_HOME"

    def close(self) -> None:
        """Nothing is held but by those who read, and goes with them."""


class _Connection:
    """Chroma in this process."""

    limits = LIMITS
    pauses: Sequence[float] = ()

    def __init__(self, folder: Path, is_finished: bool) -> None:
        self._folder = folder
        self._is_finished = is_finished

    def client(self) -> Any:
        return self._client

    @cached_property
    def _client(self) -> Any:
        import chromadb
        from chromadb.config import Settings

        mirror = None
        try:
            if self._is_finished:
                mirror = Mirror(self._folder)
            else:
                self._folder.mkdir(parents=True, exist_ok=True)
            path = mirror.path if mirror else self._folder
            client = chromadb.PersistentClient(str(path), settings=Settings(anonymized_telemetry=False))
        except Exception as error:
            _let_go(None, mirror)
            raise self.translated(error) from error
        weakref.finalize(self, _let_go, client, mirror)
        return client

    def may_pass(self, error: Exception) -> bool:  # noqa: ARG002 - no network, nothing to wait for
        return False

    def translated(self, error: Exception) -> IndexingError:
        if any(words in str(error).casefold() for words in FULL):
            return IndexingError(
                f"The disk with {self._folder} or the temporary folder is full. Free some space, then go on."
            )
        return IndexingError(f"The vectors in {self._folder} cannot be used ({error}). Run `tutor index --rebuild`.")


def _let_go(client: Any, mirror: Mirror | None) -> None:
    if client:
        client.close()
    if mirror:
        mirror.close()
