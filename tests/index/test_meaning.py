"""Statements sketched with the index: found by meaning, encoded once, taken over, and left out where not known."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from tests.index.test_build import CountingEncoder, passages
from tutor.index.build import build
from tutor.index.manifest import current_folder
from tutor.index.meaning import all_wordings, wordings
from tutor.index.search import Index
from tutor.index.sketches import Sketches, read_sketches, write_sketches
from tutor.read.document import Passage

NONE = Sketches(None, {})
TEXTS = ("Aaa bbb. Bbb ccc bbb.", "- Aaa aaa aaa.\n- Ccc.\n\n```\nbbb\n```")


def open_index(home: Path, encoder: CountingEncoder, some: Sequence[Passage], ahead: Sketches = NONE) -> Index:
    return Index(build(some, encoder, home, {}, sketches=ahead), encoder)


def statements_encoded(encoder: CountingEncoder, some: Sequence[Passage]) -> list[str]:
    known = set(all_wordings(some))
    return [text for text in encoder.encoded if text in known]


def test_each_statement_is_as_alike_as_the_encoder_finds_it(tmp_path: Path) -> None:
    some, encoder = passages(*TEXTS), CountingEncoder()
    found = open_index(tmp_path, encoder, some).likeness("aaaa", some)
    question = encoder.encode_query("aaaa")
    for passage in some:
        exact = [float(question @ encoder.encode_query(text)) if text else 0.0 for text in wordings(passage)]
        np.testing.assert_allclose(found[passage.id], exact, atol=0.01)
    assert wordings(some[1])[-1] == ""


def test_only_new_statements_are_encoded(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    open_index(tmp_path, encoder, passages(*TEXTS))
    encoder.encoded.clear()
    some = passages(*TEXTS, "Ccc ccc aaa. Aaa bbb.")
    index = open_index(tmp_path, encoder, some)
    assert statements_encoded(encoder, some) == ["Ccc ccc aaa."]
    assert [len(each) for each in index.likeness("a", some).values()] == [2, 3, 2]


def test_sketches_that_ship_spare_the_encoder(tmp_path: Path) -> None:
    some, encoder = passages(*TEXTS), CountingEncoder()
    write_sketches(tmp_path / "ahead.npz", NONE.grown(all_wordings(some), encoder), encoder)
    encoder.encoded.clear()
    index = open_index(tmp_path / "index", encoder, some, read_sketches(tmp_path / "ahead.npz", encoder))
    assert statements_encoded(encoder, some) == []
    assert max(index.likeness("aaaa", some)["doc#1"]) > 0.9


def test_damaged_sketches_are_made_anew(tmp_path: Path) -> None:
    some, encoder = passages(*TEXTS), CountingEncoder()
    before = open_index(tmp_path, encoder, some).likeness("aaaa", some)
    folder = current_folder(tmp_path)
    assert folder
    (folder / "meaning" / "vectors.npy").write_bytes(b"")
    encoder.encoded.clear()
    assert open_index(tmp_path, encoder, some).likeness("aaaa", some) == before
    assert len(statements_encoded(encoder, some)) == 4


def test_what_is_not_known_is_left_out(tmp_path: Path) -> None:
    some, encoder = passages(*TEXTS), CountingEncoder()
    index = open_index(tmp_path / "with", encoder, some)
    assert set(index.likeness("a", [*some, replace(some[0], id="doc#gone")])) == {"doc#0", "doc#1"}
    assert index.likeness("  ", some) == {}
    assert Index(build(some, encoder, tmp_path / "without", {}), encoder).likeness("a", some) == {}
