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


def test_what_two_reviewers_forbid_stands_once_in_the_gold_file_and_in_an_export(tutor: Tutor, tmp_path: Path) -> None:
    tutor.review.flag("item", "kettle-1", "wrong key", "", "me")
    (case,) = tutor.review.cases()
    for reviewer in ("first", "second"):
        tutor.review.rule(case.id, "uphold", reviewer, remedy="retire", words="B.", struck=["no-staff|samovar"])
    made = tutor.review.promote(case.id, "third", tmp_path / "rulings.yaml")
    assert [one.kind for one in made.forbidden] == ["item", "ruling"]
    assert made.ruled_by == ("first", "second")
    carried = [record for record in tutor.review.export() if record["record"] == "ruling"]
    assert [len(record["bonds"]) for record in carried] == [2, 2]


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
    with pytest.raises(InputError, match="line 2"):
        other.review.take_in([{**records[0], "words": "Another one."}, {**records[0], "cause": "dull"}])
    assert len(other.review.cases(also_settled=True)[0].flags) == 1
    other.close()


def test_an_item_that_is_not_there_cannot_be_flagged(tutor: Tutor) -> None:
    with pytest.raises(InputError, match="no item"):
        tutor.review.flag("item", "samovar-1", "wrong key", "", "me")


def test_a_reviewer_who_rules_again_takes_the_first_ruling_back(tutor: Tutor) -> None:
    gold = tutor.review.bonds
    tutor.review.flag("item", "kettle-1", "wrong key", "", "me")
    (case,) = tutor.review.cases()
    tutor.review.rule(case.id, "uphold", "first", remedy="retire", words="B.", struck=["no-staff|samovar"])
    assert tutor.review.rule(case.id, "dismiss", "first").case.state == "dismissed"
    assert tutor.review.bonds == gold
    assert tutor.items.find("kettle-1").state == "draft"
    assert [entry.deed for entry in tutor.review.log()[0]] == ["flag", "rule", "take back", "rule"]


def test_two_of_three_reviewers_decide_and_what_was_outvoted_binds_no_longer(tutor: Tutor) -> None:
    gold = tutor.review.bonds
    tutor.review.flag("item", "kettle-1", "wrong key", "", "me")
    (case,) = tutor.review.cases()
    tutor.review.rule(case.id, "uphold", "first", remedy="retire", words="B.")
    assert tutor.review.rule(case.id, "dismiss", "second").case.state == "disagreed"
    assert tutor.review.bonds != gold
    assert tutor.items.find("kettle-1").state == "retired"
    assert tutor.review.rule(case.id, "dismiss", "third").case.state == "dismissed"
    assert tutor.review.bonds == gold
    assert tutor.items.find("kettle-1").state == "draft"


def test_undoing_a_dismissal_changes_no_item(tutor: Tutor) -> None:
    tutor.items.approve("kettle-1")
    tutor.review.flag("item", "kettle-1", "unclear", "", "me")
    done = tutor.review.rule(tutor.review.cases()[0].id, "dismiss", "first")
    tutor.review.take_back(done.ruling.id, "first")
    assert tutor.items.find("kettle-1").state == "approved"


def test_what_another_case_keeps_out_stays_out(tutor: Tutor) -> None:
    tutor.review.flag("item", "kettle-1", "wrong key", "", "me")
    tutor.review.flag("item", "kettle-1", "unclear", "", "me")
    tutor.review.rule("wrong-key", "uphold", "first", remedy="retire", words="B.")
    mild = tutor.review.rule("unclear", "uphold", "first", remedy="retire", words="Vague.")
    tutor.review.take_back(mild.ruling.id, "first")
    assert tutor.items.find("kettle-1").state == "retired"


def test_only_a_ruling_that_is_named_is_taken_back(tutor: Tutor) -> None:
    tutor.review.flag("item", "kettle-1", "unclear", "", "me")
    tutor.review.rule("unclear", "dismiss", "first")
    with pytest.raises(InputError, match="no standing ruling"):
        tutor.review.take_back("", "first")


def test_a_case_is_ruled_on_where_its_item_is_not_and_retires_it_where_it_is(tutor: Tutor, tmp_path: Path) -> None:
    tutor.review.flag("item", "kettle-1", "wrong key", "", "me")
    other = Tutor(load_settings({"TUTOR_HOME": str(tmp_path / "other"), "TUTOR_CORPUS": str(SMALL_CORPUS)}))
    other.review.take_in(list(tutor.review.export()))
    ruled = other.review.rule("wrong-key", "uphold", "second", remedy="retire", words="B fits as well.")
    assert ruled.bonds
    assert tutor.review.take_in(list(other.review.export())) == (0, 1)
    assert tutor.items.find("kettle-1").state == "retired"
    other.review.take_back(ruled.ruling.id, "second")
    assert tutor.review.take_in(list(other.review.export())) == (0, 0)
    assert tutor.items.find("kettle-1").state == "draft"
    other.close()


def test_an_answer_is_flagged_by_its_place_and_shown_as_it_was_kept(tutor: Tutor) -> None:
    said = {"answer": "Kettles boil.", "engine": "offline", "statements": [{"text": "Kettles boil.", "citations": []}]}
    talk = tutor._ground.store.conversations.start("Tea", NOON)
    tutor._ground.store.conversations.add_turn(talk, "What boils?", said, NOON)
    flag = tutor.review.flag("statement", f"{talk}/1/1", "unsupported", "Says who?", "me")
    assert (flag.shown["text"], flag.shown["question"]) == ("Kettles boil.", "What boils?")
    assert tutor.review.flag("answer", f"{talk}/1", "unclear", "", "me").shown["answer"] == "Kettles boil."
    for target, place in (("answer", f"{talk}/2"), ("answer", "tea/3"), ("statement", f"{talk}/1")):
        with pytest.raises(InputError, match=r"no turn|names no"):
            tutor.review.flag(target, place, "outdated", "", "me")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="has no citation 1"):
        tutor.review.flag("citation", f"{talk}/1/1", "outdated", "", "me")
