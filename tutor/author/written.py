"""Passages and an author that writes in; an item that passed the checks, or the faults it was given up for, out.

An author decides nothing: what it writes meets the checks of every item, and comes back to it with the faults, three
times at most. No model proves its key, so a person has to read it before a learner does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from pydantic import BaseModel, Field

from tutor.author.checks.verdict import Verdict
from tutor.author.drafting import draft_until_sound, read_as
from tutor.author.item import DraftItem, ItemOption
from tutor.engines.engine import DraftStatement, Quote
from tutor.engines.output import as_in_passage
from tutor.read.document import Passage


class Author(Protocol):
    """Whoever writes items from passages."""

    def draft_item(self, passages: Sequence[Passage], before: str = "", faults: Sequence[str] = ()) -> str:
        """Write an item as JSON; after faults, once more without them."""


class ReasonOutput(BaseModel):
    """A reason as authors write it."""

    text: str = Field(max_length=2_000)
    passage: int
    quote: str = Field(max_length=4_000)


class OptionOutput(BaseModel):
    """An option as authors write it."""

    text: str = Field(max_length=1_000)
    is_right: bool
    reasons: list[ReasonOutput] = Field(max_length=4)


class ItemOutput(BaseModel):
    """An item as authors write it."""

    stem: str = Field(max_length=6_000)
    ask: str = Field(max_length=1_000)
    options: list[OptionOutput] = Field(max_length=6)


@dataclass(frozen=True)
class Written:
    """What came of it: the item and its verdict, or the faults of the last draft."""

    item: DraftItem | None
    verdict: Verdict
    drafts: int
    faults: tuple[str, ...] = ()


def write_item(
    author: Author, passages: Sequence[Passage], treats: tuple[str, ...], examine: Callable[[DraftItem], Verdict]
) -> Written:
    """Let an author write an item, and mend it at most three times."""

    def read(text: str) -> tuple[DraftItem, Verdict] | str:
        item = read_written(text, passages, treats)
        return item if isinstance(item, str) else (item, examine(item))

    drafted = draft_until_sound(
        lambda before, faults: author.draft_item(passages, before, faults),
        read,
        lambda made: [fault.text for fault in made[1].faults],
    )
    item, verdict = drafted.made or (None, Verdict())
    return Written(item, verdict, drafted.drafts, drafted.faults)


def read_written(text: str, passages: Sequence[Passage], treats: tuple[str, ...]) -> DraftItem | str:
    """The item that an author wrote, or why it cannot be read."""
    told = read_as(text, "stem", ItemOutput.model_validate)
    if isinstance(told, str):
        return told
    if strange := {one.passage for option in told.options for one in option.reasons} - set(range(1, len(passages) + 1)):
        return f"There is no passage {min(strange)}: they are numbered from 1 to {len(passages)}"
    options = tuple(
        ItemOption(option.text.strip(), tuple(_reason(one, passages[one.passage - 1]) for one in option.reasons))
        for option in told.options
    )
    key = tuple(place for place, option in enumerate(told.options) if option.is_right)
    return DraftItem("decision", treats, told.stem.strip(), told.ask.strip(), options, key)


def _reason(told: ReasonOutput, passage: Passage) -> DraftStatement:
    return DraftStatement(told.text.strip(), (Quote(passage.id, as_in_passage(told.quote, passage.text)),))
