"""What is wanted of an item: the filters of `tutor generate`, as one record."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.author.item import Difficulty, Kind
from tutor.errors import InputError
from tutor.read.document import CURRENT_EDITION

FEWEST_OPTIONS, MOST_OPTIONS = 3, 6
MOST_KEYS = 3


@dataclass(frozen=True)
class Wanted:
    """What an item should be about and how it should be built; None where anything goes."""

    edition: str = CURRENT_EDITION
    section: str | None = None
    """`4`"""
    objective: str | None = None
    """`4.2`"""
    consideration: str | None = None
    """`4.2.1`"""
    kind: Kind | None = None
    difficulty: Difficulty | None = None
    options: int | None = None
    """How many options are shown; None: four, and five or six where several are right."""
    choose: int = 1
    """How many of them are right."""
    model: str | None = None
    """Id of the item model."""

    def __post_init__(self) -> None:
        if not 1 <= self.choose <= MOST_KEYS:
            raise InputError(f"{self.choose} right options cannot be asked for. Ask for 1 to {MOST_KEYS}.")
        if self.options is not None and not FEWEST_OPTIONS <= self.options <= MOST_OPTIONS:
            raise InputError(
                f"{self.options} options cannot be shown. Ask for {FEWEST_OPTIONS} to {MOST_OPTIONS} of them."
            )
        if self.options is not None and self.options <= self.choose:
            raise InputError(
                f"Of {self.options} options {self.choose} cannot be right. Ask for more options or fewer right ones."
            )

    @property
    def shown(self) -> int:
        """How many options are shown."""
        return self.options or (4 if self.choose == 1 else 3 + self.choose)

    def admits(self, treats: str) -> bool:
        """Whether a consideration, as `edition/number`, is among those wanted."""
        edition, _, number = treats.partition("/")
        return edition == self.edition and all(
            wanted is None or number == wanted or number.startswith(f"{wanted}.")
            for wanted in (self.section, self.objective, self.consideration)
        )
