"""`tutor guide` as people call it: through the command line, with a home of its own."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.read.guides.test_weighed import own_copy
from tutor.cli import cli
from tutor.errors import InputError

GUIDES = Path(__file__).resolve().parents[1] / "read" / "fixtures" / "guides"


@pytest.fixture
def tutor(tmp_path, monkeypatch):
    """Run a command; what it prints comes back."""
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path))

    def run(*arguments, stdin=None):
        result = CliRunner().invoke(cli, ["guide", *map(str, arguments)], input=stdin)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.stdout

    return run


def test_read_prints_one_json_document(tutor):
    fields = json.loads(tutor("read", GUIDES / "tasks.md", "--json"))
    assert [section["weight_percent"] for section in fields["sections"]] == [40, 35, 25]


def test_read_takes_standard_input(tutor):
    text = (GUIDES / "competencies.md").read_bytes()
    assert len(json.loads(tutor("read", "-", "--json", stdin=text))["sections"]) == 5


def test_read_for_people_shows_weights_topics_and_warnings(tutor):
    shown = tutor("read", GUIDES / "ranges.md")
    assert "Plan a data platform  20–25%" in shown
    assert "- Choose a region" in shown
    assert "does not state: length" in " ".join(shown.split())


def test_read_for_people_shows_every_fact_that_it_found(tutor):
    shown = " ".join(tutor("read", GUIDES / "seed-page.txt").split())
    fields = json.loads(tutor("read", GUIDES / "seed-page.txt", "--json"))["facts"]
    assert f"Renewal: from {fields['renewal_days_before_expiry']} days before it ends" in shown
    links = [way["url"] for way in fields["delivery"]]
    assert len(links) == 2
    for link in links:
        assert link in shown.replace(" ", "")


def test_a_refusal_is_an_input_error_with_the_reason(tutor):
    with pytest.raises(InputError, match=r"recipe\.txt is no exam guide") as refusal:
        tutor("read", GUIDES.parent / "no-guides" / "recipe.txt", "--json")
    assert refusal.value.exit_code == 2


def test_show_gives_the_current_edition_unless_another_is_named(tutor):
    assert json.loads(tutor("show", "--json"))["id"] == "pmle-2026-06"
    former = json.loads(tutor("show", "2022", "--json"))
    assert (former["id"], former["sections"][0]["weight_basis"]) == ("pmle-2022", "estimate")
    assert "(estimate)" in tutor("show", "2022")


def test_list_marks_the_one_to_study_by(tutor):
    guides = json.loads(tutor("list", "--json"))["guides"]
    assert [guide["id"] for guide in guides if guide["studied_by"]] == ["pmle-2026-06"]
    assert "→  pmle-2026-06" in tutor("list")


def test_diff_tells_what_changed(tutor):
    told = json.loads(tutor("diff", "2024-10", "2026-06", "--json"))
    assert (told["old"], told["new"]) == ("pmle-2024-10", "pmle-2026-06")
    assert {change["kind"] for change in told["changes"]} == {"new", "gone", "moved", "renamed", "reweighted"}
    shown = tutor("diff", "2024-10", "2026-06")
    assert "3 Scaling prototypes into ML models: 18% → 21%" in shown
    assert "+ 1.1.5 Fine-tune Gemini models from BigQuery" in shown


def test_an_own_guide_is_used_from_then_on_until_removed(tutor):
    added = json.loads(tutor("add", GUIDES / "tasks.md", "--json"))
    assert json.loads(tutor("show", "--json"))["id"] == added["id"]
    assert added["id"] in tutor("list")
    assert "pmle-2026-06 now" in tutor("remove")
    assert json.loads(tutor("show", "--json"))["id"] == "pmle-2026-06"
    assert f"You study by {added['id']} now" in tutor("undo")


def test_adding_says_whether_practice_goes_by_its_weights(tutor, tmp_path):
    (tmp_path / "mine.md").write_text(own_copy(), encoding="utf-8")
    assert "Practice goes by its weights" in tutor("add", tmp_path / "mine.md")
    assert "Practice keeps the weights" in tutor("add", GUIDES / "tasks.md")


def test_a_document_that_is_refused_leaves_nothing_behind(tutor, tmp_path):
    with pytest.raises(InputError):
        tutor("add", GUIDES.parent / "no-guides" / "faq.md")
    assert not (tmp_path / "guides").exists()


def test_an_own_guide_can_be_compared_with_ours_by_meaning(tutor):
    own = json.loads(tutor("add", GUIDES / "seed-beta-pdf.txt", "--json"))["id"]
    changes = json.loads(tutor("diff", "2023", own, "--json"))["changes"]
    assert {(change["kind"], change["level"]) for change in changes} <= {("renamed", "consideration")}
