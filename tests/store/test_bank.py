from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NOON
from tutor.store import Attempt, BankedItem, Store

ITEM = BankedItem(
    id="kettle-1",
    version=1,
    state="draft",
    kind="decision",
    objective="4.2",
    consideration="4.2.1",
    model="kettle",
    seed="7/0",
    engine="offline",
    prompt_hash="",
    corpus_hash="abc",
    item={"stem": "Tea?", "model": "kettle", "seed": "7/0"},
    checks={"passed": True},
    rating=0.0,
    answers=0,
    right=0,
    made_at=NOON,
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 'tutor.sqlite'}")


def test_an_item_comes_back_and_is_kept_once(store: Store) -> None:
    store.bank.keep(ITEM)
    store.bank.keep(replace(ITEM, state="retired"))
    assert store.bank.find("kettle-1") == ITEM
    assert store.bank.find("kettle-2") is None


def test_items_are_found_by_their_state(store: Store) -> None:
    store.bank.keep(ITEM)
    store.bank.keep(replace(ITEM, id="kettle-2", made_at=NOON + timedelta(hours=1)))
    assert [item.id for item in store.bank.all()] == ["kettle-2", "kettle-1"]
    assert [item.id for item in store.bank.all(most=1)] == ["kettle-2"]
    store.bank.set_state("kettle-2", "retired")
    assert [item.id for item in store.bank.all("retired")] == ["kettle-2"]
    assert store.bank.count() == {"draft": 1, "retired": 1, "rejected": 0}


def test_a_revision_keeps_what_was_there(store: Store) -> None:
    store.bank.keep(ITEM)
    store.bank.revise("kettle-1", {**ITEM.item, "stem": "Coffee?"}, {"passed": True}, "unclear", NOON)
    found = store.bank.find("kettle-1")
    assert found is not None
    assert (found.version, found.item["stem"]) == (2, "Coffee?")
    (old,) = store.bank.versions("kettle-1")
    assert (old["version"], old["item"]["stem"], old["why"]) == (1, "Tea?", "unclear")


def test_attempts_count_for_the_item(store: Store) -> None:
    store.bank.keep(ITEM)
    made = Attempt("kettle-1", "me", ("A", "C"), True, 12.5, NOON)
    store.bank.attempt(made, 0.4)
    store.bank.attempt(replace(made, learner="you", is_right=False), 0.6)
    found = store.bank.find("kettle-1")
    assert found is not None
    assert (found.answers, found.right, found.rating) == (2, 1, 0.6)
    assert store.bank.attempts(learner="me") == [made]
    assert len(store.bank.attempts("kettle-1")) == 2


def test_what_failed_is_kept_with_its_reasons(store: Store) -> None:
    store.bank.reject(ITEM.item, [{"name": "vague term"}], "offline", NOON)
    (found,) = store.bank.rejections()
    assert (found["model"], found["faults"]) == ("kettle", [{"name": "vague term"}])
