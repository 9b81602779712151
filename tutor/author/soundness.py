"""A decision model in, its faults and its yield out: what `tutor models check` says.

A model is sound when its ids meet, its citations live, every option can be the only right one, every fact decides
something, no two options are twins, and what it says does not contradict itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

from tutor.author.explain import Carried, granted
from tutor.author.situations_soundness import situation_faults
from tutor.author.table import Table, drafts
from tutor.read.item_models.decision import DecisionModel

DISTRACTORS = 3
MOST_FACTS = 5
"""Facts in one item; more make a list of requirements, not a scenario."""
LONGEST_OPTION_RATIO = 1.8
"""How much longer the longest wording may be than the shortest: options must not stand out by length."""


@dataclass(frozen=True)
class Soundness:
    """What was found in one model."""

    model: str
    faults: tuple[str, ...]
    items: int
    """Distinct items with one key and four options that can be drawn: by circumstances and options, not by wording."""
    keys: int
    """Options that can be the only right one."""


def examine(model: DecisionModel, has_passage: Callable[[str], bool], carried: Carried = granted) -> Soundness:
    """Look for everything that could make an item wrong; `carried` says whether a reason's passage carries it."""
    faults = (*_faults(model, has_passage), *_untold(model, carried), *situation_faults(model, carried))
    known = not any("unknown" in fault for fault in faults)
    found = sets_by_key(model) if known else {}
    unreachable = tuple(
        f"unreachable option: {o.id} can never be the only right one" for o in model.options if not found.get(o.id)
    )
    return Soundness(
        model.id, faults + unreachable, count_items(model) if known else 0, sum(1 for count in found.values() if count)
    )


def count_items(model: DecisionModel) -> int:
    """How many cases can be drawn, told by facts alone or by a preference as well."""
    table = Table(model)
    return sum(
        1
        for key in range(len(table.options))
        for preference in (None, *model.preferences)
        for _ in drafts(table, (key,), 0, preference, 1 + DISTRACTORS)
    )


def sets_by_key(model: DecisionModel) -> dict[str, int]:
    """For each option as the key, how many sets of facts and distractors make it the only right one.

    A set counts when every fact in it is needed: without it, another of the shown options would survive.
    """
    facts = [fact.id for fact in model.facts]
    counts = dict.fromkeys(model.violated, 0)
    for size in range(1, MOST_FACTS + 1):
        for chosen in combinations(facts, size):
            stated = frozenset(chosen)
            if not model.stand_together(stated):
                continue
            for key in model.survivors(stated):
                counts[key] += _distractor_sets(model, stated, key)
    return counts


def _distractor_sets(model: DecisionModel, stated: frozenset[str], key: str) -> int:
    against = {option: model.violated[option] & stated for option in model.violated if option != key}
    ruled_out = [option for option, facts in against.items() if facts]
    return sum(
        all(any(against[option] == {fact} for option in shown) for fact in stated)
        for shown in combinations(ruled_out, DISTRACTORS)
    )


def _faults(model: DecisionModel, has_passage: Callable[[str], bool]) -> Iterator[str]:
    yield from _unknown_ids(model)
    yield from _repeated(model)
    options = {option.id for option in model.options}
    for fact in model.facts:
        if not any(fact.id in against for against in model.violated.values()):
            yield f"idle fact: {fact.id} rules out no option"
    for option in model.options:
        if len(model.fitted[option.id]) < 2:
            yield f"thin option: {option.id} has fewer than two facts that point to it"
        if not model.violated[option.id]:
            yield f"untouchable option: nothing rules out {option.id}"
    for one, other in combinations(sorted(options), 2):
        if model.violated[one] == model.violated[other]:
            yield f"twin options: {one} and {other} are ruled out by the same facts"
    for scene in model.scenes:
        if not model.stand_together(frozenset(scene.states)):
            yield f"contradictory scene: {scene.text[:40]}…"
    for place in sorted({ruling.passage for ruling in model.rulings} | {p.passage for p in model.preferences}):
        if not has_passage(place):
            yield f"dead citation: {place}"
    for preference in model.preferences:
        ordered = [option for rank in preference.order for option in rank]
        if sorted(ordered) != sorted(options):
            yield f"preference {preference.id}: orders {len(ordered)} of {len(options)} options, or one twice"
    yield from _uneven(model)


def _untold(model: DecisionModel, carried: Carried) -> Iterator[str]:
    for ruling in model.rulings:
        if not carried(ruling):
            yield f"untold reason: the passage of {ruling.fact} × {ruling.option} says too little of it"
    for preference in model.preferences:
        if not carried(preference):
            yield f"untold reason: the passage of preference {preference.id} says too little of it"


def _unknown_ids(model: DecisionModel) -> Iterator[str]:
    options, facts = {option.id for option in model.options}, {fact.id for fact in model.facts}
    for ruling in model.rulings:
        if ruling.option not in options or ruling.fact not in facts:
            yield f"unknown id in the ruling {ruling.fact} × {ruling.option}"
    for fact in model.facts:
        for other in fact.excludes:
            if other not in facts or other == fact.id:
                yield f"unknown id: {fact.id} excludes {other}"
    for scene in model.scenes:
        for fact_id in set(scene.states) - facts:
            yield f"unknown id: a scene states {fact_id}"


def _repeated(model: DecisionModel) -> Iterator[str]:
    for what, ids in (("option", [o.id for o in model.options]), ("fact", [f.id for f in model.facts])):
        for repeated in (entry for entry, count in Counter(ids).items() if count > 1):
            yield f"repeated {what}: {repeated}"
    pairs = Counter((ruling.fact, ruling.option) for ruling in model.rulings)
    for (fact, option), count in pairs.items():
        if count > 1:
            yield f"contradictory rulings: {fact} × {option} is ruled on {count} times"
    wordings = Counter(w.lower() for option in model.options for w in option.wordings)
    yield from (f"repeated wording: {text}" for text, count in wordings.items() if count > 1)


def _uneven(model: DecisionModel) -> Iterator[str]:
    """Options must be alike in length, and none may end with a full stop."""
    lengths = {option.id: [len(wording.split()) for wording in option.wordings] for option in model.options}
    shortest, longest = min(map(min, lengths.values())), max(map(max, lengths.values()))
    if longest > LONGEST_OPTION_RATIO * shortest:
        yield f"uneven options: the longest wording has {longest} words, the shortest {shortest}"
    for option in model.options:
        for wording in option.wordings:
            if wording.rstrip().endswith("."):
                yield f"full stop: option {option.id} ends with one"
    for fact in model.facts:
        for wording in fact.wordings:
            if not wording.rstrip().endswith("."):
                yield f"no full stop: fact {fact.id} is not a sentence: {wording[:40]}"
