"""Web pages, read with beautifulsoup4 over lxml's parser.

lxml mends broken HTML fast and without a limit of depth, beautifulsoup gives a tree that is easy to prune;
and neither ever fetches what a page refers to. trafilatura, which knows what surrounds an article, loses the
headings h1 and h2, and a passage is cited by them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PageElement

from ingest.extract import Draft, Extract
from ingest.loaders.html_pruning import holds, prune
from ingest.loaders.html_table import is_inline, line, write_table
from ingest.loaders.reading import finished, reading, write_heading
from ingest.loaders.text import decode

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE
)
_HEAD = 4096
# Those of the web; a label may not name one of Python's that are no character sets.
_CHARSETS = re.compile(
    r"utf-?8|us-ascii|iso-8859-\d+|latin-?\d|windows-12\d\d|cp12\d\d|macintosh|koi8-[ru]|big5|gb\w+|"
    r"shift_jis|euc-(?:jp|kr)",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLANKS = re.compile(r"\s+")


def load(content: bytes, *, file: str) -> Extract:
    """Read a web page: its main part, without what surrounds it and what nobody sees."""
    draft = Draft()
    with reading("a web page", file=file):
        write(content, draft, file=file)
    return finished(draft, file=file)


def write(content: bytes, draft: Draft, *, file: str, whole_page: bool = True) -> None:
    """Append a page to a draft, and give the draft a title when it has none.

    `whole_page` False is for a chapter: its headers and asides are its own, and it keeps all its parts.
    """
    soup = BeautifulSoup(_decoded(content, file=file), "lxml")
    head = soup.find("title")
    head_title = line(head) if isinstance(head, Tag) else ""
    prune(soup, draft, whole_page=whole_page)
    body = _body(soup) if whole_page else soup
    if whole_page:
        draft.title = _title(body, head_title)
    _Writer(draft).write(body)


def _decoded(content: bytes, *, file: str) -> str:
    """Return the text by its byte order mark or the charset it declares, else by what the bytes look like."""
    declared = _DECLARED.search(content[:_HEAD])
    label = declared.group(1).decode("ascii", "ignore").lower() if declared else ""
    marked = content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    if _CHARSETS.fullmatch(label) and not marked and b"\x00" not in content:
        if label in {"iso-8859-1", "latin1", "latin-1", "us-ascii"}:
            label = "cp1252"  # what browsers take these for
        try:
            return content.decode(label)
        except (LookupError, UnicodeDecodeError):
            pass  # it says what it is not
    return decode(content, file=file)


def _title(body: Tag, head_title: str) -> str:
    """Return the page's title, without the name of the site that many append to it."""
    headings = [line(heading) for heading in body.find_all("h1", limit=2)]
    if headings and (not head_title or (headings[0] and headings[0] in head_title)):
        return headings[0]
    return head_title


def _body(soup: BeautifulSoup) -> Tag:
    """Return the part that holds the text: the main one, the only article, else all of it."""
    main = soup.find("main") or soup.find(attrs={"role": "main"})
    articles = soup.find_all("article", limit=2)
    for part in (main, articles[0] if len(articles) == 1 else None):
        if isinstance(part, Tag) and part.get_text(strip=True):
            return part
    return soup


@dataclass(slots=True)
class _Writer:
    """Walks a tree and puts its blocks down; by a list of what is left to do, as pages nest without bound."""

    draft: Draft
    words: list[str] = field(default_factory=list)
    term: str = ""
    preformatted: int = 0

    def write(self, root: Tag) -> None:
        todo: list[PageElement | str] = [root]  # a name stands for the end of that block
        while todo:
            match todo.pop():
                case Tag() as tag if tag.name in _HEADINGS:
                    self.end("p")
                    write_heading(self.draft, line(tag))
                case Tag(name="table") as table if not holds(table, ("table", *_HEADINGS)):
                    self.end("p")
                    write_table(self.draft, table)
                case Tag(name="br"):
                    self.words.append("\n")
                case Tag() as tag:
                    if not is_inline(tag):
                        self.end("p")
                        self.preformatted += tag.name == "pre"
                        todo.append(tag.name)
                    todo += tag.contents[::-1]
                case NavigableString() as string:
                    self.words.append(str(string) if self.preformatted else _BLANKS.sub(" ", string))
                case str(block):
                    self.end(block)
                    self.preformatted -= block == "pre"
        self.end("dl")

    def end(self, block: str) -> None:
        """Put down the words gathered since the last block began or ended."""
        text = "".join(self.words)
        self.words.clear()
        if not self.preformatted:
            text = "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
        if block == "dt":
            self.term = ", ".join(part for part in (self.term, text) if part)
        elif self.term and (text or block == "dl"):
            self.draft.paragraph(f"{self.term}: {text}" if text else self.term)
            self.term = ""
        else:
            self.draft.paragraph(text)
