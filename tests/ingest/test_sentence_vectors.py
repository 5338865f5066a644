"""An ingest embeds the sentences of longer passages once, and each version has their vectors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.documents import SentenceHit
from corpus.embedder import Progress, silent
from corpus.errors import StoreCorrupt
from corpus.home import Home
from corpus.index import Index
from corpus.ledger import Ledger
from corpus.sentences import embedded_sentences, split_sentences
from corpus.store import Store
from ingest import staging
from tests.fakes import FakeEmbedder, bags, open_index, open_pipeline, write, write_fiches

HAVEN = "La houle porte les bouées. Un quai attend les voiles. Les filets sèchent au vent. Le phare veille."
SHOAL = "Le homard mue en juin. La raie dort. Les praires filtrent le sable. Un congre rôde. L'ormeau broute."


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder of two long notes and a short one."""
    folder = tmp_path / "notes"
    write(folder / "haven.txt", HAVEN)
    write(folder / "shoal.txt", SHOAL)
    write(folder / "short.txt", "Un port calme. Une île au loin.")
    return folder


def sentences_of(index: Index) -> list[str]:
    return [text for one in index.passages for text in embedded_sentences(one)]


def found(home: Path, text: str, *, documents: Sequence[str] | None = None) -> SentenceHit:
    vector = bags([text])[0]
    return open_index(home).get().nearest_sentences(vector, k=1, documents=documents)[0]


def make_older(home: Path) -> None:
    """Make a home as one was before there were vectors of sentences."""
    store = Store(Home(home).store)
    store._client.delete_collection("sentences-v000001")
    store.close()


class Watching(FakeEmbedder):
    """Remembers how many texts each call said there would be, and breaks before the call named."""

    def __init__(self, *, breaks_at: int = -1) -> None:
        super().__init__()
        self.of: list[int] = []
        self.batches: list[int] = []
        self._breaks_at = breaks_at

    def embed_passages(self, texts: Sequence[str], *, progress: Progress = silent, of: int = 0) -> np.ndarray:
        if self.calls == self._breaks_at:
            raise KeyboardInterrupt
        self.of.append(of)
        self.batches.append(len(texts))
        return super().embed_passages(texts, progress=progress, of=of)


def test_the_sentences_of_a_long_passage_are_found_by_their_own_words(home: Path, notes: Path) -> None:
    open_pipeline(home).ingest([notes])
    index = open_index(home).get()
    for name, text in (("haven", HAVEN), ("shoal", SHOAL)):
        [passage] = index.by_document[name]
        for rank, sentence in enumerate(split_sentences(text)):
            hit = found(home, f"{passage.heading}\n{sentence}")
            assert (hit.passage_id, hit.rank) == (passage.id, rank)
            assert hit.cosine == pytest.approx(1.0, abs=1e-5)
    assert found(home, HAVEN, documents=["shoal"]).passage_id == "shoal#0"


def test_short_passages_have_no_vectors_of_sentences_and_cost_nothing(tmp_path: Path, home: Path) -> None:
    embedder = FakeEmbedder()
    report = open_pipeline(home, embedder=embedder).ingest([write_fiches(tmp_path / "material")])
    assert len(embedder.passages) == report.passages
    index = open_index(home).get()
    assert index.nearest_sentences(bags(["Houlocoop"])[0], k=5) == []


def test_passages_and_sentences_are_embedded_together_and_counted_together(home: Path, notes: Path) -> None:
    embedder, seen = Watching(), list[tuple[str, int, int]]()
    open_pipeline(home, embedder=embedder).ingest([notes], watcher=lambda *step: seen.append(step))
    index = open_index(home).get()
    wanted = [*(one.embedded_text for one in index.passages), *sentences_of(index)]
    assert len(wanted) == 3 + 4 + 5
    assert sorted(embedder.passages) == sorted(wanted)
    assert (embedder.of, embedder.batches) == ([12], [12])
    assert [step for step in seen if step[0] == "embed"] == [("embed", 12, 12)]


def test_a_batch_holds_so_many_texts_however_long_the_passages(
    home: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "BATCH", 5)
    embedder = Watching()
    open_pipeline(home, embedder=embedder).ingest([notes])
    assert (embedder.batches, embedder.of) == ([5, 5, 2], [12, 12, 12])
    assert Store(Home(home).store).count_sentences(1) == 9


def test_the_sentences_of_a_kept_document_are_not_embedded_again(home: Path, notes: Path) -> None:
    open_pipeline(home).ingest([notes])
    before = {one.id: vector for page in Store(Home(home).store).sentence_pages(1) for one, vector in page}
    write(notes / "shoal.txt", f"{SHOAL} Le bar chasse.")
    embedder = FakeEmbedder()
    assert open_pipeline(home, embedder=embedder).ingest([notes]).changed == ["shoal"]
    assert embedder.calls == 1
    assert len(embedder.passages) == 1 + 6
    assert all(text.startswith("shoal\n") for text in embedder.passages)
    after = {one.id: vector for page in Store(Home(home).store).sentence_pages(2) for one, vector in page}
    assert len(after) == 4 + 6
    for one in (one for one in before if one.startswith("haven")):
        np.testing.assert_array_equal(after[one], before[one])
    assert found(home, "Le bar chasse.").rank == 5


