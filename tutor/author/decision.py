"""A decision model, a seed and what is wanted in; a drafted item out, or None where the model cannot yield it."""

from __future__ import annotations

import random

from tutor.author.case import Case
from tutor.author.circumstances import draw_case
from tutor.author.explain import Carried, explain, granted
from tutor.author.item import DraftItem, ItemOption
from tutor.author.recent import Recent
from tutor.author.scenario import tell
from tutor.author.told import draw_told, name
from tutor.author.wanted import Wanted
from tutor.author.whole import put_whole
from tutor.author.wording import arrange, word_options
from tutor.read.item_models.decision import DecisionModel


def draft(
    model: DecisionModel,
    seed: str,
    wanted: Wanted,
    position: int | None = None,
    carried: Carried = granted,
    recent: Recent | None = None,
) -> DraftItem | None:
    """Draft an item whose explanations rest on carried reasons; the same model, seed and wish give the same item."""
    case = draw_told(model, seed, wanted, carried, recent) or draw_case(model, seed, wanted, carried, recent)
    return None if case is None else realise(case, seed, position, carried)


def realise(case: Case, seed: str, position: int | None = None, carried: Carried = granted) -> DraftItem:
    """Put a case into words."""
    chance = random.Random(f"{seed}/{case.model.id}/words")  # noqa: S311 - a draw that can be repeated
    if case.told:
        whole = put_whole(case, seed)
        scenario, texts, explained = whole.scenario, whole.options, whole.explained
        order = arrange(case.shown, case.key, position, chance)
    else:
        texts = word_options(case, chance)
        scenario = tell(case, texts, chance)
        order = arrange(case.shown, case.key, position, chance)
        explained = explain(case, order, scenario.told, carried, chance)
    return DraftItem(
        kind="decision",
        treats=case.model.treats,
        stem=scenario.stem,
        ask=scenario.ask,
        options=tuple(ItemOption(texts[option], explained[option], option) for option in order),
        key=tuple(place for place, option in enumerate(order) if option in case.key),
        model=case.model.id,
        seed=seed,
        circumstances=case.circumstances,
        told=name(case.told.situation, case.told.turn) if case.told else "",
        hardness=case.hardness,
    )
