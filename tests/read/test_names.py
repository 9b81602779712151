from pathlib import Path

import pytest

from tutor.errors import InputError
from tutor.read.names import Names, read_names
from tutor.settings import PROJECT

TABLE = """
- id: pot
  current: Samovar Pipelines
  short: null
  former: [{name: Kettle AI Pipelines, until: "2026-04"}, {name: Teapot Pipelines}]
  aliases: [SP]
  status: current
  retired_on: null
  successor: null
  note: One thing under three names.
  sources: [{title: The page of names, url: "https://docs.example.com/names", checked: 2026-11-20}]
- id: kettle
  current: Samovar
  short: null
  former: [{name: Kettle AI, until: "2026-04"}]
  aliases: []
  status: current
  retired_on: null
  successor: pot
  note: The platform.
  sources: [{title: The page of names, url: "https://docs.example.com/names", checked: 2026-11-20}]
"""


def table(tmp_path: Path, text: str = TABLE) -> Names:
    path = tmp_path / "names.yaml"
    path.write_text(text, encoding="utf-8")
    return read_names(path)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("How do Kettle AI Pipelines run?", ["pot"]),
        ("kettle-ai pipelines and Kettle AI", ["pot", "kettle"]),
        ("Is Samovar\nPipelines cheap?", ["pot"]),
        ("SP is short, sp is not", ["pot"]),
        ("Samovars and MySamovar", []),
        ("nothing", []),
    ],
)
def test_the_longest_name_counts_and_short_ones_need_their_spelling(
    tmp_path: Path, text: str, found: list[str]
) -> None:
    mentions = table(tmp_path).find(text)
    assert [mention.product.id for mention in mentions] == found
    assert all(text[mention.start : mention.end] == mention.name for mention in mentions)


def test_a_question_is_read_with_all_names(tmp_path: Path) -> None:
    assert table(tmp_path).others("teapot pipelines") == ["Samovar Pipelines", "Kettle AI Pipelines", "SP"]
    assert table(tmp_path).others("tea") == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("id: kettle", "id: pot", "twice"),
        ("name: Kettle AI,", "name: Teapot Pipelines,", "belongs to both"),
        ("successor: pot", "successor: nobody", "nobody"),
        ("status: current", "status: dead", "status"),
        ('"2026-04"', '"April"', "until"),
        ("- id: pot", "- [", "expected"),
    ],
)
def test_a_faulty_table_is_refused(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        table(tmp_path, TABLE.replace(old, new))


def test_no_table_no_names(tmp_path: Path) -> None:
    assert read_names(tmp_path / "absent.yaml").find("Is a Samovar cheap?") == []


def test_the_shipped_table_knows_old_and_new() -> None:
    names = read_names(PROJECT / "corpus" / "names.yaml")
    assert len(names.products) >= 90
    for text in (
        "Vertex AI Pipelines",
        "vertex ai feature store",
        "Matching Engine",
        "Cloud DLP",
        "Vertex AI Workbench",
    ):
        (mention,) = names.find(text)
        assert mention.product.former, text
    assert "Vertex AI" in names.others("What is Gemini Enterprise Agent Platform?")
