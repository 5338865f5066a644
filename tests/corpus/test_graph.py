from __future__ import annotations

from dataclasses import replace

import numpy as np
import onnxruntime
import pytest

from corpus.graph import LENGTHS, STATES, encoder_graph, paired
from corpus.packed import dequantise_q4_0, parse, parse_tensors
from tests.corpus.packing import HIDDEN, blocks, packed_model


def test_neighbouring_weights_share_a_byte() -> None:
    nibbles = np.array([[[low | (15 - low) << 4 for low in range(16)]]], dtype=np.uint8)
    weights = [*range(16), *range(15, -1, -1)]
    [[found]] = paired(nibbles)
    assert [nibble for byte in found for nibble in (int(byte) & 15, int(byte) >> 4)] == weights


def test_the_tensors_are_the_same_without_the_vocabulary() -> None:
    raw = packed_model()
    whole = parse(raw)
    shape, tensors = parse_tensors(raw)
    assert shape == whole.shape
    assert tensors == whole.tensors


@pytest.mark.parametrize("name", ["l0.q.w", "l0.aln.b"])
def test_a_missing_tensor_is_named(name: str) -> None:
    shape, tensors = parse_tensors(packed_model(without=name))
    with pytest.raises(ValueError, match=rf"the tensor {name} is missing"):
        encoder_graph(shape, tensors)


def test_a_text_gives_the_same_states_alone_and_beside_a_longer_one() -> None:
    session = _session(packed_model())
    states = np.random.default_rng(3).normal(size=(2, 5, HIDDEN)).astype(np.float32)
    together = session.run(None, {STATES: states, LENGTHS: np.array([3, 5], dtype=np.int32)})[0]
    alone = session.run(None, {STATES: states[:1, :3], LENGTHS: np.array([3], dtype=np.int32)})[0]
    assert together.shape == states.shape
    assert np.allclose(together[0, :3], alone[0], atol=1e-5)


def test_a_matrix_multiplies_as_its_unpacked_weights_do() -> None:
    import onnx

    raw = blocks(HIDDEN * HIDDEN, np.random.default_rng(5))
    shape, tensors = parse_tensors(packed_model())
    graph = onnx.load_model_from_string(
        encoder_graph(shape, tensors | {"l0.ao.w": replace(tensors["l0.ao.w"], raw=memoryview(raw))})
    )
    graph.graph.output.append(onnx.helper.make_tensor_value_info("l0.attended", onnx.TensorProto.FLOAT, None))
    graph.graph.output.append(onnx.helper.make_tensor_value_info("l0.told", onnx.TensorProto.FLOAT, None))
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    states = np.random.default_rng(4).normal(size=(1, 4, HIDDEN)).astype(np.float32)
    _last, attended, told = session.run(None, {STATES: states, LENGTHS: np.array([4], dtype=np.int32)})
    bias = np.frombuffer(tensors["l0.ao.b"].raw, dtype="<f4")
    wanted = attended @ dequantise_q4_0(raw, HIDDEN, HIDDEN).T + bias
    assert np.allclose(told, wanted, rtol=0.02, atol=0.02 * np.abs(wanted - bias).max())


def _session(raw: bytes) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(
        encoder_graph(*parse_tensors(raw)), providers=["CPUExecutionProvider"]
    )
