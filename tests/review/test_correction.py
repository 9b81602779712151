from datetime import timedelta

from tests.conftest import NOON
from tutor.review.case import case_id, gather
from tutor.review.correction import void_before
from tutor.review.flag import Cause, Flag
from tutor.review.ruling import Ruling


def void(cause: Cause, *rulings: Ruling, taken_back: frozenset[str] = frozenset(), wanted: int = 1):
    flag = Flag("item", "kettle-1", cause, "", "me", NOON)
    return void_before(gather([flag], rulings, taken_back, {}, {}, reviewers_wanted=wanted))


def ruling(cause: Cause, name: str, minutes: int, by: str = "first") -> Ruling:
    case = case_id("item", "kettle-1", cause)
    return Ruling(name, case, "uphold", "retire", "Wrong.", by, NOON + timedelta(minutes=minutes))


def test_answers_before_the_last_ruling_that_upheld_are_void() -> None:
    rulings = ruling("wrong key", "r1", 1), ruling("wrong key", "r2", 5, "second")
    assert void("wrong key", *rulings) == {"kettle-1": NOON + timedelta(minutes=5)}
    assert void("wrong key", *rulings, taken_back=frozenset({"r1", "r2"})) == {}
    assert void("wrong key", rulings[0], wanted=2) == {}


def test_an_item_that_was_graded_rightly_voids_nothing() -> None:
    assert void("too easy", ruling("too easy", "r1", 1)) == {}
