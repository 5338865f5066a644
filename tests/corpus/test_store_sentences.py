"""The vectors of sentences stand beside those of passages, and come and go with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from chromadb import Collection

from corpus import store as store_module
from corpus.documents import Passage, Sentence
from corpus.errors import StoreCorrupt
from corpus.sentences import embedded_sentences
from corpus.store import Store
from tests.fakes import bags

LONG = Passage("b", "B", "b.md", "La houle porte. Un quai attend. Les filets sèchent.", 10, 61)
OTHER = Passage("a", "A", "a.md", "Le phare veille. Le raz gronde. La criée vend. Le vent tombe.", 0, 61)
SHORT = Passage("c", "C", "c.txt", "Un port. Une île.", 0, 17)
PASSAGES = [LONG, OTHER, SHORT]


def fill(store: Store, number: int, *, sentences: int | None = None) -> None:
    """Make a version of the passages, with so many of their sentences, by default all."""
    store.create(number)
    store.add(number, PASSAGES, bags([one.embedded_text for one in PASSAGES]))
    rows = [
        (Sentence(one.document_id, one.id, rank), text)
        for one in PASSAGES
        for rank, text in enumerate(embedded_sentences(one))
    ][:sentences]
    store.add_sentences(number, [one for one, _ in rows], bags([text for _, text in rows]))


def without_sentences(store: Store, number: int) -> None:
    """Take a version's sentences away, as in a home made before there were any."""
    store._client.delete_collection(f"sentences-v{number:06d}")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store whose version 1 holds the passages above and their sentences."""
    opened = Store(tmp_path / "chroma")
    fill(opened, 1)
    yield opened
    opened.close()


@pytest.mark.parametrize("passage", [LONG, OTHER], ids=["b", "a"])
def test_a_sentence_is_found_by_its_own_words(store: Store, passage: Passage) -> None:
    for rank, text in enumerate(embedded_sentences(passage)):
        [best] = store.nearest_sentences(1, bags([text])[0], k=1)
        assert (best.passage_id, best.rank) == (passage.id, rank)
        assert best.cosine == pytest.approx(1.0, abs=1e-5)


def test_sentences_come_best_first(store: Store) -> None:
    texts = [*embedded_sentences(LONG), *embedded_sentences(OTHER)]
    query = bags(["le raz gronde"])[0]
    cosines = [hit.cosine for hit in store.nearest_sentences(1, query, k=7)]
    assert cosines == pytest.approx(sorted(bags(texts) @ query, reverse=True), abs=1e-5)


@pytest.mark.parametrize(("k", "found"), [(-1, 0), (0, 0), (2, 2), (100, 7)])
def test_at_most_k_sentences_are_found(store: Store, k: int, found: int) -> None:
    assert len(store.nearest_sentences(1, bags(["quai"])[0], k=k)) == found


@pytest.mark.parametrize(
    ("documents", "found"),
    [(["b"], {"b#10"}), (["a", "c"], {"a#0"}), (["c"], set()), ([], set()), (None, {"a#0", "b#10"})],
)
def test_sentences_may_be_kept_to_some_documents(
    store: Store, documents: list[str] | None, found: set[str]
) -> None:
    hits = store.nearest_sentences(1, bags(["quai"])[0], k=9, documents=documents)
    assert {hit.passage_id for hit in hits} == found


def test_sentences_come_back_with_their_vectors_page_by_page(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "_PAGE", 3)
    pages = list(store.sentence_pages(1))
    assert [len(page) for page in pages] == [3, 3, 1]
    vectors = {one.id: vector for page in pages for one, vector in page}
    assert store.count_sentences(1) == len(vectors) == 7
    for passage in (LONG, OTHER):
        for rank, text in enumerate(embedded_sentences(passage)):
            np.testing.assert_allclose(vectors[f"{passage.id}/{rank}"], bags([text])[0], atol=1e-6)


def test_more_sentences_than_chroma_takes_at_once_are_all_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "BATCH", 3)
    fill(store, 2)
    assert store.count_sentences(2) == 7


def test_a_version_is_numbered_once_whatever_its_collections(store: Store) -> None:
    fill(store, 12)
    assert store.numbers() == [1, 12]


def test_a_version_without_sentences_has_none_to_find(store: Store) -> None:
    store.create(2)
    assert store.nearest_sentences(2, bags(["quai"])[0], k=3) == []
    assert (store.count_sentences(2), list(store.sentence_pages(2))) == (0, [])


def test_a_version_made_before_there_were_sentences_is_sound_and_has_none(store: Store) -> None:
    without_sentences(store, 1)
    assert store.nearest_sentences(1, bags(["quai"])[0], k=3) == []
    assert (store.count_sentences(1), list(store.sentence_pages(1))) == (None, [])
    store.check(1, passages=3)


def test_sentences_that_were_cut_another_way_count_as_none(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "CUT", "another")
    assert store.nearest_sentences(1, bags(["quai"])[0], k=3) == []
    assert store.count_sentences(1) is None
    store.check(1, passages=3)


def test_a_dropped_version_takes_its_sentences_along_and_leaves_no_vectors(store: Store) -> None:
    def folders() -> set[str]:
        return {one.name for one in store.folder.iterdir() if one.is_dir()}

    before = folders()
    fill(store, 2)
    store.nearest_sentences(2, bags(["quai"])[0], k=1)
    assert len(folders() - before) == 2
    store.drop(2)
    assert folders() == before
    assert store.nearest_sentences(2, bags(["quai"])[0], k=1) == []
    fill(store, 2)
    assert store.count_sentences(2) == 7


@pytest.mark.parametrize("step", ["create_collection", "delete_collection"])
def test_a_version_that_is_half_made_or_half_gone_can_be_dropped(
    store: Store, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    done: list[str] = []
    whole = getattr(store._client, step)

    def once(name: str, **named: object) -> None:
        if done:
            raise KeyboardInterrupt
        done.append(name)
        whole(name, **named)

    if step == "delete_collection":
        store.create(2)
    with monkeypatch.context() as patched, suppress(KeyboardInterrupt):
        patched.setattr(store._client, step, once)
        store.create(2) if step == "create_collection" else store.drop(2)
    assert done
    assert store.numbers() == [1, 2]
    store.drop(2)
    assert store.numbers() == [1]
    fill(store, 2)
    store.check(2, passages=3)


def test_a_wrong_number_of_sentences_fails_the_check(store: Store) -> None:
    store.check(1, passages=3)
    fill(store, 2, sentences=5)
    with pytest.raises(StoreCorrupt, match="5 sentences instead of 7"):
        store.check(2, passages=3)


def test_a_search_that_misses_sentences_fails_the_check(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = Collection.query

    def fewer(self: Collection, **named: Any) -> object:
        k = 2 if self.name.startswith("sentences") else named["n_results"]
        return query(self, **{**named, "n_results": k})

    monkeypatch.setattr(Collection, "query", fewer)
    with pytest.raises(StoreCorrupt, match="a search finds 2 sentences instead of 7"):
        store.check(1, passages=3)
