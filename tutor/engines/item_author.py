"""A language model that drafts practice items from passages alone: one call a draft, faults of the last one in hand.

It writes text; `tutor.author.written` reads and checks it. Spending limit, breaker and records are those of the engine
that drafts answers. `EngineError` where the model cannot be had or brings nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from tutor.engines.calls import PASSING, CallError, Heard, listen
from tutor.engines.instructions import without_instructions
from tutor.engines.llm import ENGINE, MOST_TOKENS_OUT, LanguageModelEngine
from tutor.engines.output import object_schema
from tutor.engines.prompt import FOLDER, LONGEST_PASSAGE, Message
from tutor.engines.routes import open_chat_model
from tutor.engines.spending import ModelCall, Outcome, cost, estimated_tokens
from tutor.errors import EngineError
from tutor.read.document import Passage
from tutor.settings import ModelSetting, Settings


@dataclass(frozen=True)
class LanguageModelAuthor:
    """Drafts items with the model of an engine."""

    engine: LanguageModelEngine

    @property
    def name(self) -> str:
        """What readers are told about who drafted."""
        return self.engine.name

    @property
    def prompt_hash(self) -> str:
        """A short hash of the prompt: it changes when the prompt does."""
        return hashlib.sha256(_prompt().encode()).hexdigest()[:16]

    def draft_item(self, passages: Sequence[Passage], before: str = "", faults: Sequence[str] = ()) -> str:
        """Let the model draft; where a draft had faults, that draft and they are in hand."""
        messages = item_messages(passages, before, faults)
        if rest := self.engine.breaker.rest_left():
            raise EngineError(f"{self.name} failed several times in a row and is left alone for another {rest:.0f} s")
        model = self.engine.open_model()
        asked = sum(len(text) for _, text in messages)
        begun = self.engine.around.clock()
        outcome: Outcome = "answered"
        heard = Heard()
        with self.engine.limit.room_for(self.name, cost(self.engine.price, estimated_tokens(asked), MOST_TOKENS_OUT)):
            try:
                seconds = self.engine.seconds
                heard = listen(lambda: model.stream(messages), silence_seconds=seconds / 3, total_seconds=seconds)
            except CallError as error:
                outcome, heard = error.outcome, error.heard
                raise EngineError(f"{self.name} did not draft an item: {error}.") from error
            finally:
                self.engine.breaker.note(failed=outcome in PASSING)
                self._record(outcome, asked, heard, self.engine.around.clock() - begun)
        if heard.declined:
            raise EngineError(f"{self.name} declined to draft an item ({heard.declined}).")
        return heard.text

    def _record(self, outcome: Outcome, asked: int, heard: Heard, seconds: float) -> None:
        counted = heard.tokens_in + heard.tokens_out > 0
        tokens_in = heard.tokens_in if counted else estimated_tokens(asked)
        tokens_out = heard.tokens_out if counted else estimated_tokens(heard.characters)
        took = cost(self.engine.price, tokens_in, tokens_out)
        call = ModelCall(
            ENGINE, self.name, self.prompt_hash, tokens_in, tokens_out, not counted, took, seconds, outcome
        )
        self.engine.around.record(call)


def item_author(engine: LanguageModelEngine, model: ModelSetting, settings: Settings) -> LanguageModelAuthor:
    """An author with this engine's limits, whose server is asked to keep to the form of an item."""
    return LanguageModelAuthor(replace(engine, open_model=lambda: open_chat_model(model, settings, item_schema())))


def item_messages(passages: Sequence[Passage], before: str, faults: Sequence[str]) -> list[Message]:
    """Ask for an item from numbered passages, or for the same again without its faults."""
    texts = [without_instructions(passage)[:LONGEST_PASSAGE] for passage in passages]
    code = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]
    shown = "\n\n".join(
        f'<passage {code} number="{number}">\n{text}\n</passage {code}>' for number, text in enumerate(texts, 1)
    )
    asked: list[Message] = [("system", _prompt()), ("human", f"{shown}\n\nWrite one question from these passages.")]
    if not faults:
        return asked
    listed = "\n".join(f"- {fault}" for fault in faults)
    again = f"That could not be used:\n{listed}\n\nReturn the whole question once more, mended, as one JSON object."
    return [*asked, ("ai", before[:LONGEST_PASSAGE] or "(nothing)"), ("human", again)]


def item_schema() -> dict[str, Any]:
    """The form of an item as JSON Schema, plain enough for every server."""
    text = {"type": "string"}
    reason = object_schema(text=text, passage={"type": "integer"}, quote=text)
    option = object_schema(text=text, is_right={"type": "boolean"}, reasons={"type": "array", "items": reason})
    return object_schema(stem=text, ask=text, options={"type": "array", "items": option})


@cache
def _prompt() -> str:
    return (FOLDER / "item.txt").read_text(encoding="utf-8").strip()
