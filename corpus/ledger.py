"""The ledger: which versions of the index exist, what each holds, and which one is current."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    DateTime,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DatabaseError, NoResultFound

from corpus.catalogue import Catalogue, build_catalogue, read_fiche
from corpus.errors import IndexStale, StoreCorrupt

_METADATA = MetaData()
_VERSIONS = Table(
    "versions",
    _METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("embedding_model", String, nullable=False),
    Column("passages", Integer, nullable=False),
)
_DOCUMENTS = Table(
    "documents",
    _METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("file", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("fiche", JSON, nullable=True),
)
_CURRENT = Table(
    "current",
    _METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """What the ledger keeps of a document: `fiche` is its front matter, None for other documents."""

    id: str
    title: str
    file: str
    sha256: str
    passages: int
    fiche: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One complete state of the index. `created_at` is in UTC."""

    number: int
    created_at: datetime
    embedding_model: str
    passages: int
    documents: tuple[DocumentRow, ...]


class Ledger:
    """The tables above in one SQLite file, in write-ahead mode so that readers never wait.

    Raises StoreCorrupt from any method when the file is damaged.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._engine: Engine = create_engine(
            f"sqlite:///{file}", json_serializer=lambda value: json.dumps(value, ensure_ascii=False)
        )
        event.listen(self._engine, "connect", _write_ahead)
        with self._connection() as connection:
            _METADATA.create_all(connection)

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            raise StoreCorrupt(where=self._file, reason=str(error.orig)) from error
        except (NoResultFound, ValueError, TypeError) as error:
            raise StoreCorrupt(where=self._file, reason=f"a row is missing or unreadable: {error}") from error

    def close(self) -> None:
        """Release the file."""
        self._engine.dispose()

    def current(self) -> int | None:
        """Return the number of the published version, None before the first."""
        with self._connection() as connection:
            number = connection.execute(select(_CURRENT.c.version)).scalar()
            # A torn page can look like an empty table, and an index must not be begun over another.
            said = "ok" if number else connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if said != "ok":
            raise StoreCorrupt(where=self._file, reason=str(said).splitlines()[-1])
        return number

    def numbers(self) -> list[int]:
        """Return the numbers of all recorded versions, oldest first."""
        with self._connection() as connection:
            return list(connection.execute(select(_VERSIONS.c.number).order_by(_VERSIONS.c.number)).scalars())

    def version(self, number: int) -> Version:
        """Return a recorded version with its documents, by id."""
        with self._connection() as connection:
            row = connection.execute(select(_VERSIONS).where(_VERSIONS.c.number == number)).one()
            kept = select(_DOCUMENTS).where(_DOCUMENTS.c.version == number).order_by(_DOCUMENTS.c.id)
            documents = tuple(
                DocumentRow(r.id, r.title, r.file, r.sha256, r.passages, r.fiche)
                for r in connection.execute(kept)
            )
        created_at = row.created_at.replace(tzinfo=UTC)  # SQLite keeps no time zone
        return Version(row.number, created_at, row.embedding_model, row.passages, documents)

    def record(self, *, number: int, embedding_model: str, documents: Sequence[DocumentRow]) -> None:
        """Write down a staged version, complete or not at all."""
        with self._connection() as connection:
            connection.execute(
                insert(_VERSIONS).values(
                    number=number,
                    created_at=datetime.now(UTC),
                    embedding_model=embedding_model,
                    passages=sum(document.passages for document in documents),
                )
            )
            rows: list[dict[str, Any]] = [
                {"version": number, **{name: getattr(one, name) for name in DocumentRow.__slots__}}
                for one in documents
            ]
            if rows:
                connection.execute(insert(_DOCUMENTS), rows)

    def publish(self, number: int) -> None:
        """Make a version current: one row, one transaction, so no reader ever sees anything between."""
        with self._connection() as connection:
            changed = connection.execute(update(_CURRENT).values(version=number))
            if changed.rowcount == 0:
                connection.execute(insert(_CURRENT).values(id=1, version=number))

    def erase(self, number: int) -> None:
        """Strike a version out."""
        with self._connection() as connection:
            connection.execute(delete(_DOCUMENTS).where(_DOCUMENTS.c.version == number))
            connection.execute(delete(_VERSIONS).where(_VERSIONS.c.number == number))


def catalogue_of(documents: Sequence[DocumentRow]) -> Catalogue:
    """Return the catalogue that the fiches among the documents make up."""
    fiches = [
        (document.file, document.id, read_fiche(document.fiche, file=document.file))
        for document in documents
        if document.fiche
    ]
    return build_catalogue(fiches)


def check_model(version: Version, *, wanted: str) -> None:
    """Raise IndexStale when the version's vectors come from another model than the one wanted."""
    if version.embedding_model != wanted:
        raise IndexStale(built_with=version.embedding_model, wanted=wanted)


def _write_ahead(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA busy_timeout=5000")
