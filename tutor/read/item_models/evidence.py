"""What all item models share: strict records, ids, and reasons with the passages that carry them. It fails nowhere."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tutor.read.item_models.decision import Id, Place, Sentence

__all__ = ["Evidence", "Id", "ItemModelRecord", "Phrase", "Place", "Sentence", "Strict"]

Phrase = Annotated[str, Field(min_length=3)]
Consideration = Annotated[str, Field(pattern=r"^\d{4}(-\d\d)?/\d+\.\d+\.\d+$")]


class Strict(BaseModel):
    """A record that refuses what it does not know and never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(Strict):
    """A reason, and the passage that carries it."""

    because: Sentence
    """What the learner is told: one plain sentence about how things are, not about this case."""
    passage: Place
    quote: str = ""
    """Words of the passage; empty: the sentence of the passage that carries the reason best is looked for."""


class ItemModelRecord(Strict):
    """What every item model opens with."""

    id: Id
    title: str = Field(min_length=8)
    treats: tuple[Consideration, ...] = Field(min_length=1)
