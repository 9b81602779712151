"""The corpus desk: documents added, fetched, removed and listed; how fresh and how complete the documentation is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tutor.flow.ground import Ground
from tutor.read.coverage import Covered, Size, cover, measure
from tutor.read.document import Document, Passage
from tutor.read.guides.editions import load_editions
from tutor.read.library import Entry
from tutor.read.shelve import Outcome, Stale, add_all, changed_since, official_addresses, sources_in, stale, sync

if TYPE_CHECKING:
    from tutor.read.fetch import Fetcher


class CorpusDesk:
    """What can be asked of the documentation and the learner's own documents."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def add(self, places: Iterable[str], fetcher: Fetcher | None = None) -> Iterator[Outcome]:
        """Add files, folders or addresses to the learner's documents; each has its outcome."""
        sources = [source for place in places for source in sources_in(place)]
        yield from add_all(self._ground.library, sources, self._ground.clock(), fetcher)

    def sync(self, fetcher: Fetcher, addresses: Sequence[str] = ()) -> Iterator[Outcome]:
        """Fetch the official pages behind the documentation, where new or changed; or only those given."""
        yield from sync(self._ground.library, addresses or self.official_addresses(), self._ground.clock(), fetcher)

    def official_addresses(self) -> list[str]:
        """The official pages that the documentation names as its sources."""
        return official_addresses(self._ground.pages())

    def documents(self) -> list[Document]:
        """Everything that answers are drawn from."""
        return self._ground.documents()

    def remove(self, document_id: str) -> Entry:
        """Take one of the learner's documents away; `put_back` undoes it."""
        return self._ground.library.remove(document_id)

    def put_back(self) -> Entry:
        """Undo the last removal."""
        return self._ground.library.put_back()

    def stale(self) -> list[Stale]:
        """The pages whose official source changed after they were checked."""
        return stale(self._ground.pages(), self._ground.library.changes())

    def stale_among(self, passages: Iterable[Passage]) -> dict[str, str]:
        """The pages of these passages whose official source changed after they were checked, and since when."""
        changes = self._ground.library.changes()
        changed = ((passage.doc, changed_since(passage.sources, changes)) for passage in passages)
        return {doc: max(day for _, day in found) for doc, found in changed if found}

    def coverage(self) -> list[Covered]:
        """For each consideration of every edition of the guide, the pages that treat it."""
        editions = load_editions(self._ground.settings.corpus / "guides")
        return cover(self._ground.pages(), {one.id.partition("-")[2]: one.blueprint for one in editions})

    def size(self) -> Size:
        """How many pages, words and passages the shipped documentation has."""
        return measure(self._ground.pages())
