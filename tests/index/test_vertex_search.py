"""What can go wrong with Vector Search, through the real client against our server of its wire format."""

import time
from pathlib import Path

import numpy as np
import pytest

from tests.index.vector_search_server import VectorSearchServer
from tutor.errors import IndexingError
from tutor.index.encoder import Vectors
from tutor.index.filters import write_facets
from tutor.index.vertex_client import VertexClient
from tutor.index.vertex_search import VectorSearch, VectorSearchStore
from tutor.read.document import Passage
from tutor.settings import VectorSearchSetting

PASSAGES = [Passage(f"d#{n}", "d", "", (), "t", 0, 1) for n in range(5)]
VECTORS: Vectors = np.eye(5, 3, dtype=np.float32) + np.float32(0.1)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)


@pytest.fixture
def client(vector_search_setting: VectorSearchSetting):
    client = VertexClient(vector_search_setting, answer_seconds=0.4, pauses=(0.01, 0.01))
    yield client
    client.close()


@pytest.fixture
def store(client: VertexClient, tmp_path: Path) -> VectorSearchStore:
    write_facets(PASSAGES, tmp_path / "facets")
    return VectorSearch(VectorSearchSetting("tea-house", "europe-west4", "11", "22", "tea_1"), client).open(
        tmp_path, "tutor-tea"
    )  # type: ignore[return-value]


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("measure", ["DOT_PRODUCT_DISTANCE", "COSINE_DISTANCE", "SQUARED_L2_DISTANCE"])
def test_every_measure_of_distance_becomes_a_cosine(
    vector_search: VectorSearchServer, store: VectorSearchStore, measure: str, sign: int
) -> None:
    vector_search.measure, vector_search.dot_product_sign = measure, sign
    store.add(PASSAGES, VECTORS)
    for count in (1, 5):
        found = store.nearest(VECTORS[2], count)
        assert found[0] == (2, pytest.approx(1, abs=1e-6))
        np.testing.assert_allclose(
            [score for _, score in found], [VECTORS[2] @ VECTORS[r] for r, _ in found], rtol=1e-5
        )


def test_passing_trouble_is_waited_out(vector_search: VectorSearchServer, store: VectorSearchStore) -> None:
    store.add(PASSAGES, VECTORS)
    for trouble in (503, 429, 500, "cut"):
        vector_search.trouble = [trouble, trouble]
        assert store.nearest(VECTORS[2], 1)[0][0] == 2
        assert vector_search.trouble == []


@pytest.mark.parametrize(
    ("trouble", "says", "requests"),
    [
        (400, "Vector Search answered: .*for the test", 1),
        (403, "refuses access.*gcloud auth application-default login.*roles/aiplatform.user", 1),
        (404, "knows no projects/tea-house.*TUTOR_VECTOR_SEARCH", 1),
        (429, "cannot serve now.*quota", 3),
        (503, "cannot serve now.*Try again later", 3),
        ("cut", "cannot be reached.*network", 3),
        ("slow", r"did not answer within 0\.4 s.*Try again", 1),
    ],
)
def test_lasting_trouble_is_said_with_the_next_step(
    vector_search: VectorSearchServer, store: VectorSearchStore, trouble: int | str, says: str, requests: int
) -> None:
    store.add(PASSAGES, VECTORS)
    vector_search.requests.clear()
    vector_search.trouble = [trouble] * 9
    with pytest.raises(IndexingError, match=says):
        store.nearest(VECTORS[2], 1)
    assert len(vector_search.requests) == requests


def test_an_index_that_is_not_there_is_named(vector_search: VectorSearchServer, tmp_path: Path) -> None:
    setting = VectorSearchSetting("tea-house", "europe-west4", "99", "22", "tea_1", vector_search.address)
    place = VectorSearch(setting)
    with pytest.raises(IndexingError, match=r"indexes/99.*Check the TUTOR_VECTOR_SEARCH"):
        place.state()
    with pytest.raises(IndexingError, match="indexes/99"):
        place.open(tmp_path, "tutor-tea").add(PASSAGES, VECTORS)
    place.close()


def test_an_index_that_is_not_deployed_is_said(vector_search: VectorSearchServer, tmp_path: Path) -> None:
    setting = VectorSearchSetting("tea-house", "europe-west4", "11", "22", "coffee", vector_search.address)
    place = VectorSearch(setting)
    with pytest.raises(IndexingError, match=r"serves tea_1, not coffee.*DEPLOYED_INDEX"):
        place.open(tmp_path, "tutor-tea").count()
    place.close()


