from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.documents import Passage
from corpus.errors import CatalogueWrong, IndexStale, StoreCorrupt
from corpus.ledger import Ledger, catalogue_of, check_model
from corpus.records import DocumentRow

THEME: dict[str, object] = {"id": "ports", "kind": "theme", "name": "Ports partagés", "aliases": ["été"]}
ROWS = (
    DocumentRow("a", "Le port", "a.txt", "aa", 2),
    DocumentRow("ports", "Ports partagés", "themes/ports.md", "bb", 3, THEME),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite3"


@pytest.fixture
def ledger(file: Path) -> Ledger:
    return Ledger(file)


def test_a_new_ledger_knows_no_version(ledger: Ledger) -> None:
    assert (ledger.current(), ledger.numbers()) == (None, [])


def test_a_version_is_read_back_as_it_was_recorded(ledger: Ledger, file: Path) -> None:
    ledger.record(number=1, embedding_model="fake", documents=ROWS[::-1])
    version = Ledger(file).version(1)
    assert (version.number, version.embedding_model, version.passages) == (1, "fake", 5)
    assert version.documents == ROWS


def test_the_live_version_and_all_versions_are_read_at_once(ledger: Ledger) -> None:
    assert (ledger.live(), ledger.versions()) == (None, [])
    ledger.record(number=1, embedding_model="fake", documents=ROWS[::-1])
    ledger.record(number=2, embedding_model="fake", documents=[])
    assert ledger.live() is None
    assert [(one.number, one.documents) for one in ledger.versions()] == [(1, ROWS), (2, ())]
    for number in (1, 2):
        ledger.publish(number)
        assert ledger.live() == ledger.version(number) == ledger.versions()[number - 1]


def test_what_is_struck_out_meanwhile_is_never_taken_for_damage(ledger: Ledger, file: Path) -> None:
    ledger.record(number=1, embedding_model="fake", documents=ROWS)
    ledger.publish(1)
    done = threading.Event()

    def publish() -> None:
        writing = Ledger(file)
        for number in range(2, 80):
            writing.record(number=number, embedding_model="fake", documents=ROWS)
            writing.publish(number)
            writing.erase(number - 1)
        done.set()

    thread = threading.Thread(target=publish)
    thread.start()
    while not done.is_set() and thread.is_alive():
        live = ledger.live()
        assert live
        assert live.documents == ROWS
        assert all(one.documents == ROWS for one in ledger.versions())
    thread.join()
    assert [one.number for one in ledger.versions()] == [79]


def test_a_version_says_in_utc_when_it_was_made(ledger: Ledger) -> None:
    before = datetime.now(UTC)
    ledger.record(number=1, embedding_model="fake", documents=[])
    made = ledger.version(1).created_at
    assert made.utcoffset() == timedelta(0)
    assert before <= made <= datetime.now(UTC)


def test_a_recorded_version_is_current_only_once_published(ledger: Ledger, file: Path) -> None:
    for number in (1, 2):
        ledger.record(number=number, embedding_model="fake", documents=ROWS)
    assert ledger.current() is None
    for number in (2, 1):
        ledger.publish(number)
        assert (ledger.current(), Ledger(file).current()) == (number, number)
    assert ledger.numbers() == [1, 2]


def test_an_erased_version_is_gone_with_its_documents_and_no_other(ledger: Ledger) -> None:
    for number in (1, 2):
        ledger.record(number=number, embedding_model="fake", documents=ROWS)
    ledger.erase(1)
    ledger.erase(7)
    assert ledger.numbers() == [2]
    assert ledger.version(2).documents == ROWS
    ledger.record(number=1, embedding_model="fake", documents=[])
    assert ledger.version(1).documents == ()


def test_a_version_is_recorded_whole_or_not_at_all(ledger: Ledger) -> None:
    with pytest.raises(StoreCorrupt, match="UNIQUE constraint failed"):
        ledger.record(number=1, embedding_model="fake", documents=[ROWS[0], ROWS[0]])
    assert ledger.numbers() == []


def test_a_version_is_never_written_twice(ledger: Ledger) -> None:
    ledger.record(number=1, embedding_model="fake", documents=ROWS)
    with pytest.raises(StoreCorrupt):
        ledger.record(number=1, embedding_model="other", documents=[])
    assert ledger.version(1).documents == ROWS


def test_a_version_that_is_not_there_is_damage(ledger: Ledger, file: Path) -> None:
    with pytest.raises(StoreCorrupt, match=rf"the store in {file} is damaged \(a row is missing"):
        ledger.version(3)


def test_a_file_that_is_no_database_is_named(file: Path) -> None:
    file.write_bytes(b"garbage!" * 512)
    with pytest.raises(StoreCorrupt, match=rf"the store in {file} is damaged \(file is not a database\)"):
        Ledger(file)


def test_a_ledger_without_its_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreCorrupt, match="unable to open database file"):
        Ledger(tmp_path / "absent" / "ledger.sqlite3")


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE documents",
        "UPDATE documents SET fiche = 'no json {'",
        "UPDATE versions SET created_at = 'yesterday'",
        "DELETE FROM versions",
    ],
)
def test_rows_that_are_missing_or_unreadable_are_damage(ledger: Ledger, file: Path, statement: str) -> None:
    ledger.record(number=1, embedding_model="fake", documents=ROWS)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)
    with pytest.raises(StoreCorrupt, match=f"the store in {file} is damaged"):
        ledger.version(1)


