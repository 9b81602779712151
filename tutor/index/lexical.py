"""The lexical half of the index: BM25 over stemmed terms, as sorted arrays that open at once and stay on disk.

Every term's share in every passage's score is worked out when the index is built, so a query only adds up slices:
under a millisecond for a few thousand passages. Titles, headings and names count as well as the text, weighted.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tutor.index.terms import terms
from tutor.read.document import Passage

K1 = 1.2
B = 0.75
FIELD_WEIGHTS: Mapping[str, float] = {"title": 2.0, "headings": 1.0, "names": 1.0, "text": 1.0}


class LexicalIndex:
    """Opened from a folder that `build_lexical` wrote."""

    def __init__(self, folder: Path) -> None:
        self._terms: dict[str, int] = json.loads((folder / "terms.json").read_text(encoding="utf-8"))
        self._bounds = np.load(folder / "bounds.npy", mmap_mode="r")
        self._rows = np.load(folder / "rows.npy", mmap_mode="r")
        self._shares = np.load(folder / "shares.npy", mmap_mode="r")
        self._count = int(np.load(folder / "count.npy"))

    def scores(self, query: str) -> NDArray[np.float32]:
        """The BM25 score of every passage for a query."""
        total = np.zeros(self._count, np.float32)
        for term, repeats in Counter(terms(query)).items():
            number = self._terms.get(term)
            if number is not None:
                begin, end = self._bounds[number], self._bounds[number + 1]
                total[self._rows[begin:end]] += repeats * self._shares[begin:end]
        return total

    def rarity(self, term: str) -> tuple[float, bool]:
        """How much a term tells, and whether it occurs at all."""
        number = self._terms.get(term)
        having = 0 if number is None else int(self._bounds[number + 1] - self._bounds[number])
        return math.log(1 + (self._count - having + 0.5) / (having + 0.5)), number is not None

    def known(self, query: str) -> float:
        """The share of a query's distinct terms that occur anywhere in the index."""
        wanted = set(terms(query))
        return sum(term in self._terms for term in wanted) / len(wanted) if wanted else 0.0


def build_lexical(passages: Sequence[Passage], folder: Path) -> None:
    """Write the lexical index of `passages` into `folder`."""
    counts = [_weighted_counts(passage) for passage in passages]
    lengths = np.array([sum(count.values()) for count in counts], np.float64)
    norms = K1 * (1 - B + B * lengths / max(lengths.mean() if len(lengths) else 1.0, 1e-9))
    postings: dict[str, list[tuple[int, float]]] = {}
    for row, count in enumerate(counts):
        for term, weight in count.items():
            postings.setdefault(term, []).append((row, weight))
    vocabulary = sorted(postings)
    rows, shares, bounds = [], [], [0]
    for term in vocabulary:
        found = postings[term]
        at = np.array([row for row, _ in found], np.int32)
        counted = np.array([weight for _, weight in found], np.float64)
        rarity = np.log(1 + (len(passages) - len(found) + 0.5) / (len(found) + 0.5))
        rows.append(at)
        shares.append((rarity * counted * (K1 + 1) / (counted + norms[at])).astype(np.float32))
        bounds.append(bounds[-1] + len(found))
    folder.mkdir(parents=True, exist_ok=True)
    numbered = {term: number for number, term in enumerate(vocabulary)}
    (folder / "terms.json").write_text(json.dumps(numbered), encoding="utf-8")
    np.save(folder / "bounds.npy", np.array(bounds, np.int64))
    np.save(folder / "rows.npy", np.concatenate(rows) if rows else np.zeros(0, np.int32))
    np.save(folder / "shares.npy", np.concatenate(shares) if shares else np.zeros(0, np.float32))
    np.save(folder / "count.npy", np.array(len(passages)))


def _weighted_counts(passage: Passage) -> Counter[str]:
    fields = {
        "title": passage.title,
        "headings": " ".join(passage.headings),
        "names": " ".join(passage.names),
        "text": passage.text,
    }
    counts: Counter[str] = Counter()
    for field, text in fields.items():
        for term in terms(text):
            counts[term] += FIELD_WEIGHTS[field]  # type: ignore[assignment]
    return counts
