"""Passages in, the sketches of their statements out: written into an index folder, so that a statement can be found to
say what a question asks in other words. `records.py` reads them.

    meaning/
      axes.npy      the axes they are drawn on
      vectors.npy   a byte for each number, a row for each statement, passage by passage; code has a row of zeros
      starts.npy    where each passage's rows begin, and where the last one's end
      keys.npy      by what each statement is known, for the next build to take it over

The sketches of the shipped pages are computed ahead (`corpus/statements.npz`); only what else was said is encoded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from tutor.index.encoder import Encoder, Progress
from tutor.index.sketches import Sketches, in_bytes
from tutor.read.document import Passage
from tutor.read.statements import statements

FOLDER = "meaning"


def wordings(passage: Passage) -> list[str]:
    """The statements of a passage on one line each, in their order; code says nothing."""
    return ["" if one.form == "code" else " ".join(one.text.split()) for one in statements(passage.text)]


def all_wordings(passages: Iterable[Passage]) -> list[str]:
    """Every different statement of passages."""
    return list(dict.fromkeys(text for passage in passages for text in wordings(passage) if text))


def write_meaning(
    passages: Sequence[Passage],
    folder: Path,
    ahead: Sketches,
    old: Path | None,
    encoder: Encoder,
    progress: Progress | None = None,
) -> None:
    """Write the sketches of all statements; those computed ahead, or in the `old` index, are taken over."""
    told = [wordings(passage) for passage in passages]
    taken = read_kept(old) if old else Sketches(None, {})
    if ahead.axes is None:
        known = taken
    else:
        known = Sketches(ahead.axes, taken.known | ahead.known) if ahead.like(taken) else ahead
    sketches = known.grown(list(dict.fromkeys(text for some in told for text in some if text)), encoder, progress)
    flat = [text for some in told for text in some]
    keys = Sketches.keys(flat)
    axes = np.zeros((0, 0), np.float32) if sketches.axes is None else sketches.axes
    rows = np.zeros((len(flat), axes.shape[1]), np.int8)
    for row, key in enumerate(keys):
        if key in sketches.known:
            rows[row] = in_bytes(sketches.known[key])
    place = folder / FOLDER
    place.mkdir()
    np.save(place / "axes.npy", axes)
    np.save(place / "vectors.npy", rows)
    np.save(place / "starts.npy", np.cumsum([0, *map(len, told)], dtype=np.int64))
    np.save(place / "keys.npy", np.array([list(bytes.fromhex(key)) for key in keys], np.uint8).reshape(-1, 16))


def read_kept(folder: Path) -> Sketches:
    """The sketches that an index has; none where it has none."""
    place = folder / FOLDER
    try:
        axes, rows = np.load(place / "axes.npy"), np.load(place / "vectors.npy").astype(np.float32)
        keys = [key.tobytes().hex() for key in np.load(place / "keys.npy")]
    except (OSError, ValueError):
        return Sketches(None, {})
    lengths = np.linalg.norm(rows, axis=1)
    known = {key: row / length for key, row, length in zip(keys, rows, lengths, strict=True) if length}
    return Sketches(axes if axes.size else None, known)
