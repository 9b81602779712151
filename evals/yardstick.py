"""What one would use instead: BM25 over Porter stems, fusion by rank, and a LangChain retriever as tutorials write it.

Nothing here shares code with the tutor's own search, save the vectors, which are of the same encoder.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

from tutor.index.encoder import Vectors
from tutor.read.document import Passage

K1, B = 1.2, 0.75
RRF = 60

Ranker = Callable[[str, int], Sequence[str]]
"""A question and how many hits are wanted in, document ids out, best first."""

_TOKEN = re.compile(r"[a-z0-9]+")
_STOP_WORDS = frozenset(
    """a an and are as at be but by for if in into is it no not of on or such that the their then there these they this
    to was will with""".split()  # noqa: SIM905 - reads better than thirty quoted words
)


class PorterBM25:
    """BM25 as search engines come with it: title and text together, Porter stems, a short list of stop words."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        postings: dict[str, list[tuple[int, int]]] = {}
        lengths = np.zeros(len(passages))
        for row, passage in enumerate(passages):
            counts = Counter(_stems(f"{passage.title} {passage.text}"))
            lengths[row] = counts.total()
            for term, count in counts.items():
                postings.setdefault(term, []).append((row, count))
        norms = K1 * (1 - B + B * lengths / max(lengths.mean(), 1e-9))
        self._count = len(passages)
        self._shares: dict[str, tuple[NDArray[np.int64], NDArray[np.float64]]] = {}
        for term, found in postings.items():
            rows, counts_of = np.array([row for row, _ in found]), np.array([float(count) for _, count in found])
            rarity = math.log(1 + (len(passages) - len(found) + 0.5) / (len(found) + 0.5))
            self._shares[term] = rows, rarity * counts_of * (K1 + 1) / (counts_of + norms[rows])

    def best(self, question: str, depth: int) -> list[int]:
        """The rows that score best, best first."""
        scores = np.zeros(self._count)
        for term in _stems(question):
            if term in self._shares:
                rows, shares = self._shares[term]
                scores[rows] += shares
        order = np.argsort(-scores, kind="stable")[:depth]
        return [int(row) for row in order if scores[row] > 0]


def fused_by_rank(*rankings: Sequence[int]) -> list[int]:
    """Reciprocal rank fusion."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, row in enumerate(ranking, start=1):
            scores[row] = scores.get(row, 0.0) + 1 / (RRF + rank)
    return sorted(scores, key=lambda row: -scores[row])


def plain_langchain(passages: Sequence[Passage], vectors: Vectors, folder: Path) -> Ranker:
    """A LangChain retriever over a Chroma folder with sentence-transformers, as tutorials show it."""
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings

    model = plain_encoder()

    class MiniLMEmbeddings(Embeddings):
        """What langchain-huggingface does with a sentence-transformers model."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [list(map(float, vector)) for vector in model(texts)]

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    store = Chroma(collection_name="plain", embedding_function=MiniLMEmbeddings(), persist_directory=str(folder))
    for begin in range(0, len(passages), 5000):
        batch = passages[begin : begin + 5000]
        store._collection.upsert(
            ids=[passage.id for passage in batch],
            embeddings=vectors[begin : begin + len(batch)],
            documents=[passage.text for passage in batch],
            metadatas=[{"id": passage.id} for passage in batch],
        )
    return lambda question, depth: [
        document.metadata["id"] for document in store.as_retriever(search_kwargs={"k": depth}).invoke(question)
    ]


def plain_encoder() -> Callable[[Sequence[str]], Vectors]:
    """The shipped weights in sentence-transformers."""
    from sentence_transformers import SentenceTransformer

    from tutor.index.weights import shipped_model_folder

    model = SentenceTransformer(str(shipped_model_folder()), device="cpu")

    def encode(texts: Sequence[str]) -> Vectors:
        vectors: Vectors = model.encode(list(texts), show_progress_bar=False)
        return vectors

    return encode


def _stems(text: str) -> Iterator[str]:
    return (_stem(token) for token in _TOKEN.findall(text.lower()) if token not in _STOP_WORDS)


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    stemmed: str = _PORTER.stemWord(word)
    return stemmed


_PORTER = snowballstemmer.stemmer("porter")
