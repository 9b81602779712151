"""Chat models that say what a test tells them to, and engines around them."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

from langchain_core.messages import AIMessageChunk

from tutor.engines.breaker import Breaker
from tutor.engines.llm import LanguageModelEngine, Surroundings
from tutor.engines.prompt import Message
from tutor.engines.spending import ModelCall, SpendingLimit
from tutor.read.document import Passage
from tutor.settings import Price

Script = str | BaseException | Callable[[list[Message]], str]

TEXT = "Kettle trains once a day. It accepts at most 5,000 series. Samovar never trains."
PASSAGE = Passage("kettle#how", "kettle", "Kettle", ("How it works",), TEXT, 0, len(TEXT))
OTHER_TEXT = "Samovar reads pictures of tea cups and names the tea."
OTHER = Passage("samovar#what", "samovar", "Samovar", ("What it is",), OTHER_TEXT, 0, len(OTHER_TEXT))


class ScriptedModel:
    """Says one entry of its script after the other, then repeats the last."""

    def __init__(self, *script: Script, finish: str = "stop", tokens: tuple[int, int] | None = (100, 20)) -> None:
        self._script = list(script)
        self._finish = finish
        self._tokens = tokens
        self.heard: list[list[Message]] = []

    def stream(self, messages: list[Message], /) -> Iterator[AIMessageChunk]:
        self.heard.append(messages)
        entry = self._script.pop(0) if len(self._script) > 1 else self._script[0]
        if isinstance(entry, BaseException):
            raise entry
        text = entry if isinstance(entry, str) else entry(messages)
        for start in range(0, len(text), 25):
            yield AIMessageChunk(content=text[start : start + 25])
        last = AIMessageChunk(content="", response_metadata={"finish_reason": self._finish} if self._finish else {})
        if self._tokens:
            given, made = self._tokens
            last.usage_metadata = {"input_tokens": given, "output_tokens": made, "total_tokens": given + made}
        yield last


class FakeTime:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def said(*statements: tuple[str, int, str] | dict[str, Any]) -> str:
    """An answer in the form that models must return, of (text, passage, quote)."""
    entries = [
        one if isinstance(one, dict) else {"text": one[0], "citations": [{"passage": one[1], "quote": one[2]}]}
        for one in statements
    ]
    return json.dumps({"statements": entries})


GOOD = said(("Kettle trains once a day.", 1, "Kettle trains once a day."))


def quoting(messages: list[Message]) -> str:
    """Quote the first sentence of the first passage that was given."""
    shown = re.search(r'<passage \w+ number="1"[^\n]*\n(.*?)\n</passage', messages[1][1], re.DOTALL)
    assert shown
    sentence = shown[1].split(". ")[0].split("\n")[0]
    return said((sentence, 1, sentence))


def quoting_ollama(body: Any) -> str:
    """The same, of a request as Ollama's client sends it."""
    return quoting([(message["role"], message["content"]) for message in body["messages"]])


def engine_of(
    model: Any,
    *,
    name: str = "scripted:model",
    price: Price | None = None,
    limit_usd: float | None = None,
    spent: Callable[[], float] = lambda: 0.0,
    faked: FakeTime | None = None,
    seconds: float = 5.0,
    calls: list[ModelCall] | None = None,
    breaker: Breaker | None = None,
    writing: Callable[[int], None] | None = None,
) -> LanguageModelEngine:
    """An engine around a model; its clock stands still where `faked`."""
    around = Surroundings(
        record=(calls if calls is not None else []).append,
        clock=faked.clock if faked else time.monotonic,
        sleep=faked.sleep if faked else time.sleep,
        chance=lambda: 1.0,
    )
    return LanguageModelEngine(
        name=name,
        open_model=lambda: model,
        limit=SpendingLimit(limit_usd, spent),
        breaker=breaker or Breaker(around.clock),
        price=price,
        seconds=seconds,
        writing=writing,
        around=around,
    )
