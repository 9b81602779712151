"""The drafting desk: what language models write for reviewers to vet, beside items from passages.

Nothing of it is shown to learners before a person has read it: situations and models are printed for the files of the
corpus, a rephrased item waits in review.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tutor.author.drafting import Drafted, Made, Writer
from tutor.author.item import DraftItem
from tutor.author.model_draft import as_file, draft_model
from tutor.author.practice_item import read_item
from tutor.author.quoting import carrier
from tutor.author.rephrased import rephrase
from tutor.author.situation_draft import as_entry, draft_situation
from tutor.engines.tasks import MODEL, REPHRASING, SITUATION
from tutor.errors import InputError
from tutor.flow.ground import Ground
from tutor.flow.items import ItemsDesk
from tutor.flow.writing import open_author
from tutor.read.document import CURRENT_EDITION
from tutor.read.item_models.decision import DecisionModel
from tutor.read.item_models.kinds import read_item_model
from tutor.store import BankedItem

PASSAGES_FOR_A_MODEL = 12
"""How many passages a decision model is drafted from."""


@dataclass(frozen=True)
class Draft:
    """What came of a draft that goes into a file."""

    text: str
    """YAML, headed by who drafted it; empty where no draft was sound."""
    drafts: int
    faults: tuple[str, ...]


class DraftingDesk:
    """What language models can be asked to draft."""

    def __init__(self, ground: Ground, items: Callable[[], ItemsDesk]) -> None:
        self._ground = ground
        self._items = items

    def situation(self, file: Path, engine: str) -> Draft:
        """A new situation of the model in a file, as an entry for it; empty where no draft was sound."""
        model = read_item_model(file.read_text(encoding="utf-8"), name=file.stem)
        if not isinstance(model, DecisionModel):
            raise InputError(f"{file} holds no decision model. Situations of other kinds are written by hand.")
        author = open_author(self._ground, engine, SITUATION)
        drafted = draft_situation(model, author, carrier(self._items().passages))
        return _as_draft(author, drafted, as_entry)

    def model(self, about: str, consideration: str, engine: str) -> Draft:
        """A decision model on the passages about something, as a file; empty where no draft was sound."""
        found = self._ground.search(about, PASSAGES_FOR_A_MODEL, None)
        shipped = self._items().passages
        passages = [hit.passage for hit in found if hit.passage.id in shipped]
        if not passages:
            raise InputError(f"No page of the documentation treats {about!r}. Name it as the exam guide does.")
        author = open_author(self._ground, engine, MODEL)
        drafted = draft_model(passages, [f"{CURRENT_EDITION}/{consideration}"], author)
        return _as_draft(author, drafted, as_file)

    def rephrasing(self, item_id: str, engine: str) -> tuple[BankedItem | None, Drafted[DraftItem]]:
        """An item of the bank in other words, kept in review; None where no draft would do."""
        items = self._items()
        item = read_item(items.find(item_id).item)
        author = open_author(self._ground, engine, REPHRASING)
        drafted = rephrase(item, author, items.memory, lambda made: items.faults_of(made))
        if drafted.made is None or not drafted.is_sound:
            return None, drafted
        return items.keep_in_review(drafted.made, author.name, author.prompt_hash), drafted


def _as_draft(author: Writer, drafted: Drafted[Made], as_text: Callable[[Made], str]) -> Draft:
    head = f"# Drafted by {author.name} (prompt {author.prompt_hash}). Nobody has vetted it yet.\n"
    text = head + as_text(drafted.made) if drafted.made is not None and drafted.is_sound else ""
    return Draft(text, drafted.drafts, drafted.faults)
