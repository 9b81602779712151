"""How long a newcomer waits: set-up from a fresh clone, help, first page, first cited answer.

Each figure is the median of several runs of the real command in a process of its own.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter, sleep

import httpx

from tutor.settings import PROJECT

QUESTION = "What is Model Armor?"
PATIENCE_SECONDS = 120


def measure_start(repeats: int) -> dict[str, float]:
    """Median seconds of `tutor --help`, `tutor ask`, and of the app up to its first page and first cited answer."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "TUTOR_HOME": home}
        first_index = _seconds(_tutor("index"), environment)
        helps = [_seconds(_tutor("--help"), environment) for _ in range(repeats)]
        asks = [_seconds(_tutor("ask", QUESTION, "--json"), environment) for _ in range(repeats)]
        apps = [_first_page_and_answer(environment) for _ in range(repeats)]
    return {
        "tutor index, nothing there yet (s)": first_index,
        "tutor --help (s)": statistics.median(helps),
        "tutor ask (s)": statistics.median(asks),
        "tutor app to the first page (s)": statistics.median(page for page, _ in apps),
        "tutor app to the first cited answer (s)": statistics.median(answer for _, answer in apps),
    }


def measure_setup(folder: Path) -> dict[str, float]:
    """Seconds and gigabytes of `make setup` and `make test` in fresh clones, with empty caches and with full ones."""
    figures: dict[str, float] = {}
    folder.mkdir(parents=True, exist_ok=True)
    caches = {"UV_CACHE_DIR": str(folder / "uv"), "PIP_CACHE_DIR": str(folder / "pip")}
    for state in ("empty caches", "full caches"):
        clone = folder / state
        subprocess.run(["git", "clone", "--quiet", str(PROJECT), str(clone)], check=True)
        environment = {**os.environ, **caches, "TUTOR_HOME": str(folder / "home")}
        for target in ("setup", "test"):
            figures[f"make {target}, {state} (s)"] = _seconds(["make", target], environment, clone)
            figures[f"make {target}, {state}: .venv (GB)"] = _size(clone / ".venv") / 1e9
        figures[f"make setup again, {state} (s)"] = _seconds(["make", "setup"], environment, clone)
        shutil.rmtree(clone)
    return figures


def _tutor(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).with_name("tutor")), *arguments]


def _seconds(command: list[str], environment: Mapping[str, str], folder: Path | None = None) -> float:
    begun = perf_counter()
    subprocess.run(
        command, env=environment, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return perf_counter() - begun


def _first_page_and_answer(environment: Mapping[str, str]) -> tuple[float, float]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    begun = perf_counter()
    process = subprocess.Popen(
        _tutor("app"), env={**environment, "PORT": str(port)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not _answers(address):
            if perf_counter() - begun > PATIENCE_SECONDS:
                raise TimeoutError(f"the app did not answer within {PATIENCE_SECONDS} s")
            sleep(0.02)
        page = perf_counter() - begun
        event = httpx.post(f"{address}/gradio_api/call/ask", json={"data": [QUESTION, [], None, False]}).json()
        reply = httpx.get(f"{address}/gradio_api/call/ask/{event['event_id']}", timeout=PATIENCE_SECONDS).text
        if "cite-" not in reply:
            raise AssertionError("the first answer had no citation")
        return page, perf_counter() - begun
    finally:
        process.terminate()
        process.wait()


def _answers(address: str) -> bool:
    try:
        return httpx.get(address).status_code == 200
    except httpx.TransportError:
        return False


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