def test_the_sentences_of_a_forgotten_document_go_with_it(home: Path, notes: Path) -> None:
    open_pipeline(home).ingest([notes])
    embedder = FakeEmbedder()
    open_pipeline(home, embedder=embedder).forget("haven")
    assert embedder.calls == 0
    assert found(home, HAVEN).passage_id == "shoal#0"
    assert Store(Home(home).store).count_sentences(2) == 5


def test_an_interrupted_ingest_resumes_without_embedding_sentences_again(
    home: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "BATCH", 5)
    first, second = Watching(breaks_at=2), Watching()
    with pytest.raises(KeyboardInterrupt):
        open_pipeline(home, embedder=first).ingest([notes])
    assert open_pipeline(home, embedder=second).ingest([notes]).published
    assert (first.batches, second.batches) == ([5, 5], [2])
    index = open_index(home).get()
    wanted = [*(one.embedded_text for one in index.passages), *sentences_of(index)]
    assert sorted([*first.passages, *second.passages]) == sorted(wanted)
    assert found(home, f"haven\n{split_sentences(HAVEN)[0]}").rank == 0


def test_an_interruption_while_sentences_are_written_leaves_the_old_version_live(
    home: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    pipeline = open_pipeline(home)
    pipeline.ingest([notes / "haven.txt"])
    with monkeypatch.context() as patched:
        patched.setattr(Store, "add_sentences", interrupted)
        with pytest.raises(KeyboardInterrupt):
            pipeline.ingest([notes])
    assert open_index(home).get().number == 1
    assert found(home, SHOAL).passage_id == "haven#0"
    assert pipeline.ingest([notes]).published
    assert found(home, SHOAL).passage_id == "shoal#0"
    assert Store(Home(home).store).numbers() == [1, 2]


def test_an_older_home_gets_the_sentences_of_its_kept_documents_at_the_next_ingest(
    home: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "BATCH", 4)
    open_pipeline(home).ingest([notes])
    make_older(home)
    index = open_index(home).get()
    assert index.nearest_sentences(bags([HAVEN])[0], k=3) == []
    embedder = Watching()
    open_pipeline(home, embedder=embedder).ingest([write(notes / "note.txt", "Une note.")])
    assert sorted(embedder.passages) == sorted([*sentences_of(index), "note\nUne note."])
    assert (embedder.batches, set(embedder.of)) == ([4, 4, 2], {10})
    assert found(home, f"haven\n{split_sentences(HAVEN)[2]}").rank == 2
    assert Store(Home(home).store).count_sentences(2) == 9


def test_an_older_home_gets_its_sentences_when_a_document_is_forgotten_too(home: Path, notes: Path) -> None:
    open_pipeline(home).ingest([notes])
    make_older(home)
    embedder = FakeEmbedder()
    open_pipeline(home, embedder=embedder).forget("haven")
    assert len(embedder.passages) == 5
    assert found(home, SHOAL).passage_id == "shoal#0"
    assert not list(home.glob("embedding.sqlite3*"))


def test_a_step_back_to_an_older_version_finds_passages_and_no_sentences(home: Path, notes: Path) -> None:
    open_pipeline(home).ingest([notes])
    make_older(home)
    open_pipeline(home).ingest([write(notes / "note.txt", "Une note.")])
    Ledger(Home(home).ledger).publish(1)
    index = open_index(home).get()
    assert index.nearest(bags([HAVEN])[0], k=1)
    assert index.nearest_sentences(bags([HAVEN])[0], k=1) == []


def test_sentences_that_are_missing_are_told_instead_of_taken_over(home: Path, notes: Path) -> None:
    open_pipeline(home).ingest([notes])
    store = Store(Home(home).store)
    store._client.get_collection("sentences-v000001").delete(ids=["haven#0/1"])
    store.close()
    with pytest.raises(StoreCorrupt, match="8 sentences instead of 9"):
        open_pipeline(home).ingest([write(notes / "note.txt", "Une note.")])
    assert Ledger(Home(home).ledger).current() == 1
    assert open_pipeline(home).rebuild().published
    assert found(home, f"haven\n{split_sentences(HAVEN)[1]}").rank == 1


def test_a_staged_version_has_its_sentences_when_it_is_published(home: Path, notes: Path) -> None:
    open_pipeline(home).ingest([notes / "haven.txt"])
    open_pipeline(home).ingest([notes], publish=False)
    assert found(home, SHOAL).passage_id == "haven#0"
    Ledger(Home(home).ledger).publish(2)
    assert found(home, SHOAL).passage_id == "shoal#0"


def test_old_versions_go_with_the_vectors_of_their_sentences(home: Path, notes: Path) -> None:
    for count in range(5):
        open_pipeline(home).ingest([notes, write(notes / "note.txt", f"Note {count}.")])
    store = Store(Home(home).store)
    assert store.numbers() == [3, 4, 5]
    assert [store.count_sentences(number) for number in (1, 2, 3, 4, 5)] == [None, None, 9, 9, 9]
