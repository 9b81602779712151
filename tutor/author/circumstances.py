"""A decision model and a seed in; circumstances in which exactly the keyed options survive out.

A case names what is stated, what is shown and what is right. It holds when every shown option that is not keyed is
ruled out by a stated fact, or loses to the key on the stated preference; when no stated fact is idle; and when the
facts can stand together. Of the many cases that hold, those are drawn oftener in which the key has positive support
and the distractors are near misses. A model that cannot yield what is wanted gives None.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from tutor.author.difficulty import predict
from tutor.author.item import EASY_BELOW, HARD_FROM, Difficulty
from tutor.author.wanted import Wanted
from tutor.read.item_models.decision import DecisionModel, Preference

MOST_STATED = 4
SETS_TRIED = 220
"""Of a model with many facts so many sets of facts are looked at for one key, chosen by the seed."""
PREFERENCE_SHARE = 0.25
"""How often the ask names a preference, where the model has one."""
BACKGROUND_SHARE = 0.1
"""How often one fact is stated that says nothing of any shown option."""
SHARPNESS = 1.1
"""How strongly better cases are preferred: the weight of a case is e to its merit times this."""


@dataclass(frozen=True)
class Case:
    """What an item states, shows and keys, by the ids of its model."""

    model: DecisionModel
    scene: int
    facts: tuple[str, ...]
    """The facts that are stated as sentences; what the scene states comes on top."""
    shown: tuple[str, ...]
    """The options, in the order of the model."""
    key: frozenset[str]
    preference: Preference | None = None
    background: str | None = None
    """A stated fact that decides nothing here."""

    @cached_property
    def stated(self) -> frozenset[str]:
        """All facts that hold in the case and decide something."""
        return frozenset(self.facts) | frozenset(self.model.scenes[self.scene].states)

    @property
    def distractors(self) -> tuple[str, ...]:
        """The shown options that are wrong."""
        return tuple(option for option in self.shown if option not in self.key)

    def against(self, option: str) -> frozenset[str]:
        """The stated facts that rule an option out."""
        return self.model.violated[option] & self.stated

    def behind(self, option: str) -> frozenset[str]:
        """The stated facts that point to an option."""
        return self.model.fitted[option] & self.stated

    @cached_property
    def survivors(self) -> frozenset[str]:
        """The shown options that are right: no fact rules them out, and none of them loses on the preference."""
        alive = [option for option in self.shown if not self.against(option)]
        return frozenset(best(alive, self.preference))

    @cached_property
    def idle(self) -> frozenset[str]:
        """Stated facts that rule out no shown option."""
        return self.stated - frozenset(fact for option in self.shown for fact in self.against(option))

    @cached_property
    def hardness(self) -> float:
        """How hard the item should be, from 0 to 1."""
        return predict(
            facts=len(self.stated) + (self.background is not None),
            misses=[(len(self.against(option)), len(self.behind(option))) for option in self.distractors],
            support=min(len(self.behind(option)) for option in self.key),
            keys=len(self.key),
            by_preference=self.preference is not None,
        )

    @property
    def circumstances(self) -> tuple[str, ...]:
        """What decides it, sorted: facts, then the preference."""
        preference = (f"preference:{self.preference.id}",) if self.preference else ()
        return (*sorted(self.stated), *preference)


def best(alive: Sequence[str], preference: Preference | None) -> list[str]:
    """Those of the surviving options that stand highest in the order of a preference; all of them without one."""
    if preference is None:
        return list(alive)
    for rank in preference.order:
        if found := [option for option in alive if option in rank]:
            return found
    return []


def draw_case(model: DecisionModel, seed: str, wanted: Wanted) -> Case | None:
    """Draw a case of the wanted shape; the same model, seed and wish give the same case."""
    chance = random.Random(f"{seed}/{model.id}/case")  # noqa: S311 - a draw that can be repeated
    keys = list(combinations([option.id for option in model.options], wanted.choose))
    chance.shuffle(keys)
    preferences: list[Preference | None] = [None]
    if wanted.choose == 1 and model.preferences:
        drawn: Preference | None = chance.choice(model.preferences)
        preferences = [drawn, None] if chance.random() < PREFERENCE_SHARE else [None, drawn]
    for preference in preferences:
        for key in keys:
            found = list(_cases(model, frozenset(key), preference, wanted.shown, chance))
            fitting = [case for case in found if in_level(case.hardness, wanted.difficulty)]
            if fitting:
                return _with_background(_choose(fitting, chance), chance)
    return None


def in_level(hardness: float, wanted: Difficulty | None) -> bool:
    """Whether a predicted hardness is of the wanted level."""
    low, high = {
        None: (0.0, 2.0),
        "easy": (-1.0, EASY_BELOW),
        "medium": (EASY_BELOW, HARD_FROM),
        "hard": (HARD_FROM, 2),
    }[wanted]
    return low <= hardness < high


def cases(model: DecisionModel, key: frozenset[str], preference: Preference | None, shown: int) -> Iterator[Case]:
    """Every case with this key, once for each of the model's first scenes that suits it."""
    yield from _cases(model, key, preference, shown, None)


