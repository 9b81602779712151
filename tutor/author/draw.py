"""Item models, a wish and a seed in; a drafted item with its quotes out.

Which consideration is exercised follows the weights of the exam guide; which model exercises it, and everything about
the item, follows the seed. Items of one seed are numbered: over a row of numbers considerations and key positions are
spread evenly, and each number by itself always gives the same item. Where no model fits the wish, `InputError` says so.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

from tutor.author import decision
from tutor.author.item import DraftItem, Kind
from tutor.author.quoting import with_quotes
from tutor.author.wanted import Wanted
from tutor.errors import InputError
from tutor.read.document import Passage
from tutor.read.item_models.decision import DecisionModel

GOLDEN = 0.6180339887498949
"""Multiples of the golden ratio spread evenly over a range, however many are taken."""


class ItemModel(Protocol):
    """What a model of any kind says of itself."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def treats(self) -> tuple[str, ...]:
        """The considerations that it exercises."""


@dataclass(frozen=True)
class Source:
    """A model and who drafts from it."""

    kind: Kind
    model: ItemModel
    draft: Callable[[str, Wanted, int | None], DraftItem | None]
    """Seed, wish and the key's position to an item; None where the model cannot yield it."""


def decisions(models: Sequence[DecisionModel]) -> list[Source]:
    """Decision models as sources of items."""

    def drafter(model: DecisionModel) -> Callable[[str, Wanted, int | None], DraftItem | None]:
        return lambda seed, wanted, position: decision.draft(model, seed, wanted, position)

    return [Source("decision", model, drafter(model)) for model in models]


def draw(
    sources: Sequence[Source],
    wanted: Wanted,
    seed: str,
    passages: Mapping[str, Passage],
    *,
    number: int = 0,
    weights: Mapping[str, float] | None = None,
) -> DraftItem:
    """Draw item `number` of a seed. `weights` are the sections' shares of the exam; without them all count alike."""
    name = f"{seed}/{number}"
    for source in _in_order(sources, wanted, seed, number, weights or {}):
        item = source.draft(name, wanted, position(seed, number, wanted.shown))
        if item is not None:
            return with_quotes(item, passages)
    raise InputError(_nothing_fits(wanted))


def position(seed: str, number: int, shown: int) -> int:
    """Where a single key stands: each position once in every run of as many items as there are options."""
    block, place = divmod(number, shown)
    places = list(range(shown))
    random.Random(f"{seed}/positions/{shown}/{block}").shuffle(places)  # noqa: S311 - a draw that can be repeated
    return places[place]


def _in_order(
    sources: Sequence[Source], wanted: Wanted, seed: str, number: int, weights: Mapping[str, float]
) -> list[Source]:
    """The sources that fit, the one that is drawn first; the others in case it cannot yield what is wanted."""
    fitting = [
        source
        for source in sources
        if wanted.kind in (None, source.kind)
        and wanted.model in (None, source.model.id)
        and any(wanted.admits(treats) for treats in source.model.treats)
    ]
    shares = _shares(fitting, wanted, weights)
    if not shares:
        return []
    places = list(accumulate(shares.values()))
    at = (_fraction(seed) + number * GOLDEN) % 1.0 * places[-1]
    _, first = next(entry for entry, end in zip(shares, places, strict=True) if at < end or end == places[-1])
    others = [source for place, source in enumerate(fitting) if place != first]
    random.Random(f"{seed}/{number}/sources").shuffle(others)  # noqa: S311 - a draw that can be repeated
    return [fitting[first], *others]


def _shares(fitting: Sequence[Source], wanted: Wanted, weights: Mapping[str, float]) -> dict[tuple[str, int], float]:
    """How often each consideration is drawn through each source: by section, then alike within it."""
    treating: dict[str, list[int]] = {}
    for place, source in enumerate(fitting):
        for treats in source.model.treats:
            if wanted.admits(treats):
                treating.setdefault(treats, []).append(place)
    sections: dict[str, list[str]] = {}
    for treats in sorted(treating):
        sections.setdefault(treats.partition("/")[2].partition(".")[0], []).append(treats)
    return {
        (treats, place): weights.get(section, 1.0) / len(within) / len(treating[treats])
        for section, within in sections.items()
        for treats in within
        for place in treating[treats]
    }


def _fraction(seed: str) -> float:
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:6]) / 2**48


def _nothing_fits(wanted: Wanted) -> str:
    asked = [
        f"{name} {value}"
        for name, value in (
            ("consideration", wanted.consideration),
            ("objective", wanted.objective),
            ("section", wanted.section),
            ("kind", wanted.kind),
            ("model", wanted.model),
            ("difficulty", wanted.difficulty),
            ("options", wanted.options),
        )
        if value is not None
    ]
    named = ", ".join(asked) or "these filters"
    return f"No item model of edition {wanted.edition} yields an item with {named}. Ask for less at once."
