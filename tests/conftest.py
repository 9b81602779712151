"""Shared fixtures: a small corpus, a tutor over it, and no network save loopback."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tutor.flow import Tutor
from tutor.settings import Settings, load_settings

SMALL_CORPUS = Path(__file__).parent / "corpus"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")


@pytest.fixture(autouse=True, scope="session")
def _only_loopback() -> Iterator[None]:
    """Fail any attempt to reach another machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])  # type: ignore[index]
            if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
                raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)  # type: ignore[arg-type]

    socket.socket.connect = guarded  # type: ignore[method-assign, assignment]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A developer's own settings must not leak into tests, nor tests into the developer's home."""
    for name in list(os.environ):
        if name.startswith("TUTOR_") or name in ("HOST", "PORT"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def small_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("home")
    return load_settings({"TUTOR_HOME": str(home), "TUTOR_CORPUS": str(SMALL_CORPUS)})


@pytest.fixture(scope="session")
def tutor(small_settings: Settings) -> Iterator[Tutor]:
    """A tutor over the small corpus, shared by all tests that only read."""
    made = Tutor(small_settings, clock=lambda: NOON)
    made.warm()
    yield made
    made.close()


def all_known(term: str) -> tuple[float, bool]:
    """A corpus that has every word, each as telling as the next."""
    return 1.0, True
