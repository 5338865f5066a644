"""Hearsay: what a question says beside what it asks: "selon le Labo", "je suis étudiante à Lille et …"."""

from __future__ import annotations

import re

from corpus.catalogue import Catalogue

NEAR_ME = re.compile(
    r"\b(?:pr[eè]s de|autour de|vers|[aà] c[oô]t[eé] de|pas loin de|par chez) (?:chez )?(?:moi|nous)\b(?!-)|"
    r"\bdans (?:le coin|(?:mon|notre) (?:coin|secteur|quartier|voisinage))\b(?! (?:de|du|des|d['’]))|"
    r"\b(?:near|close to|around) (?:me|us|here|my (?:home|place))\b|\bin my (?:area|neighbou?rhood)\b",
    re.IGNORECASE,
)
_I_LIVE = re.compile(
    r"\b(?:(?:j['’ ]habite|on habite|nous habitons)\b|"
    r"(?:(?:je|on) (?:vis|vit|suis|r[eé]side)|nous (?:vivons|sommes)|"
    r"(?:I|we) (?:live|am|are)|I['’]m|we['’]re)\b(?= (?:[aà]|au|aux|en|dans|pr[eè]s|vers|in|at|near|from)\b))"
    r"(?: pr[eè]s(?= d))?",
    re.IGNORECASE,
)
# "Je suis étudiante à Lille et je prépare …", "j'aurais besoin de …"
_I_AM = re.compile(
    r"\b(?:je suis|nous sommes|I am|I['’]m|we are)\s+(?:une?\s|an?\s)?[\w-]+"
    r"(?:\s+(?:à|en|au|chez|in|at)\s+[\w-]+)?\s*(?:,|\bet\b|\band\b)\s*(?=(?:je|j['’]|nous|on|I|we|pourr|pouv|peux|could|can)(?:\b|['’]))",
    re.IGNORECASE,
)
_I_NEED = re.compile(
    r"\b(?:j['’](?:aurais|ai) besoin|nous (?:aurions|avons) besoin|il me faudrait|I (?:would )?need|"
    r"we need)\s+"
    r"(?:d['’]|de |du |des )?",
    re.IGNORECASE,
)


def without_who_asks(text: str) -> str:
    """Return a text without who somebody says they are before they ask."""
    return _I_NEED.sub("", _I_AM.sub("", text))


def where_one_lives(text: str) -> str:
    """Return a text with "near me" put where it says that somebody lives."""
    if not (NEAR_ME.search(text) and _I_LIVE.search(text)):
        return text
    return _I_LIVE.sub("", NEAR_ME.sub(" ", text))


def according(catalogue: Catalogue) -> re.Pattern[str]:
    """Match "selon le Labo": who says so is not what is asked about."""
    names = sorted({name for one in catalogue.think_tanks for name in one.names}, key=len, reverse=True)
    said_by = "|".join(
        [*map(re.escape, names), "think tank", "vous", "you", "fiches?", "documents?", "sources?"]
    )
    return re.compile(
        rf",?\s*\b(?:selon|d['’]apr[èe]s|according to)\s+(?:le |la |les |l['’]|the |vos |your )?"
        rf"(?:{said_by})(?![\w’'])",
        re.IGNORECASE,
    )
