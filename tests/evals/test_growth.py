import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.growth import fit

SIZES = (1_000, 10_000, 100_000)


@pytest.mark.parametrize(
    ("grows", "form"),
    [
        (lambda n: 3 + 0.002 * n, "3 + 0.002·n"),
        (lambda n: 0.5 + 0.1 * math.log2(n), "0.5 + 0.1·log2(n)"),
        (lambda n: 0.04 * n**0.5, "0.04·n^0.50"),
    ],
)
def test_the_law_behind_the_measurements_is_found(grows, form: str) -> None:
    law = fit({size: grows(size) for size in SIZES})
    assert law.form == form
    assert law.error < 1e-6
    assert law.at(1_000_000) == pytest.approx(grows(1_000_000))


@given(st.floats(0.01, 100), st.floats(0, 1e-3), st.lists(st.floats(0.9, 1.1), min_size=3, max_size=3))
def test_noise_does_not_lead_far_away(a: float, b: float, noise: list[float]) -> None:
    measured = {size: (a + b * size) * factor for size, factor in zip(SIZES, noise, strict=True)}
    law = fit(measured)
    assert law.error <= 0.25
    assert law.at(500_000) > 0


def test_two_measurements_are_no_law() -> None:
    with pytest.raises(ValueError, match="three"):
        fit({1_000: 1.0, 10_000: 2.0})
