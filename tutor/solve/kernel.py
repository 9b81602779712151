"""Likenesses in, the pull of precedents on options out: what was ruled in like circumstances, of like choices.

A precedent counts by how alike its circumstance is to the question's, and its choice to the nearest option, in meaning
and by the words that they share. It pulls that option up, or down where it says that the choice fails, and the others
the other way: what sets options apart counts, not what they share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tutor.index.encoder import Vectors


@dataclass(frozen=True)
class Kernel:
    """How sharply likeness counts. `python -m evals solve --kernel` climbs to better numbers on the tuning half."""

    narrow: float = 14.5
    """How fast a precedent loses weight as its circumstance grows unlike in meaning,"""
    narrow_words: float = 1.3
    """and by the circumstance's words that the stem has."""
    clause: float = 0.63
    """What the nearest clause of the question counts for in that; the question as a whole counts for the rest."""
    close: float = 6.2
    """The same for its choice: in meaning,"""
    close_words: float = 0.5
    """by the choice's words that an option has,"""
    close_option: float = 1.6
    """and by the option's own words that the choice has."""
    apart: float = 12.6
    """How sharply a choice is told to belong to the nearest option rather than to another, by the same three."""
    apart_words: float = 2.5
    apart_option: float = 1.1
    crowd: float = 0.54
    """How far many precedents are an average (1) rather than a sum (0)."""


KERNEL = Kernel()


@dataclass(frozen=True)
class InWords:
    """The words that precedents, in rows, and a question share, each as a share."""

    circumstance: Vectors
    """Of the circumstance's words those that the stem has."""
    choice: Vectors
    """Of the choice's words those that each option has."""
    option: Vectors
    """Of each option's own words those that the choice has."""


@dataclass(frozen=True)
class Pull:
    """What precedents say of options."""

    scores: Vectors
    """One for each option."""
    shares: Vectors
    """What each precedent, in rows, adds to each option's score."""


def pull(near: Vectors, fit: Vectors, said: InWords, signs: Vectors, trust: Vectors, kernel: Kernel = KERNEL) -> Pull:
    """Weigh precedents: `near` has a column for each clause and a last one for all, `fit` one for each option."""
    if not np.any(signs):
        return Pull(np.zeros(fit.shape[1], np.float32), np.zeros_like(fit))
    by = kernel
    clauses = near[:, :-1].max(axis=1) if near.shape[1] > 1 else near[:, 0]
    circumstance = by.clause * clauses + (1 - by.clause) * near[:, -1]
    close = by.close * fit + by.close_words * said.choice + by.close_option * said.option
    heights = by.narrow * circumstance + by.narrow_words * said.circumstance + close.max(axis=1) + trust
    heights = np.where(signs == 0, -np.inf, heights)
    weights = np.exp(heights - heights.max())
    apart = by.apart * fit + by.apart_words * said.choice + by.apart_option * said.option
    belongs = np.exp(apart - apart.max(axis=1, keepdims=True))
    belongs = belongs / belongs.sum(axis=1, keepdims=True) - 1 / fit.shape[1]
    shares: Vectors = (weights * signs)[:, None] * belongs / weights.sum() ** by.crowd
    return Pull(shares.sum(axis=0), shares)
