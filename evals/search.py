"""How well and how fast search finds, beside what one would otherwise use, in the same run and on the same encoder."""

from __future__ import annotations

import os
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
from evals.speed import measure_speed
from evals.yardstick import PorterBM25, Ranker, fused_by_rank, plain_encoder, plain_langchain
from tutor.index.build import build
from tutor.index.encoder import Encoder, Progress, Turn, Vectors, load_encoder, read_turn
from tutor.index.rerank import RERANKED, Reranker
from tutor.index.search import Index
from tutor.index.vectors import embedded_text, text_key
from tutor.settings import PROJECT, SHIPPED_MODEL

DEPTH = 100

METRICS: Mapping[str, Callable[[Sequence[str], Mapping[str, int]], float]] = {
    "ndcg@10": ndcg,
    "recall@5": lambda ranked, grades: recall(ranked, grades, 5),
    "recall@20": lambda ranked, grades: recall(ranked, grades, 20),
    "mrr": reciprocal_rank,
}

_BUILDING = (
    "passages_encoded_per_second",
    "passages_built_per_second",
    "build_share_of_encoder_rate",
    "build_beyond_encoding_s",
    "plain_passages_encoded_per_second",
)


def compare(
    test_set: TestSet,
    *,
    plain: bool = False,
    reranker: str = "",
    ahead: Mapping[str, Vectors] | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Measure our search and what else there is on a test set.

    `plain` adds a LangChain retriever as tutorials show it, `reranker` our search with that cross-encoder; passages
    whose vectors are known `ahead` are not encoded.
    """
    encoder = load_encoder(SHIPPED_MODEL)
    with tempfile.TemporaryDirectory() as folder:
        vectors, building = _built(test_set, encoder, ahead or {}, Path(folder), progress)
        rankers, index = _rankers(test_set, encoder, vectors, Path(folder))
        if reranker:
            rankers["ours, reranked"] = _reranked(index, Reranker(reranker))
        if plain:
            rankers["plain LangChain + Chroma"] = plain_langchain(test_set.passages, vectors, Path(folder) / "plain")
            building |= _plain_building([embedded_text(passage) for passage in test_set.passages])
        scores = {name: _measure(test_set, ranker) for name, ranker in rankers.items()}
        speed = measure_speed(list(test_set.questions.values()), rankers, encoder)
    ours = scores["ours"]
    return {
        "set": test_set.name,
        "passages": len(test_set.passages),
        "questions": len(test_set.questions),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        **building,
        **{metric: round(statistics.fmean(ours[metric]), 4) for metric in METRICS},
        **speed["ours"],
        "systems": {name: _summary(values, ours, name) | speed[name] for name, values in scores.items()},
    }


def table(figures: Mapping[str, Any]) -> str:
    """The figures as people read them."""
    told = [
        f"{figures['set']}: {figures['passages']:,} passages, {figures['questions']} questions, load {figures['load']}",
        f"{'':28}"
        + "".join(f"{metric:>22}" for metric in METRICS)
        + f"{'p50 ms':>9}{'p95 ms':>9}{'/ ours':>8}{'p':>8}",
    ]
    for name, of in figures["systems"].items():
        cells = "".join(f"{'{mean:.3f} ({low:.3f}-{high:.3f})'.format(**of[metric]):>22}" for metric in METRICS)
        p = of.get("p_of_no_difference", "")
        told.append(f"{name:28}{cells}{of['p50_ms']:9.2f}{of['p95_ms']:9.2f}{of['times_ours']:8.2f}{p:>8}")
    for name in ("p50_ms_beyond_embedding", "p95_ms_beyond_embedding", *_BUILDING):
        if name in figures:
            told.append(f"{name.replace('_', ' '):44}{figures[name]:8.2f}")
    return "\n".join(told) + "\n"


class Known:
    """The encoder, with the passages' vectors at hand: each is encoded once for all systems."""

    def __init__(self, encoder: Encoder, passages: Sequence[Any], vectors: Vectors) -> None:
        self.name = encoder.name
        self.encode_query = encoder.encode_query
        self._vectors = dict(zip(map(embedded_text, passages), vectors, strict=True))

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:  # noqa: ARG002
        """The vectors at hand."""
        return np.array([self._vectors[text] for text in texts], np.float32)


def shipped_turn(encoder: Encoder) -> Turn:
    """The turn that questions take in the product, whatever they are asked of."""
    return read_turn(PROJECT / "corpus" / "turn.npz", encoder)


def encoded(
    test_set: TestSet, encoder: Encoder, ahead: Mapping[str, Vectors], progress: Progress | None = None
) -> Vectors:
    """The vectors of all passages."""
    keys = [text_key(passage) for passage in test_set.passages]
    missing = [row for row, key in enumerate(keys) if key not in ahead]
    fresh = encoder.encode_passages([embedded_text(test_set.passages[row]) for row in missing], progress)
    found = dict(zip(missing, fresh, strict=True))
    return np.array([found[row] if row in found else ahead[key] for row, key in enumerate(keys)], np.float32)


def _built(
    test_set: TestSet, encoder: Encoder, ahead: Mapping[str, Vectors], folder: Path, progress: Progress | None
) -> tuple[Vectors, dict[str, float]]:
    """Encode, then build the rest; and what share of the encoder's own rate is left when an index is built."""
    encoder.encode_query("loads the model, which is not what is measured")
    begun = perf_counter()
    vectors = encoded(test_set, encoder, ahead, progress)
    encoding = perf_counter() - begun
    known = Known(encoder, test_set.passages, vectors)
    begun = perf_counter()
    build(test_set.passages, known, folder / "index", {})
    rest = perf_counter() - begun
    figures = {"build_beyond_encoding_s": round(rest, 2)}
    if not ahead:
        count = len(test_set.passages)
        figures |= {
            "passages_encoded_per_second": round(count / encoding, 1),
            "passages_built_per_second": round(count / (encoding + rest), 1),
            "build_share_of_encoder_rate": round(encoding / (encoding + rest), 3),
        }
    return vectors, figures


def _plain_building(texts: Sequence[str]) -> dict[str, float]:
    """How fast sentence-transformers encodes, by a sample."""
    sample = texts[:: max(1, len(texts) // 128)][:128]
    encode = plain_encoder()
    encode(sample[:1])
    begun = perf_counter()
    encode(sample)
    return {"plain_passages_encoded_per_second": round(len(sample) / (perf_counter() - begun), 1)}


def _rankers(test_set: TestSet, encoder: Encoder, vectors: Vectors, folder: Path) -> tuple[dict[str, Ranker], Index]:
    ids = [passage.id for passage in test_set.passages]
    known = Known(encoder, test_set.passages, vectors)
    index = Index(build(test_set.passages, known, folder / "index", {}), known, turn=shipped_turn(encoder))
    index.warm()
    words = PorterBM25(test_set.passages)

    def meaning(question: str, depth: int) -> list[int]:
        return [int(row) for row in np.argsort(-(vectors @ encoder.encode_query(question)), kind="stable")[:depth]]

    def fused(question: str, depth: int) -> list[int]:
        return fused_by_rank(words.best(question, DEPTH), meaning(question, DEPTH))[:depth]

    return {
        "ours": lambda question, depth: [
            hit.passage.id for hit in index.search(question, depth, also=test_set.also(question))
        ],
        "Porter BM25": lambda question, depth: [ids[row] for row in words.best(question, depth)],
        "MiniLM dense": lambda question, depth: [ids[row] for row in meaning(question, depth)],
        "Porter BM25 + MiniLM by RRF": lambda question, depth: [ids[row] for row in fused(question, depth)],
    }, index


def _reranked(index: Index, reranker: Reranker) -> Ranker:
    reranker.load()

    def ranked(question: str, depth: int) -> list[str]:
        hits = reranker.rerank(question, index.search(question, max(depth, RERANKED)))
        return [hit.passage.id for hit in hits[:depth]]

    return ranked


def _measure(test_set: TestSet, ranker: Ranker) -> dict[str, list[float]]:
    """Every metric, per question."""
    values: dict[str, list[float]] = {metric: [] for metric in METRICS}
    for key, question in test_set.questions.items():
        ranked = ranker(question, DEPTH)
        for metric, score in METRICS.items():
            values[metric].append(score(ranked, test_set.grades[key]))
    return values


def _summary(values: Mapping[str, list[float]], ours: Mapping[str, list[float]], name: str) -> dict[str, Any]:
    told: dict[str, Any] = {metric: rounded(estimate(values[metric])) for metric in METRICS}
    if name != "ours":
        told["p_of_no_difference"] = round(paired_probability(ours["ndcg@10"], values["ndcg@10"]), 4)
    return told


def rounded(figure: Estimate) -> dict[str, float]:
    """An estimate as JSON carries it."""
    return {name: round(value, 4) for name, value in asdict(figure).items()}
