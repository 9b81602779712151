"""Drafted statements in; verified citations out, or the reason why there are none.

A citation holds when its passage was among those given to the engine, its quote stands in that passage and is no
instruction to a model, and the quotes support the statement: they contain it word for word, or `tutor.answer.support`
finds no flaw.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tutor.answer.support import flaw
from tutor.engines.engine import DraftStatement, Quote
from tutor.engines.instructions import is_order_in
from tutor.read.document import Passage

Fault = Literal["no quote", "unknown passage", "quote not in passage", "an instruction", "not supported", "ruled out"]


@dataclass(frozen=True)
class Span:
    """Where a quote stands: `passage.text[start:end]`."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.passage.text[self.start : self.end]


def verify(statement: DraftStatement, passages: Mapping[str, Passage]) -> tuple[Span, ...] | Fault:
    """Locate every quote of a statement and decide whether together they support it."""
    if not statement.quotes:
        return "no quote"
    spans = []
    for quote in statement.quotes:
        span = locate(quote, passages)
        if isinstance(span, str):
            return span
        if span.passage.layer != "shipped" and is_order_in(span.passage, span.start, span.end):
            return "an instruction"
        spans.append(span)
    about = " ".join(f"{span.passage.title} {span.passage.heading} {span.passage.text}" for span in spans)
    return tuple(spans) if supports("\n".join(span.text for span in spans), statement.text, about) else "not supported"


def locate(quote: Quote, passages: Mapping[str, Passage]) -> Span | Fault:
    """Find a quote in its passage, forgiving white space only."""
    passage = passages.get(quote.passage)
    if passage is None:
        return "unknown passage"
    words = quote.text.split()
    if not words:
        return "no quote"
    if (begin := passage.text.find(quote.text)) >= 0 and quote.text == quote.text.strip():
        return Span(passage, begin, begin + len(quote.text))  # as it stands, which is much quicker
    match = re.search(r"\s+".join(map(re.escape, words)), passage.text)
    return Span(passage, match.start(), match.end()) if match else "quote not in passage"


def supports(evidence: str, statement: str, about: str = "") -> bool:
    """Whether `evidence`, which stands in passages `about` something, carries `statement`."""
    said = _says_word_for_word(" ".join(evidence.split()), " ".join(statement.split()))
    return said or flaw(evidence, statement, about) is None


def _says_word_for_word(evidence: str, statement: str) -> bool:
    """Whether the statement stands there from a sentence's beginning on: the end of one may say the reverse."""
    before, found, _ = evidence.partition(statement) if statement else ("", "", "")
    return bool(found) and (not before.strip() or before.rstrip()[-1] in ".!?:;|")
