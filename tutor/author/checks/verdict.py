"""What the checks say of an item: that it may be shown, or for which named reasons it may not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Proof = Literal["agree", "abstain", "disagree", "not asked"]
"""What an independent solver made of an item's key, where it was asked."""
Check = Literal["schema", "lint", "key", "solver", "citations", "novelty", "ruling"]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with an item."""

    check: Check
    name: str
    """What it is called: `longest option is the key`."""
    where: str = ""
    """The option's letter, `stem` or `ask`."""
    words: str = ""
    """What shows it."""

    @property
    def text(self) -> str:
        """The fault in one line."""
        place = f" in {self.where}" if self.where else ""
        return f"{self.name}{place}" + (f": {self.words}" if self.words else "")


@dataclass(frozen=True)
class Verdict:
    """The outcome of all checks of an item."""

    faults: tuple[Fault, ...] = ()
    solver: Proof = "not asked"
    """What an independent solver made of it."""
    confidence: float = 0.0
    """How sure that solver was of its own answer."""
    proved: bool = False
    """Whether its model, asked again, leaves just the keyed options."""
    nearest: float = 0.0
    """How near the most similar other item is, by meaning."""
    milliseconds: Mapping[str, float] = field(default_factory=dict)
    """What each check took."""

    @property
    def passed(self) -> bool:
        """Whether the item may be shown."""
        return not self.faults

    def as_json(self) -> dict[str, Any]:
        """The verdict in the shape that the command line promises."""
        return {
            "passed": self.passed,
            "faults": [
                {"check": one.check, "name": one.name, "where": one.where, "words": one.words} for one in self.faults
            ],
            "proved_by_model": self.proved,
            "solver": self.solver,
            "solver_confidence": round(self.confidence, 3),
            "nearest": round(self.nearest, 3),
        }
