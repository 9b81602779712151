import json

import numpy as np
import pytest
from typer.testing import CliRunner

from evals.__main__ import cli
from evals.scale import GROWING, measure_scale
from evals.synthetic import SyntheticEncoder, synthetic_passages
from tests.conftest import SMALL_CORPUS
from tutor.read.pages import read_pages
from tutor.read.passages import cut_all


def test_synthetic_passages_are_like_real_ones_and_always_the_same() -> None:
    real = cut_all(read_pages(SMALL_CORPUS / "docs"))
    made = synthetic_passages(real, 300)
    assert made == synthetic_passages(real, 300)
    assert len({passage.id for passage in made}) == 300
    assert len({passage.doc for passage in made}) == 30
    lengths = [np.mean([len(passage.text.split()) for passage in some]) for some in (real, made)]
    assert lengths[0] < lengths[1] < 1.5 * lengths[0]
    assert {passage.sources for passage in made} <= {passage.sources for passage in real}


def test_synthetic_vectors_lie_in_clusters_and_are_always_the_same() -> None:
    encoder = SyntheticEncoder(2000, 16)
    vectors = encoder.encode_passages(["x"] * 2000)
    np.testing.assert_array_equal(vectors, SyntheticEncoder(2000, 16).encode_passages(["y"] * 2000))
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    query = encoder.encode_query("where?")
    assert (query == encoder.encode_query("where?")).all()
    similar = np.sort(vectors @ query)
    assert similar[-50:].mean() > similar.mean() + 0.3


@pytest.mark.slow
def test_figures_are_taken_in_processes_of_their_own() -> None:
    figures = measure_scale(["What is Kettle?", "How does drift differ from skew?"], (1000,))
    told = figures["sizes"][1000]
    assert set(GROWING) <= set(told)
    assert all(value > 0 for value in told.values())
    assert told["dense half recall@10"] > 0.9
    assert figures["laws"] == {}


@pytest.mark.slow
def test_the_command_prints_json_alone() -> None:
    result = CliRunner().invoke(cli, ["scale", "--size", "1000", "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["sizes"]["1000"]["build (passages/s)"] > 50
