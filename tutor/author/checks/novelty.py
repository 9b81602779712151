"""Whether an item is new, by its meaning: no near-duplicate of one in the bank, in the gold set, or retired.

Two items are near-duplicates when their stems mean nearly the same and their keys do too. The same scenario with
another decisive circumstance has another key, and is the best there is to learn from: it counts as new. A stem is
encoded sentence by sentence, so that told in another order it is the same; sentences recur and are encoded once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from tutor.author.checks.verdict import Fault
from tutor.author.item import DraftItem
from tutor.index.encoder import Encoder, Vectors

SAME = 0.95
"""From this likeness of stem and key on, two items are near-duplicates."""
ROOM = 256
"""So many items are known before room is made for twice as many."""
_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n+")


class Memory:
    """An encoder that encodes each text once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> list[Vectors]:
        """One vector per text."""
        if fresh := [text for text in dict.fromkeys(texts) if text not in self._known]:
            self._known.update(zip(fresh, self._encoder.encode_passages(fresh), strict=True))
        return [self._known[text] for text in texts]

    def meaning(self, text: str) -> Vectors:
        """The meaning of several sentences: the mean of theirs, by their lengths."""
        parts = [part for part in _SENTENCE.split(text) if part.strip()] or [text]
        mean = np.sum([len(part) * vector for part, vector in zip(parts, self.encode(parts), strict=True)], axis=0)
        found: Vectors = (mean / np.linalg.norm(mean)).astype(np.float32)
        return found


@dataclass(frozen=True)
class Likeness:
    """An item by its meaning and by what decides it."""

    stem: Vectors
    key: Vectors
    decided_by: tuple[object, ...]

    @classmethod
    def of(cls, item: DraftItem, memory: Memory) -> Likeness:
        """Encode an item: what happens, and what is right."""
        keyed = " ".join(item.options[place].text for place in item.key)
        return cls(memory.meaning(item.stem), memory.meaning(keyed), decided_by(item))


def decided_by(item: DraftItem) -> tuple[object, ...]:
    """What makes an item the same as another whatever its words: its model, circumstances, options and key."""
    if not item.circumstances:
        return ()
    shown = frozenset(option.id for option in item.options)
    return (item.model, item.circumstances, shown, frozenset(item.options[place].id for place in item.key))


@dataclass
class Known:
    """The items that a new one must differ from. Grows as items are taken."""

    names: list[str] = field(default_factory=list)
    _vectors: Vectors | None = None
    """Stems and keys, with room for more."""
    _decided: dict[tuple[object, ...], str] = field(default_factory=dict)

    def add(self, name: str, likeness: Likeness) -> None:
        """Know one more item."""
        count = len(self.names)
        if self._vectors is None or count == self._vectors.shape[1]:
            self._vectors = self._roomier(likeness.stem.shape[0])
        self._vectors[0, count], self._vectors[1, count] = likeness.stem, likeness.key
        self.names.append(name)
        if likeness.decided_by:
            self._decided.setdefault(likeness.decided_by, name)

    def same(self, item: DraftItem) -> Iterator[Fault]:
        """Whether an item with the same circumstances, options and key is known: needs no encoding."""
        if found := self._decided.get(decided_by(item)):
            yield Fault("novelty", "decided by the same circumstances", words=found)

    def nearest(self, likeness: Likeness) -> tuple[str, float]:
        """The item nearest in stem and key, and how near: the lesser of the two likenesses."""
        if self._vectors is None:
            return "", 0.0
        stems, keys = self._vectors[:, : len(self.names)]
        near = np.minimum(stems @ likeness.stem, keys @ likeness.key)
        best = int(near.argmax())
        return self.names[best], float(near[best])

    def _roomier(self, width: int) -> Vectors:
        """Room for twice as many items, those known copied."""
        count = len(self.names)
        room = np.zeros((2, max(ROOM, 2 * count), width), np.float32)
        if self._vectors is not None:
            room[:, :count] = self._vectors[:, :count]
        return room


def near_duplicate(name: str, near: float) -> Iterator[Fault]:
    """Whether the nearest known item is too near."""
    if near >= SAME:
        yield Fault("novelty", "near-duplicate", words=f"{name} ({near:.2f})")
