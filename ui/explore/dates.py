"""Dates: the sentences of documents that hold a year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.catalogue import Catalogue, Initiative
from corpus.documents import Passage
from corpus.sentences import split_sentences
from ui.explore.years import years_in

_NUMBER = re.compile(r"(?<!\d)(?:1[89]|2[01])\d\d(?!\d)")
_LONGEST = 320  # characters of a sentence that is shown whole
_AROUND = 140


@dataclass(frozen=True, slots=True)
class Dated:
    """A sentence with a year in it. `pieces` are the sentence cut so that every second piece is the year.

    `at` is where its passage begins in the document's text; `themes` are those of the passage and of the
    initiative that it is about.
    """

    year: int
    sentence: str
    pieces: tuple[str, ...]
    document_id: str
    title: str
    page: int | None
    at: int
    initiative: str | None
    themes: tuple[str, ...]


def dated_sentences(passages: Iterable[Passage], catalogue: Catalogue, *, now: int) -> tuple[Dated, ...]:
    """Return the dated sentences of passages by year, each once for each year and document."""
    found: dict[tuple[int, str, str], Dated] = {}
    for passage in passages:
        if not _NUMBER.search(passage.text):
            continue
        initiative = _owner(passage, catalogue)
        themes = (*passage.themes, *(initiative.themes if initiative else ()))
        for sentence in split_sentences(passage.text):
            named = years_in(sentence, now=now)
            for year in dict.fromkeys(one for _, _, one in named):
                key = (year, passage.document_id, sentence)
                found.setdefault(
                    key,
                    Dated(
                        year=year,
                        sentence=sentence,
                        pieces=_pieces(sentence, [(start, end) for start, end, one in named if one == year]),
                        document_id=passage.document_id,
                        title=passage.title,
                        page=passage.page,
                        at=passage.start,
                        initiative=initiative.id if initiative else None,
                        themes=tuple(dict.fromkeys(themes)),
                    ),
                )
    return tuple(sorted(found.values(), key=lambda one: one.year))


def _pieces(sentence: str, places: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Cut a sentence at its years; of a very long one only what stands around the first is kept."""
    left, right = 0, len(sentence)
    if right > _LONGEST:
        first, last = places[0]
        left, right = max(0, first - _AROUND), min(right, last + _AROUND)
        places = [one for one in places if one[0] >= left and one[1] <= right]
    pieces = []
    here = left
    for start, end in places:
        pieces += [sentence[here:start], sentence[start:end]]
        here = end
    pieces.append(sentence[here:right])
    pieces[0] = ("… " if left else "") + pieces[0]
    pieces[-1] += " …" if right < len(sentence) else ""
    return tuple(pieces)


def _owner(passage: Passage, catalogue: Catalogue) -> Initiative | None:
    fiche = catalogue.resolve(passage.entry)
    return fiche if isinstance(fiche, Initiative) else catalogue.initiative(passage.initiative)
