"""The learner's library: documents that were added, and official pages that were fetched, each kept as a file.

    home/library/own/ID.json         what the learner added: notes, PDFs, exported pages, folders
    home/library/official/ID.json    the official pages that our documentation names as its sources
    home/library/changed.json        which of those have changed, and when

Each file holds one document, written whole or not at all. An own document that cannot be read leaves nothing behind.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from tutor.errors import InputError
from tutor.read.document import Document, Source
from tutor.read.extract import Extract
from tutor.read.passages import slug

Shelf = Literal["own", "official"]

_LONGEST_ID = 60
_UPDATED = re.compile(r"[Ll]ast updated (\d{4}-\d\d-\d\d)")


@dataclass(frozen=True)
class Entry:
    """One document of the library."""

    id: str
    title: str
    origin: str
    """The file or address it came from; adding that again replaces it."""
    format: str
    text: str
    added_at: str
    warnings: tuple[str, ...] = ()
    etag: str = ""
    last_modified: str = ""
    changed_on: str = ""
    """For official pages: the day on which the content last changed, as the page says or as syncing found."""

    @property
    def words(self) -> int:
        """How long it is."""
        return len(self.text.split())

    @property
    def is_address(self) -> bool:
        """Whether it came from the web."""
        return self.origin.startswith(("http://", "https://"))


class Library:
    """The two shelves in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, shelf: Shelf, extract: Extract, at: datetime, *, etag: str = "", last_modified: str = "") -> Entry:
        """Keep a document; one of the same origin is replaced."""
        before = self.find(shelf, identify(extract.origin))
        entry = Entry(
            id=identify(extract.origin),
            title=extract.title or Path(extract.origin).stem or extract.origin,
            origin=extract.origin,
            format=extract.format,
            text=extract.text,
            added_at=at.isoformat(timespec="seconds"),
            warnings=extract.warnings,
            etag=etag,
            last_modified=last_modified,
            changed_on=_changed_on(extract.text, at, before),
        )
        self._write(shelf, entry)
        if shelf == "official" and entry.changed_on:
            self._note_change(entry)
        return entry

    def changes(self) -> dict[str, str]:
        """The official pages that are known to have changed, and on which day: small, to be asked with every answer."""
        try:
            noted: dict[str, str] = json.loads((self.folder / "changed.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return noted

    def touch(self, shelf: Shelf, entry: Entry, at: datetime) -> None:
        """Note that a document was looked at again and had not changed."""
        self._write(shelf, replace(entry, added_at=at.isoformat(timespec="seconds")))

    def find(self, shelf: Shelf, entry_id: str) -> Entry | None:
        """The document with this id."""
        path = self._path(shelf, entry_id)
        return _read(path) if path.exists() else None

    def entries(self, shelf: Shelf) -> Iterator[Entry]:
        """The documents of a shelf, by id."""
        for path in sorted((self.folder / shelf).glob("*.json")):
            yield _read(path)

    def remove(self, entry_id: str) -> Entry:
        """Take an own document off its shelf; `put_back` undoes it."""
        entry = self.find("own", entry_id)
        if entry is None:
            raise InputError(f"There is no document {entry_id!r} of yours. `tutor corpus list` shows what there is.")
        self._path("own", entry_id).replace(self.folder / "removed.json")
        return entry

    def put_back(self) -> Entry:
        """Undo the last removal."""
        removed = self.folder / "removed.json"
        if not removed.exists():
            raise InputError("Nothing was removed that could be put back.")
        entry = _read(removed)
        removed.replace(self._path("own", entry.id))
        return entry

    def documents(self) -> Iterator[Document]:
        """Every document, ready to be cut into passages."""
        shelves: tuple[Shelf, ...] = ("own", "official")
        for shelf in shelves:
            for entry in self.entries(shelf):
                yield as_document(entry, shelf)

    def _note_change(self, entry: Entry) -> None:
        partial = self.folder / f"changed.{os.getpid()}.partial"
        partial.write_text(json.dumps(self.changes() | {entry.origin: entry.changed_on}), encoding="utf-8")
        partial.replace(self.folder / "changed.json")

    def _write(self, shelf: Shelf, entry: Entry) -> None:
        path = self._path(shelf, entry.id)
        partial = path.with_suffix(f".{os.getpid()}.partial")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(asdict(entry), ensure_ascii=False), encoding="utf-8")
            partial.replace(path)
        except OSError as error:
            with suppress(OSError):
                partial.unlink()
            raise InputError(f"{entry.origin} could not be kept in {path.parent} ({error.strerror}).") from error

    def _path(self, shelf: Shelf, entry_id: str) -> Path:
        return self.folder / shelf / f"{entry_id}.json"


def identify(origin: str) -> str:
    """The id of a document: readable, and its own by where it came from."""
    name = slug(Path(origin.rstrip("/")).stem)[:_LONGEST_ID].strip("-")
    return f"{name}-{hashlib.sha256(origin.encode()).hexdigest()[:8]}"


def as_document(entry: Entry, shelf: Shelf) -> Document:
    """An entry as a document; one from the web names its page as the source."""
    checked = date.fromisoformat(entry.added_at[:10])
    sources = (Source(entry.title, entry.origin, checked),) if entry.is_address else ()
    return Document(entry.id, entry.title, entry.text, 0, sources=sources, layer=shelf)


def _changed_on(text: str, at: datetime, before: Entry | None) -> str:
    """The day a page says that it was updated; else the day on which its text was found to be another."""
    said = _UPDATED.search(text)
    if said:
        return said[1]
    if before is None:
        return ""
    return before.changed_on if before.text == text else at.date().isoformat()


def _read(path: Path) -> Entry:
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        return Entry(**{**fields, "warnings": tuple(fields["warnings"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputError(f"{path} is damaged ({error}). Delete it and add the document again.") from error
