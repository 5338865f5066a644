"""Markdown, read with the standard library alone.

Only the headings matter to us, and a passage shows the text as its author wrote it, but for bold and italics:
a Markdown parser would hand back a tree, and lose the places in the text that the sections are given by.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from corpus.catalogue import split_front_matter
from corpus.errors import FileEmpty
from ingest.cleaning import normalise
from ingest.extract import Extract, Section
from ingest.loaders.text import decode

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
# Within a line, and not where the mark is an operator or a part of a name: "2 * 3", "snake_case".
_LONGEST = 400  # letters: a line without end is not searched to its end from each mark
_EMPHASIS = tuple(
    re.compile(
        rf"(?<![\w\\{sign}]){mark}(?=[^\s{sign}])(?P<said>[^\n]{{0,{_LONGEST}}}?[^\s\\]){mark}(?![\w{sign}])"
    )
    for sign, mark in (("*", r"\*\*\*"), ("*", r"\*\*"), ("_", "__"), ("*", r"\*"), ("_", "_"))
)


def load(content: bytes, *, file: str) -> Extract:
    """Read a .md file: its front matter becomes `fields`, its first top heading the title.

    Raises CatalogueWrong, naming the line, for front matter that is no YAML.
    """
    fields, body, _ = split_front_matter(normalise(decode(content, file=file)), file=file)
    text = _without_emphasis(body.strip()) + "\n"
    sections, title = _sections(text)
    # Headings alone give no passage.
    if not any(char.isalnum() for section in sections for char in text[section.start : section.end]):
        raise FileEmpty(file=file)
    return Extract(text, sections, title=title, fields=fields)


def _without_emphasis(text: str) -> str:
    """Return a Markdown text without the marks of bold and italics: they are typesetting, not words."""
    for mark in _EMPHASIS:
        text = mark.sub(r"\g<said>", text)
    return text


def _sections(text: str) -> tuple[tuple[Section, ...], str]:
    """Return the sections of a Markdown text, and its first top heading as a title ("" without one)."""
    marks = list(_HEADING.finditer(text))
    title = next((mark.group(2) for mark in marks if len(mark.group(1)) == 1), "")
    sections = [Section("", 0, marks[0].start() if marks else len(text))]
    for mark, following in zip_longest(marks, marks[1:]):
        heading = "" if mark.group(2) == title else mark.group(2)
        sections.append(Section(heading, mark.end(), following.start() if following else len(text)))
    return tuple(section for section in sections if text[section.start : section.end].strip()), title
