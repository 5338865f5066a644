"""The packed model file: read, checked and unpacked into named matrices; pure functions on bytes.

Little-endian: `E5S1`; version; shape; vocabulary with scores; normalisation of single characters; directory
of tensors; tensors. Matrices are in Q4_0 (blocks of 32 weights: a float16 scale and 16 bytes of nibbles), all
else is float32. What is wrong with a file is raised as ValueError.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from mmap import mmap
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
BLOCK_WEIGHTS = 32
_ROWS_AT_ONCE = 16_384

_EMBEDDINGS = {
    "word": "embeddings.word_embeddings.weight",
    "pos": "embeddings.position_embeddings.weight",
    "type": "embeddings.token_type_embeddings.weight",
    "ln.w": "embeddings.LayerNorm.weight",
    "ln.b": "embeddings.LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the BERT encoder, in the order of the file."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A Unigram vocabulary. `normalised` says what single characters become before they are looked up."""

    pieces: list[tuple[str, float]]
    begin: int
    end: int
    pad: int
    unknown: int
    normalised: dict[str, str]


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor as the file holds it."""

    quantised: bool
    count: int
    raw: memoryview


@dataclass(frozen=True, slots=True)
class Packed:
    """The whole file, its tensors still packed."""

    shape: Shape
    vocabulary: Vocabulary
    tensors: Mapping[str, Tensor]


def parse(raw: bytes) -> Packed:
    """Take the packed model apart, copying no tensor. Raises ValueError if it is cut off or inconsistent."""
    shape, reader = _begin(raw)
    vocabulary = _parse_vocabulary(reader)
    if len(vocabulary.pieces) > shape.vocabulary:
        raise ValueError(f"{len(vocabulary.pieces)} pieces for {shape.vocabulary} embeddings")
    return Packed(shape, vocabulary, _parse_directory(reader))


def parse_tensors(raw: bytes | mmap) -> tuple[Shape, dict[str, Tensor]]:
    """Return the sizes and the tensors, passing over the vocabulary, which takes 0.2 s. Raises ValueError."""
    shape, reader = _begin(raw)
    size, _begins, _ends, _pad, _unknown, length = reader.values("5iQ")
    reader.take(4 * (size + 1) + 4 * size + length)
    _count, length = reader.values("iI")
    reader.take(length)
    return shape, _parse_directory(reader)


def _begin(raw: bytes | mmap) -> tuple[Shape, _Reader]:
    reader = _Reader(memoryview(raw))
    if bytes(reader.take(4)) != b"E5S1":
        raise ValueError("it does not begin with E5S1")
    [version] = reader.values("I")
    shape = Shape(*reader.values("7if"))
    [block] = reader.values("i")
    if (version, block) != (1, BLOCK_WEIGHTS):
        raise ValueError(f"version {version} with blocks of {block} is not known")
    if min(shape.hidden, shape.layers, shape.heads) < 1 or shape.hidden % shape.heads:
        raise ValueError(f"its sizes make no sense: {shape}")
    return shape, reader


def _parse_vocabulary(reader: _Reader) -> Vocabulary:
    size, begin, end, pad, unknown, length = reader.values("5iQ")
    offsets = reader.array("<u4", size + 1).tolist()
    spans = offsets[:-1], offsets[1:], reader.array("<f4", size).tolist()
    if not 0 <= min(begin, end, pad, unknown) <= max(begin, end, pad, unknown) < size:
        raise ValueError(f"a special piece lies outside of the {size} pieces")
    text = bytes(reader.take(length))
    pieces = [(text[start:stop].decode("utf-8"), score) for start, stop, score in zip(*spans, strict=True)]
    count, _bytes = reader.values("iI")
    normalised = {}
    for _ in range(count):
        character, length = reader.values("IB")
        normalised[chr(character)] = "".join(map(chr, reader.values(f"{length}I")))
    return Vocabulary(pieces, begin, end, pad, unknown, normalised)


def _parse_directory(reader: _Reader) -> dict[str, Tensor]:
    [count] = reader.values("i")
    tensors = {}
    for _ in range(count):
        [length] = reader.values("H")
        name = bytes(reader.take(length)).decode("ascii")
        kind, weights, offset, size = reader.values("BIQQ")
        tensors[name] = Tensor(kind == 1, weights, reader.slice(offset, size))
    return tensors


class _Reader:
    """A place in the file. Every read past its end raises ValueError."""

    def __init__(self, raw: memoryview) -> None:
        self._raw = raw
        self._place = 0

    def slice(self, start: int, size: int) -> memoryview:
        if size < 0 or start + size > len(self._raw):
            raise ValueError(f"it ends at byte {len(self._raw)}, amid what begins at {start}")
        return self._raw[start : start + size]

    def take(self, size: int) -> memoryview:
        """Return the next bytes and go on after them."""
        taken = self.slice(self._place, size)
        self._place += size
        return taken

    def values(self, form: str) -> tuple[Any, ...]:
        return struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))

    def array(self, kind: str, count: int) -> NDArray[Any]:
        return np.frombuffer(self.take(np.dtype(kind).itemsize * count), dtype=kind)


def dequantise_q4_0(raw: bytes | memoryview, rows: int, cols: int) -> NDArray[np.float32]:
    """Return the (rows, cols) float32 matrix that `raw` holds in Q4_0, the format of ggml.

    A block is 32 weights of one row in 18 bytes: a float16 scale, then 16 bytes, of which byte j has weight j
    in its low four bits and weight j + 16 in its high ones. A weight is (bits - 8) · scale. Raises ValueError
    when `raw` is not of that size.
    """
    if cols % BLOCK_WEIGHTS or len(raw) * BLOCK_WEIGHTS != rows * cols * BLOCK.itemsize:
        raise ValueError(f"{len(raw)} bytes are no {rows} x {cols} weights in Q4_0")
    blocks = np.frombuffer(raw, dtype=BLOCK)
    bits = np.stack([blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4], axis=1).astype(np.float32)
    bits -= 8
    bits *= blocks["scale"].astype(np.float32)[:, None, None]
    return bits.reshape(rows, cols)


def tensor_of(tensors: Mapping[str, Tensor], name: str, count: int) -> Tensor:
    """Return the tensor of a name with so many weights. Raises ValueError when there is none."""
    tensor = tensors.get(name)
    if tensor is None:
        raise ValueError(f"the tensor {name} is missing")
    if tensor.count != count:
        raise ValueError(f"the tensor {name} has {tensor.count} weights instead of {count}")
    return tensor


def unpack(packed: Packed) -> Iterator[tuple[str, NDArray[np.float16]]]:
    """Yield each tensor under BertModel's name for it. Raises ValueError when one is missing or misshapen."""
    for name, (bert_name, dimensions) in _bert_tensors(packed.shape).items():
        tensor = tensor_of(packed.tensors, name, math.prod(dimensions))
        if not tensor.quantised:
            yield bert_name, np.frombuffer(tensor.raw, dtype="<f4").astype(np.float16).reshape(dimensions)
            continue
        rows, cols = dimensions
        matrix = np.empty((rows, cols), dtype=np.float16)
        row_bytes = len(tensor.raw) // rows
        for start in range(0, rows, _ROWS_AT_ONCE):  # some at a time: float32 of all would be 384 MB
            stop = min(rows, start + _ROWS_AT_ONCE)
            part = tensor.raw[start * row_bytes : stop * row_bytes]
            matrix[start:stop] = dequantise_q4_0(part, stop - start, cols)
        yield bert_name, matrix


def _bert_tensors(shape: Shape) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Return, for each name in the file, BertModel's name and the dimensions."""
    hidden, wide = shape.hidden, shape.feed_forward
    heights = {"word": shape.vocabulary, "pos": shape.positions, "type": shape.token_types}
    tensors: dict[str, tuple[str, tuple[int, ...]]] = {
        f"emb.{name}": (bert, (heights[name], hidden) if name in heights else (hidden,))
        for name, bert in _EMBEDDINGS.items()
    }
    for layer in range(shape.layers):
        for name, bert in _LAYER.items():
            outputs, inputs = wide if name == "fi" else hidden, wide if name == "fo" else hidden
            prefix = f"encoder.layer.{layer}.{bert}"
            matrix = (outputs,) if name.endswith("ln") else (outputs, inputs)
            tensors[f"l{layer}.{name}.w"] = (f"{prefix}.weight", matrix)
            tensors[f"l{layer}.{name}.b"] = (f"{prefix}.bias", (outputs,))
    return tensors
