"""Staging: a complete new collection is written beside the others, a batch at a time."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import numpy as np
from sqlalchemy import Column, LargeBinary, MetaData, String, Table, create_engine, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError

from corpus.catalogue import Catalogue
from corpus.documents import Passage, Sentence
from corpus.embedder import Embedder
from corpus.errors import HomeUnusable, StoreCorrupt
from corpus.names import Names
from corpus.sentences import embedded_sentences
from corpus.store import Store
from corpus.words import words
from ingest.progress import Watcher, embedding
from ingest.tagging import Accepted, tag

# Texts, passages and sentences, embedded and written at once: memory stays flat however many there are, and
# an interrupted ingest loses the work on so many at most.
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


_Text = tuple[str, Passage | Sentence]
"""A text to be embedded, and what its vector is of."""


class Staging:
    """Writes one version of a store."""

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
        # The earlier version and the documents whose sentences are still to be embedded, and how many.
        self._owed: tuple[int, Collection[str]] | None = None
        self._owing = 0
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
        """Copy the passages of some documents from an earlier version, and all their vectors.

        Those that a change of the catalogue touches are tagged again, and those of the documents `again`.
        When the earlier version has no vectors of sentences, `add` makes them. Raises StoreCorrupt when it
        lacks some.
        """
        changed = _changed(before, self._catalogue)
        held = self._store.count_sentences(number)
        total, done = self._store.count(number) + (held or 0), 0
        wanted = 0
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
                self._store.add(self._number, passages, np.stack([vector for _, vector in kept]))
            wanted += sum(len(embedded_sentences(one)) for one in passages)
            done += len(page)
            self._watch("stage", done, total)
        if held is None:
            self._owed, self._owing = (number, documents), wanted
        else:
            self._take_over_sentences(number, documents=documents, wanted=wanted, done=done, total=total)

    def _take_over_sentences(
        self, number: int, *, documents: Collection[str], wanted: int, done: int, total: int
    ) -> None:
        copied = 0
        for page in self._store.sentence_pages(number):
            kept = [(sentence, vector) for sentence, vector in page if sentence.document_id in documents]
            self._write_sentences(kept)
            copied += len(kept)
            done += len(page)
            self._watch("stage", done, total)
        if copied != wanted:
            raise StoreCorrupt(where=self._store.folder, reason=f"{copied} sentences instead of {wanted}")

    def add(
        self, passages: Sequence[Passage], *, embedder: Callable[[], Embedder], embedded: Embedded
    ) -> None:
        """Embed new passages and sentences, those of kept passages too that have none yet, and write them.

        Done a batch at a time.
        """
        texts = chain(self._owed_texts(), (one for passage in passages for one in _texts(passage)))
        total = self._owing + sum(1 + len(embedded_sentences(passage)) for passage in passages)
        for done in range(0, total, BATCH):
            batch = list(islice(texts, BATCH))
            vectors = self._vectors(
                [text for text, _ in batch], done=done, total=total, embedder=embedder, embedded=embedded
            )
            self._write_passages(
                [
                    (one, vector)
                    for (_, one), vector in zip(batch, vectors, strict=True)
                    if isinstance(one, Passage)
                ]
            )
            self._write_sentences(
                [
                    (one, vector)
                    for (_, one), vector in zip(batch, vectors, strict=True)
                    if isinstance(one, Sentence)
                ]
            )

    def _owed_texts(self) -> Iterator[_Text]:
        """Give the sentences of kept passages whose version had no vectors of them."""
        if self._owed:
            number, documents = self._owed
            for page in self._store.pages(number):
                for passage, _ in page:
                    if passage.document_id in documents:
                        yield from _sentence_texts(passage)

    def _vectors(
        self,
        texts: Sequence[str],
        *,
        done: int,
        total: int,
        embedder: Callable[[], Embedder],
        embedded: Embedded,
    ) -> np.ndarray:
        """Return the vectors of a batch, (n, dimension) float32, and embed only what never was."""
        found = embedded.find(texts)
        missing = [place for place in range(len(texts)) if place not in found]
        if missing:
            progress = embedding(self._watch, done=done + len(found), total=total, now=len(missing))
            wanted = [texts[place] for place in missing]
            vectors = embedder().embed_passages(wanted, progress=progress, of=total)
            embedded.keep(wanted, vectors)
            found |= dict(zip(missing, vectors, strict=True))
        return np.stack([found[place] for place in range(len(texts))])

    def _write_passages(self, rows: Sequence[tuple[Passage, np.ndarray]]) -> None:
        if not rows:
            return
        self._store.add(self._number, [one for one, _ in rows], np.stack([vector for _, vector in rows]))
        for passage, vector in rows:
            self._sums[passage.document_id] = self._sums.get(passage.document_id, 0.0) + vector

    def _write_sentences(self, rows: Sequence[tuple[Sentence, np.ndarray]]) -> None:
        if rows:
            vectors = np.stack([vector for _, vector in rows])
            self._store.add_sentences(self._number, [one for one, _ in rows], vectors)


def _texts(passage: Passage) -> Iterator[_Text]:
    yield passage.embedded_text, passage
    yield from _sentence_texts(passage)


def _sentence_texts(passage: Passage) -> Iterator[_Text]:
    for rank, text in enumerate(embedded_sentences(passage)):
        yield text, Sentence(passage.document_id, passage.id, rank)


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
