import pytest

from tutor.ui.progress import bar


def test_where_stderr_is_no_terminal_each_quarter_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    with bar("Drawing", "items") as progress:
        for done in range(1, 9):
            progress(done, 8)
    assert capsys.readouterr().err.splitlines() == [
        "Drawing: 1 of 8 items",
        *(f"Drawing: {done} of 8 items" for done in (2, 4, 6, 8)),
    ]
