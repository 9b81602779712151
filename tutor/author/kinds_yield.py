"""An item model of any kind but decision in; for each thing that can be the key, how many distinct items, out.

Items are distinct by circumstances and options, not by wording. Where there are very many, they are counted on an even
sample and the count is extended to the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations
from math import comb, prod
from random import Random

from tutor.author.kinds.diagnosis import SIZES, cases_of
from tutor.author.kinds.quantity import best_choice, slip_sets
from tutor.author.kinds.sequence import FEWEST_PLANNED, MOST_PLANNED, STEPS_IN_ORDER, downward, is_tied
from tutor.read.item_models.concept import ConceptModel
from tutor.read.item_models.diagnosis import DiagnosisModel
from tutor.read.item_models.expression import Values, work_out
from tutor.read.item_models.kinds import OtherModel
from tutor.read.item_models.quantity import ChoiceAsk, NumberAsk, QuantityModel, QuantityScene
from tutor.read.item_models.reading import ReadingModel
from tutor.read.item_models.sequence import SequenceModel

DISTRACTORS = 3
SAMPLE = 300
"""Choices of values that are worked out; the possible ones are counted by their share."""


def items_of(model: OtherModel) -> Mapping[str, int]:
    """For each cause, step, ask, variant or term: the number of items of which it is the key."""
    match model:
        case DiagnosisModel():
            return _diagnosis(model)
        case QuantityModel():
            return {ask.id: _quantity(model, ask) for ask in model.asks}
        case ReadingModel():
            return _reading(model)
        case ConceptModel():
            return _concept(model)
    return _sequence(model)


def _diagnosis(model: DiagnosisModel) -> dict[str, int]:
    counts = {}
    for cause in model.causes:
        for for_remedy in (False, True):
            found = sum(
                sum(1 for _ in cases_of(model, cause.id, size, DISTRACTORS, for_remedy=for_remedy))
                for size in sorted({*SIZES})
            )
            counts[f"{'the remedy of ' if for_remedy else ''}{cause.id}"] = found
    return counts


def _sequence(model: SequenceModel) -> dict[str, int]:
    """By the step that comes next, is missing or comes too early; orders count once for each set of steps."""
    counts: Counter[str] = Counter({step.id: 0 for step in model.steps if step.needs})
    for done in {downward(model, pair) for size in (1, 2) for pair in combinations(model.step, size)}:
        left = [step for step in model.steps if step.id not in done]
        others = sum(1 for step in left if not model.before[step.id] <= done) + len(model.decoys)
        for step in left:
            if step.needs and model.before[step.id] <= done:
                counts[step.id] += comb(others, DISTRACTORS)
    for goal in model.steps:
        whole = downward(model, [goal.id])
        idle = sum(1 for step in model.steps if step.id not in whole and step.needs) + len(model.decoys)
        if FEWEST_PLANNED <= len(whole) - 1 <= MOST_PLANNED:
            for gap in {need.step for step in whole for need in model.step[step].needs}:
                counts[gap] += comb(idle, DISTRACTORS)
    sets = [set_ for size in STEPS_IN_ORDER for set_ in combinations(model.step, size)]
    return {**counts, "an order": sum(is_tied(model, steps) for steps in sets)}


def _quantity(model: QuantityModel, ask: NumberAsk | ChoiceAsk) -> int:
    """Choices of the values that decide."""
    return sum(_in_setting(model, scene, ask) for scene in _settings(model))


def _settings(model: QuantityModel) -> list[QuantityScene]:
    """Scenes that differ in their numbers: those that only tell the same otherwise count once."""
    return list({str(sorted(model.grid(scene).items())): scene for scene in model.scenes}.values())


def _in_setting(model: QuantityModel, scene: QuantityScene, ask: NumberAsk | ChoiceAsk) -> int:
    grid = model.grid(scene)
    decides = model.parameters_of(ask, scene)
    seen: dict[tuple[float, ...], bool] = {}
    for given, values in sampled(model, scene, ask):
        decided = tuple(value for name, value in given.items() if name in decides)
        seen[decided] = seen.get(decided, False) or (values is not None and _can_be_asked(ask, values))
    whole = prod(len(values) for name, values in grid.items() if name in decides)
    return round(whole * sum(seen.values()) / len(seen))


def key_places(model: QuantityModel, ask: NumberAsk) -> set[int]:
    """The places that the key can have among the numbers shown, smallest first."""
    return {
        place
        for scene in _settings(model)
        for _, values in sampled(model, scene, ask)
        if values is not None
        for place, _ in slip_sets(ask, values, DISTRACTORS)
    }


def sampled(
    model: QuantityModel, scene: QuantityScene, ask: NumberAsk | ChoiceAsk
) -> Iterator[tuple[dict[str, float], Values | None]]:
    """Choices of values, each with what follows from it; None where it cannot be."""
    chance = Random(f"{model.id}/{ask.id}")  # noqa: S311 - an even sample that can be repeated
    for _ in range(SAMPLE):
        given = {name: chance.choice(values) for name, values in model.grid(scene).items()}
        values = model.derive(given)
        yield given, values if values is not None and work_out(ask.when, values) else None


def _can_be_asked(ask: NumberAsk | ChoiceAsk, values: Values) -> bool:
    if isinstance(ask, NumberAsk):
        return bool(slip_sets(ask, values, DISTRACTORS))
    return best_choice(ask, values) is not None


def _reading(model: ReadingModel) -> dict[str, int]:
    counts = {}
    for key in model.variants:
        apart = [other for other in model.variants if not model.alike(key.id, other.id)]
        sets = {
            size: sum(
                not any(model.alike(a.id, b.id) for a, b in combinations(chosen, 2))
                for chosen in combinations(apart, size)
            )
            for size in (DISTRACTORS, DISTRACTORS + 1)
        }
        changes = (DISTRACTORS + 1) * sets[DISTRACTORS + 1] if model.asks.change else 0
        counts[key.id] = 2 * sets[DISTRACTORS] + changes
    return counts


def _concept(model: ConceptModel) -> dict[str, int]:
    return {term.id: comb(len(model.neighbours(term.id)), DISTRACTORS) * (len(term.cases) + 1) for term in model.terms}
