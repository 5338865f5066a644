"""Cleaning: what a document says, without the marks of how it was typeset or scanned."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simplemma import is_known

from ingest.numbering import Numbered, figures_of, is_numbering
from ingest.spelling import mend_words
from ingest.traced import Traced

_LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile(f"[{''.join(_LIGATURES)}]")
_NOTHING = re.compile("[\u00ad\ufeff]")
_LINE_END = re.compile(r"\r\n?")
_PAGE_END = re.compile(r"\f")
# A letter and the marks set on it, or a syllable in its parts: the stretches that NFC changes.
_DECOMPOSED = re.compile(
    r"[^\x00-\u02ff]+|.[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+", re.DOTALL
)
# OCR reads the elided article's l as a capital I; no French word begins with I and an apostrophe, but
# English has "I'm" and the like.
_ELIDED_I = re.compile(r"(?<![A-Za-zÀ-ÿ])(?:['’])?I['’]{1,2}(?!(?:m|d|ll|ve)\b)(?=[A-Za-zÀ-ÿ])")
_TWO_APOSTROPHES = re.compile(r"(?<=\w)(?:’'|'’|’’)(?=\w)")
_BROKEN_WORD = re.compile(r"(?<=[a-zà-ÿ])-\n[ \t]*(?=[a-zà-ÿ])")
_CUT = re.compile(r"-\n[ \t]*")
_LETTERS_AT_END = re.compile(r"[^\W\d_]+$")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_WORD = 40
_LONGEST_LINK = 400
_BULLET = re.compile(r"^[ \t]*[•·▪◦‣»*\-–—](?=[ \t])[ \t]*", re.MULTILINE)
# OCR's own letter for a bullet.
_BULLET_E = re.compile(r"^[ \t]*e(?=[ \t]+[A-ZÀ-Ý\\])[ \t]*", re.MULTILINE)
_BLANKS = re.compile(r"[^\S\n]+")
_PARAGRAPH = re.compile(r"\n\s*\n")
# A line set in from the edge begins a paragraph, if it begins like one.
_INDENTED = re.compile(r"\n(?=[ \t]+(?:[A-ZÀ-Ý«“\"]|https?://))")
_NEW_SENTENCE = re.compile(r"^(?:[•·▪◦‣*]\s|[-–—]\s|\d+[.)]\s)")
# So it reads a bullet, where the line closes nothing that it opens.
_BULLET_QUOTE = re.compile(r"^[ \t]*«(?=[ \t][^»\n]*$)", re.MULTILINE)
_STRAY_QUOTE = re.compile(r"(?<=\s)[‘’'“”\"](?=\s|\Z)")
# A page number behind a bracket that nothing opened: "0 )", "12)".
_STRAY_NUMBER = re.compile(r"(?:\s+[\d%]{1,3})?\s*\)\s*\Z")
_LEAST_PAGES = 3
_SHORT_ITEM = 4  # words, the bullet included
# Words that a sentence does not end with.
_OPEN_END = re.compile(
    r"(?:\b(?:d['’]une?|une?|les?|la|des?|du|au|aux|et|ou|pour|par|avec|dans|sur|en|à|que|qui)|&)$"
)


def normalise(text: str) -> str:
    """Return the text in NFC with Unix line ends, without control characters and soft hyphens.

    A form feed, which ends a page, becomes a blank line.
    """
    return normalised(Traced.of(text)).text


def normalised(text: Traced) -> Traced:
    """Normalise as above, traced."""
    text = text.sub(_LINE_END, "\n").sub(_PAGE_END, "\n\n").sub(_NOTHING, "")
    text = text.sub(_LIGATURE, lambda found: _LIGATURES[found.group()])
    text = Traced("".join(map(_shown, text.text)), text.origin)
    return text.sub(_DECOMPOSED, lambda found: unicodedata.normalize("NFC", found.group()))


def mend_letters(text: Traced) -> Traced:
    """Return normalised text with what the typesetter cut whole again, and what the scanner misread mended.

    Words cut at a line's end are joined, a capital I read for the elided l ("I'ESS") is mended, and so are
    words that a dictionary or the text itself confirms. Lines stay lines.
    """
    text = text.sub(_TWO_APOSTROPHES, "'").sub(_BROKEN_WORD, _joined).sub(_ELIDED_I, "l'")
    return mend_words(text)


def run_on(text: Traced) -> Traced:
    """Return the text as paragraphs, one line each, separated by blank lines; a bullet begins a new line.

    A sentence that goes on behind a blank line is drawn together. What holds no word is left out: specks,
    page numbers.
    """
    return Traced.join(part for one in blocks(text) for part in ("\n\n", one.paragraph))[2:]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together: as they are, and run on as a paragraph.

    `opens` says that a block is set in from the edge or far from the one before, as where a page begins.
    """

    lines: tuple[Traced, ...]
    paragraph: Traced
    opens: bool = False


def blocks(text: Traced) -> list[Block]:
    """Return the paragraphs of a text with their lines."""
    found: list[Block] = []
    for part, opens in _stretches(text):
        paragraph = _paragraph(part)
        if not _says_something(paragraph.text):
            continue
        block = Block(tuple(part.lines()), paragraph, opens)
        if found and not opens and goes_on(found[-1].paragraph.text, paragraph.text):
            before = found.pop()
            whole = Traced.join([before.paragraph, " ", paragraph])
            block = Block((*before.lines, *block.lines), whole, before.opens)
        found.append(block)
    return found


