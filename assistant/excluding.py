"""Excluding: what a question about initiatives does not want, "qui ne sont pas des PTCE"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.cues import NEGATES, kinds
from assistant.facts import FIELD_OF
from assistant.framing import frame
from assistant.question import Asked, Term
from assistant.speaking import speaking
from assistant.word_lists import NEUTRAL
from corpus.catalogue import Initiative, Theme
from corpus.documents import Language
from corpus.index import Index
from corpus.words import content, stem, words

# A "hors PTCE" that opens a question ends where it asks; any other negation goes to the end.
_SCOPE = re.compile(
    r"\b(?:ne|n) (?:\w+ ){1,3}?(?:pas|ni|aucun\w*|jamais|point)\b(?P<after>.*)$|"
    r"\b(?:hors|hormis|sauf|excepte\w*|a part|en dehors|autres? que|except|besides|other than|outside|"
    r"apart from)\b"
    r"(?P<open>.*?)(?=\b(?:quel\w*|which|what|list\w*|cite\w*|donne\w*|combien|how many)\b|$)|"
    r"\b(?:not|aren t|isn t|don t|doesn t)\b(?P<then>.*)$"
)
# "Nous n'avons pas beaucoup d'argent" tells of who asks.
_OF_MINE = re.compile(
    r"\b(?:je|j|nous|on|i|we) (?:ne |n )(?:\w+ ){1,2}?(?:pas|plus|jamais|guere)\b|"
    r"\b(?:i|we) (?:\w+ )?(?:not|don t|can t|haven t|aren t|didn t)\b"
)
_OR = re.compile(r"\b(?:ni|nor|or|ou)\b")


@dataclass(frozen=True, slots=True)
class Scope:
    """One thing that is not wanted: themes, a form, a field that is documented, or words."""

    asked: Asked
    themes: tuple[Theme, ...] = ()
    form: str = ""
    fields: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()

    def members(self, index: Index) -> list[Initiative]:
        """Return the initiatives that it is true of."""
        everyone = index.catalogue.initiatives
        if self.themes:
            wanted = {theme.id for theme in self.themes}
            return [one for one in everyone if wanted & set(one.themes)]
        if self.form:
            return [one for one in everyone if self.form in words(one.form or "")]
        if self.fields:
            return [one for one in everyone if any(getattr(one, name) is not None for name in self.fields)]
        return [one for one, _ in speaking(everyone, [self.terms], index)]

    def said(self, language: Language) -> str:
        """Return the filter in words."""
        if self.themes:
            name = " », « ".join(theme.called(language) for theme in self.themes)
            return frame("filter.outside", language, name=name)
        if self.form:
            return frame("filter.not_form", language, name=self.form)
        if self.fields:
            labels = [frame(f"label.{name}", language) for name in self.fields]
            return "".join(frame("filter.lacking", language, name=label) for label in labels)
        spelt = " ".join(self.asked.spelt(term.word) for term in self.terms)
        return frame("filter.not_words", language, name=spelt)


@dataclass(frozen=True, slots=True)
class Negated:
    """A question cut in two: what is wanted, and what is not; no `scopes` where that cannot be told."""

    rest: Asked
    scopes: tuple[Scope, ...]


def negated(asked: Asked, index: Index, *, forms: frozenset[str]) -> Negated | None:
    """Cut a question at its negation; None where it has none."""
    if not NEGATES.search(_OF_MINE.sub(" ", asked.plain)):
        return None
    found = _SCOPE.search(asked.plain)
    if not found:
        return Negated(asked, ())
    said = next(one for one in found.groups() if one is not None)
    scopes = [_scope(part, asked, index, forms) for part in _OR.split(said) if content(part.split())]
    plain = " ".join(f"{asked.plain[: found.start()]} {asked.plain[found.end() :]}".split())
    told = [scope for scope in scopes if scope]
    unwanted = {theme.id for scope in told for theme in scope.themes}
    wanted = {theme.id for theme in _themes(plain.split(), asked, index)}
    rest = replace(
        asked,
        plain=plain,
        entities=tuple(one for one in asked.entities if one not in unwanted or one in wanted),
        terms=tuple(term for term in asked.terms if term.word in plain.split()),
        kinds=kinds(plain),
    )
    return Negated(rest, tuple(told) if len(told) == len(scopes) else ())


def _scope(said: str, asked: Asked, index: Index, forms: frozenset[str]) -> Scope | None:
    """Return what some words mean, None where they mean nothing that initiatives are told apart by."""
    spoken = said.split()
    themes = _named_whole(spoken, index)
    if themes:
        return Scope(asked, themes=tuple(themes))
    form = next((word.removesuffix("s") for word in spoken if word.removesuffix("s") in forms), "")
    if form:
        return Scope(asked, form=form)
    lacking = kinds(f"pas {said.strip()}")
    fields = [FIELD_OF[kind] for kind in lacking if kind in FIELD_OF and kind not in ("form", "theme")]
    if fields:
        return Scope(asked, fields=tuple(fields))
    themes = _themes(spoken, asked, index)
    if themes:
        return Scope(asked, themes=tuple(themes))
    terms = [term for term in asked.terms if term.word in spoken and term.own not in NEUTRAL]
    nouns = [term for term in terms if not term.verb] or terms
    return Scope(asked, terms=tuple(nouns)) if nouns else None


def _named_whole(spoken: Sequence[str], index: Index) -> list[Theme]:
    """Return the themes of which words have a whole name."""
    text = f" {' '.join(map(_singular, spoken))} "
    return [
        theme
        for theme in index.catalogue.themes
        if any(f" {' '.join(map(_singular, words(name)))} " in text for name in theme.names)
    ]


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _themes(spoken: Sequence[str], asked: Asked, index: Index) -> list[Theme]:
    """Return the themes that words name, wholly or by a word that no other has."""
    loose = {stem(word) for word in content(list(spoken))}
    near = [
        one for one in index.catalogue.themes if loose & {stem(word) for word in content(words(one.name))}
    ]
    near = near if len(near) == 1 else [one for one in near if one.id in asked.entities]
    return _named_whole(spoken, index) or near
