"""Staging: a complete new collection is written beside the others, a batch at a time."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sqlalchemy import Column, LargeBinary, MetaData, String, Table, create_engine, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError

from corpus.catalogue import Catalogue
from corpus.documents import Passage
from corpus.embedder import Embedder
from corpus.errors import HomeUnusable
from corpus.names import Names
from corpus.store import Store
from corpus.words import words
from ingest.progress import Watcher, embedding
from ingest.tagging import Accepted, tag

# Passages embedded and written at once: memory stays flat however many there are, and an interrupted
# ingest loses the work on so many at most.
BATCH = 1024
_LOOKED_UP = 500

_METADATA = MetaData()
_VECTORS = Table(
    "vectors",
    _METADATA,
    Column("key", String, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)


_SUM = 4  # bytes of a checksum


class Embedded:
    """Vectors of an ingest that is not done yet, kept in a file so that an interrupted one resumes.

    It may be deleted at any time: what it lacks is embedded again, and so is everything when it is damaged.
    """

    def __init__(self, file: Path, *, embedding_model: str) -> None:
        self._embedding_model = embedding_model
        self._file = file
        self._engine = create_engine(f"sqlite:///{file}")
        try:
            _METADATA.create_all(self._engine)
        except DatabaseError:
            self._begin_anew()

    def find(self, texts: Sequence[str]) -> dict[int, np.ndarray]:
        """Return the vectors that are there, (dimension,) float32 each, by the place of their text."""
        keys = [self._key(text) for text in texts]
        found: dict[str, np.ndarray] = {}
        try:
            with self._engine.connect() as connection:
                for start in range(0, len(keys), _LOOKED_UP):
                    part = select(_VECTORS).where(_VECTORS.c.key.in_(keys[start : start + _LOOKED_UP]))
                    read = ((key, _unpacked(blob)) for key, blob in connection.execute(part))
                    found |= {key: vector for key, vector in read if vector is not None}
        except DatabaseError:
            self._begin_anew()
            return {}
        return {place: found[key] for place, key in enumerate(keys) if key in found}

    def keep(self, texts: Sequence[str], vectors: np.ndarray) -> None:
        """Write down the vectors of some texts."""
        rows: list[dict[str, object]] = [
            {"key": self._key(text), "vector": _packed(vector)}
            for text, vector in zip(texts, vectors, strict=True)
        ]
        try:
            self._write(rows)
        except DatabaseError:
            self._begin_anew()

    def _write(self, rows: Sequence[dict[str, object]]) -> None:
        written = insert(_VECTORS)
        with self._engine.begin() as connection:
            anew = {"vector": written.excluded.vector}
            connection.execute(written.on_conflict_do_update(index_elements=["key"], set_=anew), rows)

    def _begin_anew(self) -> None:
        """Leave a damaged file for an empty one. Raises HomeUnusable when that cannot be."""
        self._engine.dispose()
        try:
            self._file.unlink(missing_ok=True)
            _METADATA.create_all(self._engine)
        except (OSError, DatabaseError) as error:
            reason = error.strerror if isinstance(error, OSError) else error.orig
            raise HomeUnusable(home=self._file.parent, reason=reason) from error

    def close(self) -> None:
        """Release the file."""
        self._engine.dispose()

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self._embedding_model}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()


def _packed(vector: np.ndarray) -> bytes:
    """Return a vector with a checksum behind it."""
    held = np.asarray(vector, dtype=np.float32).tobytes()
    return held + zlib.crc32(held).to_bytes(_SUM)


def _unpacked(blob: bytes) -> np.ndarray | None:
    """Return the vector, None when it is not what was written."""
    held, told = blob[:-_SUM], blob[-_SUM:]
    return np.frombuffer(held, dtype=np.float32) if zlib.crc32(held).to_bytes(_SUM) == told else None


class Staging:
    """Writes one version of a store. `filed` are the passages it has so far, without their texts."""

    def __init__(
        self,
        store: Store,
        *,
        number: int,
        catalogue: Catalogue,
        watcher: Watcher,
        accepted: Accepted,
    ) -> None:
        self._store = store
        self._number = number
        self._catalogue = catalogue
        self._names = Names(catalogue)
        self._watch = watcher
        self._accepted = accepted
        self._sums: dict[str, np.ndarray] = {}
        self.filed: list[Passage] = []
        store.create(number)

    def tagged(self, passages: Sequence[Passage]) -> list[Passage]:
        """Return passages with their tags."""
        return tag(passages, catalogue=self._catalogue, names=self._names, accepted=self._accepted)

    @property
    def directions(self) -> dict[str, np.ndarray]:
        """The mean direction of each new document's passages, (dimension,) float32, L2-normalised."""
        return {one: total / (np.linalg.norm(total) or 1.0) for one, total in self._sums.items()}

    def take_over(
        self, number: int, *, documents: Collection[str], before: Catalogue, again: Collection[str] = ()
    ) -> None:
        """Copy the passages of some documents from an earlier version with their vectors.

        Those that a change of the catalogue touches are tagged again, and those of the documents `again`.
        """
        changed = _changed(before, self._catalogue)
        total, done = self._store.count(number), 0
        for page in self._store.pages(number):
            kept = [(passage, vector) for passage, vector in page if passage.document_id in documents]
            touched = [
                place
                for place, (one, _) in enumerate(kept)
                if one.document_id in again or (changed and changed.touch(one))
            ]
            passages = [passage for passage, _ in kept]
            for place, passage in zip(touched, self.tagged([passages[at] for at in touched]), strict=True):
                passages[place] = passage
            if kept:
                self._add(passages, np.stack([vector for _, vector in kept]))
            done += len(page)
            self._watch("stage", done, total)

    def add(
        self, passages: Sequence[Passage], *, embedder: Callable[[], Embedder], embedded: Embedded
    ) -> None:
        """Embed new passages and write them, a batch at a time."""
        for start in range(0, len(passages), BATCH):
            batch = passages[start : start + BATCH]
            texts = [passage.embedded_text for passage in batch]
            found = embedded.find(texts)
            missing = [place for place in range(len(texts)) if place not in found]
            if missing:
                progress = embedding(
                    self._watch,
                    done=start + len(found),
                    total=len(passages),
                    now=len(missing),
                )
                wanted = [texts[place] for place in missing]
                vectors = embedder().embed_passages(wanted, progress=progress, of=len(passages))
                embedded.keep(wanted, vectors)
                found |= dict(zip(missing, vectors, strict=True))
            whole = np.stack([found[place] for place in range(len(batch))])
            self._add(batch, whole)
            for passage, vector in zip(batch, whole, strict=True):
                self._sums[passage.document_id] = self._sums.get(passage.document_id, 0.0) + vector

    def _add(self, passages: Sequence[Passage], vectors: np.ndarray) -> None:
        self._store.add(self._number, passages, vectors)
        # Texts are in the store: many thousands of them are not held twice.
        self.filed += [replace(passage, text="") for passage in passages]


