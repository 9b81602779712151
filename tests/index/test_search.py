import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.flow import Tutor
from tutor.index.search import fuse

SCORES = st.dictionaries(st.integers(0, 30), st.floats(0.01, 50), max_size=20)


def test_fusion_by_hand() -> None:
    fused = fuse({1: 0.8, 2: 0.4}, {2: 10.0, 3: 5.0})
    assert fused == [(2, 0.75), (1, 0.5), (3, pytest.approx(0.5))]


@given(SCORES, SCORES)
def test_fusion_keeps_every_row_once_and_never_turns_agreement_round(
    dense: dict[int, float], lexical: dict[int, float]
) -> None:
    fused = fuse(dense, lexical)
    order = [row for row, _ in fused]
    assert sorted(order) == sorted(dense.keys() | lexical.keys())
    assert all(0 <= score <= 1 + 1e-9 for _, score in fused)
    for one in dense.keys() & lexical.keys():
        for other in dense.keys() & lexical.keys():
            if dense[one] > dense[other] * 1.001 and lexical[one] > lexical[other] * 1.001:
                assert order.index(one) < order.index(other)


def test_the_passage_that_answers_comes_first(tutor: Tutor) -> None:
    hits = tutor.search("Which tool forecasts weekly demand in SQL?")
    assert hits[0].passage.doc == "kettle-forecasting"
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert hits[0].score >= hits[-1].score


def test_exact_identifiers_are_found(tutor: Tutor) -> None:
    assert tutor.search("KETTLE_PLUS", 1)[0].passage.doc == "kettle-forecasting"


def test_nothing_asked_nothing_found(tutor: Tutor) -> None:
    assert tutor.search("   ") == []


def test_a_passage_is_found_by_its_id(tutor: Tutor) -> None:
    found = tutor.passage("samovar-vision#cost")
    assert found is not None
    assert "bills every thousand" in found.text
    assert found.sources[0].checked is not None
    assert tutor.passage("samovar-vision#nowhere") is None
