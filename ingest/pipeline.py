"""The pipeline: load, split, tag, embed, stage a version, publish it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import numpy as np

from corpus.catalogue import Catalogue, Fiche, build_catalogue, fiche_to_json, read_fiche
from corpus.documents import Passage
from corpus.embedder import Embedder, Progress, silent
from corpus.errors import (
    CatalogueWrong,
    DocumentNeeded,
    DocumentRefused,
    DocumentUnknown,
    FileUnreadable,
    IndexMissing,
    PasserelleError,
    StoreCorrupt,
)
from corpus.home import Home
from corpus.ledger import DocumentRow, Ledger, Version, check_model
from corpus.names import Names
from corpus.settings import Settings
from corpus.soundness import check
from corpus.store import Store
from ingest.loading import Found, Loaded, find_files, load
from ingest.splitting import split
from ingest.tagging import tag

KEPT_VERSIONS = 3


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not ingested, and why."""

    file: str
    reason: PasserelleError


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did. `version` holds the result; None when there is none.

    The lists hold document ids; `unchanged` are documents whose bytes are in the index already, under
    whatever name.
    """

    version: int | None
    published: bool
    passages: int
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What one change works on, while it holds the home."""

    ledger: Ledger
    store: Store
    current: Version | None

    @property
    def rows(self) -> tuple[DocumentRow, ...]:
        return self.current.documents if self.current else ()


