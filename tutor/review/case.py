"""Cases: flags about the same thing for the same cause, ordered by the harm they do and how many learners met it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tutor.review.flag import HARM, Cause, Flag, Target
from tutor.review.ruling import Reservation, Ruling, State, standing, state


@dataclass(frozen=True)
class Case:
    """What a reviewer decides about at once."""

    id: str
    """`target:target id:cause`."""
    target: Target
    target_id: str
    cause: Cause
    flags: tuple[Flag, ...]
    rulings: tuple[Ruling, ...]
    """Those that stand, oldest first."""
    learners_met: int
    reviewers_wanted: int
    reserved: Reservation | None = None

    @property
    def state(self) -> State:
        """What the case is."""
        return state(self.rulings, reviewers_wanted=self.reviewers_wanted)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to decide."""
        return self.state in ("upheld", "dismissed")

    @property
    def urgency(self) -> float:
        """Harm, times those whom it reached and who complained."""
        people = len({flag.by for flag in self.flags if not flag.is_automatic})
        return HARM[self.cause] * (1 + people + math.sqrt(self.learners_met))

    @property
    def first_at(self) -> datetime:
        """When it was first flagged."""
        return min(flag.at for flag in self.flags)

    @property
    def shown(self) -> Mapping[str, Any]:
        """What was flagged, as it was shown last."""
        return max(self.flags, key=lambda flag: flag.at).shown


def case_id(target: Target, target_id: str, cause: Cause) -> str:
    """What a case is called."""
    return f"{target}:{target_id}:{cause.replace(' ', '-')}"


def gather(
    flags: Iterable[Flag],
    rulings: Sequence[Ruling],
    taken_back: frozenset[str],
    met: Mapping[str, int],
    reservations: Mapping[str, Reservation],
    *,
    reviewers_wanted: int = 1,
) -> list[Case]:
    """All cases, the most urgent first; settled ones last."""
    grouped: dict[str, list[Flag]] = {}
    for flag in flags:
        grouped.setdefault(case_id(flag.target, flag.target_id, flag.cause), []).append(flag)
    cases = [
        Case(
            id=name,
            target=group[0].target,
            target_id=group[0].target_id,
            cause=group[0].cause,
            flags=tuple(group),
            rulings=tuple(standing([one for one in rulings if one.case == name], taken_back)),
            learners_met=met.get(group[0].target_id, 0),
            reviewers_wanted=reviewers_wanted,
            reserved=reservations.get(name),
        )
        for name, group in grouped.items()
    ]
    return sorted(cases, key=lambda case: (case.is_settled, -case.urgency, case.first_at, case.id))
