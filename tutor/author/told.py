"""A decision model and a wish in; a situation that its author told whole, one turn of it, out as a case.

What is shown are the key and as many of the offered options as are wanted. A turn that was met is not drawn again:
where all have been met the model yields none, and cases are composed instead.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from itertools import combinations
from typing import TypeVar

from tutor.author.case import Case, Told
from tutor.author.circumstances import in_level
from tutor.author.explain import Carried, granted
from tutor.author.recent import Recent
from tutor.author.wanted import Wanted
from tutor.read.item_models.decision import DecisionModel
from tutor.read.item_models.situation import Situation, Turn

AnySituation = TypeVar("AnySituation", bound=Situation)
Choice = TypeVar("Choice")


def draw_told(
    model: DecisionModel, seed: str, wanted: Wanted, carried: Carried = granted, recent: Recent | None = None
) -> Case | None:
    """Draw a turn that was not met, of a situation of which the fewest turns were; None where there is none.

    The same model, seed, wish, reasons and recent items give the same case.
    """
    if wanted.choose != 1:
        return None
    chance = random.Random(f"{seed}/{model.id}/told")  # noqa: S311 - a draw that can be repeated
    for situation, turn in fresh_turns(model.id, model.situations, recent or Recent(), chance):
        cases = [
            case
            for case in cases_of(model, situation, turn, wanted.shown)
            if in_level(case.hardness, wanted.difficulty) and is_carried(case, carried)
        ]
        if cases:
            elsewhere = frozenset[str]().union(*(told_case(model, situation, other).key for other in situation.turns))
            return chance.choice(with_most(cases, [case.shown for case in cases], elsewhere))
    return None


def with_most(choices: Sequence[Choice], shown: Sequence[Collection[str]], elsewhere: Set[str]) -> list[Choice]:
    """The choices that show most of the options that are right elsewhere, in other turns: so there is a twin."""
    counts = [sum(option in elsewhere for option in options) for options in shown]
    return [choice for choice, count in zip(choices, counts, strict=True) if count == max(counts)]


def fresh_turns(
    model: str, situations: Iterable[AnySituation], recent: Recent, chance: random.Random
) -> list[tuple[AnySituation, Turn]]:
    """The turns that were not met, in the order in which they are tried: first of situations met least often."""

    def met(situation: AnySituation) -> int:
        return sum(recent.has_told(model, name(situation, turn)) for turn in situation.turns)

    fresh = [
        (met(situation), chance.random(), situation, turn)
        for situation in situations
        for turn in situation.turns
        if not recent.has_told(model, name(situation, turn))
    ]
    return [(situation, turn) for _, _, situation, turn in sorted(fresh, key=lambda one: one[:2])]


def cases_of(model: DecisionModel, situation: Situation, turn: Turn, shown: int) -> Iterator[Case]:
    """A turn with every choice of so many of the offered options, by which its preference decides where it has one."""
    whole = told_case(model, situation, turn)
    if len(whole.key) != 1:
        return
    for wrong in combinations(whole.distractors, shown - 1):
        case = whole.showing({*wrong, *whole.key})
        if case.preference is None or any(not case.against(option) for option in wrong):
            yield case


def told_case(model: DecisionModel, situation: Situation, turn: Turn) -> Case:
    """A turn with everything that it offers, keyed by what survives."""
    preference = next((one for one in model.preferences if one.id == turn.prefers), None)
    stated = situation.stated(turn)
    facts = tuple(fact.id for fact in model.facts if fact.id in stated)
    offered = tuple(option.id for option in model.options if option.id in situation.offers)
    case = Case(model, None, facts, offered, frozenset(), preference, told=Told(situation, turn))
    return case.keyed()


def is_carried(case: Case, carried: Carried) -> bool:
    """Whether everything that is to be said of the shown options can be said."""
    assert case.told is not None
    for option in case.shown:
        why = case.told.situation.why_of(case.told.turn, option)
        if why is None or not all(carried(given) for given in case.model.given(option, why.by)):
            return False
    return True


def name(situation: Situation, turn: Turn) -> str:
    """What a turn is called in an item."""
    return f"{situation.id}/{turn.id}"


def told_turns(situations: Iterable[AnySituation]) -> Iterator[tuple[AnySituation, Turn]]:
    """Every turn of every situation."""
    return ((situation, turn) for situation in situations for turn in situation.turns)


def find(situations: Iterable[AnySituation], told: str) -> tuple[AnySituation, Turn] | None:
    """The situation and turn of that name."""
    return next((found for found in told_turns(situations) if name(*found) == told), None)
