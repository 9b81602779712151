"""Wordings in, how much of each one's words a text has out, rare ones first.

Vectors find what means the same, and mix up what sounds the same: one machine with eight GPUs and eight machines with
one. The words that a text really has tell them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

import numpy as np

from tutor.index.encoder import Vectors
from tutor.index.terms import terms

Rarity = Callable[[str], tuple[float, bool]]
"""How much a term tells, and whether it occurs at all."""
LEAST_RARITY = 6.0
"""What the words of an option tell at least together, so that a single common one is no likeness."""


class Shares(NamedTuple):
    """The words that wordings and some words have in common, as shares of either."""

    of_wordings: Vectors
    """Of each wording's words those that are among the others."""
    of_words: Vectors
    """Of the others those that each wording has."""


class SharedWords:
    """The words of wordings, ready to be looked up."""

    def __init__(self, wordings: Sequence[str], rarity: Rarity) -> None:
        found = [frozenset(terms(text)) for text in wordings]
        self._weights = {term: rarity(term)[0] for term in frozenset[str]().union(*found)}
        rows: dict[str, list[int]] = {}
        for row, words in enumerate(found):
            for term in words:
                rows.setdefault(term, []).append(row)
        self._rows = {term: np.array(having, np.intp) for term, having in rows.items()}
        told = np.array([sum(self._weights[term] for term in words) for words in found], np.float32)
        self._told: Vectors = np.maximum(told, np.float32(1e-6))
        self._rarity = rarity

    def shared(self, words: Collection[str]) -> Shares:
        """What these words and each wording have in common."""
        common = np.zeros(len(self._told), np.float32)
        for term in words:
            if term in self._rows:
                common[self._rows[term]] += self._weights[term]
        told = max(LEAST_RARITY, sum(self._rarity(term)[0] for term in words))
        return Shares(common / self._told, common / np.float32(told))
