"""Assembly: an extract is cleaned and becomes a document's text with its sections and fiches."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.catalogue import Fiche, fiche_to_json, read_fiche
from corpus.errors import DocumentNote, FileEmpty, HiddenText
from ingest.cleaning import (
    Block,
    blocks,
    goes_on,
    mend_letters,
    normalised,
    repeated_lines,
    run_on,
    without_frame,
)
from ingest.deck import Placed, Slide, read_deck
from ingest.entries import entries
from ingest.extract import Extract, Hidden, Section
from ingest.naming import id_of, title_of
from ingest.traced import Alignment, Traced

_SAMPLE = 60
_SHORT = 6  # words of a heading
_WIDEST_TITLE = 14  # words
_LONG = 7  # words of a sentence under it


@dataclass(frozen=True, slots=True)
class Assembled:
    """A file as a document: its title, its cleaned text and sections, and the fiches found in it.

    `written` is the fiche of its front matter, `derived` those read from slides. `original` is the text as
    the file has it, and `alignment` says where in it each stretch of `text` stood.
    """

    title: str
    text: str
    sections: tuple[Section, ...]
    original: str
    alignment: Alignment
    written: Fiche | None = None
    derived: tuple[Fiche, ...] = ()
    notes: tuple[DocumentNote, ...] = ()


def assemble(extract: Extract, *, file: str) -> Assembled:
    """Clean an extract. Raises FileEmpty when it says nothing, CatalogueWrong for wrong front matter."""
    written = _written(extract, file=file)
    whole = normalised(Traced.of(extract.text))
    whole = mend_letters(whole) if extract.typeset else whole
    parts = list(_parts(whole, extract))
    # A deck is read with what its slides repeat: a theme's title heads each of them.
    slides = None if written or extract.fields else read_deck(list(_placed(parts)))
    derived: tuple[Fiche, ...] = ()
    if slides:
        found = entries(slides, document=id_of(file), said=whole.text)
        derived = _sound(found)
        ids = {id(slide): fiche.id for slide, fiche in found}
        names = {id(slide): fiche.name for slide, fiche in found}
        parts = [
            part
            for slide in slides
            for part in _parts_of(slide, names.get(id(slide), ""), ids.get(id(slide)))
        ]
    elif extract.typeset:
        parts = list(_flowing(list(_without_frames(parts, whole, extract))))
    if slides or extract.typeset:
        text, sections = _laid_out(parts)
    else:
        text, sections = whole, tuple(part.section for part in parts)
    # Headings alone give no passage.
    if not any(char.isalnum() for one in sections for char in text.text[one.start : one.end]):
        raise FileEmpty(file=file)
    return Assembled(
        title=written.name if written else extract.title or _opening_title(text.text) or title_of(file),
        text=text.text,
        sections=sections,
        original=extract.text,
        alignment=Alignment.of(text),
        written=written,
        derived=derived,
        notes=tuple(_hidden_notes(extract.hidden, file=file)),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A section with its text, while both are still being mended."""

    section: Section
    text: Traced


def _written(extract: Extract, *, file: str) -> Fiche | None:
    """Return the fiche of the front matter; a `---` fence also opens plain Markdown, which says no kind."""
    says_kind = extract.fields is not None and "kind" in extract.fields
    return read_fiche(extract.fields or {}, file=file) if says_kind else None


def _parts(whole: Traced, extract: Extract) -> Iterator[_Part]:
    for section in extract.sections:
        start, end = (bisect_left(whole.origin, at) for at in (section.start, section.end))
        heading = normalised(Traced.of(section.heading)).text
        yield _Part(replace(section, heading=heading, start=start, end=end), whole[start:end])


def _without_frames(parts: Sequence[_Part], whole: Traced, extract: Extract) -> Iterator[_Part]:
    """Yield the sections without the running headers and footers of the pages."""
    ends = [bisect_left(whole.origin, at) for at in (*extract.pages, len(extract.text))]
    frame = repeated_lines([whole.text[a:b] for a, b in pairwise(ends)]) if extract.pages else frozenset()
    bare = [replace(part, text=without_frame(part.text, frame)) for part in parts]
    # Where all pages say the same, what they say is the document.
    yield from bare if any(part.text.text.strip() for part in bare) else parts


