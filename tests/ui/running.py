"""The app as people start it, for the tests that look at it from outside."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import SMALL_CORPUS

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def free_port() -> int:
    """One that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


@contextmanager
def served(
    port: int,
    home: Path,
    corpus: Path = SMALL_CORPUS,
    environment: Mapping[str, str] | None = None,
    shown: str = "",
) -> Iterator[str]:
    """The address of the app while it runs, as it is shown or by its number; it must end in peace."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "app.py")],
        env={
            **os.environ,
            **(environment or {}),
            "PORT": str(port),
            "TUTOR_HOME": str(home),
            "TUTOR_CORPUS": str(corpus),
        },
        stdout=subprocess.PIPE,
        text=True,
        cwd="/",
    )
    try:
        assert process.stdout
        assert (shown or f"http://localhost:{port}") in process.stdout.readline()
        yield shown or f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)  # a shell lets programs in its background ignore SIGINT
        process.communicate(timeout=60)
    assert process.returncode == 0
