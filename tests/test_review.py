import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NOON, SMALL_CORPUS
from tests.store.test_bank import ITEM
from tutor.errors import InputError
from tutor.flow import Tutor
from tutor.review.gold import read_gold_rulings
from tutor.settings import load_settings
from tutor.store import Attempt

TOLD = {
    "id": "kettle-1",
    "stem": "A tea house forecasts its sales. What fits?",
    "ask": "What fits?",
    "options": {"A": "Use Kettle", "B": "Use Samovar"},
    "option_ids": ["kettle", "samovar"],
    "key": ["A"],
    "circumstances": ["no-staff"],
    "model": "kettle",
    "seed": "7/0",
    "explanations": {"A": "It fits.", "B": "It does not."},
}


@pytest.fixture
def tutor(tmp_path: Path):
    environment = {"TUTOR_HOME": str(tmp_path), "TUTOR_CORPUS": str(SMALL_CORPUS), "TUTOR_REVIEWERS": "1"}
    made = Tutor(load_settings(environment), clock=lambda: NOON)
    made._ground.store.bank.keep(replace(ITEM, item=TOLD))
    yield made
    made.close()


def test_a_flag_becomes_a_ruling_that_retires_the_item_and_binds(tutor: Tutor) -> None:
    gold = tutor.review.bonds  # what stands in the gold set binds every machine
    tutor.review.flag("item", "kettle-1", "wrong key", "B fits as well.", "me")
    (case,) = tutor.review.cases()
    done = tutor.review.rule(case.id, "uphold", "first", remedy="retire", words="B fits.", struck=["no-staff|samovar"])
    assert done.case.state == "upheld"
    assert tutor.items.find("kettle-1").state == "retired"
    assert {bond.kind for bond in set(tutor.review.bonds.bonds) - set(gold.bonds)} == {"item", "ruling"}
    assert tutor.review.cases() == []
    tutor.review.take_back(done.ruling.id, "first")
    assert tutor.items.find("kettle-1").state == "draft"
    assert tutor.review.bonds == gold
    assert len(tutor.review.cases()) == 1
    assert tutor.review.log()[1] is None


def test_only_somebody_else_promotes_and_the_gold_file_says_why(tutor: Tutor, tmp_path: Path) -> None:
    gold = tmp_path / "gold" / "rulings.yaml"
    tutor.review.flag("item", "kettle-1", "two right", "", "me")
    (case,) = tutor.review.cases()
    with pytest.raises(InputError, match="only an upheld"):
        tutor.review.promote(case.id, "second", gold)
    tutor.review.rule(case.id, "uphold", "first", remedy="retire", words="Both fit.")
    with pytest.raises(InputError, match="Somebody else"):
        tutor.review.promote(case.id, "first", gold)
    tutor.review.promote(case.id, "second", gold)
    tutor.review.promote(case.id, "second", gold)
    (kept,) = read_gold_rulings(gold)
    assert (kept.why, kept.ruled_by, kept.promoted_by) == ("Both fit.", ("first",), "second")
    assert any(bond.kind == "circumstances" for bond in kept.bonds)


def test_a_case_that_somebody_is_at_is_left_to_them(tutor: Tutor) -> None:
    tutor.review.flag("item", "kettle-1", "unclear", "", "me")
    (case,) = tutor.review.cases()
    tutor.review.reserve(case.id, "first")
    with pytest.raises(InputError, match="first is at this case"):
        tutor.review.rule(case.id, "dismiss", "second")
    tutor._ground.clock = lambda: NOON + timedelta(hours=1)
    assert tutor.review.rule(case.id, "dismiss", "second").case.state == "dismissed"


def test_learners_who_met_an_item_are_told(tutor: Tutor) -> None:
    tutor._ground.store.bank.attempt(Attempt("kettle-1", "me", ("B",), False, 3.0, NOON), 0.2)
    tutor.review.flag("item", "kettle-1", "wrong key", "", "me")
    tutor.review.rule(tutor.review.cases()[0].id, "uphold", "first", remedy="retire", words="B.")
    assert [notice.case.target_id for notice in tutor.review.notices("me")] == ["kettle-1"]
    assert tutor.review.notices("you") == []


def test_what_is_exported_comes_in_once(tutor: Tutor, tmp_path: Path) -> None:
    tutor.review.flag("item", "kettle-1", "wrong key", "", "me")
    tutor.review.rule(tutor.review.cases()[0].id, "uphold", "first", remedy="retire", words="B.")
    records = [json.loads(json.dumps(record)) for record in tutor.review.export()]
    other = Tutor(load_settings({"TUTOR_HOME": str(tmp_path / "other"), "TUTOR_CORPUS": str(SMALL_CORPUS)}))
    assert other.review.take_in(records) == (1, 1)
    assert other.review.take_in(records) == (0, 0)
    assert other.review.bonds == tutor.review.bonds
    with pytest.raises(InputError, match="line 1"):
        other.review.take_in([{"record": "flag"}])
    other.close()


def test_an_item_that_is_not_there_cannot_be_flagged(tutor: Tutor) -> None:
    with pytest.raises(InputError, match="no item"):
        tutor.review.flag("item", "samovar-1", "wrong key", "", "me")
