"""Claims: what a sentence states, and whether cited words hold it. No chat model is asked.

A sentence holds when every figure (with its unit, its bound and what it counts), month, link and name of it
stands in the quotes (a name may stand in the labels: title, section, initiative, theme), it denies what they
deny and affirms what they affirm, and compares and generalises no further. It must speak of the same: half of
its words are theirs, or fewer and their vectors agree, and so for each clause of three words of sense. A
thing that it names and the quotes do not is an added claim.

What this misses: who does what to whom where both are named in the quote, a cause that is added in the
quote's own words, irony.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal

import numpy as np

from assistant.novelty import OTHERWISE, counts_another, novel_words, says_contrary, shared
from assistant.quantities import Quantity, conflict, quantities, unread
from corpus.documents import Language
from corpus.sentences import MONTHS
from corpus.words import STOP_WORDS, fold, stems, words

Likeness = Callable[[str, str], float]
"""Cosine of the vectors of two texts, -1 to 1."""
Fault = Literal["number", "date", "link", "name", "negation", "scope", "subject"]

MOST, SOME = 0.5, 0.3
"""The share of its words that a sentence has from the quotes: enough by itself, and enough where vectors
agree."""
ALIKE = 0.86
"""The cosine from which vectors agree: with the bundled model unrelated sentences stand at 0.75 to 0.82."""
_RUN = 4  # words of sense in a row that the quotes have not: a claim of its own
_CLAUSE = 3  # words of sense
# Across languages a sentence with this share of its words met needs a cosine of `ALIKE`, else a surer one;
# both a little less, since no word is unmet where they are asked for.
_ACROSS, _ACROSS_SURE, _LOOSE = 0.5, 0.885, 0.03
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"»”)\]]+", re.IGNORECASE)
# An address without its scheme, or of a mailbox.
_BARE_LINK = re.compile(
    r"(?<![\w/.@-])(?://)?[\w.-]*@?[\w-]+\.(?:[a-z]{2,3}|info|coop|asso|site|example)\b(?:/\S*)?",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w'’-]*")
_BEGINS = re.compile(r"(?:^|[.!?:;»”|—–(]\s*|[«“*]\s*)(?=[A-ZÀ-Þ])")
_INITIAL = re.compile(r"(?<![\w.’'-])[A-Z](?=\.|$)")
_MARK_UP = re.compile(r"[*_`#|]")
_DENIES = re.compile(
    r"\b(?:ne|n')\s?[\w']+(?:\s[\w']+)?\s(?:pas|plus|jamais|aucun\w*|rien|guere)\b|\bn'[\w']+\s(?:pas"
    r"|plus|jamais|aucun\w*)\b"
    r"|\bjamais\b|\baucun(?:e|s|es)?\b|\b(?:not|never|no longer|none)\b|\b\w+n't\b"
)
_ONE_OF = re.compile(r"\b(?:une?|one|a single|une seule|un seul|single) (?P<what>\w+)")
# Where a clause begins that may claim something of its own.
_JOINT = re.compile(
    r"[,;:]\s|\s(?=(?:mais|car|donc|puis|grâce|ce qui|parce|afin|but|because|thanks|which)\b)"
)
_QUOTED = re.compile(r"[«“]\s*([^«»“”]{8,}?)\s*[»”]")
_ACRONYM = re.compile(r"\s*\(([A-Z]{3,})\)")
# What makes more of something than was said. Where a sentence has one of a kind, so must the quotes.
_STRONGER = tuple(
    (re.compile(said), re.compile(held))
    for said, held in (
        (
            r"\b(?:tous|toutes|toujours|uniquement|exclusivement|seulement|seule?s?|partout|all|every|always"
            r"|only|solely|exclusively|everywhere)\b|\bn[e'] ?(?:\w+ ){1,3}qu(?:e\b|')",
            r"\b(?:tous|toutes?|tout|toujours|uniquement|exclusivement|seulement|seule?s?|partout|chaque"
            r"|ensemble|entiere?)\b|\bn[e'] ?(?:\w+ ){1,3}qu(?:e\b|')|\bsans\b",
        ),
        (
            r"\b(?:meilleure?s?|pires?|best|worst|largest|biggest|greatest|smallest|premiere?s?|first"
            r"|uniques?"
            r"|unique|leading|leader)\b"
            r"|\b(?:le|la|les) (?:plus|moins)\b|\bthe (?:most|least)\b"
            r"|\bpremie\w+ (?:de france|d'europe|au monde)\b",
            r"\b(?:meilleure?s?|pires?|premiere?s?|uniques?|first|leader)\b|\b(?:le|la|les) (?:plus"
            r"|moins)\b|\bplus (?:petit|grand)",
        ),
        (
            r"\b(?:plus|moins|davantage|plutot) (?:\S+ ){0,6}que\b|\bdavantage\b|\bplutot\b"
            r"|\b(?:more|less|fewer|rather) (?:\S+ ){0,8}than (?!\d)"
            r"|\b(?:matters? more|rather than|better than)\b",
            r"\b(?:plus|moins|davantage|plutot|autant|mieux)\b|\btout en\b",
        ),
        (
            r"\b(?:peu|rares?|guere|few|hardly|rarely|little)\b",
            r"\b(?:peu|rares?|guere|petite?s?|faible\w*)\b",
        ),
        (
            r"\b(?:dizaines?|quinzaine|vingtaine|trentaine|centaines?|milliers?|dozens?|hundreds"
            r"|thousands)\b",
            r"\b(?:dizaines?|quinzaine|vingtaine|trentaine|centaines?|milliers?)\b",
        ),
        (
            r"\b(?:moitie|tiers|quarts?|doubl\w+|tripl\w+|decupl\w+|poignee|douzaine|octante|half"
            r"|thirds?|quarters?|twice"
            r"|triple\w*|\w+fold|couple|handful|scores of|dozen)\b",
            r"\b(?:moitie|tiers|quarts?|doubl\w+|tripl\w+|decupl\w+|poignee|douzaine)\b",
        ),
        (
            r"\b(?:par|chaque|tous les|per|each|every|a) (?:jours?|mois|ans?|annees?|semaines?|day"
            r"|month|year|week)\b"
            r"|\b(?:quotidien\w*|annuel\w*|mensuel\w*|daily|yearly|annual\w*|monthly|weekly)\b",
            r"\b(?:par|chaque|tous les|toutes les) (?:jours?|mois|ans?|annees?|semaines?)\b"
            r"|\b(?:quotidien\w*|annuel\w*|mensuel\w*)\b",
        ),
        (
            r"\b(?:aura\w*|sera\w*|pourra\w*|devra\w*|failli|will|would|might|could)\b",
            r"\b(?:aura\w*|sera\w*|pourra\w*|devra\w*|doit|doivent|peut|peuvent|vise\w*|prevoi\w*"
            r"|projet\w*|futur\w*"
            r"|permet\w*|faut)\b",
        ),
        (
            r"\b(?:debut|fin|mi|early|late|mid)[ -](?:\w+ )?\d|\bj\.?-?c\b|\b(?:bc|ad)\b"
            r"|\b(?:ete|hiver|automne) \d{4}",
            r"\b(?:debut|fin|mi|ete|hiver|automne)\b|\bj\.?-?c\b",
        ),
        (r"(?:\b(?:je|moi|i|my|me)\b|\bj')", r"(?:\b(?:je|moi|i|my|me)\b|\bj')"),
        (r"\b(?:mais pas|et non|but not|sans|without|yet to)\b", r"\b(?:pas|non|sans|hors|ni)\b"),
    )
)
# "Tous les ans" and "all year" generalise nothing.
_IDLE = re.compile(
    r"\b(?:tous les (?:ans|mois|jours)|toutes les semaines|all year\w*|every (?:year|month|week|day)|"
    r"tout(?:es?)? seule?s?|at all|en tout|in all|above all|avant tout|not only|non seulement|"
    r"all (?:the )?while|un peu|peu pres|a little|a few|plus tard|ainsi que|"
    r"more than \d\w*|plus de \d\w*|moins de \d\w*)\b"
)
_MONTHS: tuple[tuple[str, str], ...] = (
    ("janvier", "january"), ("fevrier", "february"), ("mars", "march"), ("avril", "april"), ("mai", "may"),
    ("juin", "june"), ("juillet", "july"), ("aout", "august"), ("septembre", "september"),
    ("octobre", "october"), ("novembre", "november"), ("decembre", "december"),
)  # fmt: skip
_DATED_BEFORE = re.compile(
    r"(?:\b(?:en|in|de|of|debut|fin|mi|early|late|mid|since|depuis|by|dès|des|le|on)|\d)[ -]$|d'$"
)
_DATED_AFTER = re.compile(r",?\s+(?:\d{1,2},?\s+)?\d{4}\b|\s*[:;.]?$")
# English writes with a capital what French does not, and calls by other names.
_ENGLISH_CAPITALS = frozenset(words("I french european english sse"))


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence to be held against quotes; `language` is its own, `quoted_in` theirs."""

    text: str
    language: Language
    quoted_in: Language = "fr"


