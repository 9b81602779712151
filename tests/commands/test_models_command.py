from pathlib import Path

import pytest
from typer.testing import CliRunner

from tutor.cli import cli
from tutor.settings import PROJECT


def run(*args: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["models", *args])
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def model() -> Path:
    return next((PROJECT / "corpus" / "decisions" / "serving").glob("choosing-an-endpoint-type.yaml"))


def test_every_turn_is_shown_with_key_and_reasons(model: Path) -> None:
    code, told = run("show", str(model))
    assert code == 0
    assert told.count("### ") == told.count("**Key: ") >= 6
    assert told.count("### ") == model.read_text(encoding="utf-8").count("tells:")


def test_a_blind_reader_sees_neither(model: Path) -> None:
    code, told = run("show", "--blind", str(model))
    assert code == 0
    assert told.count("### ") >= 6
    assert "Key" not in told
    assert "[1]" not in told


def test_a_file_that_is_no_model_is_named_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text("id: odd\n")
    done = CliRunner().invoke(cli, ["models", "show", str(file)])
    assert done.exit_code != 0
    assert "odd" in str(done.exception or done.output)