def test_an_unsuitable_index_is_not_written_to(
    vector_search: VectorSearchServer, vector_search_setting: VectorSearchSetting, tmp_path: Path
) -> None:
    place = VectorSearch(vector_search_setting)
    with pytest.raises(IndexingError, match=r"3 dimensions.*makes 7.*dimensions=7"):
        place.open(tmp_path, "tutor-tea").add(PASSAGES, np.ones((5, 7), np.float32))
    place.close()
    vector_search.update_method = "BATCH_UPDATE"
    place = VectorSearch(vector_search_setting)
    with pytest.raises(IndexingError, match="STREAM_UPDATE"):
        place.open(tmp_path, "tutor-tea").add(PASSAGES, VECTORS)
    assert vector_search.datapoints == {}
    place.close()


def test_a_writer_waits_until_what_it_wrote_can_be_found(
    vector_search: VectorSearchServer, client: VertexClient
) -> None:
    slept: list[float] = []
    vector_search.hidden_reads = 3
    store = VectorSearchStore(client, "tutor-tea", None, slept.append)  # type: ignore[arg-type]
    store.add(PASSAGES, VECTORS)
    assert slept == [0.5, 1.0, 2.0]


def test_a_writer_does_not_wait_for_ever(vector_search: VectorSearchServer, client: VertexClient) -> None:
    slept: list[float] = []
    vector_search.hidden_reads = 10**6
    store = VectorSearchStore(client, "tutor-tea", None, slept.append)  # type: ignore[arg-type]
    with pytest.raises(IndexingError, match=r"not in force after 600 s.*Run `tutor index` later"):
        store.add(PASSAGES, VECTORS)
    assert 600 <= sum(slept) < 640


def test_counting_takes_two_requests_where_all_is_well(
    vector_search: VectorSearchServer, store: VectorSearchStore
) -> None:
    store.add(PASSAGES, VECTORS)
    vector_search.requests.clear()
    assert store.count(5) == 5
    assert vector_search.requests == ["POST 22:readIndexDatapoints"] * 2


@pytest.mark.parametrize("has", [*range(10), 63, 64, 65])
def test_counting_also_works_where_absent_datapoints_are_an_error(
    vector_search: VectorSearchServer, store: VectorSearchStore, has: int
) -> None:
    vector_search.answers_404_for_absent_datapoints = True
    for row in range(has):
        vector_search.datapoints[f"tutor-tea-{row:08d}"] = {
            "datapointId": f"tutor-tea-{row:08d}",
            "featureVector": [1, 0, 0],
        }
    for expected in (0, 1, 5, has, has + 1):
        assert store.count(expected) == has


def test_what_a_broken_drop_left_can_be_counted_and_dropped(
    vector_search: VectorSearchServer, store: VectorSearchStore
) -> None:
    store.add(PASSAGES, VECTORS)
    for row in (4, 3):
        del vector_search.datapoints[f"tutor-tea-{row:08d}"]
    assert store.count(5) == 3
    store.drop()
    assert vector_search.datapoints == {}


def test_without_credentials_it_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    place = VectorSearch(VectorSearchSetting("tea-house", "europe-west4", "11", "22", "tea_1"))
    with pytest.raises(IndexingError, match="gcloud auth application-default login"):
        place.state()


def test_an_endpoint_without_a_public_host_is_said(vector_search: VectorSearchServer, tmp_path: Path) -> None:
    """Seen only without an address of one's own, so the region's address is bent to loopback here."""
    vector_search.has_public_host = False
    client = VertexClient(VectorSearchSetting("tea-house", "europe-west4", "11", "22", "tea_1"))
    type(client)._api, kept = property(lambda _: vector_search.address), type(client)._api
    try:
        with pytest.raises(IndexingError, match="no public host"):
            client.read(["tutor-tea-00000000"])
        vector_search.has_public_host = True
        assert client.read(["tutor-tea-00000000"]) == {}
    finally:
        type(client)._api = kept
        client.close()


def test_a_slow_answer_is_not_waited_for_longer_than_said(
    vector_search: VectorSearchServer, store: VectorSearchStore
) -> None:
    store.add(PASSAGES, VECTORS)
    vector_search.trouble = ["slow"]
    begun = time.perf_counter()
    with pytest.raises(IndexingError):
        store.nearest(VECTORS[0], 1)
    assert time.perf_counter() - begun < 0.9
