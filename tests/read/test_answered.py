"""Answered questions are read as they are written, and a file of another form is named with what is wrong in it."""

from pathlib import Path

import pytest

from tutor.read.answered import Answered, AnsweredError, Opening, opened_by, read_answered, told_by

KETTLE = """\
? How much does a kettle hold?
? kettle volume
- limits: Two litres
- spoon#what-it-is: A spoon

? Why does it whistle?
- what-it-is: `steam` leaves: fast
"""


def test_a_question_has_its_wordings_and_its_statements_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "kettle.txt").write_text(KETTLE)
    assert read_answered(tmp_path) == [
        Answered(
            ("How much does a kettle hold?", "kettle volume"),
            (Opening("kettle#limits", "Two litres"), Opening("spoon#what-it-is", "A spoon")),
        ),
        Answered(("Why does it whistle?",), (Opening("kettle#what-it-is", "`steam` leaves: fast"),)),
    ]
    assert read_answered(tmp_path / "nowhere") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "? asked\n",
        "- limits: said\n",
        "? asked\n- limits said\n",
        "? asked\n- limits: said\n? asked again\n",
        "? \n- a: b\n",
    ],
)
def test_a_file_of_another_form_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "kettle.txt").write_text(text)
    with pytest.raises(AnsweredError, match=r"kettle\.txt"):
        read_answered(tmp_path)


def test_an_opening_names_one_statement_or_none() -> None:
    told = told_by("Two litres fit.\nTwo cups\nfit. A spoon fits.")
    assert told == ["Two litres fit.", "Two cups fit.", "A spoon fits."]
    assert [opened_by(words, told) for words in ("Two l", "Two cups fit", "Two", "A fork")] == [0, 1, None, None]
