"""What waits for review: each doubt with the words that speak for it and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.documents import Language
from corpus.errors import IndexMissing
from corpus.ledger import Ledger, catalogue_of
from corpus.names import Names
from corpus.records import LIKENESS, DocumentRow, Doubt, Filed
from corpus.words import words
from ui.opening import Opening
from ui.reader.address import reader_address

_AROUND = 140  # characters before and after the words
_WORD = re.compile(r"[^\W_]+")
NEW = "new initiative"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Where the words stand: what is before and after them in the text of `at` characters on."""

    before: str
    words: str
    after: str
    at: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A doubt to be decided: is `document` about what is called `name`?

    `percent` is how sure it is; `times` how often a new initiative is named, `likeness` the cosine that
    speaks for a theme, 0 for none. `known_as` is the name of the fiche that describes a new initiative by
    now.
    """

    id: int
    kind: str
    target: str
    name: str
    document: DocumentRow
    percent: int
    address: str
    page: int | None
    excerpt: Excerpt | None
    times: int = 0
    likeness: float = 0.0
    known_as: str = ""


def read_proposals(opening: Opening, language: Language) -> list[Proposal]:
    """Return what waits, by document and the surest first. Raises StoreCorrupt, CatalogueWrong."""
    try:
        version, doubts = opening.version(), opening.doubts()
    except IndexMissing:
        return []
    catalogue = catalogue_of(version.documents)
    names = Names(catalogue)
    rows = {row.id: row for row in version.documents}
    found = []
    with closing(Ledger(opening.home.ledger)) as ledger:
        for doubt in doubts:
            row = rows[doubt.document]
            text = ledger.text(row)
            passages = ledger.passages(version.number, row.id)
            found.append(
                _proposal(doubt, row, text.cleaned if text else "", passages, catalogue, names, language)
            )
    return sorted(found, key=lambda one: (one.document.title.casefold(), one.document.id, -one.percent))


def excerpt_of(text: str, doubt: Doubt) -> Excerpt | None:
    """Return where the words of a doubt stand in its document, None when likeness alone speaks for it."""
    if doubt.kind == NEW:
        at = text.find(doubt.target)
        return _around(text, at, at + len(doubt.target)) if at >= 0 else None
    if not doubt.is_said:
        return None
    wanted = doubt.why.split()
    begins = 0
    for line in text.split("\n"):
        pieces, spoken = list(_WORD.finditer(line)), words(line)
        if len(pieces) == len(spoken):
            for place in range(len(spoken) - len(wanted) + 1):
                if spoken[place : place + len(wanted)] == wanted:
                    last = pieces[place + len(wanted) - 1]
                    return _around(text, begins + pieces[place].start(), begins + last.end())
        begins += len(line) + 1
    return None


def _proposal(
    doubt: Doubt,
    row: DocumentRow,
    text: str,
    passages: Sequence[Filed],
    catalogue: Catalogue,
    names: Names,
    language: Language,
) -> Proposal:
    excerpt = excerpt_of(text, doubt)
    filed = next((one for one in passages if excerpt and one.start <= excerpt.at < one.end), None)
    fiche = catalogue.get(doubt.target)
    mention = next(iter(names.find(doubt.target, typos=False)), None) if doubt.kind == NEW else None
    known = catalogue.get(mention.fiche_id) if mention else None
    return Proposal(
        id=doubt.id,
        kind=doubt.kind,
        target=doubt.target,
        name=fiche.called(language) if fiche else doubt.target,
        document=row,
        percent=round(100 * doubt.confidence),
        address=reader_address(
            row.id,
            filed.page if filed else None,
            excerpt.words if excerpt else "",
            at=filed.start if filed else None,
        ),
        page=filed.page if filed else None,
        excerpt=excerpt,
        times=_number(doubt.why) if doubt.kind == NEW else 0,
        likeness=0.0 if doubt.is_said else _cosine(doubt.why),
        known_as=known.called(language) if known else "",
    )


def _around(text: str, start: int, end: int) -> Excerpt:
    """Return words with what stands around them in their paragraph, cut at words."""
    opens = text.rfind("\n\n", 0, start)
    closes = text.find("\n\n", end)
    first = opens + 2 if opens >= 0 else 0
    last = closes if closes >= 0 else len(text)
    before, after = text[first:start], text[end:last]
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + "…"
    return Excerpt(_plain(before), text[start:end], _plain(after), start)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _number(why: str) -> int:
    found = re.search(r"\d+", why)
    return int(found[0]) if found else 0


def _cosine(why: str) -> float:
    try:
        return float(why.removeprefix(LIKENESS))
    except ValueError:
        return 0.0
