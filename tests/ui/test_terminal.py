"""Answers on a terminal: a long rest is folded away, and whole where it is wished for or piped."""

import pytest
from rich.console import Console

from tutor.answer.layout import fold
from tutor.flow import Tutor
from tutor.ui import terminal


def printed(tutor: Tutor, monkeypatch: pytest.MonkeyPatch, *, is_terminal: bool, is_whole: bool = False) -> str:
    console = Console(force_terminal=is_terminal, width=60, record=True, color_system=None)
    monkeypatch.setattr(terminal, "Console", lambda: console)
    terminal.print_answer(tutor.answer("What is Kettle?"), 0.01, is_whole=is_whole)
    return console.export_text()


def test_a_long_rest_is_folded_on_a_terminal(tutor: Tutor, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = tutor.answer("What is Kettle?")
    first, rest = fold(answer.parts)
    assert rest, "the answer must be long for this test"
    text = printed(tutor, monkeypatch, is_terminal=True)
    assert "with --whole" in text
    assert max(map(len, text.splitlines())) <= 60
    shown = {number for _, some in first for one in some for number in one.citations}
    for citation in answer.citations:
        assert (f"[{citation.number}]" in text) == (citation.number in shown)


@pytest.mark.parametrize(("is_terminal", "is_whole"), [(True, True), (False, False)])
def test_wished_for_or_piped_it_is_whole(
    tutor: Tutor, monkeypatch: pytest.MonkeyPatch, is_terminal: bool, is_whole: bool
) -> None:
    text = printed(tutor, monkeypatch, is_terminal=is_terminal, is_whole=is_whole)
    assert "--whole" not in text
    for citation in tutor.answer("What is Kettle?").citations:
        assert f"[{citation.number}]" in text
