"""Servers that keep vectors, on loopback: a real Chroma, and our own of Vector Search's wire format."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.index.vector_search_server import VectorSearchServer, serving
from tutor.settings import VectorSearchSetting


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class ChromaProcess:
    """A real Chroma server, which a test may stop and start again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(self._folder)]
        self._process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(400):
            try:
                httpx.get(f"{self.url}/api/v2/heartbeat").raise_for_status()
            except httpx.HTTPError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("the Chroma server did not start")

    def collections(self) -> set[str]:
        database = f"{self.url}/api/v2/tenants/default_tenant/databases/default_database"
        return {entry["name"] for entry in httpx.get(f"{database}/collections").json()}

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait()
            self._process = None


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaProcess]:
    server = ChromaProcess(tmp_path_factory.mktemp("chroma-server"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def vector_search() -> Iterator[VectorSearchServer]:
    with serving(VectorSearchServer()) as server:
        yield server


@pytest.fixture
def vector_search_setting(vector_search: VectorSearchServer) -> VectorSearchSetting:
    return VectorSearchSetting("tea-house", "europe-west4", "11", "22", "tea_1", vector_search.address)
