from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.apart import python
from corpus.errors import IndexMissing, IndexStale, StoreCorrupt
from corpus.home import Home
from corpus.index import CurrentIndex, Index
from corpus.ledger import Ledger
from corpus.store import Store
from tests.fakes import FICHES, FakeEmbedder, ingested, open_index, open_pipeline, write

NOTE = "Houlocoop a posé une bouée de plus.\n"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The fiches, a note that names one initiative, and a second that names none."""
    folder = tmp_path_factory.mktemp("marees")
    ingested(folder)
    notes = [write(folder / "a-note.txt", NOTE), write(folder / "z-note.txt", "Le vent se lève.\n")]
    open_pipeline(folder / "home").ingest(notes)
    return open_index(folder / "home").get()


@pytest.fixture
def current(tmp_path: Path) -> CurrentIndex:
    return ingested(tmp_path)


def test_an_index_holds_its_version_whole(index: Index) -> None:
    assert (index.number, index.embedding_model) == (2, "fake-64")
    assert len(index.documents) == len(FICHES) + 2
    assert len(index.catalogue.initiatives) == 5
    assert len(index.passages) == sum(row.passages for row in index.documents)


def test_passages_stand_in_reading_order(index: Index) -> None:
    places = [(one.document_id, one.start) for one in index.passages]
    assert places == sorted(places)


def test_passages_are_found_by_document(index: Index) -> None:
    assert {row.id: row.passages for row in index.documents} == {
        document: len(passages) for document, passages in index.by_document.items()
    }
    assert [one.text for one in index.by_document["a-note"]] == [NOTE.strip()]
    starts = [one.start for one in index.by_document["houlocoop"]]
    assert starts == sorted(starts)


def test_passages_are_found_by_initiative_wherever_they_lie(index: Index) -> None:
    assert {one.document_id for one in index.by_initiative["houlocoop"]} == {"houlocoop", "a-note"}
    assert set(index.by_initiative) == {one.id for one in index.catalogue.initiatives}


def test_what_is_about_fiches_is_each_passage_once(index: Index) -> None:
    about = index.about(["houlocoop", "ports-partages", "houlocoop"])
    assert len(about) == len({one.id for one in about})
    assert {one.document_id for one in about} == {"houlocoop", "a-note", "ports-partages"}


@pytest.mark.parametrize("ids", [[], ["absent"], ["z-note"]])
def test_nothing_is_about_what_is_no_fiche(index: Index, ids: list[str]) -> None:
    assert index.about(ids) == []


def test_the_nearest_passages_are_those_with_words_in_common(index: Index) -> None:
    vector = FakeEmbedder().embed_questions(["Le vent se lève."])[0]
    assert index.nearest(vector, k=1)[0].passage.document_id == "z-note"
    [hit] = index.nearest(vector, k=1, documents=["a-note"])
    assert hit.passage.document_id == "a-note"


def test_before_the_first_ingest_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match=rf"there is no index in {tmp_path}/home yet; make one with"):
        open_index(tmp_path / "home").get()


def test_a_first_ingest_is_followed_without_a_restart(tmp_path: Path) -> None:
    reader = open_index(tmp_path / "home")
    with pytest.raises(IndexMissing):
        reader.get()
    ingested(tmp_path)
    assert reader.get().number == 1


def test_an_unchanged_version_is_opened_once(current: CurrentIndex) -> None:
    assert current.get() is current.get()


def test_a_new_version_is_followed_and_the_old_one_stays_as_it_was(
    tmp_path: Path, current: CurrentIndex
) -> None:
    old = current.get()
    before = old.passages
    open_pipeline(tmp_path / "home").ingest([write(tmp_path / "note.txt", NOTE)])
    new = current.get()
    assert (old.number, new.number) == (1, 2)
    assert (old.passages, len(new.passages)) == (before, len(before) + 1)
    vector = FakeEmbedder().embed_questions([NOTE])[0]
    assert new.nearest(vector, k=1)[0].passage.document_id == "note"
    assert old.nearest(vector, k=1)[0].passage.document_id != "note"


def test_a_step_back_is_followed_too(tmp_path: Path, current: CurrentIndex) -> None:
    open_pipeline(tmp_path / "home").ingest([write(tmp_path / "note.txt", NOTE)])
    assert current.get().number == 2
    Ledger(Home(tmp_path / "home").ledger).publish(1)
    assert current.get().number == 1
    assert "note" not in current.get().by_document


def test_an_index_of_another_model_is_stale(tmp_path: Path, current: CurrentIndex) -> None:
    assert current.get()
    with pytest.raises(IndexStale, match=r"built with the embedding model 'fake-64' but .* 'other'"):
        open_index(tmp_path / "home", embedding_model="other").get()


def test_passages_that_are_missing_are_counted(tmp_path: Path) -> None:
    ingested(tmp_path)
    home = Home(tmp_path / "home")
    store = Store(home.store)
    kept = store.passages(1)[1:]
    vectors = FakeEmbedder().embed_passages([one.embedded_text for one in kept])
    store.drop(1)
    store.create(1)
    store.add(1, kept, vectors)
    with pytest.raises(StoreCorrupt, match=f"{len(kept)} passages instead of {len(kept) + 1}"):
        open_index(home.folder).get()


def test_a_current_version_that_the_ledger_lacks_is_damage(tmp_path: Path, current: CurrentIndex) -> None:
    Ledger(Home(tmp_path / "home").ledger).publish(9)
    with pytest.raises(StoreCorrupt, match="a row is missing"):
        current.get()


def test_a_reader_follows_a_rebuild_that_set_its_damaged_files_aside(
    tmp_path: Path, current: CurrentIndex
) -> None:
    home = tmp_path / "home"
    passages = current.get().passages
    file = Home(home).store / "chroma.sqlite3"
    file.write_bytes(b"garbage!" * (file.stat().st_size // 8))
    Ledger(Home(home).ledger).record(number=2, embedding_model="fake-64", documents=[])
    Ledger(Home(home).ledger).publish(2)
    for _ in range(2):
        with pytest.raises(StoreCorrupt):
            current.get()
    Ledger(Home(home).ledger).publish(1)
    rebuild = (
        "import pathlib, sys; from tests.fakes import open_pipeline\n"
        "open_pipeline(pathlib.Path(sys.argv[1])).rebuild()\n"
    )
    subprocess.run([sys.executable, "-c", rebuild, str(home)], env=python("corpus")["env"], check=True)
    assert current.get().number == 3
    assert current.get().passages == passages
