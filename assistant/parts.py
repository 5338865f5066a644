"""Parts: the questions that stand in one, each to be answered by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.courtesy import is_courtesy
from assistant.cues import ASKS, INITIATIVES, THEMES, kinds
from assistant.follow_up import leans
from assistant.reading import Reader
from assistant.word_lists import HOLLOW
from corpus.words import content, stem, words

_ASKS_AGAIN = re.compile(
    r"(?<=\?)\s+(?=\w)|,?\s+(?:et|and|mais|but)\s+"
    r"(?=(?:(?:à|a|de|pour|dans|en|par|sur|avec|depuis|for|in|of|by|since)\s+)?"
    r"(?:quell?e?s?|qui|quand|où|combien|comment|pourquoi|how|who|what|when|where|which|why|"
    r"c['’ ]?est quoi)\b)",
    re.IGNORECASE,
)
# "Quels sont le budget et la devise de Coopaname ?", "What are the motto and the budget of …?"
_ARTICLE = r"(?:les?\b|la\b|l['’]|son\b|sa\b|ses\b|leurs?\b|the\b|its\b|their\b)"
_TWO_OF = re.compile(
    rf"^(?P<asks>.*?(?:\b(?:est|sont|était|is|are|was|donnez?|indiquez?|give|connaître|savoir)\b|^)"
    rf"(?:[- ]moi| me)?)\s*(?P<one>{_ARTICLE}[^,?]*?),?\s+(?:et|and|ainsi que)\s+"
    rf"(?P<other>{_ARTICLE}[^,?]*?)(?P<of>(?:\s+(?:de|du|des|of|for)\b|\s+d['’])[^?]*)?(?P<end>\s*\?*)$",
    re.IGNORECASE,
)
# "L'effectif de Houlocoop et son année de naissance", "… et l'adresse de son site"
_AND_ITS = re.compile(
    rf"^(?P<first>.+?),?\s+(?:et|and|ainsi que|plus)\s+(?:(?:de|of)\s+)?"
    rf"(?P<second>(?:son|sa|ses|leurs?|its|their)\s[^?]*\?*|"
    rf"(?:{_ARTICLE})?[^,?]*?\b(?:de|of)\s+(?:son|sa|ses|leurs?|its|their)\s[^?]*\?*)$",
    re.IGNORECASE,
)
_OWNED = re.compile(r"^(?:son|sa|ses|leurs?|its|their)\b", re.IGNORECASE)
# Where the second half begins so, it may as well be a relative: "le projet qui … et qui …".
_RELATIVE = re.compile(r"^(?:(?:à|de|pour|dans|par|avec)\s+)?(?:qui|où|who|which|where)\b", re.IGNORECASE)
_WIDE = re.compile(
    r"(?:[^,?]*\b)?(?:quand|où|combien|pourquoi|when|where|how many|why|quel(?:le)?s? (?:est|sont)|"
    r"what (?:is|are)|c['’ ]?est quoi|qu['’]est[- ]ce que?)\b",
    re.IGNORECASE,
)
# Bare as it is, it asks when of the name before it: "… et depuis quand ?"
_WHEN = re.compile(r"(?:depuis |since )?(?:quand|when)\s*\?*", re.IGNORECASE)
_POINTS = frozenset(words("il elle ils elles son sa ses leur leurs it its they their"))
_MOST_PARTS = 3
# "Pour mon exposé : DSI, date de création, site et effectif ?"
_LISTED = re.compile(r"^(?:[^,:?]{0,40}:\s*)?(?P<name>[^,:?]{2,60})\s*[,:]\s*(?P<rest>[^?]+\?*)$")
_LIST_ENDS = re.compile(r"\s*,\s*(?:et\s+|and\s+)?|\s+(?:et|and|ainsi que)\s+")
_MOST_LISTED = 5


def parts(question: str, reader: Reader) -> list[str]:
    """Cut a question in two or three: where it asks again, or asks for two things of one name.

    "Où est Houlocoop, et quand est-elle née ?" asks again; "quels sont le site et la force de Houlocoop ?"
    asks for two things. Any other question is its own and only part.
    """
    pieces = [piece.strip() for piece in _ASKS_AGAIN.split(question)]
    pieces = [piece for piece in pieces if not is_courtesy(piece)] or [question]
    first = bool(reader.entities(pieces[0]))
    asks = all(content(words(piece)) or (first and _asks_alone(piece, reader)) for piece in pieces)
    if 1 < len(pieces) <= _MOST_PARTS and asks and is_whole(pieces[0], reader):
        return pieces
    cut = _two_things(question, reader) or _and_its(question, reader) or _listed_things(question, reader)
    return cut or [question]


def _asks_alone(piece: str, reader: Reader) -> bool:
    """Say whether a part without a word of its own asks of the name before it: "et où c'est ?"."""
    plain = reader.mend(piece)
    return bool(_WHEN.fullmatch(piece) or kinds(plain).keys() & {"place", "date", "count"})


def _two_things(question: str, reader: Reader) -> list[str] | None:
    found = _TWO_OF.match(question)
    if not found:
        return None
    asks, one, other, of, end = (found.group(name) or "" for name in ("asks", "one", "other", "of", "end"))
    owned = bool(_OWNED.match(one) and _OWNED.match(other)) and not of
    if not owned and not reader.entities(of):
        return None
    # Two names, or a pair that is one thing ("la culture et l'économie sociale"), are not two questions.
    if any(reader.entities(f"{asks} {half}") for half in (one, other)):
        return None
    if not any(reader.is_asking(word) for half in (one, other) for word in content(words(half))):
        return None
    return [f"{asks} {half}{of}{end}".strip() for half in (one, other)]


def _and_its(question: str, reader: Reader) -> list[str] | None:
    """Cut "l'effectif de Houlocoop et son année", where the second asks of the name in the first."""
    found = _AND_ITS.match(question)
    if not found:
        return None
    halves = [found.group("first").strip(), found.group("second").strip()]
    if len(reader.entities(halves[0])) != 1 or reader.entities(halves[1]):
        return None
    asks = all(kinds(reader.mend(half)).keys() - {"yes-no"} for half in halves)
    return halves if asks and is_whole(halves[0], reader) else None


def _listed_things(question: str, reader: Reader) -> list[str] | None:
    """Cut "DSI : date de création, nombre d'employés et site ?" into what is asked of the name before it."""
    found = _LISTED.match(question)
    if not found:
        return None
    name = found.group("name")
    if len(reader.entities(name)) != 1 or reader.entities(found.group("rest")):
        return None
    pieces = [
        piece.strip() for piece in _LIST_ENDS.split(found.group("rest").rstrip(" ?.!")) if piece.strip()
    ]
    asks = all(
        ASKS.search(" ".join(words(piece)))
        or any(reader.is_asking(word) and stem(word) not in HOLLOW for word in content(words(piece)))
        for piece in pieces
    )
    return [f"{name} : {piece} ?" for piece in pieces] if 1 < len(pieces) <= _MOST_LISTED and asks else None


def of_the_same(piece: str, named: Sequence[str], reader: Reader) -> str:
    """Return a bare part, "et quelle rue ?", with the name of the initiative that the one before spoke of."""
    fiche = reader.catalogue.initiative(named[0]) if len(named) == 1 else None
    spoken = [word for word in content(words(piece)) if not reader.is_asking(word)]
    if fiche is None or len(spoken) > 1 or reader.entities(piece) or leans(reader.mend(piece), reader):
        return piece
    return f"{piece.rstrip(' ?')} ({fiche.name}) ?"


def is_whole(piece: str, reader: Reader) -> bool:
    """Say whether a part is a question by itself, that may be said to have no answer.

    "Dans quelle ville" before "et dans quel département est Houlocoop ?" is none.
    """
    spoken = reader.mend(piece).split()
    points = bool(reader.entities(piece) or _POINTS & set(spoken) or any(map(reader.called_by, spoken)))
    counts = re.search(rf"^(?:combien|how many)\b.*\b(?:{THEMES}|{INITIATIVES})\b", " ".join(spoken))
    return points or piece.endswith("?") or len(content(spoken)) > 1 or bool(counts)


def may_be_relative(piece: str, first: str) -> bool:
    """Say whether a part may be no question: "qui aide les jeunes" after "le projet qui … et".

    It is one after a first part that asks when, where or how many: "quand est-elle née et qui la dirige ?".
    """
    found = _RELATIVE.match(piece)
    return bool(found) and not _WIDE.match(first)