def faults(
    claim: Claim,
    *,
    quotes: str,
    labels: str,
    likeness: Likeness | None = None,
    proper: Callable[[str], frozenset[str]] = lambda _text: frozenset(),
) -> tuple[Fault, ...]:
    """Return what of a sentence its quotes do not hold, empty when they hold all of it.

    `proper` gives words of a text that are known for names wherever they stand in a sentence.
    """
    said = claim.text
    held = f"{quotes} {labels}"
    known = set(words(held))
    named = (names(said) | proper(said)) - (_ENGLISH_CAPITALS if claim.language == "en" else frozenset())
    found: list[Fault] = []
    if not _holds_quantities(claim, quotes, held):
        found.append("number")
    if not _months(said) <= _months(quotes):
        found.append("date")
    if not set(links(said)) | bare_links(said) <= {*links(quotes), *bare_links(quotes)}:
        found.append("link")
    initials = set(_INITIAL.findall(said)) - set(_INITIAL.findall(held))
    if initials or any(one not in known and one.removesuffix("s") not in known for one in named - MONTHS):
        found.append("name")
    if contradicts(said, quotes) or says_contrary(said, quotes):
        found.append("negation")
    if _makes_more(said, held):
        found.append("scope")
    if not found and not _is_about(claim, quotes, labels, likeness):
        found.append("subject")
    return tuple(found)


