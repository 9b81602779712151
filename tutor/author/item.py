"""Practice items: what an author drafts, and the seam between the tutor and whoever drafts for it.

A `DraftItem` is an item before it has been checked. Every draft, whoever made it, meets the same checks.

An explanation is a row of statements that read on as one text. A statement with quotes rests on passages. One without
speaks of the scenario or concludes from what is cited beside it:
Custom training needs code in Python, [1] | which nobody here can write.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Literal

from tutor.engines.engine import DraftStatement

Kind = Literal["decision", "diagnosis", "sequence", "quantity", "reading", "concept"]
Difficulty = Literal["easy", "medium", "hard"]

EASY_BELOW = 0.46
HARD_FROM = 0.61
"""About a fifth of the decision items drawn without a wish lie below, a quarter above."""


@dataclass(frozen=True)
class ItemOption:
    """An option as the learner reads it, and why it is right or wrong."""

    text: str
    explanation: tuple[DraftStatement, ...]
    """Statements with the quotes that they rest on."""
    id: str = ""
    """What its model calls it."""

    @property
    def explained(self) -> str:
        """The explanation as one text."""
        return " ".join(statement.text for statement in self.explanation)


@dataclass(frozen=True)
class DraftItem:
    """A practice item before it has been checked."""

    kind: Kind
    treats: tuple[str, ...]
    """Considerations of exam guides, as `edition/number`."""
    stem: str
    """Scenario and circumstances, in one or more paragraphs; code and tables in Markdown."""
    ask: str
    """The question itself, the stem's last sentence."""
    options: tuple[ItemOption, ...]
    key: tuple[int, ...]
    """Positions of the right options, ascending."""
    model: str = ""
    """The item model it was drawn from; empty where it was written from passages."""
    seed: str = ""
    """What it was drawn by: the same model and seed give the same item."""
    circumstances: tuple[str, ...] = ()
    """What decides it, in the words of its model: items with the same circumstances, options and key are one."""
    told: str = ""
    """The situation and turn of its model that it tells; empty where it was composed."""
    hardness: float = 0.5
    """How hard it should be by its structure, from 0 to 1: predicted, not observed."""

    @property
    def difficulty(self) -> Difficulty:
        """The predicted hardness in a word."""
        return "easy" if self.hardness < EASY_BELOW else "hard" if self.hardness >= HARD_FROM else "medium"

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of its options."""
        return tuple(ascii_uppercase[: len(self.options)])

    @property
    def key_letters(self) -> tuple[str, ...]:
        """The letters of the right options."""
        return tuple(ascii_uppercase[position] for position in self.key)

    @property
    def text(self) -> str:
        """What the learner reads before the options."""
        return f"{self.stem}\n\n{self.ask}"

    def with_options(self, options: tuple[ItemOption, ...]) -> DraftItem:
        """The same item with its options told differently; their order must not change."""
        return replace(self, options=options)
