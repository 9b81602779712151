from datetime import date
from pathlib import Path

import pytest

from evals.gold_set import GOLD, Reading, read_questions
from evals.vet import Vetter, as_yaml, keep, unvetted, walk
from tutor.errors import InputError
from tutor.read.document import Passage

PASSAGES = {"kettle#a": Passage("kettle#a", "kettle", "Kettle", ("A",), "Kettle is warm.", 0, 15)}
CASE = """- id: q-{number:03d}
  question: "Is it: warm?"   # a comment that stays
  objective: "4.2"
  kind: limit
  key_points:
    - "it is warm"
    - "it is red"
  passages:
    - "kettle#a"
  sources:
    - https://example.com/one
    - https://example.com/two
  readings:
    - {{"on": 2026-11-20, by: writer, against: [our pages], verdict: agrees}}
  split: held
"""


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "questions.yaml"
    path.write_text("# head\n\n" + "\n".join(CASE.format(number=number) for number in (1, 2, 3)), encoding="utf-8")
    return path


def vetter(*typed: str, edit=lambda text: None) -> tuple[Vetter, list[str]]:
    shown: list[str] = []
    left = list(typed)
    return Vetter("Ada", date(2026, 11, 21), lambda prompt: left.pop(0), edit, shown.append), shown


def test_a_walk_keeps_readings_and_the_form_of_the_file(gold: Path) -> None:
    before = gold.read_text(encoding="utf-8").splitlines()
    by, shown = vetter("?", "y", "seen: both", "2", "s", "q")
    assert walk(gold, PASSAGES, by) == 1
    assert "Kettle is warm." in shown[0]
    assert "2. https://example.com/two" in shown[0]
    after = gold.read_text(encoding="utf-8").splitlines()
    (new,) = [line for line in after if line not in before]
    assert new == (
        '    - {"on": 2026-11-21, by: Ada, against: [https://example.com/two], verdict: agrees, note: "seen: both"}'
    )
    assert [line for line in after if line != new] == before
    assert [one.id for one in unvetted(gold)] == ["q-002", "q-003"]


def test_a_walk_goes_on_where_it_stopped(gold: Path) -> None:
    walk(gold, PASSAGES, vetter("y", "", "", "q")[0])
    by, shown = vetter("f", "", "9", "p", "point 1", "1", "n", "no", "1")
    assert "q-002" in unvetted(gold)[0].id
    assert walk(gold, PASSAGES, by) == 2
    assert "q-002" in shown[0]
    verdicts = {one.id: [reading.verdict for reading in one.readings] for one in read_questions(gold)}
    assert verdicts == {
        "q-001": ["agrees"] * 2,
        "q-002": ["agrees", "not found"],
        "q-003": ["agrees", "agrees in part"],
    }
    assert read_questions(gold)[1].readings[1].against == ("https://example.com/one",)


def test_an_edited_case_is_corrected_and_a_broken_edit_refused(gold: Path) -> None:
    by, _ = vetter("e", "", "", "q", edit=lambda text: text.replace("it is red", "it is blue"))
    walk(gold, PASSAGES, by)
    first = read_questions(gold)[0]
    assert (first.key_points[1], first.readings[-1].verdict) == ("it is blue", "corrected")
    assert first.is_vetted
    by, _ = vetter("e", "", "", edit=lambda text: text.replace("split: held", "split: none"))
    with pytest.raises(InputError, match="left as it was"):
        walk(gold, PASSAGES, by)
    assert len(read_questions(gold)) == 3


def test_a_reading_on_our_pages_alone_vets_nothing(gold: Path) -> None:
    keep(gold, "q-001", Reading(on=date(2026, 11, 21), by="reader", against=("our pages",), verdict="agrees"))
    assert "q-001" in [one.id for one in unvetted(gold)]
    assert unvetted(gold, "1.1") == []


def test_the_gold_file_keeps_its_form_under_a_reading(tmp_path: Path) -> None:
    text = (GOLD / "questions.yaml").read_text(encoding="utf-8")
    path = tmp_path / "questions.yaml"
    path.write_text(text, encoding="utf-8")
    reading = Reading(on=date(2026, 11, 21), by="somebody", against=("https://example.com",), verdict="agrees")
    keep(path, "q-220", reading)
    assert path.read_text(encoding="utf-8").replace(f"    - {as_yaml(reading)}\n", "") == text
