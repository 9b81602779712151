from hypothesis import given
from hypothesis import strategies as st

from tutor.read.statements import statements

PIECE = st.sampled_from(
    [
        "One sentence. Another one!",
        "- an entry, e.g. this one. With two.",
        "2. a step",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "```sql\nSELECT 1;\n\nSELECT 2;\n```",
        "Version 1.2 is new. `ML.PREDICT` is not. Costs 3.5 USD.",
        "no end",
        "  * deep",
    ]
)


@given(st.lists(PIECE, max_size=8), st.sampled_from(["\n", "\n\n"]))
def test_every_statement_is_found_at_its_offsets_in_order(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    last = 0
    for statement in statements(text):
        assert text[statement.start : statement.end] == statement.text
        assert statement.start >= last
        assert statement.text.strip()
        last = statement.end


def forms(text: str) -> list[tuple[str, str]]:
    return [(statement.form, statement.text) for statement in statements(text)]


def test_sentences_end_where_people_see_them_end() -> None:
    assert forms("Use `ML.PREDICT` here, e.g. For rows. Version 2.1 of v1.5 helps. It costs $3.50 a day.") == [
        ("sentence", "Use `ML.PREDICT` here, e.g. For rows."),
        ("sentence", "Version 2.1 of v1.5 helps."),
        ("sentence", "It costs $3.50 a day."),
    ]


def test_entries_steps_tables_and_code_stay_whole() -> None:
    text = "Intro:\n- one. Two.\n- three\n1. step\n\n| a |\n|---|\n| b |\n\n```\ncode\n\nmore\n```\nAfter."
    assert forms(text) == [
        ("sentence", "Intro:"),
        ("entry", "one. Two."),
        ("entry", "three"),
        ("step", "step"),
        ("table", "| a |\n|---|\n| b |"),
        ("code", "```\ncode\n\nmore\n```"),
        ("sentence", "After."),
    ]


def test_a_year_that_begins_a_line_is_no_step() -> None:
    told = "The taxonomy dates from\n2017. The old one is legacy.\n\n12. A step.\n"
    assert [(one.text, one.form) for one in statements(told)] == [
        ("The taxonomy dates from\n2017.", "sentence"),
        ("The old one is legacy.", "sentence"),
        ("A step.", "step"),
    ]
