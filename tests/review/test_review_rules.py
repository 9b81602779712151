import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NOON
from tutor.errors import InputError
from tutor.read.item_models.decision import DecisionModel
from tutor.read.item_models.diagnosis import DiagnosisModel
from tutor.read.item_models.kinds import read_item_models
from tutor.review.agreement import alpha
from tutor.review.binding import Bond, Bonds, bonds_for_item, check_struck, circumstances_of, strikable
from tutor.review.case import case_id, gather
from tutor.review.chain import broken
from tutor.review.flag import TUTOR, Flag, read_cause
from tutor.review.ruling import Reservation, Ruling, check_ruling, state
from tutor.review.suspicion import Answered, discrimination, of_checks, of_sources, suspicions
from tutor.settings import PROJECT
from tutor.store import Store

FLAG = Flag("item", "kettle-1", "wrong key", "B is right as well as A.", "me", NOON, {"stem": "Tea?"})
CASE = case_id("item", "kettle-1", "wrong key")
RULING = Ruling("r1", CASE, "uphold", "retire", "The key is B.", "first", NOON)
ITEM = {
    "id": "kettle-1",
    "model": "kettle",
    "stem": "A tea house runs in the EU. What fits?",
    "options": {"A": "Use Kettle", "B": "Use Samovar"},
    "option_ids": ["kettle", "samovar"],
    "key": ["A"],
    "circumstances": ["in-the-eu", "no-staff"],
}


def test_causes_are_read_as_people_write_them() -> None:
    assert read_cause(" Wrong-Key ") == "wrong key"
    with pytest.raises(InputError, match="too easy"):
        read_cause("dull")


def test_alpha_agrees_with_the_hand_computed_example() -> None:
    # Four cases, two reviewers: three agreements (two "a", one "b"), one disagreement.
    # Coincidences: aa 4, bb 2, ab 1, ba 1; totals a 5, b 3 of 8. Observed 2/8; expected 1 - (5*4 + 3*2)/(8*7) = 30/56.
    found = alpha([["a", "a"], ["a", "a"], ["b", "b"], ["a", "b"]])
    assert found == pytest.approx(1 - (2 / 8) / (30 / 56))


def test_alpha_of_full_agreement_of_nothing_and_of_systematic_disagreement() -> None:
    assert alpha([["a", "a"], ["b", "b"]]) == 1.0
    assert alpha([["a"], []]) is None
    disagreed = alpha([["a", "b"], ["b", "a"]])
    assert disagreed is not None
    assert disagreed < 0


def test_three_reviewers_weigh_as_much_as_two_in_a_case() -> None:
    # One case of three with one deviator: pairs aa 2, ab 2, ba 2, each over 2; totals a 2, b 1.
    found = alpha([["a", "a", "b"]])
    assert found == pytest.approx(1 - (2 / 3) / (1 - 2 / 6))


def test_a_case_is_decided_by_one_reviewer_or_by_two_that_agree() -> None:
    second = replace(RULING, id="r2", by="second")
    assert state([]) == "open"
    assert state([RULING]) == "upheld"
    assert state([RULING], reviewers_wanted=2) == "awaits a second"
    assert state([RULING, second], reviewers_wanted=2) == "upheld"
    assert state([RULING, replace(second, verdict="dismiss", remedy="none")], reviewers_wanted=2) == "disagreed"
    assert state([RULING, replace(RULING, id="r3", verdict="dismiss", remedy="none")]) == "dismissed"


def test_a_third_reviewer_settles_what_two_disagree_on() -> None:
    against = replace(RULING, id="r2", by="second", verdict="dismiss", remedy="none")
    third = replace(RULING, id="r3", by="third")
    for wanted in (1, 2):
        assert state([RULING, against], reviewers_wanted=wanted) == "disagreed"
        assert state([RULING, against, third], reviewers_wanted=wanted) == "upheld"
        assert state([RULING, against, replace(against, by="third")], reviewers_wanted=wanted) == "dismissed"
    unsure = replace(against, verdict="request changes")
    assert state([RULING, against, replace(unsure, by="third")], reviewers_wanted=2) == "disagreed"


@pytest.mark.parametrize(
    ("verdict", "remedy", "words"), [("uphold", "none", "x"), ("dismiss", "fix", "x"), ("uphold", "fix", " ")]
)
def test_a_ruling_says_what_is_to_be_done_and_why(verdict, remedy, words) -> None:
    with pytest.raises(InputError):
        check_ruling(verdict, remedy, words)


