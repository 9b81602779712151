"""One collection of vectors in Chroma, which `chroma_folder.py` or `chroma_server.py` connects to.

The id of an entry is its row with leading zeros, so that a query needs nothing but ids and distances: fetching the
metadata of a hundred hits takes longer than finding them. What Chroma raises leaves as `IndexingError`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Protocol, TypeVar

import numpy as np

from tutor.errors import IndexingError
from tutor.index.attempts import attempted
from tutor.index.encoder import Vectors
from tutor.index.filters import Facets, Filter, Rows, objectives_of
from tutor.read.document import Passage

Result = TypeVar("Result")

WIDEST = 1000
"""How many neighbours are worth asking for so as to drop those that a filter does not let pass: a hundred take 1 ms."""


@dataclass(frozen=True)
class Limits:
    """What one request may carry."""

    batch: int
    """Entries written or read."""
    results: int
    """Hits of a query."""
    few: float
    """Up to this times the root of all rows, those that pass a filter are fetched and compared one by one.

    The graph walks past all others to find few among many: alone it takes 114 ms for 10 of 100,000, 28 ms for 1,000 and
    12 ms for 5,000. Fetching takes 0.02 ms a row.
    """
    by_rows: bool
    """Whether a filter is applied by listing rows: ten times quicker than by metadata, where the list may be long.

    Metadata are then not stored: they take a third of the time of building.
    """
    logged: int | None = None
    """How many new vectors Chroma may keep in a log, which every reader goes through anew, before they join its graph.

    None: as many as the server likes.
    """


class Connection(Protocol):
    """How Chroma is reached."""

    limits: Limits
    pauses: Sequence[float]
    """Between attempts."""

    def client(self) -> Any:
        """Chroma's client, made when first asked for; raises `IndexingError` where it cannot be had."""

    def may_pass(self, error: Exception) -> bool:
        """Whether the same request may succeed a moment later."""

    def translated(self, error: Exception) -> IndexingError:
        """What Chroma raised, as people are told it."""


