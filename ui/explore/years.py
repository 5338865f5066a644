"""Years: which numbers of a sentence are one, and which count something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.sentences import MONTHS
from corpus.words import fold, words

FIRST = 1800
AHEAD = 30
"""Years after the present one that plans speak of."""
_SURE = 1900

_BLANK = r"[^\S\n]"
# Four digits that are part of no longer number, word, amount, address or decimal.
_NUMBER = re.compile(rf"(?<![\w€$£#°@/.,+\-–])(?<!\d{_BLANK})(?:1[89]|20|21)\d\d(?![\w%€$£@°²³])")
_DATE = re.compile(
    r"(?<![\d/.\-])(?:\d{1,2}([/.\-]))?\d{1,2}[/.\-](\d{4})(?![\d/\-])|(?<!\d)(\d{4})-\d\d-\d\d(?!\d)"
)
_RANGE = re.compile(rf"(?<![\w€$£/.,\-–])(\d{{4}}){_BLANK}?[-–/]{_BLANK}?(\d{{4}}|\d\d)(?![\d\-/])")
_ADDRESS = re.compile(
    r"https?://|www\.|@|\.(?:fr|com|org|net|eu|coop|html?|pdf|docx?)(?![^\W\d_])", re.IGNORECASE
)
_NEAR = 100  # characters beside a number that tell what it is
_GROUPED = re.compile(rf"[.,]?\d|{_BLANK}\d{{3}}(?!\d)|-\d{{1,3}}(?!\d)")
_AFTER = re.compile(rf"{_BLANK}*([^\W\d_]+(?![\w'’])|[€$£%°²³]|m[²³23]\b)")
_SPAN = re.compile(rf"{_BLANK}*(?:à|a|ou|et|to|or|and|-|–){_BLANK}*(\d[\d\u00a0\u202f ]*\d|\d)")
_BEFORE = re.compile(r"([^\W\d_]+|[×°])[\s'’(«]*$")
_LABEL = re.compile(r"([^\n.;:|]*)[:=|][\s]*$")

_UNITS = frozenset(
    words(
        """euro euros eur keur k m m2 m3 km km2 cm mm ha hectare hectares kg t tonne tonnes g l litre litres
        kwh mwh gwh kw mw gw w wc h heure heures jour jours mn min s personne
        habitant emploi logement foyer
        people children men women jobs members inhabitants staff etp places place pax usd gbp dollars"""
    )
)
# Words that end like a plural, or may follow a number as a unit does, and yet may follow a year.
_NO_PLURAL = frozenset(
    words(
        """dans sous sans vers mais puis plus moins apres depuis lors pres tres alors toujours nous vous ils
        elles les des ses ces leurs nos vos mes tes aux jusqu jamais hors dès as is was has its this plans
        marks sees deux trois six dix mais outre parmi voix a s selon pas autres cinq jours temps fois"""
    )
)
_QUANTITY = frozenset(
    words("environ quelque quelques pres numero no page pages p article art total x iso ref")
) | {"×", "°"}
_COMPARED = re.compile(
    r"(?:plus|moins|pr[eè]s|au-del[aà]|more|less|fewer|nearly|almost|over|about|up)\s+(?:de|d['’]|than|to)\s*$"
    r"|(?:nearly|almost|over|quelque|environ)\s*$",
    re.IGNORECASE,
)
_TELLING = frozenset(
    words(
        """en des depuis vers avant apres annee annees an fin debut mi courant printemps ete automne hiver
        rentree horizon in since by from until till during year circa summer spring winter autumn early late
        before after mid bilan rapport edition agenda"""
    )
)
_DATED_LABEL = re.compile(
    r"cr[ée]ation|ann[ée]e|date|depuis|fond|naiss|n[ée]e? |since|found|year|start|d[ée]but|lanc"
)


def years_in(sentence: str, *, now: int) -> list[tuple[int, int, int]]:
    """Return the years that a sentence names, as (start, end, year) in reading order.

    From 1800 to thirty years from `now`. A number that counts something ("2000 m²", "plus de 1900
    personnes"), or that is part of an address, a decimal or a longer number, is no year; a hundred, or a year
    of the 19th century, must be said to be one ("en 1800").
    """
    found: dict[int, tuple[int, int]] = {}
    for start, end, sure in _candidates(sentence):
        year = int(sentence[start:end])
        if not FIRST <= year <= now + AHEAD or _in_address(sentence, start, end):
            continue
        if sure or _is_year(sentence, start, end, year):
            found[start] = (end, year)
    return [(start, *found[start]) for start in sorted(found)]


def _candidates(sentence: str) -> Iterator[tuple[int, int, bool]]:
    """Yield numbers that may be years, with whether they stand in a date."""
    for date in _DATE.finditer(sentence):
        group = 2 if date.group(2) else 3
        yield date.start(group), date.end(group), True
    for span in _RANGE.finditer(sentence):
        first, last = span.group(1), span.group(2)
        if len(last) == 4 and int(first) < int(last) and not _counts(sentence, span.end()):
            yield span.start(1), span.end(1), int(first) >= _SURE
            yield span.start(2), span.end(2), int(first) >= _SURE
        elif len(last) == 2 and int(first[2:]) < int(last) and not _counts(sentence, span.end()):
            yield span.start(1), span.end(1), int(first) >= _SURE
    for number in _NUMBER.finditer(sentence):
        yield number.start(), number.end(), False


def _in_address(sentence: str, start: int, end: int) -> bool:
    """Say whether a number is part of the address of a page, a file or a person."""
    left = sentence[max(0, start - _NEAR) : start].split(" ")[-1]
    right = sentence[end : end + _NEAR].split(" ")[0]
    return bool(_ADDRESS.search(f"{left}0{right}"))


def _is_year(sentence: str, start: int, end: int, year: int) -> bool:
    """Say whether a number is a year by what stands around it."""
    left = sentence[max(0, start - _NEAR) : start]
    if _GROUPED.match(sentence, end) or _COMPARED.search(left):
        return False
    before = _BEFORE.search(left)
    word = fold(before.group(1)) if before else ""
    if word in MONTHS:
        return True
    if word in _QUANTITY or _counts(sentence, end):
        return False
    label = _LABEL.search(left)
    if label:
        return bool(_DATED_LABEL.search(label.group(1).casefold()))
    return word in _TELLING or (year >= _SURE and year % 100 != 0)


def _counts(sentence: str, end: int) -> bool:
    """Say whether what follows a number is what it counts: a unit, or a plural."""
    span = _SPAN.match(sentence, end)
    if span:
        digits = re.sub(r"\D", "", span.group(1))
        return len(digits) > 4 or _is_counted(sentence, span.end())
    return _is_counted(sentence, end)


def _is_counted(sentence: str, end: int) -> bool:
    """Say whether a word that can be counted follows."""
    after = _AFTER.match(sentence, end)
    if not after:
        return False
    word = fold(after.group(1))
    if word in _UNITS or not word[:1].isalpha():
        return True
    return word not in _NO_PLURAL and after.group(1).islower() and len(word) > 3 and word.endswith(("s", "x"))
