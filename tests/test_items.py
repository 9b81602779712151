"""The items desk over the shipped models: drawing, practising, twins, and what the bank keeps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import NOON
from tutor.author.wanted import Wanted
from tutor.errors import InputError
from tutor.flow import Tutor
from tutor.settings import PROJECT, load_settings
from tutor.ui.practice_view import answered_item, open_item

DECISION = Wanted(kind="decision")


@pytest.fixture
def tutor(tmp_path: Path) -> Iterator[Tutor]:
    settings = load_settings({"TUTOR_HOME": str(tmp_path), "TUTOR_CORPUS": str(PROJECT / "corpus")})
    made = Tutor(settings, clock=lambda: NOON)
    yield made
    made.close()


def test_the_same_seed_gives_the_same_items_and_touches_no_bank(tutor: Tutor) -> None:
    one, other = ([made.as_json() for made in tutor.items.generate(3, Wanted(), "s")] for _ in range(2))
    assert one == other
    assert sum(told["checks"]["passed"] for told in one) == 3
    assert tutor.items.bank.count() == {"rejected": 0}


def test_without_a_seed_items_are_fresh_and_kept(tutor: Tutor) -> None:
    made = [one for _ in range(2) for one in tutor.items.generate(2, DECISION) if one.verdict.passed]
    assert len({one.id for one in made}) == 4
    assert {item.id for item in tutor.items.bank.all("draft")} == {one.id for one in made}
    assert len({item.corpus_hash for item in tutor.items.bank.all()}) >= 1


def test_a_wish_that_no_model_meets_is_said(tutor: Tutor) -> None:
    with pytest.raises(InputError, match=r"9\.9"):
        next(tutor.items.generate(1, Wanted(objective="9.9"), "s"))


def test_an_answer_is_kept_and_corrects_the_difficulty(tutor: Tutor) -> None:
    kept = tutor.items.fresh(DECISION)
    wrong = next(letter for letter in kept.item["options"] if letter not in kept.item["key"])
    assert not tutor.items.answer(kept.id, [wrong], 12.0).is_right
    after = tutor.items.find(kept.id)
    assert (after.answers, after.right) == (1, 0)
    assert after.rating > kept.rating
    assert tutor.items.skill() < 0
    assert tutor.items.weakest() == kept.objective
    assert tutor.items.attempts()[0].seconds == 12.0


def test_a_twin_makes_the_choice_right_and_can_be_answered(tutor: Tutor) -> None:
    for _ in range(12):
        kept = tutor.items.fresh(DECISION)
        for letter in kept.item["options"]:
            if letter not in kept.item["key"] and (pair := tutor.items.twin(kept.id, letter)):
                found, says = pair
                assert found.item["key"] == [letter]
                assert "would be right" in says
                assert tutor.items.answer(found.id, [letter]).is_right
                return
    pytest.fail("twelve items without a twin")


def test_the_page_hides_the_key_until_it_is_answered_and_links_every_citation(tutor: Tutor) -> None:
    kept = tutor.items.fresh(DECISION)
    before = open_item(kept, {})
    assert before.count("data-letter=") == len(kept.item["options"])
    assert not any(reason in before for reason in kept.item["explanations"].values())
    assert "predicted" in before
    after = answered_item(kept, {}, ["A"], tutor.items.passages)
    for citation in kept.item["citations"]:
        assert f'href="#cite-item-{kept.id}-{citation["n"]}"' in after
        assert f'id="cite-item-{kept.id}-{citation["n"]}"' in after
    assert "marked" in after or "<mark>" in after


def test_markup_in_an_item_is_shown_and_not_run(tutor: Tutor) -> None:
    kept = tutor.items.fresh(DECISION)
    bad = '<img src=x onerror="alert(1)">'
    options = dict.fromkeys(kept.item["options"], bad)
    told = {**kept.item, "stem": bad, "ask": bad, "options": options, "explanations": options}
    for html in (open_item(replace(kept, item=told), {}), answered_item(replace(kept, item=told), {}, ["A"], {})):
        assert "<img" not in html


def test_items_whose_passage_changed_are_checked_again_and_withdrawn_if_they_fail(tutor: Tutor) -> None:
    kept = tutor.items.fresh(DECISION)
    assert tutor.items.recheck() == []
    cited = kept.item["citations"][0]["passage"]
    passages = dict(tutor.items.passages)
    passages[cited] = replace(passages[cited], text="Something else stands here now.")
    tutor.items.__dict__["passages"] = passages
    ((item_id, reasons),) = tutor.items.recheck()
    assert item_id == kept.id
    assert reasons
    assert tutor.items.find(kept.id).state == "retired"
    assert tutor.items.recheck() == []


def test_a_passage_that_changed_elsewhere_keeps_the_item_with_a_new_version(tutor: Tutor) -> None:
    kept = tutor.items.fresh(DECISION)
    cited = kept.item["citations"][0]["passage"]
    passages = dict(tutor.items.passages)
    passages[cited] = replace(passages[cited], text=passages[cited].text + "\n\nOne more sentence stands here.")
    tutor.items.__dict__["passages"] = passages
    assert tutor.items.recheck() == []
    after = tutor.items.find(kept.id)
    assert (after.state, after.version) == ("draft", 2)
    assert after.corpus_hash != kept.corpus_hash


def test_states_follow_one_another(tutor: Tutor) -> None:
    kept = tutor.items.fresh(DECISION)
    for move, state in ((tutor.items.approve, "approved"), (tutor.items.retire, "retired")):
        move(kept.id)
        assert tutor.items.find(kept.id).state == state
    with pytest.raises(InputError, match="nothing-here"):
        tutor.items.approve("nothing-here")
    json.dumps(tutor.items.find(kept.id).item)
