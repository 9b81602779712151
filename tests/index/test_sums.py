"""An index that is no longer as it was built: noticed, said or mended, and never searched."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SMALL_CORPUS
from tests.index.test_build import CountingEncoder, passages
from tutor.flow import Tutor
from tutor.index.build import build
from tutor.index.manifest import current_folder, seen_folder
from tutor.index.search import DamagedError, Index
from tutor.index.sums import damaged
from tutor.settings import load_settings

TEXTS = [f"{'a' * (n % 5)} {'b' * (n % 7)} {'c' * (n % 11)} {n}" for n in range(60)]
FILES = (
    *("manifest.json", "sums.json", "passages.jsonl", "ids.json", "offsets.npy", "keys.npy"),
    *("lexical/terms.json", "lexical/bounds.npy", "lexical/rows.npy", "lexical/shares.npy", "lexical/count.npy"),
    *("facets/names.json", "facets/bounds.npy", "facets/rows.npy"),
    *("chroma/chroma.sqlite3", "chroma/*/data_level0.bin", "chroma/*/index_metadata.pickle", "chroma/*/header.bin"),
)


def flip(path: Path, seed: int = 0) -> None:
    content = bytearray(path.read_bytes())
    draw = random.Random(seed)
    content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    state = path.stat()
    path.write_bytes(content)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))  # a disk that turns a bit round tells nobody


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("built")
    build(passages(*TEXTS), CountingEncoder(), home, {})
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "index"))


def folder_of(home: Path) -> Path:
    folder = current_folder(home)
    assert folder
    return folder


def ranking(folder: Path) -> list[tuple[str, float]]:
    hits = Index(folder, CountingEncoder()).search("bbb 17 c", 20)
    return [(hit.passage.text, round(hit.score, 5)) for hit in hits]


def test_all_that_an_index_holds_is_damaged_below(built: Path) -> None:
    folder = folder_of(built)
    named = {path for name in FILES for path in folder.glob(name)}
    small = {"length.bin", "link_lists.bin"}
    assert {path for path in folder.rglob("*") if path.is_file() and path.name not in small} == named


@pytest.mark.parametrize("harm", [flip, cut, Path.unlink], ids=["flipped", "cut", "missing"])
@pytest.mark.parametrize("name", FILES)
def test_damage_is_noticed_before_anything_is_searched(home: Path, name: str, harm: Callable[[Path], None]) -> None:
    folder = folder_of(home)
    harm(next(folder.glob(name)))
    if name == "manifest.json" and current_folder(home) is None:
        return  # no longer an index at all, so that the next one is built from nothing
    named = "" if name == "sums.json" else name.split("*")[-1]  # a sum that is wrong speaks of the file it is of
    with pytest.raises(DamagedError, match=f"no longer as it was built .*{named}.*Run `tutor index`"):
        Index(folder, CountingEncoder())


@pytest.mark.parametrize("seed", range(40))
def test_wherever_a_bit_turns_round_it_is_noticed(home: Path, seed: int) -> None:
    folder = folder_of(home)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    flip(files[seed % len(files)], seed)
    assert current_folder(home) is None or damaged(folder)


@pytest.mark.parametrize("harm", [flip, cut, Path.unlink], ids=["flipped", "cut", "missing"])
@pytest.mark.parametrize("name", ["manifest.json", "sums.json", "passages.jsonl", "chroma/chroma.sqlite3"])
def test_building_mends_it(built: Path, home: Path, name: str, harm: Callable[[Path], None]) -> None:
    harm(folder_of(home) / name)
    mended = build(passages(*TEXTS), CountingEncoder(), home, {})
    assert ranking(mended) == ranking(folder_of(built))
    assert [entry for entry in home.iterdir() if entry.is_dir()] == [mended]


@pytest.mark.parametrize(
    ("name", "embedded"),
    [("lexical/rows.npy", 0), ("passages.jsonl", 0), ("keys.npy", 60), ("chroma/*/data_level0.bin", 60)],
)
def test_vectors_are_taken_over_only_where_they_are_whole(home: Path, name: str, embedded: int) -> None:
    flip(next(folder_of(home).glob(name)))
    encoder = CountingEncoder()
    build(passages(*TEXTS), encoder, home, {})
    assert len(encoder.encoded) == embedded


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a\0b", b"nowhere", b"../..", b"{}"])
def test_notes_beside_the_index_may_hold_anything(home: Path, content: bytes) -> None:
    (home / "seen").write_bytes(content)
    assert seen_folder(home, "stamp", "counting") is None
    (home / "current").write_bytes(content)
    assert current_folder(home) is None
    assert ranking(build(passages(*TEXTS), CountingEncoder(), home, {}))


@pytest.mark.parametrize("count", [1, 2, 60])
def test_reading_changes_nothing(tmp_path: Path, count: int) -> None:
    folder = build(passages(*TEXTS[:count]), CountingEncoder(), tmp_path, {})
    for _ in range(3):
        assert len(ranking(folder)) == min(count, 20)
    assert damaged(folder) == []


def test_a_learner_is_answered_from_a_mended_index(tmp_path: Path) -> None:
    settings = load_settings({"TUTOR_HOME": str(tmp_path), "TUTOR_CORPUS": str(SMALL_CORPUS)})
    tutor = Tutor(settings)
    question = "How many series does Kettle accept at most?"
    before = tutor.ask(question).answer.text
    tutor.close()
    home = tmp_path / "index"
    flip(folder_of(home) / "passages.jsonl")
    again = Tutor(settings)
    assert again.index_state() == "damaged"
    assert again.ask(question).answer.text == before
    assert again.index_state() == "current"
    again.close()
