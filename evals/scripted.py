"""A scripted model over loopback: a real client speaks a real wire format to it; it needs no network and no key.

It reads the rules and the passages it is sent, and answers by script: it picks whole sentences that share words with
the question, rewords some, and falsifies some on purpose, which the check of citations should keep from readers. It
keeps to the rules that it finds in the prompt and lapses where one is gone, so that a rule which falls out of a prompt
shows. How well a real model answers it cannot tell.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tutor.errors import EngineError
from tutor.index.terms import terms
from tutor.read.statements import statements
from tutor.settings import ModelSetting, Price

NAME = "openai:scripted"
MOST_STATEMENTS = 5
FEWEST_SHARED = 0.2
"""A question that shares less of its words with every passage has no answer there."""

_RULES = {
    "exact quotes": r"character by\s+character|verbatim",
    "exact numbers": r"numbers[^.]*exactly",
    "leading statement": r"begin with the statement that answers",
    "several statements": r"two to six statements",
    "nothing from elsewhere": r"answer from the passages alone",
    "may be empty": r"return an empty list",
    "form": r"\"statements\"\s*:\s*\[",
}
_PASSAGE = re.compile(r'<passage \w+ number="(\d+)"[^\n]*\n(.*?)\n</passage', re.DOTALL)
_QUESTION = re.compile(r"<question \w+>\n(.*?)\n</question", re.DOTALL)
_OTHER_WORDS = ((" fits ", " suits "), (" needs ", " requires "), (", because ", ", since "), (" cannot ", " can't "))


@dataclass(frozen=True)
class _Sentence:
    passage: int
    text: str
    shared: float


@dataclass
class Script:
    """What the model says, and what of it was false."""

    lies: list[str] = field(default_factory=list)
    """Every falsified statement that it drafted."""

    def reply(self, body: Any) -> str:
        """Answer one request of an OpenAI-compatible client."""
        messages = body["messages"]
        rules = {name for name, sign in _RULES.items() if re.search(sign, messages[0]["content"], re.IGNORECASE)}
        asked = messages[1]["content"]
        question = _QUESTION.search(asked)
        passages = {int(number): text for number, text in _PASSAGE.findall(asked)}
        drafted = self._draft(question[1] if question else "", passages, rules)
        if "form" not in rules:
            return "\n\n".join(text for text, _, _ in drafted) or "I do not know."
        entries = [{"text": text, "citations": [{"passage": at, "quote": quote}]} for text, at, quote in drafted]
        return json.dumps({"statements": entries})

    def _draft(self, question: str, passages: dict[int, str], rules: set[str]) -> list[tuple[str, int, str]]:
        wanted = set(terms(question))
        found = [_Sentence(at, one, _shared(wanted, one)) for at, text in passages.items() for one in _sentences(text)]
        if "may be empty" in rules and max((one.shared for one in found), default=0.0) < FEWEST_SHARED:
            return []
        if "leading statement" in rules:
            found.sort(key=lambda one: -one.shared - 0.2 / one.passage)
        chosen = found[: MOST_STATEMENTS if "several statements" in rules else 1]
        drafted = [self._told(one, rules) for one in chosen]
        if "nothing from elsewhere" not in rules and chosen:
            drafted.append(("Most teams choose the newest product in such a case.", chosen[0].passage, chosen[0].text))
        return drafted

    def _told(self, one: _Sentence, rules: set[str]) -> tuple[str, int, str]:
        """A sentence as it stands, in other words, or falsified, as chance has it, always alike."""
        text, chance = one.text, hashlib.sha256(one.text.encode()).digest()[0] % 5
        if chance == 0:
            text = _falsified(text)
            if text != one.text:
                self.lies.append(text)
        elif chance < 3:
            for words, others in _OTHER_WORDS:
                text = text.replace(words, others)
        if "exact numbers" not in rules:
            text = re.sub(r"(?<![\w.,])\d{2,}(?![\w.,])", lambda match: str(round(int(match[0]), -1)), text)
        quote = one.text if "exact quotes" in rules else " … ".join([one.text[:40], one.text[-40:]])
        return text, one.passage, quote


def _sentences(text: str) -> list[str]:
    found = [" ".join(one.text.split()) for one in statements(text) if one.form in ("sentence", "entry", "step")]
    return [one for one in found if not one.endswith(":")]


def _shared(wanted: set[str], text: str) -> float:
    return len(wanted & set(terms(text))) / len(wanted) if wanted else 0.0


def _falsified(text: str) -> str:
    """The same with another number, without its "not", or with one more."""
    if match := re.search(r"(?<![\w.,])\d+(?![\w.,])", text):
        return f"{text[: match.start()]}{int(match[0]) + 3}{text[match.end() :]}"
    if match := re.search(r"\b(?:not|never) ", text):
        return text[: match.start()] + text[match.end() :]
    if match := re.search(r"\b(?:is|are|can|may|must|does) ", text):
        return f"{text[: match.end()]}not {text[match.end() :]}"
    return text


@contextmanager
def scripted_model() -> Iterator[tuple[ModelSetting, Script]]:
    """The scripted model as settings name it, while it listens."""
    try:
        from tests.engines.servers import Saying, serving
    except ImportError as error:
        raise EngineError(f"The scripted model is part of the tests ({error}). Run this from a checkout.") from error
    script = Script()
    with serving("openai", Saying(script.reply)) as server:
        yield ModelSetting(NAME, server.url, Price(0.3, 2.5)), script
