"""Passages in, an index folder out, complete or not at all.

    home/index/
      current             name of the folder that readers open
      seen                the corpus files it was built from, by their dates: while they stand, nothing is read again
      <fingerprint>-…/    one finished index, never written again; a fresh name each time, since Chroma keeps
                          a folder that it once opened in mind for as long as the process lives
        manifest.json     written last: without it the folder does not count
        sums.json         size and hash of every file, checked when the index is opened
        chroma/  lexical/  facets/  meaning/  answered/  passages.jsonl  offsets.npy  keys.npy

The vectors may be kept elsewhere (`vectors.py`); then there is no chroma/, and the manifest names place and collection.
Such a collection is named after the fingerprint and complete before `current` moves; a home drops those that it leaves.

A new index is built beside the old one and `current` is replaced in one step, so readers never see half of one and a
builder killed at any moment leaves the old index working. One builder works at a time. Only passages whose text has no
vector yet (from the old index, or computed ahead beside the corpus) are embedded. An index that is no longer as it was
built is built anew, and hands its vectors on only where those are still whole.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict
from pathlib import Path

import numpy as np

from tutor.errors import IndexingError
from tutor.index import meaning
from tutor.index.answered import write_answered
from tutor.index.chroma_folder import ChromaFolder
from tutor.index.encoder import Encoder, Progress, Vectors
from tutor.index.filters import write_facets
from tutor.index.lexical import build_lexical
from tutor.index.manifest import FORMAT, Manifest, current_folder, fingerprint, read_manifest, written_manifest
from tutor.index.records import write_passages
from tutor.index.sketches import Sketches
from tutor.index.sums import SUMS, damaged, write_sums
from tutor.index.vectors import VectorPlace, embedded_text, text_key
from tutor.read.answered import Answered
from tutor.read.document import Passage

_OF_VECTORS = ("chroma/", "keys.npy", "manifest.json", SUMS)
"""The files by which vectors are told to be those of a text; where one is damaged, none is taken over."""


def build(
    passages: Sequence[Passage],
    encoder: Encoder,
    index_home: Path,
    ahead: Mapping[str, Vectors],
    progress: Progress | None = None,
    place: VectorPlace | None = None,
    *,
    anew: bool = False,
    sketches: Sketches | None = None,
    answered: Sequence[Answered] = (),
) -> Path:
    """Build the index of `passages` unless it is there, make it current, and return its folder.

    Where `sketches` of statements are given, even empty ones, every statement gets its own, and what should be said to
    `answered` questions is kept beside them. `anew` takes nothing over
    from the index that is there.
    """
    from filelock import FileLock

    _writable(index_home)
    place = place or ChromaFolder()
    wanted = fingerprint(passages, encoder.name, answered)
    documents = len({passage.doc for passage in passages})
    plan = Manifest(FORMAT, encoder.name, wanted, len(passages), documents, place.name, f"tutor-{wanted}")
    with FileLock(index_home / "lock"):
        old = current_folder(index_home)
        broken = damaged(old) if old else []
        if old and not anew and not broken and _stands(old, plan, place):
            return old
        folder = index_home / f"{wanted}-{uuid.uuid4().hex[:8]}"
        _announce(folder, plan)
        if anew and place.is_remote:
            place.open(folder, plan.collection).drop()
        giver = None if anew or any(name.startswith(_OF_VECTORS) for name in broken) else old
        _fill_vectors(folder, plan, passages, encoder, giver, ahead, place, progress)
        build_lexical(passages, folder / "lexical")
        write_facets(passages, folder / "facets")
        if sketches is not None:
            kept = None if anew or any(name.startswith(meaning.FOLDER) for name in broken) else old
            meaning.write_meaning(passages, folder, sketches, kept, encoder, progress)
            write_answered(answered, passages, folder, sketches, encoder, progress)
        write_passages(passages, folder)
        write_sums(folder, (folder / "manifest.partial").read_text(encoding="utf-8"))
        (folder / "manifest.partial").replace(folder / "manifest.json")
        _make_current(index_home, folder.name, place)
    return folder


def embed(
    passages: Sequence[Passage],
    encoder: Encoder,
    known: Mapping[str, Vectors],
    progress: Progress | None = None,
) -> Vectors:
    """The vectors of `passages`, encoding only those whose text is not known."""
    keys = [text_key(passage) for passage in passages]
    missing = {key: passage for key, passage in zip(keys, passages, strict=True) if key not in known}
    fresh = encoder.encode_passages([embedded_text(passage) for passage in missing.values()], progress)
    encoded = dict(zip(missing, fresh, strict=True))
    return np.array([encoded[key] if key in encoded else known[key] for key in keys], np.float32)


def _stands(folder: Path, plan: Manifest, place: VectorPlace) -> bool:
    """Whether the index in `folder` is what is planned, and its vectors are where they should be."""
    if read_manifest(folder) != plan:
        return False
    try:
        return place.open(folder, plan.collection).count(plan.passages) == plan.passages
    except IndexingError:
        if place.is_remote:
            raise
        return False


def _announce(folder: Path, plan: Manifest) -> None:
    """Write down what is going to be built, so that whoever finds it unfinished knows what to tidy."""
    folder.mkdir(parents=True)
    (folder / "manifest.partial").write_text(json.dumps(asdict(plan)), encoding="utf-8")


def _fill_vectors(
    folder: Path,
    plan: Manifest,
    passages: Sequence[Passage],
    encoder: Encoder,
    old: Path | None,
    ahead: Mapping[str, Vectors],
    place: VectorPlace,
    progress: Progress | None,
) -> None:
    """Fill the collection, unless somebody who shares the place has done so."""
    keys = [text_key(passage) for passage in passages]
    np.save(folder / "keys.npy", np.array([list(bytes.fromhex(key)) for key in keys], np.uint8).reshape(-1, 16))
    store = place.open(folder, plan.collection)
    if not place.is_remote or store.count(plan.passages) != plan.passages:
        wanted = set(keys) - ahead.keys()
        known = _known(old, encoder, place, wanted) if old and wanted else {}
        store.add(passages, embed(passages, encoder, known | dict(ahead), progress))
        stored = store.count(plan.passages)
        if stored != plan.passages:
            raise IndexingError(f"{place.name} took {plan.passages} vectors and has {stored}. Run `tutor index` again.")


def _known(folder: Path, encoder: Encoder, place: VectorPlace, wanted: Set[str]) -> dict[str, Vectors]:
    """Those of the wanted vectors that the index in `folder` has."""
    manifest = read_manifest(folder)
    if not manifest or manifest.model != encoder.name:
        return {}
    if manifest.store != place.name:
        if manifest.store != ChromaFolder.name:
            return {}
        place = ChromaFolder()
    try:
        keys = [key.tobytes().hex() for key in np.load(folder / "keys.npy")]
        rows = [row for row, key in enumerate(keys) if key in wanted]
        found = place.open(folder, manifest.collection).known(rows)
    except (IndexingError, OSError, ValueError):
        return {}  # what cannot be taken over is embedded again
    return {keys[row]: vector for row, vector in found.items()}


def _make_current(index_home: Path, name: str, place: VectorPlace) -> None:
    partial = index_home / "current.partial"
    partial.write_text(name, encoding="utf-8")
    partial.replace(index_home / "current")
    kept = read_manifest(index_home / name)
    for other in index_home.iterdir():
        if other.is_dir() and other.name != name and kept and _is_tidied(other, kept.collection, place):
            shutil.rmtree(other, ignore_errors=True)


def _is_tidied(folder: Path, kept: str, place: VectorPlace) -> bool:
    """Drop the collection of a folder that is about to go; where that fails, the next builder tries again."""
    left = written_manifest(folder / "manifest.json") or written_manifest(folder / "manifest.partial")
    if not left or not place.is_remote or left.store != place.name or left.collection == kept:
        return True
    try:
        place.open(folder, left.collection).drop()
    except IndexingError:
        return False
    return True


def _writable(index_home: Path) -> None:
    try:
        index_home.mkdir(parents=True, exist_ok=True)
        (index_home / "lock").touch()
    except OSError as error:
        raise IndexingError(
            f"Cannot write to {index_home} ({error.strerror}). Set TUTOR_HOME to a folder of yours."
        ) from error
