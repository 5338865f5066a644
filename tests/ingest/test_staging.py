"""What was embedded once is not embedded again: not after an interruption, not for other tags."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from corpus.embedder import Progress, silent
from corpus.errors import ModelDamaged
from corpus.home import Home
from corpus.store import Store
from ingest import staging
from ingest.staging import Embedded
from tests.fakes import FakeEmbedder, bags, open_index, open_pipeline, write, write_fiches

BATCH = 4
EMBEDDED = "embedding.sqlite3"
NOTE = "# Note\n\n## Large\n\nHoulocoop pose des bouées.\n\n## Terre\n\nLa Grande Sardine coud des voiles.\n"
SARDINE = """\
---
{id: la-grande-sardine, kind: initiative, name: La Grande Sardine, themes: [filets-et-recyclage]}
---

# La Grande Sardine

Elle coud des voiles à Douarnenez.
"""


class Breaking(FakeEmbedder):
    """Embeds so many batches, and then raises."""

    def __init__(self, error: BaseException, *, after: int) -> None:
        super().__init__()
        self._error = error
        self._after = after

    def embed_passages(self, texts: Sequence[str], *, progress: Progress = silent, of: int = 0) -> np.ndarray:
        if self.calls == self._after:
            raise self._error
        return super().embed_passages(texts, progress=progress, of=of)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four passages a batch: the fiches make several."""
    monkeypatch.setattr(staging, "BATCH", BATCH)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def material(tmp_path: Path) -> Path:
    return write_fiches(tmp_path / "material")


def interrupt(home: Path, material: Path, error: BaseException | None = None) -> FakeEmbedder:
    """Begin an ingest that ends in its third batch, and return what embedded."""
    raised = error or KeyboardInterrupt()
    embedder = Breaking(raised, after=2)
    with pytest.raises(type(raised)):
        open_pipeline(home, embedder=embedder).ingest([material])
    assert len(embedder.passages) == 2 * BATCH
    return embedder


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), ModelDamaged(file="e5", reason="cut short"), MemoryError()], ids=repr
)
def test_an_interrupted_ingest_embeds_only_the_rest_the_next_time(
    home: Path, material: Path, error: BaseException
) -> None:
    first, second = interrupt(home, material, error), FakeEmbedder()
    assert open_pipeline(home, embedder=second).ingest([material]).published
    passages = open_index(home).get().passages
    assert len(passages) > 3 * BATCH
    assert sorted([*first.passages, *second.passages]) == sorted(one.embedded_text for one in passages)


def test_a_resumed_ingest_has_the_vectors_of_one_that_was_never_interrupted(
    home: Path, material: Path
) -> None:
    interrupt(home, material)
    open_pipeline(home).ingest([material])
    vectors = Store(Home(home).store).vectors(1)
    for passage in open_index(home).get().passages:
        np.testing.assert_allclose(vectors[passage.id], bags([passage.embedded_text])[0], atol=1e-6)


def test_the_vectors_kept_for_the_next_time_go_away_when_it_succeeds(home: Path, material: Path) -> None:
    interrupt(home, material)
    assert (home / EMBEDDED).exists()
    open_pipeline(home).ingest([material])
    assert not list(home.glob(f"{EMBEDDED}*"))


def test_vectors_of_another_model_are_not_taken(home: Path, material: Path) -> None:
    interrupt(home, material)
    other = FakeEmbedder("fake-other")
    report = open_pipeline(home, embedder=other).ingest([material])
    assert len(other.passages) == report.passages


def test_a_file_of_vectors_that_is_no_database_costs_the_embedding_only(home: Path, material: Path) -> None:
    interrupt(home, material)
    (home / EMBEDDED).write_bytes(b"garbage!" * 512)
    embedder = FakeEmbedder()
    report = open_pipeline(home, embedder=embedder).ingest([material])
    assert report.published
    assert len(embedder.passages) == report.passages


def test_vectors_are_found_by_the_place_of_their_text(tmp_path: Path) -> None:
    embedded = Embedded(tmp_path / EMBEDDED, embedding_model="fake-64")
    texts = [f"Bouée {number}" for number in range(1200)]
    embedded.keep(texts[::2], bags(texts[::2]))
    embedded.keep(texts[:1], bags(texts[:1]))  # the same once more
    found = embedded.find(texts)
    embedded.close()
    assert sorted(found) == list(range(0, 1200, 2))
    np.testing.assert_array_equal(np.stack([found[place] for place in sorted(found)]), bags(texts[::2]))


def test_a_new_fiche_tags_earlier_passages_without_embedding_them(
    tmp_path: Path, home: Path, material: Path
) -> None:
    open_pipeline(home).ingest([material, write(tmp_path / "note.md", NOTE)])
    embedder = FakeEmbedder()
    open_pipeline(home, embedder=embedder).ingest([write(tmp_path / "la-grande-sardine.md", SARDINE)])
    index = open_index(home).get()
    assert {one.section: one.initiative for one in index.by_document["note"]} == {
        "Large": "houlocoop",
        "Terre": "la-grande-sardine",
    }
    assert embedder.passages == [one.embedded_text for one in index.by_document["la-grande-sardine"]]


def torn(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    file.write_bytes(content)


def of_another_shape(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE vectors (text TEXT)")


def shortened(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE vectors SET vector = substr(vector, 1, 32)")


@pytest.mark.parametrize("damage", [torn, of_another_shape, shortened])
def test_a_damaged_file_of_vectors_costs_their_embedding_and_nothing_else(
    home: Path, material: Path, damage: Callable[[Path], None]
) -> None:
    interrupt(home, material)
    damage(home / EMBEDDED)
    embedder = FakeEmbedder()
    report = open_pipeline(home, embedder=embedder).ingest([material])
    assert report.published
    assert len(embedder.passages) == report.passages
    assert not (home / EMBEDDED).exists()
