"""A question in, ranked passages out: dense and lexical scores, fused.

Both scores are taken relative to the best of their kind and added. Reciprocal rank fusion, which looks at ranks alone,
throws away how much better the first passage is than the second: it was worse by 0.02 nDCG@10 (docs/search.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from tutor.errors import IndexingError
from tutor.index import answered, meaning
from tutor.index.answered import AnsweredQuestions
from tutor.index.chroma_folder import ChromaFolder
from tutor.index.encoder import Encoder, Turn
from tutor.index.filters import Facets, Filter
from tutor.index.lexical import LexicalIndex
from tutor.index.manifest import Manifest, read_manifest
from tutor.index.records import PassageFile, StatementSketches
from tutor.index.sums import damaged
from tutor.index.vectors import VectorPlace, VectorStore
from tutor.read.document import Passage

DENSE_WEIGHT = 0.5
"""What the dense score counts for in the sum; the lexical one counts for the rest."""
ALSO_WEIGHT = 0.3
"""What the words of a product's other names count for, where the question has words that the corpus does not know.

Our own pages carry all names already: with every question, the other names only blurred the ranking (docs/search.md).
"""
PAGE_WEIGHT = 0.4
"""What the two best passages of a page count for in the score of each of its passages."""
DEPTH = 100
"""How deep either ranking is read."""


@dataclass(frozen=True)
class Hit:
    """A passage that a search found."""

    passage: Passage
    score: float
    """Fused score, for ranking."""
    similarity: float
    """Cosine similarity to the question; 0 where only the lexical half found the passage."""
    rank: int

    def as_json(self) -> dict[str, Any]:
        """The hit in the shape that the command line promises."""
        return {
            "id": self.passage.id,
            "doc": self.passage.doc,
            "title": self.passage.title,
            "heading": self.passage.heading,
            "score": round(self.score, 6),
            "similarity": round(self.similarity, 4),
            "text": self.passage.text,
        }


class DamagedError(IndexingError):
    """A file of the index is missing, cut short or changed; building anew mends it."""


class Index:
    """A finished index, open for searching: every byte was checked, and each half loads when first used.

    One that is no longer as it was built raises `DamagedError`.
    """

    def __init__(
        self, folder: Path, encoder: Encoder, place: VectorPlace | None = None, turn: Turn | None = None
    ) -> None:
        place = place or ChromaFolder()
        manifest = read_manifest(folder)
        if manifest is None:
            raise IndexingError(f"No finished index in {folder}. Run `tutor index`.")
        if manifest.model != encoder.name:
            raise IndexingError(
                f"The index was made with {manifest.model} and the setting is {encoder.name}. Run `tutor index`, "
                "or set TUTOR_EMBEDDING_MODEL back."
            )
        if manifest.store != place.name:
            raise IndexingError(
                f"The vectors of this index are in {manifest.store}, and by the settings in {place.name}. "
                "Run `tutor index`, or set TUTOR_CHROMA_URL and TUTOR_VECTOR_SEARCH_… back."
            )
        if broken := damaged(folder):
            others = f" and {len(broken) - 1} more" if len(broken) > 1 else ""
            raise DamagedError(
                f"The index in {folder} is no longer as it was built ({broken[0]}{others}). Run `tutor index`."
            )
        self.manifest: Manifest = manifest
        self._place = place
        self.folder = folder
        self._encoder = encoder
        self._turn = turn or Turn()

    def search(self, query: str, count: int = 10, also: Sequence[str] = (), where: Filter | None = None) -> list[Hit]:
        """The passages that answer `query` best, best first; `also` are further names of what it names."""
        if not query.strip():
            return []
        depth = max(DEPTH, count)
        vector = self._turn.of(self._encoder.encode_query(query))
        dense = dict(self._vectors.nearest(vector, min(depth, len(self._passages)), where))
        fused = self._with_pages(fuse(dense, self._lexical_best(query, also, depth, where)))
        return [
            Hit(self._passages[row], score, dense.get(row, 0.0), rank)
            for rank, (row, score) in enumerate(fused[:count], start=1)
        ]

    def rarity(self, term: str) -> tuple[float, bool]:
        """How much a search term tells, and whether it occurs at all."""
        return self._lexical.rarity(term)

    def likeness(self, question: str, passages: Sequence[Passage]) -> dict[str, list[float]]:
        """How alike each statement of these passages and a question are in meaning, by the passage's id.

        Passages that the index does not have are left out.
        """
        if self._sketches is None or not question.strip():
            return {}
        vector = self._turn.of(self._encoder.encode_query(question))
        return {one: self._sketches.likeness(vector, row) for one, row in self._rows(passages).items()}

    def called_for(self, question: str, passages: Sequence[Passage]) -> dict[str, list[float]]:
        """How much questions like this one call for each statement of these passages, by the passage's id."""
        if self._sketches is None or self._answered is None or not question.strip():
            return {}
        said = self._answered.called_for(self._encoder.encode_query(question))
        rows = {one: self._sketches.rows(row) for one, row in self._rows(passages).items()}
        return {one: [said.get(row, 0.0) for row in of_passage] for one, of_passage in rows.items()}

    def nearest_asked(self, question: str) -> float | None:
        """How alike the nearest answered question is in meaning; None where there is none."""
        if self._answered is None or not question.strip():
            return None
        return self._answered.nearest(self._encoder.encode_query(question))

    def find(self, passage_id: str) -> Passage | None:
        """The passage with this id."""
        return self._passages.find(passage_id)

    def warm(self) -> None:
        """Load everything that the first question needs."""
        self.search("warm up")

    def _with_pages(self, fused: list[tuple[int, float]]) -> list[tuple[int, float]]:
        """Favour the passages of pages that treat the question at large."""
        best: dict[str, list[float]] = {}
        for row, score in fused:
            best.setdefault(self._page_of(row), []).append(score)
        pages = {page: sum(scores[:2]) / 2 for page, scores in best.items()}
        most = max(pages.values(), default=0.0) or 1.0
        favoured = ((row, score + PAGE_WEIGHT * pages[self._page_of(row)] / most) for row, score in fused)
        return sorted(favoured, key=lambda entry: (-entry[1], entry[0]))

    def _rows(self, passages: Sequence[Passage]) -> dict[str, int]:
        found = ((one.id, self._passages.row(one.id)) for one in passages)
        return {passage_id: row for passage_id, row in found if row is not None}

    def _page_of(self, row: int) -> str:
        return self._passages.ids[row].partition("#")[0]

    def _lexical_best(self, query: str, also: Sequence[str], depth: int, where: Filter | None) -> dict[int, float]:
        scores = self._lexical.scores(query)
        if also and self._lexical.known(query) < 1:
            scores += ALSO_WEIGHT * self._lexical.scores(" ".join(also))
        if where:
            passing = where.rows(self._facets)
            kept = np.zeros_like(scores)
            kept[passing] = scores[passing]
            scores = kept
        best = np.argpartition(-scores, depth)[:depth] if depth < len(scores) else np.arange(len(scores))
        return {int(row): float(scores[row]) for row in best if scores[row] > 0}

    @cached_property
    def _vectors(self) -> VectorStore:
        vectors = self._place.open(self.folder, self.manifest.collection)
        found = vectors.count(self.manifest.passages)
        if found != self.manifest.passages:
            raise IndexingError(
                f"The index in {self.folder} holds {found} vectors of {self.manifest.passages} ({self._place.name}). "
                "Run `tutor index`."
            )
        return vectors

    @cached_property
    def _facets(self) -> Facets:
        return Facets(self.folder / "facets")

    @cached_property
    def _lexical(self) -> LexicalIndex:
        return LexicalIndex(self.folder / "lexical")

    @cached_property
    def _sketches(self) -> StatementSketches | None:
        folder = self.folder / meaning.FOLDER
        return StatementSketches(folder) if folder.exists() else None

    @cached_property
    def _answered(self) -> AnsweredQuestions | None:
        folder = self.folder / answered.FOLDER
        return AnsweredQuestions(folder) if folder.exists() else None

    @cached_property
    def _passages(self) -> PassageFile:
        return PassageFile(self.folder)


def fuse(dense: Mapping[int, float], lexical: Mapping[int, float]) -> list[tuple[int, float]]:
    """Add up the scores of rows, each relative to the best of its kind; best first.

    A row that the dense half did not find is at most as similar as the last that it did; one that the lexical half did
    not find shares no word with the question.
    """
    most_similar = max(dense.values(), default=0.0)
    unseen = min(dense.values(), default=0.0)
    most_words = max(lexical.values(), default=0.0)

    def score(row: int) -> float:
        similar = dense.get(row, unseen) / most_similar if most_similar > 0 else 0.0
        worded = lexical.get(row, 0.0) / most_words if most_words > 0 else 0.0
        return DENSE_WEIGHT * similar + (1 - DENSE_WEIGHT) * worded

    scored = ((row, score(row)) for row in dense.keys() | lexical.keys())
    return sorted(scored, key=lambda entry: (-entry[1], entry[0]))
