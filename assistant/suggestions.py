"""Suggestions: questions that the material is known to answer."""

from __future__ import annotations

from collections.abc import Container

from assistant.courtesy import is_courtesy
from assistant.cues import Kind
from assistant.framing import frame
from assistant.retrieval import Found
from corpus.catalogue import Catalogue, Initiative, Theme
from corpus.documents import Language
from corpus.index import Index

_MOST = 3


def openers(catalogue: Catalogue, language: Language) -> tuple[str, ...]:
    """Return questions to begin a conversation with, one of each sort."""
    asked = []
    if catalogue.think_tanks:
        asked.append(frame("open.themes", language, name=_after_de(catalogue.think_tanks[0].name)))
    themes = [theme for theme in catalogue.themes if catalogue.initiatives_of(theme.id)]
    if themes:
        asked.append(frame("open.list", language, name=themes[0].called(language)))
    dated = [one for one in catalogue.initiatives if one.year]
    if len(dated) > 1:
        asked.append(frame("open.compare", language, name=_short(dated[0]), other=_short(dated[1])))
    strong = [one for one in catalogue.initiatives if one.strength and one not in dated]
    if strong:
        asked.append(frame("open.strength", language, name=_short(strong[0])))
    return tuple(asked)


def suggestions(found: Found, *, index: Index, abstained: bool) -> tuple[str, ...]:
    """Return questions to go on with: of the same initiative, then of its theme."""
    catalogue, language = index.catalogue, found.asked.language
    if is_courtesy(found.asked.question, plain=found.asked.plain):
        return openers(catalogue, language)[:_MOST]
    ids = [*found.asked.entities]
    for hit in found.hits[:3]:
        ids += [hit.passage.initiative or "", *hit.passage.themes[:1]]
    fiches = [fiche for one in dict.fromkeys(ids) if (fiche := catalogue.get(one))]
    asked: list[str] = []
    for fiche in fiches[:2]:
        asked += _of(fiche, catalogue, language, answered=found.asked.kinds)[: 1 if abstained else 2]
    already = found.asked.question.casefold()
    fresh = [one for one in dict.fromkeys(asked) if one.casefold() != already]
    return tuple(fresh[:_MOST]) or openers(catalogue, language)[:_MOST]


def _of(fiche: object, catalogue: Catalogue, language: Language, *, answered: Container[Kind]) -> list[str]:
    """Return what may be asked of a fiche, without what was just answered."""
    if isinstance(fiche, Initiative):
        asked = [] if "definition" in answered else [frame("open.what", language, name=_short(fiche))]
        if fiche.strength and "strength" not in answered:
            asked.append(frame("open.strength", language, name=_short(fiche)))
        if fiche.territory and "place" not in answered:
            asked.append(frame("open.territory", language, name=_short(fiche)))
        theme = catalogue.theme(fiche.themes[0])
        return asked + ([frame("open.list", language, name=theme.called(language))] if theme else [])
    if isinstance(fiche, Theme):
        asked = (
            [] if "definition" in answered else [frame("open.what", language, name=fiche.called(language))]
        )
        listed = frame("open.list", language, name=fiche.called(language))
        return [listed, *asked] if catalogue.initiatives_of(fiche.id) else asked
    return []


def _short(fiche: Initiative) -> str:
    return fiche.acronyms[0] if fiche.acronyms else fiche.name


def _after_de(name: str) -> str:
    # "les thèmes du Labo", not "les thèmes du Le Labo".
    return name.removeprefix("Le ")
