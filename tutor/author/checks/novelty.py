"""Whether an item is new, by its meaning: no near-duplicate of one in the bank, in the gold set, or retired.

Two items are near-duplicates when their stems mean nearly the same and their keys do too. The same scenario with
another decisive circumstance has another key, and is the best there is to learn from: it counts as new. A stem is
encoded sentence by sentence, so that told in another order it is the same; sentences recur and are encoded once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from tutor.author.checks.verdict import Fault
from tutor.author.item import DraftItem
from tutor.index.encoder import Encoder, Vectors

SAME_KEY = 0.95
SAME_STEM = 0.92
"""From these likenesses of key and stem on, two items are near-duplicates."""
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

    key: Vectors
    decided_by: tuple[object, ...]
    told: str
    memory: Memory

    @classmethod
    def of(cls, item: DraftItem, memory: Memory) -> Likeness:
        """Encode an item: what is right, and, once something else comes near, what happens."""
        keyed = " ".join(item.options[place].text for place in item.key)
        return cls(memory.meaning(keyed), decided_by(item), item.stem, memory)

    @cached_property
    def stem(self) -> Vectors:
        """What happens."""
        return self.memory.meaning(self.told)


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
    _items: list[Likeness] = field(default_factory=list)
    _keys: Vectors | None = None
    """What is right in each, with room for more."""
    _decided: dict[tuple[object, ...], str] = field(default_factory=dict)

    def add(self, name: str, likeness: Likeness) -> None:
        """Know one more item."""
        count = len(self.names)
        if self._keys is None or count == len(self._keys):
            self._keys = self._roomier(likeness.key.shape[0])
        self._keys[count] = likeness.key
        self.names.append(name)
        self._items.append(likeness)
        if likeness.decided_by:
            self._decided.setdefault(likeness.decided_by, name)

    def same(self, item: DraftItem) -> Iterator[Fault]:
        """Whether an item with the same circumstances, options and key is known: needs no encoding."""
        if found := self._decided.get(decided_by(item)):
            yield Fault("novelty", "decided by the same circumstances", words=found)

    def nearest(self, likeness: Likeness) -> tuple[str, float]:
        """Of the items whose key means the same, the one with the nearest stem, and how near the stems are.

        Stems take most of the time and are encoded only where keys are alike: no other item can be a near-duplicate.
        """
        if self._keys is None:
            return "", 0.0
        keys = self._keys[: len(self.names)] @ likeness.key
        near = [
            (float(self._items[place].stem @ likeness.stem), self.names[place])
            for place in np.flatnonzero(keys >= SAME_KEY)
        ]
        best, name = max(near, default=(0.0, ""))
        return name, best

    def _roomier(self, width: int) -> Vectors:
        """Room for twice as many items, those known copied."""
        count = len(self.names)
        room = np.zeros((max(ROOM, 2 * count), width), np.float32)
        if self._keys is not None:
            room[:count] = self._keys[:count]
        return room


def near_duplicate(name: str, near: float) -> Iterator[Fault]:
    """Whether the nearest known item is too near."""
    if near >= SAME_STEM:
        yield Fault("novelty", "near-duplicate", words=f"{name} ({near:.2f})")
