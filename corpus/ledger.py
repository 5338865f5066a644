"""The ledger: which versions of the index exist, what each holds, and which one is current."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import disk_usage
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    make_url,
    select,
    true,
    update,
)
from sqlalchemy.exc import DatabaseError, NoResultFound, OperationalError

from corpus.catalogue import Catalogue, build_catalogue, read_fiche
from corpus.documents import Passage
from corpus.errors import HomeUnusable, IndexStale, LedgerUnreachable, PasserelleError, StoreCorrupt
from corpus.filing import Sureness, file_passages, filed_passages, strike_passages, themes_filed
from corpus.merging import merge
from corpus.records import Check, DocumentRow, Doubt, Filed, Place, Refused, Text, Version
from corpus.tables import CHECKS, CURRENT, DOCUMENTS, DOUBTS, METADATA, PLACES, REFUSALS, TEXTS, VERSIONS

_MAKING = 0x70617373  # any number that nobody else locks
_ROOM = 200_000  # bytes that SQLite needs beside its file to write, and even to read


class Ledger:
    """The tables in a SQLite file, in write-ahead mode so that readers never wait, or in PostgreSQL.

    Raises StoreCorrupt from any method when the file is damaged, LedgerUnreachable when the database does not
    answer.
    """

    def __init__(self, where: Path | str) -> None:
        self._is_file = isinstance(where, Path)
        url = make_url(f"sqlite:///{where}" if self._is_file else str(where))
        if not self._is_file:
            url = url.set(drivername="postgresql+psycopg")
        self._where = where if self._is_file else url.render_as_string(hide_password=True)
        self._engine: Engine = create_engine(
            url,
            json_serializer=lambda value: json.dumps(value, ensure_ascii=False),
            pool_pre_ping=not self._is_file,
        )
        if self._is_file:
            event.listen(self._engine, "connect", _write_ahead)
        with self.connection() as connection:
            if not self._is_file:
                # Two that make the same tables at once would stumble over each other.
                connection.execute(select(func.pg_advisory_xact_lock(_MAKING)))
            elif not set(METADATA.tables).issubset(inspect(connection).get_table_names()):
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            METADATA.create_all(connection)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Give a connection in a transaction of its own."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            if not self._is_file and isinstance(error, OperationalError):
                reason = (str(error.orig).splitlines() or [type(error).__name__])[0]
                raise LedgerUnreachable(where=self._where, reason=reason) from error
            folder = Path(self._where).parent
            if self._is_file and folder.exists() and disk_usage(folder).free < _ROOM:
                # SQLite says "disk I/O error", which would be taken for damage.
                raise HomeUnusable(home=folder, reason=os.strerror(errno.ENOSPC)) from error
            raise StoreCorrupt(where=self._where, reason=str(error.orig)) from error
        except (NoResultFound, ValueError, TypeError) as error:
            reason = f"a row is missing or unreadable: {error}"
            raise StoreCorrupt(where=self._where, reason=reason) from error

    @contextmanager
    def erasing(self) -> Iterator[Connection]:
        """Give a connection whose deletions leave nothing to read in the bytes of the file."""
        with self.connection() as connection:
            if self._is_file:
                connection.exec_driver_sql("PRAGMA secure_delete=ON")
            yield connection
        if self._is_file:  # the log of writes would keep what was deleted
            with self.connection() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Release the file."""
        self._engine.dispose()

    def current(self) -> int | None:
        """Return the number of the published version, None before the first."""
        with self.connection() as connection:
            number = connection.execute(select(CURRENT.c.version)).scalar()
            # A torn page can look like an empty table, and an index must not be begun over another.
            sound = number or not self._is_file
            said = "ok" if sound else connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if said != "ok":
            raise StoreCorrupt(where=self._where, reason=str(said).splitlines()[-1])
        return number

    def numbers(self) -> list[int]:
        """Return the numbers of all recorded versions, oldest first."""
        with self.connection() as connection:
            return list(connection.execute(select(VERSIONS.c.number).order_by(VERSIONS.c.number)).scalars())

    def version(self, number: int) -> Version:
        """Return a recorded version with its documents, by id."""
        found = self._read(VERSIONS.c.number == number)
        if not found:
            raise StoreCorrupt(where=self._where, reason=f"a row is missing: version {number}")
        return found[0]

    def versions(self) -> list[Version]:
        """Return all recorded versions, oldest first, as they are at one moment."""
        return self._read(true())

    def live(self) -> Version | None:
        """Return the published version, None before the first.

        What `current` says may be struck out before `version` looks for it; here nothing comes between.
        """
        found = self._read(VERSIONS.c.number.in_(select(CURRENT.c.version)))
        if found:
            return found[0]
        number = self.current()  # which tells a damaged file from one without a version
        return None if number is None else self.version(number)

    def _read(self, which: ColumnElement[bool]) -> list[Version]:
        """Return versions with their documents, by one statement: several would each see another moment."""
        held = VERSIONS.outerjoin(DOCUMENTS, DOCUMENTS.c.version == VERSIONS.c.number)
        wanted = select(VERSIONS, DOCUMENTS).select_from(held).where(which)
        versions: dict[int, tuple[Any, list[DocumentRow]]] = {}
        with self.connection() as connection:
            for found in connection.execute(wanted.order_by(VERSIONS.c.number, DOCUMENTS.c.id)):
                row = found._mapping
                documents = versions.setdefault(row[VERSIONS.c.number], (row, []))[1]
                if row[DOCUMENTS.c.id] is not None:
                    documents.append(DocumentRow(*(row[DOCUMENTS.c[name]] for name in DocumentRow.__slots__)))
        return [
            Version(
                number,
                utc(row[VERSIONS.c.created_at]),
                row[VERSIONS.c.embedding_model],
                row[VERSIONS.c.passages],
                tuple(documents),
            )
            for number, (row, documents) in versions.items()
        ]

    def record(
        self,
        *,
        number: int,
        embedding_model: str,
        documents: Sequence[DocumentRow],
        texts: Sequence[Text] = (),
        passages: Iterable[Passage] = (),
        sureness: Sureness = MappingProxyType({}),
    ) -> None:
        """Write down a staged version with the texts of its new documents, complete or not at all.

        `passages` are all that it has, with their tags; `sureness` is that of the tags that are not certain.
        """
        with self.connection() as connection:
            connection.execute(
                insert(VERSIONS).values(
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
                connection.execute(insert(DOCUMENTS), rows)
            file_passages(connection, number, passages, sureness=sureness)
            for text in texts:
                same = (TEXTS.c.sha256 == text.sha256) & (TEXTS.c.document == text.document)
                connection.execute(delete(TEXTS).where(same))
                connection.execute(
                    insert(TEXTS).values(**{name: getattr(text, name) for name in Text.__slots__})
                )

    def publish(self, number: int) -> None:
        """Make a version current: one row, one transaction, so no reader ever sees anything between."""
        with self.connection() as connection:
            changed = connection.execute(update(CURRENT).values(version=number))
            if changed.rowcount == 0:
                connection.execute(insert(CURRENT).values(id=1, version=number))

    def check(self, check: Check) -> None:
        """Write down what the golden cases said of a version."""
        with self.connection() as connection:
            connection.execute(delete(CHECKS).where(CHECKS.c.version == check.version))
            connection.execute(
                insert(CHECKS).values(**{name: getattr(check, name) for name in Check.__slots__})
            )

    def checked(self, number: int) -> Check | None:
        """Return what the golden cases said of a version, None when they were not asked."""
        with self.connection() as connection:
            row = connection.execute(select(CHECKS).where(CHECKS.c.version == number)).first()
        return Check(**row._mapping) if row else None

    def text(self, row: DocumentRow) -> Text | None:
        """Return the text of a document, None when it was ingested before texts were kept."""
        same = (TEXTS.c.sha256 == row.sha256) & (TEXTS.c.document == row.id)
        with self.connection() as connection:
            found = connection.execute(select(TEXTS).where(same)).first()
        if found is None:
            return None
        runs = tuple((int(clean), int(original)) for clean, original in found.runs)
        return Text(found.document, found.sha256, found.cleaned, found.original, runs)

    def passages(self, number: int, document: str) -> list[Filed]:
        """Return the passages of a document in a version, in reading order.

        Those of a version that was made before passages were written down are none.
        """
        with self.connection() as connection:
            return filed_passages(connection, number, document)

    def themes(self, number: int) -> dict[str, list[str]]:
        """Return the ids of the themes of each document of a version, that of most of its passages first."""
        with self.connection() as connection:
            return themes_filed(connection, number)

    def places(self) -> dict[str, Place]:
        """Return where the files of documents lay, by the name that they are shown under."""
        with self.connection() as connection:
            return {row.file: Place(row.path, row.folder) for row in connection.execute(select(PLACES))}

    def place(self, files: Sequence[tuple[str, str, str]]) -> None:
        """Write down where files lay: `(file, path, folder)`."""
        known = self.places()
        new = {
            file: {"file": file, "path": path, "folder": folder}
            for file, path, folder in files
            if known.get(file) != Place(path, folder)
        }
        if not new:
            return
        with self.connection() as connection:
            for file in new:
                connection.execute(delete(PLACES).where(PLACES.c.file == file))
            connection.execute(insert(PLACES), list(new.values()))

    def refuse(self, version: int | None, refused: Sequence[tuple[str, PasserelleError]]) -> None:
        """Write down which files were refused, and why."""
        now = datetime.now(UTC)
        rows = [
            {
                "at": now,
                "version": version,
                "file": file,
                "error": type(reason).__name__,
                "fields": {name: str(value) for name, value in reason.fields.items()},
            }
            for file, reason in refused
        ]
        if rows:
            with self.connection() as connection:
                connection.execute(insert(REFUSALS), rows)

    def refusals(self) -> list[Refused]:
        """Return the files that were refused, the oldest first."""
        with self.connection() as connection:
            return [
                Refused(utc(row.at), row.file, row.error, row.fields)
                for row in connection.execute(select(REFUSALS).order_by(REFUSALS.c.id))
            ]

    def doubt(self, doubts: Sequence[Doubt]) -> None:
        """Write down what documents may be about; what was asked of one already is not asked again."""
        known = {(one.document, one.kind, one.target) for one in self.doubts()}
        rows = [
            {name: getattr(one, name) for name in Doubt.__slots__ if name != "id"}
            for one in doubts
            if (one.document, one.kind, one.target) not in known
        ]
        if rows:
            with self.connection() as connection:
                connection.execute(insert(DOUBTS), rows)

    def doubts(self) -> list[Doubt]:
        """Return all doubts, decided ones too, the oldest first."""
        with self.connection() as connection:
            return [
                Doubt(**{name: getattr(row, name) for name in Doubt.__slots__})
                for row in connection.execute(select(DOUBTS).order_by(DOUBTS.c.id))
            ]

    def decide(self, doubt_id: int, *, accepted: bool) -> None:
        """Write down what somebody says to a doubt."""
        state = "accepted" if accepted else "rejected"
        with self.connection() as connection:
            connection.execute(update(DOUBTS).where(DOUBTS.c.id == doubt_id).values(state=state))

    def erase(self, number: int) -> None:
        """Strike a version out."""
        with self.connection() as connection:
            connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.version == number))
            connection.execute(delete(CHECKS).where(CHECKS.c.version == number))
            strike_passages(connection, number)
            connection.execute(delete(VERSIONS).where(VERSIONS.c.number == number))


def catalogue_of(documents: Sequence[DocumentRow]) -> Catalogue:
    """Return the catalogue that the fiches among the documents make up.

    What was read from slides is merged into the fiches that somebody wrote.
    """
    written = [
        (document.file, document.id, read_fiche(document.written, file=document.file))
        for document in documents
        if document.written
    ]
    derived = [
        (document.file, document.id, read_fiche(fields, file=document.file))
        for document in documents
        for fields in document.derived
    ]
    fiches, merged = merge(written, derived)
    return build_catalogue(fiches, merged=merged)


def check_model(version: Version, *, wanted: str) -> None:
    """Raise IndexStale when the version's vectors come from another model than the one wanted."""
    if version.embedding_model != wanted:
        raise IndexStale(built_with=version.embedding_model, wanted=wanted)


def utc(at: datetime) -> datetime:
    """Return a time in UTC: SQLite keeps no time zone, PostgreSQL gives its session's."""
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _write_ahead(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA busy_timeout=5000")
