"""Fields: what a text in the think tank's form says of an initiative, as a catalogue states it."""

from __future__ import annotations

import re

from corpus.catalogue import Figure
from corpus.words import STOP_WORDS, fold
from ingest.deck import STRENGTH

_APART = re.compile(r"(?<=[.!?…»])\s+(?=[A-ZÀ-Ý])")
_NAME = r"[A-ZÀ-Ý][\w'’-]*"
_PLACE = rf"{_NAME}(?:[ -](?:(?:sur|sous|en|lès|les|la|le|de|du|des)[ -])*{_NAME})*"
_TERRITORY = (
    re.compile(rf"(?i:install|implant|situ|bas)(?i:ée?s?)\s+(?:à|a|en|au|aux)\s+(?P<place>{_PLACE})"),
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
    r"\b(?:cré|fond|né|lanc|ouvert|établi|inaugur)\w*\s+(?:officiellement\s+)?(?:en|in)\s+"
    r"(?:\w+\s+)?(?P<year>(?:1[6-9]|20)\d\d)\b",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"\b(?P<form>(?:entreprise (?:adaptée|d['’]insertion)|association|coopérative(?: ouvri[eè]re)?"
    r"|fondation|mutuelle|régie(?: de quartier| municipale)?|collectif|commune|SCIC|SCOP|SAS|PTCE"
    r"|tiers-lieu|ferme|société coopérative))\b",
    re.IGNORECASE,
)
_OBJECTIVES = re.compile(
    r"\b(?:(?:L['’]|Son |Ses |Leurs? |\w+ )?objectifs?\s*(?::|(?:est|sont)\s+(?:de\s+|d['’])?)"
    r"|a pour (?:but|objectif)\s+(?:de\s+|d['’])?)"
    r"\s*(?P<said>[^\n]+)",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?P<value>(?:(?:plus|près|moins) de |environ |quelque )?"
    r"\d{1,3}(?:[ \u00a0\u202f.]?\d{3})*(?:,\d+)?(?: ?%)?)\s+"
    r"(?P<counts>[^\W\d_][\w'’-]+(?:\s+(?:(?:de|des|du|en|d['’])\s*)?[^\W\d_][\w'’-]+)?)",
    re.IGNORECASE,
)
_MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre")  # fmt: skip
_LONGEST = 400
_MOST = 12


def strength(text: str) -> str | None:
    """Return what follows "Force de cette initiative :", its first sentence."""
    found = STRENGTH.search(text)
    return _line(_APART.split(found["said"])[0]) if found else None


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
    found = [_APART.split(one["said"])[0] for one in _OBJECTIVES.finditer(text)]
    return tuple(line for one in found if (line := _line(one)))[:_MOST]


def figures(text: str) -> tuple[Figure, ...]:
    """Return the numbers that a text gives with what they count; dates are none."""
    found = []
    for one in _FIGURE.finditer(re.sub(r"https?://\S+", " ", STRENGTH.sub(lambda m: m["said"], text))):
        before = text[max(0, one.start() - 12) : one.start()].casefold()
        counted = one["counts"].casefold().split()[0]
        if counted in _MONTHS or counted in ("er", "ème") or before.rstrip().endswith(("exemple", "example")):
            continue
        if re.fullmatch(r"(?:1[6-9]|20)\d\d", one["value"]):
            continue
        counts = one["counts"].split()
        while len(counts) > 1 and fold(counts[-1]) in STOP_WORDS:
            counts.pop()
        found.append(Figure(value=" ".join(one["value"].split()), counts=" ".join(counts)))
    return tuple(dict.fromkeys(found))[:_MOST]


def _line(text: str) -> str | None:
    return " ".join(text.split()).strip(" .;,:")[:_LONGEST].strip() or None
