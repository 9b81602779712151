from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NOON
from tests.store.test_store import postgres_url, url  # noqa: F401 - fixtures
from tutor.store import Conversations, Store


@pytest.fixture
def kept(url: str):  # noqa: F811
    store = Store(url)
    for conversation in store.conversations.all():  # PostgreSQL is shared by all tests of the module
        store.conversations.delete(conversation.id, NOON - timedelta(days=9))
    yield store.conversations
    store.close()


def titles(kept: Conversations, words: str = "") -> list[str]:
    return [conversation.title for conversation in kept.all(words)]


def test_the_one_last_spoken_in_comes_first(kept: Conversations) -> None:
    first, _second = kept.start("First", NOON), kept.start("Second", NOON + timedelta(minutes=1))
    assert titles(kept) == ["Second", "First"]
    kept.add_turn(first, "What?", {"answer": "That."}, NOON + timedelta(minutes=2))
    assert titles(kept) == ["First", "Second"]
    assert kept.count_turns() == 1


def test_words_are_found_in_titles_questions_and_answers(kept: Conversations) -> None:
    one = kept.start("100% of Kettle", NOON)
    two = kept.start("Samovar", NOON)
    kept.add_turn(one, "Does it boil_over?", {"answer": "It whistles \u2013 für immer."}, NOON)
    kept.add_turn(two, "Does it boil over?", {"answer": "Never."}, NOON)
    assert titles(kept, "kettle") == ["100% of Kettle"]
    assert titles(kept, " boil_over") == ["100% of Kettle"]
    assert titles(kept, "für immer") == ["100% of Kettle"]
    assert titles(kept, "0%") == ["100% of Kettle"]
    assert titles(kept, "never") == ["Samovar"]
    assert titles(kept, "teapot") == []


def test_a_conversation_is_renamed_and_keeps_who_drafts_in_it(kept: Conversations) -> None:
    one = kept.start("Old", NOON, "ollama:gemma3")
    kept.rename(one, "  New\nname\x00 " + "x" * 200)
    found = kept.find(one)
    assert found is not None
    assert found.title.startswith("New name x")
    assert len(found.title) == 80
    assert (found.engine, found.is_guided) == ("ollama:gemma3", False)
    kept.choose(one, engine="offline", is_guided=True)
    again = kept.find(one)
    assert again is not None
    assert (again.engine, again.is_guided) == ("offline", True)


def test_a_deleted_one_can_be_put_back_until_it_is_long_gone(kept: Conversations) -> None:
    one, two = kept.start("One", NOON), kept.start("Two", NOON)
    kept.add_turn(one, "What?", {"answer": "That."}, NOON)
    kept.delete(one, NOON)
    assert titles(kept) == ["Two"]
    assert kept.find(one) is None
    assert kept.turns(one) == []
    kept.put_back(one)
    assert len(kept.turns(one)) == 1
    kept.delete(one, NOON)
    kept.delete(two, NOON + timedelta(days=2))
    kept.put_back(one)
    assert titles(kept) == []


def test_only_the_last_turns_are_read_where_a_number_is_given(kept: Conversations) -> None:
    one = kept.start("One", NOON)
    for number in range(5):
        kept.add_turn(one, f"q{number}", {"answer": "a"}, NOON)
    assert [turn.question for turn in kept.turns(one, last=2)] == ["q3", "q4"]


def test_nulls_and_nothing_are_kept(tmp_path: Path, kept: Conversations) -> None:
    one = kept.start("\x00", NOON)
    kept.add_turn(one, "a\x00b", {"answer": "\x00 🙂 \u202e"}, NOON)
    assert titles(kept) == ["Untitled"]
    assert kept.turns(one)[0].question == "ab"
    assert titles(kept, "\x00 ") == ["Untitled"]
