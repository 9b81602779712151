"""A case and a seed in; the scenario and the ask as a learner reads them out.

Order, wordings, joints, paragraphs and the place of the ask are drawn, so that items from one model do not read alike.
What is drawn never changes what is said: every stated fact stands there in one of its own wordings.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from tutor.author.circumstances import Case
from tutor.author.sentences import can_be_inner, inner, leans, opening, small_words, telling
from tutor.read.item_models.decision import DecisionModel

CONNECTIVES = ("At the same time,", "In addition,", "Moreover,", "Furthermore,", "On top of this,", "What is more,")
GIVEN = ("Given that {fact}, {ask}", "Considering that {fact}, {ask}")
IN_ASK_SHARE = 0.15
"""How often the ask itself carries one of the circumstances."""
CONNECTIVE_SHARE = 0.22
JOINT_SHARE = 0.3
PARAGRAPH_SHARE = 0.45
COUNT_WORDS = {2: "two", 3: "three"}
SEVERAL = (
    "Which {count} of these would each meet the requirements?",
    "Which {count} options fit these circumstances? Each is a solution by itself.",
    "Each of {count} options below would do. Which are they?",
    "Which {count} approaches could the team choose between?",
)

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


def tell(case: Case, giveaways: frozenset[str], chance: random.Random) -> Scenario:
    """Tell the case."""
    model = case.model
    facts = _ordered(case, chance)
    told = _worded(model, facts, giveaways, chance)
    small = small_words([wording for fact in model.facts for wording in fact.wordings])
    ask = _ask(case, chance)
    inside = _fact_for_ask(facts, told, small, case, chance)
    if inside:
        ask = chance.choice(GIVEN).format(fact=inner(told[inside]), ask=ask[0].lower() + ask[1:])
    scene = model.scenes[case.scene].text
    stem = _flow(scene, [told[fact] for fact in facts if fact != inside], small, chance)
    return Scenario(stem, ask, told)


def _ordered(case: Case, chance: random.Random) -> list[str]:
    kinds = {fact.id: fact.kind for fact in case.model.facts}
    facts = [*case.facts, *((case.background,) if case.background else ())]
    place = {fact: _ORDER.get(kinds[fact], _LATEST) + chance.random() * _SCATTER for fact in facts}
    return sorted(facts, key=place.__getitem__)


def _worded(
    model: DecisionModel, facts: Sequence[str], giveaways: frozenset[str], chance: random.Random
) -> dict[str, str]:
    """A wording for each fact: no giveaway, no two openings alike, and what leans on the scene directly behind it."""
    wordings = {fact.id: fact.wordings for fact in model.facts}
    choices = [chance.sample(wordings[fact], len(wordings[fact])) for fact in facts]
    costs = [
        [
            10.0 * len(telling(wording) & giveaways) + 2.5 * (place > 0 and leans(wording)) + chance.random()
            for wording in picked
        ]
        for place, picked in enumerate(choices)
    ]
    openings = [[opening(wording) for wording in picked] for picked in choices]
    best: tuple[float, tuple[int, ...]] | None = None
    for picked in product(*(range(len(choice)) for choice in choices)):
        cost = sum(costs[place][at] for place, at in enumerate(picked))
        begun = [openings[place][at] for place, at in enumerate(picked)]
        cost += 4.0 * (len(begun) - len(set(begun)))
        articles = sum(begin.split()[0] in ("the", "a", "an") for begin in begun if begin)
        cost += 1.5 * max(0, articles - 1)
        if best is None or cost < best[0]:
            best = (cost, picked)
    assert best is not None
    return {fact: choices[place][at] for place, (fact, at) in enumerate(zip(facts, best[1], strict=True))}


def _ask(case: Case, chance: random.Random) -> str:
    if len(case.key) > 1:
        count = COUNT_WORDS[len(case.key)]
        return f"{chance.choice(SEVERAL).format(count=count)} (Choose {count}.)"
    ask = chance.choice(case.model.asks)
    if case.preference is None:
        return ask
    return f"{ask.rstrip('?')} {chance.choice(case.preference.wordings)}?"


def _fact_for_ask(
    facts: Sequence[str], told: Mapping[str, str], small: frozenset[str], case: Case, chance: random.Random
) -> str | None:
    """A fact that the ask carries, if it is to carry one: never the only one, nor one that leans on what is before."""
    if len(facts) < 2 or len(case.key) > 1 or case.preference or chance.random() >= IN_ASK_SHARE:
        return None
    last = facts[-1]
    return last if can_be_inner(told[last], small) and not leans(told[last]) and "," not in told[last] else None


def _flow(scene: str, sentences: Sequence[str], small: frozenset[str], chance: random.Random) -> str:
    """Scene and sentences as one text, in one to three paragraphs, with at most one joint and one connective."""
    text = scene
    joined = connected = False
    at_break = chance.randrange(len(sentences)) if sentences and chance.random() < PARAGRAPH_SHARE else -1
    for place, sentence in enumerate(sentences):
        behind_scene = place == 0
        fits = can_be_inner(sentence, small)
        if place == at_break:
            text += f"\n\n{sentence}"
        elif not joined and not behind_scene and fits and _can_take(text, sentence) and chance.random() < JOINT_SHARE:
            text = text.rstrip(".") + chance.choice((", and ", "; ")) + inner(sentence) + "."
            joined = True
        elif not connected and not behind_scene and fits and chance.random() < CONNECTIVE_SHARE:
            text += f" {chance.choice(CONNECTIVES)} {inner(sentence)}."
            connected = True
        else:
            text += f" {sentence}"
    return text


def _can_take(text: str, sentence: str) -> bool:
    """Whether the last sentence of a text is plain and short enough for another one behind it."""
    last = text.rpartition("\n")[2].rpartition(". ")[2]
    return (
        len(last.split()) <= 16
        and not any(sign in last for sign in ";:()")
        and last.count(",") == 0
        and (sentence.count(",") == 0)
    )
