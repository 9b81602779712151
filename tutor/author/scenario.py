"""A case and a seed in; the scenario and the ask as a learner reads them out.

Order, wordings, joints and paragraphs are drawn, so that items from one model do not read alike.
What is drawn never changes what is said: every stated fact stands there in one of its own wordings.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from tutor.author.ask import put_ask
from tutor.author.case import Case
from tutor.author.flow import flow
from tutor.author.former_names import with_one_former_name, without_former_names
from tutor.author.opening import open_with
from tutor.author.sentences import leans, opening, telling
from tutor.author.wording import clues

CLUE = 0.5
OUT_OF_PLACE = 2.5
ALIKE = 4.0
ARTICLES = 1.5
WRONG_RANK = 6.0
"""What a choice of wordings costs: for each clue; for each sentence that leans on the scene without standing behind it;
for each two that open alike; for each further one that opens with an article; and for each place that the key is away,
by the words that it shares with the stem, from the one that was drawn."""

_ORDER = {"task": 0.0, "data": 0.0, "scale": 0.6, "team": 1.0, "quality": 1.0, "latency": 1.2, "operations": 1.4}
"""Where circumstances of a kind tend to stand; what is not named here comes last."""
_LATEST = 1.6
_SCATTER = 2.2


@dataclass(frozen=True)
class Scenario:
    """The stem, the ask, and the words in which each fact stands in them."""

    stem: str
    ask: str
    told: Mapping[str, str]


def tell(case: Case, texts: Mapping[str, str], chance: random.Random) -> Scenario:
    """Tell the case beside options that are worded so."""
    assert case.scene is not None
    facts = _ordered(case, chance)
    scene = open_with(case.model.scenes[case.scene].text, chance)
    ask = put_ask(case, texts, chance)
    told = _worded(case, facts, texts, f"{scene} {ask}", chance)
    stem = with_one_former_name(flow(scene, [told[fact] for fact in facts], chance), chance)
    return Scenario(stem, ask, told)


def _ordered(case: Case, chance: random.Random) -> list[str]:
    kinds = {fact.id: fact.kind for fact in case.model.facts}
    facts = [*case.facts, *((case.background,) if case.background else ())]
    place = {fact: _ORDER.get(kinds[fact], _LATEST) + chance.random() * _SCATTER for fact in facts}
    return sorted(facts, key=place.__getitem__)


def _worded(
    case: Case, facts: Sequence[str], texts: Mapping[str, str], around: str, chance: random.Random
) -> dict[str, str]:
    """A wording for each fact: few clues, no two openings alike, and what leans on the scene directly behind it.

    The key's place by the words that it shares with the stem is drawn, so that shared words tell nothing.
    """
    wordings = {fact.id: tuple(map(without_former_names, fact.wordings)) for fact in case.model.facts}
    choices = [chance.sample(wordings[fact], len(wordings[fact])) for fact in facts]
    clue = clues(case, texts)
    costs = [
        [
            CLUE * sum(clue.get(stem, 0.0) for stem in telling(wording))
            + OUT_OF_PLACE * (place > 0 and leans(wording))
            + chance.random()
            for wording in some
        ]
        for place, some in enumerate(choices)
    ]
    openings = [[opening(wording) for wording in some] for some in choices]
    overlap = Overlap(case, texts, around)
    masks = [[overlap.mask(wording) for wording in some] for some in choices]
    target = chance.randrange(len(case.shown))
    picked = min(
        product(*(range(len(some)) for some in choices)),
        key=lambda places: (
            sum(costs[fact][place] for fact, place in enumerate(places))
            + _monotony([openings[fact][place] for fact, place in enumerate(places)])
            + WRONG_RANK * overlap.away(target, [masks[fact][place] for fact, place in enumerate(places)])
        ),
    )
    return {fact: choices[at][place] for at, (fact, place) in enumerate(zip(facts, picked, strict=True))}


class Overlap:
    """Which words the options share with a stem, as bits."""

    def __init__(self, case: Case, texts: Mapping[str, str], around: str) -> None:
        words = {option: telling(texts[option]) for option in case.shown}
        every = sorted(frozenset[str]().union(*words.values()))
        self._bits = {word: 1 << place for place, word in enumerate(every)}
        self._options = [(sum(self._bits[word] for word in words[option]), len(words[option])) for option in case.shown]
        self._mean = sum(size for _, size in self._options) / len(self._options)
        self._keys = [place for place, option in enumerate(case.shown) if option in case.key]
        self._around = self.mask(around)

    def mask(self, text: str) -> int:
        """The options' words that stand in a text."""
        return sum(self._bits.get(word, 0) for word in telling(text))

    def away(self, target: int, masks: Sequence[int]) -> float:
        """How far the key's rank, by the words that it shares with the stem, is from the one that was drawn."""
        if len(self._keys) != 1:
            return 0.0
        stem = self._around
        for mask in masks:
            stem |= mask
        shared = [(bits & stem).bit_count() for bits, _ in self._options]
        # Half by their number and half by their share: a guesser may count either.
        shares = [
            count * (1 + self._mean / max(1, size)) for count, (_, size) in zip(shared, self._options, strict=True)
        ]
        own = shares[self._keys[0]]
        less, same = sum(share < own for share in shares), sum(share == own for share in shares)
        return max(0.0, less - target, target - (less + same - 1))


def _monotony(openings: Sequence[str]) -> float:
    """What it costs that sentences open alike."""
    articles = sum(" " in begun for begun in openings)
    return ALIKE * (len(openings) - len(set(openings))) + ARTICLES * max(0, articles - 1)
