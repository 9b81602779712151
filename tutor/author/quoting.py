"""A reason and the passage that gives it in; the sentences of the passage that carry the reason out.

Authors of decision models name a passage, not its words. What a learner should see is the sentence in it that says so:
the nearest by its words that carries the reason; where none does alone, two. A reason that goes beyond its passage is
given without a citation, and the passage's nearest sentence is cited behind it in its own words, so that the reader
sees what is documented and what is concluded. A reason of which the passage says next to nothing is not given.
Quotes that have words already stay as they are.
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
LEAST_NEAR = 0.4
"""A sentence that has a smaller share of a reason's words is about something else."""
BESIDE = DraftStatement("In the documentation:", ())
"""What leads to a sentence that stands beside a reason without carrying it."""

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
    says: str = ""
    """Where it does not carry the reason: its nearest sentence, in its own words; empty where none is near."""


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
            replace(option, explanation=tuple(said for one in option.explanation for said in cited(one, passages)))
            for option in item.options
        )
    )


def quoted(statement: DraftStatement, passages: Mapping[str, Passage]) -> DraftStatement:
    """The statement with the nearest words in a quote that names a passage without words."""
    if not _is_open(statement, passages):
        return statement
    place = statement.quotes[0].passage
    found = nearest(statement.text, passages[place])
    return DraftStatement(statement.text, tuple(Quote(place, words) for words in found.quotes))


def cited(statement: DraftStatement, passages: Mapping[str, Passage]) -> Iterator[DraftStatement]:
    """The statement with its quotes; where its passage does not carry it, what the passage says stands beside it."""
    with_words = quoted(statement, passages)
    found = nearest(statement.text, passages[statement.quotes[0].passage]) if _is_open(statement, passages) else None
    if found is None or found.carries or not found.says:
        yield with_words
        return
    yield DraftStatement(statement.text, ())
    yield BESIDE
    yield DraftStatement(found.says, with_words.quotes)


def _is_open(statement: DraftStatement, passages: Mapping[str, Passage]) -> bool:
    """Whether it has one quote, whose passage is there and whose words are not."""
    return len(statement.quotes) == 1 and not statement.quotes[0].text and statement.quotes[0].passage in passages


def carrier(passages: Mapping[str, Passage]) -> Callable[[Grounded], bool]:
    """What tells whether a reason can be given with a citation of its passage; without any passages all can."""

    def carried(given: Grounded) -> bool:
        passage = passages.get(given.passage)
        if passage is None:
            return not passages
        found = nearest(given.because, passage)
        return found.carries or bool(found.says)

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
    for unit in sorted(ordered, key=lambda unit: unit.text.startswith("|")):
        if not unit.is_head and len(wanted & unit.words) >= LEAST_NEAR * len(wanted):
            tellings = (_in_words(unit.text, wanted), _in_words(unit.text))
            says = next((told for told in tellings if _carries((unit.text,), told, passage)), "")
            return Found((unit.text,), False, says)
    return Found(tuple(unit.text for unit in ordered[:1]), False)


def _in_words(unit: str, wanted: frozenset[str] | None = None) -> str:
    """A sentence as it stands; a row of a table as `first: second; third`, of these what has a wanted word."""
    if not unit.startswith("|"):
        return " ".join(unit.split())
    first, *others = (cell.strip() for cell in unit.strip("|").split("|"))
    told = [cell for cell in others if cell and (wanted is None or wanted & set(terms(cell)))]
    return f"{first}: {'; '.join(told or others)}."


def _carries(evidence: Sequence[str], reason: str, passage: Passage) -> bool:
    statement = DraftStatement(reason, tuple(Quote(passage.id, words) for words in evidence))
    return not isinstance(verify(statement, {passage.id: passage}), str)


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
