"""What every verb of the tutor stands on: settings in, what verbs share out, each loaded when it is first needed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from tutor.answer.scope import Nearness
from tutor.index.ahead import read_ahead_vectors, write_ahead_vectors
from tutor.index.build import build, embed
from tutor.index.elsewhere import Elsewhere
from tutor.index.encoder import Encoder, Progress, Turn, load_encoder, read_turn
from tutor.index.filters import Filter
from tutor.index.manifest import (
    Manifest,
    current_folder,
    files_stamp,
    fingerprint,
    is_current,
    read_manifest,
    remember_seen,
    seen_folder,
)
from tutor.index.meaning import all_wordings
from tutor.index.places import vector_place
from tutor.index.rerank import RERANKED, Reranker
from tutor.index.search import DamagedError, Hit, Index
from tutor.index.sketches import read_sketches, write_sketches
from tutor.index.sums import damaged
from tutor.index.vectors import VectorPlace, text_key
from tutor.read.answered import Answered, read_answered
from tutor.read.asked import with_asked
from tutor.read.document import Document, Passage
from tutor.read.library import Library
from tutor.read.names import Names, read_names
from tutor.read.pages import read_pages
from tutor.read.passages import cut_all
from tutor.settings import Settings
from tutor.store import Store

Clock = Callable[[], datetime]


class Ground:
    """Settings, clock, corpus, encoder, index and store. Safe to share between threads."""

    def __init__(self, settings: Settings, clock: Clock | None = None, progress: Progress | None = None) -> None:
        self.settings = settings
        self.clock = clock or (lambda: datetime.now(UTC))
        self.opening = threading.RLock()
        self._progress = progress
        self._opened: Index | None = None

    def today(self) -> datetime:
        """When the day began, by UTC."""
        return self.clock().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)

    # The corpus

    def pages(self) -> Iterator[Document]:
        """The shipped documentation."""
        corpus = self.settings.corpus
        return with_asked(read_pages(corpus / "docs"), corpus / "asked", self.answered)

    @cached_property
    def answered(self) -> list[Answered]:
        """Questions of learners, with what an expert would say to each."""
        return read_answered(self.settings.corpus / "answered")

    def documents(self) -> list[Document]:
        """Everything that answers are drawn from."""
        return [*self.pages(), *self.library.documents()]

    def passages(self) -> list[Passage]:
        """Everything that answers are drawn from, in passages."""
        return cut_all(self.documents())

    @property
    def library(self) -> Library:
        """The learner's own documents."""
        return Library(self.settings.home / "library")

    @cached_property
    def names(self) -> Names:
        """Product names, old and new."""
        return read_names(self.settings.corpus / "names.yaml")

    # The index

    @property
    def index(self) -> Index:
        """The search index, brought up to date if need be."""
        with self.opening:
            if self._opened is None or not is_current(self._opened.folder):
                self._opened = self._open_index()
            return self._opened

    def search(self, query: str, count: int, where: Filter | None = None) -> list[Hit]:
        """The passages that answer `query` best, among those that `where` lets pass."""
        also = self.names.others(query)
        if self.reranker is None:
            return self.index.search(query, count, also=also, where=where)
        hits = self.index.search(query, max(count, RERANKED), also=also, where=where)
        return self.reranker.rerank(query, hits)[:count]

    def likeness(self, question: str, passages: Sequence[Passage]) -> Mapping[str, Sequence[float]]:
        """How alike each statement of passages and a question are in meaning."""
        return self.index.likeness(question, passages)

    def called_for(self, question: str, passages: Sequence[Passage]) -> Mapping[str, Sequence[float]]:
        """How much questions like this one call for each statement of passages."""
        return self.index.called_for(question, passages)

    def nearness(self, question: str, hits: Sequence[Hit]) -> Nearness:
        """How near a question is to what lies beside the passages found."""
        found = self.likeness(question, [hit.passage for hit in hits])
        said = max((alike for some in found.values() for alike in some), default=None)
        return Nearness(self.elsewhere.nearness(question), said, self.index.nearest_asked(question))

    def build_index(self, *, anew: bool) -> Manifest:
        """Bring the search index up to date with the corpus; `anew` makes it from nothing."""
        with self.opening:
            self._opened = self._index_in(self._build_index(anew=anew))
            return self._opened.manifest

    def index_state(self) -> str:
        """`current`, `outdated`, `damaged` or `missing`: how the index stands to the corpus, and to what was built."""
        folder = current_folder(self._index_home)
        if folder is None:
            return "missing"
        if damaged(folder):
            return "damaged"
        manifest = read_manifest(folder)
        wanted = fingerprint(self.passages(), self.encoder.name, self.answered)
        stands = manifest and manifest.fingerprint == wanted and manifest.store == self.place.name
        return "current" if stands else "outdated"

    def compute_vectors_ahead(self) -> int:
        """Write the vectors of the shipped corpus beside it, so that no learner waits for them."""
        path = self._vectors_ahead
        passages = cut_all(self.pages())
        vectors = embed(passages, self.encoder, read_ahead_vectors(path, self.encoder.name), self._progress)
        self.elsewhere.write_ahead()
        keys = [text_key(passage) for passage in passages]
        write_ahead_vectors(path, self.encoder.name, dict(zip(keys, vectors, strict=True)))
        texts = [*all_wordings(passages), *(ask for one in self.answered for ask in one.asks)]
        sketches = read_sketches(self._sketches_ahead, self.encoder).grown(texts, self.encoder)
        write_sketches(self._sketches_ahead, sketches, self.encoder)
        return len(keys)

    @cached_property
    def encoder(self) -> Encoder:
        """What turns text into vectors."""
        return load_encoder(self.settings.embedding_model)

    @cached_property
    def reranker(self) -> Reranker | None:
        """What puts the first hits in a better order, where it is set."""
        return Reranker(self.settings.reranker) if self.settings.reranker else None

    @cached_property
    def place(self) -> VectorPlace:
        """Where vectors are kept."""
        return vector_place(self.settings)

    @cached_property
    def elsewhere(self) -> Elsewhere:
        """Subjects that the documentation does not treat."""
        return Elsewhere(self.settings.corpus / "elsewhere.txt", self.encoder)

    def similarity(self, texts: Sequence[str], others: Sequence[str]) -> list[list[float]]:
        """How alike texts are in meaning, by the encoder."""
        if not texts or not others:
            return [[] for _ in texts]
        similar: list[list[float]] = (
            self.encoder.encode_passages(texts) @ self.encoder.encode_passages(others).T
        ).tolist()
        return similar

    # The store

    @cached_property
    def store(self) -> Store:
        """What is remembered."""
        return Store(self.settings.database_url)

    def close(self) -> None:
        """Let go of the database and of a remote index."""
        if "store" in self.__dict__:
            self.store.close()
        if "place" in self.__dict__:
            self.place.close()

    def _open_index(self) -> Index:
        """Open the index; one that is damaged is built anew first."""
        try:
            return self._index_in(self._index_folder())
        except DamagedError:
            return self._index_in(self._build_index())

    def _index_in(self, folder: Path) -> Index:
        return Index(folder, self.encoder, self.place, self._turn)

    @cached_property
    def _turn(self) -> Turn:
        return read_turn(self.settings.corpus / "turn.npz", self.encoder)

    def _index_folder(self) -> Path:
        """The folder of an index that is up to date, built if need be."""
        seen = seen_folder(self._index_home, self._stamp(), self.encoder.name, self.place.name)
        return seen or self._build_index()

    def _build_index(self, *, anew: bool = False) -> Path:
        stamp = self._stamp()
        ahead = read_ahead_vectors(self._vectors_ahead, self.encoder.name)
        folder = build(
            self.passages(),
            self.encoder,
            self._index_home,
            ahead,
            self._progress,
            self.place,
            anew=anew,
            sketches=read_sketches(self._sketches_ahead, self.encoder),
            answered=self.answered,
        )
        remember_seen(self._index_home, stamp, self.encoder.name, folder)
        return folder

    def _stamp(self) -> str:
        corpus = self.settings.corpus
        return files_stamp([corpus / "docs", corpus / "asked", corpus / "answered", self.library.folder])

    @property
    def _index_home(self) -> Path:
        return self.settings.home / "index"

    @property
    def _vectors_ahead(self) -> Path:
        return self.settings.corpus / "vectors.npz"

    @property
    def _sketches_ahead(self) -> Path:
        return self.settings.corpus / "statements.npz"
