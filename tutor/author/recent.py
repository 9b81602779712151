"""Items that came lately in; what the next one should rather not look like out.

In one sitting nobody should meet the same scene, the same pair of circumstances or the same model again where another
will do. It is a preference, never a refusal: where nothing else is left, what came lately comes again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tutor.author.former_names import without_former_names
from tutor.author.item import DraftItem
from tutor.author.opening import openings

LATELY = 240
"""So many items are remembered: a model comes every sixty items or so, and its scenes should go round."""
SITTING = 40
"""So many items are about one sitting: in it a model should not come again."""
OPENING_WORDS = 7
"""By so many words two stems are known to open alike."""

OPENINGS = 2
"""Of a model that is no decision, so many of the latest items should open otherwise: it has three or four scenes."""


@dataclass(frozen=True)
class Met:
    """What of an item would be noticed again."""

    model: str
    stem: str
    circumstances: frozenset[str]
    keys: frozenset[str]


class Recent:
    """The items that came lately, the latest last."""

    def __init__(self, items: Iterable[DraftItem] = (), told: Iterable[tuple[str, str]] = ()) -> None:
        self._met: deque[Met] = deque(maxlen=LATELY)
        self._told = set(told)
        """Situations that were told, however long ago, with their models."""
        for item in items:
            self.add(item)

    def add(self, item: DraftItem) -> None:
        """Remember one more item."""
        self.pass_over(item)
        keys = frozenset(item.options[place].id for place in item.key)
        stem = without_former_names(item.stem)
        self._met.append(Met(item.model, stem, frozenset(item.circumstances), keys))

    def pass_over(self, item: DraftItem) -> None:
        """Do not tell its situation again, whether it was shown or withheld."""
        if item.told:
            self._told.add((item.model, item.told))

    @property
    def models(self) -> frozenset[str]:
        """The models of this sitting."""
        return frozenset(met.model for met in list(self._met)[-SITTING:])

    def of(self, model: str) -> list[Met]:
        """The items of a model, the latest last."""
        return [met for met in self._met if met.model == model]

    def has_told(self, model: str, told: str) -> bool:
        """Whether this situation of a model was told, with this turn."""
        return (model, told) in self._told

    def least_used(self, model: str, scenes: Sequence[str]) -> list[int]:
        """The places of the scenes that were told least often."""
        told = [tuple(map(without_former_names, openings(scene))) for scene in scenes]
        met = self.of(model)
        used = [sum(one.stem.startswith(ways) for one in met) for ways in told]
        return [place for place, count in enumerate(used) if count == min(used)]

    def opens_alike(self, item: DraftItem) -> bool:
        """Whether one of the latest items of its model opened with the same words."""
        mine = without_former_names(item.stem).split()[:OPENING_WORDS]
        return any(met.stem.split()[:OPENING_WORDS] == mine for met in self.of(item.model)[-OPENINGS:])
