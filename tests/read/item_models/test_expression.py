from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import InputError
from tutor.read.item_models.expression import (
    filled,
    formula,
    names_in,
    rounded_in,
    slots_in,
    spoken,
    work_out,
)

VALUES = {"tp": Fraction(70), "fp": Fraction(130), "share": Fraction("0.1")}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("tp / (tp + fp)", Fraction(7, 20)),
        ("-tp + 2 ** 3", Fraction(-62)),
        ("ceil(tp / 30) + floor(tp / 30) + round(2.5)", Fraction(3 + 2 + 3)),
        ("max(tp, fp) - min(tp, fp) + abs(-4)", Fraction(64)),
        ("1 if tp > fp else 2", Fraction(2)),
        ("tp % 30 // 3", Fraction(3)),
        ("3 * share", Fraction(3, 10)),
        ("sqrt(tp + 11)", Fraction(9)),
    ],
)
def test_formulas_are_worked_out_exactly(text: str, value: Fraction) -> None:
    assert work_out(text, VALUES) == value


@pytest.mark.parametrize(
    "text", ["tp +", "tp.real", "__import__('os')", "open('x')", "[tp]", "lambda: 1", "'a' * 2", ""]
)
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        formula(text)


def test_a_name_that_nobody_gave_is_named() -> None:
    with pytest.raises(InputError, match="'missed'"):
        work_out("tp + missed", VALUES)
    with pytest.raises(InputError, match="'missed'"):
        filled("{missed} of them", VALUES)


def test_names_and_slots() -> None:
    assert names_in("tp / (tp + fp) if share else ceil(fp)") == {"tp", "fp", "share", "ceil"}
    assert slots_in("{tp} of {fp:2} and {{no}}") >= {"tp", "fp"}


@pytest.mark.parametrize(
    ("number", "decimals", "told"),
    [
        ("1234567", None, "1,234,567"),
        ("0.5", None, "0.5"),
        ("1/3", None, "0.333"),
        ("2/3", 1, "0.7"),
        ("40.25", 1, "40.3"),
        ("39.95", 1, "40.0"),
        ("1000000", 0, "1,000,000"),
    ],
)
def test_numbers_are_spoken_as_people_write_them(number: str, decimals: int | None, told: str) -> None:
    assert spoken(Fraction(number), decimals) == told


def test_texts_are_filled() -> None:
    assert filled("{tp} of {fp}, that is {share:2}", VALUES) == "70 of 130, that is 0.10"


def test_rounding_that_hides_something_is_noticed() -> None:
    assert rounded_in("{tp} and {share:0} and {share:1}", VALUES) == ["share"]


@given(st.fractions(min_value=0, max_value=10**9), st.integers(0, 4))
def test_what_is_spoken_is_within_half_a_digit(number: Fraction, decimals: int) -> None:
    said = Fraction(spoken(number, decimals).replace(",", ""))
    assert abs(said - number) <= Fraction(1, 2 * 10**decimals)
