from pathlib import Path

import numpy as np
import pytest

from tutor.index.minilm import MiniLM
from tutor.index.minilm_graph import GRAPH, write_graph
from tutor.index.weights import shipped_model_folder

TEXTS = [
    "hello world",
    "What does ARIMA_PLUS need?",
    "",
    "日本語 and emoji 🙂",
    "Agent Platform Pipelines run each step in a container. " * 40,
]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_vectors_are_those_of_sentence_transformers() -> None:
    from sentence_transformers import SentenceTransformer

    folder = shipped_model_folder()
    reference = SentenceTransformer(str(folder), device="cpu").encode(TEXTS, normalize_embeddings=True)
    np.testing.assert_allclose(MiniLM(folder).encode(TEXTS), reference, atol=1e-5)


def test_vectors_have_length_one() -> None:
    vectors = MiniLM(shipped_model_folder()).encode(["one", "two words"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_the_shipped_graph_is_the_one_that_the_code_writes(tmp_path: Path) -> None:
    write_graph(tmp_path / "minilm.onnx")
    assert (tmp_path / "minilm.onnx").read_bytes() == GRAPH.read_bytes()


def test_no_texts_no_vectors() -> None:
    assert MiniLM(shipped_model_folder()).encode([]).shape == (0, 384)
