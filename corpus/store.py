"""The store: passages and their vectors in Chroma, a collection for each version. The only door to chromadb.

A version's collection is written once and never changed afterwards: a process that reads while another
ingests sees either the old version or the new one (an embedded Chroma does not show a reader the vectors
that another process adds to a collection which the reader has open).
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import chromadb
import numpy as np
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, NotFoundError

from corpus.documents import Hit, Passage
from corpus.errors import HomeUnusable, StoreCorrupt

# Chroma refuses more in one call.
BATCH = 5000
_PAGE = 2000
_SAMPLE = 8
_FULL = "database or disk is full"
_PREFIX = "passages-v"
_EARLIER = "sentences-v"


class Store:
    """All versions under one folder. Raises StoreCorrupt when the folder's files are damaged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with self._guard():
            try:
                self._client = chromadb.PersistentClient(
                    path=str(folder), settings=ChromaSettings(anonymized_telemetry=False)
                )
            except BaseException:
                # Chroma remembers a client by its folder, even one that failed, and would hand it out again.
                SharedSystemClient.clear_system_cache()
                raise

    def close(self) -> None:
        """Release the files; stores of one folder share them, and the last one lets go."""
        self._client.close()  # type: ignore[attr-defined]  # of the client that is really returned

    def numbers(self) -> list[int]:
        """Return the versions that have a collection, staged ones included."""
        with self._guard():
            names = [collection.name for collection in self._client.list_collections()]
        return sorted(int(name.removeprefix(_PREFIX)) for name in names if name.startswith(_PREFIX))

    def create(self, number: int) -> None:
        """Open an empty version for writing."""
        with self._guard():
            self._client.create_collection(
                _name(number), configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
            )

    def drop(self, number: int) -> None:
        """Remove a version; nothing happens when there is none."""
        with self._guard():
            # The sentences of an earlier edition's versions had collections of their own.
            for name in (f"{_EARLIER}{number:06d}", _name(number)):
                with suppress(NotFoundError):
                    self._client.delete_collection(name)
            self._sweep()

    def _sweep(self) -> None:
        """Remove the folders of vectors that belong to no collection: Chroma leaves them behind."""
        database = f"file:{quote(str(self.folder / 'chroma.sqlite3'))}?mode=ro"
        with closing(sqlite3.connect(database, uri=True)) as connection:
            kept = {str(segment) for (segment,) in connection.execute("SELECT id FROM segments")}
        for one in self.folder.iterdir():
            if one.is_dir() and one.name not in kept and _is_uuid(one.name):
                shutil.rmtree(one, ignore_errors=True)

    def add(self, number: int, passages: Sequence[Passage], vectors: np.ndarray) -> None:
        """Add passages with their vectors, (n, dimension) float32, L2-normalised."""
        with self._guard():
            collection = self._collection(number)
            for start in range(0, len(passages), BATCH):
                batch = passages[start : start + BATCH]
                collection.add(
                    ids=[passage.id for passage in batch],
                    embeddings=vectors[start : start + BATCH],
                    documents=[passage.text for passage in batch],
                    metadatas=[_to_metadata(passage) for passage in batch],
                )

    def passages(self, number: int) -> list[Passage]:
        """Return every passage of a version, document by document in reading order."""
        found = [passage for passage, _ in self._pages(number, vectors=False)]
        return sorted(found, key=lambda passage: (passage.document_id, passage.start))

    def vectors(self, number: int) -> dict[str, np.ndarray]:
        """Return the vector of each passage id, (dimension,) float32."""
        return {passage.id: vector for passage, vector in self._pages(number, vectors=True)}

    def nearest(
        self, number: int, vector: np.ndarray, *, k: int, documents: Sequence[str] | None = None
    ) -> list[Hit]:
        """Return at most `k` passages by cosine similarity (-1 to 1), best first.

        `documents`, when given, are the only document ids looked at.
        """
        if k < 1 or (documents is not None and not documents):
            return []  # Chroma refuses to look for nothing, or nowhere
        with self._guard():
            found = self._collection(number).query(
                query_embeddings=[vector],
                n_results=k,
                where=_within(documents),
                include=["documents", "metadatas", "distances"],
            )
        texts, metadatas, distances = found["documents"], found["metadatas"], found["distances"]
        if not texts or not metadatas or not distances:
            return []
        rows = zip(texts[0], metadatas[0], distances[0], strict=True)
        return [Hit(_to_passage(text, metadata), 1.0 - distance) for text, metadata, distance in rows]

    def check(self, number: int, *, passages: int) -> None:
        """Raise StoreCorrupt unless a version holds that many passages and a search finds them."""
        with self._guard():
            collection = self._collection(number)
            held = collection.count()
            sample = collection.get(limit=1, include=["embeddings"])["embeddings"]
        if held != passages:
            raise StoreCorrupt(where=self.folder, reason=f"{held} passages instead of {passages}")
        if sample is None or not passages:
            return
        few = min(passages, _SAMPLE)
        with self._guard():
            query = np.asarray(sample[:1], dtype=np.float32)
            found = len(collection.query(query_embeddings=query, n_results=few, include=[])["ids"][0])
        if found < few:
            raise StoreCorrupt(where=self.folder, reason=f"a search finds {found} passages instead of {few}")

    def _collection(self, number: int) -> chromadb.Collection:
        return self._client.get_collection(_name(number), embedding_function=None)

    def count(self, number: int) -> int:
        """Return how many passages a version has."""
        with self._guard():
            return self._collection(number).count()

    def pages(self, number: int) -> Iterator[list[tuple[Passage, np.ndarray]]]:
        """Yield all passages with their vectors, (dimension,) float32, some thousand at a time."""
        page: list[tuple[Passage, np.ndarray]] = []
        for one in self._pages(number, vectors=True):
            page.append(one)
            if len(page) == _PAGE:
                yield page
                page = []
        if page:
            yield page

    def _pages(self, number: int, *, vectors: bool) -> Iterator[tuple[Passage, np.ndarray]]:
        include: list[Any] = ["documents", "metadatas"]
        if vectors:
            include.append("embeddings")
        with self._guard():
            collection = self._collection(number)
            for offset in range(0, collection.count(), _PAGE):
                page = collection.get(limit=_PAGE, offset=offset, include=include)
                embeddings = page["embeddings"] if vectors else [None] * len(page["ids"])
                rows = zip(page["documents"] or [], page["metadatas"] or [], embeddings, strict=True)  # type: ignore[arg-type]
                for text, metadata, embedding in rows:
                    yield _to_passage(text, metadata), np.asarray(embedding, dtype=np.float32)

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except (ChromaError, OSError, ValueError, sqlite3.Error) as error:
            if _FULL in str(error) or getattr(error, "errno", None) == errno.ENOSPC:
                raise HomeUnusable(home=self.folder.parent, reason=os.strerror(errno.ENOSPC)) from error
            raise StoreCorrupt(where=self.folder, reason=_first_line(error)) from error
        except BaseException as error:
            # Chroma's engine is native: a damaged file can surface as its panic, which is no Exception.
            if type(error).__name__ != "PanicException":
                raise
            raise StoreCorrupt(where=self.folder, reason=_first_line(error)) from error


def _name(number: int) -> str:
    return f"{_PREFIX}{number:06d}"


def _within(documents: Sequence[str] | None) -> Any:
    return {"document_id": {"$in": list(documents)}} if documents is not None else None


def _is_uuid(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _to_metadata(passage: Passage) -> dict[str, str | int]:
    # Chroma's metadata are flat and know no null: absent fields are left out, lists travel as JSON.
    fields: dict[str, str | int | None] = {
        "document_id": passage.document_id,
        "title": passage.title,
        "file": passage.file,
        "start": passage.start,
        "end": passage.end,
        "section": passage.section,
        "page": passage.page,
        "themes": json.dumps(passage.themes) if passage.themes else None,
        "initiative": passage.initiative,
        "entry": passage.entry,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _to_passage(text: str, metadata: Any) -> Passage:
    themes = metadata.get("themes")
    return Passage(**{**metadata, "text": text, "themes": tuple(json.loads(themes)) if themes else ()})
