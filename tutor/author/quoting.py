"""A reason and the passage that gives it in; the sentences of the passage that carry the reason out.

Authors of item models name a passage, not its words. What a learner should see is the sentence in it that says so: the
one that supports the reason and is nearest to it by its words; where none does alone, two; where no two do, the nearest
one, and `is_supported` says no.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from itertools import combinations

from tutor.answer.citations import supports
from tutor.author.item import DraftItem, ItemOption
from tutor.engines.engine import DraftStatement, Quote
from tutor.index.terms import terms
from tutor.read.document import Passage
from tutor.read.statements import statements

NEAREST = 5
"""So many of the nearest statements are tried alone and in pairs."""

_RULE = re.compile(r"\|[\s:|-]+\|?$")


def with_quotes(item: DraftItem, passages: Mapping[str, Passage]) -> DraftItem:
    """The item with the words of its passages in every quote that names a passage without words."""
    options = tuple(
        ItemOption(option.text, tuple(_quoted(one, passages) for one in option.explanation), option.id)
        for option in item.options
    )
    return item.with_options(options)


def is_supported(statement: DraftStatement, passages: Mapping[str, Passage]) -> bool:
    """Whether the quotes that were found carry the statement."""
    cited = [passages[quote.passage] for quote in statement.quotes if quote.passage in passages]
    about = " ".join(f"{passage.title} {passage.heading} {passage.text}" for passage in cited)
    return supports("\n".join(quote.text for quote in statement.quotes), statement.text, about)


def _quoted(statement: DraftStatement, passages: Mapping[str, Passage]) -> DraftStatement:
    quotes = tuple(found for quote in statement.quotes for found in _filled(quote, statement.text, passages))
    return DraftStatement(statement.text, quotes)


def _filled(quote: Quote, reason: str, passages: Mapping[str, Passage]) -> Iterator[Quote]:
    passage = passages.get(quote.passage)
    if quote.text or passage is None:
        yield quote
        return
    about = f"{passage.title} {passage.heading} {passage.text}"
    yield from (Quote(quote.passage, words) for words in nearest(reason, passage.text, about))


@functools.lru_cache(maxsize=20_000)
def nearest(reason: str, text: str, about: str) -> tuple[str, ...]:
    """The one or two statements of a passage's text that carry a reason best."""
    wanted = set(terms(reason))
    units = sorted(dict.fromkeys(_units(text)), key=lambda unit: -_nearness(wanted, unit))[:NEAREST]
    if not units:
        return ()
    for unit in units:
        if supports(unit, reason, about):
            return (unit,)
    for pair in combinations(units, 2):
        if supports("\n".join(pair), reason, about):
            return tuple(sorted(pair, key=text.index))
    return (units[0],)


def _nearness(wanted: set[str], unit: str) -> float:
    """How much of the reason stands in the unit; of two alike, the shorter one is nearer."""
    words = set(terms(unit))
    return len(wanted & words) - len(words) / 1000


def _units(text: str) -> Iterator[str]:
    """Statements, and of tables each row."""
    for statement in statements(text):
        if statement.form != "table":
            yield statement.text
            continue
        rows = [row.strip() for row in statement.text.splitlines()]
        yield from (row for row in rows if not _RULE.match(row))
