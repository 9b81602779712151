"""Measurements at a few sizes in; the law by which they grow out, and what it says of a larger size.

An extrapolation is no measurement, and is printed as what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Law:
    """A law of two parameters that was fitted to measurements."""

    form: str
    """Readable, with n for the size."""
    error: float
    """The largest relative error on the measurements."""
    at: Callable[[float], float]


def fit(measured: Mapping[int, float]) -> Law:
    """The law with the least relative error: a + b·n, a + b·log2(n) or a·n^b."""
    sizes = np.array(sorted(measured), np.float64)
    values = np.array([measured[int(size)] for size in sizes], np.float64)
    if len(sizes) < 3 or (values <= 0).any():
        raise ValueError("a law of two parameters needs three positive measurements")
    laws = [
        _line(sizes, values, lambda n: n, "{a:.3g} + {b:.3g}·n"),
        _line(sizes, values, np.log2, "{a:.3g} + {b:.3g}·log2(n)"),
        _power(sizes, values),
    ]
    return min(laws, key=lambda law: law.error)


def _line(sizes: Numbers, values: Numbers, of: Callable[[Numbers], Numbers], form: str) -> Law:
    """Least squares of the relative errors, with neither parameter below zero."""
    grown = of(sizes)
    both, *_ = np.linalg.lstsq(np.stack([1 / values, grown / values], axis=1), np.ones_like(values), rcond=None)
    a, b = (float(value) for value in both)
    if a < 0:
        a, b = 0.0, float((grown / values).sum() / ((grown / values) ** 2).sum())
    elif b < 0:
        a, b = float((1 / values).sum() / ((1 / values) ** 2).sum()), 0.0
    return _law(sizes, values, form.format(a=a, b=b), lambda n: a + b * float(of(np.float64(n))))  # type: ignore[arg-type]


def _power(sizes: Numbers, values: Numbers) -> Law:
    exponent, offset = (float(value) for value in np.polyfit(np.log(sizes), np.log(values), 1))
    factor = float(np.exp(offset))
    return _law(sizes, values, f"{factor:.3g}·n^{exponent:.2f}", lambda n: factor * n**exponent)


def _law(sizes: Numbers, values: Numbers, form: str, at: Callable[[float], float]) -> Law:
    errors = [abs(at(float(size)) / value - 1) for size, value in zip(sizes, values, strict=True)]
    return Law(form, max(errors), at)