def test_a_reservation_ends_by_itself() -> None:
    held = Reservation(CASE, "first", NOON)
    assert held.holds(NOON + timedelta(minutes=29))
    assert not held.holds(NOON + timedelta(minutes=31))


def test_cases_gather_flags_and_stand_by_harm_and_reach() -> None:
    other = replace(FLAG, by="you")
    mild = replace(FLAG, target_id="kettle-2", cause="too easy", by=TUTOR)
    reached = replace(FLAG, target_id="kettle-3", cause="unclear")
    cases = gather([mild, FLAG, other, reached], [], frozenset(), {"kettle-3": 400}, {})
    assert [case.target_id for case in cases] == ["kettle-3", "kettle-1", "kettle-2"]
    assert len(cases[1].flags) == 2
    settled = gather([FLAG, mild], [RULING], frozenset(), {}, {})
    assert [case.target_id for case in settled] == ["kettle-2", "kettle-1"]
    again = gather([FLAG, mild], [RULING], frozenset({"r1"}), {}, {})
    assert again[0].state == "open"


def answers(count: int, right_by_skill: bool, seed: int = 1) -> list[Answered]:
    dice = random.Random(seed)
    found = []
    for _ in range(count):
        able = dice.gauss(0, 1)
        is_right = dice.random() < (0.5 + 0.35 * (1 if able > 0 else -1) * (1 if right_by_skill else -1))
        found.append(Answered(("A",) if is_right else ("B",), is_right, able))
    return found


def test_a_key_that_good_learners_reject_is_suspected() -> None:
    causes = [found.cause for found in suspicions(answers(80, right_by_skill=False), ["A"])]
    assert causes == ["wrong key", "wrong key"]
    assert not list(suspicions(answers(80, right_by_skill=True), ["A"]))
    assert not list(suspicions(answers(10, right_by_skill=False), ["A"]))
    assert [s.cause for s in suspicions([Answered(("A",), True, 0.1 * n) for n in range(30)], ["A"])] == ["too easy"]


def test_discrimination_is_the_correlation_of_being_right_with_skill() -> None:
    found = discrimination([Answered(("A",), True, 1.0), Answered(("B",), False, -1.0), Answered(("A",), True, 1.0)])
    assert found == pytest.approx(1.0)
    assert discrimination([Answered(("A",), True, 1.0)]) is None


def test_an_upheld_item_binds_what_the_reviewer_names_and_else_its_circumstances() -> None:
    named = bonds_for_item(ITEM, CASE, ["in-the-eu|samovar"], "tea house runs")
    assert [bond.kind for bond in named] == ["item", "ruling", "words"]
    assert {bond.kind for bond, _ in Bonds(tuple(named)).against_item(ITEM)} == {"item", "words"}
    made = bonds_for_item(ITEM, CASE)
    assert [bond.kind for bond in made] == ["item", "circumstances"]
    bonds = Bonds(tuple(made))
    assert {bond.kind for bond, _ in bonds.against_item(ITEM)} == {"item", "circumstances"}
    again = {**ITEM, "id": "kettle-9", "stem": "A cafe."}
    assert {bond.kind for bond, _ in bonds.against_item(again)} == {"circumstances"}
    assert not list(bonds.against_item({**again, "key": ["B"]}))
    assert circumstances_of({"circumstances": []}) == ""


def test_what_is_only_told_badly_may_be_told_again() -> None:
    assert [bond.kind for bond in bonds_for_item(ITEM, CASE, cause="unclear")] == ["item"]


def test_faults_of_checks_and_changed_sources_are_suspect() -> None:
    checks = {"faults": [{"check": "lint", "name": "longest option is the key", "words": ""}], "solver": "agree"}
    assert [(one.cause, one.words) for one in of_checks(checks)] == [
        ("flawed", "A check failed: longest option is the key.")
    ]
    assert [one.cause for one in of_checks({"solver": "disagree"})] == ["wrong key"]
    assert not list(of_checks({"passed": True, "solver": "abstain"}))
    (one,) = of_sources(["kettle", "kettle", "samovar"], {"kettle": "2026-11-01", "teapot": "2026-11-02"})
    assert (one.cause, "kettle changed on 2026-11-01" in one.words) == ("outdated", True)


def test_a_bond_must_name_what_it_binds() -> None:
    with pytest.raises(InputError):
        Bond("ruling", "kettle", CASE)