class Pipeline:
    """Changes the index of one home, one version at a time.

    `embedder` is called only when there is something to embed. Every method raises HomeBusy when another
    process is changing the index.
    """

    def __init__(self, settings: Settings, *, embedder: Callable[[], Embedder], embedding_model: str) -> None:
        self._settings = settings
        self._embedder = embedder
        self._embedding_model = embedding_model
        self._home = Home(settings.home)

    def ingest(self, paths: Iterable[Path], *, publish: bool = True, progress: Progress = silent) -> Report:
        """Ingest files and folders beside what the current version holds.

        A document of the same id is replaced. Raises NothingToIngest and FileMissing before anything is done,
        IndexStale when the current version was embedded by another model.
        """
        found = find_files(paths)
        with self._desk() as desk:
            if desk.current:
                check_model(desk.current, wanted=self._embedding_model)
            loaded, refused = self._load(found, rows=desk.rows)
            held = {row.sha256: row.id for row in desk.rows}
            same = [one for one in loaded if one.document.sha256 in held]
            for one in same:
                self._keep_original(one)  # it may have been lost, and a rebuild wants it
            unchanged = list(dict.fromkeys(held[one.document.sha256] for one in same))
            new = [one for one in _distinct(loaded) if one.document.sha256 not in held]
            new, wrong = _sound(new, desk.rows)
            report = self._change(
                desk, kept=_without(desk.rows, new), new=new, publish=publish, progress=progress
            )
            return replace(report, unchanged=unchanged, refused=[*refused, *wrong])

    def rebuild(self, *, publish: bool = True, progress: Progress = silent) -> Report:
        """Read and embed again all that the current version holds, from the originals.

        A version with refusals is staged but not published, so that no document is lost unseen. A damaged
        store is set aside and made anew. Raises IndexMissing when there is no version.
        """
        with self._desk(anew=True) as desk:
            if not desk.current:
                raise IndexMissing(home=self._home.folder)
            originals = [Found(self._home.original(row.sha256, row.file), row.file) for row in desk.rows]
            loaded, refused = self._load(originals, rows=desk.rows)
            held = {row.sha256 for row in desk.rows}
            altered = [one.document.file for one in loaded if one.document.sha256 not in held]
            loaded = [one for one in loaded if one.document.file not in altered]
            reason = "the original kept in the home was altered: ingest the file again"
            refused += [Refusal(file, FileUnreadable(file=file, reason=reason)) for file in altered]
            report = self._change(
                desk, kept=[], new=loaded, publish=publish and not refused, progress=progress
            )
            return replace(report, refused=refused)

    def forget(self, document_id: str, *, publish: bool = True) -> Report:
        """Make a version without one document; its original stays in the home.

        Raises DocumentUnknown, and DocumentNeeded when another document refers to it.
        """
        with self._desk() as desk:
            kept = [row for row in desk.rows if row.id != document_id]
            if len(kept) == len(desk.rows):
                raise DocumentUnknown(id=document_id)
            try:
                _catalogue(kept, [])
            except CatalogueWrong as error:
                _catalogue(desk.rows, [])  # wrong with the document too: then that is what is to be said
                raise DocumentNeeded(id=document_id, **error.fields) from error
            return self._change(desk, kept=kept, new=[], publish=publish, progress=silent)

    @contextmanager
    def _desk(self, *, anew: bool = False) -> Iterator[_Desk]:
        with self._home.owned_for("ingest"):
            ledger = Ledger(self._home.ledger)
            try:
                number = ledger.current()
                current = ledger.version(number) if number is not None else None
                self._check_store(current, anew=anew)
                with closing(Store(self._home.store)) as store:
                    yield _Desk(ledger, store, current)
            finally:
                ledger.close()

    def _check_store(self, current: Version | None, *, anew: bool) -> None:
        """Raise StoreCorrupt, or set a damaged store aside when nothing of it is needed."""
        if not self._home.store.exists():
            return
        try:
            check(self._home, current, again=anew)
        except StoreCorrupt:
            if current and not anew:
                raise
            aside = self._home.store.with_name("chroma.damaged")
            shutil.rmtree(aside, ignore_errors=True)
            self._home.store.rename(aside)

    def _load(
        self, found: Sequence[Found], *, rows: Sequence[DocumentRow]
    ) -> tuple[list[Loaded], list[Refusal]]:
        loaded: list[Loaded] = []
        refused: list[Refusal] = []
        for one in found:
            try:
                read = load(one, size_limit=self._settings.file_limit)
            except (DocumentRefused, CatalogueWrong) as reason:
                refused.append(Refusal(one.name, reason))
            else:
                loaded.append(read)
        return _with_own_ids(loaded, rows=rows), refused

    def _change(
        self,
        desk: _Desk,
        *,
        kept: Sequence[DocumentRow],
        new: Sequence[Loaded],
        publish: bool,
        progress: Progress,
    ) -> Report:
        """Stage a version of the kept rows and the new documents, and publish it if asked."""
        before = {row.id for row in desk.rows}
        if not new and len(kept) == len(before):
            number, total = (desk.current.number, desk.current.passages) if desk.current else (None, 0)
            return Report(number, False, total)
        catalogue = _catalogue(kept, new)
        names = Names(catalogue)
        passages = {
            one.document.id: tag(
                split(one.document, one.sections, size=self._settings.passage_size),
                catalogue=catalogue,
                names=names,
            )
            for one in new
        }
        rows = [*kept, *(_row(one, passages=len(passages[one.document.id])) for one in new)]
        number = self._stage(
            desk, kept=kept, new=[p for some in passages.values() for p in some], progress=progress
        )
        for one in new:
            self._keep_original(one)
        desk.ledger.record(number=number, embedding_model=self._embedding_model, documents=rows)
        if publish:
            desk.ledger.publish(number)
            _prune(desk)
        ids = [one.document.id for one in new]
        return Report(
            version=number,
            published=publish,
            passages=sum(row.passages for row in rows),
            added=[one for one in ids if one not in before],
            changed=[one for one in ids if one in before],
            removed=sorted(before - {row.id for row in rows}),
        )

    def _stage(
        self, desk: _Desk, *, kept: Sequence[DocumentRow], new: Sequence[Passage], progress: Progress
    ) -> int:
        """Write a complete collection beside the others; vectors of kept documents are taken over."""
        recorded = desk.ledger.numbers()
        for orphan in set(desk.store.numbers()) - set(recorded):
            desk.store.drop(orphan)  # left behind by an ingest that was killed
        number = max(recorded, default=0) + 1
        desk.store.create(number)
        if kept and desk.current:
            ids = {row.id for row in kept}
            old = [one for one in desk.store.passages(desk.current.number) if one.document_id in ids]
            vectors = desk.store.vectors(desk.current.number)
            desk.store.add(number, old, np.stack([vectors[passage.id] for passage in old]))
        if new:
            texts = [passage.embedded_text for passage in new]
            desk.store.add(number, new, self._embedder().embed_passages(texts, progress=progress))
        return number

    def _keep_original(self, loaded: Loaded) -> None:
        target = self._home.original(loaded.document.sha256, loaded.document.file)
        if not target.exists() or target.read_bytes() != loaded.content:
            half = target.with_suffix(".part")
            half.write_bytes(loaded.content)
            half.replace(target)


