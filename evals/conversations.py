"""Conversations of the gold set in; each turn played by the tutor, and what did not hold in its answer, out.

A turn is answered in the light of those before it, as in the chat. What must hold is words and passages, read from the
pages when the case was written; a malformed file raises `InputError`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from evals.gold_set import GOLD, Question, Split, read_set
from tutor.answer.answer import Answer, Kind
from tutor.answer.conversation.earlier import Earlier, recall
from tutor.answer.layout import fold
from tutor.flow import Tutor

UNRELATED = (
    "What is Model Armor?",
    "Should I use batch or online inference for nightly churn scores?",
    "How do training-serving skew and drift differ?",
)
"""What is asked before a question that has nothing to do with it."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Turn(_Strict):
    """What a learner types, and what must be true of the answer."""

    says: str = Field(min_length=1)
    turn: Literal["follow-up", "new"]
    """Whether it leans on what was said before."""
    has: tuple[str, ...] = ()
    """Words that must stand in the answer; of `a | b` one is enough."""
    lacks: tuple[str, ...] = ()
    """Words that must not."""
    sources: tuple[str, ...] = Field(default=(), alias="from")
    """Pages or passages, one of which must be cited."""
    kind: Kind | None = None
    refused: bool = False
    judgement: str = ""
    """What a reader of the transcript should know where it reads badly."""


class Conversation(_Strict):
    """Turns, one after the other."""

    id: str = Field(pattern=r"^c-\d{2}$")
    about: str
    split: Split
    guided: bool = False
    turns: tuple[Turn, ...] = Field(min_length=5)


@dataclass(frozen=True)
class Played:
    """A turn with its answer, and what of it does not hold."""

    turn: Turn
    answer: Answer
    faults: tuple[str, ...]
    number: int
    """The how-manieth of the conversation, from 1."""
    holds_unfolded: bool = True
    """Whether everything holds already in what the chat shows before its fold."""


def read_conversations(path: Path = GOLD / "conversations.yaml") -> tuple[Conversation, ...]:
    """The conversations of the gold set."""
    return read_set(path, Conversation)


def play(tutor: Tutor, conversation: Conversation, engine: str | None = None) -> Iterator[Played]:
    """Answer turn after turn, each with all turns before it."""
    earlier: list[Earlier] = []
    for number, turn in enumerate(conversation.turns, 1):
        answer = tutor.answer(turn.says, engine=engine, earlier=earlier, is_guided=conversation.guided)
        earlier.append(recall(turn.says, answer.as_json(0.0), tutor.passage))
        first, _ = fold(answer.parts) if answer.kind == "answer" else (answer.parts, [])
        shown = replace(answer, statements=tuple(one for _, told in first for one in told))
        yield Played(turn, answer, tuple(faults_in(turn, answer)), number, not any(faults_in(turn, shown)))


def coloured(tutor: Tutor, questions: Sequence[Question], before: Sequence[str] = UNRELATED) -> list[str]:
    """The questions that are answered otherwise behind an unrelated one than alone, by id: there should be none."""
    talks = [[recall(said, tutor.answer(said).as_json(0.0), tutor.passage)] for said in before]
    found = []
    for number, case in enumerate(questions):
        alone, behind = (
            [one.text for one in tutor.answer(case.question, earlier=earlier).statements]
            for earlier in ([], talks[number % len(talks)])
        )
        if alone != behind:
            found.append(case.id)
    return found


def faults_in(turn: Turn, answer: Answer) -> Iterator[str]:
    """What must hold of an answer and does not."""
    if answer.refused != turn.refused:
        yield "is refused" if answer.refused else "is not refused"
    if turn.kind and answer.kind != turn.kind:
        yield f"is no {turn.kind} but {answer.kind}"
    said = _plain(answer.text)
    for wanted in turn.has:
        if not any(_plain(one) in said for one in wanted.split(" | ")):
            yield f"lacks “{wanted}”"
    for unwanted in turn.lacks:
        if _plain(unwanted) in said:
            yield f"has “{unwanted}”"
    cited = {place for citation in answer.citations for place in (citation.span.passage.id, citation.span.passage.doc)}
    if turn.sources and not cited & set(turn.sources):
        yield f"cites none of {', '.join(turn.sources)}"


def _plain(text: str) -> str:
    return " ".join(text.split()).lower()