def test_a_ruled_out_statement_is_known_whatever_its_spaces() -> None:
    bonds = Bonds((Bond("statement", "Kettle  is free.", CASE),))
    assert bonds.forbids_statement("Kettle is\nfree.")
    assert not bonds.forbids_statement("Kettle is not free.")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 'tutor.sqlite'}")


def test_flags_and_rulings_come_back_and_count_once(store: Store) -> None:
    assert store.reviews.add_flag(FLAG)
    assert not store.reviews.add_flag(replace(FLAG, at=NOON + timedelta(hours=1)))
    assert store.reviews.flags() == [FLAG]
    made = bonds_for_item(ITEM, CASE)
    assert store.reviews.add_ruling(RULING, made)
    assert not store.reviews.add_ruling(RULING, made)
    assert store.reviews.rulings() == [RULING]
    assert store.reviews.bonds() == tuple(made)


def test_a_ruling_taken_back_binds_no_longer(store: Store) -> None:
    store.reviews.add_ruling(RULING, bonds_for_item(ITEM, CASE))
    store.reviews.take_back("r1", "first", NOON)
    assert store.reviews.bonds() == ()
    assert store.reviews.taken_back() == {"r1"}


def test_the_log_shows_when_it_was_rewritten(store: Store, tmp_path: Path) -> None:
    import sqlite3

    store.reviews.add_flag(FLAG)
    store.reviews.add_ruling(RULING, [])
    store.reviews.take_back("r1", "first", NOON)
    assert [entry.deed for entry in store.reviews.log()] == ["flag", "rule", "take back"]
    assert broken(store.reviews.log()) is None
    store.close()
    with sqlite3.connect(tmp_path / "tutor.sqlite") as connection:
        connection.execute("UPDATE audit SET by = 'somebody' WHERE number = 2")
    connection.close()
    changed = Store(f"sqlite:///{tmp_path / 'tutor.sqlite'}")
    assert "entry 2" in (broken(changed.reviews.log()) or "")
    with sqlite3.connect(tmp_path / "tutor.sqlite") as connection:
        connection.execute("DELETE FROM audit WHERE number = 1")
    connection.close()
    assert "entry 1" in (broken(changed.reviews.log()) or "")
    changed.close()


def test_a_reservation_gives_way_to_the_ruling(store: Store) -> None:
    store.reviews.reserve(Reservation(CASE, "first", NOON))
    assert store.reviews.reservations()[CASE].by == "first"
    store.reviews.add_ruling(RULING, [])
    assert store.reviews.reservations() == {}


def test_what_was_struck_is_gone_from_models_that_have_worked_it_out_before() -> None:
    models = list(read_item_models(PROJECT / "corpus" / "decisions", PROJECT / "corpus" / "item-models"))
    decision = next(one for one in models if isinstance(one, DecisionModel))
    diagnosis = next(one for one in models if isinstance(one, DiagnosisModel))
    option, facts = next((option, facts) for option, facts in decision.violated.items() if facts)
    cause, findings = next((cause, found) for cause, found in diagnosis.ruled_out.items() if found)
    bonds = Bonds(
        (
            Bond("ruling", f"{decision.id}|{min(facts)}|{option}", CASE),
            Bond("ruling", f"{diagnosis.id}|{min(findings)}|{cause}", CASE),
        )
    )
    changed, other = bonds.without_struck(decision), bonds.without_struck(diagnosis)
    assert isinstance(changed, DecisionModel)
    assert isinstance(other, DiagnosisModel)
    assert changed.violated[option] == facts - {min(facts)}
    assert other.ruled_out == {**diagnosis.ruled_out, cause: findings - {min(findings)}}
    assert Bonds().without_struck(decision) is decision


def test_only_what_a_model_says_can_be_struck() -> None:
    models = {type(one): one for one in read_item_models(PROJECT / "corpus" / "decisions")}
    models |= {type(one): one for one in read_item_models(PROJECT / "corpus" / "item-models")}
    for kind in (DecisionModel, DiagnosisModel):
        model = models[kind]
        said = strikable(model)[0]
        check_struck([said, "gone|before"], model, ["gone|before"])
        with pytest.raises(InputError, match="changes nothing"):
            check_struck([said, "no-staff|teapot"], model, [])
        struck = Bonds((Bond("ruling", f"{model.id}|{said}", CASE),)).without_struck(model)
        assert said not in strikable(struck)
