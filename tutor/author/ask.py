"""A case in, its question out: what is asked, with the preference where there is one."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

from tutor.author.case import Case
from tutor.author.sentences import telling

ASIDE_SHARE = 0.4
"""How often the preference has a sentence of its own, where it is no clause."""

ASIDES = ("The team wants to do this {}.", "All of this should be done {}.")
STOCK = (
    "What should you do?",
    "What do you recommend?",
    "What would you advise?",
    "Which option should it be?",
    "Which way would you go?",
    "How would you proceed?",
    "What is your recommendation?",
    "What should the team do?",
)
"""Asks that say nothing of the matter, so that another one of them says as much."""
STOCK_COST, FRAME_COST, CLUE_COST = 1.2, 0.8, 3.0
"""What it costs to ask with one of these, or with a frame, rather than after the matter itself, and for each word that
points to the key or away from it; beside chance."""
_STOCK = re.compile(r"^What (?:should|do|would) \w+(?: \w+)? (?:do|recommend|advise|choose)\?$")
_FRAME = re.compile(r"\b(?:meets?|fits?|suits?) (?:these|the|this|all)\b")
COUNTS = {2: "two", 3: "three"}
SEVERAL = (
    "Which {count} of these would each meet the requirements?",
    "Which {count} options fit these circumstances? Each is a solution by itself.",
    "Each of {count} options below would do. Which are they?",
    "Which {count} approaches would each do, even without the others?",
)


def put_ask(case: Case, texts: Mapping[str, str], chance: random.Random) -> str:
    """The question of a case, in the words that give least away, with its preference where it has one."""
    if len(case.key) > 1:
        count = COUNTS[len(case.key)]
        return f"{chance.choice(SEVERAL).format(count=count)} (Choose {count}.)"
    asks = chance.sample(case.model.asks, len(case.model.asks))
    ask = min(asks, key=lambda one: _cost(case, texts, one) + chance.random())
    if _STOCK.match(ask):
        ask = chance.choice(STOCK)
    if case.preference is None:
        return ask
    preferred = preference_asked(case, chance)
    if chance.random() < ASIDE_SHARE and not preferred.startswith("while "):
        return f"{chance.choice(ASIDES).format(preferred)} {ask}"
    return f"{ask.rstrip('?')} {preferred}?"


def _cost(case: Case, texts: Mapping[str, str], ask: str) -> float:
    """How worn an ask is, and how many more of its words the key has than the others on average."""
    worn = STOCK_COST if _STOCK.match(ask) else FRAME_COST if _FRAME.search(ask) else 0.0
    shared = {option: len(telling(ask) & telling(text)) for option, text in texts.items()}
    key = sum(shared[option] for option in case.key) / len(case.key)
    others = sum(shared[option] for option in case.distractors) / len(case.distractors)
    return worn + CLUE_COST * abs(key - others)


def preference_asked(case: Case, chance: random.Random) -> str:
    """The preference in one of its wordings."""
    assert case.preference is not None
    return chance.choice(case.preference.wordings)
