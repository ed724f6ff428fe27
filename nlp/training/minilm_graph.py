"""Writes `nlp/embedding/minilm.onnx` and `nlp/change_reader/encoder.onnx`: `python -m nlp.training.minilm_graph`.

Each graph is a BERT encoder (Devlin et al., 2019) of the size of all-MiniLM-L6-v2, the first with mean pooling
over the mask and L2 normalisation inside. It holds no weights: each initializer is only named, as in the published
safetensors file, and supplied when loading.

Needs `onnx`, which running does not.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from nlp.change_reader.encoder import GRAPH as READER_GRAPH_PATH
from nlp.embedding.onnx_minilm import GRAPH_PATH

HIDDEN = 384
INTERMEDIATE = 1536
N_LAYERS = 6
N_HEADS = 12
HEAD_WIDTH = HIDDEN // N_HEADS
VOCABULARY = 30_522
POSITIONS = 512
LAYER_NORM_EPSILON = 1e-12
OPSET = 20


class GraphWriter:
    """Collects nodes and initializers in order; each method gives the name of what it computes."""

    def __init__(self, *, is_quantised: bool = False) -> None:
        """is_quantised: multiply bytes, the inputs rounded as they come (linear quantisation, Jacob et al., 2018)."""
        self.is_quantised = is_quantised
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []

    def node(self, operator: str, *inputs: str, output: str | None = None, **attributes: Any) -> str:
        """The output of one operator."""
        output = output or f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [output], **attributes))
        return output

    def constant(self, name: str, values: np.typing.ArrayLike, dtype: type[np.generic]) -> str:
        """A small constant that is part of the graph."""
        self.initializers.append(numpy_helper.from_array(np.array(values, dtype=dtype), name))
        return name

    def weight(self, name: str, *shape: int, kind: int = TensorProto.FLOAT) -> str:
        """A tensor that is only named here and supplied when the graph is loaded."""
        tensor = TensorProto(name=name, dims=shape, data_type=kind)
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value="supplied-when-loading")
        self.initializers.append(tensor)
        return name

    def linear(self, source: str, prefix: str, width_in: int, width_out: int) -> str:
        """source · Wᵀ + b."""
        if self.is_quantised:
            return self._linear_of_bytes(source, prefix, width_in, width_out)
        turned = self.node("Transpose", self.weight(f"{prefix}.weight", width_out, width_in), perm=[1, 0])
        product = self.node("MatMul", source, turned)
        return self.node("Add", product, self.weight(f"{prefix}.bias", width_out))

    def _linear_of_bytes(self, source: str, prefix: str, width_in: int, width_out: int) -> str:
        """The same with W as int8 (in, out) and a scale for each output."""
        rounded, step, zero = self._rounded(source)
        matrix = self.weight(f"{prefix}.weight", width_in, width_out, kind=TensorProto.INT8)
        product = self.node("Cast", self.node("MatMulInteger", rounded, matrix, zero), to=TensorProto.FLOAT)
        steps = self.node("Mul", step, self.weight(f"{prefix}.weight.scale", width_out))
        return self.node("Add", self.node("Mul", product, steps), self.weight(f"{prefix}.bias", width_out))

    def _rounded(self, source: str) -> tuple[str, str, str]:
        """A tensor as bytes, their step and their zero; once for each tensor."""
        names = (f"{source}_bytes", f"{source}_step", f"{source}_zero")
        if not any(names[0] in node.output for node in self.nodes):
            self.nodes.append(helper.make_node("DynamicQuantizeLinear", [source], list(names)))
        return names

    def layer_norm(self, source: str, prefix: str) -> str:
        """Normalised over the last axis."""
        scale, bias = self.weight(f"{prefix}.weight", HIDDEN), self.weight(f"{prefix}.bias", HIDDEN)
        return self.node("LayerNormalization", source, scale, bias, axis=-1, epsilon=LAYER_NORM_EPSILON, stash_type=1)

    def heads(self, source: str, *, perm: list[int]) -> str:
        """(batch, tokens, hidden) as heads, its axes (batch, tokens, head, width) in the order `perm`."""
        return self.node("Transpose", self.node("Reshape", source, "split_shape"), perm=perm)


def build_graph() -> onnx.ModelProto:
    """The embedder: input_ids, attention_mask (b, t), position_ids (t) → embedding (b, 384)."""
    writer = GraphWriter()
    _write_constants(writer)
    _write_pooling_constants(writer)
    _write_pooling(writer, _write_encoder(writer, _write_embeddings(writer)))
    output = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", HIDDEN])
    return _model(writer, "all-MiniLM-L6-v2", _inputs(), output)


def build_reader_graph() -> onnx.ModelProto:
    """The change reader's encoder: as the embedder's, in bytes, with `added` to embeddings → states (b, t, 384)."""
    writer = GraphWriter(is_quantised=True)
    _write_constants(writer)
    hidden = _write_encoder(writer, _write_embeddings(writer, "added"))
    writer.node("Identity", hidden, output="states")
    floats = TensorProto.FLOAT
    shape: list[str | int | None] = ["batch", "tokens", HIDDEN]
    inputs = [*_inputs(), helper.make_tensor_value_info("added", floats, shape)]
    return _model(writer, "change-reader", inputs, helper.make_tensor_value_info("states", floats, shape))


def _inputs() -> list[onnx.ValueInfoProto]:
    return [
        helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "tokens"]),
        helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["batch", "tokens"]),
        helper.make_tensor_value_info("position_ids", TensorProto.INT64, ["tokens"]),
    ]


def _model(
    writer: GraphWriter, name: str, inputs: list[onnx.ValueInfoProto], output: onnx.ValueInfoProto
) -> onnx.ModelProto:
    graph = helper.make_graph(writer.nodes, name, inputs, [output], writer.initializers)
    # Fixed versions make the file the same whichever release of onnx writes it.
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9, producer_name="turnstone"
    )


def write_graph(path: Path = GRAPH_PATH) -> None:
    """Write the embedder's file, the same bytes each time."""
    path.write_bytes(build_graph().SerializeToString(deterministic=True))


