"""Whether an item is new, by its meaning: no near-duplicate of one in the bank, in the gold set, or retired.

Two items are near-duplicates when their stems mean nearly the same and their keys do too. The same scenario with
another decisive circumstance has another key, and is the best there is to learn from: it counts as new.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tutor.author.checks.verdict import Fault
from tutor.author.item import DraftItem
from tutor.index.encoder import Encoder, Vectors

SAME_STEM = 0.95
SAME_KEY = 0.95


@dataclass(frozen=True)
class Likeness:
    """An item by its meaning and by what decides it."""

    stem: Vectors
    key: Vectors
    decided_by: tuple[object, ...]

    @classmethod
    def of(cls, item: DraftItem, encoder: Encoder) -> Likeness:
        """Encode an item: what happens, and what is right."""
        keyed = " ".join(item.options[place].text for place in item.key)
        stem, key = encoder.encode_passages([item.stem, keyed])
        return cls(stem, key, decided_by(item))

    @classmethod
    def told(cls, item: Mapping[str, Any], encoder: Encoder) -> Likeness:
        """Encode an item as the bank keeps it."""
        letters = list(item["options"])
        keyed = " ".join(item["options"][letter] for letter in item["key"])
        stem, key = encoder.encode_passages([item["stem"].removesuffix(item["ask"]).rstrip(), keyed])
        decided: tuple[object, ...] = ()
        if circumstances := item.get("circumstances"):
            ids = dict(zip(letters, item["option_ids"], strict=True))
            right = frozenset(ids[letter] for letter in item["key"])
            decided = (item["model"], tuple(circumstances), frozenset(ids.values()), right)
        return cls(stem, key, decided)


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
    _stems: list[Vectors] = field(default_factory=list)
    _keys: list[Vectors] = field(default_factory=list)
    _decided: dict[tuple[object, ...], str] = field(default_factory=dict)
    _stacked: tuple[Vectors, Vectors] | None = None

    def add(self, name: str, likeness: Likeness) -> None:
        """Know one more item."""
        self.names.append(name)
        self._stems.append(likeness.stem)
        self._keys.append(likeness.key)
        if likeness.decided_by:
            self._decided.setdefault(likeness.decided_by, name)
        self._stacked = None if self._stacked is None else self._grown(self._stacked, likeness)

    def nearest(self, likeness: Likeness) -> tuple[str, float]:
        """The item nearest in stem and key, and how near: the lesser of the two likenesses."""
        if not self.names:
            return "", 0.0
        if self._stacked is None:
            self._stacked = np.stack(self._stems), np.stack(self._keys)
        near = np.minimum(self._stacked[0] @ likeness.stem, self._stacked[1] @ likeness.key)
        best = int(near.argmax())
        return self.names[best], float(near[best])

    def faults(self, likeness: Likeness) -> Iterator[Fault]:
        """Whether the item is one that is known already."""
        if same := self._decided.get(likeness.decided_by):
            yield Fault("novelty", "decided by the same circumstances", words=same)
            return
        name, near = self.nearest(likeness)
        if near >= min(SAME_STEM, SAME_KEY):
            yield Fault("novelty", "near-duplicate", words=f"{name} ({near:.2f})")

    @staticmethod
    def _grown(stacked: tuple[Vectors, Vectors], likeness: Likeness) -> tuple[Vectors, Vectors]:
        return np.vstack([stacked[0], likeness.stem]), np.vstack([stacked[1], likeness.key])


def known_from(names: Sequence[str], likenesses: Sequence[Likeness]) -> Known:
    """Items known from the start."""
    known = Known()
    for name, likeness in zip(names, likenesses, strict=True):
        known.add(name, likeness)
    return known
