"""A question's vector is turned before it is compared with passages and statements; another encoder's is left alone."""

from pathlib import Path

import numpy as np
import pytest

from tests.index.test_build import CountingEncoder, passages
from tutor.index.build import build
from tutor.index.encoder import Turn, read_turn, write_turn
from tutor.index.search import Index
from tutor.index.sketches import Sketches

A_MEANS_C = Turn(np.array([[0, 0, 1], [0, 1, 0], [1, 0, 0]], np.float32))
SOME = passages("aaaa aaaa", "cccc cccc")


def test_what_answers_is_found_where_the_turn_points(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    folder = build(SOME, encoder, tmp_path, {}, sketches=Sketches(None, {}))
    asked = "aa a aaa a"
    assert Index(folder, encoder).search(asked, 1)[0].passage.id == "doc#0"
    turned = Index(folder, encoder, turn=A_MEANS_C)
    assert turned.search(asked, 1)[0].passage.id == "doc#1"
    alike = turned.likeness(asked, SOME)
    assert alike["doc#1"][0] > alike["doc#0"][0]


def test_a_turned_vector_has_length_one_and_no_turn_changes_nothing() -> None:
    vector = np.array([3, 4, 0], np.float32) / 5
    assert Turn().of(vector) is vector
    assert np.linalg.norm(Turn(2 * np.eye(3, dtype=np.float32)).of(vector)) == pytest.approx(1.0)


def test_a_turn_is_kept_for_the_encoder_that_it_was_fitted_with(tmp_path: Path) -> None:
    write_turn(tmp_path / "turn.npz", A_MEANS_C, CountingEncoder("one"))
    kept = read_turn(tmp_path / "turn.npz", CountingEncoder("one"))
    assert kept.matrix is not None
    assert np.array_equal(kept.matrix, A_MEANS_C.matrix)
    assert read_turn(tmp_path / "turn.npz", CountingEncoder("other")).matrix is None
    assert read_turn(tmp_path / "nowhere.npz", CountingEncoder("one")).matrix is None
