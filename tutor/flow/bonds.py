"""What every verb must keep to: the rulings of this machine, and those that became gold cases for all."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.flow.ground import Ground
from tutor.flow.rulings import all_cases
from tutor.review.binding import Bond, Bonds
from tutor.review.gold import read_gold_rulings
from tutor.settings import PROJECT

GOLD_RULINGS = PROJECT / "evals" / "gold" / "rulings.yaml"
"""Cases that were upheld twice, and that the tests run."""


def standing_bonds(ground: Ground) -> Bonds:
    """Everything that rulings forbid, save those that were outvoted."""
    found = ground.store.reviews.bonds()
    outvoted = {case.id for case in all_cases(ground) if case.state == "dismissed"} if found else set()
    return Bonds((*(bond for bond in found if bond.case not in outvoted), *gold_bonds()))


def gold_bonds() -> Iterator[Bond]:
    """What the gold cases forbid, for everybody."""
    return (bond for ruling in read_gold_rulings(GOLD_RULINGS) for bond in ruling.bonds)
