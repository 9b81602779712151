"""The set-up script, without setting anything up: what it says when something is in the way."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "bootstrap.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def said(bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]) -> str:
    assert bootstrap.main([]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    return lines[0]


@pytest.fixture
def elsewhere(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An environment that is not there yet."""
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / "has a blank" / ".venv")
    monkeypatch.setattr(bootstrap, "PYTHON", bootstrap.VENV / "bin" / "python")
    return tmp_path


def test_an_old_python_is_named_with_the_remedy(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 1))
    monkeypatch.setenv("TUTOR_BOOTSTRAP_RESTARTED", "1")
    assert "this is Python 3.9" in said(bootstrap, capsys)


def test_the_script_can_be_read_by_old_pythons() -> None:
    import ast

    ast.parse((ROOT / "bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_a_full_disk_is_said_before_anything_is_downloaded(
    bootstrap: ModuleType, elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "DISK_NEEDED_GB", 1e6)
    assert "GB free and the packages need" in said(bootstrap, capsys)
    assert not list(elsewhere.iterdir())


def test_a_folder_that_cannot_be_written_is_named(
    bootstrap: ModuleType, elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (elsewhere / "has a blank").write_text("a file in the way")
    assert str(bootstrap.VENV) in said(bootstrap, capsys)


@pytest.mark.parametrize(
    ("output", "says"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES ... do not match", "not the one that was pinned"),
        ("ERROR: No matching distribution found for onnxruntime", "no build for this machine"),
        ("Failed to establish a new connection", "HTTPS_PROXY"),
    ],
)
def test_what_pip_reports_is_explained(bootstrap: ModuleType, output: str, says: str) -> None:
    assert says in bootstrap.explain(output)


def test_a_second_run_finds_the_work_done() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "bootstrap.py"), "--tests"], capture_output=True, text=True, timeout=20
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("lock", ["app.txt", "test.txt", "uv.txt"])
def test_every_version_is_pinned_with_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    entries = [line for line in text.splitlines() if line and not line.startswith((" ", "#", "-"))]
    assert entries
    assert all("==" in entry for entry in entries)
    assert text.count("--hash=sha256:") >= len(entries)
    assert not [entry for entry in entries if entry.startswith(("torch==", "triton==", "nvidia-"))]
