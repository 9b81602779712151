"""Item models, a wish and a seed in; a drafted item with its quotes out.

Which consideration is exercised follows the weights of the exam guide; which model exercises it, and everything about
the item, follows the seed. Items of one seed are numbered: over a row of numbers considerations and key positions are
spread evenly, and each number by itself always gives the same item; beside recent items, another one where it would be
too much like them. Where no model fits the wish, `InputError` says so.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from tutor.author import decision
from tutor.author.explain import Carried, granted
from tutor.author.item import DraftItem, Kind
from tutor.author.kinds import diagnosis_told, drafters
from tutor.author.quoting import carrier, with_quotes
from tutor.author.recent import Recent
from tutor.author.told import told_case, told_turns
from tutor.author.wanted import Wanted
from tutor.errors import InputError
from tutor.read.document import Passage
from tutor.read.guides.blueprint import Blueprint
from tutor.read.item_models.decision import DecisionModel
from tutor.read.item_models.diagnosis import DiagnosisModel
from tutor.read.item_models.kinds import ItemModel

GOLDEN = 0.6180339887498949
"""Multiples of the golden ratio spread evenly over a range, however many are taken."""
KIND_SHARES: Mapping[Kind, float] = {
    "decision": 1.0,
    "diagnosis": 0.5,
    "quantity": 0.15,
    "reading": 0.15,
    "sequence": 0.08,
    "concept": 0.06,
}
"""How often a model of a kind is drawn beside a decision model: the exam asks for decisions, hardly for terms."""


def draft(
    model: ItemModel,
    seed: str,
    wanted: Wanted,
    position: int | None = None,
    carried: Carried = granted,
    recent: Recent | None = None,
) -> DraftItem | None:
    """Draft an item from a model of any kind; None where the model cannot yield what is wanted."""
    if isinstance(model, DecisionModel):
        return decision.draft(model, seed, wanted, position, carried, recent)
    return drafters.draft(model, seed, wanted, position, recent)


def kind_of(model: ItemModel) -> Kind:
    """The kind of the items that a model yields."""
    return "decision" if isinstance(model, DecisionModel) else model.kind


def draw(
    models: Sequence[ItemModel],
    wanted: Wanted,
    seed: str,
    passages: Mapping[str, Passage],
    *,
    number: int = 0,
    weights: Mapping[str, float] | None = None,
    recent: Recent | None = None,
) -> DraftItem:
    """Draw item `number` of a seed. `weights` are the sections' shares of the exam; without them all count alike.

    Where it can, it is unlike the `recent` items: another model, scene and circumstances.
    Reasons are given only where `passages` carry them; without any passages that is not asked.
    """
    name = f"{seed}/{number}"
    carried = carrier(passages)
    for model in _in_order(models, wanted, seed, number, weights or {}, recent or Recent()):
        item = draft(model, name, wanted, position(seed, number, wanted.shown), carried, recent)
        if item is not None:
            wished_first = tuple(sorted(item.treats, key=lambda treats: not wanted.admits(treats)))
            return with_quotes(replace(item, treats=wished_first), passages)
    raise InputError(_nothing_fits(wanted))


def whole_situations(model: ItemModel, seed: str) -> Iterator[DraftItem]:
    """Every turn of every situation of a model, with all that it offers."""
    if isinstance(model, DecisionModel):
        for place, (situation, turn) in enumerate(told_turns(model.situations)):
            case = told_case(model, situation, turn)
            yield decision.realise(case, seed, position(seed, place, len(case.shown)))
    elif isinstance(model, DiagnosisModel):
        yield from diagnosis_told.whole(model, seed)


def section_weights(blueprint: Blueprint) -> dict[str, float]:
    """The sections' shares of the exam in percent; of a range the middle; an unknown one counts as average."""
    stated = {
        section.number or section.title: sum(weight) / 2 if isinstance(weight, tuple) else weight
        for section in blueprint.sections
        if (weight := section.weight_percent) is not None
    }
    average = sum(stated.values()) / len(stated) if stated else 1.0
    return {section.number or section.title: average for section in blueprint.sections} | stated


def position(seed: str, number: int, shown: int) -> int:
    """Where a single key stands: each position once in every run of as many items as there are options."""
    block, place = divmod(number, shown)
    places = list(range(shown))
    random.Random(f"{seed}/positions/{shown}/{block}").shuffle(places)  # noqa: S311 - a draw that can be repeated
    return places[place]


def _in_order(
    models: Sequence[ItemModel], wanted: Wanted, seed: str, number: int, weights: Mapping[str, float], recent: Recent
) -> list[ItemModel]:
    """The models that fit, the one that is drawn first; the others in case it cannot yield what is wanted.

    Instead of one that came lately, another one of its kind on the same consideration or objective is drawn.
    """
    fitting = [
        model
        for model in models
        if wanted.kind in (None, kind_of(model))
        and wanted.model in (None, model.id)
        and any(wanted.admits(treats) for treats in model.treats)
    ]
    shares = _shares(fitting, wanted, weights)
    if not shares:
        return []
    places = list(accumulate(shares.values()))
    at = (_fraction(seed) + number * GOLDEN) % 1.0 * places[-1]
    treats, first = next(entry for entry, end in zip(shares, places, strict=True) if at < end or end == places[-1])
    chance = random.Random(f"{seed}/{number}/others")  # noqa: S311 - a draw that can be repeated
    if fitting[first].id in recent.models:
        first = _another(fitting, shares, treats, first, recent, chance)
    others = [model for place, model in enumerate(fitting) if place != first]
    chance.shuffle(others)
    return [fitting[first], *others]


def _another(
    fitting: Sequence[ItemModel],
    shares: Mapping[tuple[str, int], float],
    treats: str,
    drawn: int,
    recent: Recent,
    chance: random.Random,
) -> int:
    """The place of a model that did not come lately; of the one that was drawn where there is none."""
    lately, kind = recent.models, kind_of(fitting[drawn])
    for near in (treats, f"{treats.rpartition('.')[0]}."):
        fresh = {
            place: share
            for (other, place), share in shares.items()
            if other.startswith(near) and kind_of(fitting[place]) == kind and fitting[place].id not in lately
        }
        if fresh:
            return chance.choices(list(fresh), list(fresh.values()))[0]
    return drawn


def _shares(fitting: Sequence[ItemModel], wanted: Wanted, weights: Mapping[str, float]) -> dict[tuple[str, int], float]:
    """How often each consideration is drawn through each model: by section, alike within it, then by kind."""
    treating: dict[str, list[int]] = {}
    for place, model in enumerate(fitting):
        for treats in model.treats:
            if wanted.admits(treats):
                treating.setdefault(treats, []).append(place)
    sections: dict[str, list[str]] = {}
    for treats in sorted(treating):
        sections.setdefault(treats.partition("/")[2].partition(".")[0], []).append(treats)
    kinds = [KIND_SHARES[kind_of(model)] for model in fitting]
    return {
        (treats, place): weights.get(section, 1.0)
        / len(within)
        * kinds[place]
        / sum(kinds[one] for one in treating[treats])
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
