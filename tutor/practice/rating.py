"""Attempts in; the difficulty of items and the skill of learners out, on one scale (Elo: Rasch's model, kept up).

At equal rating the chance to be right is one half; each unit more is a factor of e in the odds. An item starts where
its structure predicts, and moves less the more answers it has, so that an early mistake is corrected and a late one
weighs little.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

SPREAD = 4.0
"""Items predicted easiest and hardest lie this far apart."""
FIRST_STEP = 0.6
SETTLING = 0.08
"""How fast steps become smaller with the number of answers."""
OBSERVED_FROM = 8
"""So many answers make a difficulty observed; before, it is predicted."""
EASY_BELOW, HARD_FROM = -0.5, 0.5


def start(hardness: float) -> float:
    """The rating of an item that nobody has answered, from its predicted hardness (0 to 1)."""
    return (hardness - 0.5) * SPREAD


def chance(skill: float, rating: float) -> float:
    """The probability that a learner of this skill answers an item of this rating rightly."""
    return 1 / (1 + math.exp(rating - skill))


def step(answers: int) -> float:
    """How far the next answer may move what has had so many answers."""
    return FIRST_STEP / (1 + SETTLING * answers)


def rerated(rating: float, skill: float, is_right: bool, answers: int) -> float:
    """The item's rating after one more answer."""
    return rating - step(answers) * (is_right - chance(skill, rating))


def skill(outcomes: Iterable[tuple[float, bool]]) -> float:
    """A learner's skill from the ratings of the items answered and the outcomes, oldest first."""
    found = 0.0
    for count, (rating, is_right) in enumerate(outcomes):
        found += step(count) * (is_right - chance(found, rating))
    return found


def difficulty(rating: float, answers: int) -> tuple[str, str]:
    """A rating in a word, and whether it is predicted or observed."""
    word = "easy" if rating < EASY_BELOW else "hard" if rating >= HARD_FROM else "medium"
    return word, "observed" if answers >= OBSERVED_FROM else "predicted"
