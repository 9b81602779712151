"""Sources in, library entries out: what a learner adds, and the official pages behind the documentation.

One source that cannot be read does not stop the others: every source has an outcome, and the outcomes come one by one,
so that a progress bar can follow and an interrupted run can go on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tutor.errors import InputError
from tutor.read.document import Document, Source
from tutor.read.extract import extract
from tutor.read.intake import is_address, take
from tutor.read.library import Entry, Library, identify

if TYPE_CHECKING:
    from tutor.read.fetch import Fetched, Fetcher

State = Literal["added", "changed", "unchanged", "failed"]

READABLE = (".md", ".markdown", ".txt", ".adoc", ".asciidoc", ".html", ".htm", ".pdf", ".docx", ".ipynb", ".py")
MOST_FILES = 2000
FRESH = timedelta(days=1)
"""An official page looked at more recently is not asked for again: so an interrupted sync goes on where it stopped."""


@dataclass(frozen=True)
class Outcome:
    """What became of one source."""

    origin: str
    state: State
    entry: Entry | None = None
    reason: str = ""


def sources_in(place: str) -> list[str]:
    """What a learner named: itself, or the readable files of a folder, hidden ones left out."""
    path = Path(place)
    if is_address(place) or not path.is_dir():
        return [place]
    files = (file for file in sorted(path.rglob("*")) if file.is_file() and file.suffix.lower() in READABLE)
    found = [str(file) for file in files if not any(part.startswith(".") for part in file.relative_to(path).parts)]
    if not found:
        raise InputError(f"{place} holds no file that the tutor reads ({', '.join(READABLE)}).")
    if len(found) > MOST_FILES:
        raise InputError(
            f"{place} holds {len(found):,} files; {MOST_FILES:,} at once are the limit. Give a part of it."
        )
    return found


def add_all(
    library: Library, sources: Iterable[str], at: datetime, fetcher: Fetcher | None = None
) -> Iterator[Outcome]:
    """Read each source and keep it on the learner's shelf."""
    for source in sources:
        origin = source if is_address(source) or source == "-" else str(Path(source).resolve())
        try:
            read = replace(take(source, fetcher=fetcher), origin=origin)
            before = library.find("own", identify(read.origin))
            entry = library.put("own", read, at)
        except InputError as error:
            yield Outcome(source, "failed", reason=str(error))
        else:
            same = before is not None and before.text == entry.text
            yield Outcome(source, "unchanged" if same else "changed" if before else "added", entry)


def official_addresses(documents: Iterable[Document]) -> list[str]:
    """The pages that the shipped documentation names as its sources, each once."""
    named = (source.url for document in documents if document.layer == "shipped" for source in document.sources)
    return list(dict.fromkeys(named))


def sync(library: Library, addresses: Sequence[str], at: datetime, fetcher: Fetcher) -> Iterator[Outcome]:
    """Fetch official pages that are new or have changed since they were last looked at."""
    known = {entry.origin: entry for entry in library.entries("official")}
    for address in addresses:
        entry = known.get(address)
        if entry and at - datetime.fromisoformat(entry.added_at) < FRESH:
            yield Outcome(address, "unchanged", entry)
            continue
        try:
            conditions = {"etag": entry.etag, "last_modified": entry.last_modified} if entry else {}
            page = fetcher.fetch(address, **conditions)
            yield _shelve(library, address, entry, page, at)
        except InputError as error:
            yield Outcome(address, "failed", entry, str(error))


def _shelve(library: Library, address: str, before: Entry | None, page: Fetched, at: datetime) -> Outcome:
    if page.unchanged and before:
        library.touch("official", before, at)
        return Outcome(address, "unchanged", before)
    read = replace(extract(page.body, name=page.url, content_type=page.content_type), origin=address)
    entry = library.put("official", read, at, etag=page.etag, last_modified=page.last_modified)
    same = before is not None and before.text == entry.text
    return Outcome(address, "unchanged" if same else "changed" if before else "added", entry)


@dataclass(frozen=True)
class Stale:
    """A page of ours whose official source changed after the page was checked."""

    doc: str
    title: str
    url: str
    checked: str
    changed_on: str


def stale(documents: Iterable[Document], changes: Mapping[str, str]) -> list[Stale]:
    """The shipped pages that should be looked at again, given when official pages changed."""
    return [
        Stale(document.id, document.title, source.url, source.checked.isoformat(), changed_on)
        for document in documents
        for source, changed_on in changed_since(document.sources, changes)
        if source.checked
    ]


def changed_since(sources: Iterable[Source], changes: Mapping[str, str]) -> list[tuple[Source, str]]:
    """The sources that changed after they were checked, and the day of the change."""
    return [
        (source, changes[source.url])
        for source in sources
        if source.checked and changes.get(source.url, "") > source.checked.isoformat()
    ]
