"""Asides are met as people would meet them; nothing is made up of a learner's progress."""

import pytest

from tutor.answer.conversation.asides import Standing, aside_in, reply_to, without_greeting
from tutor.answer.conversation.languages import glossed, language_of


@pytest.mark.parametrize(
    ("said", "aside"),
    [("hi there!", "greeting"), ("Thanks a lot 🙂", "thanks"), ("bye", "goodbye"), ("who are you?", "who"),
     ("what can you do", "help"), ("ok, how am I doing so far?", "progress"), ("hello, how are you?", "how are you"),
     ("I'm so nervous", "nerves"), ("What is Kettle?", None), ("thanks, and what is Kettle?", None),
     ("hi, what is a kettle", None)],
)  # fmt: skip
def test_an_aside_is_one_only_where_it_says_nothing_else(said: str, aside: str | None) -> None:
    assert aside_in(said) == aside


def test_a_greeting_before_a_question_is_dropped() -> None:
    assert without_greeting("hi, how long is the exam?") == "how long is the exam?"
    assert without_greeting("hello") == "hello"


def told(standing: Standing) -> str:
    return " ".join(statement.text for statement in reply_to("progress", standing))


def test_progress_is_told_as_far_as_it_is_known() -> None:
    assert "cannot say yet" in told(Standing(questions=3))
    few = told(Standing(attempts=4, right=1, by_objective=[("1.2", 3, 0), ("3.1", 1, 1)]))
    assert "1 of them right (25%)" in few
    assert "too few" in few
    assert "1.2 (0 of 3 right)" in few
    assert "3.1" not in few
    assert "too few" not in told(Standing(attempts=40, right=30))


@pytest.mark.parametrize(
    ("said", "code"),
    [("Was ist Model Armor?", "de"), ("¿Qué es data drift?", "es"), ("Qu'est-ce que le data drift ?", "fr"),
     ("データドリフトとは何ですか", "ja"), ("What is Model Armor?", None), ("Model Armor", None),
     ("pros and cons of AutoML", None), ("XGBoost on GPU", None), ("Dataflow vs Dataproc", None)],
)  # fmt: skip
def test_another_language_is_known_where_it_is_sure(said: str, code: str | None) -> None:
    language = language_of(said)
    assert (language.code if language else None) == code


def test_known_words_are_put_into_english() -> None:
    language = language_of("Was ist Model Armor?")
    assert language is not None
    assert glossed("Was ist Model Armor?", language).question == "what is Model Armor"
