from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from chromadb import Collection
from chromadb.errors import InternalError

from corpus import store as store_module
from corpus.documents import Passage
from corpus.errors import HomeUnusable, StoreCorrupt
from corpus.store import Store
from tests.fakes import bags

TEXTS = [
    "la houle porte les bouées",
    "un quai pour la pêche",
    "des filets filés à nouveau",
    "le phare du raz",
]
PASSAGES = [
    Passage(
        "b", "B", "b.md", TEXTS[0], 10, 35, section="Mer", page=2, themes=("x", "y"), initiative="houlocoop"
    ),
    Passage("b", "B", "b.md", TEXTS[1], 2, 9),
    Passage("a", "À l'eau", "a/é.txt", TEXTS[2], 0, 27),
    Passage("c", "C", "c.txt", TEXTS[3], 0, 15),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store whose version 1 holds the passages above."""
    opened = Store(tmp_path / "chroma")
    opened.create(1)
    opened.add(1, PASSAGES, bags(TEXTS))
    yield opened
    opened.close()


def test_passages_come_back_as_they_were_in_reading_order(store: Store) -> None:
    assert store.passages(1) == [PASSAGES[2], PASSAGES[1], PASSAGES[0], PASSAGES[3]]


def test_vectors_come_back_by_passage_id(store: Store) -> None:
    vectors = store.vectors(1)
    assert set(vectors) == {"b#10", "b#2", "a#0", "c#0"}
    for passage, vector in zip(PASSAGES, bags(TEXTS), strict=True):
        assert vectors[passage.id] == pytest.approx(vector, abs=1e-6)
        assert vectors[passage.id].dtype == np.float32


@pytest.mark.parametrize("place", range(len(TEXTS)))
def test_a_search_gives_passages_by_cosine_best_first(store: Store, place: int) -> None:
    vector = bags(TEXTS)[place]
    hits = store.nearest(1, vector, k=4)
    assert hits[0].passage == PASSAGES[place]
    scores = {hit.passage.id: hit.score for hit in hits}
    assert list(scores.values()) == sorted(scores.values(), reverse=True)
    cosines = {one.id: float(cosine) for one, cosine in zip(PASSAGES, bags(TEXTS) @ vector, strict=True)}
    assert scores == pytest.approx(cosines, abs=1e-5)


@pytest.mark.parametrize(("k", "found"), [(1, 1), (3, 3), (4, 4), (100, 4), (0, 0), (-1, 0)])
def test_a_search_gives_at_most_k(store: Store, k: int, found: int) -> None:
    assert len(store.nearest(1, bags(["houle"])[0], k=k)) == found


@pytest.mark.parametrize(
    ("documents", "found"),
    [(["b"], {"b"}), (["a", "c"], {"a", "c"}), (["absent"], set()), ([], set()), (None, {"a", "b", "c"})],
)
def test_a_search_may_be_kept_to_some_documents(
    store: Store, documents: list[str] | None, found: set[str]
) -> None:
    hits = store.nearest(1, bags(TEXTS)[0], k=4, documents=documents)
    assert {hit.passage.document_id for hit in hits} == found


def test_versions_stand_beside_each_other(store: Store) -> None:
    store.create(12)
    store.add(12, PASSAGES[3:], bags(TEXTS[3:]))
    assert store.numbers() == [1, 12]
    assert (len(store.passages(1)), len(store.passages(12))) == (4, 1)
    store.drop(1)
    store.drop(1)
    assert store.numbers() == [12]


def test_a_dropped_version_leaves_no_vectors_on_the_disk(store: Store) -> None:
    def folders() -> int:
        return sum(one.is_dir() for one in store.folder.iterdir())

    for number in (2, 3):
        store.create(number)
        store.add(number, PASSAGES, bags(TEXTS))
        store.nearest(number, bags(TEXTS)[0], k=1)
    (store.folder / "notes").mkdir()  # not one of Chroma's
    before = folders()
    store.drop(2)
    assert folders() == before - 1
    assert (store.folder / "notes").is_dir()
    assert len(store.nearest(3, bags(TEXTS)[0], k=4)) == len(store.nearest(1, bags(TEXTS)[0], k=4)) == 4


def test_an_empty_version_can_be_read_and_searched(store: Store) -> None:
    store.create(2)
    store.add(2, [], np.empty((0, 64), dtype=np.float32))
    assert (store.passages(2), store.vectors(2)) == ([], {})
    assert store.nearest(2, bags(["houle"])[0], k=3) == []
    store.check(2, passages=0)


def test_more_passages_than_chroma_takes_at_once_are_all_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "BATCH", 3)
    passages = [Passage("d", "D", "d.txt", f"texte {place}", place, place + 1) for place in range(8)]
    store.create(2)
    store.add(2, passages, bags([one.text for one in passages]))
    assert store.passages(2) == passages
    assert len(store.vectors(2)) == 8


def test_another_store_of_the_folder_sees_what_was_written(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "chroma")
    assert other.passages(1) == store.passages(1)
    other.close()
    assert store.numbers() == [1]


def test_a_store_opened_anew_holds_what_the_closed_one_was_given(tmp_path: Path) -> None:
    for number in (1, 2):
        store = Store(tmp_path / "chroma")
        store.create(number)
        store.add(number, PASSAGES, bags(TEXTS))
        assert store.numbers() == list(range(1, number + 1))
        assert store.nearest(1, bags(TEXTS)[0], k=1)[0].passage == PASSAGES[0]
        store.close()


def test_threads_may_search_one_store(store: Store) -> None:
    found: dict[int, str] = {}

    def search(place: int) -> None:
        found[place] = store.nearest(1, bags(TEXTS)[place], k=1)[0].passage.text

    threads = [threading.Thread(target=search, args=(place,)) for place in range(len(TEXTS))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == dict(enumerate(TEXTS))


def test_a_version_that_is_not_there_is_damage(store: Store) -> None:
    for read in (store.passages, store.vectors, lambda number: store.nearest(number, bags(["a"])[0], k=1)):
        with pytest.raises(StoreCorrupt, match=r"the store in .*chroma is damaged \(.*passages-v000007"):
            read(7)


def test_a_version_is_never_made_twice(store: Store) -> None:
    with pytest.raises(StoreCorrupt, match="already exists"):
        store.create(1)
    assert len(store.passages(1)) == 4


def test_a_version_that_holds_another_number_of_passages_fails_the_check(store: Store) -> None:
    store.check(1, passages=4)
    with pytest.raises(StoreCorrupt, match="4 passages instead of 5"):
        store.check(1, passages=5)


@pytest.mark.parametrize("content", [b"garbage!" * 512, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_file_is_named_every_time_and_forgotten_once_it_is_gone(
    tmp_path: Path, content: bytes
) -> None:
    folder = tmp_path / "chroma"
    folder.mkdir()
    (folder / "chroma.sqlite3").write_bytes(content)
    for _ in range(2):
        with pytest.raises(StoreCorrupt, match=rf"the store in {folder} is damaged \(.+\); .*doctor"):
            Store(folder)
    folder.rename(tmp_path / "aside")
    assert Store(folder).numbers() == []


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "chroma").touch()
    with pytest.raises(StoreCorrupt, match=rf"the store in {tmp_path}/chroma is damaged"):
        Store(tmp_path / "chroma")


def test_a_version_of_an_earlier_edition_goes_with_the_vectors_of_its_sentences(store: Store) -> None:
    store._client.create_collection("sentences-v000001", embedding_function=None)
    store.drop(1)
    assert store._client.list_collections() == []


def test_a_full_disk_is_no_damage(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise InternalError("error returned from database: (code: 13) database or disk is full")

    monkeypatch.setattr(Collection, "add", full)
    store.create(2)
    with pytest.raises(HomeUnusable, match="No space left"):
        store.add(2, PASSAGES, bags(TEXTS))
