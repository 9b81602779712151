"""Vectors in Agent Platform Vector Search, formerly Vertex AI Vector Search, by google-cloud-aiplatform over REST.

Creating and deploying an index takes the better part of an hour, so there is one, named by settings, and the indexes of
tutors share it: every datapoint is called `COLLECTION-ROW` and restricted to its collection, and a query asks for its
own. The index must take streamed updates; what was written becomes visible after seconds, and the builder waits for it.
What Google's clients raise leaves as `IndexingError`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from tutor.errors import IndexingError
from tutor.index.encoder import Vectors
from tutor.index.filters import Facets, Filter, objectives_of
from tutor.index.vertex_client import Datapoint, Restriction, VertexClient
from tutor.read.document import Passage
from tutor.settings import VectorSearchSetting

WRITTEN_AT_ONCE = 500
READ_AT_ONCE = 1000
"""The most that one reading request may ask for, by the API's reference."""
VISIBLE_SECONDS = 600.0
"""How long the builder waits for what it wrote to become visible."""


class VectorSearch:
    """Keeps collections in one index of Vector Search."""

    is_remote = True

    def __init__(self, setting: VectorSearchSetting, client: VertexClient | None = None) -> None:
        self._client = client or VertexClient(setting)
        self.name = f"projects/{setting.project}/locations/{setting.region}/indexes/{setting.index}"

    def open(self, folder: Path, collection: str) -> VectorSearchStore:
        """A collection in the index; what can be filtered by is known from the index folder."""
        return VectorSearchStore(self._client, collection, Facets(folder / "facets"))

    def state(self) -> str:
        """Reach the index and the endpoint that it is deployed to, and say what is there."""
        about = self._client.index
        self._client.read(["tutor-00000000"])  # reached, whether or not it is there
        return f"{self.name}, {about.vectors:,} vectors of {about.dimensions} dimensions, {about.measure}"

    def close(self) -> None:
        """Let go of the connections to the service."""
        self._client.close()


class VectorSearchStore:
    """The datapoints of one collection."""

    def __init__(
        self, client: VertexClient, collection: str, facets: Facets, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._client = client
        self._name = collection
        self._facets = facets
        self._sleep = sleep

    def add(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Store the vectors of all passages, and wait until the last of them can be found."""
        if not len(passages):
            return
        self._client.require_writable(vectors.shape[1])
        for rows in _batches(range(len(passages)), WRITTEN_AT_ONCE):
            self._client.upsert([self._datapoint(row, passages[row], vectors[row]) for row in rows])
        self._wait_until(lambda: self._has(len(passages) - 1))

    def nearest(self, vector: Vectors, count: int, where: Filter | None = None) -> list[tuple[int, float]]:
        """Row and cosine similarity of the nearest passages that `where` lets pass, nearest first."""
        if where:
            count = min(count, len(where.rows(self._facets)))
        if count == 0:
            return []
        restricts = [("collection", (self._name,)), *(restrictions(where) if where else [])]
        found = self._client.neighbours(vector.tolist(), count, restricts)
        rows = [self._row(name) for name, _ in found]
        return list(zip(rows, self._similarities([distance for _, distance in found]), strict=True))

    def known(self, rows: Sequence[int]) -> dict[int, Vectors]:
        """The stored vectors of these rows; rows that are not there are left out."""
        found: dict[int, Vectors] = {}
        for batch in _batches(rows, READ_AT_ONCE):
            stored = self._client.read([self._id(row) for row in batch])
            found |= {self._row(name): np.array(vector, np.float32) for name, vector in stored.items()}
        return found

    def count(self, expected: int = 0) -> int:
        """How many passages are stored, found by asking for single rows, which are written in order.

        The service's own count is of all collections together, and late.
        """
        there = expected if expected and self._has(expected - 1) else 0
        step = 1
        while self._has(there + step - 1):
            there, step = there + step, step * 2
        low, high = there, there + step - 1
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._has(middle) else (low, middle)
        return low

    def drop(self) -> None:
        """Remove the datapoints of the collection, the last ones first, so that what is left can be counted."""
        for rows in _batches(range(self.count())[::-1], READ_AT_ONCE):
            self._client.remove([self._id(row) for row in rows])
        self._wait_until(lambda: not self._has(0))

    def _has(self, row: int) -> bool:
        return bool(self._client.read([self._id(row)]))

    def _wait_until(self, is_so: Callable[[], bool]) -> None:
        waited, pause = 0.0, 0.5
        while not is_so():
            if waited > VISIBLE_SECONDS:
                raise IndexingError(
                    f"Vector Search took the datapoints of {self._name}, and they are not in force after "
                    f"{VISIBLE_SECONDS:g} s. Run `tutor index` later: it goes on from what is there."
                )
            self._sleep(pause)
            waited, pause = waited + pause, min(pause * 2, 15.0)

    def _datapoint(self, row: int, passage: Passage, vector: Vectors) -> Datapoint:
        restricts = (
            ("collection", (self._name,)),
            ("objective", tuple(objectives_of(passage))),
            ("layer", (passage.layer,)),
            ("doc", (passage.doc,)),
        )
        return Datapoint(self._id(row), vector.tolist(), tuple(entry for entry in restricts if entry[1]))

    def _similarities(self, distances: Sequence[float]) -> list[float]:
        """Cosine similarities of vectors of length 1, by how the index measures distance."""
        if self._client.index.measure == "COSINE_DISTANCE":
            return [1 - distance for distance in distances]
        if self._client.index.measure == "SQUARED_L2_DISTANCE":
            return [1 - distance / 2 for distance in distances]
        # The reference defines DOT_PRODUCT_DISTANCE as the negative product; answers were seen to hold the product
        # itself. The nearest come first, which tells the two apart.
        sign = -1 if distances and (distances[0] < distances[-1] or distances[0] < 0) else 1
        return [sign * distance for distance in distances]

    def _id(self, row: int) -> str:
        return f"{self._name}-{row:08d}"

    def _row(self, datapoint_id: str) -> int:
        return int(datapoint_id.rpartition("-")[2])


def restrictions(where: Filter) -> list[Restriction]:
    """A filter as the service's restricts: any value within a namespace, all namespaces together."""
    parts = (("objective", where.objectives), ("layer", where.layers), ("doc", where.docs))
    return [(namespace, tuple(values)) for namespace, values in parts if values]


def _batches(rows: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for begin in range(0, len(rows), size):
        yield rows[begin : begin + size]
