"""Cleaning: what a document says, without the marks of how it was typeset or scanned."""

from __future__ import annotations

import re
import unicodedata

from simplemma import is_known

_LIGATURES = str.maketrans(
    {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": "", "\ufeff": ""}
)
# OCR reads the elided article's l as a capital I; no French word begins with I and an apostrophe, but
# English has "I'm" and the like.
_ELIDED_I = re.compile(r"(?<![A-Za-zÀ-ÿ])(?:['’])?I['’]{1,2}(?!(?:m|d|ll|ve)\b)(?=[A-Za-zÀ-ÿ])")
_BROKEN_WORD = re.compile(r"(?<=[a-zà-ÿ])-\n[ \t]*(?=[a-zà-ÿ])")
_CUT = re.compile(r"-\n[ \t]*")
_LETTERS_AT_END = re.compile(r"[^\W\d_]+$")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_WORD = 40
_LONGEST_LINK = 400
_BULLET = re.compile(r"^[ \t]*[•·▪◦‣»*\-–—](?=[ \t])[ \t]*", re.MULTILINE)
_BLANKS = re.compile(r"[^\S\n]+")
_PARAGRAPH = re.compile(r"\n\s*\n")
_NEW_SENTENCE = re.compile(r"^(?:[•·▪◦‣*]\s|[-–—]\s|\d+[.)]\s)")


def normalise(text: str) -> str:
    """Return the text in NFC with Unix line ends, without control characters and soft hyphens.

    A form feed, which ends a page, becomes a blank line.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").translate(_LIGATURES)
    text = "".join(
        char if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"} else " "
        for char in text
    )
    return unicodedata.normalize("NFC", text)


def mend_ocr(text: str) -> str:
    """Return normalised text as running paragraphs, one line each, separated by blank lines.

    Words cut at a line's end are joined, lines of a paragraph run on, a bullet begins a new line, and a
    capital I read for the elided l ("I'ESS") is mended.
    """
    text = _ELIDED_I.sub("l'", _BROKEN_WORD.sub(_joined, text))
    paragraphs = (_run_on(block) for block in _PARAGRAPH.split(text))
    return "\n\n".join(paragraph for paragraph in paragraphs if _says_something(paragraph))


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


def _run_on(block: str) -> str:
    pieces: list[str] = []
    cut_link = cut_name = False
    for raw in block.splitlines():
        line = _BLANKS.sub(" ", raw).strip()
        if not line:
            continue
        begins = not pieces or _NEW_SENTENCE.match(line)
        # A link cut at its hyphen goes on in the next line, and so does a name: "Grande-" and "Synthe".
        joint = "\n" if begins else "" if cut_link or (cut_name and line[0].isupper()) else " "
        pieces.append(joint + line)
        goes_on = cut_link and joint == "" and " " not in line
        cut_link = line.endswith("-") and (goes_on or _ends_in_link(line))
        cut_name = line.endswith("-") and line[-2:-1].isalpha()
    return _BULLET.sub("", "".join(pieces).strip())


def _says_something(paragraph: str) -> bool:
    return sum(char.isalnum() for char in paragraph) >= 3
