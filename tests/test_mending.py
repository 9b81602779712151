"""An item on its way from a flag to its mending, over the shipped models: edited, replaced, undone, not counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from tests.conftest import NOON
from tutor.author.wanted import Wanted
from tutor.errors import InputError
from tutor.flow import Tutor
from tutor.read.item_models.decision import DecisionModel
from tutor.settings import PROJECT, load_settings
from tutor.store import BankedItem

MODEL = Wanted(model="starting-the-next-training")


class Clock:
    """A clock that tests move on."""

    now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def tutor(tmp_path: Path) -> Iterator[Tutor]:
    settings = load_settings({"TUTOR_HOME": str(tmp_path), "TUTOR_CORPUS": str(PROJECT / "corpus")})
    made = Tutor(settings, clock=Clock())
    yield made
    made.close()


@pytest.fixture
def kept(tutor: Tutor) -> BankedItem:
    return tutor.items.fresh(MODEL)


def later(tutor: Tutor) -> None:
    tutor._ground.clock.now += timedelta(minutes=1)  # type: ignore[attr-defined]


def flagged(tutor: Tutor, kept: BankedItem, cause: str = "unclear") -> str:
    tutor.review.flag("item", kept.id, cause, "What is asked?", "me")  # type: ignore[arg-type]
    return tutor.review.cases()[0].id


def text_with(tutor: Tutor, case: str, **changes: object) -> str:
    told = yaml.safe_load(tutor.review.mending.text_of(tutor.review.case(case)))
    return yaml.safe_dump({**told, **changes}, allow_unicode=True, sort_keys=False)


def test_an_edited_item_that_passes_takes_the_place_of_the_old_one_until_it_is_undone(
    tutor: Tutor, kept: BankedItem
) -> None:
    case = flagged(tutor, kept)
    done = tutor.review.fix(case, text_with(tutor, case, ask="Which trigger fits best?"), "first", "The ask was odd.")
    found = tutor.items.find(kept.id)
    assert done.case.state == "upheld"
    assert (found.state, found.version, found.item["ask"]) == ("approved", 2, "Which trigger fits best?")
    assert found.item["stem"].endswith("Which trigger fits best?")
    assert {bond.kind for bond in done.bonds} == {"item"}, "told otherwise, the same circumstances may come again"
    assert "fix" in {entry.deed for entry in tutor.review.log()[0]}
    tutor.review.take_back(done.ruling.id, "first")
    found = tutor.items.find(kept.id)
    assert (found.state, found.item["ask"]) == ("draft", kept.item["ask"])


def test_an_edit_that_fails_a_check_changes_nothing(tutor: Tutor, kept: BankedItem) -> None:
    case = flagged(tutor, kept, "wrong key")
    wrong = next(letter for letter in kept.item["options"] if letter not in kept.item["key"])
    with pytest.raises(InputError, match="the model leaves other options"):
        tutor.review.fix(case, text_with(tutor, case, key=[wrong]), "first", "The other one is right.")
    assert tutor.items.find(kept.id).item == kept.item
    assert tutor.review.case(case).state == "open"


def test_words_that_another_ruling_banned_cannot_be_edited_in(tutor: Tutor, kept: BankedItem) -> None:
    other = tutor.items.fresh(MODEL)
    tutor.review.rule(
        flagged(tutor, other), "uphold", "first", remedy="retire", words="Odd.", banned="as quick as a kettle"
    )
    case = flagged(tutor, kept)
    with pytest.raises(InputError, match="ruled out by a reviewer"):
        tutor.review.fix(case, text_with(tutor, case, ask="What is as quick as a kettle?"), "first", "Clearer.")


def test_only_items_are_edited(tutor: Tutor) -> None:
    tutor.review.flag("statement", "1/1/1", "unsupported", "", "me", {"text": "Kettles fly."})
    case = tutor.review.cases()[0]
    with pytest.raises(InputError, match="only items are edited"):
        tutor.review.mending.text_of(case)
    assert tutor.review.mending.similar(case) == []


def test_an_item_that_is_to_be_made_anew_has_a_successor_of_its_kind(tutor: Tutor, kept: BankedItem) -> None:
    done = tutor.review.rule(flagged(tutor, kept), "uphold", "first", remedy="regenerate", words="Unclear.")
    successor = tutor.items.find(done.replacement)
    assert (tutor.items.find(kept.id).state, successor.state) == ("retired", "draft")
    assert (successor.model, successor.id != kept.id) == (kept.model, True)


def test_a_struck_ruling_is_gone_for_the_generator_at_once(tutor: Tutor, kept: BankedItem) -> None:
    wrong = next(
        name
        for name, letter in zip(kept.item["option_ids"], kept.item["options"], strict=True)
        if letter not in kept.item["key"]
    )

    def violations() -> set[str]:
        model = next(one for one in tutor.items.models if one.id == kept.model)
        assert isinstance(model, DecisionModel)
        return set(model.violated[wrong])

    fact = next(iter(violations() & set(kept.item["circumstances"])))
    tutor.review.rule(
        flagged(tutor, kept, "two right"), "uphold", "first", remedy="retire", words="Fits.", struck=[f"{fact}|{wrong}"]
    )
    assert fact not in violations()


def test_answers_to_a_wrong_item_count_no_longer_and_the_learner_is_told(tutor: Tutor, kept: BankedItem) -> None:
    wrong = next(letter for letter in kept.item["options"] if letter not in kept.item["key"])
    tutor.items.answer(kept.id, [wrong])
    lowered, before = tutor.items.skill(), tutor.items.weakest()
    later(tutor)
    done = tutor.review.rule(flagged(tutor, kept, "wrong key"), "uphold", "first", remedy="retire", words="Both fit.")
    assert lowered < tutor.items.skill() == 0.0
    assert (before, tutor.items.weakest()) == (kept.objective, None)
    (notice,) = tutor.review.notices("me")
    assert (notice.case.target_id, notice.counts_no_longer, notice.answered_at) == (kept.id, True, NOON)
    tutor.review.take_back(done.ruling.id, "first")
    assert tutor.items.skill() == lowered
    assert tutor.review.notices("me") == []


def test_who_answers_after_the_mending_is_not_told(tutor: Tutor, kept: BankedItem) -> None:
    case = flagged(tutor, kept)
    tutor.review.fix(case, text_with(tutor, case, ask="Which trigger fits best?"), "first", "The ask was odd.")
    later(tutor)
    tutor.items.answer(kept.id, kept.item["key"])
    assert tutor.review.notices("me") == []
    assert tutor.items.skill() > 0


def test_who_flagged_an_answer_is_told_of_the_ruling(tutor: Tutor) -> None:
    tutor.review.flag("statement", "1/1/1", "unsupported", "", "me", {"text": "Kettles fly."})
    case = tutor.review.cases()[0].id
    assert tutor.review.notices("me") == []
    tutor.review.rule(case, "uphold", "first", remedy="fix", words="They do not.")
    assert [(one.case.target, one.counts_no_longer) for one in tutor.review.notices("me")] == [("statement", False)]
    assert tutor.review.notices("you") == []


def test_a_failed_check_and_a_doubting_solver_raise_flags(tutor: Tutor, kept: BankedItem) -> None:
    faults = [{"check": "citations", "name": "quote not in passage", "where": "A", "words": "no such words"}]
    checks = {**kept.checks, "faults": faults, "solver": "disagree", "solver_confidence": 0.7}
    tutor.items.bank.revise(kept.id, kept.item, checks, "checked again", NOON)
    assert {flag.cause for flag in tutor.review.suspect()} == {"unsupported", "wrong key"}
    assert tutor.review.suspect() == [], "the same suspicion is raised once"


def test_a_key_that_the_better_learners_reject_is_suspected_by_their_answers(tutor: Tutor, kept: BankedItem) -> None:
    easy = tutor.items.fresh(MODEL)
    wrong = next(letter for letter in kept.item["options"] if letter not in kept.item["key"])
    missed = next(letter for letter in easy.item["options"] if letter not in easy.item["key"])
    for number in range(24):
        is_good = number < 14
        tutor.items.answer(easy.id, easy.item["key"] if is_good else [missed], learner=f"learner {number}")
        tutor.items.answer(kept.id, [wrong] if is_good else kept.item["key"], learner=f"learner {number}")
    raised = tutor.review.suspect()
    assert {flag.target_id for flag in raised} == {kept.id, easy.id}, "each item is held against the other"
    assert {flag.cause for flag in raised} == {"wrong key"}
    assert any(wrong in flag.words for flag in raised)
