"""One contract for every place that keeps vectors: a folder, a Chroma server, Chroma Cloud's limits, Vector Search."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.index.conftest import ChromaProcess
from tests.index.vector_search_server import VectorSearchServer
from tutor.index import chroma_server as server_module
from tutor.index.chroma_folder import ChromaFolder
from tutor.index.chroma_server import ChromaServer
from tutor.index.encoder import Vectors
from tutor.index.filters import Facets, Filter, write_facets
from tutor.index.vectors import VectorPlace, VectorStore
from tutor.index.vertex_search import VectorSearch
from tutor.read.document import Passage
from tutor.settings import ChromaSetting, VectorSearchSetting

PLACES = ("folder", "chroma server", "chroma cloud's limits", "vector search")
COUNT = 240


def passages(count: int = COUNT) -> list[Passage]:
    layers = ("shipped", "own", "official")
    return [
        Passage(
            f"doc-{n // 8}#h{n}",
            f"doc-{n // 8}",
            "",
            (),
            f"text {n}",
            0,
            1,
            (),
            (f"{n % 4 + 1}.{n % 3 + 1}",) if n % 7 else (),
            (),
            layers[0 if n % 10 else n // 10 % 3],  # type: ignore[arg-type]
        )
        for n in range(count)
    ]


def vectors(count: int = COUNT, seed: int = 7) -> Vectors:
    drawn = np.random.default_rng(seed).normal(size=(count, 3)).astype(np.float32)
    unit: Vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return unit


@pytest.fixture(params=PLACES)
def place(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, chroma_server: ChromaProcess
) -> Iterator[VectorPlace]:
    if request.param == "chroma cloud's limits":
        monkeypatch.setattr(server_module, "LIMITS", replace(server_module.CLOUD_LIMITS, batch=100))
    made: VectorPlace
    if request.param == "folder":
        made = ChromaFolder()
    elif request.param == "vector search":
        made = VectorSearch(request.getfixturevalue("vector_search_setting"))
    else:
        made = ChromaServer(ChromaSetting(chroma_server.url))
    yield made
    made.close()


@pytest.fixture
def store(place: VectorPlace, tmp_path: Path) -> VectorStore:
    write_facets(passages(), tmp_path / "facets")
    return place.open(tmp_path, f"tutor-{uuid.uuid4().hex[:12]}")


def exact(query: Vectors, rows: list[int], stored: Vectors) -> list[int]:
    return sorted(rows, key=lambda row: -float(stored[row] @ query))


def test_nothing_is_there_before_it_is_added(store: VectorStore) -> None:
    assert store.count() == store.count(5) == 0
    assert store.known([0, 1]) == {}
    store.drop()


def test_the_nearest_come_first_with_their_similarity(store: VectorStore) -> None:
    stored = vectors()
    store.add(passages(), stored)
    assert store.count() == store.count(COUNT) == store.count(COUNT - 1) == store.count(COUNT + 9) == COUNT
    for query in vectors(5, seed=8):
        found = store.nearest(query, 10)
        assert [row for row, _ in found] == exact(query, list(range(COUNT)), stored)[:10]
        np.testing.assert_allclose([score for _, score in found], [stored[row] @ query for row, _ in found], atol=1e-5)


@pytest.mark.parametrize(
    "where",
    [
        Filter(objectives=("2.1",)),
        Filter(objectives=("2.1", "3")),
        Filter(layers=("own",)),
        Filter(layers=("own", "official"), objectives=("1",)),
        Filter(docs=("doc-3", "doc-17")),
        Filter(docs=("doc-3",), layers=("shipped",), objectives=("1", "2", "3", "4")),
        Filter(layers=("shipped",)),
    ],
    ids=str,
)
def test_only_what_the_filter_lets_pass_is_found(store: VectorStore, tmp_path: Path, where: Filter) -> None:
    stored = vectors()
    store.add(passages(), stored)
    rows = where.rows(Facets(tmp_path / "facets")).tolist()
    assert 0 < len(rows) < COUNT
    for query in vectors(3, seed=9):
        found = [row for row, _ in store.nearest(query, 12, where)]
        assert found == exact(query, rows, stored)[:12]


def test_a_filter_that_lets_nothing_pass_finds_nothing(store: VectorStore) -> None:
    store.add(passages(), vectors())
    assert store.nearest(vectors(1)[0], 5, Filter(docs=("doc-0",), objectives=("4.3",), layers=("official",))) == []


def test_an_empty_filter_lets_everything_pass(store: VectorStore) -> None:
    store.add(passages(), vectors())
    query = vectors(1, seed=3)[0]
    assert store.nearest(query, 5, Filter()) == store.nearest(query, 5)


def test_stored_vectors_can_be_taken_over_by_row(store: VectorStore) -> None:
    stored = vectors()
    store.add(passages(), stored)
    known = store.known([239, 0, 101, 5000])
    assert set(known) == {0, 101, 239}
    for row, vector in known.items():
        np.testing.assert_allclose(vector, stored[row], atol=1e-6)


def test_adding_again_writes_over_what_is_there(store: VectorStore) -> None:
    store.add(passages(), vectors())
    anew = vectors(seed=99)
    store.add(passages(), anew)
    assert store.count() == COUNT
    np.testing.assert_allclose(store.known([7])[7], anew[7], atol=1e-6)


def test_dropping_leaves_other_collections_alone(place: VectorPlace, store: VectorStore, tmp_path: Path) -> None:
    other = place.open(tmp_path, "tutor-other")
    other.add(passages(9), vectors(9))
    store.add(passages(), vectors())
    store.drop()
    store.drop()
    assert (store.count(), other.count()) == (0, 9)
    other.drop()


def test_the_place_says_what_it_is_and_that_it_answers(place: VectorPlace) -> None:
    assert place.state()
    assert "token" not in place.name


def test_only_the_collection_asked_for_is_searched(place: VectorPlace, store: VectorStore, tmp_path: Path) -> None:
    other = place.open(tmp_path, "tutor-beside")
    other.add(passages(2), vectors(2, seed=5))
    store.add(passages(), vectors())
    assert sorted(row for row, _ in other.nearest(vectors(1)[0], 50)) == [0, 1]
    other.drop()


def test_vector_search_has_one_request_size_for_each_way(
    vector_search: VectorSearchServer, vector_search_setting: VectorSearchSetting, tmp_path: Path
) -> None:
    place = VectorSearch(vector_search_setting)
    store = place.open(tmp_path, "tutor-many")
    store.add(passages(1200), vectors(1200))
    assert vector_search.requests.count("POST 11:upsertDatapoints") == 3
    assert len(store.known(range(1200))) == 1200
    store.drop()
    assert vector_search.datapoints == {}
    place.close()
