"""A language model that drafts what practice is made of: items, situations, item models, or an item in other words.

One call a draft, with the faults of the last one in hand. It writes text; the author reads and checks it. Spending
limit, breaker and records are those of the engine that drafts answers. `EngineError` where the model cannot be had or
brings nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tutor.engines.calls import PASSING, CallError, Heard, listen
from tutor.engines.llm import ENGINE, MOST_TOKENS_OUT, LanguageModelEngine
from tutor.engines.prompt import Message
from tutor.engines.routes import open_chat_model
from tutor.engines.spending import ModelCall, Outcome, cost, estimated_tokens
from tutor.engines.tasks import Task, messages, numbered
from tutor.errors import EngineError
from tutor.read.document import Passage
from tutor.settings import ModelSetting, Settings


@dataclass(frozen=True)
class LanguageModelAuthor:
    """Drafts with the model of an engine."""

    engine: LanguageModelEngine
    task: Task

    @property
    def name(self) -> str:
        """What readers are told about who drafted."""
        return self.engine.name

    @property
    def prompt_hash(self) -> str:
        """A short hash of the prompt: it changes when the prompt does."""
        return self.task.prompt_hash

    def draft_item(self, passages: Sequence[Passage], before: str = "", faults: Sequence[str] = ()) -> str:
        """Let the model draft from passages."""
        return self._draft(messages(self.task, numbered(passages), before, faults))

    def draft(self, shown: str, before: str = "", faults: Sequence[str] = ()) -> str:
        """Let the model draft from what is shown between markers."""
        return self._draft(messages(self.task, shown, before, faults))

    def _draft(self, messages: list[Message]) -> str:
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
                raise EngineError(f"{self.name} did not draft {self.task.called}: {error}.") from error
            finally:
                self.engine.breaker.note(failed=outcome in PASSING)
                self._record(outcome, asked, heard, self.engine.around.clock() - begun)
        if heard.declined:
            raise EngineError(f"{self.name} declined to draft {self.task.called} ({heard.declined}).")
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


def author_of(engine: LanguageModelEngine, model: ModelSetting, settings: Settings, task: Task) -> LanguageModelAuthor:
    """An author with this engine's limits, whose server is asked to keep to the form of the task."""
    schema = dict(task.schema)
    return LanguageModelAuthor(replace(engine, open_model=lambda: open_chat_model(model, settings, schema)), task)
