"""The engine that lets a language model draft, from given passages alone.

The model must return statements with numbered citations and verbatim quotes. What cannot be used goes back to it with
the reasons, twice at most; passing failures are tried again after a pause. Then the engine gives up, says why, and
leaves the question to another engine. Nothing that it drafts is shown before `tutor.answer` has checked it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from tutor.engines.breaker import Breaker
from tutor.engines.calls import PASSING, CallError, Heard, Writing, listen
from tutor.engines.engine import PLAIN, DraftAnswer, DraftStatement, Manner, Usage
from tutor.engines.output import read_answer
from tutor.engines.prompt import Message, answer_messages, prompt_hash, repair_messages
from tutor.engines.spending import ModelCall, Outcome, SpendingLimit, cost, estimated_tokens
from tutor.errors import EngineError
from tutor.read.document import Passage
from tutor.settings import Price

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk

ENGINE = "llm"
MOST_REPAIRS = 2
MOST_RETRIES = 2
"""How often a call that failed in passing is made again."""
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 8.0
MOST_TOKENS_OUT = 8_000
"""The most that a model may write for one call, thoughts included."""


class ChatModel(Protocol):
    """What is needed of a LangChain chat model."""

    def stream(self, messages: list[Message], /) -> Iterator[AIMessageChunk]:
        """Answer messages piece by piece."""


Read = tuple[DraftStatement, ...] | list[str]
"""What came of an answer: statements, or the reasons why it cannot be used."""


def _forget(_call: ModelCall) -> None:
    """Keep no record."""


@dataclass(frozen=True)
class Surroundings:
    """What the engine takes from outside, so that tests and `flow` decide it."""

    record: Callable[[ModelCall], None] = _forget
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    """From 0 to 1; spreads pauses, so that many learners do not come back at once."""


@dataclass(frozen=True)
class LanguageModelEngine:
    """Drafts answers with a LangChain chat model. Safe to share between threads."""

    name: str
    open_model: Callable[[], ChatModel]
    """Makes the model when it is first needed; `EngineError` where it cannot be had."""
    limit: SpendingLimit
    breaker: Breaker
    price: Price | None = None
    seconds: float = 60.0
    """For an answer, with all repairs and retries."""
    writing: Writing | None = None
    around: Surroundings = field(default_factory=Surroundings)

    def telling(self, writing: Writing | None) -> LanguageModelEngine:
        """The same engine, which tells how much its model has written."""
        return replace(self, writing=writing)

    def draft_answer(self, question: str, passages: Sequence[Passage], manner: Manner = PLAIN) -> DraftAnswer:
        """Let the model draft; without passages it is not even asked."""
        if not passages:
            return DraftAnswer(())
        drafting = _Drafting(self)
        try:
            statements = drafting.answer(question, passages, manner)
        except (CallError, EngineError) as error:
            return DraftAnswer((), f"{self.name} did not draft this: {error}.", drafting.usage())
        return DraftAnswer(statements, usage=drafting.usage())


class _Drafting:
    """One answer's dealings with the model: its deadline, its attempts, what they took."""

    def __init__(self, engine: LanguageModelEngine) -> None:
        self._engine = engine
        self._around = engine.around
        self._ends_at = 0.0
        self._calls: list[ModelCall] = []

    def answer(self, question: str, passages: Sequence[Passage], manner: Manner) -> tuple[DraftStatement, ...]:
        """Ask, and ask for repairs."""
        model = self._engine.open_model()
        self._ends_at = self._around.clock() + self._engine.seconds  # loading takes what it takes, once
        asked = answer_messages(question, passages, manner)
        messages = asked
        faults: list[str] = []
        for _ in range(1 + MOST_REPAIRS):
            heard, read = self._persist(model, messages, passages)
            if not isinstance(read, list):
                return read
            faults = ["it was longer than allowed: be brief", *read] if heard.is_too_long else read
            messages = [*asked, *repair_messages(heard.text, faults, len(passages))]
        raise EngineError(f"what it wrote could not be used, also after {MOST_REPAIRS} repairs ({faults[0]})")

    def usage(self) -> Usage | None:
        """What all attempts took; None if none was made."""
        if not self._calls:
            return None
        costs = [call.cost_micro_usd for call in self._calls]
        return Usage(
            model=self._engine.name,
            prompt=prompt_hash(),
            calls=len(self._calls),
            tokens_in=sum(call.tokens_in for call in self._calls),
            tokens_out=sum(call.tokens_out for call in self._calls),
            estimated=any(call.estimated for call in self._calls),
            cost_micro_usd=None if None in costs else sum(known for known in costs if known is not None),
        )

    def _persist(self, model: ChatModel, messages: list[Message], passages: Sequence[Passage]) -> tuple[Heard, Read]:
        """Call the model, again after passing failures, within the time that is left."""
        for attempt in range(1 + MOST_RETRIES):
            self._require_open()
            try:
                result = self._call(model, messages, passages)
            except CallError as error:
                self._engine.breaker.note(failed=error.outcome in PASSING)
                if error.outcome not in PASSING or attempt == MOST_RETRIES:
                    raise
                self._pause(attempt, error)
                continue
            self._engine.breaker.note(failed=False)
            return result
        raise AssertionError("the loop returns or raises")

    def _call(self, model: ChatModel, messages: list[Message], passages: Sequence[Passage]) -> tuple[Heard, Read]:
        """Make one call, and have it on record before its room in the spending limit is given back."""
        begun = self._around.clock()
        worst = cost(self._engine.price, _estimate(messages), MOST_TOKENS_OUT)
        with self._engine.limit.room_for(self._engine.name, worst):
            try:
                heard = self._listen(model, messages)
                read = read_answer(heard.text, passages)
                if isinstance(read, list) and not (heard.finish or heard.is_too_long):
                    raise CallError("cut", "the connection broke off", heard)
            except CallError as error:
                self._record(error.outcome, messages, error.heard, self._around.clock() - begun)
                raise
            unusable: Outcome = "malformed" if heard.text.strip() else "empty"
            outcome = unusable if isinstance(read, list) else "answered"
            self._record(outcome, messages, heard, self._around.clock() - begun)
        return heard, read

    def _listen(self, model: ChatModel, messages: list[Message]) -> Heard:
        left = self._left()
        heard = listen(
            lambda: model.stream(messages),
            silence_seconds=min(left, self._engine.seconds / 3),
            total_seconds=left,
            writing=self._engine.writing,
        )
        if heard.declined:
            raise CallError("declined", f"it declined to answer ({heard.declined})", heard)
        return heard

    def _pause(self, attempt: int, error: CallError) -> None:
        longest = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2**attempt)
        pause = error.retry_after if error.retry_after is not None else longest * (0.5 + self._around.chance() / 2)
        if pause >= self._left():
            if error.retry_after is not None:
                raise CallError(error.outcome, f"{error} and wants {pause:.0f} s of rest", error.heard) from error
            raise error
        self._around.sleep(pause)

    def _require_open(self) -> None:
        if self._left() <= 0:
            raise EngineError(f"its {self._engine.seconds:.0f} s were not enough")
        rest = self._engine.breaker.rest_left()
        if rest:
            raise EngineError(f"it failed several times in a row and is left alone for another {rest:.0f} s")

    def _left(self) -> float:
        return self._ends_at - self._around.clock()

    def _record(self, outcome: Outcome, messages: list[Message], heard: Heard, seconds: float) -> None:
        """Keep what a call took; where the server did not count tokens, about how many there were."""
        counted = heard.tokens_in + heard.tokens_out > 0
        unread = outcome in ("unreachable", "rate limited", "failed", "rejected")
        tokens_in = heard.tokens_in if counted else 0 if unread else _estimate(messages)
        tokens_out = heard.tokens_out if counted else estimated_tokens(heard.characters)
        call = ModelCall(
            engine=ENGINE,
            model=self._engine.name,
            prompt_hash=prompt_hash(),
            tokens_in=tokens_in,
            tokens_out=tokens_out,
            estimated=not counted and not (unread and not heard.characters),
            cost_micro_usd=cost(self._engine.price, tokens_in, tokens_out),
            seconds=seconds,
            outcome=outcome,
        )
        self._calls.append(call)
        self._around.record(call)


def _estimate(messages: list[Message]) -> int:
    return estimated_tokens(sum(len(text) for _, text in messages))
