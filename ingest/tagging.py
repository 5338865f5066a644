"""Tagging: which initiative and themes a passage speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from corpus.catalogue import Catalogue, Initiative, Theme
from corpus.documents import Passage
from corpus.names import Names


def tag(
    passages: Iterable[Passage],
    *,
    catalogue: Catalogue,
    names: Names,
    accepted: Mapping[str, Sequence[str]] | None = None,
) -> list[Passage]:
    """Return the passages with the initiative and themes that they are part of, or else name.

    Only exact names count, and only a passage that names a single initiative is tagged with it: a doubtful
    tag would be a wrong citation. `accepted` are the fiches that somebody said a document is about, by its
    id: they stand where a passage names no other.
    """
    return [_tagged(one, catalogue, names, (accepted or {}).get(one.document_id, ())) for one in passages]


def _tagged(passage: Passage, catalogue: Catalogue, names: Names, accepted: Sequence[str]) -> Passage:
    own = catalogue.resolve(passage.entry)
    if isinstance(own, Initiative):
        return replace(passage, initiative=own.id, themes=own.themes)
    if isinstance(own, Theme):
        return replace(passage, initiative=None, themes=(own.id,))
    named = {mention.fiche_id for mention in names.find(passage.text, typos=False)}
    initiatives = [one for one in catalogue.initiatives if one.id in named]
    if not initiatives:
        initiatives = [one for one in catalogue.initiatives if one.id in accepted]
    themes = [theme.id for theme in catalogue.themes if theme.id in named or theme.id in accepted]
    if len(initiatives) == 1:
        only = initiatives[0]
        return replace(passage, initiative=only.id, themes=tuple(dict.fromkeys([*only.themes, *themes])))
    return replace(passage, initiative=None, themes=tuple(themes))
