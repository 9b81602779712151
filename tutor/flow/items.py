"""The items desk: practice items, and the models they are drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tutor.author.kinds_soundness import examine_kind
from tutor.author.soundness import Soundness, examine
from tutor.flow.ground import Ground
from tutor.read.item_models.decision import DecisionModel
from tutor.read.item_models.kinds import FOLDERS, read_item_model, read_item_models
from tutor.read.passages import cut_all


class ItemsDesk:
    """What can be asked of practice items."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def check_models(self, files: Sequence[Path] = ()) -> list[Soundness]:
        """Examine these item models, or all of them."""
        passages = {passage.id: passage for passage in cut_all(self._ground.pages())}
        models = (
            [read_item_model(file.read_text(encoding="utf-8"), name=file.stem) for file in files]
            if files
            else read_item_models(*(self._ground.settings.corpus / folder for folder in FOLDERS))
        )
        return [
            examine(model, passages.__contains__) if isinstance(model, DecisionModel) else examine_kind(model, passages)
            for model in models
        ]