def _stretches(text: Traced) -> Iterator[tuple[Traced, bool]]:
    """Yield the stretches between blank lines and indentations, and whether they stand apart."""
    done = 0
    for gap in _PARAGRAPH.finditer(text.text + "\n\n"):
        part = text[done : gap.start()]
        wide = done == 0 or text.text[:done].endswith("\n\n\n")
        for place, piece in enumerate(part.split(_INDENTED)):
            yield piece, wide if place == 0 else True
        done = gap.end()


def repeated_lines(pages: Sequence[str]) -> frozenset[str]:
    """Return the lines that open or close at least three pages and half of them.

    They are running headers and footers, and a logo's words: said once a page, they say nothing. Their
    figures may count the pages.
    """
    written = {
        number: lines
        for number, page in enumerate(pages)
        if (lines := [line for line in page.splitlines() if line.strip()])
    }
    found: dict[str, list[Numbered]] = defaultdict(list)
    for number, lines in written.items():
        ends = {_frame(line): figures_of(line) for line in (*lines[:2], *lines[-2:])}
        for words, figures in ends.items():
            found[words].append((number, figures))
    least = max(_LEAST_PAGES, len(written) / 2)
    return frozenset(
        words for words, places in found.items() if len(places) >= least and is_numbering(places)
    )


def without_frame(text: Traced, repeated: frozenset[str]) -> Traced:
    """Return a page without the repeated lines, its first appearance included."""
    if not repeated:
        return text
    kept = [line for line in text.lines() if _frame(line.text) not in repeated]
    return Traced.join(part for one in kept for part in (one, "\n"))


def _frame(line: str) -> str:
    return re.sub(r"[\d\W_]+", " ", line).strip().casefold()


def _shown(char: str) -> str:
    return char if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"} else " "


def _joined(cut: re.Match[str]) -> str:
    """Return what stands for a hyphen at a line's end: nothing, unless a link or a compound owns it."""
    if _ends_in_link(cut.string[max(0, cut.start() - _LONGEST_LINK) : cut.start()]):
        return cut.group()
    first = _LETTERS_AT_END.search(cut.string, max(0, cut.start() - _LONGEST_WORD), cut.start())
    second = _LETTERS.match(cut.string, cut.end())
    return "-" if first and second and _is_compound(first.group(), second.group()) else ""


def _is_compound(first: str, second: str) -> bool:
    """Say whether two words meet ("savoir-faire"), rather than the halves of one ("initia-tives")."""
    whole, *parts = (is_known(word.lower(), lang="fr") for word in (first + second, first, second))
    return all(parts) and not whole


def _ends_in_link(text: str) -> bool:
    words = _CUT.sub("-", text)[-_LONGEST_LINK:].split()
    return bool(words) and ("://" in words[-1] or words[-1].startswith("www."))


def _paragraph(block: Traced) -> Traced:
    pieces: list[Traced | str] = []
    cut_link = cut_name = False
    block = block.sub(_BULLET_E, "• ").sub(_STRAY_QUOTE, "")
    block = block.sub(_BULLET_QUOTE, "•")
    is_list = _is_short_list(block.text)
    for raw in block.lines():
        line = raw.sub(_BLANKS, " ").strip()
        if not line.text:
            continue
        begins = not pieces or _NEW_SENTENCE.match(line.text)
        # A link cut at its hyphen goes on in the next line, and so does a name: "Grande-" and "Synthe".
        unbroken = cut_link or (cut_name and line.text[0].isupper())
        if is_list:
            pieces += [", " if pieces else "", line.sub(_BULLET, "")]
            continue
        pieces += ["\n" if begins else "" if unbroken else " ", line]
        goes_on = cut_link and unbroken and not begins and " " not in line.text
        cut_link = line.text.endswith("-") and (goes_on or _ends_in_link(line.text))
        cut_name = line.text.endswith("-") and line.text[-2:-1].isalpha()
    whole = Traced.join(pieces).strip().sub(_BULLET, "")
    return whole.sub(_STRAY_NUMBER, "") if whole.text.count(")") > whole.text.count("(") else whole


def _is_short_list(block: str) -> bool:
    """Say whether a block is items of a word or three ("santé", "chômage"): they make one line."""
    lines = [line for line in block.splitlines() if line.strip()]
    return len(lines) > 1 and all(_BULLET.match(line) and len(line.split()) <= _SHORT_ITEM for line in lines)


def goes_on(before: str, after: str) -> bool:
    """Say whether a sentence goes on in the next paragraph, which a scanner set apart."""
    is_end = before.endswith(tuple(".!?…")) or _ends_in_link(before)
    begins = after[0].islower() or bool(_OPEN_END.search(before))
    return begins and not after.startswith(("http", "www.")) and not is_end


def _says_something(paragraph: str) -> bool:
    """Say whether a paragraph holds a word: three letters or figures, and not in crumbs ("i", "Lo o")."""
    lengths = [sum(map(str.isalnum, word)) for word in paragraph.split()]
    long = [word for word, length in zip(paragraph.split(), lengths, strict=True) if length >= 3]
    crumbs = len(lengths) > 3 * len(long) and not any(
        is_known(part.lower(), lang="fr") for word in long for part in _LETTERS.findall(word)
    )
    return bool(long) and not crumbs
