"""Questions asked of a page reach the passages that answer them, and bad files say what is wanted."""

from dataclasses import replace
from pathlib import Path

import pytest

from tutor.read.answered import Answered, Opening
from tutor.read.asked import AskedError, read_asked, with_asked
from tutor.read.document import Document
from tutor.read.passages import cut

PAGE = Document("kettle", "Kettle", "## What it is\n\nA kettle boils.\n\n## Limits\n\nTwo litres.\n", 0)


def test_each_passage_has_the_questions_of_its_heading(tmp_path: Path) -> None:
    (tmp_path / "kettle.yaml").write_text('what-it-is:\n  - "what boils water"\n')
    one, other = with_asked([PAGE, replace(PAGE, id="spoon")], tmp_path)
    assert [passage.asked for passage in cut(one)] == [("what boils water",), ()]
    assert [passage.asked for passage in cut(other)] == [(), ()]


def test_questions_that_a_statement_of_a_passage_answers_stand_behind_its_own(tmp_path: Path) -> None:
    (tmp_path / "kettle.yaml").write_text('what-it-is:\n  - "what boils water"\n')
    steam = Answered(
        ("why steam?", "steam"), (Opening("kettle#limits", "Two"), Opening("kettle#what-it-is", "A kettle"))
    )
    (one,) = with_asked([PAGE], tmp_path, [steam])
    assert [passage.asked for passage in cut(one)] == [
        ("what boils water", "why steam?", "steam"),
        ("why steam?", "steam"),
    ]


@pytest.mark.parametrize("text", ["- one\n- two\n", "what-it-is: one\n", "what-it-is:\n  - [1, 2]\n", "a: b: c"])
def test_a_file_of_another_form_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "kettle.yaml"
    path.write_text(text)
    with pytest.raises(AskedError, match=r"kettle\.yaml"):
        read_asked(path)
