"""Fitting weights, and the questions that they are fitted and measured on."""

from collections import Counter

import numpy as np
import pytest

from evals.fitting import Case, fit_cases, validate
from evals.gold_set import ExamItem, read_items
from evals.solving import as_question
from tutor.solve.evidence import LENGTH

ITEMS = read_items()


def item(number: int, key: str) -> ExamItem:
    options = {"A": "one", "B": "two", "C": "three"}
    return ExamItem(id=str(number), question="Which?", options=options, key=(key,), level="near", split="tune")


def cases(longer: float = 0.0) -> list[Case]:
    """One measure that tells the key nearly always, one that tells nothing; keys may be longer than the others."""
    draw = np.random.default_rng(7)
    made = []
    for number in range(60):
        key = int(draw.integers(3))
        telling, idle, length = draw.normal(size=3) * 0.2, draw.normal(size=3), draw.normal(size=3)
        telling[key] += 1.0
        length[key] += longer
        measures = {"telling": telling, "idle": idle, "long": 2 * length, LENGTH: length}
        made.append(Case(item(number, "ABC"[key]), {name: np.asarray(v, np.float32) for name, v in measures.items()}))
    return made


def test_what_tells_the_key_gets_the_weight() -> None:
    weights = fit_cases(cases(), ["telling", "idle"])
    assert weights["telling"] > 10 * abs(weights["idle"])


def test_a_measure_that_is_only_length_gets_nothing() -> None:
    weights = fit_cases(cases(longer=1.5), ["long"])
    for case in cases(longer=1.5):
        by_length = weights["long"] * case.measures["long"] + weights[LENGTH] * case.measures[LENGTH]
        assert by_length == pytest.approx([0, 0, 0], abs=1e-3)


def test_each_case_is_validated_once_by_weights_fitted_without_it() -> None:
    right = validate(cases(), ["telling"])
    assert len(right["near"]) == 60
    assert np.mean(right["near"]) > 0.9


def test_an_item_is_asked_as_a_candidate_sees_it() -> None:
    question = as_question(item(1, "B"))
    assert (question.letters, question.choose) == (("A", "B", "C"), 1)
    assert "B" not in question.stem


def test_the_shipped_items_are_whole() -> None:
    assert len(ITEMS) >= 300
    assert len({one.id for one in ITEMS}) == len(ITEMS)
    assert len({one.question for one in ITEMS}) == len(ITEMS)
    for one in ITEMS:
        assert set(one.key) <= set(one.options), one.id
        assert len(set(one.options.values())) == len(one.options), one.id
        assert len(one.question.split()) >= 8, one.id


@pytest.mark.parametrize("split", ["tune", "held"])
def test_no_place_holds_the_key_much_oftener(split: str) -> None:
    places = Counter(one.key[0] for one in ITEMS if one.split == split and len(one.options) == 4)
    assert max(places.values()) / sum(places.values()) < 0.33
