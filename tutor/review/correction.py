"""Upheld cases in; since when answers to an item count no longer out: a flawed key is nobody's fault.

An answer given before the last ruling that upheld a case about its item is left out of skill, weakness and statistics.
Undoing the ruling lets it count again: nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from tutor.review.case import Case
from tutor.review.flag import Cause

STILL_FAIR: frozenset[Cause] = frozenset({"duplicate", "too easy"})
"""An item upheld for these was graded rightly."""


def void_before(cases: Iterable[Case]) -> Mapping[str, datetime]:
    """By item: answers before this moment count no longer."""
    found: dict[str, datetime] = {}
    for case in cases:
        if case.target == "item" and case.state == "upheld" and case.cause not in STILL_FAIR:
            ruled = max(ruling.at for ruling in case.rulings)
            found[case.target_id] = max(ruled, found.get(case.target_id, ruled))
    return found
