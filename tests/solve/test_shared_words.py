"""How much of a wording's words a text has."""

from __future__ import annotations

import pytest

from tutor.solve.evidence import apart_words
from tutor.solve.shared_words import LEAST_RARITY, SharedWords

RARITIES = {"singl": 3.0, "kettl": 1.0, "pot": 1.0, "sever": 3.0}


def rarity(term: str) -> tuple[float, bool]:
    return RARITIES.get(term, 2.0), term in RARITIES


WORDINGS = SharedWords(["a single kettle with pots", "several kettles with pots", "of the"], rarity)


def test_rare_words_count_more() -> None:
    shares = WORDINGS.shared({"singl", "kettl", "pot"}).of_wordings
    assert shares == pytest.approx([1.0, 2 / 5, 0.0])


def test_a_single_common_word_is_no_likeness() -> None:
    assert WORDINGS.shared({"pot"}).of_words == pytest.approx([1 / LEAST_RARITY, 1 / LEAST_RARITY, 0.0])
    assert WORDINGS.shared({"singl", "sever", "cup"}).of_words == pytest.approx([3 / 8, 3 / 8, 0.0])


def test_words_that_occur_nowhere_are_no_fault() -> None:
    assert WORDINGS.shared({"cup"}).of_wordings.tolist() == [0.0, 0.0, 0.0]
    assert SharedWords([], rarity).shared({"pot"}).of_wordings.tolist() == []


def test_options_are_known_by_the_words_that_not_all_of_them_have() -> None:
    assert apart_words(["Use one GPU", "Use one TPU"]) == [{"gpu"}, {"tpu"}]
    assert apart_words(["Use one GPU", "Use one GPU"]) == [{"use", "one", "gpu"}] * 2
    assert apart_words([]) == []