def test_a_torn_ledger_is_never_taken_for_an_empty_one(ledger: Ledger, file: Path) -> None:
    ledger.record(number=1, embedding_model="fake", documents=ROWS)
    ledger.close()
    content = bytearray(file.read_bytes())
    place = content.index(b"themes/ports.md") // 4096 * 4096
    content[place : place + 4096] = b"\xff" * 4096
    file.write_bytes(content)
    with pytest.raises(StoreCorrupt, match=f"the store in {file} is damaged"):
        Ledger(file).current()


def test_a_reader_does_not_wait_for_a_writer(ledger: Ledger, file: Path) -> None:
    ledger.record(number=1, embedding_model="fake", documents=ROWS)
    ledger.publish(1)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("UPDATE current SET version = 9")
        assert Ledger(file).current() == 1
        connection.execute("ROLLBACK")


def test_the_fiches_among_the_documents_make_the_catalogue() -> None:
    catalogue = catalogue_of(ROWS)
    assert [one.name for one in catalogue.themes] == ["Ports partagés"]
    assert catalogue.documents == {"ports": "ports"}


def test_a_fiche_that_was_altered_in_the_ledger_is_named() -> None:
    with pytest.raises(CatalogueWrong, match=r"^themes/ports\.md: name: Field required"):
        catalogue_of([replace(ROWS[1], fiche={"id": "ports", "kind": "theme"})])


def test_a_version_of_another_model_is_stale(ledger: Ledger) -> None:
    ledger.record(number=1, embedding_model="fake", documents=[])
    check_model(ledger.version(1), wanted="fake")
    with pytest.raises(IndexStale, match=r"'fake' but the settings ask for 'real'; rebuild it with"):
        check_model(ledger.version(1), wanted="real")


def test_passages_are_listed_by_document_in_reading_order_with_their_tags(ledger: Ledger) -> None:
    passages = [
        Passage("b", "B", "b.md", "", 9, 12, section="Fin", page=2),
        Passage("b", "B", "b.md", "", 0, 7, themes=("mer", "vent"), initiative="houlocoop"),
        Passage("a", "A", "a.md", "", 0, 4),
    ]
    ledger.record(
        number=1,
        embedding_model="fake",
        documents=ROWS,
        passages=passages,
        sureness={("b", "vent"): 0.6, ("a", "mer"): 0.5},
    )
    opening, end = ledger.passages(1, "b")
    assert (opening.id, opening.start, opening.end, opening.page) == ("b#0", 0, 7, None)
    assert [(one.kind, one.target, one.confidence) for one in opening.tags] == [
        ("initiative", "houlocoop", 1.0),
        ("theme", "mer", 1.0),
        ("theme", "vent", 0.6),
    ]
    assert (end.section, end.page, end.tags) == ("Fin", 2, ())
    assert len(ledger.passages(1, "a")) == 1
    ledger.erase(1)
    assert ledger.passages(1, "b") == []
