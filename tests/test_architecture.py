"""The walls of the house: which way imports point, how much a command crosses, how large a module may grow."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SMALL_CORPUS

ROOT = Path(__file__).parents[1]
FLOW = (
    "errors",
    "settings",
    "read",
    "index",
    "engines",
    "solve",
    "answer",
    "author",
    "practice",
    "progress",
    "review",
    "export",
)
"""The stages in the order in which data passes; imports point only backwards."""
EDGES = ("store", "flow", "retriever", "doctor", "chat", "commands", "cli", "ui")
MOST_LINES = 400
MOST_FILES_FOR_ASK = 39
HEAVY = {
    *("alembic", "chromadb", "gradio", "httpx", "langchain", "lxml", "numpy", "pydantic", "pypdf", "sqlalchemy"),
    *("sentence_transformers", "tokenizers", "torch", "trafilatura", "transformers", "vertexai", "yaml"),
}


def modules() -> list[Path]:
    return [path for path in sorted((ROOT / "tutor").rglob("*.py")) if "migrations" not in path.parts]


def room(path: Path) -> str:
    part = path.relative_to(ROOT / "tutor").parts[0]
    return part.removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("tutor.")}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_backwards_along_the_flow(path: Path) -> None:
    here = room(path)
    if here in FLOW:
        allowed = set(FLOW[: FLOW.index(here) + 1])
        assert imported_rooms(path) <= allowed, "a stage may use only what comes before it, and never the store"
    else:
        assert here in {*EDGES, "__init__"}, f"{here} is no room of the house: see docs/house.md"


def test_only_the_store_speaks_sql() -> None:
    for path in modules():
        if room(path) not in ("store", "doctor"):
            assert "sqlalchemy" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_stay_readable(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_only_settings_reads_the_environment() -> None:
    tutor = ROOT / "tutor"
    exceptions = {tutor / "settings.py", tutor / "ui" / "serve.py", tutor / "__init__.py"}
    for path in modules():
        if path not in exceptions:
            text = path.read_text(encoding="utf-8")
            assert "os.environ" not in text, path
            assert "getenv" not in text, path


def test_help_loads_nothing_heavy() -> None:
    script = "import sys, tutor.cli; print(' '.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not HEAVY & {name.split(".")[0] for name in loaded}


def test_ask_crosses_few_files(tmp_path: Path) -> None:
    script = (
        "import json, sys\n"
        "from tutor.flow import Tutor\nfrom tutor.settings import load_settings\n"
        "import tutor.cli\n"
        f"tutor_ = Tutor(load_settings({{'TUTOR_HOME': {str(tmp_path)!r}, 'TUTOR_CORPUS': {str(SMALL_CORPUS)!r}}}))\n"
        "tutor_.warm(); files = set()\n"
        "def see(frame, event, arg):\n"
        "    name = frame.f_code.co_filename\n"
        f"    if name.startswith({str(ROOT / 'tutor')!r}): files.add(name)\n"
        "import threading; sys.setprofile(see)\n"
        "tutor_.ask('What is Kettle?')\n"
        "sys.setprofile(None); print(json.dumps(sorted(files)))\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    crossed = json.loads(run.stdout.splitlines()[-1])
    assert 8 < len(crossed) <= MOST_FILES_FOR_ASK, crossed