def _cases(
    model: DecisionModel, key: frozenset[str], preference: Preference | None, shown: int, chance: random.Random | None
) -> Iterator[Case]:
    ruled_out = frozenset[str]().union(*(model.violated[option] for option in key))
    scenes = [place for place, scene in enumerate(model.scenes) if not ruled_out & set(scene.states)]
    if not scenes:
        return
    scene = chance.choice(scenes) if chance else scenes[0]
    given = frozenset(model.scenes[scene].states)
    free = [fact.id for fact in model.facts if fact.id not in ruled_out | given]
    sets = [chosen for size in range(1, MOST_STATED + 1) for chosen in combinations(free, size)]
    if chance and len(sets) > SETS_TRIED:
        sets = chance.sample(sets, SETS_TRIED)
    for chosen in sets:
        if model.stand_together(given | set(chosen)):
            for distractors in _distractors(model, given | set(chosen), key, preference, shown - len(key)):
                ordered = tuple(o.id for o in model.options if o.id in key or o.id in distractors)
                case = Case(model, scene, chosen, ordered, key, preference)
                if _is_tight(case):
                    yield case


def _distractors(
    model: DecisionModel, stated: frozenset[str], key: frozenset[str], preference: Preference | None, count: int
) -> Iterator[frozenset[str]]:
    """Every set of options that fall by these facts, or by the preference where one is stated."""
    alive = [option.id for option in model.options if not model.violated[option.id] & stated]
    dead = [option.id for option in model.options if model.violated[option.id] & stated]
    lost: list[str] = []
    if preference:
        lost = [option for option in alive if option not in key and set(best([option, *key], preference)) == key]
        if not lost:
            return
    for chosen in combinations(dead + lost, count):
        if not preference or any(option in lost for option in chosen):
            yield frozenset(chosen)


def _is_tight(case: Case) -> bool:
    """Whether each stated fact decides: it alone rules an option out, or it rules one out and points to a key."""
    against = [case.against(option) for option in case.shown]
    alone = {fact for facts in against if len(facts) == 1 for fact in facts}
    useful = {fact for facts in against for fact in facts}
    pointing = frozenset[str]().union(*(case.behind(option) for option in case.key))
    scene = frozenset(case.model.scenes[case.scene].states)
    return all(fact in alone or (fact in useful and fact in pointing) for fact in case.stated - scene) and all(
        fact in useful or not _speaks(case.model, fact, case.shown) for fact in scene
    )


def _speaks(model: DecisionModel, fact: str, shown: Iterable[str]) -> bool:
    return any(fact in model.violated[option] or fact in model.fitted[option] for option in shown)


def merit(case: Case) -> float:
    """How good a question a case makes: support for the key first, then near misses, then a fair number of facts."""
    support = [len(case.behind(option)) for option in case.key]
    wins = case.preference is not None
    score = -5.0 * sum(count == 0 for count in support) if not wins else 0.0
    score += sum(min(count, 3) for count in support) / len(support)
    neutral = [len(case.stated) - count for count in support]
    score -= 0.6 * sum(neutral) / len(neutral)
    for option in case.distractors:
        broken, fitting = len(case.against(option)), len(case.behind(option))
        score += {0: 0.3, 1: 0.5, 2: -0.2}.get(broken, -1.2)
        score += 0.4 * min(fitting, 2)
    size = len(case.stated) + wins
    return score + {1: -4.0, 2: -0.4, 3: 0.8, 4: 0.4}.get(size, -0.5)


def _choose(found: Sequence[Case], chance: random.Random) -> Case:
    merits = [merit(case) for case in found]
    top = max(merits)
    return chance.choices(found, [math.exp(SHARPNESS * (value - top)) for value in merits])[0]


def _with_background(case: Case, chance: random.Random) -> Case:
    """Now and then state one more fact of which no shown option is better or worse."""
    if len(case.facts) >= MOST_STATED or chance.random() >= BACKGROUND_SHARE:
        return case
    stated = case.stated
    silent = [
        fact.id
        for fact in case.model.facts
        if fact.id not in stated
        and not _speaks(case.model, fact.id, case.shown)
        and case.model.stand_together(stated | {fact.id})
    ]
    if not silent:
        return case
    drawn = chance.choice(silent)
    return Case(case.model, case.scene, case.facts, case.shown, case.key, case.preference, drawn)
