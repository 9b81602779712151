"""A reason and the passage that gives it in; the sentences of the passage that carry the reason out.

Authors of decision models name a passage, not its words. What a learner should see is the sentence in it that says so:
the one that supports the reason and is nearest to it by its words; where none does alone, two; where no two do, the
nearest one, and `is_supported` says no. Quotes that have words already stay as they are.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from tutor.answer.citations import WORDS_COVERED, supports
from tutor.author.item import DraftItem
from tutor.engines.engine import DraftStatement, Quote
from tutor.index.terms import terms
from tutor.read.document import Passage
from tutor.read.statements import statements

NEAREST = 5
"""So many of the nearest statements are tried alone and in pairs."""

_RULE = re.compile(r"\|[\s:|-]+\|?$")
_HEAD_SHARE = 0.6
"""How near the head of a table is beside a sentence with the same words: it says what is in the rows, not how it is."""


@dataclass(frozen=True)
class Unit:
    """The least that is quoted."""

    text: str
    words: frozenset[str]
    is_head: bool
    """Whether it is the head of a table."""


def with_quotes(item: DraftItem, passages: Mapping[str, Passage]) -> DraftItem:
    """The item with the words of its passages in every quote that names a passage without words."""
    return item.with_options(
        tuple(
            replace(option, explanation=tuple(quoted(one, passages) for one in option.explanation))
            for option in item.options
        )
    )


def quoted(statement: DraftStatement, passages: Mapping[str, Passage]) -> DraftStatement:
    """The statement with words in each of its quotes whose passage is there."""
    quotes = tuple(found for quote in statement.quotes for found in _filled(quote, statement.text, passages))
    return DraftStatement(statement.text, quotes)


def is_supported(statement: DraftStatement, passages: Mapping[str, Passage]) -> bool:
    """Whether the quotes of a statement carry it."""
    cited = [passages[quote.passage] for quote in statement.quotes if quote.passage in passages]
    return supports("\n".join(quote.text for quote in statement.quotes), statement.text, " ".join(map(_about, cited)))


def _about(passage: Passage) -> str:
    return f"{passage.title} {passage.heading} {passage.text}"


def _filled(quote: Quote, reason: str, passages: Mapping[str, Passage]) -> Iterator[Quote]:
    passage = passages.get(quote.passage)
    if quote.text or passage is None:
        yield quote
        return
    yield from (Quote(quote.passage, words) for words in nearest(reason, passage.text, _about(passage)))


@functools.lru_cache(maxsize=20_000)
def nearest(reason: str, text: str, about: str) -> tuple[str, ...]:
    """The one or two statements of a passage's text that carry a reason best, in their order there."""
    wanted = frozenset(terms(reason))
    ordered = sorted(_units(text), key=lambda unit: -_nearness(wanted, unit, _units(text)))[:NEAREST]
    for some in (*combinations(ordered, 1), *combinations(ordered, 2)):
        known = frozenset[str]().union(*(unit.words for unit in some))
        evidence = sorted((unit.text for unit in some), key=text.index)
        # `supports` would find out too, but takes a hundred times as long.
        if len(wanted & known) >= 0.8 * WORDS_COVERED * len(wanted) and supports("\n".join(evidence), reason, about):
            return tuple(evidence)
    return tuple(unit.text for unit in ordered[:1])


def _nearness(wanted: frozenset[str], unit: Unit, units: Sequence[Unit]) -> float:
    """How much of the reason stands in the unit, rare words first; of two alike, the shorter one is nearer."""
    shared = sum(1 / sum(word in other.words for other in units) + 0.5 for word in wanted & unit.words)
    return (shared - len(unit.text) / 2000) * (_HEAD_SHARE if unit.is_head else 1)


@functools.lru_cache(maxsize=5_000)
def _units(text: str) -> tuple[Unit, ...]:
    """Statements, and of tables each row."""
    found: dict[str, bool] = {}
    for statement in statements(text):
        if statement.form == "table":
            rows = [row.strip() for row in statement.text.splitlines()]
            found |= {row: place == 0 for place, row in enumerate(rows) if not _RULE.match(row)}
        elif statement.form != "code":
            found[statement.text] = False
    return tuple(Unit(unit, frozenset(terms(unit)), is_head) for unit, is_head in found.items())
