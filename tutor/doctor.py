"""What is configured, reachable or missing, and how to fix it: each check tries the thing itself."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING, Literal

from tutor import __version__
from tutor.errors import TutorError
from tutor.settings import SHIPPED_MODEL, Settings, load_settings

if TYPE_CHECKING:
    from tutor.flow import Tutor

State = Literal["fine", "note", "broken"]

TRIAL_SECONDS = 20.0
"""How long a language model may take for the doctor's question."""


@dataclass(frozen=True)
class Finding:
    """One thing that was examined."""

    what: str
    state: State
    state_of_things: str
    remedy: str = ""

    def as_json(self) -> dict[str, str]:
        """The finding as the command line prints it."""
        return asdict(self)


def examine() -> list[Finding]:
    """Examine everything that the tutor needs."""
    findings = [Finding("Tutor", "fine", f"{__version__}, Python {sys.version.split()[0]}")]
    try:
        settings = load_settings()
    except TutorError as error:
        return [*findings, Finding("Settings", "broken", str(error))]
    checks = (_home, _corpus, _encoder, _reranker, _index, _vectors, _database)
    findings += [_examine(check, settings) for check in checks]
    return [*findings, _offline_engine(), *_language_models(settings)]


def _examine(check: Callable[[Settings], Finding], settings: Settings) -> Finding:
    try:
        return check(settings)
    except TutorError as error:
        return Finding(check.__name__.strip("_").capitalize(), "broken", str(error))


def _home(settings: Settings) -> Finding:
    place = settings.home
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        tempfile.TemporaryFile(dir=place).close()
    except OSError as error:
        return Finding(
            "Home",
            "broken",
            f"{settings.home}: {error.strerror}",
            "Set TUTOR_HOME to a folder that you can write to.",
        )
    free_gb = shutil.disk_usage(place).free / 1e9
    state: State = "fine" if free_gb > 0.5 else "note"
    return Finding("Home", state, f"{settings.home}, {free_gb:.1f} GB free")


def _corpus(settings: Settings) -> Finding:
    from tutor.read.pages import read_pages
    from tutor.read.passages import cut_all

    documents = list(read_pages(settings.corpus / "docs"))
    return Finding("Corpus", "fine", f"{len(documents)} pages, {len(cut_all(documents)):,} passages")


def _encoder(settings: Settings) -> Finding:
    from tutor.index.encoder import load_encoder

    encoder = load_encoder(settings.embedding_model)
    width = len(encoder.encode_query("Which features should I cross?"))
    verified = ", weights verified" if settings.embedding_model == SHIPPED_MODEL else ""
    return Finding("Encoder", "fine", f"{encoder.name}, {width} dimensions{verified}")


def _reranker(settings: Settings) -> Finding:
    from tutor.index.rerank import RERANKED, Reranker

    if not settings.reranker:
        return Finding("Reranker", "fine", "none is set; the order of both halves of the index holds")
    reranker = Reranker(settings.reranker)
    try:
        reranker.load(may_download=True)
        begun = perf_counter()
        reranker.scores("Which features should I cross?", ["A feature cross multiplies features. " * 30] * RERANKED)
    except TutorError as error:
        return Finding("Reranker", "broken", str(error), "Search goes on without it meanwhile.")
    took = perf_counter() - begun
    return Finding("Reranker", "fine", f"{settings.reranker}: reads the first {RERANKED} hits in {took:.1f} s")


def _index(settings: Settings) -> Finding:
    from tutor.flow import Tutor
    from tutor.index.encoder import load_encoder
    from tutor.index.manifest import current_folder, read_manifest

    state = Tutor(settings).index_state()
    if state == "current":
        return Finding("Index", "fine", "up to date with the corpus, every file as it was built")
    folder = current_folder(settings.home / "index")
    manifest = read_manifest(folder) if folder else None
    if manifest and manifest.model != (name := load_encoder(settings.embedding_model).name):
        state = f"{state}: made by {manifest.model}, whereas TUTOR_EMBEDDING_MODEL chooses {name}"
    remedy = "The first question brings it up to date; `tutor index` does it now."
    return Finding("Index", "note", state, remedy)


def _vectors(settings: Settings) -> Finding:
    from tutor.index.manifest import current_folder, read_manifest
    from tutor.index.places import vector_place

    place = vector_place(settings)
    try:
        state = place.state()
        folder = current_folder(settings.home / "index")
        manifest = read_manifest(folder) if folder else None
        if not folder or not manifest or manifest.store != place.name:
            return Finding("Vectors", "fine", f"{state}; nothing of this home yet")
        found = place.open(folder, manifest.collection).count(manifest.passages)
    finally:
        place.close()
    if found == manifest.passages:
        return Finding("Vectors", "fine", f"{state}; all {found:,} of this home's index are there")
    return Finding("Vectors", "broken", f"{state}; {found:,} of {manifest.passages:,} are there", "Run `tutor index`.")


def _database(settings: Settings) -> Finding:
    from sqlalchemy.engine import make_url

    from tutor.store import Store

    store = Store(settings.database_url)
    count = len(store.conversations.all())
    store.close()
    return Finding("Database", "fine", f"{make_url(settings.database_url).render_as_string()}, {count} conversations")


def _offline_engine() -> Finding:
    from tutor.engines.offline import OfflineEngine

    return Finding("Engine", "fine", f"{OfflineEngine.name}: needs no key, network or model")


def _language_models(settings: Settings) -> list[Finding]:
    """Let each language model answer one small question, as it would a learner's."""
    if not settings.models:
        return []
    from tutor.flow import Tutor

    tutor = Tutor(replace(settings, model_seconds=min(settings.model_seconds, TRIAL_SECONDS)))
    try:
        tried = [_try(tutor, model.name) for model in settings.models]
        return [*tried, _spending(tutor)]
    except TutorError as error:
        return [Finding("Engine", "broken", str(error))]
    finally:
        tutor.close()


def _try(tutor: Tutor, name: str) -> Finding:
    from tutor.engines.spending import as_words
    from tutor.engines.trial import PASSAGE, QUESTION

    begun = perf_counter()
    answer = tutor.try_engine(name, QUESTION, [PASSAGE])
    took = f"{perf_counter() - begun:.1f} s" + (f", {as_words(answer.usage)}" if answer.usage else "")
    remedy = "The offline engine answers in its place meanwhile. docs/models.md says how each model is set up."
    if answer.note:
        return Finding("Engine", "broken", answer.note, remedy)
    if answer.refused:
        wrong = ", ".join(answer.dropped) or "it found no answer in a passage that has it"
        return Finding("Engine", "note", f"{name} answered in {took}, but not to use: {wrong}", remedy)
    return Finding("Engine", "fine", f"{name}: answered with citations that hold, in {took}")


def _spending(tutor: Tutor) -> Finding:
    from tutor.engines.spending import dollars

    today, in_all = tutor.spent()
    limit = tutor.settings.spending_limit_usd
    unpriced = f", {in_all.unpriced} calls of unknown price" if in_all.unpriced else ""
    return Finding(
        "Spending",
        "fine",
        f"{dollars(today.cost_micro_usd)} today, {dollars(in_all.cost_micro_usd)} in all for {in_all.calls} calls, "
        f"{in_all.tokens_in:,} + {in_all.tokens_out:,} tokens{unpriced}; "
        + ("no limit a day" if limit is None else f"limit {dollars(limit * 1e6)} a day"),
    )
