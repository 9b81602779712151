import pytest

from tutor.index.spelling import english_words, spelled
from tutor.index.terms import stem

KNOWN = {stem(word) for word in ("recognition", "table", "object", "drift", "image", "shift")}


def rarity(term: str) -> tuple[float, bool]:
    return (1.0 if term == stem("table") else 2.0), term in KNOWN


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("speech recogntion", "speech recognition"),
        ("whats an object tabel", "what is an object table"),
        ("imagee drift", "image drift"),
        ("my washing machine", "my washing machine"),
        ("a Tabel in tabel_x and x.tabel", "a Tabel in tabel_x and x.tabel"),
        ("driftt", "drift"),
        ("drit", "drit"),
        ("recogntion tabel objct driftt imgae", "recogntion tabel objct driftt imgae"),
        ("", ""),
    ],
)
def test_slips_are_corrected_and_nothing_else(question: str, meant: str) -> None:
    assert spelled(question, rarity) == meant


def test_common_words_come_from_the_encoder() -> None:
    assert {"washing", "morning", "table"} <= english_words()
    assert "tabel" not in english_words()
