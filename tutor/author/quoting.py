"""A reason and the passage that gives it in; the sentences of the passage that carry the reason out.

Authors of decision models name a passage, not its words. What a learner should see is the sentence in it that says so:
the nearest by its words that carries the reason; where none does alone, two; where no two do, `carrier` says no, and
the reason is not given. Quotes that have words already stay as they are.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Protocol

from tutor.answer.citations import verify
from tutor.author.item import DraftItem
from tutor.engines.engine import DraftStatement, Quote
from tutor.index.terms import terms
from tutor.read.document import Passage
from tutor.read.statements import statements

NEAREST = 5
"""So many of the nearest statements are tried alone and in pairs."""
LEAST_SHARED = 0.45
"""Statements that have a smaller share of a reason's words are not tried."""

_RULE = re.compile(r"\|[\s:|-]+\|?$")
_HEAD_SHARE = 0.6
"""How near the head of a table is beside a sentence with the same words: it says what is in the rows, not how it is."""


class Grounded(Protocol):
    """Whatever says why and names the passage that says so."""

    @property
    def because(self) -> str:
        """The reason."""

    @property
    def passage(self) -> str:
        """The id of the passage."""


@dataclass(frozen=True)
class Found:
    """What a passage says on a reason."""

    quotes: tuple[str, ...]
    carries: bool


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
    return DraftStatement(statement.text, tuple(_filled(statement, passages)))


def carrier(passages: Mapping[str, Passage]) -> Callable[[Grounded], bool]:
    """What tells whether the passage that a reason names carries it; without any passages all count as carried."""

    def carried(given: Grounded) -> bool:
        passage = passages.get(given.passage)
        return not passages or (passage is not None and nearest(given.because, passage).carries)

    return carried


@functools.lru_cache(maxsize=20_000)
def nearest(reason: str, passage: Passage) -> Found:
    """The one or two statements of a passage that carry a reason best, in their order there, and whether they do."""
    wanted = frozenset(terms(reason))
    units = _units(passage.text)
    ordered = sorted(units, key=lambda unit: -_nearness(wanted, unit, units))[:NEAREST]
    for some in (*combinations(ordered, 1), *combinations(ordered, 2)):
        known = frozenset[str]().union(*(unit.words for unit in some))
        evidence = tuple(sorted((unit.text for unit in some), key=passage.text.index))
        # `verify` would find out too, but takes a hundred times as long.
        if len(wanted & known) >= LEAST_SHARED * len(wanted) and _carries(evidence, reason, passage):
            return Found(evidence, True)
    return Found(tuple(unit.text for unit in ordered[:1]), False)


def _carries(evidence: Sequence[str], reason: str, passage: Passage) -> bool:
    statement = DraftStatement(reason, tuple(Quote(passage.id, words) for words in evidence))
    return not isinstance(verify(statement, {passage.id: passage}), str)


def _filled(statement: DraftStatement, passages: Mapping[str, Passage]) -> Iterator[Quote]:
    for quote in statement.quotes:
        passage = passages.get(quote.passage)
        if quote.text or passage is None:
            yield quote
        else:
            yield from (Quote(quote.passage, words) for words in nearest(statement.text, passage).quotes)


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
