"""The seam between the tutor and whoever drafts for it: the task, not the completion.

An engine without a language model cannot honestly complete any prompt, but it can draft an answer from passages. Every
draft, whoever made it, meets the same checks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from tutor.read.document import Passage


@dataclass(frozen=True)
class Quote:
    """Words that a draft says stand in a passage."""

    passage: str
    """Id of the passage."""
    text: str


@dataclass(frozen=True)
class DraftStatement:
    """One statement of a draft and what it rests on."""

    text: str
    quotes: tuple[Quote, ...]
    part: str = ""
    """Under which words it stands in the answer: `On the exam`. What leads stands under none."""
    is_step: bool = False
    """Whether it is one of steps to be taken in order."""


@dataclass(frozen=True)
class Usage:
    """What a draft took of a language model, failed attempts included."""

    model: str
    prompt: str
    """Hash of the prompt files that the model was given."""
    calls: int
    tokens_in: int
    tokens_out: int
    estimated: bool
    """Whether some of the tokens were estimated because the model's server did not count them."""
    cost_micro_usd: float | None
    """None: the price is not known."""

    def as_json(self) -> dict[str, Any]:
        """The usage in the shape that the command line promises."""
        cost = None if self.cost_micro_usd is None else round(self.cost_micro_usd / 1e6, 9)
        return {
            "name": self.model,
            "prompt": self.prompt,
            "calls": self.calls,
            "tokens_in": self.tokens_in,
            "tokens_out": self.tokens_out,
            "estimated": self.estimated,
            "cost_usd": cost,
        }


@dataclass(frozen=True)
class DraftAnswer:
    """An answer before it has been checked. Without statements the engine found nothing to say."""

    statements: tuple[DraftStatement, ...]
    gave_up: str = ""
    """Why the engine could not draft, as the reader is told; another engine should."""
    usage: Usage | None = None
    """What it took, where a language model drafted."""


Length = Literal["short", "usual", "long"]
Form = Literal["usual", "table", "list"]


@dataclass(frozen=True)
class Exchange:
    """A question of the conversation so far, and the answer that it got."""

    question: str
    answer: str


@dataclass(frozen=True)
class Manner:
    """How a learner wants to be answered, and after what."""

    length: Length = "usual"
    form: Form = "usual"
    earlier: tuple[Exchange, ...] = ()
    """The last exchanges, oldest first: for understanding the question, never as evidence."""
    said: frozenset[str] = frozenset()
    """Statements that the learner has been told and need not read again."""


PLAIN = Manner()


class Engine(Protocol):
    """Drafts from passages; never decides what is right."""

    @property
    def name(self) -> str:
        """What readers are told about who drafted."""

    def draft_answer(self, question: str, passages: Sequence[Passage], manner: Manner = PLAIN) -> DraftAnswer:
        """Draft an answer to `question`, which stands on its own, from `passages`, best passages first."""
