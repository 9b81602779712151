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
from tutor.author.sentences import leans, opening, small_words, telling
from tutor.read.item_models.decision import DecisionModel

OUT_OF_PLACE = 2.5
ALIKE = 4.0
ARTICLES = 1.5
"""What a choice of wordings costs, beside its clues, for each sentence that leans on the scene
without standing behind it, for each two that open alike, and for each further one that opens with an article."""

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


def tell(case: Case, clues: Mapping[str, float], chance: random.Random) -> Scenario:
    """Tell the case."""
    model = case.model
    facts = _ordered(case, chance)
    told = _worded(model, facts, clues, chance)
    small = small_words(tuple(wording for fact in model.facts for wording in fact.wordings))
    stem = flow(model.scenes[case.scene].text, [told[fact] for fact in facts], small, chance)
    return Scenario(stem, put_ask(case, clues, chance), told)


def _ordered(case: Case, chance: random.Random) -> list[str]:
    kinds = {fact.id: fact.kind for fact in case.model.facts}
    facts = [*case.facts, *((case.background,) if case.background else ())]
    place = {fact: _ORDER.get(kinds[fact], _LATEST) + chance.random() * _SCATTER for fact in facts}
    return sorted(facts, key=place.__getitem__)


def _worded(
    model: DecisionModel, facts: Sequence[str], clues: Mapping[str, float], chance: random.Random
) -> dict[str, str]:
    """A wording for each fact: few clues, no two openings alike, and what leans on the scene directly behind it."""
    wordings = {fact.id: fact.wordings for fact in model.facts}
    choices = [chance.sample(wordings[fact], len(wordings[fact])) for fact in facts]
    costs = [
        [
            sum(clues.get(stem, 0.0) for stem in telling(wording))
            + OUT_OF_PLACE * (place > 0 and leans(wording))
            + chance.random()
            for wording in some
        ]
        for place, some in enumerate(choices)
    ]
    openings = [[opening(wording) for wording in some] for some in choices]
    picked = min(
        product(*(range(len(some)) for some in choices)),
        key=lambda places: (
            sum(costs[fact][place] for fact, place in enumerate(places))
            + _monotony([openings[fact][place] for fact, place in enumerate(places)])
        ),
    )
    return {fact: choices[at][place] for at, (fact, place) in enumerate(zip(facts, picked, strict=True))}


def _monotony(openings: Sequence[str]) -> float:
    """What it costs that sentences open alike."""
    articles = sum(" " in begun for begun in openings)
    return ALIKE * (len(openings) - len(set(openings))) + ARTICLES * max(0, articles - 1)
