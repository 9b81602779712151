"""Indexes whose vectors are kept elsewhere: complete before they are used, shared, taken over, tidied, verified."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.index.conftest import ChromaProcess
from tests.index.test_build import CountingEncoder, passages
from tests.index.vector_search_server import VectorSearchServer
from tutor.errors import IndexingError
from tutor.index.build import build
from tutor.index.chroma_folder import ChromaFolder
from tutor.index.chroma_server import ChromaServer
from tutor.index.filters import Filter
from tutor.index.manifest import current_folder, read_manifest
from tutor.index.search import Index
from tutor.index.vectors import VectorPlace
from tutor.index.vertex_search import VectorSearch
from tutor.read.document import Passage
from tutor.settings import ChromaSetting


@pytest.fixture(params=["chroma server", "vector search"])
def place(request: pytest.FixtureRequest) -> Iterator[VectorPlace]:
    made: VectorPlace
    if request.param == "vector search":
        made = VectorSearch(request.getfixturevalue("vector_search_setting"))
    else:
        server: ChromaProcess = request.getfixturevalue("chroma_server")
        made = ChromaServer(ChromaSetting(server.url), pauses=(0.01,))
    yield made
    made.close()


@pytest.fixture
def encoder(request: pytest.FixtureRequest) -> CountingEncoder:
    """Named after the test, so that tests which share a server have indexes of their own."""
    return CountingEncoder(request.node.name)


def collection(folder: Path) -> str:
    manifest = read_manifest(folder)
    assert manifest
    return manifest.collection


def found(folder: Path, encoder: CountingEncoder, place: VectorPlace, text: str) -> str:
    return Index(folder, encoder, place).search(text, 1)[0].passage.text


def test_the_manifest_names_place_and_collection(place: VectorPlace, encoder: CountingEncoder, tmp_path: Path) -> None:
    folder = build(passages("aaa", "bbb"), encoder, tmp_path, {}, place=place)
    fields = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (fields["store"], fields["collection"]) == (place.name, f"tutor-{fields['fingerprint']}")
    assert not (folder / "chroma").exists()
    assert found(folder, encoder, place, "bbb") == "bbb"


def test_only_what_changed_is_embedded_and_the_old_collection_goes(
    place: VectorPlace, encoder: CountingEncoder, tmp_path: Path
) -> None:
    old = build(passages("aaa", "bbb"), encoder, tmp_path, {}, place=place)
    left = collection(old)
    encoder.encoded.clear()
    new = build(passages("aaa", "ccc", "bbb"), encoder, tmp_path, {}, place=place)
    assert [text[-3:] for text in encoder.encoded] == ["ccc"]
    assert found(new, encoder, place, "ccc") == "ccc"
    assert place.open(tmp_path, left).count() == 0
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_dir()] == [new.name]


def test_a_second_home_shares_what_the_first_one_filled(
    place: VectorPlace, encoder: CountingEncoder, tmp_path: Path
) -> None:
    build(passages("aaa", "bbb"), encoder, tmp_path / "one", {}, place=place)
    encoder.encoded.clear()
    folder = build(passages("aaa", "bbb"), encoder, tmp_path / "two", {}, place=place)
    assert encoder.encoded == []
    assert found(folder, encoder, place, "bbb") == "bbb"


def test_anew_takes_nothing_over(place: VectorPlace, encoder: CountingEncoder, tmp_path: Path) -> None:
    first = build(passages("aaa", "bbb"), encoder, tmp_path, {}, place=place)
    encoder.encoded.clear()
    again = build(passages("aaa", "bbb"), encoder, tmp_path, {}, place=place, anew=True)
    assert len(encoder.encoded) == 2
    assert first != again
    assert found(again, encoder, place, "bbb") == "bbb"


def test_vectors_that_are_gone_are_noticed_and_put_back(
    place: VectorPlace, encoder: CountingEncoder, tmp_path: Path
) -> None:
    folder = build(passages("aaa", "bbb"), encoder, tmp_path, {}, place=place)
    place.open(folder, collection(folder)).drop()
    with pytest.raises(IndexingError, match=r"0 vectors of 2.*Run `tutor index`"):
        Index(folder, encoder, place).search("aaa")
    mended = build(passages("aaa", "bbb"), encoder, tmp_path, {}, place=place)
    assert found(mended, encoder, place, "bbb") == "bbb"


def test_moving_house_takes_the_vectors_along(place: VectorPlace, encoder: CountingEncoder, tmp_path: Path) -> None:
    here = build(passages("aaa", "bbb"), encoder, tmp_path, {})
    encoder.encoded.clear()
    there = build(passages("aaa", "bbb"), encoder, tmp_path, {}, place=place)
    assert encoder.encoded == []
    assert here != there
    with pytest.raises(IndexingError, match=r"are in .* and by the settings in folder.*Run `tutor index`"):
        Index(there, encoder)
    back = build(passages("aaa", "bbb"), encoder, tmp_path, {})
    assert found(back, encoder, ChromaFolder(), "bbb") == "bbb"


def test_searching_with_a_filter_holds_for_both_halves(
    place: VectorPlace, encoder: CountingEncoder, tmp_path: Path
) -> None:
    some = [
        Passage(f"d{n}#h", f"d{n}", "", (), text, 0, 3, (), (objective,))
        for n, (text, objective) in enumerate([("aaa", "1.1"), ("aab", "4.2"), ("abb", "4.3"), ("bbb", "1.2")])
    ]
    index = Index(build(some, encoder, tmp_path, {}, place=place), encoder, place)
    assert [hit.passage.doc for hit in index.search("aaa", where=Filter(objectives=("4",)))] == ["d1", "d2"]
    assert [hit.passage.doc for hit in index.search("aaa", where=Filter(docs=("d3",)))] == ["d3"]
    assert len(index.search("aaa")) == 4


@pytest.mark.slow
def test_a_builder_killed_while_it_fills_a_server_leaves_the_old_index_and_no_rubbish(
    chroma_server: ChromaProcess, encoder: CountingEncoder, tmp_path: Path
) -> None:
    place = ChromaServer(ChromaSetting(chroma_server.url))
    before = chroma_server.collections()
    build(passages("aaa"), encoder, tmp_path, {}, place=place)
    script = (
        "import sys; from pathlib import Path\n"
        "from tests.index.test_build import CountingEncoder, build, passages\n"
        "from tutor.index.chroma_server import ChromaServer\nfrom tutor.settings import ChromaSetting\n"
        "sys.stdout.write('go\\n'); sys.stdout.flush()\n"
        "texts = ['aaa', *(f'b{n}' for n in range(int(sys.argv[4])))]\n"
        "place = ChromaServer(ChromaSetting(sys.argv[2]))\n"
        "build(passages(*texts), CountingEncoder(sys.argv[3]), Path(sys.argv[1]), {}, place=place)\n"
    )
    for attempt in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path), chroma_server.url, encoder.name, str(3000 + attempt)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        assert process.stdout
        process.stdout.readline()
        time.sleep(0.3 + 0.25 * attempt)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        folder = current_folder(tmp_path)
        assert folder is not None
        assert found(folder, encoder, place, "aaa") == "aaa"
    folder = build(passages("aaa", "bbb"), encoder, tmp_path, {}, place=place)
    assert chroma_server.collections() - before == {collection(folder)}
    place.close()


def test_what_cannot_be_dropped_now_is_dropped_by_the_next_builder(
    vector_search: VectorSearchServer, encoder: CountingEncoder, vector_search_setting, tmp_path: Path
) -> None:
    place = VectorSearch(vector_search_setting)
    old = build(passages("aaa"), encoder, tmp_path, {}, place=place)
    unwilling = VectorSearch(vector_search_setting)
    real, vector_search._remove = vector_search._remove, lambda _: (403, {"error": {"message": "not now"}})  # type: ignore[assignment]
    new = build(passages("bbb"), encoder, tmp_path, {}, place=unwilling)
    assert old.exists()
    assert current_folder(tmp_path) == new
    vector_search._remove = real  # type: ignore[method-assign]
    newest = build(passages("ccc"), encoder, tmp_path, {}, place=place)
    assert {one.rpartition("-")[0] for one in vector_search.datapoints} == {collection(newest)}
    assert not old.exists()
    place.close()
    unwilling.close()


def test_an_unreachable_place_is_an_error_and_not_another_index(encoder: CountingEncoder, tmp_path: Path) -> None:
    place = ChromaServer(ChromaSetting("http://127.0.0.1:9"), pauses=())
    with pytest.raises(IndexingError, match="cannot be reached"):
        build(passages("aaa"), encoder, tmp_path, {}, place=place)
    assert current_folder(tmp_path) is None
