"""The key, solved again in two ways that are kept apart.

By its model: from the circumstances that an item names, the model must again leave just the keyed options. This reads
only what the item records, not how it was drawn. Independently: a solver that sees neither key nor that model.
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.author.checks.other_keys import places_left
from tutor.author.checks.verdict import Fault
from tutor.author.item import DraftItem
from tutor.author.told import find, told_case
from tutor.read.item_models.decision import DecisionModel
from tutor.read.item_models.kinds import ItemModel
from tutor.solve.question import Question
from tutor.solve.solution import Solution

SURE = 0.98
"""How sure the solver must be of another option before the item is withheld: at .9 it is mostly wrong."""


def is_proved(model: ItemModel | None) -> bool:
    """Whether there is a model that can be asked again."""
    return model is not None


def key_faults(item: DraftItem, model: ItemModel | None) -> Iterator[Fault]:
    """Where the model, asked again, does not leave just the keyed options."""
    if isinstance(model, DecisionModel):
        yield from _decision_faults(item, model)
    elif model is not None:
        try:
            left = places_left(item, model)
        except (KeyError, ValueError, IndexError) as error:
            yield Fault("key", "the model does not know what the item names", words=str(error))
            return
        if left != set(item.key):
            told = ", ".join(item.letters[place] for place in sorted(left)) or "nothing"
            words = f"{told} left, {', '.join(item.key_letters)} keyed"
            yield Fault("key", "the model leaves other options", words=words)


def _decision_faults(item: DraftItem, model: DecisionModel) -> Iterator[Fault]:
    options = {option.id for option in model.options}
    shown = [option.id for option in item.options]
    if unknown := [option for option in shown if option not in options]:
        yield Fault("key", "the model has no such option", words=", ".join(unknown))
        return
    if item.told and not _is_told_so(item, model):
        yield Fault("key", "the model does not tell this situation so", words=item.told)
        return
    facts = {fact.id for fact in model.facts}
    preferences = [name.removeprefix("preference:") for name in item.circumstances if name.startswith("preference:")]
    stated = {name for name in item.circumstances if not name.startswith("preference:")}
    if stated - facts:
        yield Fault("key", "the model has no such circumstance", words=", ".join(sorted(stated - facts)))
    if not model.stand_together(stated):
        yield Fault("key", "the circumstances cannot stand together", words=", ".join(sorted(stated)))
    left = [option for option in shown if not model.violated[option] & stated]
    for wish in preferences:
        orders = [one.order for one in model.preferences if one.id == wish]
        if not orders:
            yield Fault("key", "the model has no such preference", words=wish)
            continue
        left = next((found for rank in orders[0] if (found := [one for one in left if one in rank])), [])
    keyed = {shown[place] for place in item.key}
    if set(left) != keyed:
        words = f"{', '.join(left) or 'nothing'} left, {', '.join(sorted(keyed))} keyed"
        yield Fault("key", "the model leaves other options", words=words)


def _is_told_so(item: DraftItem, model: DecisionModel) -> bool:
    """Whether the model has the situation, and states in it just the circumstances that the item names."""
    found = find(model.situations, item.told)
    return found is not None and told_case(model, *found).circumstances == item.circumstances


def as_question(item: DraftItem) -> Question:
    """The item as a candidate sees it."""
    return Question(
        stem=item.text,
        options=tuple(option.text for option in item.options),
        letters=item.letters,
        choose=len(item.key),
        id=item.seed,
    )


def solver_faults(item: DraftItem, solution: Solution) -> Iterator[Fault]:
    """Where an independent solver prefers another answer and is sure of it."""
    if not solution.guessed and solution.confidence >= SURE and set(solution.answer) != set(item.key_letters):
        sure = f"{', '.join(solution.answer)} with confidence {solution.confidence:.2f}"
        yield Fault("solver", "an independent solver prefers another option", words=sure)
