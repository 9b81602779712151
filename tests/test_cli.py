import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SMALL_CORPUS
from tutor import cli


@pytest.fixture
def run(tmp_path: Path):
    def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tutor.cli", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            encoding=environment.get("PYTHONIOENCODING"),
            cwd=tmp_path,
            env={**os.environ, "TUTOR_HOME": str(tmp_path / "home"), "TUTOR_CORPUS": str(SMALL_CORPUS), **environment},
        )

    return run


def test_alone_it_shows_what_one_can_do(run) -> None:
    shown = run().stdout
    for command in ("ask", "search", "index", "app", "doctor"):
        assert command in shown


def test_ask_answers_with_citations(run) -> None:
    result = run("ask", "What is Kettle?")
    assert result.returncode == 0
    assert "Kettle is a made-up forecasting service" in result.stdout
    assert "https://docs.example.com/kettle-forecasting" in result.stdout


def test_ask_prints_one_json_document_and_nothing_else(run) -> None:
    result = run("ask", "What is Kettle?", "--json")
    reply = json.loads(result.stdout)
    assert reply["refused"] is False
    assert reply["citations"][0]["n"] == 1
    assert reply["citations"][0]["quote"] in (SMALL_CORPUS / "docs" / "kettle-forecasting.md").read_text("utf-8")


def test_ask_reads_standard_input(run) -> None:
    assert json.loads(run("ask", "-", "--json", stdin="What is Samovar?\n").stdout)["refused"] is False


def test_nothing_is_written_outside_the_home_of_the_tutor(tmp_path: Path) -> None:
    """ONNX Runtime would put a device id into the user's folder, and report to its maker."""
    quiet = ("ORT_DISABLE_TELEMETRY", "CI", "GITHUB_ACTIONS", "XDG_CACHE_HOME", "TUTOR_HOME")
    person = tmp_path / "person"
    person.mkdir()
    kept = {name: value for name, value in os.environ.items() if name not in quiet}
    asked = subprocess.run(
        [sys.executable, "-m", "tutor.cli", "ask", "What is Kettle?"],
        env={**kept, "HOME": str(person), "TUTOR_HOME": str(tmp_path / "home"), "TUTOR_CORPUS": str(SMALL_CORPUS)},
        cwd=person,
        capture_output=True,
    )
    assert asked.returncode == 0, asked.stderr
    assert list(person.rglob("*")) == []


def test_search_keeps_its_shape(run) -> None:
    found = json.loads(run("search", "KETTLE_PLUS", "-k", "2", "--json").stdout)
    assert len(found["passages"]) == 2
    assert set(found["passages"][0]) >= {"id", "doc", "heading", "score", "text"}
    assert isinstance(found["seconds"], float)


def test_index_says_what_it_holds(run) -> None:
    result = run("index", "--json")
    assert json.loads(result.stdout)["documents"] == 4
    assert "Indexing" in result.stderr
    assert "4 pages" in run("index").stdout


def test_doctor_finds_all_well(run) -> None:
    findings = json.loads(run("doctor", "--json").stdout)["findings"]
    assert {finding["what"] for finding in findings} >= {"Home", "Corpus", "Encoder", "Index", "Database", "Engine"}
    assert not [finding for finding in findings if finding["state"] == "broken"]


def test_doctor_says_which_model_made_the_index(run, tmp_path: Path) -> None:
    run("index")
    made = next((tmp_path / "home" / "index").glob("*/manifest.json"))
    made.write_text(made.read_text(encoding="utf-8").replace("all-MiniLM-L6-v2@", "another-model@"), encoding="utf-8")
    said = next(one for one in json.loads(run("doctor", "--json").stdout)["findings"] if one["what"] == "Index")
    assert said["state"] == "note"
    assert "made by another-model@" in said["state_of_things"]
    assert "chooses all-MiniLM-L6-v2@" in said["state_of_things"]


def test_doctor_says_what_is_broken_and_how_to_mend_it(run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("doctor", TUTOR_HOME=str(tmp_path / "file"))
    assert result.returncode == 1
    assert "TUTOR_HOME" in result.stdout


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"TUTOR_CORPUS": "/nowhere"}, "TUTOR_CORPUS"),
        ({"PORT": "x"}, "PORT=x"),
        ({"TUTOR_DATABASE_URL": "nonsense"}, "TUTOR_DATABASE_URL"),
    ],
)
def test_what_stops_it_is_one_line(run, environment: dict[str, str], says: str) -> None:
    result = run("ask", "What is Kettle?", **environment)
    assert result.returncode == 1
    assert says in result.stderr
    assert len([line for line in result.stderr.splitlines() if line.startswith("tutor:")]) == 1
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_pipe_that_cannot_carry_every_sign_gets_all_the_same(run, encoding: str) -> None:
    shown = run("doctor", PYTHONIOENCODING=encoding)
    assert shown.returncode == 0, shown.stderr
    asked = run("ask", "What is “Kettle” → and what for?", "--json", PYTHONIOENCODING=encoding)
    assert "“Kettle” →" in json.loads(asked.stdout)["asked"]


def test_input_that_is_no_text_does_not_stop_it(tmp_path: Path) -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "tutor.cli", "ask", "-"],
        input=b"\xff\xfe What is Kettle?",
        capture_output=True,
        env={**os.environ, "TUTOR_CORPUS": str(SMALL_CORPUS), "PYTHONIOENCODING": "utf-8:strict"},
    )
    assert asked.returncode == 0, asked.stderr


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_full_or_locked_disk_is_one_line(number: int, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    def stop(**_: object) -> None:
        raise OSError(number, os.strerror(number), "/home/kettle/index")

    monkeypatch.setattr(cli, "cli", stop)
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 1
    said = capsys.readouterr().err
    assert (said.count("\n"), "/home/kettle/index" in said, "TUTOR_HOME" in said) == (1, True, True)


def test_an_unknown_command_is_a_usage_error(run) -> None:
    assert run("frobnicate").returncode == 2
