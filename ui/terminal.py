"""The layouts of a terminal: results as plain text, wrapped, harmless."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from corpus.documents import Language
from ui.chat.making import made_of
from ui.text import explain, phrase

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation
    from corpus.catalogue import Catalogue
    from corpus.gaps import Gap
    from corpus.records import DocumentRow, Doubt, Filed, Version
    from ingest.gating import Verdict
    from ingest.report import Report

_WIDEST = 100


def answer_lines(answer: Answer) -> Iterator[str]:
    """Lay out an answer, its numbered sources and the questions to go on with."""
    language = answer.language
    yield from _wrapped(answer.text)
    if answer.citations:
        yield from ("", phrase("answer.sources", language))
        for citation in answer.citations:
            yield from _source(citation, language)
    made = made_of(answer, language)
    if made:
        yield ""
        yield from _wrapped(made)
    if answer.suggestions:
        yield from ("", phrase("further", language))
        for suggestion in answer.suggestions:
            yield from _wrapped(suggestion, first="  · ")


def passages_lines(passages: Sequence[Mapping[str, Any]], language: Language) -> Iterator[str]:
    """Lay out what `search` found, in the form of its JSON."""
    if not passages:
        yield phrase("none", language)
    for place, passage in enumerate(passages, start=1):
        names = [passage[kind]["name"] for kind in ("initiative", "theme") if passage[kind]]
        page = [phrase("page", language, page=passage["page"])] if passage["page"] else []
        said = dict.fromkeys([f"{passage['score']:.2f}", *names, passage["document"]["title"], *page])
        yield from _wrapped(" · ".join(said), first=f"{place:>2}. ")
        yield from _wrapped(passage["passage"], first="    ")


def gaps_lines(gaps: Sequence[Gap], language: Language) -> Iterator[str]:
    """Lay out the questions that were noted as unanswered, the most often asked first. Dates are UTC."""
    for gap in gaps:
        yield phrase(
            "gaps.line",
            language,
            times=gap.times,
            question=gap.question,
            date=f"{gap.at:%Y-%m-%d}",
            version=gap.version,
        )
    if not gaps:
        yield phrase("gaps.none", language)


def versions_lines(versions: Sequence[Version], live: int | None, language: Language) -> Iterator[str]:
    """Lay out the kept versions, oldest first, the live one marked. Dates are UTC."""
    for version in versions:
        yield phrase(
            "version.line",
            language,
            live=phrase("version.live", language) if version.number == live else " ",
            version=version.number,
            date=f"{version.created_at:%Y-%m-%d %H:%M}",
            documents=phrase("documents.documents", language, count=len(version.documents)),
            passages=phrase("documents.passages", language, count=version.passages),
        )
    yield phrase("version.live.none" if live is None else "version.live.said", language)


def documents_lines(version: Version, language: Language) -> Iterator[str]:
    """Lay out the documents of a version, one a line."""
    yield phrase(
        "documents.head",
        language,
        version=version.number,
        documents=phrase("documents.documents", language, count=len(version.documents)),
        passages=phrase("documents.passages", language, count=version.passages),
    )
    widest = max((len(row.id) for row in version.documents), default=0)
    for row in version.documents:
        passages = phrase("documents.passages", language, count=row.passages)
        yield plain(f"  {row.id:<{widest}}  {row.title} · {row.file} · {passages}")


def document_lines(row: DocumentRow, passages: Sequence[Filed], language: Language) -> Iterator[str]:
    """Lay out the passages of a document, one a line: where it stands, its section and its tags."""
    count = phrase("documents.passages", language, count=row.passages)
    yield plain(f"{row.id} · {row.title} · {row.file} · {count}")
    for one in passages:
        page = phrase("page", language, page=one.page) if one.page is not None else ""
        tags = [f"{tag.target} ({100 * tag.confidence:.0f} %)" for tag in one.tags]
        told = " · ".join(filter(None, (page, one.section, ", ".join(tags))))
        yield plain(f"  {one.start}–{one.end}  {told}".rstrip())


def doubts_lines(doubts: Sequence[Doubt], language: Language) -> Iterator[str]:
    """Lay out what waits for review, one a line, and how to answer."""
    if not doubts:
        yield phrase("review.none", language)
        return
    for one in doubts:
        line = phrase(
            "review.line",
            language,
            id=one.id,
            document=one.document,
            kind=phrase(f"review.{one.kind}", language),
            target=one.target,
            confidence=f"{100 * one.confidence:.0f}",
            why=one.why,
        )
        yield plain(line)
    yield phrase("review.how", language)


def catalogue_lines(catalogue: Catalogue, language: Language) -> Iterator[str]:
    """Lay out the themes, and the initiatives with their themes and territory."""
    yield phrase("themes" if catalogue.themes else "themes.none", language)
    for theme in catalogue.themes:
        yield plain(f"  {theme.id} · {theme.called(language)}")
    yield phrase("initiatives" if catalogue.initiatives else "initiatives.none", language)
    for one in catalogue.initiatives:
        names = [under.called(language) for key in one.themes if (under := catalogue.theme(key))]
        rest = [*filter(None, (one.territory, one.site))]
        yield plain(
            f"  {one.id} · {one.called(language)} ({', '.join(names)}) · {' · '.join(rest)}".rstrip(" ·")
        )


def report_lines(report: Report, language: Language) -> Iterator[str]:
    """Lay out what a change of the index did: the difference, each refusal, the notes, the version."""
    counts: dict[str, Sequence[object]] = {
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "initiatives.added": report.initiatives,
        "themes.added": report.themes,
        "duplicates": report.duplicates,
        "refused": report.refused,
    }
    parts = [phrase(name, language, count=len(some)) for name, some in counts.items() if some]
    if parts:
        yield ", ".join(parts)
    for refusal in report.refused:
        yield plain(f"  {explain(refusal.reason, language)}")
    if report.notes:
        yield phrase("notes", language)
    for note in report.notes:
        yield plain(f"  {explain(note, language)}")
    if report.doubts:
        yield phrase("review.waits", language, count=report.doubts)
    if report.verdict:
        yield from _verdict_lines(report.verdict, report.version, language)
    if report.version is None:
        yield phrase("version.none", language)
    else:
        state = "published" if report.published else "staged" if report.differs else "same"
        yield phrase(f"version.{state}", language, version=report.version, count=report.passages)


def _verdict_lines(verdict: Verdict, version: int | None, language: Language) -> Iterator[str]:
    key = "gate.holds" if verdict.holds else "gate.held"
    counts = {"asked": len(verdict.fine), "broken": len(verdict.broken), "mended": verdict.mended}
    yield phrase(key, language, **counts)
    for one in verdict.broken:
        yield plain(f"  - {one.id} · {one.question}")
    if not verdict.holds:
        yield phrase("gate.forced" if verdict.forced else "gate.remedy", language, version=version)


def report_to_json(report: Report, language: Language) -> dict[str, Any]:
    """Return a report as JSON types; an error is told by its class and in the language of the user."""
    return {
        "index_version": report.version,
        "published": report.published,
        "passages": report.passages,
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "duplicates": report.duplicates,
        "initiatives": report.initiatives,
        "themes": report.themes,
        "doubts": report.doubts,
        "gate": report.verdict
        and {
            "asked": len(report.verdict.fine),
            "broken": [asdict(one) for one in report.verdict.broken],
            "mended": report.verdict.mended,
            "holds": report.verdict.holds,
            "forced": report.verdict.forced,
        },
        "notes": [
            {"kind": type(note).__name__, "message": plain(explain(note, language)), **_texts(note.fields)}
            for note in report.notes
        ],
        "refused": [
            {
                "file": refusal.file,
                "error": type(refusal.reason).__name__,
                "message": plain(explain(refusal.reason, language)),
            }
            for refusal in report.refused
        ],
    }


def _texts(fields: Mapping[str, object]) -> dict[str, object]:
    return {name: value if isinstance(value, int) else str(value) for name, value in fields.items()}


def plain(text: str) -> str:
    """Return a text as one line without control characters, which could take over a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


