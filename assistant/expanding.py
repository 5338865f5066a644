"""Expanding: the words that an acronym stands for, where the documents spell it out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answer import Support
from assistant.cues import MEANS, SPELLS_OUT
from assistant.question import Asked
from corpus.index import Index
from corpus.sentences import clauses
from corpus.words import fold, stem, stems, words

_IN_CAPITALS = re.compile(r"\b[A-Z][A-Za-z]?[A-Z]+\b")


def expansion(asked: Asked, index: Index) -> list[Support]:
    """Return the sentences that spell out the acronym that a question asks about, at most two.

    Asked in so many words ("que veut dire PTCE ?"), the fiche that bears the acronym comes first: a sentence
    of its own with both. Then one where it stands in brackets after its words (Schwartz & Hearst 2003).
    """
    shorts = list(_acronyms(asked, index))
    alone = all(term.word in shorts for term in asked.terms)
    if SPELLS_OUT.search(asked.plain) or (alone and MEANS.search(asked.plain)):
        for short in shorts:
            found = [one for one in (_of_its_fiche(short, index), _bracketed(short, index)) if one]
            if found:
                return list({one.quote: one for one in found}.values())
    if "definition" in asked.kinds and len(asked.terms) == 1 and not asked.entities:
        bracketed = _bracketed(asked.terms[0].word, index)
        return [bracketed] if bracketed else []
    return []


def _acronyms(asked: Asked, index: Index) -> Iterator[str]:
    """Yield the folded acronyms of a question: those of the catalogue, and what is written in capitals."""
    known = {word for fiche in index.catalogue for short in fiche.acronyms for word in words(short)}
    yield from (word for word in asked.plain.split() if word in known)
    if asked.standalone != asked.standalone.upper():
        yield from map(fold, _IN_CAPITALS.findall(asked.standalone))


def _of_its_fiche(short: str, index: Index) -> Support | None:
    for fiche in index.catalogue:
        if short not in {word for one in fiche.acronyms for word in words(one)}:
            continue
        full = [set(stems(name)) - {stem(short)} for name in fiche.names]
        for passage in index.by_fiche.get(fiche.id, []):
            for clause in clauses(passage.text):
                spelt = any(len(name) > 1 and name <= clause.stems for name in full)
                if spelt and stem(short) in clause.stems:
                    return Support(passage, clause.text, 1.0)
    return None


def _bracketed(short: str, index: Index) -> Support | None:
    for passage in index.passages:
        # Cutting every passage of a large corpus into sentences would take a second.
        if f"({short})" in passage.text.casefold():
            for clause in clauses(passage.text):
                if f"({short})" in fold(clause.text):
                    return Support(passage, clause.text, 1.0)
    return None
