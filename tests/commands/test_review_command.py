import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tutor.author.wanted import Wanted
from tutor.commands.review import review
from tutor.errors import InputError
from tutor.flow import Tutor
from tutor.settings import PROJECT, load_settings


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    environment = {"TUTOR_HOME": str(tmp_path), "TUTOR_CORPUS": str(PROJECT / "corpus")}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    tutor = Tutor(load_settings(environment))
    kept = tutor.items.fresh(Wanted(model="starting-the-next-training"))
    tutor.items.answer(kept.id, ["A"])
    tutor.review.flag("item", kept.id, "unclear", "What is asked?", "me")
    name = tutor.review.cases()[0].id
    tutor.close()
    return name


def said(*words: str) -> str:
    ran = CliRunner().invoke(review, list(words), catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return ran.output


def test_a_case_is_reserved_edited_told_and_undone(case: str, tmp_path: Path) -> None:
    assert "ana is at item:" in said("reserve", case, "--by", "ana")
    text = said("edit", case, "--words", "x", "--print")
    ask = next(line for line in text.splitlines() if line.startswith("ask:"))
    edited = tmp_path / "edited.yaml"
    edited.write_text(text.replace(ask, "ask: Which trigger fits this team best?"), encoding="utf-8")
    with pytest.raises(InputError, match="ana is at this case"):
        said("edit", case, "--words", "Vague.", "--file", str(edited), "--by", "bob")
    told = said("edit", case, "--words", "Vague.", "--file", str(edited), "--by", "ana")
    assert "upheld" in told
    (notice,) = json.loads(said("notices", "--json"))["notices"]
    assert (notice["cause"], notice["words"], notice["counts_no_longer"]) == ("unclear", "Vague.", True)
    ruling = told.split("Ruling ")[1].split(";")[0]
    said("undo", ruling, "--by", "ana")
    assert json.loads(said("notices", "--json"))["notices"] == []
    assert json.loads(said("audit", "--json"))["whole"] is True
