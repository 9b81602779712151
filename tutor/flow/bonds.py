"""What every verb must keep to: the rulings of this machine, and those that became gold cases for all."""

from __future__ import annotations

from tutor.flow.ground import Ground
from tutor.review.binding import Bonds
from tutor.review.gold import read_gold_rulings
from tutor.settings import PROJECT

GOLD_RULINGS = PROJECT / "evals" / "gold" / "rulings.yaml"
"""Cases that were upheld twice, and that the tests run."""


def standing_bonds(ground: Ground) -> Bonds:
    """Everything that rulings forbid."""
    gold = (bond for ruling in read_gold_rulings(GOLD_RULINGS) for bond in ruling.bonds)
    return Bonds((*ground.store.reviews.bonds(), *gold))