def links(text: str) -> list[str]:
    """Return the links of a text without their scheme and closing punctuation."""
    found = (re.sub(r"[.,;:*]+$", "", link) for link in _LINK.findall(text))
    return [re.sub(r"^https?://(?:www\.)?|^www\.|/$", "", link, flags=re.IGNORECASE) for link in found]


def bare_links(text: str) -> set[str]:
    """Return the addresses of a text that have no scheme, and those of mailboxes."""
    found = _BARE_LINK.finditer(_LINK.sub(" ", text))
    return {re.sub(r"^//|[.,;:*/]+$", "", one.group()) for one in found}


def names(text: str) -> frozenset[str]:
    """Return the folded words of the proper names: capitals that do not merely begin a sentence."""
    bare = _MARK_UP.sub(" ", _LINK.sub(" ", text)).strip()
    begins = {found.end() for found in _BEGINS.finditer(bare)}
    found = (
        match.group()
        for match in _NAME.finditer(bare)
        if match.start() not in begins or match.group()[1:].isupper()
    )
    return frozenset(
        word for name in found for word in words(name) if word not in STOP_WORDS and len(word) > 1
    )


def denies(text: str) -> bool:
    """Say whether a text holds a negation."""
    return bool(_DENIES.search(fold(text)))


def contradicts(sentence: str, quotes: str) -> bool:
    """Say whether one denies and the other affirms.

    A sentence that leaves most of a quote out may leave a negation out too.
    """
    if denies(sentence) == denies(quotes) or " ".join(words(sentence)) in " ".join(words(quotes)):
        return False
    said, quoted = set(stems(sentence)), set(stems(quotes))
    return denies(sentence) or 2 * len(said & quoted) >= len(quoted)


def speaks_of_the_same(sentence: str, quotes: str, labels: str, likeness: Likeness | None) -> bool:
    """Say whether a sentence, and each clause of it that is long enough, is about what the quotes say."""
    bare, quoted = _own_words(sentence, quotes)
    if set(stems(bare)) <= set(stems(labels)):
        return True  # a name alone, or beside a quote
    held = set(stems(f"{quotes} {labels}"))
    whole, clause = (_RUN, _RUN) if quoted else (1, _CLAUSE)
    for part, least in [(bare, whole), *((one, clause) for one in _JOINT.split(bare))]:
        spoken = stems(part)
        if len(spoken) < least:
            continue
        if _has_run(spoken, held.__contains__):
            return False
        shared = len(set(spoken) & held) / len(set(spoken))
        if shared < SOME or (shared < MOST and (likeness is None or likeness(part, quotes) < ALIKE)):
            return False
    return True


def likeness_of(embed: Callable[[Sequence[str]], np.ndarray]) -> Likeness:
    """Return the cosine of two texts by an embedding that gives rows of length 1; each is embedded once."""

    @lru_cache(maxsize=4096)
    def vector(text: str) -> np.ndarray:
        return np.asarray(embed([text])[0])

    return lambda one, other: float(vector(one) @ vector(other))


