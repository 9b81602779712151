"""Pasted questions in their many layouts, JSON lines, and what is no question."""

import json

import pytest

from tutor.errors import InputError
from tutor.solve.question import Question, chosen_number, is_json, parse, parse_all, read_lines

STEM = "You need to score requests with low latency. What should you do?"
OPTIONS = ("Deploy to an endpoint", "Run a nightly batch job", "Train again")


@pytest.mark.parametrize(
    "marks",
    [
        ("A. ", "B. ", "C. "),
        ("A) ", "B) ", "C) "),
        ("(a) ", "(b) ", "(c) "),
        ("a: ", "b: ", "c: "),
        ("Option A: ", "Option B: ", "Option C: "),
        ("**A.** ", "**B.** ", "**C.** "),
        ("1. ", "2. ", "3. "),
        ("- ", "- ", "- "),
        ("• ", "• ", "• "),
        ("[ ] ", "[ ] ", "[ ] "),
        ("○ ", "○ ", "○ "),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\r\n", "\n\n"])
def test_every_common_layout_is_read(marks: tuple[str, ...], between: str) -> None:
    text = between.join([STEM, *(mark + option for mark, option in zip(marks, OPTIONS, strict=True))])
    assert parse(text) == Question(STEM, OPTIONS, ("A", "B", "C"))


def test_options_in_one_line_are_read() -> None:
    read = parse(f"{STEM} A. {OPTIONS[0]} B. {OPTIONS[1]} C. {OPTIONS[2]}")
    assert read is not None
    assert read.options == OPTIONS


def test_an_option_may_run_over_lines() -> None:
    read = parse(f"{STEM}\nA. Deploy to\n   an endpoint\nB. Run a nightly\nbatch job")
    assert read is not None
    assert read.options == OPTIONS[:2]


@pytest.mark.parametrize("told", ["Answer: B", "Correct answer: B. It is cheap.", "Explanation: the first is dear."])
def test_a_key_that_was_pasted_along_is_dropped(told: str) -> None:
    read = parse(f"{STEM}\nA. Deploy to an endpoint\nB. Run a nightly batch job\n{told}")
    assert read is not None
    assert read.options == OPTIONS[:2]


def test_a_tick_at_an_option_is_dropped() -> None:
    read = parse(f"{STEM}\nA. Deploy to an endpoint (correct)\nB. Run a nightly batch job ✓")
    assert read is not None
    assert read.options == OPTIONS[:2]


@pytest.mark.parametrize(
    ("stem", "count"),
    [
        ("What should you do?", 1),
        ("Which two actions should you take?", 2),
        ("What should you do? (Choose two.)", 2),
        ("Select 3 answers.", 3),
        ("Choose the best one.", 1),
        ("Check all that apply.", None),
        ("Which two hours of the night are quiet?", 1),
        ("The job runs for two days. What should you do?", 1),
    ],
)
def test_the_stem_says_how_many_are_right(stem: str, count: int | None) -> None:
    assert chosen_number(stem) == count


@pytest.mark.parametrize(
    "text",
    [
        "",
        "What is Dataflow?",
        "Compare these:\n- Dataflow\n- Dataproc",
        "My plan for the weekend is simple\n1. read\n2. sleep",
        "A. Only one option here is not a question",
        f"{STEM}\nA. the same\nB. the same",
        "x" * 50_000,
    ],
)
def test_other_texts_are_no_questions(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    "text", ["\x00" * 50, "🙂" * 900, "A." * 9000, "(a) " * 4000, "?\n" * 9000 + "A. b\nB. c", "‮A. x\nB. y"]
)
def test_hostile_texts_are_read_or_left_in_time(text: str) -> None:
    read = parse(text)
    assert read is None or 2 <= len(read.options) <= 8


def test_questions_are_parted_by_dashes() -> None:
    one = f"{STEM}\nA. {OPTIONS[0]}\nB. {OPTIONS[1]}"
    assert [question.id for question in parse_all(f"{one}\n---\n{one}")] == ["1", "2"]
    with pytest.raises(InputError, match="Question 2"):
        parse_all(f"{one}\n---\nnothing")


def test_json_lines_are_read() -> None:
    line = json.dumps({"id": "x", "question": STEM, "options": {"A": "one", "B": "two"}, "choose": 2})
    assert is_json(line)
    assert list(read_lines(line + "\n\n")) == [Question(STEM, ("one", "two"), ("A", "B"), 2, "x")]


@pytest.mark.parametrize(
    "line", ["{", '{"question": "x"}', '{"question": "x", "options": {"A": "one"}}', "[]", '{"options": 3}']
)
def test_a_faulty_line_is_named(line: str) -> None:
    with pytest.raises(InputError, match="Line 1"):
        list(read_lines(line))
