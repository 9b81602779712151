import shutil
from pathlib import Path

import numpy as np
import pytest

from tutor.index.elsewhere import USUAL, Elsewhere
from tutor.index.encoder import ShippedEncoder
from tutor.settings import PROJECT

SHIPPED = PROJECT / "corpus" / "elsewhere.txt"


class CountingEncoder(ShippedEncoder):
    def __init__(self) -> None:
        super().__init__()
        self.encoded = 0

    def encode_passages(self, texts, progress=None):
        self.encoded += len(texts)
        return super().encode_passages(texts, progress)


@pytest.fixture(scope="module")
def encoder() -> CountingEncoder:
    return CountingEncoder()


def test_a_question_on_another_cloud_is_nearer_than_one_of_ours(encoder: CountingEncoder) -> None:
    shipped = Elsewhere(SHIPPED, encoder)
    theirs = shipped.nearness("SageMaker notebook instances")
    assert theirs > 0.5
    assert theirs > shipped.nearness("When should I use the global endpoint?") + 0.1
    assert shipped.nearness("  ") == USUAL
    assert encoder.encoded == 0, "the shipped vectors are computed ahead: run `tutor index --ahead`"


def test_without_the_file_every_question_is_as_near_as_usual(tmp_path: Path, encoder: CountingEncoder) -> None:
    assert Elsewhere(tmp_path / "none.txt", encoder).nearness("how long do I roast a chicken") == USUAL


def test_a_changed_file_is_encoded_anew(tmp_path: Path, encoder: CountingEncoder) -> None:
    path = tmp_path / "elsewhere.txt"
    shutil.copy(SHIPPED.with_suffix(".npz"), path.with_suffix(".npz"))
    path.write_text("# a comment\nteapots and kettles\n", encoding="utf-8")
    own = Elsewhere(path, encoder)
    assert own.nearness("which teapot is best") > 0.5
    assert encoder.encoded == 1
    own.write_ahead()
    again = Elsewhere(path, encoder)
    assert np.isclose(again.nearness("which teapot is best"), own.nearness("which teapot is best"), atol=2e-3)
    assert encoder.encoded == 2
