"""The ledger in a PostgreSQL database: all that is done with the file in the home is done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from corpus.errors import LedgerUnreachable, VersionUnknown
from corpus.ledger import Ledger
from corpus.records import DocumentRow, Text
from tests.fakes import FICHES, write, write_fiches
from tests.postgres import Server, served
from tests.ui.fakes import open_with
from ui.opening import Opening

NOTE = "Houlocop a posé des bouées. La coopérative La Grande Sardine coud, et La Grande Sardine embauche.\n"
NUMBERS = count()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One server for all these tests."""
    with served() as running:
        yield running


@pytest.fixture
def address(server: Server) -> str:
    """An empty database of the test's own."""
    return server.create(f"ledger-{next(NUMBERS)}")


@pytest.fixture
def opening(tmp_path: Path, address: str) -> Opening:
    """The application with its ledger in that database."""
    return open_with(tmp_path / "home")(ledger=address)


@pytest.fixture
def filled(tmp_path: Path, opening: Opening) -> Opening:
    """The same with two versions: the fiches, and a note beside them."""
    opening.pipeline().ingest([write_fiches(tmp_path / "material")])
    opening.pipeline().ingest([write(tmp_path / "note.txt", NOTE)])
    return opening


@pytest.fixture
def ledger(address: str) -> Iterator[Ledger]:
    """A ledger that knows nothing yet."""
    opened = Ledger(address)
    yield opened
    opened.close()


def documents(opening: Opening) -> set[str]:
    return {row.id for row in opening.version().documents}


def test_an_ingest_is_written_into_the_database_and_answered_from(filled: Opening, address: str) -> None:
    assert documents(filled) == {*(Path(name).stem for name in FICHES), "note"}
    assert "350" in filled.assistant().ask("Combien de sociétaires a Houlocoop ?").text
    assert Ledger(address).numbers() == [1, 2]
    assert not (filled.settings.home / "ledger.sqlite3").exists()


def test_a_version_and_its_texts_are_read_back_as_they_were_recorded(ledger: Ledger, address: str) -> None:
    fiche: dict[str, object] = {"id": "ports", "kind": "theme", "name": "Ports", "aliases": ["été", "☂"]}
    rows = (
        DocumentRow("a", "Le port", "a.txt", "aa", 2),
        DocumentRow("carnet", "Carnet", "carnet.pdf", "cc", 1, [fiche, fiche]),
        DocumentRow("ports", "Ports", "themes/ports.md", "bb", 3, fiche),
    )
    text = Text("a", "aa", "La houle.", "La hou-\nle.", ((0, 0), (6, 8)))
    ledger.record(number=1, embedding_model="fake", documents=rows[::-1], texts=[text])
    version = Ledger(address).version(1)
    assert (version.documents, version.passages) == (rows, 6)
    assert Ledger(address).text(rows[0]) == text
    assert Ledger(address).text(rows[1]) is None


def test_versions_are_published_and_rolled_back(filled: Opening) -> None:
    publisher = filled.publisher()
    assert [one.number for one in publisher.versions()[0]] == [1, 2]
    assert (publisher.rollback().number, filled.version().number) == (1, 1)
    assert "note" not in documents(filled)
    assert (publisher.publish(2).number, filled.version().number) == (2, 2)
    with pytest.raises(VersionUnknown, match="those kept: 1, 2"):
        publisher.publish(9)


def test_only_the_last_three_versions_are_kept(filled: Opening, tmp_path: Path, address: str) -> None:
    for number in range(3):
        filled.pipeline().ingest([write(tmp_path / "note.txt", f"{NOTE} Marée {number}.")])
    assert (Ledger(address).numbers(), Ledger(address).current()) == ([3, 4, 5], 5)


def test_a_document_is_forgotten(filled: Opening) -> None:
    assert filled.pipeline().forget("note").removed == ["note"]
    assert (filled.version().number, "note" in documents(filled)) == (3, False)


def test_refusals_are_kept_with_their_reasons(filled: Opening, tmp_path: Path, address: str) -> None:
    filled.pipeline().ingest([write(tmp_path / "vide.txt", ""), write(tmp_path / "criée.xyz", "?")])
    assert {one.file: one.error for one in Ledger(address).refusals()} == {
        "vide.txt": "FileEmpty",
        "criée.xyz": "FormatUnknown",
    }


def test_doubts_wait_and_are_decided(filled: Opening) -> None:
    waiting = {one.target: one for one in filled.doubts()}
    assert (waiting["houlocoop"].why, waiting["La Grande Sardine"].kind) == ("houlocop", "new initiative")
    filled.pipeline().decide({waiting["houlocoop"].id: True})
    filled.pipeline().decide({waiting["La Grande Sardine"].id: False})
    assert {"houlocoop", "La Grande Sardine"}.isdisjoint(one.target for one in filled.doubts())
    assert {one.initiative for one in filled.assistant().index.by_document["note"]} == {"houlocoop"}


def test_files_gone_from_their_folder_are_known_by_where_they_lay(filled: Opening, tmp_path: Path) -> None:
    (tmp_path / "material" / "initiatives" / "varech-lab.md").unlink()
    assert filled.pipeline().ingest([tmp_path / "material"]).removed == ["varech-lab"]


@pytest.mark.parametrize("work", [Ledger.numbers, Ledger.current, lambda one: one.publish(1), Ledger.doubts])
def test_a_server_that_was_ended_is_named_and_one_that_is_back_is_used(
    server: Server, ledger: Ledger, work: Callable[[Ledger], object]
) -> None:
    ledger.record(number=1, embedding_model="fake", documents=[])
    server.stop()
    try:
        with pytest.raises(LedgerUnreachable, match=r"does not answer \(.*check the address in PASSERELLE"):
            work(ledger)
    finally:
        server.start()
    work(ledger)
    assert ledger.numbers() == [1]


def test_a_server_that_was_restarted_meanwhile_goes_unnoticed(server: Server, ledger: Ledger) -> None:
    ledger.publish(1)
    server.stop()
    server.start()
    assert ledger.current() == 1


def test_a_database_that_is_not_there_is_named_without_its_password(server: Server) -> None:
    address = server.address("absent").replace("passerelle@", "passerelle:houle1987@")
    with pytest.raises(LedgerUnreachable, match='database "absent" does not exist') as raised:
        Ledger(address)
    assert "houle1987" not in str(raised.value)


def test_times_are_in_utc_whatever_the_session_s_zone(server: Server, address: str, ledger: Ledger) -> None:
    database = make_url(address).database
    with psycopg.connect(server.address(), autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE \"{database}\" SET timezone TO 'Asia/Tokyo'".encode())
    before = datetime.now(UTC)
    elsewhere = Ledger(address)
    elsewhere.record(number=1, embedding_model="fake", documents=[])
    assert before <= elsewhere.version(1).created_at <= datetime.now(UTC)


def test_several_may_open_a_new_database_at_once(address: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lambda _: Ledger(address).current(), range(6))) == [None] * 6
