"""What is close to a question: by meaning, by words, by the fiches it names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.chain import Assistant
from assistant.desk import Request
from assistant.retrieval import SHARES, Lexicon, Retriever
from tests.fakes import FakeEmbedder, bags, open_index, open_pipeline, settings_of, write

LONG = """\
# Carnet du phare

Le gardien relève la marée. Une passerelle mène au rocher. Une citerne de granit recueille la pluie d'hiver.
"""
OTHER = """\
# Carnet du port

La cale accueille les canots. Le ponton flotte avec la marée. La capitainerie tient un registre des escales.
"""


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("notes")
    write(folder / "documents" / "phare.md", LONG)
    write(folder / "documents" / "port.md", OTHER)
    open_pipeline(folder / "home").ingest([folder / "documents"])
    return Assistant(
        open_index(folder / "home"),
        embed=bags,
        embed_sentences=bags,
        settings=settings_of(folder / "home"),
    )


def test_each_signal_is_brought_to_the_same_scale(assistant: Assistant) -> None:
    desk = assistant.desk()
    lexicon = Lexicon(assistant.index.passages)
    retriever = Retriever(assistant.index, lexicon=lexicon, embed=FakeEmbedder().embed_questions)
    asked = desk.understand(Request("Quelle coopérative produit la houle ?"))
    _, signals = retriever.signals(asked, bags([asked.standalone])[0])
    assert set(signals) == set(SHARES)
    for values in signals.values():
        assert values.shape == (len(assistant.index.passages),)
        assert values.min() >= 0.0
        assert values.max() == pytest.approx(1.0)
    assert sum(SHARES.values()) == pytest.approx(1.0)


def test_the_passage_that_says_it_comes_first(notes: Assistant) -> None:
    found = notes.desk().find(Request("Que recueille la citerne de granit ?"), k=2)
    assert found.hits[0].passage.document_id == "phare"
    assert set(found.similarity) == {passage.id for passage in notes.index.passages}


def test_words_that_no_passage_has_change_nothing(assistant: Assistant) -> None:
    lexicon = Lexicon(assistant.index.passages)
    known = lexicon.shared_stems(["cooperative"])
    assert np.array_equal(lexicon.shared_stems(["cooperative", "xylophone"]), known)
    assert not lexicon.shared_forms(["xylophone"]).any()


@pytest.mark.parametrize("texts", [[], ["…"]])
def test_a_lexicon_without_words_finds_nothing(texts: Sequence[str], tmp_path: Path) -> None:
    assert not Lexicon([]).scores(texts).any()
