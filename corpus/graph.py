"""The packed encoder as a graph for ONNX Runtime, its matrices in four bits as the file has them.

ONNX Runtime multiplies by such matrices itself (MatMulNBits), on whatever instructions the processor has,
with activations rounded to eight bits in blocks of 32: the vectors are those of the unpacked weights (cosine
≥ 0.999, tested), in an eighth of their memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.packed import BLOCK, BLOCK_WEIGHTS, Shape, Tensor, tensor_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnx import NodeProto, TensorProto

_CONTRIBUTED = "com.microsoft"
# Activations are rounded to eight bits, which is what the processors have fast instructions for.
_EIGHT_BITS = 4
_OPSETS = {"": 17, _CONTRIBUTED: 1}
_IR = 9
STATES, LENGTHS = "states", "lengths"


def encoder_graph(shape: Shape, tensors: Mapping[str, Tensor]) -> bytes:
    """Return the layers as an ONNX model.

    It takes `states`, (texts, tokens, hidden) float32: the embedded tokens of each text, padded at the end;
    and `lengths`, (texts,) int32, how many of them count. It returns the last hidden states, as `states` are.
    Raises ValueError when a tensor is missing or misshapen.
    """
    from onnx import TensorProto, helper

    graph = _Graph(shape, tensors)
    last = graph.layers()
    sizes: list[str | int | None] = ["texts", "tokens", shape.hidden]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "encoder",
            [
                helper.make_tensor_value_info(STATES, TensorProto.FLOAT, sizes),
                helper.make_tensor_value_info(LENGTHS, TensorProto.INT32, ["texts"]),
            ],
            [helper.make_tensor_value_info(last, TensorProto.FLOAT, sizes)],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid(domain, version) for domain, version in _OPSETS.items()],
        ir_version=_IR,
    )
    return bytes(model.SerializeToString())


class _Graph:
    """The nodes and constants of a graph as they are put together."""

    def __init__(self, shape: Shape, tensors: Mapping[str, Tensor]) -> None:
        self._shape = shape
        self._tensors = tensors
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []

    def layers(self) -> str:
        """Add every layer, and return the name of what the last one gives."""
        states = STATES
        self._constant("thirds", np.full(3, self._shape.hidden, dtype=np.int64))
        for layer in range(self._shape.layers):
            states = self._layer(f"l{layer}", states)
        return states

    def _layer(self, name: str, states: str) -> str:
        hidden, wide = self._shape.hidden, self._shape.feed_forward
        asked = self._linear(f"{name}.qkv", [f"{name}.{one}" for one in "qkv"], states, (hidden, hidden))
        parts = [f"{name}.{one}.states" for one in "qkv"]
        self._node("Split", [asked, "thirds"], parts, axis=-1)
        attended = f"{name}.attended"
        heads = self._shape.heads
        inputs = [*parts, "", LENGTHS]
        self._node("MultiHeadAttention", inputs, [attended], domain=_CONTRIBUTED, num_heads=heads)
        told = self._linear(f"{name}.told", [f"{name}.ao"], attended, (hidden, hidden))
        middle = self._normalised(f"{name}.aln", told, states)
        opened = self._linear(f"{name}.opened", [f"{name}.fi"], middle, (wide, hidden))
        bent = f"{name}.bent"
        self._node("Gelu", [opened], [bent], domain=_CONTRIBUTED)
        closed = self._linear(f"{name}.closed", [f"{name}.fo"], bent, (hidden, wide))
        return self._normalised(f"{name}.oln", closed, middle)

    def _linear(self, name: str, sources: Sequence[str], states: str, dimensions: tuple[int, int]) -> str:
        """Multiply by one matrix, or by several one below the other, and add the bias."""
        outputs, inputs = dimensions
        blocks = np.concatenate([self._blocks(f"{one}.w", outputs, inputs) for one in sources])
        matrix = self._constant(f"{name}.matrix", paired(blocks["nibbles"]))
        scales = self._constant(f"{name}.scales", blocks["scale"].astype(np.float32).ravel())
        bias = self._constant(
            f"{name}.bias", np.concatenate([self._plain(f"{one}.b", outputs) for one in sources])
        )
        self._node(
            "MatMulNBits",
            [states, matrix, scales, "", "", bias],
            [name],
            domain=_CONTRIBUTED,
            K=inputs,
            N=len(blocks),
            bits=4,
            block_size=BLOCK_WEIGHTS,
            accuracy_level=_EIGHT_BITS,
        )
        return name

    def _normalised(self, name: str, states: str, others: str) -> str:
        hidden = self._shape.hidden
        ends = [self._constant(f"{name}.{end}", self._plain(f"{name}.{end}", hidden)) for end in "wb"]
        inputs, epsilon = [states, others, *ends], self._shape.epsilon
        self._node("SkipLayerNormalization", inputs, [name], domain=_CONTRIBUTED, epsilon=epsilon)
        return name

    def _blocks(self, name: str, rows: int, cols: int) -> NDArray[Any]:
        return packed_rows(tensor_of(self._tensors, name, rows * cols), rows, cols)

    def _plain(self, name: str, count: int) -> NDArray[np.float32]:
        return plain(tensor_of(self._tensors, name, count))

    def _node(self, kind: str, inputs: Iterable[str], outputs: Iterable[str], **attributes: Any) -> None:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, list(inputs), list(outputs), **attributes))

    def _constant(self, name: str, values: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name


def packed_rows(tensor: Tensor, rows: int, cols: int) -> NDArray[Any]:
    """Return a matrix as its blocks, (rows, cols / 32) of `packed.BLOCK`. Raises ValueError."""
    blocks = np.frombuffer(tensor.raw, dtype=BLOCK)
    if not tensor.quantised or len(blocks) * BLOCK_WEIGHTS != rows * cols:
        raise ValueError(f"{len(tensor.raw)} bytes are no {rows} x {cols} weights in Q4_0")
    return blocks.reshape(rows, cols // BLOCK_WEIGHTS)


def plain(tensor: Tensor) -> NDArray[np.float32]:
    """Return a tensor that is not packed, flat."""
    return np.frombuffer(tensor.raw, dtype="<f4")


def paired(nibbles: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the weights of blocks in the order of MatMulNBits: neighbours share a byte, the first low.

    Q4_0 puts weight j beside weight j + 16. Both shift by eight. Shapes are (rows, blocks, 16).
    """
    weights = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=-1)
    return np.asarray(weights[..., 0::2] | (weights[..., 1::2] << 4), dtype=np.uint8)
