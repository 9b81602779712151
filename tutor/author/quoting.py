"""A reason and the passage that gives it in; the sentences of the passage that carry the reason out.

Authors of decision models name a passage, not its words. What a learner should see is the sentence in it that says so:
the nearest by its words that carries the reason; where none does alone, two. A reason that goes beyond its passage is
taken apart, so that the reader sees what is documented and what is concluded: the half that the passage carries has
the citation, or the passage's nearest sentence stands for that half or beside the reason. A reason of which the passage
says next to nothing is not given. Quotes that have words already stay as they are.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Protocol

from tutor.answer.citations import verify
from tutor.author.former_names import without_former_names
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
ALIKE = 0.6
"""From this share of the shorter one's words on half a reason and a sentence say the same; of a whole one's words, a
whole one."""
SAYS_ALL = 0.75
"""A cell that has, with the names of its row and column, this share of a reason's words stands for it."""
FEWEST_WORDS, MOST_WORDS = 4, 34
"""Half a reason has at least so many words; what stands for one is a sentence of at most so many."""
IN_ROW = "For “{}”, the table under “{}” says:"
"""What leads to a cell: the names of its row and its column."""
IN_ROW_ALONE = "Of “{}” the table says:"

_JOINT = re.compile(r"(?<=[:;])\s|,\s(?=(?:so|because|and|but|which|while|whereas|not|nor|as|since)\s)")
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
    """Where it does not carry the reason: its nearest sentence, or cell of a table; empty where none is near."""
    row: str = ""
    """Where that is a cell: what leads to it, by its row and column."""


@dataclass(frozen=True)
class Unit:
    """The least that is quoted."""

    text: str
    words: frozenset[str]
    is_head: bool = False
    """Whether it is the head of a table."""
    head: str = ""
    """Of a row: the head of its table."""


def with_quotes(item: DraftItem, passages: Mapping[str, Passage]) -> DraftItem:
    """The item with the words of its passages in every quote that names a passage without words."""
    return item.with_options(
        tuple(
            replace(option, explanation=once(said for one in option.explanation for said in cited(one, passages)))
            for option in item.options
        )
    )


def once(statements: Iterable[DraftStatement]) -> tuple[DraftStatement, ...]:
    """The statements without those that say again what stands before them, and without what leads to such a one."""
    kept: list[DraftStatement] = []
    for one in statements:
        if one.text.rstrip(",;:.") not in {other.text.rstrip(",;:.") for other in kept}:
            kept.append(one)
        elif kept[-1].text.endswith(":") and not kept[-1].quotes:
            kept.pop()
    return tuple(kept)


def quoted(statement: DraftStatement, passages: Mapping[str, Passage]) -> DraftStatement:
    """The statement with the nearest words in a quote that names a passage without words."""
    if not _is_open(statement, passages):
        return statement
    place = statement.quotes[0].passage
    found = nearest(statement.text, passages[place])
    return DraftStatement(statement.text, tuple(Quote(place, words) for words in found.quotes))


def cited(statement: DraftStatement, passages: Mapping[str, Passage]) -> Iterator[DraftStatement]:
    """The statement with its quotes; one that its passage does not carry as a whole is taken apart."""
    if not _is_open(statement, passages):
        yield statement
        return
    passage = passages[statement.quotes[0].passage]
    for text, quotes in _told(statement.text, passage):
        yield DraftStatement(text, tuple(Quote(passage.id, words) for words in quotes))


