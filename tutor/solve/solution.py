"""What solving yields: the answer, how sure it is, and for every option the reasons with the passages that carry them.

A guess is said to be one: an option about which nothing was found has a reason that says so and cites nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tutor.engines.engine import Quote
from tutor.read.document import Passage
from tutor.solve.question import Question

Verdict = Literal["for", "against", "open"]
Proof = Literal["agree", "abstain", "disagree"]

_SAID: Mapping[Verdict, str] = {"for": "For it: ", "against": "Against it: ", "open": ""}

NOTHING_FOUND = "I found nothing that decides about this option."


@dataclass(frozen=True)
class Reason:
    """What was found about an option."""

    text: str
    says: Verdict = "open"
    quote: Quote | None = None


@dataclass(frozen=True)
class Solution:
    """A question, solved or guessed."""

    question: Question
    answer: tuple[str, ...]
    """The letters of the options that were chosen, in the question's order."""
    confidence: float
    """How likely the answer is to be right, between 0 and 1, as calibrated on questions of our own."""
    reasons: tuple[tuple[Reason, ...], ...]
    """For each option, the strongest first; at least one."""
    weights: tuple[float, ...]
    """How much speaks for each option; the weights of a question add up to 1."""
    guessed: bool = False
    """Whether nothing was found that decides."""
    passages: Mapping[str, Passage] = field(default_factory=dict)
    """The passages that the reasons quote, by their ids."""

    def as_json(self) -> dict[str, Any]:
        """The solution in the shape that the command line promises."""
        quotes = self.quotes
        return {
            "id": self.question.id,
            "answer": list(self.answer),
            "confidence": round(self.confidence, 3),
            "guessed": self.guessed,
            "reasons": {
                letter: " ".join(self.say(reason) for reason in reasons)
                for letter, reasons in zip(self.question.letters, self.reasons, strict=True)
            },
            "citations": [
                {"n": number, **self._place(quote), "quote": quote.text} for number, quote in enumerate(quotes, start=1)
            ],
        }

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """What is cited: number 1 is the first."""
        found = (reason.quote for reasons in self.reasons for reason in reasons)
        return tuple(dict.fromkeys(quote for quote in found if quote))

    def say(self, reason: Reason) -> str:
        """A reason with what it says of the option, and the number of its citation."""
        told = f"{_SAID[reason.says]}{reason.text}"
        return f"{told} [{self.quotes.index(reason.quote) + 1}]" if reason.quote else told

    def _place(self, quote: Quote) -> dict[str, Any]:
        passage = self.passages[quote.passage]
        source = passage.source.url if passage.source else None
        return {"doc": passage.doc, "heading": passage.heading, "source_url": source}
