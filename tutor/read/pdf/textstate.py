"""How letters are set at a point of a page's instructions: font, size, spacing, colour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tutor.read.pdf.faces import Face

SETTING = frozenset({b"Tc", b"Tw", b"Tz", b"TL", b"Ts", b"Tr"})
"""Operators that set a single number."""


@dataclass(frozen=True, slots=True)
class TextState:
    """The text state of the PDF standard, as far as it matters here."""

    face: Face | None = None
    size: float = 12.0
    letter_gap: float = 0.0
    word_gap: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    white: bool = False

    def after(self, operator: bytes, operand: Any) -> TextState:
        """The state after one of the operators that set a single number."""
        value = float(operand)
        if operator == b"Tc":
            return replace(self, letter_gap=value)
        if operator == b"Tw":
            return replace(self, word_gap=value)
        if operator == b"Tz":
            return replace(self, stretch=value / 100)
        if operator == b"TL":
            return replace(self, leading=value)
        if operator == b"Ts":
            return replace(self, rise=value)
        return replace(self, mode=int(value))
