"""A case in, its question out: what is asked, with the preference where there is one."""

from __future__ import annotations

import random
from collections.abc import Mapping

from tutor.author.case import Case
from tutor.author.sentences import telling

ASIDE_SHARE = 0.4
"""How often the preference has a sentence of its own."""

ASIDES = ("The team wants to do this {}.", "All of this should be done {}.")
PLAIN = (
    "What should you do?",
    "What should the team do?",
    "What should the engineers do?",
    "What should the company do?",
)
"""Asks that say nothing of the matter, so that another plain one says as much."""
OTHER_PLAIN = ("What do you recommend?", "What would you advise?", "What should be done?")
COUNTS = {2: "two", 3: "three"}
SEVERAL = (
    "Which {count} of these would each meet the requirements?",
    "Which {count} options fit these circumstances? Each is a solution by itself.",
    "Each of {count} options below would do. Which are they?",
    "Which {count} approaches would each do, even without the others?",
)


def put_ask(case: Case, clues: Mapping[str, float], chance: random.Random) -> str:
    """The question of a case, in the words that give least away, with its preference where it has one."""
    if len(case.key) > 1:
        count = COUNTS[len(case.key)]
        return f"{chance.choice(SEVERAL).format(count=count)} (Choose {count}.)"
    asks = chance.sample(case.model.asks, len(case.model.asks))
    ask = min(asks, key=lambda one: sum(clues.get(stem, 0.0) for stem in telling(one)))
    if case.preference is None:
        return chance.choice((ask, *OTHER_PLAIN)) if ask in PLAIN else ask
    preferred = preference_asked(case, chance)
    if chance.random() < ASIDE_SHARE:
        return f"{chance.choice(ASIDES).format(preferred)} {ask}"
    return f"{ask.rstrip('?')} {preferred}?"


def preference_asked(case: Case, chance: random.Random) -> str:
    """The preference in one of its wordings."""
    assert case.preference is not None
    return chance.choice(case.preference.wordings)
