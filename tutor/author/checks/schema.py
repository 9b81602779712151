"""Whether a drafted item is an item at all: an ask, options that differ, a key among them, an explanation for each."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.author.checks.verdict import Fault
from tutor.author.item import DraftItem
from tutor.index.terms import terms

FEWEST_OPTIONS, MOST_OPTIONS = 2, 6


def schema_faults(item: DraftItem) -> Iterator[Fault]:
    """What is missing or doubled."""
    count = len(item.options)
    if not FEWEST_OPTIONS <= count <= MOST_OPTIONS:
        yield Fault("schema", "number of options", words=str(count))
    if not item.stem.strip():
        yield Fault("schema", "no stem")
    if not item.ask.strip():
        yield Fault("schema", "no ask")
    if not item.key or len(item.key) >= count:
        yield Fault("schema", "key", words=f"{len(item.key)} of {count} options are right")
    if any(not 0 <= place < count for place in item.key) or len(set(item.key)) != len(item.key):
        yield Fault("schema", "key outside the options", words=str(item.key))
    for place, option in enumerate(item.options):
        letter = item.letters[place]
        if not option.text.strip():
            yield Fault("schema", "empty option", letter)
        if not option.explanation:
            yield Fault("schema", "no explanation", letter)
        for other in range(place):
            if _same(option.text, item.options[other].text):
                yield Fault("schema", "the same option twice", f"{item.letters[other]} and {letter}", option.text)


def _same(one: str, other: str) -> bool:
    """Whether two options say the same in the same order, whatever the endings and small words."""
    return tuple(terms(one)) == tuple(terms(other))
