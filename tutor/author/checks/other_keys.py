"""The key of an item that is no decision, worked out again from what the item names and what its options say.

Numbers are computed from the values that the item records, orders are read off the options and held against the needs
of the steps, causes against the findings. Each proof yields the places of the options that its model leaves as right;
what the model does not know raises `KeyError`, which the caller reports.
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.author.item import DraftItem
from tutor.author.kinds.quantity import best_choice, shown_number
from tutor.author.told import find
from tutor.read.item_models.concept import ConceptModel
from tutor.read.item_models.diagnosis import DiagnosisModel
from tutor.read.item_models.expression import Values, work_out
from tutor.read.item_models.kinds import OtherModel
from tutor.read.item_models.quantity import NumberAsk, QuantityModel
from tutor.read.item_models.reading import ReadingModel
from tutor.read.item_models.sequence import SequenceModel


def places_left(item: DraftItem, model: OtherModel) -> set[int]:
    """The places of the options that are right by this model."""
    match model:
        case DiagnosisModel():
            return set(_explaining(item, model))
        case SequenceModel():
            return set(_in_order(item, model))
        case QuantityModel():
            return _computed(item, model)
        case ReadingModel():
            return set(_behaving(item, model))
        case ConceptModel():
            return set(_named(item, model))


def _explaining(item: DraftItem, model: DiagnosisModel) -> Iterator[int]:
    """Causes that no finding speaks against; of remedies also those that help such a cause."""
    way, *findings = item.circumstances
    if item.told and not _is_told_so(item, model):
        raise KeyError(item.told)
    known = {finding.id for finding in model.findings}
    if unknown := set(findings) - known:
        raise KeyError(", ".join(sorted(unknown)))
    stated = frozenset(findings)
    if not model.stand_together(stated):
        return
    left = {cause for cause, against in model.ruled_out.items() if not against & stated}
    shown = {option.id for option in item.options}
    helping = {one for cause in left & shown for one in model.helped_by(cause)} if way == "remedy" else left
    for place, option in enumerate(item.options):
        model.ruled_out[option.id]
        if option.id in (helping if way == "remedy" else left):
            yield place


def _is_told_so(item: DraftItem, model: DiagnosisModel) -> bool:
    """Whether the model has the situation, and states in it just the findings that the item names."""
    found = find(model.situations, item.told)
    return found is not None and {*found[0].stated(found[1])} == {*item.circumstances[1:]}


def _in_order(item: DraftItem, model: SequenceModel) -> Iterator[int]:
    """Orders that break no need; the step that can be next; the one that a plan lacks; the one too early."""
    way, *steps = item.circumstances
    if unknown := set(steps) - set(model.step):
        raise KeyError(", ".join(sorted(unknown)))
    short = {step.short.casefold(): step.id for step in model.steps}
    decoys = {decoy.id for decoy in model.decoys}
    done = set(steps)
    for place, option in enumerate(item.options):
        if way == "order":
            order = [short[part.strip().casefold()] for part in option.text.split("→")]
            right = sorted(order) == sorted(steps) and not model.broken(order)
        elif option.id in decoys:
            right = False
        elif way == "next":
            right = option.id not in done and model.before[option.id] <= done
        elif way == "missing":
            plan = steps[1:]
            right = option.id not in plan and any(option.id in model.before[step] for step in plan)
        else:
            right = any(step == option.id for step, _ in model.broken(steps))
        if right:
            yield place


def _computed(item: DraftItem, model: QuantityModel) -> set[int]:
    """The number that the recorded values give, or the best choice."""
    name, *given = item.circumstances
    ask = next((one for one in model.asks if one.id == name), None)
    if ask is None:
        raise KeyError(name)
    values = _values(model, dict(part.split("=", 1) for part in given))
    if not isinstance(ask, NumberAsk):
        best = best_choice(ask, values)
        return {place for place, option in enumerate(item.options) if option.id == str(best)}
    shown = shown_number(ask, work_out(ask.result, values))
    return {place for place, option in enumerate(item.options) if option.text.casefold() == shown.casefold()}


def _values(model: QuantityModel, given: dict[str, str]) -> Values:
    """All values: those recorded, and for what does not matter the first that meet the model's conditions."""
    for scene in model.scenes:
        grid = model.grid(scene)
        fixed = {name: [value for value in grid[name] if f"{value:g}" == told] for name, told in given.items()}
        if not all(fixed.values()):
            continue
        for values in model.assignments(scene):
            if all(values[name] in fixed[name] for name in given) and (found := model.derive(values)):
                return found
    raise KeyError(", ".join(f"{name}={told}" for name, told in given.items()))


def _behaving(item: DraftItem, model: ReadingModel) -> Iterator[int]:
    """The variant that is asked for, and any shown that behaves like it."""
    wanted = item.circumstances[-1]
    now = item.circumstances[1] if item.circumstances[0] == "change" else ""
    model.variant[wanted]
    if now and model.alike(now, wanted):
        return
    yield from (place for place, option in enumerate(item.options) if model.alike(option.id, wanted))


def _named(item: DraftItem, model: ConceptModel) -> Iterator[int]:
    """The term that is asked for, and any shown that the same case could be."""
    wanted = item.circumstances[1]
    apart = set(model.neighbours(wanted))
    for place, option in enumerate(item.options):
        model.term[option.id]
        if option.id == wanted or option.id not in apart:
            yield place
