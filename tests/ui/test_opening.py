"""The parts are opened when they are asked for, the cheap checks first."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.errors import IndexMissing, IndexStale, QuestionEmpty, StoreCorrupt
from corpus.settings import BUNDLED
from tests.fakes import FakeEmbedder, open_pipeline, settings_of, write_fiches
from tests.ui.fakes import open_with
from ui.opening import Opening, be_quiet


def unopened() -> FakeEmbedder:
    raise AssertionError("the model was opened")


def test_nothing_is_opened_before_it_is_asked_for(tmp_path: Path) -> None:
    Opening(settings_of(tmp_path / "home"), embedder=unopened)
    assert not (tmp_path / "home").exists()


def test_without_an_index_no_model_is_opened(tmp_path: Path) -> None:
    opening = Opening(settings_of(tmp_path / "home"), embedder=unopened, embedding_model="fake-64")
    for open_part in (opening.version, opening.usable_version, opening.assistant):
        with pytest.raises(IndexMissing):
            open_part()


def test_an_index_of_another_model_can_be_listed_but_not_asked(tmp_path: Path) -> None:
    open_pipeline(tmp_path / "home").ingest([write_fiches(tmp_path / "material")])
    opening = Opening(settings_of(tmp_path / "home"), embedder=unopened, embedding_model="other")
    assert opening.version().number == 1
    for open_part in (opening.usable_version, opening.assistant):
        with pytest.raises(IndexStale):
            open_part()


def test_the_assistant_is_ready_to_answer_when_it_is_given(tmp_path: Path) -> None:
    open_pipeline(tmp_path / "home").ingest([write_fiches(tmp_path / "material")])
    assistant = open_with(tmp_path / "home")().assistant()
    assert "350" in assistant.ask("Combien de sociétaires a Houlocoop ?").text


def test_a_damaged_ledger_is_named(tmp_path: Path) -> None:
    opening = open_with(tmp_path / "home")()
    Path(opening.home.ledger).write_bytes(b"garbage!" * 512)
    with pytest.raises(StoreCorrupt, match=r"ledger\.sqlite3"):
        opening.version()


def test_the_model_is_named_without_being_opened(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home")
    assert Opening(settings).embedding_model == "fake"
    bundled = Opening(settings.model_copy(update={"embedding_model": BUNDLED}))
    assert "multilingual-e5-small" in bundled.embedding_model


def test_libraries_are_kept_quiet_unless_the_user_wants_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warnings.filterwarnings", lambda _: None)
    monkeypatch.delenv("GRADIO_ANALYTICS_ENABLED", raising=False)
    monkeypatch.setenv("DO_NOT_TRACK", "0")
    be_quiet(settings_of(tmp_path))
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert os.environ["DO_NOT_TRACK"] == "0"


def test_a_gap_is_kept_in_the_home_until_it_is_cleared(tmp_path: Path) -> None:
    opening = Opening(settings_of(tmp_path / "home"), embedder=unopened, embedding_model="fake-64")
    opening.note_gap("Quel est le budget de Houlocoop ?", 1)
    opening.note_gap("What is the budget of Houlocoop?", 1)
    assert {one.language for one in opening.gaps()} == {"fr", "en"}
    assert len(opening.gaps(clear=True)) == 2
    assert opening.gaps() == []


def test_an_empty_gap_is_not_noted(tmp_path: Path) -> None:
    opening = Opening(settings_of(tmp_path / "home"), embedder=unopened, embedding_model="fake-64")
    with pytest.raises(QuestionEmpty):
        opening.note_gap(" ? ", 1)
    assert opening.gaps() == []
