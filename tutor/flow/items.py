"""The items desk: practice items, and the models they are drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tutor.author.soundness import Soundness, examine
from tutor.flow.ground import Ground
from tutor.read.item_models.decision import read_model, read_models
from tutor.read.passages import cut_all


class ItemsDesk:
    """What can be asked of practice items."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def check_models(self, files: Sequence[Path] = ()) -> list[Soundness]:
        """Examine these decision models, or all of them."""
        places = {passage.id for passage in cut_all(self._ground.pages())}
        folder = self._ground.settings.corpus / "decisions"
        models = [read_model(f.read_text(encoding="utf-8"), name=f.stem) for f in files] or read_models(folder)
        return [examine(model, places.__contains__) for model in models]
