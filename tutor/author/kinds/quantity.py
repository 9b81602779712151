"""A quantity model and a draw in; a computation as an item out.

The key is computed; every other number shown is the result of a named slip and differs visibly from all others. Each
cites the rule, which is read with the key alone; a slip is told by its arithmetic. Numbers stand in ascending order,
and the key's place among them is even. None where a draw leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from random import Random

from tutor.author.item import DraftItem
from tutor.author.kinds.assembly import Candidate, Draw, applied, assemble, cited, paragraph
from tutor.read.item_models.expression import Values, filled, spoken, work_out
from tutor.read.item_models.quantity import ChoiceAsk, NumberAsk, QuantityModel, QuantityScene, Slip

APART = Fraction(4, 100)
"""By what share two numbers shown must differ at least: nobody should have to guess how to round."""


@dataclass(frozen=True)
class Case:
    """The setting and the numbers of one item."""

    scene: QuantityScene
    values: Values
    """All of them, derived ones too."""
    given: tuple[str, ...]
    """Those that decide it, as `name=value`."""


@dataclass(frozen=True)
class Slipped:
    """A number that an option may show, and the slip that leads to it; none for the result."""

    slip: Slip | None
    value: Fraction
    shown: str


def draft(model: QuantityModel, draw: Draw) -> DraftItem | None:
    """Draw an item that asks for a number or for the best choice."""
    chance = draw.chance
    ask, scene = chance.choice(model.asks), chance.choice(model.scenes)
    given = {name: chance.choice(values) for name, values in model.grid(scene).items()}
    values = model.derive(given)
    if values is None or not work_out(ask.when, values):
        return None
    decides = model.parameters_of(ask, scene)
    case = Case(scene, values, tuple(f"{name}={value:g}" for name, value in given.items() if name in decides))
    if isinstance(ask, NumberAsk):
        return _number(model, draw, case, ask)
    return _choice(model, draw, case, ask)


def shown_number(ask: NumberAsk, value: Fraction) -> str:
    """A result as an option shows it."""
    return f"{ask.before}{spoken(value, ask.decimals)}{ask.unit}"


def slip_sets(ask: NumberAsk, values: Values, count: int) -> list[tuple[int, tuple[Slipped, ...]]]:
    """Sets of slips whose numbers differ visibly from the result and each other, with the key's place among them."""
    key = _shown(ask, None, work_out(ask.result, values))
    if key is None:
        return []
    usable = [slipped for slipped in _slips(ask, values) if _apart(slipped, key)]
    near = {frozenset((a.shown, b.shown)) for a, b in combinations(usable, 2) if not _apart(a, b)}
    return [
        (sum(slipped.value < key.value for slipped in chosen), chosen)
        for chosen in combinations(usable, count)
        if not near or not any(frozenset((a.shown, b.shown)) in near for a, b in combinations(chosen, 2))
    ]


def best_choice(ask: ChoiceAsk, values: Values) -> int | None:
    """Which choice is best; None where the second is too near to tell."""
    worths = [work_out(choice.value, values) for choice in ask.choices]
    order = sorted(range(len(worths)), key=lambda i: worths[i], reverse=ask.best == "most")
    first, second = worths[order[0]], worths[order[1]]
    return order[0] if abs(first - second) >= Fraction(str(ask.margin)) * max(abs(first), abs(second)) else None


def _slips(ask: NumberAsk, values: Values) -> Iterator[Slipped]:
    for slip in ask.slips:
        try:
            slipped = _shown(ask, slip, work_out(slip.result, values))
        except (ZeroDivisionError, ValueError):
            continue
        if slipped:
            yield slipped


def _shown(ask: NumberAsk, slip: Slip | None, value: Fraction) -> Slipped | None:
    """A number as it would be shown; None where nobody would believe it, or where it lies halfway between two."""
    least, most = ask.between
    if (value * 10**ask.decimals * 2) % 2 == 1:
        return None
    return Slipped(slip, value, shown_number(ask, value)) if value > 0 and least <= value <= most else None


def _apart(one: Slipped, other: Slipped) -> bool:
    larger = max(one.value, other.value)
    return one.shown != other.shown and abs(one.value - other.value) >= APART * larger


def _number(
    model: QuantityModel,
    draw: Draw,
    case: Case,
    ask: NumberAsk,
) -> DraftItem | None:
    chance = draw.chance
    sets = slip_sets(ask, case.values, draw.options - 1)
    if not sets:
        return None
    places = sorted({place for place, _ in sets})
    wanted = chance.randrange(draw.options) if draw.position is None else draw.position
    if draw.strict and wanted not in {place for place, _ in sets}:
        return None
    place = min(places, key=lambda one: (abs(one - wanted), one))
    _, slips = chance.choice([one for one in sets if one[0] == place])
    result = work_out(ask.result, case.values)
    shown = shown_number(ask, result)
    working = filled(ask.working.replace("{result}", shown), case.values)
    candidates = [(result, Candidate("key", (shown,), (cited(ask.why), applied(working))))]
    for slipped in slips:
        if slipped.slip:
            says = applied(filled(slipped.slip.says.replace("{result}", slipped.shown), case.values))
            reason = (says, cited(slipped.slip.why)) if slipped.slip.why else (cited(ask.why), says)
            candidates.append((slipped.value, Candidate(slipped.slip.id, (slipped.shown,), reason)))
    return assemble(
        model,
        draw,
        stem=_stem(chance, case, ask),
        asks=[filled(wording, case.values) for wording in ask.wordings],
        options=[candidate for _, candidate in sorted(candidates, key=lambda pair: pair[0])],
        key="key",
        circumstances=(ask.id, *case.given),
        hardness=ask.hardness,
        in_order=True,
    )


def _choice(model: QuantityModel, draw: Draw, case: Case, ask: ChoiceAsk) -> DraftItem | None:
    chance = draw.chance
    best = best_choice(ask, case.values)
    if best is None or (draw.strict and draw.position not in (None, best)):
        return None
    shown = [
        Candidate(
            str(place),
            (filled(choice.text, case.values),),
            (cited(ask.why), applied(filled(choice.working, case.values))),
        )
        for place, choice in enumerate(ask.choices)
    ]
    return assemble(
        model,
        draw,
        stem=_stem(chance, case, ask),
        asks=[filled(wording, case.values) for wording in ask.wordings],
        options=shown,
        key=str(best),
        circumstances=(ask.id, *case.given),
        hardness=ask.hardness,
        in_order=True,
    )


def _stem(chance: Random, case: Case, ask: NumberAsk | ChoiceAsk) -> str:
    added = chance.choice(ask.adds) if ask.adds else ""
    told = f"{case.scene.text}\n\n{added}" if added.startswith("|") else paragraph(case.scene.text, added)
    return filled(told, case.values)
