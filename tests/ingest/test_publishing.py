from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import (
    HomeBusy,
    IndexMissing,
    IndexStale,
    NoEarlierVersion,
    StoreCorrupt,
    VersionLive,
    VersionUnknown,
)
from corpus.home import Home
from corpus.store import Store
from ingest.publishing import Publisher
from tests.fakes import open_index, open_pipeline, write

MODEL = "fake-64"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home of three versions, each with one note more; version 3 is staged, version 2 is live."""
    folder = tmp_path / "home"
    pipeline = open_pipeline(folder)
    for number in (1, 2, 3):
        note = write(tmp_path / f"note{number}.md", f"# Note {number}\n\nLa cale mesure {number}0 mètres.\n")
        pipeline.ingest([note], publish=number < 3)
    return folder


def publisher(home: Path, *, model: str = MODEL, kept: int | None = None) -> Publisher:
    return Publisher(Home(home), embedding_model=model, kept=kept)


def live(home: Path) -> int:
    return open_index(home).get().number


def test_versions_are_listed_with_the_live_one(home: Path) -> None:
    versions, number = publisher(home).versions()
    assert [one.number for one in versions] == [1, 2, 3]
    assert [len(one.documents) for one in versions] == [1, 2, 3]
    assert number == 2


def test_a_staged_version_goes_live_and_a_reader_follows(home: Path) -> None:
    reader = open_index(home)
    assert reader.get().number == 2
    assert publisher(home).publish(3).number == 3
    assert reader.get().number == 3
    assert [one.file for one in reader.get().documents] == ["note1.md", "note2.md", "note3.md"]


def test_rollback_goes_back_by_one_or_to_the_one_named(home: Path) -> None:
    publisher(home).publish(3)
    assert publisher(home).rollback().number == 2
    assert live(home) == 2
    publisher(home).publish(3)
    assert publisher(home).rollback(1).number == 1
    assert live(home) == 1


@pytest.mark.parametrize("number", [None, 2, 3])
def test_there_is_no_way_back_to_what_is_not_earlier(home: Path, number: int | None) -> None:
    publisher(home).rollback()
    with pytest.raises(NoEarlierVersion):
        publisher(home).rollback(number)
    assert live(home) == 1


@pytest.mark.parametrize("number", [4, 99])
def test_an_unknown_version_is_named_with_those_there_are(home: Path, number: int) -> None:
    for move in (publisher(home).publish, publisher(home).rollback):
        with pytest.raises(VersionUnknown, match=rf"no version {number}; those kept: 1, 2, 3"):
            move(number)
    assert live(home) == 2


def test_an_empty_home_has_no_versions(tmp_path: Path) -> None:
    empty = publisher(tmp_path / "empty")
    with pytest.raises(IndexMissing):
        empty.versions()
    with pytest.raises(IndexMissing):
        empty.publish(1)


def test_a_version_of_another_model_stays_off(home: Path) -> None:
    with pytest.raises(IndexStale):
        publisher(home, model="another").publish(3)
    assert live(home) == 2


def test_a_version_whose_vectors_are_gone_stays_off(home: Path) -> None:
    store = Store(Home(home).store)
    store.drop(3)
    store.close()
    with pytest.raises(StoreCorrupt):
        publisher(home).publish(3)
    assert live(home) == 2


def test_nothing_is_published_while_another_process_changes_the_index(home: Path) -> None:
    with Home(home).owned_for("ingest"), pytest.raises(HomeBusy):
        publisher(home).publish(3)
    assert live(home) == 2


def test_a_version_that_is_published_pushes_out_the_oldest(home: Path) -> None:
    publisher(home, kept=2).publish(3)
    versions, number = publisher(home).versions()
    assert [one.number for one in versions] == [2, 3]
    assert number == 3


def test_an_earlier_version_that_is_published_again_pushes_out_none_after_it(home: Path) -> None:
    publisher(home, kept=1).publish(1)
    versions, number = publisher(home).versions()
    assert [one.number for one in versions] == [1, 2, 3]
    assert number == 1


def test_a_discarded_version_is_gone_and_the_next_ingest_clears_the_store(home: Path, tmp_path: Path) -> None:
    publisher(home).discard(3)
    assert [one.number for one in publisher(home).versions()[0]] == [1, 2]
    note = write(tmp_path / "note4.md", "# Note 4\n\nLa cale mesure 40 mètres.\n")
    report = open_pipeline(home).ingest([note])
    assert report.version == 3
    assert [one.file for one in open_index(home).get().documents] == ["note1.md", "note2.md", "note4.md"]


def test_the_live_version_and_one_that_is_not_there_cannot_be_discarded(home: Path) -> None:
    with pytest.raises(VersionLive):
        publisher(home).discard(2)
    with pytest.raises(VersionUnknown):
        publisher(home).discard(7)
    assert live(home) == 2
