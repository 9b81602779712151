"""An item of the bank, its model and the passages as they are now in; what no longer holds of it out.

Schema, lint, key and citations are checked as for a new item. Novelty is not: the item would be found like itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tutor.author.checks.lint import lint
from tutor.author.checks.proof import key_faults
from tutor.author.checks.schema import schema_faults
from tutor.author.checks.support import citation_faults
from tutor.author.checks.verdict import Fault
from tutor.author.item import DraftItem
from tutor.read.document import Passage
from tutor.read.item_models.kinds import ItemModel


def recheck(item: DraftItem, model: ItemModel | None, passages: Mapping[str, Passage]) -> Iterator[Fault]:
    """Every fault that the item has now."""
    if item.model and model is None:
        yield Fault("key", "its model is gone", words=item.model)
    found = list(schema_faults(item))
    yield from found
    if not found:
        yield from lint(item)
        yield from key_faults(item, model)
        yield from citation_faults(item, passages)
