"""What should be said to answered questions is kept with the index, and called for by questions like them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.index.test_build import CountingEncoder, passages
from tutor.index.build import build
from tutor.index.search import Index
from tutor.index.sketches import Sketches
from tutor.read.answered import Answered, Opening
from tutor.read.document import Passage

SOME = passages("Aaa bbb. Bbb ccc bbb.", "- Aaa aaa aaa.\n- Ccc.")
ANSWERED = [
    Answered(("aaaaa?", "aaaa a"), (Opening("doc#1", "Aaa"), Opening("doc#0", "Aaa"))),
    Answered(("cccccc?",), (Opening("doc#1", "Ccc"),)),
]


def opened(home: Path, answered: Sequence[Answered], some: Sequence[Passage] = SOME) -> Index:
    encoder = CountingEncoder()
    return Index(build(some, encoder, home, {}, sketches=Sketches(None, {}), answered=answered), encoder)


def test_a_question_calls_for_what_is_said_to_those_like_it_the_most_important_first(tmp_path: Path) -> None:
    called = opened(tmp_path, ANSWERED).called_for("aaaaaaa", SOME)
    assert called["doc#1"][0] > called["doc#0"][0] > called["doc#1"][1]
    assert called["doc#0"][1] == 0.0
    other = opened(tmp_path, ANSWERED).called_for("ccccccc", SOME)
    assert other["doc#1"][1] > other["doc#1"][0]


def test_of_several_wordings_the_nearest_counts_once(tmp_path: Path) -> None:
    one = [replace(ANSWERED[0], asks=("aaaaa?",))]
    twice = opened(tmp_path / "twice", ANSWERED[:1]).called_for("aaaaa?", SOME)
    assert twice["doc#1"] == pytest.approx(opened(tmp_path / "once", one).called_for("aaaaa?", SOME)["doc#1"])


def test_a_statement_that_is_gone_calls_for_nothing(tmp_path: Path) -> None:
    gone = [Answered(("aaaaa?",), (Opening("doc#1", "Zzz"), Opening("doc#9", "Aaa")))]
    assert opened(tmp_path, gone).called_for("aaaaa", SOME) == {}
    assert opened(tmp_path / "none", ()).called_for("aaaaa", SOME) == {}


def test_another_answer_to_a_question_makes_another_index(tmp_path: Path) -> None:
    before = opened(tmp_path, ANSWERED[1:])
    after = opened(tmp_path, [replace(ANSWERED[1], says=(Opening("doc#0", "Aaa"),))])
    assert before.folder != after.folder
    assert after.called_for("cccccc", SOME)["doc#0"][0] == pytest.approx(1.0)


def test_passages_that_the_index_lacks_are_left_out(tmp_path: Path) -> None:
    index = opened(tmp_path, ANSWERED)
    assert set(index.called_for("aaa", [*SOME, replace(SOME[0], id="doc#gone")])) == {"doc#0", "doc#1"}
    assert index.called_for("  ", SOME) == {}


def test_the_nearest_question_is_told(tmp_path: Path) -> None:
    index = opened(tmp_path, ANSWERED)
    assert index.nearest_asked("aaaaa?") == pytest.approx(1.0, abs=0.01)
    assert (index.nearest_asked("bbbbbbb") or 1.0) < 0.8
    assert index.nearest_asked(" ") is None
    assert opened(tmp_path / "none", ()).nearest_asked("aaaaa?") is None