def _with_own_ids(loaded: Sequence[Loaded], *, rows: Sequence[DocumentRow]) -> list[Loaded]:
    """Return the documents with ids that no other file has; a file keeps the id it was ingested under.

    A fiche says its own id, so the others make way for it.
    """
    owners = {row.id: row.file for row in rows}
    owners |= {one.document.id: one.document.file for one in loaded if one.fiche}
    kept = {row.file: row.id for row in rows if owners[row.id] == row.file}
    own: list[Loaded] = []
    for one in loaded:
        document = one.document
        if not one.fiche and owners.get(document.id, document.file) != document.file:
            free = (f"{document.id}-{number}" for number in count(2))
            chosen = kept.get(document.file) or next(name for name in free if name not in owners)
            document = replace(document, id=chosen)
        owners[document.id] = document.file
        own.append(replace(one, document=document))
    return own


def _distinct(loaded: Sequence[Loaded]) -> list[Loaded]:
    """Return the documents without those whose bytes another of them has."""
    return list({one.document.sha256: one for one in reversed(loaded)}.values())[::-1]


def _without(rows: Sequence[DocumentRow], new: Sequence[Loaded]) -> list[DocumentRow]:
    """Return the rows that the new documents do not replace: those of other ids, and of other files.

    Two fiches may come from files of one name; what was no fiche and is one now, or the reverse, may not.
    """
    ids = {one.document.id for one in new}
    files = {one.document.file for one in new}
    plain = {one.document.file for one in new if not one.fiche}
    return [row for row in rows if row.id not in ids and row.file not in (plain if row.fiche else files)]


def _sound(new: Sequence[Loaded], rows: Sequence[DocumentRow]) -> tuple[list[Loaded], list[Refusal]]:
    """Return the new documents whose fiches make a sound catalogue with the rest, and refuse the others."""
    kept, refused = _beside(new, rows)
    while True:
        try:
            _catalogue(_without(rows, kept), kept)
        except CatalogueWrong as reason:
            culprit = next((one for one in kept if one.document.file == reason.fields["file"]), None)
            if culprit is None:
                raise
            kept.remove(culprit)
            refused.append(Refusal(culprit.document.file, reason))
        else:
            return kept, refused


def _beside(new: Sequence[Loaded], rows: Sequence[DocumentRow]) -> tuple[list[Loaded], list[Refusal]]:
    """Return the new documents, and refuse a fiche whose id would oust the document of another file."""
    again = {one.document.file for one in new}
    owners = {row.id: row.file for row in rows if not row.fiche and row.file not in again}
    kept, refused = [], []
    for one in new:
        file, own = one.document.file, one.document.id
        if one.fiche and owners.get(own, file) != file:
            reason = f"{own!r} is already the id of {owners[own]}"
            refused.append(Refusal(file, CatalogueWrong(file=file, field="id", reason=reason)))
        else:
            kept.append(one)
    return kept, refused


def _catalogue(rows: Sequence[DocumentRow], new: Sequence[Loaded]) -> Catalogue:
    fiches: list[tuple[str, str, Fiche]] = [
        (row.file, row.id, read_fiche(row.fiche, file=row.file)) for row in rows if row.fiche
    ]
    fiches += [(one.document.file, one.document.id, one.fiche) for one in new if one.fiche]
    return build_catalogue(fiches)


def _row(loaded: Loaded, *, passages: int) -> DocumentRow:
    document = loaded.document
    fiche = fiche_to_json(loaded.fiche) if loaded.fiche else None
    return DocumentRow(document.id, document.title, document.file, document.sha256, passages, fiche)


def _prune(desk: _Desk) -> None:
    """Remove the oldest versions, never the current one, and those that went with a damaged store."""
    held = set(desk.store.numbers())
    for number in desk.ledger.numbers():
        if number not in held:
            desk.ledger.erase(number)
    for number in desk.ledger.numbers()[:-KEPT_VERSIONS]:
        if number != desk.ledger.current():
            desk.ledger.erase(number)
            desk.store.drop(number)
