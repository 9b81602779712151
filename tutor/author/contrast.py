"""An item in; its twin out, in which one circumstance is another one and so another shown option is right.

The twin has the same scenario, options and order; only the sentence of one fact is exchanged, or the turn that a
situation takes. Where no single exchange makes another option the only right one there is no twin, and nothing is
raised. Explanations do not tell of exchanges: readers found that a mould.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tutor.author.case import Case
from tutor.author.explain import Carried, can_explain, explain, granted, reason
from tutor.author.former_names import without_former_names
from tutor.author.item import DraftItem
from tutor.author.kinds.diagnosis_told import turned
from tutor.author.opening import openings
from tutor.author.phrases import Phrases
from tutor.author.sentences import can_be_inner, inner, shorten, small_words, telling
from tutor.author.told import find, is_carried, name, told_case
from tutor.author.whole import put_whole
from tutor.engines.engine import DraftStatement
from tutor.read.item_models.decision import DecisionModel, Ruling
from tutor.read.item_models.diagnosis import DiagnosisModel
from tutor.read.item_models.situation import Turn, tell_one_way

OLD_WORDS = 8
"""So many words recall a circumstance that stands in the stem."""


@dataclass(frozen=True)
class Exchange:
    """One fact for another, and the shown option that is right then."""

    old: str
    new: str
    option: str


@dataclass(frozen=True)
class Twin:
    """A contrast item and the sentence that leads to it."""

    item: DraftItem
    says: tuple[DraftStatement, ...]


def exchanges(case: Case) -> Iterator[Exchange]:
    """Every exchange of one stated fact that makes exactly one other shown option right."""
    if len(case.key) != 1:
        return
    for place, old in enumerate(case.facts):
        for fact in case.model.facts:
            if fact.id in case.stated or fact.id == case.background:
                continue
            other = after(case, place, fact.id)
            if (
                not case.model.stand_together(other.stated | {other.background or fact.id})
                or other.survivors & case.key
            ):
                continue
            if len(other.survivors) == 1 and not other.idle:
                (right,) = other.survivors
                yield Exchange(old, fact.id, right)


def after(case: Case, place: int, new: str) -> Case:
    """The case with another fact at a place, keyed by what survives then."""
    changed = replace(case, facts=(*case.facts[:place], new, *case.facts[place + 1 :]))
    return replace(changed, key=changed.survivors)


def choose_exchange(case: Case, carried: Carried, chance: random.Random, option: str | None = None) -> Exchange | None:
    """An exchange, one for which a carried reason can be given if there is one; for `option` if one is named."""
    found = [one for one in exchanges(case) if option in (None, one.option)]
    told = [one for one in found if why(case, one, carried)]
    pointing = [one for one in told if one.new in case.model.fitted[one.option]]
    return chance.choice(pointing or told or found) if found else None


def why(case: Case, exchange: Exchange, carried: Carried) -> Ruling | None:
    """What the new fact says for the other option, or else against the one that was right; None where not carried."""
    (key,) = case.key
    rulings = (case.model.ruling(exchange.new, option) for option in (exchange.option, key))
    return next((one for one in rulings if one and carried(one)), None)


def would_be(
    case: Case,
    exchange: Exchange,
    told: Mapping[str, str],
    new: str,
    subject: str,
    carried: Carried,
    chance: random.Random,
) -> tuple[DraftStatement, ...]:
    """`With “…” in place of “…”, … would be right:` and why. `new` is the wording of the new fact."""
    old = shorten(told[exchange.old], OLD_WORDS)
    lead = Phrases(chance).pick("would be", new=new.rstrip("."), old=old, it=subject)
    given = why(case, exchange, carried)
    if given is None:
        return (DraftStatement(f"{lead}.", ()),)
    if given.option == exchange.option:
        return DraftStatement(f"{lead}:", ()), reason(given)
    (name,) = (without_former_names(option.name) for option in case.model.options if option.id in case.key)
    return DraftStatement(f"{lead}, and not {name}:", ()), reason(given)


def worded(model: DecisionModel, fact: str, option_text: str, chance: random.Random) -> list[str]:
    """The wordings of a fact, those first that share the fewest words with an option."""
    wordings = [without_former_names(wording) for one in model.facts if one.id == fact for wording in one.wordings]
    shared = telling(option_text)
    return sorted(chance.sample(wordings, len(wordings)), key=lambda wording: len(telling(wording) & shared))


def twin(item: DraftItem, model: DecisionModel, option: str | None = None, carried: Carried = granted) -> Twin | None:
    """The contrast item in which `option`, or any other shown option, is right."""
    if item.told:
        return _turned(item, model, option, carried)
    case, told = read_back(item, model)
    chance = random.Random(f"{item.seed}/{model.id}/twin")  # noqa: S311 - a draw that can be repeated
    exchange = choose_exchange(case, carried, chance, option)
    if exchange is None:
        return None
    other = after(case, case.facts.index(exchange.old), exchange.new)
    if not can_explain(other, carried):
        return None
    right = next(shown.text for shown in item.options if shown.id == exchange.option)
    swapped = _swap(item, model, told[exchange.old], worded(model, exchange.new, right, chance))
    if swapped is None:
        return None
    stem, ask, wording = swapped
    retold = {
        (exchange.new if fact == exchange.old else fact): (wording if fact == exchange.old else words)
        for fact, words in told.items()
    }
    explained = explain(other, [shown.id for shown in item.options], retold, carried, chance)
    changed = _with_case(item, other, stem, ask, explained)
    name = next(without_former_names(one.name) for one in model.options if one.id == exchange.option)
    return Twin(changed, would_be(case, exchange, told, wording, name, carried, chance))


def _turned(item: DraftItem, model: DecisionModel, option: str | None, carried: Carried) -> Twin | None:
    """The same situation with another of its turns."""
    known = find(model.situations, item.told)
    if known is None:
        return None
    situation, turn = known
    shown = {one.id for one in item.options}
    keyed = {item.options[place].id for place in item.key}
    for other in situation.turns:
        case = told_case(model, situation, other).showing(shown).keyed()
        if set(case.shown) != shown or len(case.key) != 1 or case.key & keyed or not is_carried(case, carried):
            continue
        (right,) = case.key
        if option in (None, right):
            return _with_turn(item, case, turn)
    return None


def _with_turn(item: DraftItem, case: Case, old: Turn) -> Twin:
    """The item as it is with the turn of this case, and what leads there from the old turn."""
    assert case.told is not None
    chance = random.Random(f"{item.seed}/{case.model.id}/twin")  # noqa: S311 - a draw that can be repeated
    whole = put_whole(case, item.seed)
    changed = _with_case(item, case, whole.scenario.stem, whole.scenario.ask, whole.explained)
    changed = replace(changed, told=name(case.told.situation, case.told.turn))
    (right,) = (without_former_names(one.name) for one in case.model.options if one.id in case.key)
    (key,) = case.key
    lead = _turn_that_would(item.seed, old, case.told.turn, right, chance)
    return Twin(changed, (lead, *whole.explained[key]))


def _with_case(
    item: DraftItem, case: Case, stem: str, ask: str, explained: Mapping[str, tuple[DraftStatement, ...]]
) -> DraftItem:
    """The item with another case of its options: their words and order stay."""
    options = tuple(replace(shown, explanation=explained[shown.id]) for shown in item.options)
    return replace(
        item,
        stem=stem,
        ask=ask,
        options=options,
        key=tuple(place for place, shown in enumerate(options) if shown.id in case.key),
        seed=f"{item.seed}/twin",
        circumstances=case.circumstances,
        hardness=case.hardness,
    )


def twin_of_trouble(item: DraftItem, model: DiagnosisModel, cause: str) -> Twin | None:
    """The same case of trouble, in which another shown cause is the right one."""
    found = turned(item, model, cause)
    if found is None:
        return None
    changed, old, new = found
    chance = random.Random(f"{item.seed}/{model.id}/twin")  # noqa: S311 - a draw that can be repeated
    (right,) = (f"“{option.text}”" for option in changed.options if option.id == cause)
    (explained,) = (option.explanation for option in changed.options if option.id == cause)
    return Twin(changed, (_turn_that_would(item.seed, old, new, right, chance), *explained))


def _turn_that_would(seed: str, old: Turn, new: Turn, right: str, chance: random.Random) -> DraftStatement:
    """What would have to be told for another option to be right."""
    was, now = (tell_one_way(turn.tells, seed) for turn in (old, new))
    lead = Phrases(chance).pick("would be", new=now.rstrip("."), old=shorten(was, OLD_WORDS), it=right)
    return DraftStatement(f"{lead}:", ())


def read_back(item: DraftItem, model: DecisionModel) -> tuple[Case, dict[str, str]]:
    """The case of an item of this model, and the wording of each of its facts, in the order in which they are told."""
    stem, text = without_former_names(item.stem), without_former_names(item.text)
    scene = next(
        place
        for place, scene in enumerate(model.scenes)
        if any(stem.startswith(without_former_names(opening)) for opening in openings(scene.text))
    )
    stands = {
        fact.id: (text.index(core), wording)
        for fact in model.facts
        for wording in map(without_former_names, fact.wordings)
        if (core := wording[1:].rstrip(".")) in text
    }
    told = {fact: wording for fact, (_, wording) in sorted(stands.items(), key=lambda entry: entry[1][0])}
    preference = next((one for one in model.preferences if f"preference:{one.id}" in item.circumstances), None)
    facts = tuple(fact for fact in told if fact in item.circumstances)
    background = next((fact for fact in told if fact not in item.circumstances), None)
    ids = {option.id for option in item.options}
    shown = tuple(option.id for option in model.options if option.id in ids)
    key = frozenset(item.options[place].id for place in item.key)
    return Case(model, scene, facts, shown, key, preference, background), told


def _swap(item: DraftItem, model: DecisionModel, old: str, wordings: Sequence[str]) -> tuple[str, str, str] | None:
    """Stem and ask with a new sentence in the place of the old one, and that sentence; None where none fits there."""
    if old in item.stem:
        return item.stem.replace(old, wordings[0]), item.ask, wordings[0]
    small = small_words(tuple(wording for one in model.facts for wording in one.wordings))
    for wording in wordings:
        if can_be_inner(wording, small):
            if old.rstrip(".") in item.stem:
                return item.stem.replace(old.rstrip("."), wording.rstrip(".")), item.ask, wording
            before, now = inner(old), inner(wording)
            return item.stem.replace(before, now), item.ask.replace(before, now), wording
    return None
