"""A decision model, a seed and a wish in; circumstances in which exactly the keyed options survive out.

Every option can be the key as often as any other. Of the cases that hold for a key (see `table`), those of more merit
are drawn oftener. A model that cannot yield what is wanted gives None.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from tutor.author.case import Case
from tutor.author.explain import Carried, granted
from tutor.author.item import EASY_BELOW, HARD_FROM, Difficulty
from tutor.author.recent import Recent
from tutor.author.table import MOST_STATED, Draft, Table, drafts
from tutor.author.wanted import Wanted
from tutor.read.item_models.decision import DecisionModel, Preference

KEY_SETS_TRIED = 8
"""Where several options are right, so many sets of them are compared."""
PREFERENCE_SHARE = 0.22
"""How often the ask names a preference, where the model has one."""
BACKGROUND_SHARE = 0.1
"""How often one fact is stated that says nothing of any shown option."""
MET_PAIR, MET_FACT = 3.0, 0.3
"""What a case loses for each pair of circumstances, and for each one, that it shares with an item that came lately."""
SHARPNESS = 1.1
"""How strongly better cases are preferred: the weight of a case is e to its merit times this."""


def draw_case(
    model: DecisionModel, seed: str, wanted: Wanted, carried: Carried = granted, recent: Recent | None = None
) -> Case | None:
    """Draw a case of the wanted shape, each option of which a carried reason explains, unlike those that came lately.

    The same model, seed, wish, reasons and recent items give the same case.
    """
    recent = recent or Recent()
    chance = random.Random(f"{seed}/{model.id}/case")  # noqa: S311 - a draw that can be repeated
    table = Table(model, carried)
    keys = list(combinations(range(len(table.options)), wanted.choose))
    chance.shuffle(keys)
    lately = [met.keys for met in recent.of(model.id)[-len(table.options) // 2 :]]
    keys.sort(key=lambda key: frozenset(table.options[place] for place in key) in lately)
    for preference in _preferences(model, wanted, carried, chance):
        for start in range(0, len(keys), 1 if wanted.choose == 1 else KEY_SETS_TRIED):
            some = keys[start : start + (1 if wanted.choose == 1 else KEY_SETS_TRIED)]
            case = _draw_one(model, table, some, preference, wanted, chance, recent)
            if case:
                return _with_background(case, wanted, chance)
    return None


def _preferences(
    model: DecisionModel, wanted: Wanted, carried: Carried, chance: random.Random
) -> list[Preference | None]:
    """What the ask may prefer, first what is tried first."""
    known = [one for one in model.preferences if carried(one)]
    if wanted.choose > 1 or not known:
        return [None]
    drawn = chance.choice(known)
    return [drawn, None] if chance.random() < PREFERENCE_SHARE else [None, drawn]


def _draw_one(
    model: DecisionModel,
    table: Table,
    keys: Sequence[tuple[int, ...]],
    preference: Preference | None,
    wanted: Wanted,
    chance: random.Random,
    recent: Recent,
) -> Case | None:
    """One case with one of these keys, the better ones oftener."""
    found: list[tuple[Draft, tuple[int, ...], int]] = []
    for key in keys:
        ruled_out = 0
        for option in key:
            ruled_out |= table.against[option]
        scenes = [place for place, scene in enumerate(model.scenes) if not table.bits(scene.states) & ruled_out]
        if not scenes:
            continue
        unused = recent.least_used(model.id, [model.scenes[place].text for place in scenes])
        scene = scenes[chance.choice(unused)]
        given = table.bits(model.scenes[scene].states)
        for one in drafts(table, key, given, preference, wanted.shown, chance):
            if in_level(one.hardness, wanted.difficulty):
                found.append((one, key, scene))
    if not found:
        return None
    met = [table.bits([fact for fact in one.circumstances if fact in table.facts]) for one in recent.of(model.id)]
    merits = [one.merit - _seen(one.stated, met) for one, _, _ in found]
    drawn = chance.choices(found, [math.exp(SHARPNESS * (merit - max(merits))) for merit in merits])[0]
    return _as_case(model, table, *drawn, preference)


def _seen(stated: int, met: Sequence[int]) -> float:
    """What circumstances lose because items that came lately had some of them."""
    lost = 0.0
    for age, other in enumerate(reversed(met), start=1):
        shared = (stated & other).bit_count()
        lost += (MET_FACT * shared + MET_PAIR * shared * (shared - 1) / 2) / math.sqrt(age)
    return lost


def _as_case(
    model: DecisionModel,
    table: Table,
    draft: Draft,
    key: tuple[int, ...],
    scene: int,
    preference: Preference | None,
) -> Case:
    sentences = draft.stated & ~table.bits(model.scenes[scene].states)
    shown = tuple(option for place, option in enumerate(table.options) if place in {*key, *draft.distractors})
    keyed = frozenset(table.options[place] for place in key)
    return Case(model, scene, table.ids(sentences), shown, keyed, preference)


def in_level(hardness: float, wanted: Difficulty | None) -> bool:
    """Whether a predicted hardness is of the wanted level."""
    if wanted == "easy":
        return hardness < EASY_BELOW
    if wanted == "hard":
        return hardness >= HARD_FROM
    return wanted is None or EASY_BELOW <= hardness < HARD_FROM


def _with_background(case: Case, wanted: Wanted, chance: random.Random) -> Case:
    """Now and then state one more fact of which no shown option is better or worse, if the level stays as wanted."""
    if len(case.facts) >= MOST_STATED or chance.random() >= BACKGROUND_SHARE:
        return case
    silent = [
        fact.id
        for fact in case.model.facts
        if fact.id not in case.stated
        and case.is_silent_on(case.shown, fact.id)
        and case.model.stand_together(case.stated | {fact.id})
    ]
    if not silent:
        return case
    more = replace(case, background=chance.choice(silent))
    return more if in_level(more.hardness, wanted.difficulty) else case
