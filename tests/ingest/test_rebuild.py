from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import FileMissing, FileUnreadable, IndexMissing, StoreCorrupt
from corpus.home import Home
from corpus.ledger import Ledger
from ingest import desk as desk_module
from ingest.pipeline import Pipeline
from tests.fakes import FICHES, FakeEmbedder, open_index, open_pipeline, write, write_fiches


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def pipeline(tmp_path: Path, home: Path) -> Pipeline:
    """A pipeline whose first version holds the fiches."""
    ready = open_pipeline(home)
    ready.ingest([write_fiches(tmp_path / "material")])
    return ready


@pytest.fixture
def sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the trial of the store in a process of its own: here it is sound."""
    monkeypatch.setattr(desk_module, "check", lambda *_, **__: None)


def original(home: Path, document_id: str) -> Path:
    [row] = [row for row in open_index(home).get().documents if row.id == document_id]
    return Home(home).original(row.sha256, row.file)


def damage(home: Path) -> None:
    file = Home(home).store / "chroma.sqlite3"
    file.write_bytes(b"garbage!" * (file.stat().st_size // 8))


@pytest.mark.usefixtures("sound")
def test_a_rebuild_embeds_everything_again_from_the_originals(
    tmp_path: Path, home: Path, pipeline: Pipeline
) -> None:
    before = open_index(home).get()
    for file in (tmp_path / "material").rglob("*.md"):
        file.unlink()
    embedder = FakeEmbedder()
    report = open_pipeline(home, embedder=embedder).rebuild()
    assert (report.version, report.published, report.refused) == (2, True, [])
    after = open_index(home).get()
    assert after.passages == before.passages
    assert after.documents == before.documents
    assert len(embedder.passages) == len(after.passages)
    assert pipeline.ingest([write_fiches(tmp_path / "material")]).version == 2


@pytest.mark.usefixtures("sound")
def test_a_rebuild_follows_the_settings_of_today(home: Path, pipeline: Pipeline) -> None:
    assert max(len(one.text) for one in open_index(home).get().passages) > 100
    report = open_pipeline(home, embedder=FakeEmbedder("fake-other"), passage_size=100).rebuild()
    assert report.published
    index = open_index(home, embedding_model="fake-other").get()
    assert index.embedding_model == "fake-other"
    assert max(len(one.text) for one in index.passages) <= 100


def test_without_a_version_there_is_nothing_to_rebuild(home: Path) -> None:
    with pytest.raises(IndexMissing, match=r"there is no index in .*home yet; make one with"):
        open_pipeline(home).rebuild()


@pytest.mark.usefixtures("sound")
def test_a_lost_original_is_named_and_the_version_without_it_is_not_published(
    home: Path, pipeline: Pipeline
) -> None:
    original(home, "phare-des-possibles").unlink()
    report = pipeline.rebuild()
    [refusal] = report.refused
    assert refusal.file == "initiatives/phare-des-possibles.md"
    assert isinstance(refusal.reason, FileMissing | FileUnreadable)
    assert (report.version, report.published, report.removed) == (2, False, ["phare-des-possibles"])
    assert len(open_index(home).get().documents) == len(FICHES)


@pytest.mark.usefixtures("sound")
def test_a_lost_original_is_brought_back_by_the_same_file(
    tmp_path: Path, home: Path, pipeline: Pipeline
) -> None:
    original(home, "houlocoop").unlink()
    assert pipeline.ingest([tmp_path / "material"]).version == 1
    report = pipeline.rebuild()
    assert (report.published, report.refused) == (True, [])


@pytest.mark.usefixtures("sound")
def test_an_altered_original_is_refused(home: Path, pipeline: Pipeline) -> None:
    file = original(home, "phare-des-possibles")
    write(file, file.read_text(encoding="utf-8").replace("raz de Sein", "fjord"))
    report = pipeline.rebuild()
    assert not report.published
    [refusal] = report.refused
    assert "the original kept in the home was altered: ingest the file again" in str(refusal.reason)
    assert "fjord" not in "".join(one.text for one in open_index(home).get().passages)


@pytest.mark.usefixtures("sound")
def test_a_rebuild_keeps_the_ids_that_names_in_common_were_given(
    tmp_path: Path, home: Path, pipeline: Pipeline
) -> None:
    for name in ("le port.txt", "le-port.txt"):
        pipeline.ingest([write(tmp_path / name, f"Ceci est {name}.")])
    before = {row.id: row.file for row in open_index(home).get().documents}
    assert before["le-port-2"] == "le-port.txt"
    assert pipeline.rebuild().published
    assert {row.id: row.file for row in open_index(home).get().documents} == before


def test_a_damaged_store_is_named_and_left_alone_by_an_ingest(
    tmp_path: Path, home: Path, pipeline: Pipeline
) -> None:
    damage(home)
    with pytest.raises(StoreCorrupt, match=r"the store in .*chroma is damaged .*doctor"):
        pipeline.ingest([write(tmp_path / "note.txt", "Une note.")])
    assert Ledger(Home(home).ledger).numbers() == [1]
    assert not (home / "chroma.damaged").exists()


def test_a_rebuild_sets_a_damaged_store_aside_and_makes_it_anew(home: Path, pipeline: Pipeline) -> None:
    damage(home)
    report = pipeline.rebuild()
    assert (report.version, report.published) == (2, True)
    assert len(open_index(home).get().documents) == len(FICHES)
    assert (home / "chroma.damaged" / "chroma.sqlite3").read_bytes().startswith(b"garbage!")
    assert Ledger(Home(home).ledger).numbers() == [2]


def test_a_damaged_store_that_holds_nothing_is_set_aside_by_the_first_ingest(
    tmp_path: Path, home: Path
) -> None:
    write(home / "chroma" / "chroma.sqlite3", "garbage!" * 512)
    report = open_pipeline(home).ingest([write_fiches(tmp_path / "material")])
    assert report.published
    assert (home / "chroma.damaged").is_dir()
    assert len(open_index(home).get().passages) == report.passages


def test_a_ledger_that_is_damaged_is_named(tmp_path: Path, home: Path) -> None:
    write(home / "ledger.sqlite3", "garbage!" * 512)
    with pytest.raises(StoreCorrupt, match=r"ledger\.sqlite3 is damaged \(file is not a database\)"):
        open_pipeline(home).ingest([write_fiches(tmp_path / "material")])