def _placed(parts: Sequence[_Part]) -> Iterator[Placed]:
    """Yield the blocks of all sections, headings among them, as a deck is read."""
    page: int | None = None
    for part in parts:
        begins = part.section.page is not None and part.section.page != page
        page = part.section.page
        if part.section.heading:
            line = Traced.join([part.text[:0], part.section.heading])
            yield Placed(Block((line,), line), page, begins)
            begins = False
        for place, block in enumerate(blocks(part.text)):
            yield Placed(block, page, (begins and place == 0) or (page is None and block.opens))


def _parts_of(slide: Slide, name: str, entry: str | None) -> Iterator[_Part]:
    """Yield what a slide says; on a theme's own slides a short line above others heads a section."""
    heading, pieces = name, list[Traced]()
    for place, paragraph in enumerate(slide.paragraphs):
        rest = slide.paragraphs[place + 1 :]
        if slide.title and rest and _is_heading(paragraph.text, rest[0].text):
            yield from _part_of(slide, heading, entry, pieces)
            own = paragraph.text.rstrip(" :")
            heading, pieces = own if own == name else f"{name} — {own}", []
        else:
            pieces.append(paragraph)
    yield from _part_of(slide, heading, entry, pieces)


def _part_of(slide: Slide, heading: str, entry: str | None, pieces: Sequence[Traced]) -> Iterator[_Part]:
    if pieces:
        text = Traced.join(part for piece in pieces for part in ("\n\n", piece))[2:]
        yield _Part(Section(heading, 0, len(text), slide.page, entry), text)


def _is_heading(paragraph: str, following: str) -> bool:
    short = (
        len(paragraph.split()) <= _SHORT and "\n" not in paragraph and not any(map(str.isdigit, paragraph))
    )
    plain = paragraph[0].isupper() and not paragraph.isupper() and paragraph[-1] not in ".!?;,…"
    return short and plain and (paragraph.endswith(":") or len(following.split()) >= _LONG)


def _flowing(parts: Sequence[_Part]) -> Iterator[_Part]:
    """Yield the sections as running paragraphs; a sentence that a page's end cuts stays whole."""
    before: _Part | None = None
    for part in parts:
        text = run_on(part.text)
        if not text.text:
            continue
        same = before is not None and before.section.heading == part.section.heading
        if before is not None and same and goes_on(before.text.text, text.text):
            before = _Part(before.section, Traced.join([before.text, " ", text]))
            continue
        if before is not None:
            yield before
        before = _Part(part.section, text)
    if before is not None:
        yield before


def _laid_out(parts: Sequence[_Part]) -> tuple[Traced, tuple[Section, ...]]:
    """Return the mended sections as one text, and where they stand in it."""
    pieces: list[Traced | str] = []
    sections: list[Section] = []
    length = 0
    for part in parts:
        sections.append(replace(part.section, start=length, end=length + len(part.text)))
        pieces += ["\n\n", part.text]
        length += len(part.text) + 2
    return Traced.join(pieces)[2:], tuple(sections)


def _opening_title(text: str) -> str:
    """Return the line that a text opens with, if it is set apart as a title is, else ""."""
    first, _, rest = text.strip().partition("\n\n")
    words = first.split()
    apart = bool(rest) and len(rest.split()) > len(words) and "\n" not in first
    plain = 0 < len(words) <= _WIDEST_TITLE and first[-1] not in ".!?;:,…" and first[:1].isalnum()
    return first if apart and plain and not any(word.startswith("http") for word in words) else ""


def _sound(found: Sequence[tuple[Slide, Fiche]]) -> tuple[Fiche, ...]:
    """Return the fiches as the catalogue would read them back."""
    return tuple(read_fiche(fiche_to_json(fiche), file="") for _, fiche in found)


def _hidden_notes(hidden: Sequence[Hidden], *, file: str) -> Iterator[HiddenText]:
    """Yield a note for each way in which text was hidden, with the pages."""
    for reason in dict.fromkeys(one.reason for one in hidden):
        some = [one for one in hidden if one.reason == reason]
        pages = sorted({one.page for one in some if one.page is not None})
        text = " ".join(one.text for one in some)
        sample = text if len(text) <= _SAMPLE else f"{text[:_SAMPLE].rstrip()}…"
        where = "p. " + ", ".join(map(str, pages)) if pages else "–"
        yield HiddenText(file=file, count=len(text), reason=reason, where=where, sample=sample)
