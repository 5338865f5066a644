"""The command line: each command opens what it needs, calls one function and lays out the result.

What the commands work with is imported when one of them runs: `passerelle --help` loads no model.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.documents import Language
from corpus.errors import FileMissing, HomeBusy, PasserelleError
from ui import administering, evaluating, purging
from ui.bars import progress_bars
from ui.briefing.command import note_command
from ui.output import Unwritable, drop_output, flush, show, tell, tell_error
from ui.terminal import (
    answer_lines,
    catalogue_lines,
    document_lines,
    documents_lines,
    doubts_lines,
    gaps_lines,
    passages_lines,
    plain,
    report_lines,
    report_to_json,
    versions_lines,
)
from ui.text import explain, phrase, told
from ui.usage import Command, Group, complain, spoken

if TYPE_CHECKING:
    from corpus.records import Version
    from ingest.report import Report
    from ui.opening import Opening

DONE, IN_PART, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
_BUSY = 5  # seconds before another look at a home that is taken


@dataclass(frozen=True, slots=True)
class Session:
    """Who is spoken to, and how the application is opened: `open` takes settings that override others."""

    language: Language
    open: Callable[..., Opening]


def serve(session: Session, host: str | None, port: int | None) -> int:
    from ui.serving import serve

    return serve(session.open(host=host, port=port), session.language, tell=tell)


def ask(session: Session, question: str, as_json: bool) -> None:
    opening = session.open()
    _check(question, opening)
    answer = opening.assistant().ask(question)
    show(answer.to_json() if as_json else answer_lines(answer))


def search(session: Session, question: str, k: int, as_json: bool) -> None:
    from ui.web.api import hit_to_json

    opening = session.open()
    _check(question, opening)
    assistant = opening.assistant()
    catalogue = assistant.index.catalogue
    passages = [hit_to_json(hit, catalogue) for hit in assistant.search(question, k=k)]
    show({"passages": passages} if as_json else passages_lines(passages, session.language))


def ingest(
    session: Session, paths: Sequence[Path], as_json: bool, no_publish: bool, rebuild: bool, force: bool
) -> int:
    if rebuild and paths:
        raise click.UsageError(phrase("wrong.rebuild", session.language), click.get_current_context())
    opening = session.open()
    pipeline = opening.pipeline()
    with progress_bars(session.language, as_json=as_json) as watcher:
        if rebuild:
            report = pipeline.rebuild(publish=not no_publish, watcher=watcher)
        else:
            chosen = paths or [opening.settings.material]
            report = pipeline.ingest(chosen, publish=not no_publish, force=force, watcher=watcher)
    return _show_report(report, session.language, as_json=as_json)


def watch(session: Session, folder: Path, mirror: bool) -> int:
    import threading

    from ingest.watching import watch

    if not folder.is_dir():
        raise FileMissing(file=folder)
    pipeline = session.open().pipeline()
    stop = threading.Event()

    def ingest_again() -> None:
        said = ""
        while not stop.is_set():
            try:
                with progress_bars(session.language, as_json=False) as watcher:
                    report = pipeline.ingest([folder], mirror=mirror, watcher=watcher)
            except (PasserelleError, OSError) as error:  # an empty folder, say: the next change may do
                what = _told(error, session.language)
                if what != said:
                    tell_error(what)
                said = what
                # Another ingest ends, and then these files' turn comes.
                if isinstance(error, HomeBusy) and not stop.wait(_BUSY):
                    continue
                return
            if report.differs or report.refused or report.notes:
                show(report_lines(report, session.language))
                flush()
            return

    tell(phrase("watch.open", session.language, folder=folder))
    try:
        watch(folder, ingest_again, stop=stop)
    except KeyboardInterrupt:
        stop.set()
    return DONE


def review(session: Session, accept: int | None, reject: int | None, as_json: bool) -> int:
    opening = session.open()
    for number, accepted in ((accept, True), (reject, False)):
        if number is not None:
            report = opening.pipeline().decide({number: accepted})
            if not as_json:
                show(report_lines(report, session.language))
    waiting = opening.doubts()
    show({"doubts": [asdict(one) for one in waiting]} if as_json else doubts_lines(waiting, session.language))
    return DONE


def gaps(session: Session, clear: bool, as_json: bool) -> None:
    noted = session.open().gaps(clear=clear)
    rows = [{**asdict(one), "at": one.at.isoformat(timespec="seconds")} for one in noted]
    show({"gaps": rows} if as_json else gaps_lines(noted, session.language))


def documents(session: Session, document: str | None, as_json: bool) -> None:
    if document is not None:
        row, filed = session.open().filed(document)
        listed = {
            "id": row.id,
            "title": row.title,
            "file": row.file,
            "passages": [asdict(one) for one in filed],
        }
        show(listed if as_json else document_lines(row, filed, session.language))
        return
    version = session.open().version()
    rows = [
        {"id": row.id, "title": row.title, "file": row.file, "passages": row.passages, "sha256": row.sha256}
        for row in version.documents
    ]
    if as_json:
        show({"index_version": version.number, "passages": version.passages, "documents": rows})
    else:
        show(documents_lines(version, session.language))


def versions(session: Session, as_json: bool) -> None:
    kept, live = session.open().publisher().versions()
    rows = [
        {
            "version": one.number,
            "live": one.number == live,
            "created_at": one.created_at.isoformat(timespec="seconds"),
            "embedding_model": one.embedding_model,
            "documents": len(one.documents),
            "passages": one.passages,
        }
        for one in kept
    ]
    show(
        {"index_version": live, "versions": rows} if as_json else versions_lines(kept, live, session.language)
    )


def publish(session: Session, version: int) -> None:
    _show_published(session.open().publisher().publish(version), session.language)


def rollback(session: Session, version: int | None) -> None:
    _show_published(session.open().publisher().rollback(version), session.language)


def forget(session: Session, document: str) -> int:
    report = session.open().pipeline().forget(document)
    return _show_report(report, session.language, as_json=False)


def catalogue(session: Session, as_json: bool) -> None:
    from corpus.ledger import catalogue_of
    from ui.web.api import catalogue_to_json

    version = session.open().version()
    found = catalogue_of(version.documents)
    if as_json:
        show({"index_version": version.number, **catalogue_to_json(found)})
    else:
        show(catalogue_lines(found, session.language))


def doctor(session: Session) -> int:
    from ui.doctor import examine, findings_lines

    findings = list(examine(session.open, session.language))
    show(findings_lines(findings, session.language))
    return IN_PART if any(finding.wrong for finding in findings) else DONE


def program(language: Language) -> click.Group:
    """Return all commands, speaking one language."""
    as_json = click.Option(["--json", "as_json"], is_flag=True, help=phrase("help.json", language))
    question = click.Argument(["question"], metavar="QUESTION")

    def flag(name: str) -> click.Option:
        return click.Option([f"--{name}"], is_flag=True, help=phrase(f"help.{name}", language))

    def number(name: str, highest: int, **rest: Any) -> click.Option:
        text = phrase(f"help.{name}", language)
        kind = click.IntRange(1, highest)
        return click.Option([f"--{name}"], type=kind, metavar=f"1..{highest}", help=text, **rest)

    def doubt(name: str) -> click.Option:
        text = phrase(f"help.{name}", language)
        return click.Option([f"--{name}"], type=click.IntRange(1), metavar="N", help=text)

    def command(run: Callable[..., int | None], *params: click.Parameter) -> click.Command:
        callback = click.pass_obj(run)
        return Command(run.__name__, language=language, params=params, callback=callback)

    def file(name: str, metavar: str, **rest: Any) -> click.Option:
        text = phrase(f"help.{name}", language)
        return click.Option([f"--{name}"], type=_path, metavar=metavar, help=text, **rest)

    def text(name: str, metavar: str, **rest: Any) -> click.Option:
        return click.Option([f"--{name}"], metavar=metavar, help=phrase(f"help.{name}", language), **rest)

    host = click.Option(["--host"], metavar="HOST", help=phrase("help.host", language))
    paths = click.Argument(["paths"], metavar="[PATH]...", nargs=-1, type=_path)
    document = click.Argument(["document"], metavar="ID")
    one = click.Argument(["document"], metavar="[ID]", required=False)
    sets = file("set", "FILE.jsonl", multiple=True)
    sets.name = "sets"
    chat_models = text("chat-model", "MODEL", multiple=True)
    chat_models.name = "chat_models"
    given = file("score", "FILE.jsonl")
    given.name = "given"
    evaluate = Group(
        "eval",
        language=language,
        commands=[
            command(evaluating.runs, as_json),
            command(evaluating.propose, document, file("out", "FILE.jsonl")),
        ],
        params=[
            sets,
            file("answers", "OUT.jsonl"),
            file("report", "OUT.html"),
            text("baseline", "RUN"),
            text("judge", "MODEL"),
            chat_models,
            given,
            as_json,
        ],
        callback=click.pass_obj(evaluating.evaluate),
        invoke_without_command=True,
    )
    return Group(
        "passerelle",
        language=language,
        commands=[
            command(serve, host, number("port", 65535)),
            command(ask, question, as_json),
            command(search, question, number("k", 100, default=10), as_json),
            note_command(language),
            command(ingest, paths, as_json, flag("no-publish"), flag("rebuild"), flag("force")),
            command(watch, click.Argument(["folder"], metavar="FOLDER", type=_path), flag("mirror")),
            command(review, doubt("accept"), doubt("reject"), as_json),
            command(gaps, flag("clear"), as_json),
            command(documents, one, as_json),
            command(forget, document),
            command(versions, as_json),
            command(publish, click.Argument(["version"], metavar="VERSION", type=click.IntRange(1))),
            command(
                rollback,
                click.Argument(["version"], metavar="[VERSION]", type=click.IntRange(1), required=False),
            ),
            command(catalogue, as_json),
            evaluate,
            administering.admin(language),
            purging.purge_command(language),
            command(doctor),
        ],
    )


def run(arguments: Sequence[str], *, open_with: Callable[..., Opening] | None = None) -> int:
    """Run one command and return its exit code; what a user can mend is told in one line, untraced."""
    language = spoken(arguments, os.environ)
    session = Session(language, open_with or _open)
    try:
        code = program(language).main(
            list(arguments), prog_name="passerelle", standalone_mode=False, obj=session
        )
        flush()
    except click.exceptions.NoArgsIsHelpError as error:
        tell_error(error.format_message())
        return WRONG_USAGE
    except click.UsageError as error:
        tell_error(plain(complain(error, language)))
        return WRONG_USAGE
    except click.Abort:
        return INTERRUPTED
    except PasserelleError as error:
        tell_error(_told(error, language))
        return IN_PART
    except Unwritable as error:
        drop_output()
        if not isinstance(error.__cause__, BrokenPipeError):  # who reads has seen enough: nothing to say
            reason = phrase("error.output", language, reason=told(error, language))
            tell_error(plain(phrase("error", language, what=reason)))
        return IN_PART
    except OSError as error:
        tell_error(_told(error, language))
        return IN_PART
    return code or DONE


def _told(error: PasserelleError | OSError, language: Language) -> str:
    """Return one line that says what went wrong."""
    if isinstance(error, PasserelleError):
        what = explain(error, language)
    else:
        what = phrase("error.system", language, reason=told(error, language))
    return plain(phrase("error", language, what=what))


def main() -> None:
    """Run the command that the shell asks for."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that has no « œ » shows « ? »
    sys.exit(run(sys.argv[1:]))


def _open(**overrides: object) -> Opening:
    from corpus.settings import read_settings
    from ui.opening import Opening, be_quiet

    settings = read_settings(**overrides)
    be_quiet(settings)
    return Opening(settings)


def _path(text: str) -> Path:
    if not text:  # an unset variable of a script: Path would take it for the folder one is in
        raise FileMissing(file='""')
    return Path(text)


def _check(question: str, opening: Opening) -> None:
    """Refuse an unusable question before anything slow."""
    from assistant.question import checked

    checked(question, limit=opening.settings.question_limit)


def _show_published(version: Version, language: Language) -> None:
    show([phrase("version.published", language, version=version.number, count=version.passages)])


def _show_report(report: Report, language: Language, *, as_json: bool) -> int:
    show(report_to_json(report, language) if as_json else report_lines(report, language))
    held = report.verdict and not (report.verdict.holds or report.verdict.forced)
    return IN_PART if report.refused or held or report.version is None else DONE
