"""Plain text, read with the standard library alone.

charset-normalizer guesses among a hundred encodings, and takes a short French note for Cyrillic or Turkish;
the files that people have here are UTF-8, the UTF-16 of Windows ("Unicode text") or Windows-1252, and those
three can be told apart by rules that a reader can check.
"""

from __future__ import annotations

import codecs
import re

from corpus.errors import FileEmpty, FileNotText
from ingest.extract import Draft, Extract
from ingest.loaders.reading import finished

_SAMPLE = 4096
# Escape colours a terminal's log, and the other five are blanks.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_BINARY_SHARE = 0.02


def load(content: bytes, *, file: str) -> Extract:
    """Read a .txt file: each form feed ends a page, and a file without one has no pages."""
    pages = decode(content, file=file).replace("\r\n", "\n").replace("\r", "\n").split("\f")
    draft = Draft(typeset=True)
    if len(pages) == 1:
        draft.paragraph(pages[0])
        return finished(draft, file=file)
    if not pages[-1].strip():
        pages.pop()  # a form feed at the very end closes the last page
    for page in pages:
        draft.page()
        draft.paragraph(page)
    return finished(draft, file=file)


def decode(content: bytes, *, file: str) -> str:
    """Return the text of a file that says nothing of its encoding, without the byte order mark.

    Raises FileEmpty for blanks alone, FileNotText at the first byte that no text has.
    """
    if not content.strip():
        raise FileEmpty(file=file)
    encoding = _wide_encoding(content)
    if encoding is None and b"\x00" in content:
        raise FileNotText(file=file, offset=content.index(b"\x00"))
    try:
        text = content.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding or _is_damaged_utf8(content):
            raise FileNotText(file=file, offset=error.start) from error
        encoding, text = "cp1252", _windows_text(content, file=file)
    _check_controls(text, encoding=encoding or "utf-8", file=file)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise FileEmpty(file=file)
    return text


def _wide_encoding(content: bytes) -> str | None:
    """Return the name of UTF-16 as the file has it: by its mark, or as every other byte of Latin is zero."""
    if content.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le"
    if content.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    sample = content[:_SAMPLE]
    pairs = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if pairs >= 2 and odd > 0.6 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    if pairs >= 2 and even > 0.6 * pairs and odd < 0.1 * pairs:
        return "utf-16-be"
    return None


def _is_damaged_utf8(content: bytes) -> bool:
    """Say whether UTF-8 was cut or mangled: read as Windows-1252 it would be full of "Ã©"."""
    text = content.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return sum(not char.isascii() for char in text) - wrong > wrong


def _windows_text(content: bytes, *, file: str) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise FileNotText(file=file, offset=error.start) from error


def _check_controls(text: str, *, encoding: str, file: str) -> None:
    """Raise FileNotText when there are more control characters than a slip leaves."""
    controls = _CONTROL.findall(text)
    nul = "\x00" in text
    if nul or len(controls) > _BINARY_SHARE * len(text):
        first = text.index("\x00") if nul else text.index(controls[0])
        raise FileNotText(file=file, offset=len(text[:first].encode(encoding)))
