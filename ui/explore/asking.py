"""Asking: the questions that a fiche can answer, and the address at which the chat opens with one."""

from __future__ import annotations

from urllib.parse import urlencode

from corpus.catalogue import Catalogue, Fiche, Initiative, Theme
from corpus.documents import Language
from corpus.words import fold, printable
from ui.text import phrase

_VOWELS = "aeiouy"


def ask_address(question: str) -> str:
    """Return the address of the chat that opens with a question."""
    return f"/?{urlencode({'q': printable(question)})}"


def questions(fiche: Fiche, catalogue: Catalogue, language: Language) -> list[str]:
    """Return what to ask of a fiche, the most general first: only what it documents."""
    name = printable(fiche.called(language))
    that, of = _elided(name) if language == "fr" else (name, name)
    asked = [
        phrase(f"explore.ask.{key}", language, name=name, that=that, of=of) for key in _keys(fiche, catalogue)
    ]
    if language == "fr":  # what figures count is said in the language of the fiche
        asked += [
            phrase("explore.ask.figure", language, name=name, counted=_elided(printable(one.counts))[1])
            for one in fiche.figures
        ]
    return asked


def _keys(fiche: Fiche, catalogue: Catalogue) -> list[str]:
    """Return the questions that what is documented answers."""
    if isinstance(fiche, Theme):
        return ["what", *(["theme"] if catalogue.initiatives_of(fiche.id) else [])]
    if not isinstance(fiche, Initiative):
        return ["what"]
    documented = {
        "what": True,
        "strength": fiche.strength,
        "where": fiche.territory,
        "when": fiche.year,
        "objectives": fiche.objectives,
        "site": fiche.site,
    }
    return [key for key, value in documented.items() if value]


def _elided(name: str) -> tuple[str, str]:
    """Return a name after "que" and after "de", both elided or contracted as French does."""
    article, _, rest = name.partition(" ")
    if fold(name)[:1] in _VOWELS and not article.isupper():
        return f"qu’{name}", f"d’{name}"
    if rest and article in ("Le", "Les"):
        return f"que {name}", f"{'du' if article == 'Le' else 'des'} {rest}"
    return f"que {name}", f"de {name}"
