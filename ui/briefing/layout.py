"""The layout of a note: what stands where, as the tree that every format is made from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

from assistant.answer import Citation
from corpus.documents import Language
from corpus.words import printable
from ui.briefing import tree
from ui.briefing.note import LONGEST_QUOTE, Bibliography, Cited, Edition, Note, Section
from ui.briefing.prose import answer_to_blocks
from ui.briefing.tree import Node
from ui.text import say, unbroken

# Names of paragraph styles, which `reference.py` and `note.typ` draw.
ABOUT, WHAT, QUIET, VERDICT = "Note About", "Note What", "Note Quiet", "Note Verdict"


def blocks_of(note: Note) -> list[Node]:
    """Return the whole note: title, what it is, a section for each question, the bibliography."""
    footnotes = Footnotes(note.language)
    whole = [
        tree.heading(1, _text(note.title)),
        tree.styled(ABOUT, [tree.para(_text(_about(note)))]),
        tree.styled(WHAT, [tree.para(_text(say("briefing.what", note.language)))]),
    ]
    for section in note.sections:
        if len(note.sections) > 1:
            whole.append(tree.heading(2, _text(section.question)))
        whole += _section(section, note.language, footnotes)
    return [*whole, *_bibliography(note.bibliography, note.language)]


class Footnotes:
    """Counts the footnotes of a note; each of a note's answers cites by markers of its own."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._last = 0

    def of(self, section: Section) -> Callable[[int], list[Node]]:
        """Return what gives the footnote of a marker: whole the first time, then its number again."""
        numbers: dict[int, int] = {}

        def cite(marker: int) -> list[Node]:
            citation = section.citations.get(marker)
            if citation is None:
                return []
            if marker in numbers:
                return tree.footnote_again(numbers[marker])
            self._last += 1
            numbers[marker] = self._last
            return [tree.footnote(self._last, source_of(citation, self._language))]

        return cite


def source_of(citation: Citation, language: Language) -> list[Node]:
    """Return the words of a footnote: the quote, its document, its initiative and its theme."""
    quote = _shortened(citation.quote or citation.passage)
    told = _text(say("briefing.quote", language, quote=quote))
    told += [*tree.words(" – "), tree.emphasis(_text(citation.document.title))]
    told += tree.words(f" ({citation.document.file})")
    if citation.page is not None:
        told += tree.words(f", {say('briefing.pages', language, pages=citation.page)}")
    told += tree.words(".")
    if citation.initiative:
        initiative = citation.initiative
        place = f" ({initiative.territory})" if initiative.territory else ""
        told += tree.words(" " + say("briefing.initiative", language, name=initiative.name + place))
    if citation.theme:
        told += tree.words(" " + say("briefing.theme", language, name=citation.theme.name))
    return told


def edition_of(edition: Edition, language: Language) -> str:
    """Return a version of the index in words, with its day where that is known."""
    if edition.made is None:
        return say("briefing.edition", language, number=edition.number)
    made = day_of(edition.made, language)
    return say("briefing.edition.dated", language, number=edition.number, date=made)


def day_of(day: date, language: Language) -> str:
    """Return a day in words."""
    month = say("briefing.months", language).split(" ")[day.month - 1]
    number = say("briefing.first", language) if day.day == 1 else str(day.day)
    return say("briefing.date", language, day=number, month=month, year=day.year)


def footer_of(note: Note) -> str:
    """Return the words at the foot of each page."""
    kind = say("briefing.kind", note.language)
    return printable(" · ".join(filter(None, [kind, note.house, day_of(note.day, note.language)])))


def _about(note: Note) -> str:
    kind = [say("briefing.kind", note.language)] if len(note.sections) == 1 else []
    editions = [edition_of(edition, note.language) for edition in note.editions]
    return " · ".join(filter(None, [*kind, note.house, day_of(note.day, note.language), *editions]))


def _section(section: Section, language: Language, footnotes: Footnotes) -> list[Node]:
    blocks = []
    if section.understood:
        understood = say("briefing.understood", language, question=section.understood)
        blocks.append(tree.styled(QUIET, [tree.para(_text(understood))]))
    if section.abstained:
        blocks.append(tree.styled(VERDICT, [tree.para(_text(say("abstained", language)))]))
    answer = answer_to_blocks(section.text, footnotes.of(section))
    blocks += answer if section.language == language else [tree.spoken(section.language, answer)]
    made = f"{section.made} · {edition_of(section.edition, language)}"
    return [*blocks, tree.styled(QUIET, [tree.para(_text(made))])]


def _bibliography(cited: Bibliography, language: Language) -> list[Node]:
    blocks = [tree.heading(2, _text(say("briefing.bibliography", language)))]
    lists: dict[str, list[list[Node]]] = {
        "initiatives": [
            [
                tree.strong(_text(one.name)),
                *tree.words(f", {one.territory}" if one.territory else ""),
                *(tree.words(", ") + tree.link(one.url, _site(one.url)) if one.url else []),
            ]
            for one in cited.initiatives
        ],
        "themes": [_text(one.name) for one in cited.themes],
        "documents": [_document(one, language) for one in cited.documents],
        "links": [
            [*tree.words(f"{one.name}, " if one.name else ""), *tree.link(one.address)] for one in cited.links
        ],
    }
    for name, items in lists.items():
        if items:
            blocks.append(tree.heading(3, _text(say(f"briefing.{name}", language))))
            blocks.append(tree.bullets([tree.plain(item)] for item in items))
    if not any(lists.values()):
        blocks.append(tree.para(_text(say("briefing.empty", language))))
    return blocks


def _document(cited: Cited, language: Language) -> list[Node]:
    pages = say("briefing.pages", language, pages=", ".join(map(str, cited.pages))) if cited.pages else ""
    file = f" ({cited.document.file})" + (f", {pages}" if pages else "")
    return [tree.emphasis(_text(cited.document.title)), *tree.words(file)]


def _site(address: str) -> str:
    """Return the name of a site, its whole address where it has none."""
    try:
        return (urlsplit(address).hostname or address).removeprefix("www.")
    except ValueError:
        return address


def _shortened(quote: str) -> str:
    quote = printable(quote)
    if len(quote) <= LONGEST_QUOTE:
        return quote
    whole, _, _ = quote[:LONGEST_QUOTE].rpartition(" ")
    return f"{whole or quote[:LONGEST_QUOTE]} […]"


def _text(text: str) -> list[Node]:
    return tree.words(unbroken(text))