def _is_about(claim: Claim, quotes: str, labels: str, likeness: Likeness | None) -> bool:
    held = f"{quotes} {labels}"
    _, quoted = _own_words(claim.text, quotes)
    bare, filed = claim.text, [one.strip() for one in labels.split(" | ") if one.strip()] or [""]
    for slice_ in [*_LINK.findall(bare), *_QUOTED.findall(bare), *filed]:
        if slice_.strip() and slice_.strip() in held:
            bare = bare.replace(slice_, " ")
    # What a passage is filed under names things, and states nothing: "emploi de qualité" is no "emploie".
    called = " ".join([filed[0], *(name for one in filed[1:] for name in _NAME.findall(one))])
    named, done = novel_words(bare, f"{quotes} {called}", claim.language)
    if _months(claim.text):
        named = [one for one in named if one not in MONTHS]
    if named or done:
        return False
    if claim.language == claim.quoted_in or quoted:
        return speaks_of_the_same(claim.text, quotes, labels, likeness)
    if not likeness:
        return shared(claim.text, held, claim.language) >= MOST
    # Across languages words tell less and vectors more.
    for part in [claim.text, *(one for one in _JOINT.split(claim.text) if len(stems(one)) >= _CLAUSE)]:
        least = ALIKE if shared(part, held, claim.language) >= _ACROSS else _ACROSS_SURE
        if part is claim.text and likeness(part, quotes) < least - _LOOSE:
            return False
        if part is not claim.text and shared(part, held, claim.language) < SOME:
            return False
    return True


def _holds_quantities(claim: Claim, quotes: str, held: str) -> bool:
    """Say whether every figure stands in the quotes, and counts something that they or the labels speak
    of.
    """
    if any(one not in quotes for one in unread(claim.text)):
        return False
    there = quantities(quotes)
    if _counts_one(claim.text, there):
        return False
    for one in quantities(claim.text):
        if all(conflict(one, other) for other in there):
            return False
        if not one.unit and counts_another(one.counts, held, claim.language):
            return False
    return True


def _counts_one(text: str, held: Sequence[Quantity]) -> bool:
    """Say whether a text says one of what the quotes count more of: "une personne" for 800."""
    counted = {kind[0] for one in held if one.value != "1" and (kind := stems(one.counts))}
    said = {kind[0] for found in _ONE_OF.finditer(fold(text)) if (kind := stems(found["what"]))}
    told = {kind[0] for one in quantities(text) if (kind := stems(one.counts))}
    return bool(said & counted - told)


def _months(text: str) -> frozenset[int]:
    """Return the months that a text names, 1 to 12."""
    plain = fold(text)
    found = set()
    for number, pair in enumerate(_MONTHS, start=1):
        for name in pair:
            for match in re.finditer(rf"\b{name}\b", plain):
                dated = _DATED_AFTER.match(plain, match.end()) or _DATED_BEFORE.search(plain[: match.start()])
                if name not in OTHERWISE or dated or plain[match.end() :][:1] == ":":
                    found.add(number)
    return frozenset(found)


def _makes_more(said: str, held: str) -> bool:
    """Say whether a sentence generalises or compares where the quotes do not."""
    sentence, quotes = _IDLE.sub(" ", fold(said)), fold(held)
    return any(stronger.search(sentence) and not as_said.search(quotes) for stronger, as_said in _STRONGER)


def _has_run(spoken: Sequence[str], known: Callable[[str], bool]) -> bool:
    return any(len(list(some)) >= _RUN for is_known, some in groupby(spoken, known) if not is_known)


def _own_words(sentence: str, quotes: str) -> tuple[str, bool]:
    """Return a sentence without what it has from the quotes to the letter, and whether there was any.

    That is a link, words between quotation marks, and a name written out before the acronym for it.
    """
    bare = sentence
    for slice_ in [*_LINK.findall(sentence), *_QUOTED.findall(sentence)]:
        if slice_.strip() in quotes:
            bare = bare.replace(slice_, " ")
    known = set(words(quotes))
    for acronym in _ACRONYM.finditer(bare):
        if fold(acronym[1]) in known:
            bare = bare.replace(_written_out(bare[: acronym.start()], acronym[1]) + acronym[0], " ")
    return bare, bare != sentence


def _written_out(before: str, acronym: str) -> str:
    """Return the end of a text whose initials, small words aside, are an acronym; "" where they are not."""
    wanted = list(acronym)
    for word in reversed(list(re.finditer(r"\w+", before))):
        if fold(word[0])[0].upper() == wanted[-1]:
            wanted.pop()
        elif fold(word[0]) not in STOP_WORDS:
            return ""
        if not wanted:
            return before[word.start() :]
    return ""
