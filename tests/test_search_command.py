"""`tutor search` with filters, as people type them."""

import json

import pytest

from tests.conftest import SMALL_CORPUS
from tests.test_cli import run  # noqa: F401 - a fixture


def found(result) -> list[str]:
    assert result.returncode == 0, result.stderr
    return [passage["doc"] for passage in json.loads(result.stdout)["passages"]]


def test_filters_hold(run) -> None:  # noqa: F811
    everything = set(found(run("search", "Kettle", "-k", "50", "--json")))
    assert len(everything) == 4
    assert set(found(run("search", "Kettle", "-k", "50", "--doc", "samovar-vision", "--json"))) == {"samovar-vision"}
    two = ("--doc", "samovar-vision", "--doc", "kettle-forecasting")
    assert set(found(run("search", "Kettle", "-k", "50", *two, "--json"))) == {"samovar-vision", "kettle-forecasting"}
    assert set(found(run("search", "Kettle", "-k", "50", "--layer", "shipped", "--json"))) == everything
    assert found(run("search", "Kettle", "--layer", "own", "--json")) == []


def test_objectives_and_sections_filter(run) -> None:  # noqa: F811
    treats = {path.stem for path in (SMALL_CORPUS / "docs").rglob("*.md") if "/1.1." in path.read_text("utf-8")}
    section = {path.stem for path in (SMALL_CORPUS / "docs").rglob("*.md") if "/1." in path.read_text("utf-8")}
    assert treats
    assert set(found(run("search", "what", "-k", "50", "--objective", "1.1", "--json"))) == treats
    assert set(found(run("search", "what", "-k", "50", "--objective", "1", "--json"))) == section


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--objective", "9.9"), "No passage has the objective '9.9'"),
        (("--doc", "samovar"), "samovar-vision"),
        (("--layer", "mine"), "'shipped'"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(run, arguments: tuple[str, ...], says: str) -> None:  # noqa: F811
    result = run("search", "Kettle", *arguments)
    assert result.returncode == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr
