import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tutor.index.lexical import FIELD_WEIGHTS, LexicalIndex, build_lexical
from tutor.index.terms import terms
from tutor.read.document import Passage


def passage(text: str, title: str = "", names: tuple[str, ...] = ()) -> Passage:
    return Passage("d#h", "d", title, (), text, 0, len(text), names)


def index_of(folder: Path, *passages: Passage) -> LexicalIndex:
    build_lexical(passages, folder)
    return LexicalIndex(folder)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Training trained trains", ["train", "train", "train"]),
        ("ML.PREDICT", ["ml.predict", "ml", "predict"]),
        ("n1-standard-4!", ["n1-standard-4", "n1", "standard", "4"]),
        ("the of and", []),
        ("ARIMA_PLUS", ["arima_plus", "arima", "plus"]),
        ("", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert list(terms(text)) == expected


def test_bm25_by_hand(tmp_path: Path) -> None:
    index = index_of(tmp_path, passage("kettle kettle tea"), passage("tea cup"), passage("spoon"))
    rarity = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    norm = 1.2 * (1 - 0.75 + 0.75 * 3 / 2)
    np.testing.assert_allclose(index.scores("kettle"), [rarity * 2 * 2.2 / (2 + norm), 0, 0], rtol=1e-6)


def test_an_exact_identifier_beats_its_parts(tmp_path: Path) -> None:
    index = index_of(tmp_path, passage("standard n1 machines, 4 of them"), passage("an n1-standard-4 machine"))
    scores = index.scores("n1-standard-4")
    assert scores[1] > scores[0] > 0


def test_what_is_asked_of_a_passage_finds_it(tmp_path: Path) -> None:
    told = passage("It boils water.")
    index = index_of(tmp_path, told, replace(told, asked=("my tea stays cold",)))
    assert index.scores("cold tea")[0] == 0
    assert index.scores("cold tea")[1] > 0


def test_titles_and_names_count(tmp_path: Path) -> None:
    index = index_of(tmp_path, passage("about tea"), passage("x", title="Tea"), passage("y", names=("tea",)))
    assert (index.scores("tea") > 0).all()
    assert FIELD_WEIGHTS["title"] > FIELD_WEIGHTS["text"]


def test_known_terms(tmp_path: Path) -> None:
    index = index_of(tmp_path, passage("kettle tea"))
    assert index.known("kettle football") == 0.5
    assert index.known("the") == 0.0
