"""For authors: writes `minilm.onnx`, the network of all-MiniLM-L6-v2 without its weights.

    python -m tutor.index.minilm_graph

The network is BERT: word, position and type embeddings, then six layers of self-attention and a two-layer perceptron,
each with a residual connection and layer normalisation; the sentence vector is the mean over its tokens, scaled to
length one. It is written by hand with ONNX Runtime's fused operators. Weights are named here and given at load time
(`tutor.index.minilm`), from the verified file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import onnx
from onnx import TensorProto, helper

GRAPH = Path(__file__).with_name("minilm.onnx")
LAYERS, HEADS, WIDTH, WIDE, WORDS, POSITIONS = 6, 12, 384, 1536, 30522, 512
_FUSED = "com.microsoft"


class _Writer:
    """Collects nodes and the names and shapes of weights; every method returns the name of what it computes."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def node(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output

    def weight(self, name: str, *shape: int) -> str:
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape)
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value="given at load time")
        self.weights.append(tensor)
        return name

    def numbers(self, name: str, *values: int) -> str:
        self.weights.append(helper.make_tensor(name, TensorProto.INT64, [len(values)], values))
        return name

    def linear(self, state: str, name: str, width_in: int, width_out: int) -> str:
        weight = self.weight(f"{name}.weight", width_in, width_out)
        product = self.node("MatMul", [state, weight], f"{name}.product")
        return self.node("Add", [product, self.weight(f"{name}.bias", width_out)], f"{name}.result")

    def add_and_normalise(self, state: str, change: str, name: str) -> str:
        scale, shift = self.weight(f"{name}.weight", WIDTH), self.weight(f"{name}.bias", WIDTH)
        inputs = [state, change, scale, shift]
        return self.node("SkipLayerNormalization", inputs, f"{name}.result", _FUSED, epsilon=1e-12)


def write_graph(path: Path = GRAPH) -> None:
    """Write the network to `path`."""
    write = _Writer()
    words = write.node("Gather", [write.weight("words", WORDS, WIDTH), "tokens"], "word_vectors")
    places = write.node("Gather", [write.weight("positions", POSITIONS, WIDTH), "places"], "place_vectors")
    state = write.add_and_normalise(words, places, "embeddings.LayerNorm")
    thirds = write.numbers("thirds", WIDTH, WIDTH, WIDTH)
    for layer in range(LAYERS):
        state = _layer(write, state, f"encoder.layer.{layer}", thirds)
    mean = write.node("ReduceMean", [state, write.numbers("over_tokens", 1)], "mean", keepdims=0)
    write.node("LpNormalization", [mean], "vector", axis=1, p=2)
    graph = helper.make_graph(
        write.nodes,
        "all-MiniLM-L6-v2",
        [helper.make_tensor_value_info(name, TensorProto.INT64, [1, "length"]) for name in ("tokens", "places")],
        [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, WIDTH])],
        write.weights,
    )
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid(_FUSED, 1)]
    path.write_bytes(
        helper.make_model(graph, opset_imports=opsets, ir_version=10).SerializeToString(deterministic=True)
    )


def _layer(write: _Writer, state: str, name: str, thirds: str) -> str:
    joined = write.linear(state, f"{name}.attention.self", WIDTH, 3 * WIDTH)
    parts = [f"{name}.{part}" for part in ("query", "key", "value")]
    write.nodes.append(helper.make_node("Split", [joined, thirds], parts, axis=2))
    attended = write.node("MultiHeadAttention", parts, f"{name}.attended", _FUSED, num_heads=HEADS)
    change = write.linear(attended, f"{name}.attention.output.dense", WIDTH, WIDTH)
    state = write.add_and_normalise(state, change, f"{name}.attention.output.LayerNorm")
    widened = write.linear(state, f"{name}.intermediate.dense", WIDTH, WIDE)
    bent = write.node("Gelu", [widened], f"{name}.bent", _FUSED)
    change = write.linear(bent, f"{name}.output.dense", WIDE, WIDTH)
    return write.add_and_normalise(state, change, f"{name}.output.LayerNorm")


if __name__ == "__main__":
    write_graph()
