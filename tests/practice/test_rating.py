import math
import random

import pytest

from tutor.errors import InputError
from tutor.practice.grading import grade
from tutor.practice.rating import chance, difficulty, rerated, skill, start


def test_equals_have_even_chances_and_a_unit_is_a_factor_of_e() -> None:
    assert chance(1.0, 1.0) == 0.5
    odds = chance(2.0, 1.0) / (1 - chance(2.0, 1.0))
    assert odds == pytest.approx(math.e)


def test_a_wrong_answer_makes_an_item_harder_and_later_ones_weigh_less() -> None:
    first = rerated(0.0, 0.0, is_right=False, answers=0)
    late = rerated(0.0, 0.0, is_right=False, answers=50)
    assert first == pytest.approx(0.3)
    assert 0 < late < first / 4
    assert rerated(0.0, 0.0, is_right=True, answers=0) == pytest.approx(-0.3)


def test_ratings_find_the_order_of_simulated_items() -> None:
    dice = random.Random(5)
    true = [-1.5, -0.5, 0.5, 1.5]
    found = [0.0] * 4
    for answers in range(300):
        for item, difficult in enumerate(true):
            able = dice.gauss(0, 1)
            is_right = dice.random() < chance(able, difficult)
            found[item] = rerated(found[item], able, is_right, answers)
    assert found == sorted(found)
    assert all(abs(mine - real) < 0.5 for mine, real in zip(found, true, strict=True))


def test_skill_grows_with_right_answers_to_hard_items() -> None:
    assert skill([]) == 0.0
    assert skill([(1.0, True)] * 5) > skill([(-1.0, True)] * 5) > 0 > skill([(-1.0, False)] * 5)


def test_a_difficulty_is_predicted_until_enough_have_answered() -> None:
    assert difficulty(start(0.2), 0) == ("easy", "predicted")
    assert difficulty(start(0.9), 20) == ("hard", "observed")


def test_several_right_options_count_only_together() -> None:
    assert grade(["c", "A "], ["A", "C"], "ABCD") == (("A", "C"), True)
    assert grade(["A"], ["A", "C"], "ABCD") == (("A",), False)
    assert grade(["A", "B", "C"], ["A", "C"], "ABCD")[1] is False


@pytest.mark.parametrize("chosen", [[], [" "], ["E"]])
def test_what_is_no_answer_is_said_to_be_none(chosen: list[str]) -> None:
    with pytest.raises(InputError):
        grade(chosen, ["A"], "ABCD")
