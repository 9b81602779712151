import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tutor.errors import IndexingError
from tutor.index.ahead import read_ahead_vectors, write_ahead_vectors
from tutor.index.build import build
from tutor.index.encoder import Progress, Vectors
from tutor.index.manifest import current_folder, files_stamp, fingerprint, remember_seen, seen_folder
from tutor.index.search import Index
from tutor.index.vectors import embedded_text, text_key
from tutor.read.document import Passage


class CountingEncoder:
    """Three letters counted: enough to tell passages apart, and it notes what it was asked for."""

    def __init__(self, name: str = "counting") -> None:
        self.name = name
        self.encoded: list[str] = []

    def encode_query(self, text: str) -> Vectors:
        counts = np.array([1 + text.count(letter) for letter in "abc"], np.float32)
        vector: Vectors = counts / np.linalg.norm(counts)
        return vector

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.encoded.extend(texts)
        return np.array([self.encode_query(text) for text in texts], np.float32).reshape(-1, 3)


def passages(*texts: str) -> list[Passage]:
    return [Passage(f"doc#{number}", "doc", "", ("H",), text, 0, len(text)) for number, text in enumerate(texts)]


def test_only_what_changed_is_embedded(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    build(passages("aaa", "bbb"), encoder, tmp_path, {})
    encoder.encoded.clear()
    folder = build(passages("aaa", "bbb", "ccc"), encoder, tmp_path, {})
    assert [text[-3:] for text in encoder.encoded] == ["ccc"]
    assert [hit.passage.text for hit in Index(folder, encoder).search("ccc", 1)] == ["ccc"]


def test_building_the_same_again_does_nothing(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    first = build(passages("aaa"), encoder, tmp_path, {})
    written = (first / "manifest.json").stat().st_mtime_ns
    assert build(passages("aaa"), encoder, tmp_path, {}) == first
    assert (first / "manifest.json").stat().st_mtime_ns == written


def test_vectors_computed_ahead_are_taken_only_for_the_exact_text_and_model(tmp_path: Path) -> None:
    one, two = passages("aaa", "bbb")
    file = tmp_path / "vectors.npz"
    write_ahead_vectors(file, "counting", {text_key(one): CountingEncoder().encode_query(embedded_text(one))})
    encoder = CountingEncoder()
    build([one, replace(two, text="changed")], encoder, tmp_path / "index", read_ahead_vectors(file, "counting"))
    assert len(encoder.encoded) == 1
    assert encoder.encoded[0].endswith("changed")
    assert read_ahead_vectors(file, "another model") == {}
    assert read_ahead_vectors(tmp_path / "absent.npz", "counting") == {}


def test_another_model_means_another_index(tmp_path: Path) -> None:
    build(passages("aaa"), CountingEncoder("old"), tmp_path, {})
    encoder = CountingEncoder("new")
    folder = build(passages("aaa"), encoder, tmp_path, {})
    assert len(encoder.encoded) == 1
    with pytest.raises(IndexingError, match="made with new and the setting is old"):
        Index(folder, CountingEncoder("old"))


def test_an_unfinished_index_does_not_count(tmp_path: Path) -> None:
    folder = build(passages("aaa"), CountingEncoder(), tmp_path, {})
    (folder / "manifest.json").unlink()
    assert current_folder(tmp_path) is None
    with pytest.raises(IndexingError, match="No finished index"):
        Index(folder, CountingEncoder())
    anew = build(passages("aaa"), CountingEncoder(), tmp_path, {})
    assert Index(anew, CountingEncoder()).search("aaa", 1)[0].passage.text == "aaa"
    assert not folder.exists()


def test_the_fingerprint_covers_all_of_a_passage() -> None:
    one = passages("aaa")[0]
    assert fingerprint([one], "m") != fingerprint([replace(one, objectives=("1.1",))], "m")
    assert fingerprint([one], "m") != fingerprint([one], "n")


def test_unread_files_are_known_by_their_dates(tmp_path: Path) -> None:
    docs, home = tmp_path / "docs", tmp_path / "index"
    docs.mkdir()
    (docs / "a.md").write_text("a", encoding="utf-8")
    folder = build(passages("aaa"), CountingEncoder(), home, {})
    remember_seen(home, files_stamp([docs]), "counting", folder)
    assert seen_folder(home, files_stamp([docs]), "counting") == folder
    assert seen_folder(home, files_stamp([docs]), "another") is None
    os.utime(docs / "a.md", ns=(1, 1))
    assert seen_folder(home, files_stamp([docs]), "counting") is None


@pytest.mark.slow
def test_two_builders_at_once_agree(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from tests.index.test_build import CountingEncoder, build, passages\n"
        "print(build(passages(*(f'a{n}' for n in range(500))), CountingEncoder(), Path(sys.argv[1]), {}))\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    builders = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) for _ in range(3)
    ]
    folders = {builder.communicate(timeout=120)[0].strip() for builder in builders}
    assert len(folders) == 1
    assert Index(Path(folders.pop()), CountingEncoder()).manifest.passages == 500
