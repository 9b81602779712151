"""The pull of precedents, against values worked out by hand."""

import math
from pathlib import Path

import numpy as np
import pytest

from tutor.solve.kernel import KERNEL, InWords, Pull
from tutor.solve.kernel import pull as pull_with
from tutor.solve.weights import read_weights, weigh, write_weights

ONE = np.ones(1, np.float32)
NO_TRUST = np.zeros(1, np.float32)


def in_words(near, fit) -> InWords:
    """No word in common."""
    return InWords(np.zeros(len(near), np.float32), np.zeros_like(fit), np.zeros_like(fit))


def pull(near, fit, signs, trust) -> Pull:
    """The pull of likeness in meaning alone."""
    return pull_with(near, fit, in_words(near, fit), signs, trust)


def test_what_means_the_same_is_told_apart_by_its_words() -> None:
    near, fit = np.full((2, 2), 0.8, np.float32), np.array([[0.7, 0.7], [0.7, 0.7]], np.float32)
    said = in_words(near, fit)
    said.circumstance[:] = (0.9, 0.1)
    said.choice[:] = ((1.0, 0.2), (0.2, 1.0))
    said.option[:] = ((0.8, 0.1), (0.1, 0.8))
    found = pull_with(near, fit, said, np.ones(2, np.float32), np.zeros(2, np.float32))
    assert found.scores[0] > 0.2 > -0.2 > found.scores[1]
    assert pull(near, fit, np.ones(2, np.float32), np.zeros(2, np.float32)).scores == pytest.approx([0, 0])


def test_one_precedent_pulls_its_option_up_and_the_other_down() -> None:
    near = np.array([[0.9, 0.5]], np.float32)
    fit = np.array([[0.8, 0.6]], np.float32)
    said = pull(near, fit, ONE, NO_TRUST)
    first = 1 / (1 + math.exp(-KERNEL.apart * 0.2))
    assert said.scores == pytest.approx([first - 0.5, 0.5 - first], abs=1e-5)


def test_a_precedent_that_fails_pulls_the_other_way() -> None:
    near, fit = np.array([[0.9, 0.5]], np.float32), np.array([[0.8, 0.6]], np.float32)
    assert pull(near, fit, -ONE, NO_TRUST).scores == pytest.approx(-pull(near, fit, ONE, NO_TRUST).scores)


def test_the_nearer_circumstance_weighs_more() -> None:
    near = np.array([[0.9, 0.9], [0.6, 0.6]], np.float32)
    fit = np.array([[0.8, 0.2], [0.2, 0.8]], np.float32)
    shares = pull(near, fit, np.ones(2, np.float32), np.zeros(2, np.float32)).shares
    assert shares[0, 0] / shares[1, 1] == pytest.approx(math.exp(KERNEL.narrow * 0.3), rel=1e-3)


def test_trust_is_a_logarithm() -> None:
    near, fit = np.full((2, 2), 0.5, np.float32), np.array([[0.8, 0.2], [0.2, 0.8]], np.float32)
    shares = pull(near, fit, np.ones(2, np.float32), np.array([1.0, 0.0], np.float32)).shares
    assert shares[0, 0] / shares[1, 1] == pytest.approx(math.e, rel=1e-3)


def test_a_precedent_that_is_left_out_adds_nothing() -> None:
    near = np.array([[0.9, 0.9], [0.6, 0.6]], np.float32)
    fit = np.array([[0.8, 0.2], [0.2, 0.8]], np.float32)
    said = pull(near, fit, np.array([0, 1], np.float32), np.zeros(2, np.float32))
    assert not said.shares[0].any()
    assert said.scores[1] > said.scores[0]


def test_without_precedents_nothing_is_pulled() -> None:
    empty = np.zeros((0, 3), np.float32)
    assert pull(empty, empty, np.zeros(0), np.zeros(0)).scores.tolist() == [0, 0, 0]


def test_weights_are_shares_of_the_weighed_measures() -> None:
    said = weigh(
        {"precedents": np.array([1.0, 0.0]), "length": np.array([2.0, 2.0])}, {"precedents": 2.0, "length": 5.0}
    )
    assert said == pytest.approx([1 / (1 + math.exp(-2)), 1 / (1 + math.exp(2))])


@pytest.mark.parametrize(
    "stem", ["Which of these is NOT a fit?", "Which step should not be taken?", "All hold EXCEPT one."]
)
def test_a_denied_ask_turns_the_weights_round(stem: str) -> None:
    said = weigh({"precedents": np.array([1.0, 0.0])}, {"precedents": 2.0}, stem)
    assert said[1] > said[0]


def test_a_denial_in_the_scenario_turns_nothing() -> None:
    stem = "The model, which is not new, is slow. What should you do?"
    assert weigh({"precedents": np.array([1.0, 0.0])}, {"precedents": 2.0}, stem)[0] > 0.5


def test_weights_are_read_as_they_were_written(tmp_path: Path) -> None:
    place = tmp_path / "weights.txt"
    write_weights({"shared passage": 0.125, "length": -1.0}, "By hand.", place)
    assert read_weights(place) == {"shared passage": 0.125, "length": -1.0}
