"""Decision models and pages in, precedents out: what our knowledge says of a choice under a circumstance.

A precedent is a ruling of a decision model, or a statement of a page whose heading says what it is for. Nothing else of
the corpus is used: text that merely sounds like a question says nothing about which option is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tutor.read.document import Passage
from tutor.read.item_models.decision import DecisionModel
from tutor.read.statements import statements

_PURPOSES = {
    "When to choose it": 1,
    "When not to choose it": -1,
    "What the exam turns on": 1,
    "Common mistakes": -1,
}


@dataclass(frozen=True)
class Precedent:
    """Under this circumstance, this choice fits, or fails."""

    circumstances: tuple[str, ...]
    """The same circumstance in one or more wordings."""
    choices: tuple[str, ...]
    """The same choice in one or more wordings."""
    sign: int
    """1 where the choice fits, -1 where it fails."""
    because: str
    passage: str
    quote: str
    origin: str
    """The decision model it comes from, or the heading of a page."""


def from_models(models: Iterable[DecisionModel]) -> Iterator[Precedent]:
    """The rulings of decision models."""
    for model in models:
        facts = {fact.id: fact.wordings for fact in model.facts}
        options = {option.id: (*option.wordings, option.name) for option in model.options}
        for ruling in model.rulings:
            sign = 1 if ruling.says == "fits" else -1
            yield Precedent(
                facts[ruling.fact], options[ruling.option], sign, ruling.because, ruling.passage, "", model.id
            )


def from_pages(passages: Iterable[Passage]) -> Iterator[Precedent]:
    """The statements of pages that say what points where."""
    for passage in passages:
        sign = _PURPOSES.get(passage.headings[0])
        if sign:
            for statement in statements(passage.text):
                if statement.form in ("sentence", "entry"):
                    text = statement.text
                    yield Precedent((text,), (text,), sign, text, passage.id, text, passage.headings[0])
