"""An item and the rest of the bank in; those that may share its fault out: decided by the same, or told alike.

Where a model's ruling is wrong, every item with that circumstance is wrong with it. Reviewers see them beside the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tutor.index.terms import terms

LEAST = 0.35
"""Items that are less alike are not shown."""
MOST = 6


@dataclass(frozen=True)
class Similar:
    """Another item, and what it shares."""

    id: str
    alike: float
    why: str
    item: Mapping[str, Any]


def similar(item: Mapping[str, Any], others: Iterable[Mapping[str, Any]], most: int = MOST) -> list[Similar]:
    """The items that are most like this one, the likest first."""
    found = [_compared(item, other) for other in others if other["id"] != item["id"]]
    likest = sorted((one for one in found if one.alike >= LEAST), key=lambda one: (-one.alike, one.id))
    return likest[:most]


def _compared(item: Mapping[str, Any], other: Mapping[str, Any]) -> Similar:
    mine, theirs = set(item.get("circumstances", ())), set(other.get("circumstances", ()))
    if item.get("model") and item.get("model") == other.get("model") and mine | theirs:
        shared = sorted(mine & theirs)
        same_key = bool(_keyed(item) & _keyed(other))
        alike = 0.75 * len(shared) / len(mine | theirs) + 0.25 * same_key
        told = f"the same circumstances: {', '.join(shared)}" if shared else "the same model"
        return Similar(other["id"], alike, told + ("; the same key" if same_key else ""), other)
    words, others_words = set(terms(item["stem"])), set(terms(other["stem"]))
    either = words | others_words
    return Similar(other["id"], len(words & others_words) / len(either) if either else 0.0, "told alike", other)


def _keyed(item: Mapping[str, Any]) -> set[str]:
    """What is right, by the model's names where there is a model."""
    ids = dict(zip(item["options"], item.get("option_ids") or item["options"].values(), strict=True))
    return {ids[letter] for letter in item["key"]}
