"""The items desk: practice items drawn and checked, and the models they are drawn from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.author.draw import draw, section_weights
from tutor.author.item import DraftItem
from tutor.author.kinds_soundness import examine_kind
from tutor.author.practice_item import PracticeItem
from tutor.author.soundness import Soundness, examine
from tutor.author.wanted import Wanted
from tutor.flow.ground import Ground
from tutor.read.document import Passage
from tutor.read.guides.editions import current_edition, load_editions
from tutor.read.item_models.decision import DecisionModel
from tutor.read.item_models.kinds import FOLDERS, ItemModel, read_item_model, read_item_models
from tutor.read.passages import cut_all

if TYPE_CHECKING:
    from tutor.author.checks.check import Checks
    from tutor.solve.solver import Solver

ATTEMPTS_PER_ITEM = 20
"""Rejected items in a row after which no more are drawn."""


class ItemsDesk:
    """What can be asked of practice items."""

    def __init__(self, ground: Ground, solver: Callable[[], Solver]) -> None:
        self._ground = ground
        self._solver = solver

    def check_models(self, files: Sequence[Path] = ()) -> list[Soundness]:
        """Examine these item models, or all of them."""
        models = [read_item_model(file.read_text(encoding="utf-8"), name=file.stem) for file in files] or self.models
        return [
            examine(model, self.passages.__contains__)
            if isinstance(model, DecisionModel)
            else examine_kind(model, self.passages)
            for model in models
        ]

    def generate(self, count: int, wanted: Wanted, seed: str) -> Iterator[PracticeItem]:
        """Draw items until `count` of them pass all checks; those that fail are yielded too, with their faults.

        The same seed and wish give the same items, as long as the same items are known.
        """
        checks = self._fresh_checks()
        passed, in_vain, number = 0, 0, 0
        while passed < count and in_vain < ATTEMPTS_PER_ITEM:
            drawn = draw(self.models, wanted, seed, self.passages, number=number, weights=self._weights)
            number += 1
            verdict, likeness = checks.examine(drawn)
            if verdict.passed and likeness:
                checks.known.add(f"{drawn.model} {drawn.seed}", likeness)
                passed += 1
            in_vain = 0 if verdict.passed else in_vain + 1
            yield PracticeItem(drawn, verdict, self._cited(drawn))

    @cached_property
    def models(self) -> list[ItemModel]:
        """All item models."""
        return list(read_item_models(*(self._ground.settings.corpus / folder for folder in FOLDERS)))

    @cached_property
    def passages(self) -> Mapping[str, Passage]:
        """The passages of the shipped documentation, which items cite."""
        return {passage.id: passage for passage in cut_all(self._ground.pages())}

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        return section_weights(current_edition(load_editions(self._ground.settings.corpus / "guides")).blueprint)

    def _fresh_checks(self) -> Checks:
        from tutor.author.checks.check import Checks
        from tutor.author.checks.novelty import Known

        by_id = {model.id: model for model in self.models}
        return Checks(by_id, self.passages, self._ground.encoder, self._solver(), Known())

    def _cited(self, item: DraftItem) -> dict[str, Passage]:
        quotes = (quote for option in item.options for said in option.explanation for quote in said.quotes)
        return {quote.passage: self.passages[quote.passage] for quote in quotes if quote.passage in self.passages}
