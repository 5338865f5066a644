"""The pipeline: read, split, tag, embed, stage a version, publish it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.catalogue import Catalogue, Initiative, Theme
from corpus.documents import Passage
from corpus.embedder import Embedder
from corpus.errors import (
    CatalogueWrong,
    DocumentNeeded,
    DocumentUnknown,
    EditionKept,
    FileUnreadable,
    IndexMissing,
)
from corpus.home import Home
from corpus.ledger import catalogue_of, check_model
from corpus.names import Names
from corpus.records import DocumentRow, Doubt, Text
from corpus.settings import Settings
from corpus.soundness import remember
from ingest.desk import Desk, opened_desk
from ingest.editions import beside_the_inbox
from ingest.finding import Found, Refusal, find_files
from ingest.gating import Gate, Verdict, check_of
from ingest.isolation import IsolatedReaders, Readers
from ingest.progress import FileWatcher, Watcher, unseen, unwatched
from ingest.reading import Loaded, Read, Reader
from ingest.reconciling import catalogue_with, joined_notes, row_of, sound, with_own_ids, without
from ingest.report import Report

if TYPE_CHECKING:
    from corpus.store import Store

_EMBEDDED = "embedding.sqlite3"


@dataclass(frozen=True, slots=True)
class _Staged:
    """A version that was written beside the others: its passages, without their texts, and what is in doubt.

    `sureness` is that of the tags that are not certain.
    """

    number: int
    passages: Sequence[Passage]
    doubts: Sequence[Doubt]
    sureness: Mapping[tuple[str, str], float]


class Pipeline:
    """Changes the index of one home, one version at a time.

    `embedder` is called only when there is something to embed; `readers` read the files, by default in
    processes of their own; `gate` may keep a staged version from being published. Every method raises
    HomeBusy when another process is changing the index.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        embedder: Callable[[], Embedder],
        embedding_model: str,
        readers: Callable[[], Readers] | None = None,
        gate: Gate | None = None,
    ) -> None:
        self._settings = settings
        self._gate = gate
        self._embedder = embedder
        self._embedding_model = embedding_model
        self._home = Home(settings.home, ledger=settings.ledger)
        self._readers = readers or (lambda: IsolatedReaders(megabytes=settings.file_memory))

    def ingest(
        self,
        paths: Iterable[Path],
        *,
        publish: bool = True,
        check: bool = False,
        force: bool = False,
        mirror: bool = True,
        watcher: Watcher = unwatched,
        each: FileWatcher = unseen,
    ) -> Report:
        """Ingest files and folders beside what the current version holds.

        A document of the same id is replaced, and with `mirror` one that came from a folder that is named
        again, but is no longer there, is removed. With `force` a version is published whatever the gate says;
        with `check` the gate is asked of one that is not to be published yet. `each` is told of every file.
        What came through the inbox does not give way to a folder that has what it replaced.
        Raises NothingToIngest and FileMissing before anything is done, IndexStale when the current version
        was embedded by another model.
        """
        given = list(paths)
        found, refused = find_files(given)
        with self._desk() as desk:
            if desk.current:
                check_model(desk.current, wanted=self._embedding_model)
            held = {row.sha256: row.id for row in desk.rows}
            for one in refused:
                each(one.file, "refused", one.reason)
            read = self._read(found, held=held, watcher=watcher, each=each)
            loaded = with_own_ids(read.loaded, rows=desk.rows)
            named = {one.name for one in found if one.path in given or self._home.inbox in given}
            loaded, notes = beside_the_inbox(desk, loaded, inbox=_kept(self._home.inbox), named=named)
            new, wrong = sound(loaded, desk.rows)
            gone = self._gone(desk, given, found, refused) if mirror else set()
            kept = [row for row in without(desk.rows, new) if row.id not in gone]
            for one in wrong:
                each(one.file, "refused", one.reason)
            report = self._change(
                desk, kept=kept, new=new, publish=publish, check=check, force=force, watcher=watcher
            )
            older = {note.fields["file"] for note in notes if isinstance(note, EditionKept)}
            self._remember(desk, given, [one for one in found if one.name not in older])
            files = {row.id: row.file for row in desk.rows}
            same = [one for one in read.held if files[held[one.sha256]] == one.found.name]
            others = [one.found.name for one in read.held if files[held[one.sha256]] != one.found.name]
            report = replace(
                report,
                unchanged=list(dict.fromkeys(held[one.sha256] for one in same)),
                duplicates=[*others, *(one.found.name for one in read.again)],
                refused=[*refused, *read.refused, *wrong],
                notes=[*(note for one in new for note in one.notes), *joined_notes(new, kept), *notes],
            )
            desk.ledger.refuse(report.version, [(one.file, one.reason) for one in report.refused])
            return report

    def rebuild(self, *, publish: bool = True, watcher: Watcher = unwatched) -> Report:
        """Read and embed again all that the current version holds, from the originals.

        A version with refusals is staged but not published, so that no document is lost unseen. A damaged
        store is set aside and made anew. Raises IndexMissing when there is no version.
        """
        with self._desk(anew=True) as desk:
            if not desk.current:
                raise IndexMissing(home=self._home.folder)
            originals = [Found(self._home.original(row.sha256, row.file), row.file) for row in desk.rows]
            read = self._read(originals, held={}, watcher=watcher)
            held = {row.sha256 for row in desk.rows}
            altered = [one.document.file for one in read.loaded if one.document.sha256 not in held]
            loaded = [one for one in read.loaded if one.document.file not in altered]
            reason = "the original kept in the home was altered: ingest the file again"
            refused = [Refusal(file, FileUnreadable(file=file, reason=reason)) for file in altered]
            refused = [*read.refused, *refused]
            new = with_own_ids(loaded, rows=desk.rows)
            report = self._change(desk, kept=[], new=new, publish=publish and not refused, watcher=watcher)
            return replace(report, refused=refused, notes=[note for one in new for note in one.notes])

    def forget(
        self, document_id: str, *, publish: bool = True, check: bool = False, watcher: Watcher = unwatched
    ) -> Report:
        """Make a version without one document; its original stays in the home.

        Raises DocumentUnknown, and DocumentNeeded when another document refers to it.
        """
        with self._desk() as desk:
            kept = [row for row in desk.rows if row.id != document_id]
            if len(kept) == len(desk.rows):
                raise DocumentUnknown(id=document_id)
            try:
                catalogue_of(kept)
            except CatalogueWrong as error:
                catalogue_of(desk.rows)  # wrong with the document too: then that is what is to be said
                raise DocumentNeeded(id=document_id, **error.fields) from error
            return self._change(desk, kept=kept, new=[], publish=publish, check=check, watcher=watcher)

    def decide(
        self, accepted: Mapping[int, bool], *, publish: bool = True, watcher: Watcher = unwatched
    ) -> Report:
        """Write down what somebody says to doubts, and tag their documents anew in one new version.

        Raises DoubtUnknown, and FicheNeeded when what is accepted has no fiche to be tagged with.
        """
        with self._desk() as desk:
            again = desk.decide(accepted)
            return self._change(desk, kept=desk.rows, new=[], again=again, publish=publish, watcher=watcher)

    def _desk(self, *, anew: bool = False) -> AbstractContextManager[Desk]:
        return opened_desk(self._home, anew=anew)

    def _read(
        self, found: Sequence[Found], *, held: dict[str, str], watcher: Watcher, each: FileWatcher = unseen
    ) -> Read:
        with closing(self._readers()) as readers:
            reader = Reader(
                self._home,
                readers=readers,
                size_limit=self._settings.file_limit,
                seconds=self._settings.file_seconds,
            )
            return reader.read(
                found, held=held, done=lambda done, total: watcher("read", done, total), each=each
            )

    def _gone(
        self, desk: Desk, given: Sequence[Path], found: Sequence[Found], refused: Sequence[Refusal]
    ) -> set[str]:
        """Return the ids of the documents that came from a folder named again and are not there any more."""
        folders = {_kept(path) for path in given if path.is_dir()}
        there = {_kept(one.path) for one in found}
        places = desk.ledger.places()
        named = {one.file for one in refused}
        return {
            row.id
            for row in desk.rows
            if (place := places.get(row.file))
            and place.folder in folders
            and place.path not in there
            and row.file not in named
            and not Path(place.path).exists()
        }

    def _remember(self, desk: Desk, given: Sequence[Path], found: Sequence[Found]) -> None:
        """Write down where each file came from."""
        folders = [path.resolve() for path in given if path.is_dir()]
        desk.ledger.place(
            [
                (one.name, _kept(one.path), _kept(root))
                for one in found
                for root in folders
                if one.path.resolve().is_relative_to(root)
            ]
        )

    def _change(
        self,
        desk: Desk,
        *,
        kept: Sequence[DocumentRow],
        new: Sequence[Loaded],
        publish: bool,
        watcher: Watcher,
        again: Collection[str] = (),
        check: bool = False,
        force: bool = False,
    ) -> Report:
        """Stage a version of the kept rows and the new documents, and publish it if asked and the gate holds.

        With `check` the gate is asked whether or not it is to be published. The documents `again` are tagged
        anew.
        """
        before = {row.id for row in desk.rows}
        if not new and not again and len(kept) == len(before):
            number, total = (desk.current.number, desk.current.passages) if desk.current else (None, 0)
            return Report(number, False, total)
        # Slow to import, and of no use to an ingest that changes nothing.
        from corpus.store import Store
        from ingest.splitting import split

        old = catalogue_of(desk.rows)
        catalogue = catalogue_with(kept, new)
        passages = {
            one.document.id: split(one.document, one.sections, size=self._settings.passage_size)
            for one in new
        }
        rows = [*kept, *(row_of(one, passages=len(passages[one.document.id])) for one in new)]
        with closing(Store(self._home.store)) as store:
            staged = self._stage(
                desk,
                store,
                kept=kept,
                new=new,
                passages=[passage for some in passages.values() for passage in some],
                catalogues=(old, catalogue),
                again=again,
                watcher=watcher,
            )
            number = staged.number
            desk.ledger.record(
                number=number,
                embedding_model=self._embedding_model,
                documents=rows,
                texts=[_text(one) for one in new],
                passages=staged.passages,
                sureness=staged.sureness,
            )
            desk.ledger.doubt(staged.doubts)
            asked = publish or check
            verdict = self._verdict(desk, store, number, force=force, watcher=watcher) if asked else None
            publish = publish and (verdict is None or verdict.holds or force)
            if publish:
                desk.ledger.publish(number)
                self._prune(desk, store)
        (self._home.folder / _EMBEDDED).unlink(missing_ok=True)
        if publish:
            remember(self._home, desk.ledger.version(number))
        watcher("publish", 1, 1)
        ids = [one.document.id for one in new]
        known = {fiche.id for fiche in old}
        return Report(
            version=number,
            published=publish,
            passages=sum(row.passages for row in rows),
            added=[one for one in ids if one not in before],
            changed=[one for one in ids if one in before],
            removed=sorted(before - {row.id for row in rows}),
            initiatives=[one.id for one in catalogue if isinstance(one, Initiative) and one.id not in known],
            themes=[one.id for one in catalogue if isinstance(one, Theme) and one.id not in known],
            doubts=sum(one.state == "open" and one.document in ids for one in desk.ledger.doubts()),
            verdict=verdict,
        )

    def _verdict(
        self, desk: Desk, store: Store, number: int, *, force: bool, watcher: Watcher
    ) -> Verdict | None:
        """Ask the golden cases of a staged version, and write down what they say."""
        live = desk.current
        if not self._gate or not live:
            return None
        checked = desk.ledger.checked(live.number)
        verdict = self._gate(store, live, desk.ledger.version(number), checked=checked, watcher=watcher)
        if verdict:
            verdict = replace(verdict, forced=force and not verdict.holds)
            desk.ledger.check(check_of(verdict, version=number))
        return verdict

    def _stage(
        self,
        desk: Desk,
        store: Store,
        *,
        kept: Sequence[DocumentRow],
        new: Sequence[Loaded],
        passages: Sequence[Passage],
        catalogues: tuple[Catalogue, Catalogue],
        again: Collection[str],
        watcher: Watcher,
    ) -> _Staged:
        """Write a complete version beside the others; vectors of kept documents are taken over."""
        from ingest.doubting import doubts
        from ingest.staging import Embedded, Staging

        recorded = desk.ledger.numbers()
        for orphan in set(store.numbers()) - set(recorded):
            store.drop(orphan)  # left behind by an ingest that was killed
        number = max(recorded, default=0) + 1
        before, after = catalogues
        accepted: dict[str, list[tuple[str, str]]] = defaultdict(list)
        sureness: dict[tuple[str, str], float] = {}
        for one in desk.ledger.doubts():
            if one.state == "accepted":
                accepted[one.document].append((one.target, one.why if one.is_said else ""))
                sureness[one.document, one.target] = one.confidence
        staging = Staging(store, number=number, catalogue=after, watcher=watcher, accepted=accepted)
        if kept and desk.current:
            documents = {row.id for row in kept}
            staging.take_over(desk.current.number, documents=documents, before=before, again=again)
        tagged = staging.tagged(passages)
        resumed = Embedded(self._home.folder / _EMBEDDED, embedding_model=self._embedding_model)
        with closing(resumed) as embedded:
            staging.add(tagged, embedder=self._embedder, embedded=embedded)
        found = []
        if passages:
            found = doubts(
                new,
                tagged=tagged,
                catalogue=after,
                names=Names(after),
                directions=staging.directions,
                embed=lambda texts: self._embedder().embed_passages(texts),
            )
        return _Staged(number, staging.filed, found, sureness)

    def _prune(self, desk: Desk, store: Store) -> None:
        """Remove the oldest versions, never the current one, and those that went with a damaged store."""
        held = set(store.numbers())
        for number in desk.ledger.numbers():
            if number not in held:
                desk.ledger.erase(number)
        for number in desk.ledger.numbers()[: -self._settings.kept_versions]:
            if number != desk.ledger.current():
                desk.ledger.erase(number)
                store.drop(number)


def _kept(path: Path) -> str:
    """Return a path as a database can keep it: bytes that are not UTF-8 are escaped."""
    return str(path.resolve()).encode("utf-8", "backslashreplace").decode()


def _text(loaded: Loaded) -> Text:
    document = loaded.document
    return Text(
        document=document.id,
        sha256=document.sha256,
        cleaned=document.text,
        original=loaded.original,
        runs=loaded.alignment.runs,
    )
