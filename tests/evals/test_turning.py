"""The turn that is fitted brings questions nearer to what answers them, and to nothing that was left out."""

import numpy as np
import pytest

from evals import turning
from evals.turning import Asked, fit, on_pages_left_out
from tutor.index.encoder import Vectors

SIZE, PAGES = 12, 20


def unit(vectors: Vectors) -> Vectors:
    found: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return found


@pytest.fixture(scope="module")
def asked() -> Asked:
    """Questions that lie where a rotation puts their passages."""
    random = np.random.default_rng(1)
    passages = unit(random.normal(size=(PAGES, SIZE)))
    away, _ = np.linalg.qr(np.eye(SIZE) + 0.8 * random.normal(size=(SIZE, SIZE)))
    rows = [row for row in range(PAGES) for _ in range(20)]
    questions = unit(passages[rows] @ away + 0.05 * random.normal(size=(len(rows), SIZE)))
    pages = [f"page-{row}" for row in range(PAGES)]
    says = [[row] if number % 2 else [] for number, row in enumerate(rows)]
    axes = np.eye(SIZE, dtype=np.float32)
    return Asked(questions, passages, passages, axes, [[row] for row in rows], says, pages, pages)


def test_questions_come_nearer_to_what_answers_them(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turning, "RATE", 1e-2)
    monkeypatch.setattr(turning, "EPOCHS", 40)
    still = np.eye(SIZE, dtype=np.float32)
    rows = list(range(len(asked.questions)))
    before, after = (np.mean(turning._reciprocal_ranks(asked, rows, one)) for one in (still, fit(asked)))
    assert before < 0.6
    assert after > 0.95


def test_the_slope_is_that_of_the_loss(asked: Asked) -> None:
    rows, matrix = np.arange(0, 60), np.eye(SIZE, dtype=np.float32)
    matrix[2, 5] = 0.3

    def loss(one: Vectors) -> float:
        turned = asked.questions[rows].astype(np.float64) @ one
        turned /= np.linalg.norm(turned, axis=1, keepdims=True)
        scores = turning.SHARP * turned @ asked.passages.T
        chances = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        told = [chances[row, place] for row in range(60) for place in asked.in_passages[row]]
        said = [chances[row, place] for row in range(60) for place in asked.in_statements[row]]
        return -float(sum(told) + sum(said)) / 60

    slope = turning._slope(asked, rows, matrix)
    for place in ((0, 0), (2, 5), (7, 3)):
        nudge = np.zeros_like(matrix, np.float64)
        nudge[place] = 1e-4
        numeric = (loss(matrix + nudge) - loss(matrix - nudge)) / 2e-4
        assert slope[place] == pytest.approx(numeric, rel=0.02, abs=1e-3)


def test_what_is_left_out_has_no_part(asked: Asked) -> None:
    rest = asked.without({"page-0", "page-3"})
    assert len(rest.passages) == len(rest.statements) == PAGES - 2
    assert len(rest.questions) == 20 * (PAGES - 2)
    assert {rest.pages[place] for places in rest.in_passages for place in places} == set(rest.pages)
    assert "page-3" not in rest.pages_said


def test_it_is_told_what_the_turn_does_for_pages_that_it_never_saw(asked: Asked) -> None:
    figures = on_pages_left_out(asked)
    assert figures["questions"] == 20 * PAGES / turning.LEFT_OUT
    assert 0 < figures["as it is"] <= 1
    assert 0 < figures["turned"] <= 1
