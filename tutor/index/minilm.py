"""all-MiniLM-L6-v2 on ONNX Runtime: the vectors of sentence-transformers without the seconds that torch takes.

The network (`minilm.onnx`, written by `tutor.index.minilm_graph`) holds no weights: they come from the verified
safetensors file, so that nothing else needs to be trusted. Texts are encoded one by one, without padding.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LAYERS = 6
LONGEST_TOKENS = 256
DIMENSIONS = 384

Array = NDArray[np.float32]


class MiniLM:
    """The encoder, loaded from a folder with `tokenizer.json` and `model.safetensors`. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(LONGEST_TOKENS)
        self._tokenizer.no_padding()
        self._places = np.arange(LONGEST_TOKENS)[None]
        weights = _by_graph_name(load_file(str(folder / "model.safetensors")))
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(np.ascontiguousarray(w)) for w in weights.values()]
        options = onnxruntime.SessionOptions()
        options.add_external_initializers(list(weights), values)
        options.log_severity_level = 3
        graph = Path(__file__).with_name("minilm.onnx").read_bytes()
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def encode(self, texts: Sequence[str]) -> Array:
        """One vector of length 1 per text."""
        vectors = [self._encode_one(text) for text in texts]
        return np.stack(vectors) if vectors else np.zeros((0, DIMENSIONS), np.float32)

    def _encode_one(self, text: str) -> Array:
        tokens = np.array([self._tokenizer.encode(text).ids])
        inputs = {"tokens": tokens, "places": self._places[:, : tokens.shape[1]]}
        vector: Array = self._session.run(["vector"], inputs)[0][0]
        return vector


def _by_graph_name(weights: dict[str, Array]) -> dict[str, Array]:
    """The file's weights as the graph wants them: matrices turned, query, key and value joined, types folded in."""
    table = "embeddings.{}_embeddings.weight".format
    named = {
        "words": weights[table("word")],
        "positions": weights[table("position")] + weights[table("token_type")][0],
    }
    for layer in range(LAYERS):
        attention = f"encoder.layer.{layer}.attention.self"
        for kind in ("weight", "bias"):
            joined = np.concatenate([weights[f"{attention}.{part}.{kind}"] for part in ("query", "key", "value")])
            named[f"{attention}.{kind}"] = joined.T
    dense = (name for name in weights if ".dense." in name and name.startswith("encoder."))
    named |= {name: weights[name].T for name in dense}
    return named | {name: value for name, value in weights.items() if ".LayerNorm." in name}
