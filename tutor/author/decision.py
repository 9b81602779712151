"""A decision model, a seed and what is wanted in; a drafted item out, or None where the model cannot yield it."""

from __future__ import annotations

import random

from tutor.author.case import Case
from tutor.author.circumstances import draw_case
from tutor.author.explain import explain
from tutor.author.item import DraftItem, ItemOption
from tutor.author.scenario import tell
from tutor.author.wanted import Wanted
from tutor.author.wording import arrange, giveaways, word_options
from tutor.read.item_models.decision import DecisionModel


def draft(model: DecisionModel, seed: str, wanted: Wanted, position: int | None = None) -> DraftItem | None:
    """Draft an item; the same model, seed and wish give the same item."""
    case = draw_case(model, seed, wanted)
    return None if case is None else realise(case, seed, position)


def realise(case: Case, seed: str, position: int | None = None) -> DraftItem:
    """Put a case into words."""
    chance = random.Random(f"{seed}/{case.model.id}/words")  # noqa: S311 - a draw that can be repeated
    worded = word_options(case, chance)
    scenario = tell(case, giveaways(case, worded), chance)
    order = arrange(case.shown, case.key, position, chance)
    return DraftItem(
        kind="decision",
        treats=case.model.treats,
        stem=scenario.stem,
        ask=scenario.ask,
        options=tuple(
            ItemOption(worded[option], explain(case, option, scenario.told, chance), option) for option in order
        ),
        key=tuple(place for place, option in enumerate(order) if option in case.key),
        model=case.model.id,
        seed=seed,
        circumstances=case.circumstances,
        hardness=case.hardness,
    )
