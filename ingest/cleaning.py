"""Cleaning: what a document says, without the marks of how it was typeset or scanned."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans(
    {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": "", "\ufeff": ""}
)
# OCR reads the elided article's l as a capital I; no French word begins with I and an apostrophe.
_ELIDED_I = re.compile(r"(?<![A-Za-zÀ-ÿ])(?:['’])?I['’](?=[A-Za-zÀ-ÿ])")
_BROKEN_WORD = re.compile(r"(?<=[a-zà-ÿ])-\n[ \t]*(?=[a-zà-ÿ])")
_BULLET = re.compile(r"^[ \t]*[•·▪◦‣»*\-–—](?=[ \t])[ \t]*", re.MULTILINE)
_BLANKS = re.compile(r"[^\S\n]+")
_PARAGRAPH = re.compile(r"\n\s*\n")
_NEW_SENTENCE = re.compile(r"^(?:[•·▪◦‣*]\s|[-–—]\s|\d+[.)]\s)")


def normalise(text: str) -> str:
    """Return the text in NFC with Unix line ends, without control characters and soft hyphens."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LIGATURES)
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
    text = _ELIDED_I.sub("l'", _BROKEN_WORD.sub("", text))
    paragraphs = (_run_on(block) for block in _PARAGRAPH.split(text))
    return "\n\n".join(paragraph for paragraph in paragraphs if _says_something(paragraph))


def _run_on(block: str) -> str:
    lines: list[str] = []
    for raw in block.splitlines():
        line = _BLANKS.sub(" ", raw).strip()
        if not line:
            continue
        if lines and not _NEW_SENTENCE.match(line):
            # A link cut at its hyphen goes on in the next line.
            joint = "" if re.search(r"https?://\S*-$", lines[-1]) else " "
            lines[-1] += joint + line
        else:
            lines.append(line)
    return "\n".join(_BULLET.sub("", line) for line in lines)


def _says_something(paragraph: str) -> bool:
    return sum(char.isalnum() for char in paragraph) >= 3
