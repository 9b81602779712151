"""Whether every sentence of an item's explanations is carried by the passages that it cites."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from tutor.answer.citations import verify
from tutor.author.checks.verdict import Fault
from tutor.author.item import DraftItem
from tutor.engines.engine import DraftStatement
from tutor.read.document import Passage


def citation_faults(item: DraftItem, passages: Mapping[str, Passage]) -> Iterator[Fault]:
    """Statements whose citations do not hold. What cites nothing repeats the item or concludes from it."""
    for letter, option in zip(item.letters, item.options, strict=True):
        cited = [statement for statement in option.explanation if statement.quotes]
        if not cited:
            yield Fault("citations", "nothing is cited", letter)
        for statement in cited:
            if fault := _fault(statement, tuple(passages.get(quote.passage) for quote in statement.quotes)):
                yield Fault("citations", fault, letter, statement.text)


@functools.lru_cache(maxsize=50_000)
def _fault(statement: DraftStatement, passages: tuple[Passage | None, ...]) -> str:
    """The same reason is given in many items: deciding about it once is enough."""
    found = verify(statement, {passage.id: passage for passage in passages if passage})
    return found if isinstance(found, str) else ""
