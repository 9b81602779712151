"""What the Review tab's buttons say and clear, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import NOON, SMALL_CORPUS
from tests.store.test_bank import ITEM
from tests.test_review import TOLD
from tutor.flow import Tutor
from tutor.settings import load_settings
from tutor.ui.review import EVERY, _Reviewing


@pytest.fixture
def tutor(tmp_path: Path) -> Iterator[Tutor]:
    made = Tutor(load_settings({"TUTOR_HOME": str(tmp_path), "TUTOR_CORPUS": str(SMALL_CORPUS)}), clock=lambda: NOON)
    yield made
    made.close()


def said(tutor: Tutor, case: str, banned: str) -> str:
    told = _Reviewing(tutor).rule("uphold", EVERY, False, "retire", case, "first", "Wrong.", [], banned)
    return str(told[3])


def test_a_ruling_that_forbids_nothing_says_so(tutor: Tutor) -> None:
    tutor.review.flag("answer", "1/1", "unclear", "", "me", {"question": "Which?", "answer": "Kettle."})
    tutor.review.flag("answer", "1/2", "unclear", "", "me", {"question": "Which?", "answer": "Samovar."})
    assert "Nothing is forbidden by it" in said(tutor, "answer:1/1", "")
    assert "1 thing will never come again" in said(tutor, "answer:1/2", "Samovar")


def test_words_banned_for_one_case_are_not_offered_for_the_next(tutor: Tutor) -> None:
    tutor.review.flag("answer", "1/1", "unclear", "", "me", {"question": "Which?", "answer": "Kettle."})
    for case in ("answer:1/1:unclear", None):
        _, _, struck, banned, checked = _Reviewing(tutor).choose(case)
        assert (struck.value, banned, checked) == ([], "", "")


def test_a_case_whose_item_is_on_another_machine_opens(tutor: Tutor, tmp_path: Path) -> None:
    tutor._ground.store.bank.keep(replace(ITEM, item=TOLD))
    tutor.review.flag("item", "kettle-1", "wrong key", "", "me")
    other = Tutor(load_settings({"TUTOR_HOME": str(tmp_path / "other"), "TUTOR_CORPUS": str(SMALL_CORPUS)}))
    other.review.take_in(list(tutor.review.export()))
    html, text, *_ = _Reviewing(other).choose("item:kettle-1:wrong-key")
    other.close()
    assert "A tea house forecasts its sales" in html
    assert text == ""
