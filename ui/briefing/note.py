"""The note: exchanges as a document to read and hand on, before it has any format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Answer, Citation, DocumentRef, InitiativeRef, ThemeRef
from assistant.courtesy import refuses
from corpus.catalogue import Catalogue
from corpus.documents import Language
from corpus.words import fold, words
from ui.briefing.tree import reachable
from ui.chat.making import made_of
from ui.errors import NoteTooLarge
from ui.shapes import pieces
from ui.text import all_phrases, say

LONGEST = 150_000
"""Characters of a note, some sixty pages: what is longer would keep a core busy for too long."""
LONGEST_QUOTE = 700
"""Characters of a quote in its footnote; a sentence of a document has fewer."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of the index; the day on which it was made is None where that is not known any more."""

    number: int
    made: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One question and its answer: `text` is Markdown with markers, `citations` what they point to.

    `understood` is the question as it was rewritten, "" where it was not; `made` says how the answer was
    made.
    """

    question: str
    understood: str
    language: Language
    abstained: bool
    text: str
    citations: Mapping[int, Citation]
    made: str
    edition: Edition


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that is cited, and its pages, in order."""

    document: DocumentRef
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and the name of the initiative whose site it is, "" for one that an answer quotes."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """All that the answers rest on, each once, in alphabetical order."""

    initiatives: tuple[InitiativeRef, ...] = ()
    themes: tuple[ThemeRef, ...] = ()
    documents: tuple[Cited, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A note in one language. `house` is the name of the think tank, "" where it is not known."""

    language: Language
    house: str
    day: date
    editions: tuple[Edition, ...]
    sections: tuple[Section, ...]
    bibliography: Bibliography

    @property
    def title(self) -> str:
        """The question, or how many there are."""
        if len(self.sections) == 1:
            return self.sections[0].question
        return say("briefing.title", self.language, number=len(self.sections))


def note_of(
    exchanges: Sequence[tuple[str, Answer]],
    language: Language,
    *,
    house: str = "",
    day: date,
    made: Mapping[int, date] | None = None,
) -> Note:
    """Return questions and their answers as a note; `made` has the day of each version that is still kept.

    Raises NoteTooLarge.
    """
    count = sum(len(question) + _length(answer) for question, answer in exchanges)
    if count > LONGEST:
        raise NoteTooLarge(count=count, limit=LONGEST)
    days = made or {}
    numbers = sorted({answer.index_version for _, answer in exchanges})
    editions = {number: Edition(number, days.get(number)) for number in numbers}
    return Note(
        language=language,
        house=house,
        day=day,
        editions=tuple(editions.values()),
        sections=tuple(
            _section(question, answer, language, editions[answer.index_version])
            for question, answer in exchanges
        ),
        bibliography=bibliography([answer for _, answer in exchanges]),
    )


def _length(answer: Answer) -> int:
    """Return how many characters of an answer and its sources a note shows, about."""
    shown = [answer.text, answer.standalone_question]
    for one in answer.citations:
        shown += [one.document.title, one.document.file, (one.quote or one.passage)[:LONGEST_QUOTE]]
        shown += [one.theme.name] if one.theme else []
        shown += [one.initiative.name, one.initiative.url, one.initiative.territory] if one.initiative else []
    return sum(map(len, shown))


def house_of(catalogue: Catalogue, language: Language) -> str:
    """Return the name of the think tank, "" where the catalogue has none."""
    return next((one.called(language) for one in catalogue.think_tanks), "")


def bibliography(answers: Sequence[Answer]) -> Bibliography:
    """Return what answers rest on: what their citations name, and the addresses in their text."""
    citations = [citation for answer in answers for citation in answer.citations]
    initiatives = {one.initiative.id: one.initiative for one in citations if one.initiative}
    themes = {one.theme.id: one.theme for one in citations if one.theme}
    documents = {one.document.id: one.document for one in citations}
    pages: dict[str, set[int]] = {document: set() for document in documents}
    for one in citations:
        if one.page is not None:
            pages[one.document.id].add(one.page)
    sites = [Link(one.url, one.name) for one in initiatives.values()]
    quoted = [Link(piece.text) for answer in answers for piece in pieces(answer.text) if piece.kind == "link"]
    links = {one.address.rstrip("/"): one for one in reversed([*sites, *quoted]) if reachable(one.address)}
    return Bibliography(
        initiatives=tuple(sorted(initiatives.values(), key=lambda one: fold(one.name))),
        themes=tuple(sorted(themes.values(), key=lambda one: fold(one.name))),
        documents=tuple(
            Cited(one, tuple(sorted(pages[one.id])))
            for one in sorted(documents.values(), key=lambda one: (fold(one.title), one.id))
        ),
        links=tuple(sorted(links.values(), key=lambda one: (fold(one.name or "\uffff"), one.address))),
    )


def _section(question: str, answer: Answer, language: Language, edition: Edition) -> Section:
    return Section(
        question=question,
        understood="" if words(answer.standalone_question) == words(question) else answer.standalone_question,
        language=answer.language,
        abstained=refuses(answer),
        text=answer.text,
        citations={citation.marker: citation for citation in answer.citations},
        made=_made(answer, language),
        edition=edition,
    )


def _made(answer: Answer, language: Language) -> str:
    done = answer.generation
    if done and done.failure and f"made.why.{done.failure}" not in all_phrases():
        # It comes from a browser, which may have kept it since another edition of this program.
        answer = replace(answer, generation=replace(done, failure=None))
    how = "abstained" if answer.abstained else "generated" if answer.mode == "generated" else "extractive"
    return made_of(answer, language) or say(f"briefing.made.{how}", language)