@functools.lru_cache(maxsize=20_000)
def _told(reason: str, passage: Passage) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A reason as a row of texts, each with the words of the passage that carry it."""
    found = nearest(reason, passage)
    if found.carries or not found.says:
        return ((reason, found.quotes),)
    halves = [(reason[: at.start()], reason[at.end() :], at[0]) for at in _JOINT.finditer(reason)]
    halves = [half for half in halves if min(len(half[0].split()), len(half[1].split())) >= FEWEST_WORDS]
    for head, tail, joint in reversed(halves):
        if _carries((carrying := nearest(head, passage)).quotes, head + joint.rstrip(), passage):
            return ((head + joint.rstrip(), carrying.quotes), (tail, ()))
    for head, tail, joint in halves:
        if (carrying := nearest(tail, passage)).carries:
            return ((head + joint.rstrip(), ()), (tail, carrying.quotes))
    if found.row:
        beside = ((found.row, ()), (found.says, found.quotes))
        in_full = f"{found.row} {found.says}"
        return (
            beside
            if len(_words(reason) & _words(in_full)) >= SAYS_ALL * len(_words(reason))
            else ((reason, ()), *beside)
        )
    for head, tail, joint in halves:
        said = found.says.rstrip(".") + joint.rstrip()
        if joint != " " and _are_alike(head, found.says) and _carries(found.quotes, said, passage):
            return ((said, found.quotes), (tail, ()))
    if _are_alike(reason, found.says) and len(_words(reason) & _words(found.says)) >= ALIKE * len(_words(reason)):
        return ((found.says, found.quotes),)
    return ((reason, ()), (found.says, found.quotes))


def _are_alike(one: str, other: str) -> bool:
    """Whether two texts say much the same, so that one of them is enough."""
    fewer = min(len(_words(one)), len(_words(other)))
    return len(other.split()) <= MOST_WORDS and len(_words(one) & _words(other)) >= ALIKE * max(1, fewer)


def _words(text: str) -> frozenset[str]:
    return frozenset(terms(text))


def _is_open(statement: DraftStatement, passages: Mapping[str, Passage]) -> bool:
    """Whether it has one quote, whose passage is there and whose words are not."""
    return len(statement.quotes) == 1 and not statement.quotes[0].text and statement.quotes[0].passage in passages


def carrier(passages: Mapping[str, Passage]) -> Callable[[Grounded], bool]:
    """What tells whether a reason can be given with a citation of its passage; without any passages all can."""

    def carried(given: Grounded) -> bool:
        passage = passages.get(given.passage)
        if passage is None:
            return not passages
        found = nearest(without_former_names(given.because), passage)
        return found.carries or bool(found.says)

    return carried


@functools.lru_cache(maxsize=20_000)
def nearest(reason: str, passage: Passage) -> Found:
    """The one or two statements of a passage that carry a reason best, in their order there, and whether they do."""
    wanted = frozenset(terms(reason))
    units = _units(passage.text)
    ordered = sorted(units, key=lambda unit: -_nearness(wanted, unit, units))[:NEAREST]
    with_heads = [(_headed(unit, units), unit) for unit in ordered if unit.head]
    for some in (*combinations(ordered, 1), *combinations(ordered, 2), *with_heads):
        known = frozenset[str]().union(*(unit.words for unit in some))
        evidence = tuple(sorted((unit.text for unit in some), key=passage.text.index))
        # `verify` would find out too, but takes a hundred times as long.
        if len(wanted & known) >= LEAST_SHARED * len(wanted) and _carries(evidence, reason, passage):
            return Found(evidence, True)
    for unit in sorted(ordered, key=lambda unit: unit.text.startswith("|")):
        if not unit.is_head and len(wanted & unit.words) >= LEAST_NEAR * len(wanted):
            row, says = _in_words(unit, wanted)
            return Found((unit.text,), False, says if _carries((unit.text,), says, passage) else "", row)
    return Found(tuple(unit.text for unit in ordered[:1]), False)


def _headed(row: Unit, units: Sequence[Unit]) -> Unit:
    """The head of the table in which a row stands."""
    return next(unit for unit in units if unit.text == row.head)


def _in_words(unit: Unit, wanted: frozenset[str]) -> tuple[str, str]:
    """A sentence as it stands; of a row the cell that is nearest to the wanted words, led by its row and column."""
    if not unit.text.startswith("|"):
        return "", without_former_names(" ".join(unit.text.split()))
    first, *others = _cells(unit.text)
    place = max(range(len(others)), key=lambda at: (len(wanted & frozenset(terms(others[at]))), bool(others[at]), -at))
    heads = _cells(unit.head)[1:]
    named = place < len(heads) and heads[place]
    lead = IN_ROW.format(first, heads[place]) if named else IN_ROW_ALONE.format(first)
    return lead, f"{others[place][:1].upper()}{others[place][1:]}."


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().removeprefix("|").removesuffix("|").split("|")]


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
    found: dict[str, Unit] = {}
    for statement in statements(text):
        if statement.form == "table":
            head, *rows = (row.strip() for row in statement.text.splitlines())
            found[head] = Unit(head, frozenset(terms(head)), is_head=True)
            found |= {row: Unit(row, frozenset(terms(row)), head=head) for row in rows if not _RULE.match(row)}
        elif statement.form != "code":
            found[statement.text] = Unit(statement.text, frozenset(terms(statement.text)))
    return tuple(found.values())
