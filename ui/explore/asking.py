"""Asking: the questions that a fiche can answer, and the address at which the chat opens with one."""

from __future__ import annotations

from urllib.parse import urlencode

from corpus.catalogue import Fiche, Initiative, Theme
from corpus.documents import Language
from corpus.words import fold, printable
from ui.text import phrase

_VOWELS = "aeiouy"


def ask_address(question: str) -> str:
    """Return the address of the chat that opens with a question."""
    return f"/?{urlencode({'q': printable(question)})}"


def questions(fiche: Fiche, language: Language) -> list[str]:
    """Return what to ask of a fiche, the most general first: only what it documents."""
    return [_worded(key, fiche, language) for key in _keys(fiche)]


def _keys(fiche: Fiche) -> list[str]:
    if isinstance(fiche, Theme):
        return ["what", "list"]
    keys = ["what"]
    if isinstance(fiche, Initiative):
        keys += [
            key
            for key, documented in (
                ("strength", fiche.strength),
                ("where", fiche.territory),
                ("when", fiche.year),
                ("objectives", fiche.objectives),
                ("site", fiche.site),
            )
            if documented
        ]
    return keys + (["figures"] if fiche.figures else [])


def _worded(key: str, fiche: Fiche, language: Language) -> str:
    name = printable(fiche.called(language))
    that, of = _elided(name) if language == "fr" else (name, name)
    kind = "theme" if isinstance(fiche, Theme) and key == "list" else key
    return phrase(f"explore.ask.{kind}", language, name=name, that=that, of=of)


def _elided(name: str) -> tuple[str, str]:
    """Return a name after "que" and after "de", both elided or contracted as French does."""
    article, _, rest = name.partition(" ")
    if fold(name)[:1] in _VOWELS and not article.isupper():
        return f"qu’{name}", f"d’{name}"
    if rest and article in ("Le", "Les"):
        return f"que {name}", f"{'du' if article == 'Le' else 'des'} {rest}"
    return f"que {name}", f"de {name}"
