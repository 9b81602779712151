"""The structure of an item in, how hard it should be out: from 0 to 1, predicted until answers are in.

What makes such items hard is known from studies of item models and holds here by construction: how many circumstances
must be held together, how much speaks for the wrong options, and how little beside the one broken circumstance speaks
against them. A distractor that breaks a single circumstance and meets others is the one that is chosen; one that breaks
most of them is struck out at once. Several right options multiply what has to be decided.
"""

from __future__ import annotations

from collections.abc import Sequence

LOAD, NEARNESS, DOUBT = 0.35, 0.55, 0.1
"""The shares of: circumstances to be held, tempting distractors, and a key for which little speaks outright."""
PREFERENCE, FURTHER_KEY = 0.12, 0.15
"""What weighing up instead of ruling out adds, and each further right option."""


def predict(
    *, facts: int, misses: Sequence[tuple[int, int]], support: int, keys: int = 1, by_preference: bool = False
) -> float:
    """How hard an item is with so many stated facts, distractors that break and meet so many, and so much support."""
    near = sum(_nearness(broken, met) for broken, met in misses) / max(1, len(misses))
    raw = LOAD * min(facts, 4) / 4 + NEARNESS * near + DOUBT * (1 - min(support, 3) / 3)
    raw += PREFERENCE * by_preference + FURTHER_KEY * (keys - 1)
    return round(max(0.0, min(1.0, raw)), 3)


def _nearness(broken: int, met: int) -> float:
    """How tempting a distractor is."""
    return (1.0 if broken <= 1 else 0.45 if broken == 2 else 0.1) * (0.35 + 0.65 * min(met, 2) / 2)
