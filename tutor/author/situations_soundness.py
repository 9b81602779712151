"""The situations of a decision model in, their faults out: what `tutor models check` says of them.

A situation is sound when each of its turns leaves exactly one of its offers by the model's own rulings, another one
than its other turns do; when no fact that it states is idle; when something can be said of each offer, by reasons
that hold in the turn and that their passages carry; and when what is drawn from it has no item-writing flaw.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set

from tutor.author.case import Case
from tutor.author.checks.lint import lint
from tutor.author.decision import realise
from tutor.author.explain import Carried
from tutor.author.item import DraftItem
from tutor.author.told import cases_of, name, told_case
from tutor.read.item_models.decision import DecisionModel
from tutor.read.item_models.situation import Situation, Turn, has_faulty_braces

SHOWN = 4
FLAWED_SHARE = 0.34
"""From this share of a turn's items on, a flaw is one of the situation and not of the wordings that were drawn."""
SEEDS = ("a", "b", "c")


def situation_faults(model: DecisionModel, carried: Carried) -> Iterator[str]:
    """Look for everything that could make an item of a situation wrong."""
    yield from repeated(model.situations)
    decided: dict[tuple[frozenset[str], str | None, frozenset[str]], str] = {}
    for situation in model.situations:
        unknown = tuple(_unknown_ids(model, situation))
        yield from (f"situation {situation.id}: {fault}" for fault in unknown)
        if unknown:
            continue
        keys = [told_case(model, situation, turn).key for turn in situation.turns]
        yield from (f"situation {situation.id}: {fault}" for fault in same_keys(keys))
        for turn in situation.turns:
            case = told_case(model, situation, turn)
            yield from (f"situation {name(situation, turn)}: {fault}" for fault in _turn_faults(case, turn, carried))
            same = decided.setdefault((case.stated, turn.prefers, case.key), name(situation, turn))
            if same != name(situation, turn):
                yield f"situation {name(situation, turn)}: decided by the same circumstances as {same}"


def repeated(situations: Sequence[Situation]) -> Iterator[str]:
    """Situations of a model that have the same id."""
    counts = Counter(one.id for one in situations)
    yield from (f"repeated situation: {one}" for one, count in counts.items() if count > 1)


def misnamed(situation: Situation, facts: Set[str], options: Set[str], reasons: Set[str]) -> Iterator[str]:
    """What a situation names that its model does not have, and braces that cannot be told."""
    for turn in situation.turns:
        yield from (f"unknown: states {one}" for one in sorted({*situation.stated(turn)} - facts))
        told = {**situation.why, **turn.why}
        yield from (f"says why of {one}, which it does not offer" for one in sorted({*told} - {*situation.offers}))
        for why in told.values():
            yield from (f"unknown: says why by {one}" for one in sorted({*why.by} - reasons))
    yield from (f"unknown: offers {one}" for one in sorted({*situation.offers} - options))
    counts = Counter((*situation.offers, *(turn.id for turn in situation.turns)))
    yield from (f"repeated: {one}" for one, count in counts.items() if count > 1)
    faulty = (text for text in situation.texts() if has_faulty_braces(text))
    yield from (f"braces are open or leave no choice: {text[:60]}" for text in faulty)


def same_keys(keys: Iterable[Set[str]]) -> Iterator[str]:
    """Each turn is to have another key: the turn is what the decision turns on."""
    for key, count in Counter(map(frozenset, keys)).items():
        if count > 1:
            yield f"{count} turns have the same key: {', '.join(sorted(key))}"


def flaws(items: Iterable[DraftItem]) -> Iterator[str]:
    """Item-writing flaws that a good part of what can be drawn from a turn has."""
    found: Counter[str] = Counter()
    drawn = 0
    for item in items:
        drawn += 1
        found.update({f"{fault.name}: {fault.words}" for fault in lint(item)})
    for flaw, count in found.items():
        if count >= FLAWED_SHARE * drawn:
            yield f"flaw in {count} of {drawn} items drawn: {flaw}"


def _unknown_ids(model: DecisionModel, situation: Situation) -> Iterator[str]:
    facts, preferences = {fact.id for fact in model.facts}, {one.id for one in model.preferences}
    yield from misnamed(situation, facts, {option.id for option in model.options}, facts | preferences)
    for turn in situation.turns:
        if turn.prefers and turn.prefers not in preferences:
            yield f"unknown: prefers {turn.prefers}"


def _turn_faults(case: Case, turn: Turn, carried: Carried) -> Iterator[str]:
    assert case.told is not None
    if not case.model.stand_together(case.stated):
        yield "its facts cannot stand together"
    if len(case.key) != 1:
        yield f"exactly one offer must be left, not {', '.join(sorted(case.key)) or 'none'}"
        return
    (key,) = case.key
    survivors = [option for option in case.shown if not case.against(option)]
    if case.preference and survivors == [key]:
        yield f"the preference {turn.prefers} decides nothing"
    if not case.behind(key) and not case.preference:
        yield f"nothing points to {key}"
    for fact in sorted(case.idle - case.behind(key)):
        yield f"idle fact: {fact} rules out no offer and does not point to {key}"
    yield from _whys(case, carried)
    shown = cases_of(case.model, case.told.situation, turn, SHOWN)
    yield from flaws(realise(one, seed) for one in shown for seed in SEEDS)


def _whys(case: Case, carried: Carried) -> Iterator[str]:
    assert case.told is not None
    for option in case.shown:
        why = case.told.situation.why_of(case.told.turn, option)
        if why is None:
            yield f"says nothing of {option}"
            continue
        held = case.behind(option) if option in case.key else case.against(option)
        if case.preference and (option in case.key or not held):
            held = held | {case.preference.id}
        for wrong in sorted({*why.by} - held):
            side = "speak for" if option in case.key else "rule out"
            yield f"{wrong} does not {side} {option} here"
        for given in case.model.given(option, why.by):
            if not carried(given):
                yield f"untold reason: the passage of {', '.join(why.by)} × {option} says too little of it"
