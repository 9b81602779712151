"""What can go wrong on the way to a Chroma server, with a real one and with one that misbehaves."""

import threading
import time
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from tests.index.conftest import ChromaProcess, free_port
from tutor.errors import IndexingError
from tutor.index import chroma_server as module
from tutor.index.chroma import metadata
from tutor.index.chroma_server import ChromaServer
from tutor.index.filters import write_facets
from tutor.read.document import Passage
from tutor.settings import ChromaSetting

PASSAGES = [Passage(f"d#{n}", "d", "", (), "t", 0, 1, (), ("4.2",)) for n in range(3)]
VECTORS = np.eye(3, dtype=np.float32)


def reach(setting: ChromaSetting, answer_seconds: float = 5) -> ChromaServer:
    return ChromaServer(setting, answer_seconds, pauses=(0.01, 0.01))


def name() -> str:
    return f"tutor-{uuid.uuid4().hex[:12]}"


class Misbehaving:
    """A server that answers the first request for the sign of life, and then as told."""

    def __init__(self) -> None:
        self.way = "hang"
        self.heartbeat = 200
        self.tokens: list[tuple[str | None, str | None]] = []
        misbehaving = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                """Keep the tests' output clean."""

            def do_GET(self) -> None:
                headers = self.headers
                misbehaving.tokens.append((headers.get("x-chroma-token"), headers.get("authorization")))
                if self.path.endswith("/heartbeat"):
                    if misbehaving.way == "hang at once":
                        time.sleep(1)
                    self.send_response(misbehaving.heartbeat)
                    self.end_headers()
                    self.wfile.write(b'{"nanosecond heartbeat": 1}')
                else:
                    self.send_response(401)
                    self.end_headers()
                    self.wfile.write(b"no")

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def misbehaving() -> Iterator[Misbehaving]:
    server = Misbehaving()
    yield server
    server.close()


@pytest.fixture
def place(chroma_server: ChromaProcess) -> Iterator[ChromaServer]:
    place = reach(ChromaSetting(chroma_server.url))
    yield place
    place.close()


def test_no_server_is_said_with_how_to_start_one(tmp_path: Path) -> None:
    place = reach(ChromaSetting(f"http://127.0.0.1:{free_port()}"))
    with pytest.raises(IndexingError, match=r"cannot be reached.*chroma run.*unset TUTOR_CHROMA_URL"):
        place.open(tmp_path, name()).nearest(VECTORS[0], 1)
    with pytest.raises(IndexingError, match="cannot be reached"):
        place.state()


def test_a_server_that_does_not_answer_is_not_waited_for_without_end(misbehaving: Misbehaving) -> None:
    misbehaving.way = "hang at once"
    begun = time.perf_counter()
    with pytest.raises(IndexingError, match=r"did not answer within 0\.2 s"):
        reach(ChromaSetting(misbehaving.url), answer_seconds=0.2).state()
    assert time.perf_counter() - begun < 2


def test_a_server_that_is_starting_is_tried_again(misbehaving: Misbehaving) -> None:
    misbehaving.heartbeat = 503
    with pytest.raises(IndexingError, match="503"):
        reach(ChromaSetting(misbehaving.url)).state()
    assert len(misbehaving.tokens) == 3


def test_a_refused_token_is_said_and_sent_as_both_kinds_of_server_want_it(misbehaving: Misbehaving) -> None:
    misbehaving.heartbeat = 401
    with pytest.raises(IndexingError, match=r"refuses access.*TUTOR_CHROMA_TOKEN") as caught:
        reach(ChromaSetting(misbehaving.url, token="s3cret")).state()
    assert misbehaving.tokens == [("s3cret", "Bearer s3cret")]
    assert "s3cret" not in str(caught.value)


def test_a_database_that_is_not_there_is_named(chroma_server: ChromaProcess) -> None:
    with pytest.raises(IndexingError, match="has no database tea of default_tenant"):
        reach(ChromaSetting(chroma_server.url, database="tea")).state()


def test_a_dropped_collection_is_said_with_the_next_step(place: ChromaServer, tmp_path: Path) -> None:
    collection = name()
    store = place.open(tmp_path, collection)
    store.add(PASSAGES, VECTORS)
    assert store.nearest(VECTORS[1], 1) == [(1, pytest.approx(1))]
    place.open(tmp_path, collection).drop()
    with pytest.raises(IndexingError, match="Run `tutor index`"):
        store.nearest(VECTORS[1], 1)


def test_a_collection_made_anew_is_opened_again(place: ChromaServer, tmp_path: Path) -> None:
    collection = name()
    store = place.open(tmp_path, collection)
    store.add(PASSAGES, VECTORS)
    assert store.count() == 3
    other = place.open(tmp_path, collection)
    other.drop()
    other.add(PASSAGES, VECTORS[::-1])
    assert store.nearest(VECTORS[0], 1) == [(2, pytest.approx(1))]
    other.drop()


def test_vectors_of_another_length_are_refused_in_words(place: ChromaServer, tmp_path: Path) -> None:
    store = place.open(tmp_path, name())
    store.add(PASSAGES, VECTORS)
    with pytest.raises(IndexingError, match="dimension"):
        store.nearest(np.ones(7, np.float32), 1)
    store.drop()


def test_a_server_that_comes_back_serves_on(tmp_path: Path) -> None:
    server = ChromaProcess(tmp_path / "server")
    server.start()
    place = reach(ChromaSetting(server.url))
    write_facets(PASSAGES, tmp_path / "facets")
    store = place.open(tmp_path, name())
    store.add(PASSAGES, VECTORS)
    server.stop()
    with pytest.raises(IndexingError, match="cannot be reached"):
        store.nearest(VECTORS[2], 1)
    server.start()
    assert store.nearest(VECTORS[2], 1) == [(2, pytest.approx(1))]
    place.close()
    server.stop()


def test_chroma_cloud_is_reached_by_its_own_client(
    chroma_server: ChromaProcess, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The client for Chroma Cloud, sent to a server on loopback: what differs in the real one is not tested."""
    monkeypatch.setattr(module, "CLOUD", "127.0.0.1")
    place = reach(ChromaSetting(chroma_server.url, tenant="default_tenant", database="default_database", token="key"))
    write_facets(PASSAGES, tmp_path / "facets")
    store = place.open(tmp_path, name())
    store.add(PASSAGES, VECTORS)
    assert store.count() == 3
    assert "default_tenant default_database" in place.state()
    store.drop()
    place.close()


def test_objectives_are_keys_of_their_own() -> None:
    assert metadata(PASSAGES[0]) == {
        "passage": "d#0",
        "doc": "d",
        "layer": "shipped",
        "objective 4": True,
        "objective 4.2": True,
    }
