"""Chroma in a folder of this machine, beside the rest of the index: the place where vectors are unless set otherwise.

It is written by one builder and afterwards only read: several processes may then open it safely.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from tutor.errors import IndexingError
from tutor.index.chroma import ChromaStore, Limits
from tutor.index.filters import Facets

LIMITS = Limits(batch=5000, results=5000, few=3, by_rows=True)
"""Chroma itself takes at most 5,461 rows at once."""


class ChromaFolder:
    """Keeps each index's vectors in its own folder, with which they go."""

    name = "folder"
    is_remote = False

    def open(self, folder: Path, collection: str) -> ChromaStore:
        """The collection in `folder`."""
        return ChromaStore(_Connection(folder / "chroma"), collection, Facets(folder / "facets"))

    def state(self) -> str:
        """Say which Chroma it is."""
        import chromadb

        return f"Chroma {chromadb.__version__} in TUTOR_HOME"

    def close(self) -> None:
        """Nothing is held but files."""


class _Connection:
    """Chroma in this process."""

    limits = LIMITS
    pauses: Sequence[float] = ()

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def client(self) -> Any:
        return self._client

    @cached_property
    def _client(self) -> Any:
        import chromadb
        from chromadb.config import Settings

        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            return chromadb.PersistentClient(str(self._folder), settings=Settings(anonymized_telemetry=False))
        except Exception as error:
            raise self.translated(error) from error

    def may_pass(self, error: Exception) -> bool:  # noqa: ARG002 - no network, nothing to wait for
        return False

    def translated(self, error: Exception) -> IndexingError:
        return IndexingError(f"The vectors in {self._folder} cannot be used ({error}). Run `tutor index --rebuild`.")
