"""A note becomes a file: pandoc writes Word and Markdown, typst sets PDF, each within a limit of time."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

import pypandoc

from corpus.apart import python
from corpus.words import printable
from ui.briefing import tree
from ui.briefing.layout import blocks_of, footer_of
from ui.briefing.note import Note
from ui.briefing.tree import Node
from ui.errors import NoteFailed, NoteFormatUnknown
from ui.text import say

SECONDS = 20
"""Most that one file may take, and most that one waits for its turn."""
# A note keeps a core busy, and the chat needs one too.
_TURNS = BoundedSemaphore(max(1, (os.cpu_count() or 1) // 2))
_LONG, _LONG_IN_CELL = 26, 16  # characters of a word that may not fit its line
_BREAK = "\u200b"  # which no text of the tree holds
_MARKS = re.compile(r"[\\`*{}\[\]<>|~$^&#]|(?<!\w)_|_(?!\w)|!(?=\[)")
_BEGINS_A_BLOCK = re.compile(r"[-+=:%]+|\d+[.)]")


def check_format(form: str) -> None:
    """Raise NoteFormatUnknown for what is none of `FORMATS`."""
    if form not in FORMATS:
        raise NoteFormatUnknown(format=printable(form)[:20], known=", ".join(FORMATS))


def written(note: Note, form: str) -> bytes:
    """Return a note as a file of a format (`FORMATS`). Raises NoteFormatUnknown, NoteFailed."""
    check_format(form)
    if not _TURNS.acquire(timeout=SECONDS):
        raise NoteFailed(format=form, reason=f"no turn within {SECONDS} s")
    try:
        return FORMATS[form](note)
    finally:
        _TURNS.release()


def to_docx(note: Note) -> bytes:
    """Return a note as Word has it: its footnotes are Word's own, its title is that of the file."""
    from ui.briefing.reference import drawn, signed  # python-docx takes its time, and the server opens first

    with tempfile.TemporaryDirectory(prefix="passerelle-note-") as folder:
        reference = Path(folder, "reference.docx")
        reference.write_bytes(drawn(_reference()))
        # The first heading becomes the title.
        style = ["--shift-heading-level-by=-1", f"--reference-doc={reference}"]
        file = _pandoc("docx", document_of(note), style)
    return signed(file, author=printable(note.house), day=note.day)


def to_markdown(note: Note) -> bytes:
    """Return a note as Markdown, with `[^1]` footnotes and tables as GitHub reads them."""
    whole = tree.with_words(document_of(note), escaped)
    return _pandoc("gfm-raw_html", whole, ["--wrap=none"], form="md")


def to_pdf(note: Note) -> bytes:
    """Return a note as tagged PDF."""
    press = python("ui.briefing.press")
    return _run("pdf", press["args"], json.dumps(pdf_input(note)).encode("ascii"), env=press["env"])


FORMATS: Mapping[str, Callable[[Note], bytes]] = {"docx": to_docx, "pdf": to_pdf, "md": to_markdown}


def document_of(note: Note) -> Node:
    """Return the tree of a note, as pandoc reads it."""
    return tree.document(blocks_of(note), title=note.title, language=note.language)


def pdf_input(note: Note) -> dict[str, object]:
    """Return what `note.typ` sets: the tree, its long words with places to break them, and the page foot."""
    return {
        "title": printable(note.title),
        "house": printable(note.house),
        "language": note.language,
        "date": [note.day.year, note.day.month, note.day.day],
        "footer": broken(footer_of(note), longest=_LONG),
        "page": say("briefing.page", note.language),
        "blocks": _breakable(blocks_of(note), longest=_LONG),
    }


def escaped(word: str, begins: bool) -> Node:
    """Return a word as it is written in Markdown to be read as itself.

    By pandoc it would not always be: it leaves entities and lines of dashes as they are, and loses what
    follows a backslash.
    """
    if begins and _BEGINS_A_BLOCK.fullmatch(word):
        return {"t": "RawInline", "c": ["markdown", f"{word[:-1]}\\{word[-1]}"]}
    return {"t": "RawInline", "c": ["markdown", _MARKS.sub(r"\\\g<0>", word)]}


def _breakable(node: object, *, longest: int) -> object:
    """Return a part of the tree whose long words may be broken at the end of a line, sooner in a cell."""
    if isinstance(node, list):
        return [_breakable(one, longest=longest) for one in node]
    if not isinstance(node, dict):
        return node
    if node.get("t") == "Str":
        return {"t": "Str", "c": broken(node["c"], longest=longest)}
    longest = _LONG_IN_CELL if node.get("t") == "Table" else _LONG if node.get("t") == "Note" else longest
    return {name: _breakable(one, longest=longest) for name, one in node.items()}


def broken(text: str, *, longest: int) -> str:
    """Return a text with places to break each of its words that is longer, every few characters.

    An address is broken after its marks, where readers expect it. `note.typ` shows nothing at such a place.
    """
    some = longest // 2

    def parted(found: re.Match[str]) -> str:
        if "://" in found[0]:
            parts = re.findall(rf"[^/?&=._-]{{1,{some}}}[/?&=._-]*|[/?&=._-]+", found[0])
        else:
            parts = re.findall(rf".{{1,{some}}}", found[0])
        return _BREAK.join(parts)

    return re.sub(rf"\S{{{longest + 1},}}", parted, text)


@cache
def _reference() -> bytes:
    """Return pandoc's own reference document."""
    return _run("docx", [_program(), "--print-default-data-file", "reference.docx"], b"")


def _pandoc(to: str, document: Node, options: Sequence[str], *, form: str = "docx") -> bytes:
    # It reads nothing but what it is handed, whatever a document names.
    args = [_program(), "--sandbox", "--from=json", f"--to={to}", "--output=-", *options]
    return _run(form, args, json.dumps(document).encode("ascii"))


def _program() -> str:
    """Return the pandoc that the package carries."""
    found = shutil.which("pandoc", path=str(Path(pypandoc.__file__).parent / "files"))
    if not found:
        raise NoteFailed(format="docx", reason="pandoc is not installed")
    return found


def _run(form: str, args: list[str], given: bytes, *, env: Mapping[str, str] | None = None) -> bytes:
    try:
        done = subprocess.run(args, input=given, env=env, capture_output=True, timeout=SECONDS, check=True)
    except subprocess.TimeoutExpired as error:
        raise NoteFailed(format=form, reason=f"no answer within {SECONDS} s") from error
    except subprocess.CalledProcessError as error:
        raise NoteFailed(format=form, reason=f"it ended with code {error.returncode}") from error
    except OSError as error:
        raise NoteFailed(format=form, reason=error.strerror or str(error)) from error
    return done.stdout
