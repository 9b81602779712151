"""The tutor: one method per verb. Chat, command line, app and evals call only this.

Everything loads when it is first needed, so that a tutor costs nothing to make and `ask` opens only what it uses.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tutor.answer.answer import Answer, answer_from, answer_question
from tutor.answer.renamed import renamed
from tutor.author.decision import read_model, read_models
from tutor.author.soundness import Soundness, examine
from tutor.engines.choice import LanguageModels
from tutor.engines.engine import Engine
from tutor.engines.offline import OfflineEngine
from tutor.index.ahead import read_ahead_vectors, write_ahead_vectors
from tutor.index.build import (
    Manifest,
    build,
    current_folder,
    embed,
    files_stamp,
    fingerprint,
    is_current,
    read_manifest,
    remember_seen,
    seen_folder,
)
from tutor.index.encoder import Encoder, Progress, load_encoder
from tutor.index.filters import Filter
from tutor.index.places import vector_place
from tutor.index.search import Hit, Index
from tutor.index.vectors import VectorPlace, text_key
from tutor.read.coverage import Covered, Size, cover, measure
from tutor.read.document import Document, Passage
from tutor.read.guides.blueprint import Blueprint
from tutor.read.guides.compare import Change, compare
from tutor.read.guides.edition import Edition
from tutor.read.guides.editions import continuations, current_edition, find_edition, load_editions
from tutor.read.guides.guide import read_guide
from tutor.read.guides.own_guides import OwnGuide, OwnGuides
from tutor.read.intake import take
from tutor.read.library import Entry, Library
from tutor.read.names import Names, read_names
from tutor.read.pages import read_pages
from tutor.read.passages import cut_all
from tutor.read.shelve import Outcome, Stale, add_all, changed_since, official_addresses, sources_in, stale, sync
from tutor.settings import OFFLINE, Settings
from tutor.store import Conversation, Store, Turn

if TYPE_CHECKING:
    from tutor.engines.calls import Writing
    from tutor.engines.spending import ModelCall, Spent
    from tutor.read.fetch import Fetcher

PASSAGES_READ = 12
"""How many passages an engine is given."""


@dataclass(frozen=True)
class Reply:
    """An answer, how long it took, and the conversation it was kept in."""

    answer: Answer
    seconds: float
    conversation: int

    def as_json(self) -> dict[str, Any]:
        """The reply in the shape that the command line promises."""
        return {**self.answer.as_json(self.seconds), "conversation": self.conversation}


class Tutor:
    """All that people can ask of the tutor. Safe to share between threads."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], datetime] | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.settings = settings
        self._clock = clock or (lambda: datetime.now(UTC))
        self._progress = progress
        self._opening = threading.RLock()
        self._opened: Index | None = None

    # Asking

    def ask(
        self,
        question: str,
        conversation: int | None = None,
        *,
        engine: str | None = None,
        writing: Writing | None = None,
    ) -> Reply:
        """Answer a question from the corpus, with checked citations, and keep both.

        `engine` names who drafts, if not the one that the settings choose; `writing` hears how far a model is.
        """
        begun = perf_counter()
        answer = self.answer(question, engine=engine, writing=writing)
        seconds = perf_counter() - begun
        kept_in = conversation or self._store.start_conversation(question, self._clock())
        self._store.add_turn(kept_in, question, answer.as_json(seconds), self._clock())
        return Reply(answer, seconds, kept_in)

    def answer(self, question: str, *, engine: str | None = None, writing: Writing | None = None) -> Answer:
        """Answer a question without keeping it."""
        drafter = self._engine(engine, writing)
        hits = self.search(question, PASSAGES_READ)
        answer = answer_question(question, hits, self._index.rarity, drafter, self._offline)
        return replace(answer, stale=self._stale_among(answer), names=renamed(question, self._names))

    def search(self, query: str, count: int = 10, where: Filter | None = None) -> list[Hit]:
        """The passages that answer `query` best, among those that `where` lets pass."""
        return self._index.search(query, count, also=self._names.others(query), where=where)

    def passage(self, passage_id: str) -> Passage | None:
        """One passage by its id."""
        return self._index.find(passage_id)

    # Engines

    def engines(self) -> tuple[str, ...]:
        """Who can draft: the offline engine, then the language models that are set up."""
        return (OFFLINE, *(model.name for model in self.settings.models))

    def try_engine(self, name: str, question: str, passages: Sequence[Passage]) -> Answer:
        """Let an engine answer from given passages alone, with no other to step in; keeps no conversation."""
        return answer_from(question, passages, self._engine(name))

    def spent(self) -> tuple[Spent, Spent]:
        """What language models took today (by UTC), and in all."""
        return self._store.spent(self._today()), self._store.spent()

    # Remembering

    def conversations(self) -> list[Conversation]:
        """Conversations so far, newest first."""
        return self._store.conversations()

    def turns(self, conversation: int) -> list[Turn]:
        """What was said in a conversation."""
        return self._store.turns(conversation)

    def delete_conversation(self, conversation: int) -> None:
        """Forget a conversation."""
        self._store.delete_conversation(conversation)

    # Indexing

    def index(self, *, rebuild: bool = False) -> Manifest:
        """Bring the search index up to date with the corpus; `rebuild` makes it anew."""
        with self._opening:
            self._opened = Index(self._build_index(anew=rebuild), self._encoder, self._place)
            return self._opened.manifest

    def index_state(self) -> str:
        """`current`, `outdated` or `missing`: how the index stands to the corpus."""
        folder = current_folder(self._index_home)
        if folder is None:
            return "missing"
        manifest = read_manifest(folder)
        wanted = fingerprint(self._passages(), self._encoder.name)
        stands = manifest and manifest.fingerprint == wanted and manifest.store == self._place.name
        return "current" if stands else "outdated"

    def compute_vectors_ahead(self) -> int:
        """Write the vectors of the shipped corpus beside it, so that no learner waits for them."""
        path = self._vectors_ahead
        passages = cut_all(self._pages())
        vectors = embed(passages, self._encoder, read_ahead_vectors(path, self._encoder.name), self._progress)
        keys = [text_key(passage) for passage in passages]
        write_ahead_vectors(path, self._encoder.name, dict(zip(keys, vectors, strict=True)))
        return len(keys)

    # The corpus

    def add(self, places: Iterable[str], fetcher: Fetcher | None = None) -> Iterator[Outcome]:
        """Add files, folders or addresses to the learner's documents; each has its outcome."""
        sources = [source for place in places for source in sources_in(place)]
        yield from add_all(self._library, sources, self._clock(), fetcher)

    def sync(self, fetcher: Fetcher, addresses: Sequence[str] = ()) -> Iterator[Outcome]:
        """Fetch the official pages behind the documentation, where new or changed; or only those given."""
        wanted = addresses or self.official_addresses()
        yield from sync(self._library, wanted, self._clock(), fetcher)

    def official_addresses(self) -> list[str]:
        """The official pages that the documentation names as its sources."""
        return official_addresses(self._pages())

    def documents(self) -> list[Document]:
        """Everything that answers are drawn from."""
        return [*self._pages(), *self._library.documents()]

    def remove(self, document_id: str) -> Entry:
        """Take one of the learner's documents away; `put_back` undoes it."""
        return self._library.remove(document_id)

    def put_back(self) -> Entry:
        """Undo the last removal."""
        return self._library.put_back()

    def stale(self) -> list[Stale]:
        """The pages whose official source changed after they were checked."""
        return stale(self._pages(), self._library.changes())

    def _stale_among(self, answer: Answer) -> dict[str, str]:
        """The cited pages whose official source changed after they were checked, and since when."""
        changes = self._library.changes()
        changed = ((passage.doc, changed_since(passage.sources, changes)) for passage in answer.evidence)
        return {doc: max(day for _, day in found) for doc, found in changed if found}

    def coverage(self) -> list[Covered]:
        """For each consideration of every edition of the guide, the pages that treat it."""
        editions = load_editions(self.settings.corpus / "guides")
        return cover(self._pages(), {edition.id.partition("-")[2]: edition.blueprint for edition in editions})

    def corpus_size(self) -> Size:
        """How many pages, words and passages the shipped documentation has."""
        return measure(self._pages())

    # Practice items

    def check_models(self, files: Sequence[Path] = ()) -> list[Soundness]:
        """Examine these decision models, or all of them."""
        places = {passage.id for passage in cut_all(self._pages())}
        folder = self.settings.corpus / "decisions"
        models = [read_model(f.read_text(encoding="utf-8"), name=f.stem) for f in files] or read_models(folder)
        return [examine(model, places.__contains__) for model in models]

    # Exam guides

    def read_guide(self, source: str) -> Blueprint:
        """Read the exam guide in a file, at an address, or on standard input (`-`)."""
        return read_guide(take(source))

    def guides(self) -> tuple[Edition, ...]:
        """Every edition that we have, oldest first, then the learner's own guides."""
        own = (guide.edition for guide in self._own_guides.guides())
        return (*load_editions(self.settings.corpus / "guides"), *own)

    def guide(self, name: str | None = None) -> Edition:
        """The edition with this name; without one, the edition to study by."""
        return find_edition(self.guides(), name) if name else current_edition(self.guides())

    def compare_guides(self, old: str, new: str) -> list[Change]:
        """What changed between two editions, by their own links or else by meaning."""
        guides = self.guides()
        before, after = find_edition(guides, old), find_edition(guides, new)
        links = continuations(guides, before, after)
        return compare(before.blueprint, after.blueprint, links=links, similarity=self._similarity)

    def add_guide(self, source: str) -> OwnGuide:
        """Keep the learner's own guide and study by it from now on; `remove_guide` undoes it."""
        return self._own_guides.add(self.read_guide(source), source, self._clock())

    def remove_guide(self, guide_id: str | None = None) -> OwnGuide:
        """Take one of the learner's guides away, the last one unless named; `put_back_guide` undoes it."""
        return self._own_guides.remove(guide_id)

    def put_back_guide(self) -> OwnGuide:
        """Undo the last removal of a guide."""
        return self._own_guides.put_back()

    def warm(self) -> None:
        """Load what the first question needs."""
        self._index.warm()

    def close(self) -> None:
        """Let go of the database."""
        if "_store" in self.__dict__:
            self._store.close()
        if "_place" in self.__dict__:
            self._place.close()

    @property
    def _index(self) -> Index:
        with self._opening:
            if self._opened is None or not is_current(self._opened.folder):
                self._opened = Index(self._index_folder(), self._encoder, self._place)
            return self._opened

    def _index_folder(self) -> Path:
        """The folder of an index that is up to date, built if need be."""
        seen = seen_folder(self._index_home, self._stamp(), self._encoder.name, self._place.name)
        return seen or self._build_index()

    def _build_index(self, *, anew: bool = False) -> Path:
        stamp = self._stamp()
        ahead = read_ahead_vectors(self._vectors_ahead, self._encoder.name)
        folder = build(self._passages(), self._encoder, self._index_home, ahead, self._progress, self._place, anew=anew)
        remember_seen(self._index_home, stamp, self._encoder.name, folder)
        return folder

    def _stamp(self) -> str:
        return files_stamp([self.settings.corpus / "docs", self._library.folder])

    @cached_property
    def _place(self) -> VectorPlace:
        return vector_place(self.settings)

    def _passages(self) -> list[Passage]:
        return cut_all(self.documents())

    def _pages(self) -> Iterator[Document]:
        return read_pages(self.settings.corpus / "docs")

    @property
    def _library(self) -> Library:
        return Library(self.settings.home / "library")

    @property
    def _index_home(self) -> Path:
        return self.settings.home / "index"

    @property
    def _vectors_ahead(self) -> Path:
        return self.settings.corpus / "vectors.npz"

    @cached_property
    def _encoder(self) -> Encoder:
        return load_encoder(self.settings.embedding_model)

    @property
    def _own_guides(self) -> OwnGuides:
        return OwnGuides(self.settings.home / "guides")

    def _similarity(self, texts: Sequence[str], others: Sequence[str]) -> list[list[float]]:
        """How alike texts are in meaning, by the encoder."""
        if not texts or not others:
            return [[] for _ in texts]
        similar: list[list[float]] = (
            self._encoder.encode_passages(texts) @ self._encoder.encode_passages(others).T
        ).tolist()
        return similar

    @cached_property
    def _names(self) -> Names:
        return read_names(self.settings.corpus / "names.yaml")

    @cached_property
    def _store(self) -> Store:
        return Store(self.settings.database_url)

    def _engine(self, name: str | None, writing: Writing | None = None) -> Engine:
        name = name or self.settings.engine
        if name == OFFLINE:
            return self._offline
        with self._opening:  # the models' limits and breakers must be there once
            models = self._models
        return models.engine(name, writing)

    @cached_property
    def _offline(self) -> OfflineEngine:
        return OfflineEngine()

    @cached_property
    def _models(self) -> LanguageModels:
        def record(call: ModelCall) -> None:
            self._store.add_model_call(call, self._clock())

        return LanguageModels(self.settings, record, lambda: self._store.spent(self._today()).cost_micro_usd)

    def _today(self) -> datetime:
        return self._clock().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
