"""The guides desk: exam guides read, compared, and the learner's own kept."""

from __future__ import annotations

from tutor.flow.ground import Ground
from tutor.read.guides.blueprint import Blueprint
from tutor.read.guides.compare import Change, compare
from tutor.read.guides.edition import Edition
from tutor.read.guides.editions import continuations, current_edition, find_edition, load_editions
from tutor.read.guides.guide import read_guide
from tutor.read.guides.own_guides import OwnGuide, OwnGuides
from tutor.read.guides.weighed import weigh_like
from tutor.read.intake import take


class GuidesDesk:
    """What can be asked of exam guides."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def read(self, source: str) -> Blueprint:
        """Read the exam guide in a file, at an address, or on standard input (`-`)."""
        return read_guide(take(source))

    def all(self) -> tuple[Edition, ...]:
        """Every edition that we have, oldest first, then the learner's own guides."""
        own = (guide.edition for guide in self._own.guides())
        return (*load_editions(self._ground.settings.corpus / "guides"), *own)

    def find(self, name: str | None = None) -> Edition:
        """The edition with this name; without one, the edition to study by."""
        return find_edition(self.all(), name) if name else current_edition(self.all())

    def to_practise(self) -> Blueprint:
        """The outline that items are bound to, that of our edition, weighed as the learner's own guide weighs it."""
        return self._own_weights() or self._shipped

    def weighs_practice(self) -> bool:
        """Whether practice goes by the weights of the learner's own guide."""
        return self._own_weights() is not None

    def compare(self, old: str, new: str) -> list[Change]:
        """What changed between two editions, by their own links or else by meaning."""
        guides = self.all()
        before, after = find_edition(guides, old), find_edition(guides, new)
        links = continuations(guides, before, after)
        return compare(before.blueprint, after.blueprint, links=links, similarity=self._ground.similarity)

    def add(self, source: str) -> OwnGuide:
        """Keep the learner's own guide and study by it from now on; `remove` undoes it."""
        return self._own.add(self.read(source), source, self._ground.clock())

    def remove(self, guide_id: str | None = None) -> OwnGuide:
        """Take one of the learner's guides away, the last one unless named; `put_back` undoes it."""
        return self._own.remove(guide_id)

    def put_back(self) -> OwnGuide:
        """Undo the last removal."""
        return self._own.put_back()

    def _own_weights(self) -> Blueprint | None:
        own = self._own.guides()
        return weigh_like(own[-1].edition.blueprint, self._shipped, self._ground.similarity) if own else None

    @property
    def _shipped(self) -> Blueprint:
        return current_edition(load_editions(self._ground.settings.corpus / "guides")).blueprint

    @property
    def _own(self) -> OwnGuides:
        return OwnGuides(self._ground.settings.home / "guides")
