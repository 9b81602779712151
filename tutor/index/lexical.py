"""The lexical half of the index: BM25 over stemmed terms, as sorted arrays that open at once and stay on disk.

Every term's share in every passage's score is worked out when the index is built, so a query only adds up slices:
under a millisecond for a few thousand passages. Titles, headings and names count as well as the text, weighted.
"""

from __future__ import annotations

import functools
import json
import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tutor.index.terms import terms
from tutor.read.document import Passage

K1 = 1.2
B = 0.75
FIELD_WEIGHTS: Mapping[str, float] = {"title": 2.0, "headings": 1.0, "names": 1.0, "text": 1.0, "asked": 2.0}


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
    numbers: dict[str, int] = {}
    seen, weights, sizes, lengths = array("i"), array("f"), array("i"), array("d")
    for passage in passages:
        counts = _weighted_counts(passage)
        seen.extend([numbers.setdefault(term, len(numbers)) for term in counts])
        weights.extend(counts.values())
        sizes.append(len(counts))
        lengths.append(sum(counts.values()))
    vocabulary = sorted(numbers)
    alphabetical = np.empty(len(numbers), np.int32)
    alphabetical[[numbers[term] for term in vocabulary]] = np.arange(len(numbers), dtype=np.int32)
    of_term = alphabetical[np.array(seen, np.int32)]
    order = np.argsort(of_term, kind="stable")
    rows = np.repeat(np.arange(len(passages), dtype=np.int32), np.array(sizes, np.int32))[order]
    having = np.bincount(of_term, minlength=len(vocabulary))
    shares = _shares(having, rows, np.array(weights, np.float64)[order], np.array(lengths))
    folder.mkdir(parents=True, exist_ok=True)
    numbered = {term: number for number, term in enumerate(vocabulary)}
    (folder / "terms.json").write_text(json.dumps(numbered), encoding="utf-8")
    np.save(folder / "bounds.npy", np.concatenate([[0], np.cumsum(having)]).astype(np.int64))
    np.save(folder / "rows.npy", rows)
    np.save(folder / "shares.npy", shares)
    np.save(folder / "count.npy", np.array(len(passages)))


def _shares(
    having: NDArray[np.int64], rows: NDArray[np.int32], weights: NDArray[np.float64], lengths: NDArray[np.float64]
) -> NDArray[np.float32]:
    """What each term adds to the score of each passage that has it, term after term."""
    norms = K1 * (1 - B + B * lengths / max(lengths.mean() if len(lengths) else 1.0, 1e-9))
    rarity = np.log(1 + (len(lengths) - having + 0.5) / (having + 0.5))
    shares: NDArray[np.float64] = np.repeat(rarity, having) * weights * (K1 + 1) / (weights + norms[rows])
    return shares.astype(np.float32)


def _weighted_counts(passage: Passage) -> dict[str, float]:
    fields = {"title": passage.title, "headings": " ".join(passage.headings), "names": " ".join(passage.names)}
    counts: dict[str, float] = {}
    for field, text in fields.items():
        for term, count in _counts(text).items():
            counts[term] = counts.get(term, 0.0) + count * FIELD_WEIGHTS[field]
    for field, text in {"text": passage.text, "asked": "\n".join(passage.asked)}.items():
        for term, count in Counter(terms(text)).items():
            counts[term] = counts.get(term, 0.0) + count * FIELD_WEIGHTS[field]
    return counts


@functools.lru_cache(maxsize=64)
def _counts(text: str) -> Mapping[str, int]:
    """The terms of a title, heading or list of names, which neighbouring passages share."""
    return Counter(terms(text))
