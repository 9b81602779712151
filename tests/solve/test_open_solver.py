"""The solver over a corpus on disk: what it reads, and what it keeps so that nobody waits twice."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import SMALL_CORPUS
from tutor.flow.ground import Ground
from tutor.flow.solving import open_solver, read_precedents, sketch_ahead
from tutor.read.passages import cut_all
from tutor.settings import load_settings
from tutor.solve.question import Question

PAGE = """---
id: samovars
title: Serving samovars
names: [Samovar]
treats: ["2026-06/4.1.1"]
sources:
  - title: Samovars
    url: https://example.com/samovars
    checked: 2026-11-20
---
## What the exam turns on

- A customer who waits points to an online endpoint.
- Scoring a table overnight points to a batch job.
"""
RULING = """- when: the tea must be hot at once
  choose: an online endpoint
  not: a batch job
  passage: samovars#what-the-exam-turns-on
"""
CASE = """- when: A tea shop judges its kettles while customers wait at the counter. | customers wait at the counter
  choose: judge kettles on the spot
  not: judge kettles every night
  passage: samovars#what-the-exam-turns-on
"""
QUESTION = Question(
    "A customer who waits wants tea. What should you use?", ("a batch job", "an online endpoint"), ("A", "B")
)


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    corpus = tmp_path / "corpus"
    shutil.copytree(SMALL_CORPUS, corpus)
    (corpus / "docs" / "samovars.md").write_text(PAGE, encoding="utf-8")
    (corpus / "rulings").mkdir()
    (corpus / "rulings" / "tea.yaml").write_text(RULING, encoding="utf-8")
    made = Ground(load_settings({"TUTOR_HOME": str(tmp_path / "home"), "TUTOR_CORPUS": str(corpus)}))
    yield made
    made.close()


def test_pages_and_rulings_are_read(ground: Ground) -> None:
    origins = {one.origin for one in read_precedents(ground, cut_all(ground.pages()))}
    assert {"turns", "by hand"} <= origins


def test_a_question_is_solved_and_cited(ground: Ground) -> None:
    solution = open_solver(ground).solve(QUESTION)
    assert solution.answer == ("B",)
    assert solution.quotes[0].text in ground.index.find(solution.quotes[0].passage).text  # type: ignore[union-attr]


def test_rulings_by_hand_can_be_left_out(ground: Ground) -> None:
    hot = Question("The tea must be hot at once. What now?", ("a batch job", "an online endpoint"), ("A", "B"))
    with_them, without = (open_solver(ground, by_hand=by_hand).solve(hot).weights for by_hand in (True, False))
    assert with_them[1] > without[1]


def test_a_solved_case_decides_and_its_reason_names_what_decides_in_it(ground: Ground) -> None:
    cases = ground.settings.corpus / "cases"
    cases.mkdir()
    (cases / "tea.yaml").write_text(CASE, encoding="utf-8")
    asked = Question(
        "A coffee bar judges its mills while customers wait at the counter. What should it do?",
        ("judge mills every night", "judge mills on the spot"),
        ("A", "B"),
    )
    solution = open_solver(ground, by_hand=False).solve(asked)
    assert solution.answer == ("B",)
    told = [reason.text for some in solution.reasons for reason in some]
    assert "Judge kettles on the spot fits where: customers wait at the counter." in told


def test_what_did_not_ship_is_encoded_once(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    open_solver(ground)
    asked: list[str] = []
    encode = ground.encoder.encode_passages
    monkeypatch.setattr(
        ground.encoder, "encode_passages", lambda texts, *rest: asked.extend(texts) or encode(texts, *rest)
    )
    open_solver(ground)
    assert asked == []


def test_what_ships_is_not_encoded_again(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sketch_ahead(ground) > 0
    asked: list[str] = []
    encode = ground.encoder.encode_passages
    monkeypatch.setattr(
        ground.encoder, "encode_passages", lambda texts, *rest: asked.extend(texts) or encode(texts, *rest)
    )
    ground.index.find("nothing")
    asked.clear()
    open_solver(ground)
    assert asked == []
    assert not (ground.settings.home / "solver" / "precedents.npz").exists()
