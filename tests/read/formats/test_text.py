from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.read.formats import bullets
from tutor.read.formats.markdown import tidy
from tutor.read.formats.tables import table
from tutor.read.formats.text import read


@pytest.mark.parametrize("glyph", "•●○▪◦‣·–*-\uf0b7\uf0a7➢✓")
def test_every_bullet_becomes_a_dash(glyph):
    assert read(f"Intro:\n{glyph} one\n{glyph} two\n").text == "Intro:\n- one\n- two\n"
    assert read(f"Intro:\n{glyph}\none\n\n{glyph}\n\ntwo\n").text == "Intro:\n- one\n- two\n"


def test_levels_come_from_indentation_or_from_the_glyph():
    assert read("● a\n    ○ b\n        ■ c\n    ○ d\n● e").text == "- a\n  - b\n    - c\n  - d\n- e\n"
    assert read("● a\n○ b\n■ c\n○ d\n● e").text == "- a\n  - b\n    - c\n  - d\n- e\n"
    assert read("• a\n● b").text == "- a\n- b\n"


@pytest.mark.parametrize(
    "line", ["-5 degrees", "*Note: this", "— said she", "--- *** ---", "1.1 Choosing", "o over", "**Length**: two"]
)
def test_lines_that_only_look_like_entries_stay(line):
    expected = "- said she" if line.startswith("— ") else line
    assert read(f"{line}\n").text == f"{expected}\n"


def test_broken_entries_are_joined_and_new_ones_are_not():
    broken = (
        "● Choosing the appropriate kettle for the tea problem at hand (for example,\nwhistling, electric)\n● Filling\n"
    )
    assert read(broken).text == (
        "- Choosing the appropriate kettle for the tea problem at hand (for example, whistling, electric)\n- Filling\n"
    )
    assert read("Length: Two hours\nFee: $200\n").text == "Length: Two hours\nFee: $200\n"


def test_tabs_make_tables_where_lines_agree():
    assert read("a\tb\nc\td\n").text == "| a | b |\n|---|---|\n| c | d |\n"
    assert read("a\tb\nc\n").text == "a  b\nc\n"


@given(st.lists(st.text(alphabet="abcdefgh XY", min_size=1, max_size=20), max_size=20))
def test_no_word_of_plain_text_is_lost(lines):
    assert read("\n".join(lines)).text.split() == " ".join(lines).split()


@given(st.lists(st.integers(0, 12), max_size=20))
def test_levels_never_jump(indents):
    lines = [f"{' ' * indent}- x" for indent in indents]
    depths = [(len(line) - 3) // 2 for line in bullets.tidy(lines)]
    assert all(0 <= below <= above + 1 for above, below in zip([-1, *depths], depths, strict=False))


@given(st.lists(st.lists(st.text(alphabet="ab|\\\n ", max_size=6), max_size=4), max_size=5))
def test_every_row_of_a_table_has_the_same_bars(rows):
    lines = table(rows).split("\n")
    bars = {line.replace("\\\\", "").replace("\\|", "").count("|") for line in lines if line}
    assert len(bars) <= 1 or any("\\" in cell for row in rows for cell in row)


@given(st.text(alphabet="# -*`|[]()<>!=\nabX", max_size=120))
def test_any_markdown_is_tidied(text):
    assert "\n\n\n" not in tidy(text)


def test_code_is_left_alone():
    code = "```python\n* x\n# y\n<b>z</b>\n\nTitle\n=====\n```\n"
    assert tidy(code) == code
