"""Tagging: which initiative and themes a passage speaks of."""

from __future__ import annotations

from dataclasses import replace

from corpus.catalogue import Catalogue
from corpus.documents import Passage
from corpus.names import Names


def tag(passages: list[Passage], *, catalogue: Catalogue, names: Names) -> list[Passage]:
    """Return the passages with the initiative and themes that they name; a fiche's own tags are left alone.

    Only exact names count, and only a passage that names a single initiative is tagged with it: a doubtful
    tag would be a wrong citation.
    """
    return [
        passage if passage.themes or passage.initiative else _tagged(passage, catalogue, names)
        for passage in passages
    ]


def _tagged(passage: Passage, catalogue: Catalogue, names: Names) -> Passage:
    named = {mention.fiche_id for mention in names.find(passage.text, typos=False)}
    initiatives = [one for one in catalogue.initiatives if one.id in named]
    themes = [theme.id for theme in catalogue.themes if theme.id in named]
    if len(initiatives) == 1:
        own = initiatives[0]
        return replace(passage, initiative=own.id, themes=tuple(dict.fromkeys([*own.themes, *themes])))
    return replace(passage, themes=tuple(themes))
