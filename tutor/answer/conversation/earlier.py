"""An earlier turn of the conversation, as much of it as later questions may lean on.

Kept turns in (the question and the answer as JSON, with the passages that it cited); records for `follow_up` out. Turns
that an older tutor kept have fewer fields: what is missing is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tutor.engines.engine import Exchange, Form, Length
from tutor.read.document import Passage

KIND_OF_OLD_TURNS = "answer"
EXCHANGES_TOLD = 2
"""So many of the last exchanges a language model is told."""


@dataclass(frozen=True)
class Earlier:
    """A turn that has been: what was asked, and what the answer stood on."""

    said: str
    """As the learner typed it."""
    asked: str
    """The same as a question that stands on its own."""
    about: str = ""
    """The question that the talk is about, where this turn asked for a side of its answer: why, an example."""
    kind: str = KIND_OF_OLD_TURNS
    statements: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    """What was cited, in order."""
    length: Length = "usual"
    form: Form = "usual"
    state: Mapping[str, Any] = field(default_factory=dict)
    """What a lesson, a solved question or an item keeps for the next turn."""

    @property
    def base(self) -> str:
        """The question that later questions lean on."""
        return self.about or self.asked

    @property
    def docs(self) -> tuple[str, ...]:
        """The cited pages, in order."""
        return tuple(dict.fromkeys(passage.doc for passage in self.passages))

    @property
    def is_about_something(self) -> bool:
        """Whether a later question can lean on it: thanks and greetings are about nothing."""
        return self.kind != "aside"


def recall(said: str, answer: Mapping[str, Any], find: Callable[[str], Passage | None]) -> Earlier:
    """A turn from what was kept of it; `find` gives the passages that it cited, where they still are."""
    cited = dict.fromkeys(str(each.get("passage", "")) for each in answer.get("citations", ()))
    passages = tuple(passage for passage in map(find, cited) if passage)
    manner = answer.get("manner", {})
    kind = "refusal" if answer.get("refused") else str(answer.get("kind", KIND_OF_OLD_TURNS))
    return Earlier(
        said=said,
        asked=str(answer.get("asked") or said),
        about=str(answer.get("about") or ""),
        kind=kind,
        statements=tuple(str(each.get("text", "")) for each in answer.get("statements", ())),
        passages=passages,
        length=manner.get("length", "usual"),
        form=manner.get("form", "usual"),
        state=answer.get("state") or {},
    )


def exchanges(earlier: Sequence[Earlier]) -> tuple[Exchange, ...]:
    """The last exchanges as a language model is told them."""
    about = [turn for turn in earlier if turn.is_about_something][-EXCHANGES_TOLD:]
    return tuple(Exchange(turn.asked, " ".join(turn.statements)) for turn in about)
