"""`tutor corpus`: growing the documentation, end to end."""

import json
from pathlib import Path

from tests.conftest import NOON
from tests.read.test_shelve import PAGE, Host, fetcher, host  # noqa: F401 - fixtures
from tests.test_cli import run  # noqa: F401 - a fixture
from tests.test_flow import own_tutor
from tutor.read.fetch import Fetcher


def test_own_notes_are_answered_from_listed_and_removed(run, tmp_path: Path) -> None:  # noqa: F811
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "zeppelin.md").write_text("# Zeppelin store\n\nThe Zeppelin store keeps 42 features per balloon.", "utf-8")
    (notes / "broken.pdf").write_bytes(b"%PDF-1.4")
    question = "How many features does the Zeppelin store keep per balloon?"
    assert json.loads(run("ask", question, "--json").stdout)["refused"]

    added = json.loads(run("corpus", "add", str(notes), "--json").stdout)
    assert added["counts"] == {"added": 1, "failed": 1}
    answer = json.loads(run("ask", question, "--json").stdout)
    assert "42 features" in answer["answer"]
    (document,) = json.loads(run("corpus", "list", "--layer", "own", "--json").stdout)["documents"]
    assert "42 features" in run("corpus", "show", document["id"]).stdout

    assert run("corpus", "remove", document["id"]).returncode == 0
    assert json.loads(run("ask", question, "--json").stdout)["refused"]
    assert run("corpus", "undo").returncode == 0
    assert "42 features" in json.loads(run("ask", question, "--json").stdout)["answer"]


def test_bad_input_is_said_and_nothing_is_kept(run, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "empty.pdf").write_bytes(b"")
    result = run("corpus", "add", str(tmp_path / "empty.pdf"), str(tmp_path / "absent.md"))
    assert result.returncode == 2
    assert "absent.md" in result.stderr
    assert json.loads(run("corpus", "list", "--layer", "own", "--json").stdout)["documents"] == []
    refused = run("corpus", "add", "http://127.0.0.1:9/x", "http://169.254.169.254/latest/meta-data")
    assert refused.returncode == 2
    assert refused.stderr.count("✗") == 2
    assert run("corpus", "show", "nothing").returncode == 2
    assert run("corpus", "remove", "nothing").returncode == 2


def test_a_changed_official_page_is_marked_in_answers(tmp_path: Path, host: Host, fetcher: Fetcher) -> None:  # noqa: F811
    tutor = own_tutor(tmp_path)
    page = tmp_path / "corpus" / "docs" / "kettle-forecasting.md"
    address = f"{host.address}/kettle-forecasting"
    text = page.read_text(encoding="utf-8").replace("https://docs.example.com/kettle-forecasting", address)
    page.write_text(text, encoding="utf-8")
    host.pages["/kettle-forecasting"] = PAGE.format("Kettle", "Kettle accepts more. Last updated 2026-12-24 UTC.")
    assert [outcome.state for outcome in tutor.corpus.sync(fetcher, [address])] == ["added"]
    assert [entry.doc for entry in tutor.corpus.stale()] == ["kettle-forecasting"]
    reply = tutor.ask("What is Kettle?").as_json()
    assert reply["citations"][0]["source_changed"] == "2026-12-24"
    assert "official" in {document.layer for document in tutor.corpus.documents()}
    tutor.close()
    assert NOON


def test_coverage_is_counted(run) -> None:  # noqa: F811
    told = json.loads(run("corpus", "coverage", "--edition", "2026-06", "--json", TUTOR_CORPUS="").stdout)
    assert len(told["considerations"]) == 52
    assert all(line["pages"] for line in told["considerations"])


def test_coverage_of_an_edition_that_there_is_not_is_refused(run) -> None:  # noqa: F811
    told = run("corpus", "coverage", "--edition", "2019", TUTOR_CORPUS="")
    assert told.returncode == 2
    assert "2026-06" in told.stderr
