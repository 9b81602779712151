"""Precedents in, ready to be asked: how near each one's circumstance and choice are to a question's texts.

Every wording is encoded once; a precedent is as near as the nearest of its wordings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tutor.index.encoder import Encoder, Vectors
from tutor.index.sketches import Sketches
from tutor.index.terms import terms
from tutor.solve.kernel import InWords
from tutor.solve.precedents import Origin, Precedent
from tutor.solve.shared_words import Rarity, SharedWords

_TRUST: Mapping[tuple[Origin, int, bool], float] = {
    ("remedy", 1, False): 1.0,
    ("turns", 1, True): 1.0,
    ("when", 1, False): 1.0,
    ("turns", 1, False): 0.9,
    ("case", 1, False): 0.4,
    ("when", 1, True): 0.3,
    ("ruling", 1, False): 0.3,
    ("by hand", -1, False): 0.2,
    ("elsewhere", 1, False): -0.2,
    ("elsewhere", 1, True): -0.3,
    ("mistake", -1, False): -0.3,
    ("ruling", -1, False): -0.5,
    ("table", 1, False): -0.5,
}
"""How much more or less than others a precedent counts, as a logarithm, by origin, sign and wholeness."""


@dataclass(frozen=True)
class Wordings:
    """The vectors and words of several precedents' wordings: each different one once, and whose they are."""

    vectors: Vectors
    words: SharedWords
    rows: NDArray[np.intp]
    starts: NDArray[np.intp]

    def likeness(self, others: Vectors) -> Vectors:
        """How alike each precedent and each of the other vectors are: precedents in rows."""
        return self.best(self.vectors @ others.T if len(self.starts) else np.zeros((0, len(others)), np.float32))

    def best(self, values: Vectors) -> Vectors:
        """The best value of each precedent's wordings."""
        if not len(self.starts):
            return np.zeros((0, *values.shape[1:]), np.float32)
        found: Vectors = np.maximum.reduceat(values[self.rows], self.starts, axis=0)
        return found


class Knowledge:
    """What is known of choices under circumstances."""

    def __init__(self, precedents: Iterable[Precedent], sketches: Sketches, encoder: Encoder, rarity: Rarity) -> None:
        self.precedents = tuple(precedents)
        self._encoder = encoder
        self._rarity = rarity
        self._sketches = sketches.grown(all_wordings(self.precedents), encoder)
        self._circumstances = self._worded([one.circumstances for one in self.precedents])
        self._choices = self._worded([one.choices for one in self.precedents])
        self._signs = np.array([one.sign for one in self.precedents], np.float32)
        self._models = np.array([one.model for one in self.precedents])
        self.trust = np.array([_TRUST.get((p.origin, p.sign, p.is_whole), 0.0) for p in self.precedents], np.float32)

    def signs(self, without: str = "") -> Vectors:
        """What each precedent says; nothing where it belongs to the model that is left out."""
        return np.where(self._models == without, 0, self._signs) if without else self._signs

    def compare(self, situations: Sequence[str], options: Sequence[str]) -> tuple[Vectors, Vectors]:
        """How alike each precedent's circumstance and each situation are, and its choice and each option."""
        vectors = self._sketches.draw(self._encoder.encode_passages([*situations, *options]))
        here, there = vectors[: len(situations)], vectors[len(situations) :]
        return self._circumstances.likeness(here), self._choices.likeness(there)

    def compare_words(self, stem: str, options: Sequence[Collection[str]]) -> InWords:
        """The words that a stem shares with each precedent's circumstance, and each option with its choice."""
        circumstance = self._circumstances.words.shared(set(terms(stem))).of_wordings
        found = [self._choices.words.shared(words) for words in options]
        return InWords(
            circumstance=self._circumstances.best(circumstance),
            choice=self._choices.best(np.stack([one.of_wordings for one in found], axis=1)),
            option=self._choices.best(np.stack([one.of_words for one in found], axis=1)),
        )

    def _worded(self, wordings: Sequence[Sequence[str]]) -> Wordings:
        flat = [text for some in wordings for text in some]
        places = {text: place for place, text in enumerate(dict.fromkeys(flat))}
        return Wordings(
            vectors=self._sketches.of(list(places)),
            words=SharedWords(list(places), self._rarity),
            rows=np.array([places[text] for text in flat], np.intp),
            starts=np.cumsum([0, *map(len, wordings)])[:-1].astype(np.intp),
        )


def all_wordings(precedents: Iterable[Precedent]) -> list[str]:
    """Every different wording of precedents."""
    return list(dict.fromkeys(text for one in precedents for text in (*one.circumstances, *one.choices)))