class _Changes:
    """What two catalogues differ in: ids, and names as they are joined."""

    def __init__(self, ids: set[str], names: set[str]) -> None:
        self._ids = ids
        self._names = names

    def touch(self, passage: Passage) -> bool:
        """Say whether a passage may have other tags now."""
        if not self._ids.isdisjoint({passage.entry, passage.initiative, *passage.themes}):
            return True
        spoken = "".join(words(passage.text))
        return any(name in spoken for name in self._names)


def _changed(before: Catalogue, after: Catalogue) -> _Changes | None:
    old, new = ({fiche.id: fiche for fiche in catalogue} for catalogue in (before, after))
    ids = {one for one in {*old, *new} if old.get(one) != new.get(one)}
    ids |= {one for one in {*before.merged, *after.merged} if before.merged.get(one) != after.merged.get(one)}
    if not ids:
        return None
    fiches = [fiche for catalogue in (old, new) for one in ids if (fiche := catalogue.get(one))]
    bare = {"".join(words(name)) for fiche in fiches for name in fiche.names}
    # As `Names` finds them: without a leading article, and whatever the plural.
    names = {part.removesuffix("s") for name in bare for part in (name, *_without_article(name))}
    return _Changes(ids, {name for name in names if name})


def _without_article(name: str) -> Iterator[str]:
    for article in ("les", "le", "la", "l"):
        if name.startswith(article) and len(name) > len(article) + 2:
            yield name.removeprefix(article)
