"""What rulings change for other desks: the cases as they stand, and which answers count no longer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tutor.flow.ground import Ground
from tutor.review.case import Case, gather
from tutor.review.correction import void_before


def all_cases(ground: Ground) -> list[Case]:
    """Every case, settled ones last."""
    reviews, now = ground.store.reviews, ground.clock()
    return gather(
        reviews.flags(),
        reviews.rulings(),
        reviews.taken_back(),
        reviews.met(),
        {name: one for name, one in reviews.reservations().items() if one.holds(now)},
        reviewers_wanted=ground.settings.reviewers,
    )


def voided(ground: Ground) -> Mapping[str, datetime]:
    """By item: answers before this moment count no longer, because a ruling upheld what was held against it."""
    return void_before(all_cases(ground)) if ground.store.reviews.rulings() else {}
