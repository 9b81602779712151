"""Flags: what somebody, or an automatic suspicion, holds against an answer, a statement, a citation or an item."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

from tutor.errors import InputError

Target = Literal["answer", "statement", "citation", "item"]
Cause = Literal[
    "wrong key",
    "two right",
    "unsupported",
    "outdated",
    "unclear",
    "flawed",
    "duplicate",
    "too easy",
    "offensive",
    "other",
]
TARGETS: tuple[Target, ...] = get_args(Target)
CAUSES: tuple[Cause, ...] = get_args(Cause)

HARM: Mapping[Cause, int] = {
    "wrong key": 5,
    "two right": 4,
    "offensive": 4,
    "unsupported": 4,
    "outdated": 3,
    "flawed": 2,
    "unclear": 2,
    "duplicate": 1,
    "too easy": 1,
    "other": 2,
}
"""How much it harms a learner who believes what is flagged."""
LONGEST_WORDS = 4_000


@dataclass(frozen=True)
class Flag:
    """One flag."""

    target: Target
    target_id: str
    """Item id, or `conversation/turn` with `/statement` or `/citation` behind it."""
    cause: Cause
    words: str
    by: str
    """Who flagged; `tutor` where the suspicion is automatic."""
    at: datetime
    shown: Mapping[str, Any] = field(default_factory=dict)
    """What was flagged, as it was shown."""

    @property
    def id(self) -> str:
        """The same flag by the same person is one flag."""
        told = "\n".join((self.target, self.target_id, self.cause, self.words, self.by))
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    @property
    def is_automatic(self) -> bool:
        """Whether a check or a statistic raised it."""
        return self.by == TUTOR


TUTOR = "tutor"
"""Who raises automatic suspicions."""


def read_cause(text: str) -> Cause:
    """A cause by its name; another one raises `InputError` with the list."""
    wanted = " ".join(text.lower().replace("-", " ").replace("_", " ").split())
    for cause in CAUSES:
        if wanted == cause:
            return cause
    raise InputError(f"{text!r} is no reason for a flag. Choose one of: {', '.join(CAUSES)}.")


def read_target(text: str) -> Target:
    """A kind of target by its name."""
    for target in TARGETS:
        if text.strip().lower() == target:
            return target
    raise InputError(f"{text!r} cannot be flagged. Flag one of: {', '.join(TARGETS)}.")
