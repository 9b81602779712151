"""Likenesses in, the pull of precedents on options out: what was ruled in like circumstances, of like choices.

A precedent counts by how alike its circumstance is to the question's, and its choice to the nearest option. It pulls
that option up, or down where it says that the choice fails, and the others the other way: what sets options apart
counts, not what they share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tutor.index.encoder import Vectors

NARROW = 20.0
"""How fast a precedent loses weight as its circumstance grows unlike."""
CLOSE = 8.0
"""The same for its choice."""
APART = 12.0
"""How sharply a choice is told to belong to the nearest option rather than to another."""
CLAUSE = 0.65
"""What the nearest clause of the question counts for; the question as a whole counts for the rest."""
CROWD = 0.7
"""How far many precedents are an average (1) rather than a sum (0)."""


@dataclass(frozen=True)
class Pull:
    """What precedents say of options."""

    scores: Vectors
    """One for each option."""
    shares: Vectors
    """What each precedent, in rows, adds to each option's score."""


def pull(near: Vectors, fit: Vectors, signs: Vectors, trust: Vectors) -> Pull:
    """Weigh precedents: `near` has a column for each clause and a last one for all, `fit` one for each option."""
    if not np.any(signs):
        return Pull(np.zeros(fit.shape[1], np.float32), np.zeros_like(fit))
    circumstance = CLAUSE * near[:, :-1].max(axis=1) + (1 - CLAUSE) * near[:, -1] if near.shape[1] > 1 else near[:, 0]
    heights = NARROW * circumstance + CLOSE * fit.max(axis=1) + trust
    heights = np.where(signs == 0, -np.inf, heights)
    weights = np.exp(heights - heights.max())
    belongs = np.exp(APART * (fit - fit.max(axis=1, keepdims=True)))
    belongs = belongs / belongs.sum(axis=1, keepdims=True) - 1 / fit.shape[1]
    shares: Vectors = (weights * signs)[:, None] * belongs / weights.sum() ** CROWD
    return Pull(shares.sum(axis=0), shares)