def write_reader_graph(path: Path = READER_GRAPH_PATH) -> None:
    """Write the change reader's file, the same bytes each time."""
    path.write_bytes(build_reader_graph().SerializeToString(deterministic=True))


def _write_constants(writer: GraphWriter) -> None:
    writer.constant("split_shape", [0, 0, N_HEADS, HEAD_WIDTH], np.int64)
    writer.constant("joined_shape", [0, 0, HIDDEN], np.int64)
    writer.constant("head_axes", [1, 2], np.int64)
    writer.constant("first_row", 0, np.int64)
    writer.constant("one", 1.0, np.float32)
    writer.constant("far_below", -1e4, np.float32)
    writer.constant("head_scale", HEAD_WIDTH**-0.5, np.float32)


def _write_pooling_constants(writer: GraphWriter) -> None:
    writer.constant("token_axis", [1], np.int64)
    writer.constant("last_axis", [2], np.int64)
    writer.constant("least_count", 1e-9, np.float32)


def _write_encoder(writer: GraphWriter, hidden: str) -> str:
    blocked = _write_blocked(writer)
    for layer in range(N_LAYERS):
        hidden = _write_layer(writer, hidden, blocked, f"encoder.layer.{layer}")
    return hidden


def _write_embeddings(writer: GraphWriter, *added: str) -> str:
    prefix = "embeddings"
    words = writer.node("Gather", writer.weight(f"{prefix}.word_embeddings.weight", VOCABULARY, HIDDEN), "input_ids")
    places = writer.node(
        "Gather", writer.weight(f"{prefix}.position_embeddings.weight", POSITIONS, HIDDEN), "position_ids"
    )
    # A sentence alone is always of the first type.
    kind = writer.node("Gather", writer.weight(f"{prefix}.token_type_embeddings.weight", 2, HIDDEN), "first_row")
    total = writer.node("Add", writer.node("Add", words, kind), places)
    for more in added:
        total = writer.node("Add", total, more)
    return writer.layer_norm(total, f"{prefix}.LayerNorm")


def _write_blocked(writer: GraphWriter) -> str:
    """0 for a token, far below 0 for padding, shape (batch, 1, 1, tokens), to be added before the softmax."""
    mask = writer.node("Cast", "attention_mask", output="mask", to=TensorProto.FLOAT)
    padding = writer.node("Sub", "one", writer.node("Unsqueeze", mask, "head_axes"))
    return writer.node("Mul", padding, "far_below")


def _write_layer(writer: GraphWriter, hidden: str, blocked: str, prefix: str) -> str:
    attention = f"{prefix}.attention"
    query, key, value = (
        writer.linear(hidden, f"{attention}.self.{part}", HIDDEN, HIDDEN) for part in ("query", "key", "value")
    )
    scores = writer.node("MatMul", writer.heads(query, perm=[0, 2, 1, 3]), writer.heads(key, perm=[0, 2, 3, 1]))
    scores = writer.node("Add", writer.node("Mul", scores, "head_scale"), blocked)
    shares = writer.node("Softmax", scores, axis=-1)
    mixed = writer.node("MatMul", shares, writer.heads(value, perm=[0, 2, 1, 3]))
    mixed = writer.node("Reshape", writer.node("Transpose", mixed, perm=[0, 2, 1, 3]), "joined_shape")
    mixed = writer.linear(mixed, f"{attention}.output.dense", HIDDEN, HIDDEN)
    hidden = writer.layer_norm(writer.node("Add", mixed, hidden), f"{attention}.output.LayerNorm")
    wide = writer.linear(hidden, f"{prefix}.intermediate.dense", HIDDEN, INTERMEDIATE)
    narrow = writer.linear(writer.node("Gelu", wide), f"{prefix}.output.dense", INTERMEDIATE, HIDDEN)
    return writer.layer_norm(writer.node("Add", narrow, hidden), f"{prefix}.output.LayerNorm")


def _write_pooling(writer: GraphWriter, hidden: str) -> None:
    weights = writer.node("Unsqueeze", "mask", "last_axis")
    total = writer.node("ReduceSum", writer.node("Mul", hidden, weights), "token_axis", keepdims=0)
    count = writer.node("Max", writer.node("ReduceSum", weights, "token_axis", keepdims=0), "least_count")
    mean = writer.node("Div", total, count)
    writer.node("LpNormalization", mean, output="embedding", axis=-1, p=2)


if __name__ == "__main__":
    write_graph()
    write_reader_graph()
