import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.__main__ import cli
from evals.crash import TextEncoder, _passages, _wrong
from tutor.index.build import build


@pytest.mark.slow
def test_whenever_a_builder_is_killed_a_working_index_remains() -> None:
    """A few here; `python -m evals crash` kills a hundred (docs/search.md)."""
    result = CliRunner().invoke(cli, ["crash", "--count", "8", "--seed", "3", "--json"])
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["killed"], told["working"], told["broken"]) == (8, 8, [])
    assert sum(told["killed_while"].values()) == 8
    assert told["folders_left_in_the_end"] == 1


def test_an_index_that_does_not_work_is_told_from_one_that_does(tmp_path: Path) -> None:
    assert _wrong(tmp_path) == "no index is left"
    folder = build(_passages(5), TextEncoder(), tmp_path, {})
    assert _wrong(tmp_path) == ""
    (folder / "lexical" / "rows.npy").unlink()
    assert "lexical/rows.npy" in _wrong(tmp_path)


def test_half_an_index_is_told_from_a_whole_one(tmp_path: Path) -> None:
    build(_passages(5)[:-1], TextEncoder(), tmp_path, {})
    assert _wrong(tmp_path) == "1999 passages of 2000"