def _source(citation: Citation, language: Language) -> Iterator[str]:
    named = [one.name for one in (citation.initiative, citation.theme) if one]
    page = [phrase("page", language, page=citation.page)] if citation.page else []
    place = " · ".join(dict.fromkeys([*named, citation.document.title, *page, citation.document.file]))
    margin = " " * (len(str(citation.marker)) + 3)
    yield from _wrapped(place, first=f"[{citation.marker}] ", margin=margin)
    if citation.quote:
        said = f"« {citation.quote} »" if language == "fr" else f"“{citation.quote}”"
        yield from _wrapped(said, first=margin)
    if citation.initiative and citation.initiative.url:
        yield plain(margin + citation.initiative.url)


def _wrapped(text: str, *, first: str = "", margin: str | None = None) -> Iterator[str]:
    """Wrap a text to the terminal, line by line: lists and tables keep theirs."""
    width = min(_WIDEST, shutil.get_terminal_size().columns)
    follow = " " * len(first) if margin is None else margin
    for line in text.splitlines():
        if line.startswith("|") or not line.strip():
            yield plain(first + line).rstrip()
        else:
            hanging = follow + ("  " if line.startswith("- ") else "")
            yield from textwrap.wrap(
                plain(line),
                max(width, 20),
                initial_indent=first,
                subsequent_indent=hanging,
                break_long_words=False,
                break_on_hyphens=False,
            )
        first = follow
