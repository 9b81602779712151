"""A quantity model and a seed in, an item out: numbers in a setting, and the result among the slips that people make.

The key is computed; every other number shown is the result of a named slip and differs visibly from all others. Numbers
stand in ascending order, and the key's place among them is even. None where a draw leads nowhere.
"""

from __future__ import annotations

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


def slip_sets(ask: NumberAsk, values: Values, count: int) -> list[tuple[int, tuple[tuple[Slip, Fraction], ...]]]:
    """Sets of slips whose numbers differ visibly from the result and each other, with the key's place among them."""
    result = work_out(ask.result, values)
    if not _believable(ask, result):
        return []
    usable = [(slip, value) for slip, value in _slipped(ask, values) if _apart(ask, value, result)]
    return [
        (sum(value < result for _, value in chosen), chosen)
        for chosen in combinations(usable, count)
        if all(_apart(ask, a, b) for (_, a), (_, b) in combinations(chosen, 2))
    ]


def best_choice(ask: ChoiceAsk, values: Values) -> int | None:
    """Which choice is best; None where the second is too near to tell."""
    worths = [work_out(choice.value, values) for choice in ask.choices]
    order = sorted(range(len(worths)), key=lambda i: worths[i], reverse=ask.best == "most")
    first, second = worths[order[0]], worths[order[1]]
    return order[0] if abs(first - second) >= Fraction(str(ask.margin)) * max(abs(first), abs(second)) else None


def _slipped(ask: NumberAsk, values: Values) -> list[tuple[Slip, Fraction]]:
    numbers = []
    for slip in ask.slips:
        try:
            value = work_out(slip.result, values)
        except (ZeroDivisionError, ValueError):
            continue
        if _believable(ask, value):
            numbers.append((slip, value))
    return numbers


def _believable(ask: NumberAsk, value: Fraction) -> bool:
    least, most = ask.between
    return Fraction(str(least)) <= value <= Fraction(str(most)) and float(value) > 0


def _apart(ask: NumberAsk, one: Fraction, other: Fraction) -> bool:
    return shown_number(ask, one) != shown_number(ask, other) and abs(one - other) >= APART * max(one, other)


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
    for slip, value in slips:
        says = filled(slip.says.replace("{result}", shown_number(ask, value)), case.values)
        reason = (applied(says), cited(slip.why or ask.why))
        candidates.append((value, Candidate(slip.id, (shown_number(ask, value),), reason)))
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
            (applied(filled(choice.working, case.values)), cited(ask.why)),
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
