"""Readers of a finished index get a copy that Chroma may write to, and leave nothing behind for good."""

import gc
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.index.test_build import CountingEncoder, passages
from tutor.errors import IndexingError
from tutor.index.build import build
from tutor.index.chroma_folder import ChromaFolder
from tutor.index.mirror import PREFIX
from tutor.index.search import Index

READER = (
    "import sys; from pathlib import Path\n"
    "from tests.index.test_build import CountingEncoder\nfrom tutor.index.search import Index\n"
    "index = Index(Path(sys.argv[1]), CountingEncoder()); index.warm()\n"
    "print('open', flush=True); sys.stdin.readline()\n"
)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setenv("TMPDIR", str(place))
    return place


def found(folder: Path) -> list[str]:
    return [hit.passage.text for hit in Index(folder, CountingEncoder()).search("bbb", 1)]


def mirrors(temporary: Path) -> list[Path]:
    gc.collect()
    return sorted(temporary.glob(f"{PREFIX}*"))


def grow_old(mirror: Path) -> None:
    os.utime(mirror, (1, 1))


def test_a_mirror_goes_with_its_reader(temporary: Path, tmp_path: Path) -> None:
    folder = build(passages("aaa", "bbb"), CountingEncoder(), tmp_path / "index", {})
    index = Index(folder, CountingEncoder())
    assert mirrors(temporary) == []
    index.warm()
    assert len(mirrors(temporary)) == 1
    del index
    assert mirrors(temporary) == []


@pytest.mark.slow
def test_what_a_killed_reader_leaves_is_cleared_away_and_what_one_uses_is_not(temporary: Path, tmp_path: Path) -> None:
    folder = build(passages("aaa", "bbb"), CountingEncoder(), tmp_path / "index", {})
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert reader.stdout
    assert reader.stdin
    reader.stdout.readline()
    (mirror,) = mirrors(temporary)
    grow_old(mirror)
    assert found(folder) == ["bbb"]
    assert mirrors(temporary) == [mirror], "in use, however old"
    reader.kill()
    reader.communicate()
    assert found(folder) == ["bbb"]
    assert mirrors(temporary) == [], "nobody's any more"


def test_a_fresh_one_may_be_in_the_making(temporary: Path, tmp_path: Path) -> None:
    folder = build(passages("aaa", "bbb"), CountingEncoder(), tmp_path / "index", {})
    fresh = temporary / f"{PREFIX}fresh"
    fresh.mkdir()
    assert found(folder) == ["bbb"]
    assert mirrors(temporary) == [fresh]
    grow_old(fresh)
    assert found(folder) == ["bbb"]
    assert mirrors(temporary) == []


def test_where_no_copy_can_be_made_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = build(passages("aaa"), CountingEncoder(), tmp_path, {})
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(IndexingError, match=r"cannot be used .*nowhere"):
        ChromaFolder().open(folder, "tutor-x").count()


@pytest.mark.parametrize("error", [OSError(28, os.strerror(28)), RuntimeError("code: 13) database or disk is full")])
def test_a_full_disk_is_told_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    folder = build(passages("aaa"), CountingEncoder(), tmp_path, {})

    def fails(_: object) -> None:
        raise error

    monkeypatch.setattr("tutor.index.chroma_folder.Mirror", fails)
    with pytest.raises(IndexingError, match=r"is full\. Free some space"):
        ChromaFolder().open(folder, "tutor-x").count()
