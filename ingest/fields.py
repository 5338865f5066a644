"""Fields: what a text in the think tank's form says of an initiative, as a catalogue states it."""

from __future__ import annotations

import re
from itertools import takewhile

from corpus.catalogue import Figure
from corpus.words import STOP_WORDS, fold
from ingest.deck import CLOSING, STRENGTH

_APART = re.compile(r"(?<=[.!?…»])\s+(?=[A-ZÀ-Ý])")
_NAME = r"[A-ZÀ-Ý][\w'’-]*"
_PLACE = rf"{_NAME}(?:[ -](?:(?:sur|sous|en|lès|les|la|le|de|du|des)[ -])*{_NAME})*"
_TERRITORY = (
    re.compile(
        rf"(?:(?i:install|implant|situ|bas)(?i:ée?s?)\s+(?:à|a|en|au|aux)|(?i:based|located)\s+in)\s+(?P<place>{_PLACE})"
    ),
    re.compile(
        r"\b(?P<place>(?:agglomération|métropole|bassin|vallée|région|département|communauté)\s+"
        rf"(?:(?:d['’]emploi\s+)?(?:de la |de l['’]|des |du |de |d['’]){_PLACE}"
        r"|\w+(?:aise|oise|aine|ine|ienne|ane)))"
    ),
    re.compile(rf"\bterritoires?\s+(?:de la |de l['’]|des |du |de |d['’])(?P<place>{_PLACE})"),
    re.compile(rf"(?i:\bcommune|\bville)\s+(?:de la |de l['’]|des |du |de |d['’])(?P<place>{_PLACE})"),
    re.compile(r"(?P<place>Bassin d['’]Emploi (?:de la |de l['’]|des |du |de |d['’])" + _PLACE + ")"),
)
_YEAR = re.compile(
    # Whole words: there is "crédits en", "levée de fonds en", "négociée en". A scanner may take é for e.
    r"\b(?:(?:cré|fond|lanc|inaugur)[ée]{1,2}s?|née?s?|ouverte?s?|établie?s?"
    r"|création|fondation|lancement|ouverture|naissance|inauguration"
    r"|founded|created|launched|opened|established)"
    r"(?:\s+officiellement)?(?:\s+(?:par|à|au|aux|by|at|in)\s+[^\d.,;:!?\n]{1,40}?)?\s+"
    r"(?:(?:en|in)\s+(?:\w+\s+)?|le\s+\d{1,2}(?:er)?\s+\w+\s+)(?P<year>(?:1[6-9]|20)\d\d)\b",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"\b(?P<form>(?:entreprise (?:adaptée|d['’]insertion)|association|coopérative(?: ouvri[eè]re)?"
    r"|fondation|mutuelle|régie(?: de quartier| municipale)?|collectif|commune|SCIC|SCOP|SAS|PTCE"
    r"|tiers-lieu|ferme|société coopérative))\b",
    re.IGNORECASE,
)
_OBJECTIVES = re.compile(
    r"\b(?:(?:L['’]|Son |Ses |Leurs? |\w+ )?objecti(?:f|ve)s?\s*(?::|(?:est|sont)\s+(?:de\s+|d['’])?)"
    r"|a pour (?:but|objectif)\s+(?:de\s+|d['’])?)"
    r"\s*(?P<said>[^\n]+)",
    re.IGNORECASE,
)
# What cannot be said under a label, because it is the next one, or a link.
_OTHER = re.compile(
    r"(?:https?://|www\.)|(?:\w+ )?objecti(?:f|ve)s?\s*:|(?:Site|Lien|Website|Link)s?\b[^:\n]{0,20}:|"
    + CLOSING.pattern,
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?<![\w.,/])(?P<value>(?:(?:plus|près|moins) de |environ |quelque )?"
    r"\d{1,3}(?:[ \u00a0\u202f.]?\d{3})*(?:,\d+)?(?: ?%)?)\s+"
    r"(?P<counts>[^\W\d_][\w'’-]+(?:\s+(?:(?:de|des|du|en|d['’])\s*)?[^\W\d_][\w'’-]+)?)",
    re.IGNORECASE,
)
_MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre", "january", "february", "march", "april", "may", "june", "july", "august",
           "september", "october", "november", "december")  # fmt: skip
_NO_COUNT = ("er", "ème", "rue", "avenue", "boulevard")
_LONGEST = 400
_MOST = 12


def strength(text: str) -> str | None:
    """Return what follows "Force de cette initiative :": its first sentence, or the list under it."""
    found = STRENGTH.search(text)
    return _said(found) if found else None


def territory(text: str) -> str | None:
    """Return where a text says that something is: a place name, or a kind of area and its name."""
    return next((_line(found["place"]) for pattern in _TERRITORY if (found := pattern.search(text))), None)


def year(text: str) -> int | None:
    """Return the year in which a text says that something was founded."""
    found = _YEAR.search(text)
    return int(found["year"]) if found else None


def form(text: str) -> str | None:
    """Return the first legal form that a text names."""
    found = _FORM.search(text)
    return None if not found else found["form"] if found["form"].isupper() else found["form"].lower()


def objectives(text: str) -> tuple[str, ...]:
    """Return the objectives that a text states, a list in one line each."""
    return tuple(line for one in _OBJECTIVES.finditer(text) if (line := _said(one)))[:_MOST]


def figures(text: str) -> tuple[Figure, ...]:
    """Return the numbers that a text gives with what they count; dates and addresses are none."""
    found = []
    text = re.sub(r"https?://\S+", " ", STRENGTH.sub(lambda m: m["said"], text))
    for one in _FIGURE.finditer(text):
        before = text[max(0, one.start() - 12) : one.start()].casefold()
        counted = one["counts"].casefold().split()[0]
        if counted in _MONTHS or counted in _NO_COUNT or before.rstrip().endswith(("exemple", "example")):
            continue
        is_year = re.fullmatch(r"(?:1[6-9]|20)\d\d", one["value"])
        is_postcode = re.fullmatch(r"\d{5}", one["value"]) and one["counts"][0].isupper()
        if is_year or is_postcode:
            continue
        counts = one["counts"].split()
        while len(counts) > 1 and fold(counts[-1]) in STOP_WORDS:
            counts.pop()
        found.append(Figure(value=" ".join(one["value"].split()), counts=" ".join(counts)))
    return tuple(dict.fromkeys(found))[:_MOST]


def _said(found: re.Match[str]) -> str | None:
    """Return the first sentence behind a label; where the label stands alone, the paragraph under it."""
    below = "\n" in found.string[found.start() : found.start("said")]
    under = found.string[found.start("said") :].split("\n\n")[0].split("\n") if below else [found["said"]]
    lines = list(takewhile(lambda line: not _OTHER.match(line), under))
    if len(lines) > 1:
        return _line(", ".join(line.strip(" .;,") for line in lines))
    return _line(_APART.split(CLOSING.split(lines[0])[0])[0]) if lines else None


def _line(text: str) -> str | None:
    return " ".join(text.split()).strip(" .;,:")[:_LONGEST].strip() or None
