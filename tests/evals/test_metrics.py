import math

import pytest

from evals.metrics import (
    brier,
    calibration_error,
    estimate,
    holm,
    kappa,
    ndcg,
    paired_probability,
    precision_and_recall,
    rate,
    recall,
    reciprocal_rank,
)

GRADES = {"a": 2, "b": 1}


def test_ndcg_by_hand() -> None:
    gained = 1 / math.log2(2) + 2 / math.log2(4)
    ideal = 2 / math.log2(2) + 1 / math.log2(3)
    assert ndcg(["b", "x", "a"], GRADES) == pytest.approx(gained / ideal)
    assert ndcg(["a", "b"], GRADES) == 1
    assert ndcg(["x"], GRADES) == 0
    assert ndcg(["x", "a"], GRADES, depth=1) == 0


def test_recall_and_reciprocal_rank_by_hand() -> None:
    assert recall(["b", "x", "a"], GRADES, 2) == 0.5
    assert reciprocal_rank(["x", "b", "a"], GRADES) == 0.5
    assert reciprocal_rank(["x"], GRADES) == 0


def test_the_interval_of_a_rate_by_hand() -> None:
    told = rate(8, 10)
    assert told.mean == 0.8
    assert told.low == pytest.approx(0.4902, abs=1e-4)
    assert told.high == pytest.approx(0.9433, abs=1e-4)
    assert rate(0, 5).low == pytest.approx(0, abs=1e-9)
    assert rate(5, 5).high == pytest.approx(1)


def test_a_bootstrap_interval_holds_the_mean_and_is_always_the_same() -> None:
    told = estimate([0, 1] * 20)
    assert told == estimate([0, 1] * 20)
    assert told.low < told.mean == 0.5 < told.high


def test_paired_probability_of_few_differences_is_exact() -> None:
    assert paired_probability([1, 1, 1, 1, 1, 0], [0, 0, 0, 0, 0, 0]) == 2 / 2**5
    assert paired_probability([1, 0, 1, 1], [0, 1, 1, 1]) == 1
    assert paired_probability([0.5, 0.2], [0.5, 0.2]) == 1


def test_paired_probability_of_many_differences_is_resampled() -> None:
    assert paired_probability([1.0] * 30, [0.0] * 30) < 0.01
    assert paired_probability([1.0, 0.0] * 20, [0.0, 1.0] * 20) > 0.5


def test_holm_by_hand() -> None:
    assert holm({"a": 0.01, "b": 0.04, "c": 0.03}) == pytest.approx({"a": 0.03, "c": 0.06, "b": 0.06})


def test_precision_recall_and_kappa_by_hand() -> None:
    judged = [(True, True)] * 3 + [(True, False)] + [(False, True)] * 2 + [(False, False)] * 4
    precision, found = precision_and_recall(judged)
    assert (precision.mean, found.mean) == (0.75, 0.6)
    by_chance = 0.4 * 0.5 + 0.6 * 0.5
    assert kappa(judged) == pytest.approx((0.7 - by_chance) / (1 - by_chance))


def test_calibration_by_hand() -> None:
    judged = [(0.9, True), (0.9, False), (0.1, False), (0.1, False)]
    assert brier(judged) == pytest.approx((0.01 + 0.81 + 0.01 + 0.01) / 4)
    assert calibration_error(judged) == pytest.approx((2 * 0.4 + 2 * 0.1) / 4)