class ChromaStore:
    """A collection, reached when first used."""

    def __init__(self, connection: Connection, collection: str, facets: Facets) -> None:
        self._connection = connection
        self._limits = connection.limits
        self._name = collection
        self._facets = facets

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Store the vectors of all passages, in their order; what is there already is written over."""
        collection = self._try(
            lambda: self._connection.client().get_or_create_collection(
                self._name, embedding_function=None, configuration={"hnsw": self._graph}
            )
        )
        for rows in _batches(range(len(passages)), self._limits.batch):
            write = partial(
                collection.upsert,
                ids=[_id(row) for row in rows],
                embeddings=vectors[rows[0] : rows[-1] + 1],
                metadatas=None if self._limits.by_rows else [metadata(passages[row]) for row in rows],
            )
            self._try(write)

    def nearest(self, vector: Vectors, count: int, where: Filter | None = None) -> list[tuple[int, float]]:
        """Row and cosine similarity of the nearest passages that `where` lets pass, nearest first."""
        count = min(count, self._limits.results)
        if not where:
            return self._query(vector, count)
        rows = where.rows(self._facets)
        count = min(count, len(rows))
        if count == 0:
            return []
        if not self._limits.by_rows:
            return self._query(vector, count, where=condition(where))
        if len(rows) <= self._limits.few * math.sqrt(self._facets.passages):
            return self._compared(vector, rows, count)
        wide = math.ceil(1.5 * count * self._facets.passages / len(rows))
        if wide <= WIDEST:
            passing = _among(rows, self._query(vector, wide))
            if len(passing) >= count:
                return passing[:count]
        return self._query(vector, count, ids=[_id(row) for row in rows.tolist()])

    def known(self, rows: Sequence[int]) -> dict[int, Vectors]:
        """The stored vectors of these rows; rows that are not there are left out."""
        found: dict[int, Vectors] = {}
        for batch in _batches(rows, self._limits.batch):
            try:
                got = self._read(partial(_stored, ids=[_id(row) for row in batch]))
            except AbsentError:
                return {}
            found |= {int(id): np.asarray(v, np.float32) for id, v in zip(got["ids"], got["embeddings"], strict=True)}
        return found

    def count(self, expected: int = 0) -> int:  # noqa: ARG002 - Chroma counts as quickly without a guess
        """How many passages are stored; 0 when the collection does not exist."""
        try:
            return int(self._read(lambda collection: collection.count()))
        except AbsentError:
            return 0

    def drop(self) -> None:
        """Delete the collection, if it is there."""
        try:
            self._try(lambda: self._connection.client().delete_collection(self._name))
        except AbsentError:
            return

    @property
    def _graph(self) -> dict[str, str | int]:
        logged = self._limits.logged
        return {"space": "cosine"} | ({"sync_threshold": logged, "batch_size": logged} if logged else {})

    def _query(self, vector: Vectors, count: int, **chosen: Any) -> list[tuple[int, float]]:
        found = self._read(
            lambda collection: collection.query(
                query_embeddings=[vector], n_results=count, include=["distances"], **chosen
            )
        )
        ids, distances = found["ids"][0], found["distances"][0]
        return [(int(id), 1.0 - float(distance)) for id, distance in zip(ids, distances, strict=True)]

    def _compared(self, vector: Vectors, rows: Rows, count: int) -> list[tuple[int, float]]:
        """Compare with each of `rows`."""
        known = self.known(rows.tolist())
        if not known:
            return []
        stored = np.stack(list(known.values()))
        lengths = np.linalg.norm(stored, axis=1) * np.linalg.norm(vector)
        hits = zip(known, (stored @ vector / lengths).tolist(), strict=True)
        return sorted(hits, key=lambda hit: -hit[1])[:count]

    def _read(self, read: Callable[[Any], Result]) -> Result:
        """Read from the collection; if somebody made it anew since it was opened, open it again."""
        try:
            return self._try(lambda: read(self._collection))
        except AbsentError:
            self.__dict__.pop("_collection", None)
            return self._try(lambda: read(self._collection))

    def _try(self, action: Callable[[], Result]) -> Result:
        try:
            pauses = self._connection.pauses
            return attempted(action, self._connection.may_pass, pauses) if pauses else action()
        except IndexingError:
            raise
        except Exception as error:
            from chromadb.errors import NotFoundError

            translated = self._connection.translated(error)
            if isinstance(error, NotFoundError):
                raise AbsentError(f"{translated} Run `tutor index`.") from error
            raise translated from error

    @cached_property
    def _collection(self) -> Any:
        return self._connection.client().get_collection(self._name, embedding_function=None)


class AbsentError(IndexingError):
    """The collection is not there: never filled, or dropped by the next index."""


def metadata(passage: Passage) -> dict[str, str | bool]:
    """What is stored beside a vector. Chroma takes no lists, so each objective is a key of its own."""
    objectives: dict[str, str | bool] = {f"objective {objective}": True for objective in objectives_of(passage)}
    return {"passage": passage.id, "doc": passage.doc, "layer": passage.layer, **objectives}


def condition(where: Filter) -> dict[str, Any]:
    """A filter as Chroma's `where`, on the metadata above."""
    parts: list[dict[str, Any]] = []
    if where.objectives:
        parts.append(_joined("$or", [{f"objective {objective}": True} for objective in where.objectives]))
    if where.layers:
        parts.append({"layer": {"$in": list(where.layers)}})
    if where.docs:
        parts.append({"doc": {"$in": list(where.docs)}})
    return _joined("$and", parts)


def _joined(operator: str, parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Chroma rejects `$and` and `$or` of a single part."""
    return parts[0] if len(parts) == 1 else {operator: parts}


def _stored(collection: Any, ids: list[str]) -> Any:
    return collection.get(ids=ids, include=["embeddings"])


def _id(row: int) -> str:
    return f"{row:08d}"


def _among(rows: Rows, hits: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """The hits whose row is one of `rows`, which ascend."""
    found = np.array([row for row, _ in hits], rows.dtype)
    at = np.minimum(np.searchsorted(rows, found), len(rows) - 1)
    return [hit for hit, passes in zip(hits, rows[at] == found, strict=True) if passes]


def _batches(rows: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for begin in range(0, len(rows), size):
        yield rows[begin : begin + size]
