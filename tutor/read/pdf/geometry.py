"""Places on a page: matrices and boxes."""

from __future__ import annotations

from typing import Any

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix_of(numbers: Any) -> Matrix:
    """Six operands as a matrix; `ValueError` or `TypeError` where they are not."""
    a, b, c, d, e, f = (float(number) for number in numbers[:6])
    return (a, b, c, d, e, f)


def times(m: Matrix, n: Matrix) -> Matrix:
    """First `m`, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def at(m: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a point lands."""
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def box_around(points: list[tuple[float, float]]) -> Box:
    """The least box that holds all points."""
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)
