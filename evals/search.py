"""How well and how fast search finds, beside what one would otherwise use, in the same run and on the same encoder."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from evals.beir import TestSet
from evals.metrics import Estimate, estimate, ndcg, paired_probability, recall, reciprocal_rank
from tutor.index.build import build
from tutor.index.encoder import Encoder, Progress, Vectors, load_encoder
from tutor.index.lexical import LexicalIndex, build_lexical
from tutor.index.search import Index
from tutor.index.vectors import embedded_text
from tutor.settings import SHIPPED_MODEL

DEPTH = 100
RRF = 60

Ranker = Callable[[str], Sequence[str]]
"""A question in, document ids out, best first."""

METRICS: Mapping[str, Callable[[Sequence[str], Mapping[str, int]], float]] = {
    "ndcg@10": ndcg,
    "recall@5": lambda ranked, grades: recall(ranked, grades, 5),
    "recall@20": lambda ranked, grades: recall(ranked, grades, 20),
    "mrr": reciprocal_rank,
}


def compare(test_set: TestSet, *, plain: bool = False, progress: Progress | None = None) -> dict[str, Any]:
    """Measure our search and its parts on a test set; `plain` adds a LangChain retriever as tutorials show it."""
    encoder = load_encoder(SHIPPED_MODEL)
    with tempfile.TemporaryDirectory() as folder:
        begun = perf_counter()
        vectors = encoder.encode_passages([embedded_text(passage) for passage in test_set.passages], progress)
        encoding = perf_counter() - begun
        rankers = _rankers(test_set, encoder, vectors, Path(folder))
        if plain:
            rankers["plain LangChain + Chroma"] = _plain_langchain(test_set, vectors)
        scores = {name: _measure(test_set, ranker) for name, ranker in rankers.items()}
    ours = scores["ours"]
    return {
        "set": test_set.name,
        "passages": len(test_set.passages),
        "questions": len(test_set.questions),
        "passages_encoded_per_second": round(len(test_set.passages) / encoding, 1),
        **{metric: round(statistics.fmean(ours[metric]), 4) for metric in METRICS},
        "systems": {name: _summary(values, ours, name) for name, values in scores.items()},
    }


def _rankers(test_set: TestSet, encoder: Encoder, vectors: Vectors, folder: Path) -> dict[str, Ranker]:
    ids = [passage.id for passage in test_set.passages]
    known = _Known(encoder, dict(zip((embedded_text(p) for p in test_set.passages), vectors, strict=True)))
    index = Index(build(test_set.passages, known, folder / "index", {}), known)
    index.warm()
    build_lexical(test_set.passages, folder / "lexical")
    lexical = LexicalIndex(folder / "lexical")

    def words(question: str) -> list[int]:
        scored = lexical.scores(question)
        return [int(row) for row in np.argsort(-scored, kind="stable")[:DEPTH] if scored[row] > 0]

    def meaning(question: str) -> list[int]:
        return [int(row) for row in np.argsort(-(vectors @ encoder.encode_query(question)), kind="stable")[:DEPTH]]

    def by_ranks(question: str) -> list[int]:
        scored: dict[int, float] = {}
        for ranking in (words(question), meaning(question)):
            for rank, row in enumerate(ranking, start=1):
                scored[row] = scored.get(row, 0.0) + 1 / (RRF + rank)
        return sorted(scored, key=lambda row: -scored[row])

    return {
        "ours": lambda question: [hit.passage.id for hit in index.search(question, DEPTH)],
        "BM25 alone": lambda question: [ids[row] for row in words(question)],
        "dense alone": lambda question: [ids[row] for row in meaning(question)],
        "BM25 and dense by RRF": lambda question: [ids[row] for row in by_ranks(question)],
    }


class _Known:
    """The encoder, with the passages' vectors at hand: each is encoded once for all systems."""

    def __init__(self, encoder: Encoder, vectors: Mapping[str, Vectors]) -> None:
        self.name = encoder.name
        self.encode_query = encoder.encode_query
        self._vectors = vectors

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:  # noqa: ARG002
        return np.array([self._vectors[text] for text in texts], np.float32)


def _plain_langchain(test_set: TestSet, vectors: Vectors) -> Ranker:
    """A LangChain retriever over Chroma with sentence-transformers, as tutorials show it."""
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings
    from sentence_transformers import SentenceTransformer

    from tutor.index.weights import shipped_model_folder

    class MiniLMEmbeddings(Embeddings):
        """What langchain-huggingface does with a sentence-transformers model."""

        model = SentenceTransformer(str(shipped_model_folder()), device="cpu")

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [list(map(float, vector)) for vector in self.model.encode(texts)]

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    store = Chroma(collection_name="plain", embedding_function=MiniLMEmbeddings())
    for begin in range(0, len(test_set.passages), 5000):
        batch = test_set.passages[begin : begin + 5000]
        store._collection.upsert(
            ids=[passage.id for passage in batch],
            embeddings=vectors[begin : begin + len(batch)],
            documents=[passage.text for passage in batch],
            metadatas=[{"id": passage.id} for passage in batch],
        )
    retriever = store.as_retriever(search_kwargs={"k": DEPTH})
    return lambda question: [document.metadata["id"] for document in retriever.invoke(question)]


def _measure(test_set: TestSet, ranker: Ranker) -> dict[str, list[float]]:
    """Per question: every metric, and the milliseconds that ranking took."""
    values: dict[str, list[float]] = {metric: [] for metric in [*METRICS, "ms"]}
    for key, question in test_set.questions.items():
        begun = perf_counter()
        ranked = ranker(question)
        values["ms"].append((perf_counter() - begun) * 1000)
        for metric, score in METRICS.items():
            values[metric].append(score(ranked, test_set.grades[key]))
    return values


def _summary(values: Mapping[str, list[float]], ours: Mapping[str, list[float]], name: str) -> dict[str, Any]:
    told: dict[str, Any] = {metric: _rounded(estimate(values[metric])) for metric in METRICS}
    told["p50_ms"] = round(statistics.median(values["ms"]), 2)
    told["p95_ms"] = round(statistics.quantiles(values["ms"], n=20)[-1], 2) if len(values["ms"]) > 1 else None
    if name != "ours":
        told["p_of_no_difference"] = round(paired_probability(ours["ndcg@10"], values["ndcg@10"]), 4)
    return told


def _rounded(figure: Estimate) -> dict[str, float]:
    return {name: round(value, 4) for name, value in asdict(figure).items()}
