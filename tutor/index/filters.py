"""A filter on passages in; the rows of the index that pass it out, from a small file written when the index is built.

Facets are what can be filtered by: `objective 4.2`, `objective 4` (its section), `layer own`, `doc feature-store`.
Within one kind a passage needs any of the values asked for; between kinds it must satisfy all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tutor.errors import InputError
from tutor.read.document import Layer, Passage

Rows = NDArray[np.int32]

_MOST_NAMED = 12


@dataclass(frozen=True)
class Filter:
    """Which passages a search may find; empty fields let everything pass."""

    objectives: tuple[str, ...] = ()
    """Objective numbers such as `4.2`, or section numbers such as `4`."""
    layers: tuple[Layer, ...] = ()
    docs: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.objectives or self.layers or self.docs)

    def rows(self, facets: Facets) -> Rows:
        """The rows that pass, ascending; an objective or document that the index does not have raises `InputError`."""
        kept = np.ones(facets.passages, np.bool_)
        for kind, values in (("objective", self.objectives), ("layer", self.layers), ("doc", self.docs)):
            if values:
                found = np.zeros_like(kept)
                for value in values:
                    found[facets.rows(kind, value)] = True
                kept &= found
        return np.flatnonzero(kept).astype(np.int32)


class Facets:
    """Opened from a folder that `write_facets` wrote."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def passages(self) -> int:
        """How many passages the index has."""
        return int(self._bounds[0])

    def rows(self, kind: str, value: str) -> Rows:
        """The rows with this facet, ascending."""
        number = self._numbers.get(f"{kind} {value}")
        if number is None:
            if kind == "layer":
                return np.zeros(0, np.int32)
            raise InputError(f"No passage has the {kind} {value!r}. {self._known(kind, value)}")
        return np.asarray(self._rows[self._bounds[1 + number] : self._bounds[2 + number]])

    def _known(self, kind: str, value: str) -> str:
        """What could be asked for instead: all there is, or the nearest spellings."""
        from difflib import get_close_matches

        known = [name.removeprefix(f"{kind} ") for name in self._numbers if name.startswith(f"{kind} ")]
        near = known if len(known) <= _MOST_NAMED else get_close_matches(value, known, n=5, cutoff=0.3) or known[:5]
        return f"Try {', '.join(near)}." if near else f"This index has no {kind}s."

    @cached_property
    def _numbers(self) -> dict[str, int]:
        names: list[str] = json.loads((self._folder / "names.json").read_text(encoding="utf-8"))
        return {name: number for number, name in enumerate(names)}

    @cached_property
    def _bounds(self) -> NDArray[np.int64]:
        """The number of passages, then where each facet's rows begin and end."""
        bounds: NDArray[np.int64] = np.load(self._folder / "bounds.npy")
        return bounds

    @cached_property
    def _rows(self) -> Rows:
        rows: Rows = np.load(self._folder / "rows.npy", mmap_mode="r")
        return rows


def write_facets(passages: Sequence[Passage], folder: Path) -> None:
    """Write which rows have which facet."""
    found: dict[str, list[int]] = {}
    for row, passage in enumerate(passages):
        for kind, value in facets_of(passage):
            found.setdefault(f"{kind} {value}", []).append(row)
    names = sorted(found)
    bounds = [len(passages), 0]
    for name in names:
        bounds.append(bounds[-1] + len(found[name]))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "names.json").write_text(json.dumps(names), encoding="utf-8")
    np.save(folder / "bounds.npy", np.array(bounds, np.int64))
    np.save(folder / "rows.npy", np.array([row for name in names for row in found[name]], np.int32))


def facets_of(passage: Passage) -> Iterator[tuple[str, str]]:
    """Kind and value of everything that a passage can be filtered by."""
    yield "doc", passage.doc
    yield "layer", passage.layer
    for objective in objectives_of(passage):
        yield "objective", objective


def objectives_of(passage: Passage) -> list[str]:
    """The passage's objectives, and the sections that they belong to."""
    return sorted({*passage.objectives, *(objective.partition(".")[0] for objective in passage.objectives)})
