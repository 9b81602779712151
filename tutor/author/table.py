"""A decision model in, every case with a given key out, as bits: many thousands are made for one that is drawn.

A case holds when every shown option that is not keyed is ruled out by a stated fact, or loses to the key on the stated
preference; when no fact that is told is idle; and when the facts can stand together. Its merit says how good a question
it makes: support for the key, near misses, a fair number of facts.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from tutor.author.case import best
from tutor.author.difficulty import predict
from tutor.author.explain import Carried, granted
from tutor.read.item_models.decision import DecisionModel, Preference

FEWEST_DECIDING, MOST_STATED = 2, 4
ORPHAN = 0.7
"""What a case loses for each circumstance that points to options of which none is shown: readers miss them."""
"""Circumstances in one item, the preference among them: fewer decide nothing, more make a list."""
POINTS_TO = {1: 1.0, 2: 0.6, 3: 0.4}
"""What it counts for a key that a fact points to it, by how many options of the model it points to."""
POINTS_TO_MANY = 0.25
LEAST_SUPPORT = 0.8
LEAST_SUPPORT_BESIDE = 0.5
"""What must point to a key, and to one that also wins on a preference or stands beside other keys: an option that is
merely not ruled out may lack something that the scenario does not say."""
SETS_TRIED = 160
"""Of a model with many facts so many sets of facts are looked at for one key, chosen by the seed."""


@dataclass(frozen=True)
class Draft:
    """A case that holds, as bits: cheap to make, to weigh and to throw away."""

    stated: int
    distractors: tuple[int, ...]
    merit: float
    hardness: float


class Table:
    """A model as bits: for each option the facts against it and behind it, for each fact those it clashes with."""

    def __init__(self, model: DecisionModel, carried: Carried = granted) -> None:
        self.facts = [fact.id for fact in model.facts]
        bit = {fact: 1 << place for place, fact in enumerate(self.facts)}
        self.options = [option.id for option in model.options]
        self.against = [sum(bit[fact] for fact in model.violated[option]) for option in self.options]
        self.behind = [sum(bit[fact] for fact in model.fitted[option]) for option in self.options]
        place = {option: at for at, option in enumerate(self.options)}
        self.explaining = [0] * len(self.options)
        for ruling in model.rulings:
            if carried(ruling):
                self.explaining[place[ruling.option]] |= bit[ruling.fact]
        pointing = [sum(behind >> place & 1 for behind in self.behind) for place in range(len(self.facts))]
        self.pointing = sum(1 << place for place, count in enumerate(pointing) if count)
        self.weights = [POINTS_TO.get(count, POINTS_TO_MANY) for count in pointing]
        self.clashes = [0] * len(self.facts)
        for one, other in (sorted(pair) for pair in model.clashes if len(pair) == 2):
            self.clashes[self.facts.index(one)] |= bit[other]
            self.clashes[self.facts.index(other)] |= bit[one]

    def bits(self, facts: Sequence[str]) -> int:
        """A set of facts as bits."""
        return sum(1 << self.facts.index(fact) for fact in facts)

    def ids(self, bits: int) -> tuple[str, ...]:
        """Bits as a set of facts."""
        return tuple(fact for place, fact in enumerate(self.facts) if bits >> place & 1)

    def stand_together(self, bits: int) -> bool:
        """Whether these facts can describe one case."""
        return not any(clash & bits for place, clash in enumerate(self.clashes) if bits >> place & 1)


def drafts(
    table: Table,
    key: tuple[int, ...],
    given: int,
    preference: Preference | None,
    shown: int,
    chance: random.Random | None = None,
) -> Iterator[Draft]:
    """Every case with this key; with `chance` only a part where there are very many. Keys without support are left."""
    ruled_out = given
    for option in key:
        ruled_out |= table.against[option]
    free = [place for place in range(len(table.facts)) if not ruled_out >> place & 1]
    fewest = max(1, FEWEST_DECIDING - given.bit_count() - (preference is not None))
    sets = [chosen for size in range(fewest, MOST_STATED + 1) for chosen in combinations(free, size)]
    if chance and len(sets) > SETS_TRIED:
        sets = chance.sample(sets, SETS_TRIED)
    lost = _lost(table, key, preference)
    for chosen in sets:
        stated = given | sum(1 << place for place in chosen)
        if not table.stand_together(stated):
            continue
        least = LEAST_SUPPORT if preference is None and len(key) == 1 else LEAST_SUPPORT_BESIDE
        if any(_support(table, option, stated)[0] < least for option in key):
            continue
        if preference is None and not all(table.explaining[option] & table.behind[option] & stated for option in key):
            continue
        yield from _tight(table, key, stated, given, lost, preference, shown - len(key))


def _lost(table: Table, key: tuple[int, ...], preference: Preference | None) -> frozenset[int]:
    """The options that stand behind the key in the order of a preference."""
    if preference is None:
        return frozenset()
    keyed = table.options[key[0]]
    return frozenset(
        place
        for place, option in enumerate(table.options)
        if place not in key and best([option, keyed], preference) == [keyed]
    )


def _tight(
    table: Table,
    key: tuple[int, ...],
    stated: int,
    given: int,
    lost: frozenset[int],
    preference: Preference | None,
    count: int,
) -> Iterator[Draft]:
    """Every choice of distractors for which each fact that is told decides something.

    A fact decides where it alone rules a shown option out, or where it rules one out and points to a key.
    """
    against = {place: facts & stated for place, facts in enumerate(table.against)}
    dead = [place for place, facts in against.items() if facts & table.explaining[place]]
    losing = [place for place in lost if not against[place]]
    if preference and not losing:
        return
    pointing = 0
    for option in key:
        pointing |= table.behind[option]
    reachable = 0
    for place in dead:
        reachable |= against[place]
    told = stated & ~given
    if told & ~reachable:
        return
    facts = stated.bit_count()
    support = [_support(table, option, stated) for option in key]
    fewest = min((table.behind[option] & stated).bit_count() for option in key)
    for chosen in combinations(dead + losing, count):
        alone = useful = 0
        by_preference = False
        for place in chosen:
            broken = against[place]
            useful |= broken
            if broken & (broken - 1) == 0:
                alone |= broken
            by_preference = by_preference or not broken
        if bool(preference) != by_preference or told & ~(alone | (useful & pointing)):
            continue
        misses = [(against[place].bit_count(), (table.behind[place] & stated).bit_count()) for place in chosen]
        hardness = predict(facts=facts, misses=misses, support=fewest, keys=len(key), by_preference=by_preference)
        shown = pointing
        for place in chosen:
            shown |= table.behind[place]
        orphans = (told & table.pointing & ~shown).bit_count()
        yield Draft(stated, chosen, merit(facts, misses, support, by_preference) - ORPHAN * orphans, hardness)


def _support(table: Table, option: int, stated: int) -> tuple[float, int]:
    """How strongly the facts point to a key and not elsewhere, and how many say nothing of it."""
    pointing = table.behind[option] & stated
    strength = sum(weight for place, weight in enumerate(table.weights) if pointing >> place & 1)
    return strength, (stated & ~pointing).bit_count()


def merit(
    size: int, misses: Sequence[tuple[int, int]], support: Sequence[tuple[float, int]], by_preference: bool
) -> float:
    """How good a question a case makes: support for the key first, then near misses, then a fair number of facts."""
    score = 0.0
    for strength, silent in support:
        score += (min(strength, 2.5) - 2.0 * max(0.0, 1 - strength) - 0.5 * silent) / len(support)
    for broken, met in misses:
        score += (0.3, 0.5, -0.2)[broken] if broken < 3 else -1.2
        score += 0.4 * min(met, 2)
    return score + {1: -4.0, 2: -0.4, 3: 0.8, 4: 0.4}.get(size + by_preference, -0.5)
