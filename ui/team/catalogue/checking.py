"""Checking: what is typed becomes a fiche that fits into the catalogue, or is told what is wrong where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.catalogue import Fiche, read_fiche
from corpus.errors import CatalogueWrong, DocumentRefused
from ingest.loaders import loader_for
from ui.team.catalogue.holdings import Holdings, row_of
from ui.team.catalogue.typed import BODY, Mistake, Typed, front_matter, mistakes_of
from ui.team.catalogue.writing import file_text

_SUFFIX = ".md"


@dataclass(frozen=True, slots=True)
class Sound:
    """A fiche that can be ingested: the name of its file, and all that stands in it."""

    fiche: Fiche
    file: str
    text: str


def check(typed: Typed, holdings: Holdings, *, new: bool) -> Sound | Sequence[Mistake]:
    """Return the fiche that is typed, or every mistake in it.

    A `new` one must not have the id of another.
    """
    try:
        fiche = read_fiche(front_matter(typed), file=typed.id)
    except CatalogueWrong as error:
        return [*mistakes_of(error), *_of_body(typed)]
    file = holdings.place_of(fiche)
    mistakes = [*_of_id(fiche, holdings, new=new), *_of_body(typed)]
    if mistakes:
        return mistakes
    text = file_text(fiche, typed.body)
    try:
        holdings.catalogue_with(row_of(fiche, file=file, text=text))
    except CatalogueWrong as error:
        if error.fields["file"] == file:
            return mistakes_of(error)
        return [Mistake("", f"{error.fields['file']}: {error.fields['field']}: {error.fields['reason']}")]
    return Sound(fiche, file, text)


def _of_id(fiche: Fiche, holdings: Holdings, *, new: bool) -> list[Mistake]:
    """Return what is wrong with the id: it would oust what has it already."""
    taken = next((row for row in holdings.rows if row.id == fiche.id and not row.written), None)
    if new:
        taken = taken or holdings.written(fiche.id)
    return [Mistake("id", f"{fiche.id!r} is already the id of {taken.file}")] if taken else []


def _of_body(typed: Typed) -> list[Mistake]:
    """Return what is wrong with the text: it must say something besides headings, as in any document."""
    try:
        loader_for(_SUFFIX)(typed.body.encode("utf-8", "replace"), file=typed.id)
    except (DocumentRefused, CatalogueWrong):
        return [Mistake(BODY, "the text says nothing below its headings")]
    return []
