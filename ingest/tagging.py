"""Tagging: which initiative and themes a passage speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from corpus.catalogue import Catalogue, Initiative, Theme
from corpus.documents import Passage
from corpus.names import Names
from corpus.words import words

Accepted = Mapping[str, Sequence[tuple[str, str]]]
"""By document: fiche ids that somebody accepted, with the words that a passage must hold for it, if any."""


def tag(
    passages: Iterable[Passage],
    *,
    catalogue: Catalogue,
    names: Names,
    accepted: Accepted | None = None,
) -> list[Passage]:
    """Return the passages with the initiative and themes that they are part of, or else name.

    Only exact names count, and only a passage that names a single initiative is tagged with it: a doubtful
    tag would be a wrong citation. What somebody accepted stands where a passage names no other.
    """
    return [_tagged(one, catalogue, names, (accepted or {}).get(one.document_id, ())) for one in passages]


def _tagged(
    passage: Passage, catalogue: Catalogue, names: Names, accepted: Sequence[tuple[str, str]]
) -> Passage:
    own = catalogue.resolve(passage.entry)
    if isinstance(own, Initiative):
        return replace(passage, initiative=own.id, themes=own.themes)
    if isinstance(own, Theme):
        return replace(passage, initiative=None, themes=(own.id,))
    named = {mention.fiche_id for mention in names.find(passage.text, typos=False)}
    initiatives = [one for one in catalogue.initiatives if one.id in named]
    spoken = f" {' '.join(words(passage.text))} " if accepted else ""
    meant = {fiche for fiche, said in accepted if not said or f" {said} " in spoken}
    if not initiatives:
        initiatives = [one for one in catalogue.initiatives if one.id in meant]
    themes = [theme.id for theme in catalogue.themes if theme.id in named or theme.id in meant]
    if len(initiatives) == 1:
        only = initiatives[0]
        return replace(passage, initiative=only.id, themes=tuple(dict.fromkeys([*only.themes, *themes])))
    return replace(passage, initiative=None, themes=tuple(themes))
