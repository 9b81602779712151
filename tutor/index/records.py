"""Passages on disk, one JSON line each, and the sketches of their statements, both read by the passage's row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from tutor.index.encoder import Vectors
from tutor.read.document import Passage, Source


class PassageFile:
    """Opened from a folder that `write_passages` wrote; any row is one seek away."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "passages.jsonl"
        self._offsets = np.load(folder / "offsets.npy")

    @cached_property
    def ids(self) -> list[str]:
        """The passages' ids, by row."""
        found: list[str] = json.loads((self._path.parent / "ids.json").read_text(encoding="utf-8"))
        return found

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {passage_id: row for row, passage_id in enumerate(self.ids)}

    def __len__(self) -> int:
        return len(self._offsets)

    def __getitem__(self, row: int) -> Passage:
        with self._path.open("rb") as file:
            file.seek(int(self._offsets[row]))
            return _decode(json.loads(file.readline()))

    def row(self, passage_id: str) -> int | None:
        """Where the passage with this id stands."""
        return self._rows.get(passage_id)

    def find(self, passage_id: str) -> Passage | None:
        """The passage with this id."""
        row = self.row(passage_id)
        return None if row is None else self[row]


class StatementSketches:
    """Opened from a folder that `meaning.py` wrote; the sketches stay on disk until they are asked for."""

    def __init__(self, folder: Path) -> None:
        self._axes = np.load(folder / "axes.npy")
        self._starts = np.load(folder / "starts.npy")
        self._vectors = np.load(folder / "vectors.npy", mmap_mode="r")

    def rows(self, row: int) -> range:
        """Where the statements of a passage stand among all."""
        return range(int(self._starts[row]), int(self._starts[row + 1]))

    def likeness(self, vector: Vectors, row: int) -> list[float]:
        """Cosine similarity of each statement of a passage to a vector of the encoder, in their order."""
        some = np.asarray(self._vectors[self._starts[row] : self._starts[row + 1]], np.float32)
        drawn = vector @ self._axes
        lengths = np.linalg.norm(some, axis=1) * np.linalg.norm(drawn)
        found: list[float] = (some @ drawn / np.maximum(lengths, 1e-9)).tolist()
        return found


def write_passages(passages: Sequence[Passage], folder: Path) -> None:
    """Write `passages` into `folder`, in their order."""
    offsets = []
    with (folder / "passages.jsonl").open("wb") as file:
        for passage in passages:
            offsets.append(file.tell())
            file.write(json.dumps(_encoded(passage), default=date.isoformat).encode() + b"\n")
    (folder / "ids.json").write_text(json.dumps([passage.id for passage in passages]), encoding="utf-8")
    np.save(folder / "offsets.npy", np.array(offsets, np.int64))


def _encoded(passage: Passage) -> dict[str, Any]:
    """As `asdict` gives it, without the copying that took longer than writing did."""
    return {**vars(passage), "sources": [vars(source) for source in passage.sources]}


def _decode(fields: dict[str, Any]) -> Passage:
    sources = tuple(
        Source(entry["title"], entry["url"], date.fromisoformat(entry["checked"]) if entry["checked"] else None)
        for entry in fields["sources"]
    )
    lists = {name: tuple(fields[name]) for name in ("headings", "names", "objectives", "asked")}
    return Passage(**{**fields, **lists, "sources": sources})
