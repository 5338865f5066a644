"""The file of the bundled weights: what it holds is read, what is torn is refused."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from corpus import bundled
from corpus import packed as packed_file
from corpus.errors import ModelUnusable
from corpus.packed import Shape, dequantise_q4_0, parse, unpack
from tests.corpus.packing import (
    HIDDEN,
    NORMALISED,
    PIECES,
    POSITIONS,
    WIDE,
    WORDS,
    nobody,
    packed_model,
)


def test_a_block_is_dequantised_as_worked_by_hand() -> None:
    # Byte j holds j in its low bits and 15 - j in its high ones; 8 stands for zero; the scale is a half.
    raw = np.float16(0.5).tobytes() + bytes(j | (15 - j) << 4 for j in range(16))
    low = [-4.0, -3.5, -3.0, -2.5, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5]
    matrix = dequantise_q4_0(raw, 1, 32)
    assert matrix.dtype == np.float32
    assert matrix.tolist() == [low + low[::-1]]


def test_blocks_fill_a_row_before_the_next() -> None:
    raw = b"".join(np.float16(scale).tobytes() + b"\x99" * 16 for scale in (1, 2, 3, 4))
    matrix = dequantise_q4_0(raw, 2, 64)
    assert matrix[:, [0, 31, 32, 63]].tolist() == [[1, 1, 2, 2], [3, 3, 4, 4]]


@pytest.mark.parametrize(("rows", "cols"), [(1, 64), (2, 32), (1, 31), (0, 32)])
def test_bytes_of_another_size_are_no_such_matrix(rows: int, cols: int) -> None:
    with pytest.raises(ValueError, match="18 bytes are no"):
        dequantise_q4_0(bytes(18), rows, cols)


def test_a_packed_model_is_parsed() -> None:
    packed = parse(packed_model())
    assert packed.shape == Shape(HIDDEN, 1, 2, WIDE, WORDS, POSITIONS, 2, packed.shape.epsilon)
    assert packed.shape.epsilon == pytest.approx(1e-12)
    assert [piece for piece, _score in packed.vocabulary.pieces] == PIECES
    assert [score for _piece, score in packed.vocabulary.pieces] == [-float(i) for i in range(len(PIECES))]
    assert packed.vocabulary.normalised == NORMALISED
    assert len(packed.tensors) == 5 + 16


def test_tensors_come_under_the_names_of_bert() -> None:
    tensors = dict(unpack(parse(packed_model())))
    assert len(tensors) == 5 + 16
    assert tensors["embeddings.word_embeddings.weight"].shape == (WORDS, HIDDEN)
    assert tensors["encoder.layer.0.intermediate.dense.weight"].shape == (WIDE, HIDDEN)
    assert tensors["encoder.layer.0.output.dense.weight"].shape == (HIDDEN, WIDE)
    assert tensors["encoder.layer.0.attention.output.LayerNorm.bias"].tolist() == list(range(HIDDEN))
    assert {tensor.dtype for tensor in tensors.values()} == {np.dtype(np.float16)}


def test_a_matrix_unpacked_in_parts_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = dict(unpack(parse(packed_model())))
    monkeypatch.setattr(packed_file, "_ROWS_AT_ONCE", 3)
    for name, tensor in unpack(parse(packed_model())):
        assert np.array_equal(tensor, whole[name])


def test_a_file_cut_off_anywhere_is_refused() -> None:
    raw = packed_model()
    for length in range(len(raw)):
        with pytest.raises(ValueError, match="it "):
            parse(raw[:length])


def test_a_truncated_file_is_refused_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(packed_model()[:-1])
    with pytest.raises(
        ModelUnusable, match=r"model\.bin is damaged \(it ends at byte .*install the requirements"
    ):
        bundled.build(path, into=tmp_path, progress=nobody)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_of_another_kind_is_refused_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(b"GGUF" + packed_model()[4:])
    with pytest.raises(ModelUnusable, match=r"does not begin with E5S1\); install the requirements again"):
        bundled.build(path, into=tmp_path, progress=nobody)


@pytest.mark.parametrize(
    ("place", "value", "reason"),
    [
        (4, 2, "version 2"),
        (8, 33, "no sense"),
        (16, 0, "no sense"),
        (24, 3, "11 pieces for 3 embeddings"),
        (48, -1, "special piece"),
        (52, 99, "special piece"),
    ],
)
def test_a_header_that_makes_no_sense_is_refused(place: int, value: int, reason: str) -> None:
    raw = bytearray(packed_model())
    struct.pack_into("<i", raw, place, value)
    with pytest.raises(ValueError, match=reason):
        parse(bytes(raw))


def test_a_missing_or_misshapen_tensor_is_named() -> None:
    with pytest.raises(ValueError, match=r"l0\.q\.w is missing"):
        dict(unpack(parse(packed_model(without="l0.q.w"))))
    with pytest.raises(ValueError, match=r"emb\.word has 448 weights instead of 480"):
        dict(unpack(parse(packed_model(words=WORDS + 1))))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("le labo", ["<s>", "▁le", "▁labo", "</s>"]),
        ("le\t  labo  ", ["<s>", "▁le", "▁labo", "</s>"]),
        ("le\x01 la\0bo", ["<s>", "▁le", "▁labo", "</s>"]),
        ("labos ﬁn", ["<s>", "▁labo", "s", "▁fin", "</s>"]),
        ("e\u0301", ["<s>", "▁", "é", "</s>"]),
        ("le ₪", ["<s>", "▁le", "▁", "<unk>", "</s>"]),
    ],
)
def test_the_tokenizer_is_rebuilt(text: str, tokens: list[str]) -> None:
    tokenizer = bundled.rebuild_tokenizer(parse(packed_model()).vocabulary)
    assert [PIECES[token] for token in tokenizer.encode(text).ids] == tokens
