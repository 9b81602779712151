"""Which index stands: what a finished one says of itself, which one readers open, and what it was built from."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.index.chroma_folder import ChromaFolder
from tutor.read.answered import Answered
from tutor.read.document import Passage

FORMAT = 7
"""Raised when the layout or the meaning of an index changes; older ones are then built anew."""


@dataclass(frozen=True)
class Manifest:
    """What an index folder holds."""

    format: int
    model: str
    fingerprint: str
    passages: int
    documents: int
    store: str
    """The place with the vectors."""
    collection: str
    """What they are called there."""


def fingerprint(passages: Sequence[Passage], model: str, answered: Sequence[Answered] = ()) -> str:
    """Identity of the index of these passages and answered questions by this model."""
    digest = hashlib.sha256(f"{FORMAT} {model}".encode())
    for one in (*passages, *answered):
        digest.update(repr(one).encode())
    return digest.hexdigest()[:24]


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of an index folder; None when the folder is absent, unfinished or of another format."""
    manifest = written_manifest(folder / "manifest.json")
    return manifest if manifest and manifest.format == FORMAT else None


def written_manifest(path: Path) -> Manifest | None:
    """What a file says of an index, finished or not and of any format; None where it is no manifest."""
    try:
        return Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def current_folder(index_home: Path) -> Path | None:
    """The finished index that readers should open."""
    try:
        folder = index_home / (index_home / "current").read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return None
    return folder if folder != index_home and read_manifest(folder) else None


def files_stamp(folders: Iterable[Path]) -> str:
    """Identity of the files below `folders` by name, size and time: quick to find, and new whenever they may differ."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            state = path.stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def seen_folder(index_home: Path, stamp: str, model: str, store: str = ChromaFolder.name) -> Path | None:
    """The current index, if it was built from just these files by this model and has its vectors in this place."""
    try:
        seen = (index_home / "seen").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    folder = current_folder(index_home)
    manifest = read_manifest(folder) if folder else None
    if not folder or not manifest or manifest.store != store:
        return None
    return folder if seen == _seen(stamp, model, folder) else None


def remember_seen(index_home: Path, stamp: str, model: str, folder: Path) -> None:
    """Note which files `folder` was built from."""
    partial = index_home / f"seen.{os.getpid()}"
    partial.write_text(_seen(stamp, model, folder), encoding="utf-8")
    partial.replace(index_home / "seen")


def _seen(stamp: str, model: str, folder: Path) -> str:
    return f"{stamp} {model} {folder.name}"


def is_current(folder: Path) -> bool:
    """Whether `folder` is still the index that readers should use; another process may have built a newer one."""
    try:
        return (folder.parent / "current").read_text(encoding="utf-8").strip() == folder.name
    except (OSError, ValueError):
        return False
