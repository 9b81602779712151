"""A page's paths in, the shapes that it shows out: boxes, rules, dots.

They tell three things: that white text stands on something dark, where a bullet is drawn rather than written, and which
lines make a table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tutor.read.pdf.geometry import Box, Matrix, at, box_around

MOST_SHAPES = 4000
"""On one page; drawings have more, and no text to lose by it."""

_FILLING = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_STROKING = frozenset({b"S", b"s", b"B", b"B*", b"b", b"b*"})
_EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)


@dataclass(frozen=True, slots=True)
class Shape:
    """Something drawn: where, and how."""

    box: Box
    filled: bool
    stroked: bool
    white: bool = False

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """How high it is."""
        return self.box[3] - self.box[1]

    def covers(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]


@dataclass
class Shapes:
    """The shapes drawn so far, and the path being drawn."""

    done: list[Shape] = field(default_factory=list)
    _parts: list[list[tuple[float, float]]] = field(default_factory=list)

    def follow(self, operator: bytes, operands: Any, matrix: Matrix, *, white: bool) -> None:
        """Follow one path operator; others are passed over."""
        if operator == b"re":
            x, y, width, height = (float(operand) for operand in operands[:4])
            self._parts.append([at(matrix, x, y), at(matrix, x + width, y + height)])
        elif operator in (b"m", b"l", b"c", b"v", b"y"):
            numbers = [float(operand) for operand in operands]
            points = [at(matrix, x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=False)]
            if operator == b"m" or not self._parts:
                self._parts.append([])
            self._parts[-1] += points
        elif operator in _FILLING | _STROKING | {b"n"}:
            for points in self._parts if operator != b"n" else []:
                self.add(Shape(box_around(points), operator in _FILLING, operator in _STROKING, white))
            self._parts = []
        elif operator == b"sh":
            self.add(Shape(_EVERYWHERE, filled=True, stroked=False))

    def add(self, shape: Shape) -> None:
        """Keep a shape."""
        if len(self.done) < MOST_SHAPES:
            self.done.append(shape)

    def is_dark(self, x: float, y: float) -> bool:
        """Whether something other than white is painted at a place."""
        return any(shape.filled and not shape.white and shape.covers(x, y) for shape in self.done)
