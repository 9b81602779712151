"""Rulings: what reviewers decide of a case, who may still decide, and what the case is then.

Of each reviewer the newest standing ruling counts. The verdict that most of them gave decides, where as many agree as
are wanted; while verdicts are even, they disagree. Rulings are never changed: taking one back is another entry.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from tutor.errors import InputError

Verdict = Literal["uphold", "dismiss", "request changes"]
Remedy = Literal["none", "fix", "retire", "regenerate"]
State = Literal["open", "awaits a second", "disagreed", "upheld", "dismissed", "changes requested"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
REMEDIES: tuple[Remedy, ...] = get_args(Remedy)

RESERVED_FOR = timedelta(minutes=30)
"""A reservation ends by itself, so that a forgotten one blocks nobody."""
_DECIDED: dict[Verdict, State] = {"uphold": "upheld", "dismiss": "dismissed", "request changes": "changes requested"}


@dataclass(frozen=True)
class Ruling:
    """A reviewer's decision about a case."""

    id: str
    case: str
    verdict: Verdict
    remedy: Remedy
    words: str
    """Why; for a fix, what should stand there instead."""
    by: str
    at: datetime


@dataclass(frozen=True)
class Reservation:
    """Who is at a case, since when."""

    case: str
    by: str
    at: datetime

    def holds(self, now: datetime) -> bool:
        """Whether it still keeps others away."""
        return now - self.at < RESERVED_FOR


def state(rulings: Sequence[Ruling], *, reviewers_wanted: int = 1) -> State:
    """What a case is, by its standing rulings, each reviewer's newest one counting."""
    counted = Counter({ruling.by: ruling.verdict for ruling in rulings}.values()).most_common(2)
    if not counted:
        return "open"
    (verdict, agreed), differ = counted[0], counted[1:]
    if differ and (agreed == differ[0][1] or agreed < reviewers_wanted):
        return "disagreed"
    return _DECIDED[verdict] if agreed >= reviewers_wanted else "awaits a second"


def standing(rulings: Sequence[Ruling], taken_back: frozenset[str]) -> list[Ruling]:
    """The rulings that were not taken back, oldest first."""
    return sorted((one for one in rulings if one.id not in taken_back), key=lambda one: one.at)


def check_ruling(verdict: Verdict, remedy: Remedy, words: str) -> None:
    """Refuse a ruling that would leave open what is to be done."""
    if verdict == "uphold" and remedy == "none":
        raise InputError("An upheld flag needs a remedy: fix, retire or regenerate.")
    if verdict != "uphold" and remedy != "none":
        raise InputError(f"A case that is not upheld has no remedy, so {remedy!r} does not fit.")
    if verdict in ("uphold", "request changes") and not words.strip():
        raise InputError("Say in a few words why: whoever meets this ruling again must understand it.")
