"""A lesson asks back, hints by steps, judges replies by their words, and confirms with what the page says."""

import pytest

from tutor.answer.guided import begin, call_in, go_on, lesson_in
from tutor.read.document import Passage

WHAT = "Kettle forecasts demand of tea. A kettle whistles when it boils."
EXAM = "- Demand of tea per shop points to Kettle.\n- Pictures of cups point to Samovar instead of Kettle."
PAGES = [
    Passage("kettle#what", "kettle", "Kettle", ("What it is",), WHAT, 0, len(WHAT)),
    Passage("kettle#exam", "kettle", "Kettle", ("What the exam turns on",), EXAM, 0, len(EXAM)),
]


def texts(answer) -> str:  # type: ignore[no-untyped-def]
    return "\n".join(statement.text for statement in answer.statements)


@pytest.fixture
def begun():  # type: ignore[no-untyped-def]
    answer = begin("demand of tea", PAGES)
    assert answer is not None
    return answer


def test_it_asks_back_without_giving_the_choice_away(begun) -> None:  # type: ignore[no-untyped-def]
    assert "Which choice does it point to" in texts(begun)
    assert "**Demand of tea per shop**" in texts(begun)
    assert "Kettle" not in texts(begun)


def test_hints_come_by_steps_and_none_twice(begun) -> None:  # type: ignore[no-untyped-def]
    seen, answer = [], begun
    for _ in range(4):
        answer = go_on("hint", lesson_in(answer.state), PAGES)
        seen.append(texts(answer))
    assert len(set(seen)) == 4
    assert "it begins with" in seen[2]
    assert "points to **Kettle**" in seen[3], "after the last hint the answer follows"
    assert answer.citations


def test_the_right_choice_in_other_words_is_confirmed_with_its_passage(begun) -> None:  # type: ignore[no-untyped-def]
    answer = go_on("I would take kettle, I think", lesson_in(begun.state), PAGES)
    assert texts(answer).startswith("That is right.")
    assert answer.citations[0].span.passage.id == "kettle#exam"
    assert lesson_in(answer.state).is_over  # type: ignore[union-attr]


def test_the_choice_of_another_circumstance_is_told_from_a_wild_guess(begun) -> None:  # type: ignore[no-untyped-def]
    lesson = lesson_in(begun.state)
    assert "pointed to by another circumstance" in texts(go_on("Samovar", lesson, PAGES))
    assert "not it yet" in texts(go_on("a spreadsheet", lesson, PAGES))


def test_the_next_one_is_another_and_says_so(begun) -> None:  # type: ignore[no-untyped-def]
    lesson = lesson_in(begun.state)
    other = begin("demand of tea", PAGES, (lesson.statement,))  # type: ignore[union-attr]
    assert other is not None
    assert "Here is another one." in texts(other)
    assert begin("tea", PAGES, tuple(EXAM[2:].split("\n- "))) is None


@pytest.mark.parametrize(
    ("said", "call"),
    [("hint", "hint"), ("no idea", "hint"), ("I don't know, tell me", "tell"), ("just tell me", "tell"),
     ("another one", "next"), ("stop", "stop"), ("Kettle", None)],
)  # fmt: skip
def test_calls_are_told_from_replies(said: str, call: str | None) -> None:
    assert call_in(said) == call
