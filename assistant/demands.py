"""Demands: what a sentence must hold to answer a question at all, a date, an amount, a name, a unit."""

from __future__ import annotations

import re
from functools import cache
from itertools import zip_longest

from simplemma import is_known

from assistant.language import is_verb
from assistant.question import Asked, Term
from assistant.units import holds_units
from corpus.dictionary import is_word
from corpus.documents import Passage
from corpus.sentences import Clause
from corpus.words import NUMBER_WORDS, TENS, stem, stems, words

_OFFICES = frozenset(
    stems("président présidente présider directeur directrice maire trésorier trésorière secrétaire gérant")
)
_OFFICE_ROOT = 6
_YEAR_ASKED = re.compile(r"\b(?:quelle annee|(?:what|which) year)\b")
_YEAR_TOLD = re.compile(r"\d{3}|\bsi[èe]cle|\bcentury|\bmill[ée]naire|\bav\.|\b[IVX]+e\b")
# "Énumérez-les une par une": one figure for all is no answer.
_EACH = re.compile(r"\b(?:une? (?:par|a) une?|chacune? des|one by one|each of the)\b")
_LISTED = re.compile(r"[,;]")
_LEAST_LISTED = 3
_FIRST_NAME = re.compile(r"\b(?:prenom|first name)\b")
_TO_COME = re.compile(r"\b(?:prochain\w*|aura lieu|auront lieu|next|upcoming|future?s?|will|sera|seront)\b")
# The words that a sentence begins with, where its subject stands.
_SUBJECT = 6
_AGE = re.compile(r"\bans\b|\byears? old\b|\baged\b")
# Nouns that any amount of money may answer for.
_ANY_AMOUNT = frozenset(stems("montant somme argent euros combien valeur amount money sum"))
_TITLE_OF = re.compile(
    r"\b(?:titre|intitule|title)s? "
    r"(?:(?:de|du|des|d|of|the|la|le|les|l|ses|leurs|ces|deux|trois|two|three|\d+) )*(?P<what>[a-z]+)"
)
# How many words before and after a figure say what it counts.
_BEFORE, _AFTER = 4, 8
_PERSON = re.compile(
    r"\b(?!(?:L[ae]|Les|Une?|Des|The|Selon|Pour) )[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)? "
    r"(?:(?:de|du|von|van|le|la) )?[A-ZÀ-Þ][a-zà-ÿ]+\b"
)
# "Quel pourcentage de commission": a share, or a title, is of what is named behind it.
_SHARE_OF = re.compile(
    r"\b(?:pourcentage|proportion|taux|part|percentage|share|rate) "
    r"(?:(?:de|des|du|d|of|the|la|le|les|l) )+(?P<what>[a-z]+)"
)
_CITY = re.compile(
    r"\b(?:ville|commune|village|departement|region|pays|city|town|village|county|region|country)s?\b"
)
_THERE = re.compile(
    r"\b(?:à|au|aux|en|dans|de|du|des|près|vers|depuis|sur|in|at|near|from|of) "
    r"(?:(?:la|le|les|l['’]|the) ?)?(?P<name>[A-ZÀ-Þ][\w’'-]+)|\b[dl]['’](?P<other>[A-ZÀ-Þ][\w’'-]+)"
)
# "Quel architecte", "quelle université": one of a class, to be told by its name.
_ONE_OF_CLASS = re.compile(
    r"\b(?:quel|quelle|which|what) (?:architecte|universite|ecole|lycee|assureur|banque|entreprise|fondation|"
    r"journaliste|sociologue|chercheu\w+|ministre|fournisseur|prestataire|mutuelle|constructeur|syndicat|parti|"
    r"cabinet|editeur|journal|architect|university|school|insurer|bank|company|foundation|journalist|minister|"
    r"supplier|union|party|publisher|newspaper)\b"
)
_BY = re.compile(r"\b(?:par|by) ")
_NAME = re.compile(r"(?<!^)(?<![.!?:«“] )\b[A-ZÀ-Þ][\w’'-]+")


def fits(asked: Asked, clause: Clause, passage: Passage) -> bool:
    """Say whether a sentence of a passage holds the kind of thing asked for."""
    aged = "age" in asked.kinds.get("date", "") and _AGE.search(clause.text)
    if "date" in asked.kinds and not clause.has_date and not aged:
        return False
    if (
        "date" in asked.kinds
        and _TO_COME.search(asked.plain)
        and not _TO_COME.search(" ".join(words(clause.text)))
    ):
        return False  # "la prochaine rencontre" is none that was
    if _YEAR_ASKED.search(asked.kinds.get("date", "")) and not _YEAR_TOLD.search(clause.text) and not aged:
        return False
    if _EACH.search(asked.plain) and len(_LISTED.findall(clause.text)) < _LEAST_LISTED:
        return False
    if clause.has_link != ("link" in asked.kinds) and not (clause.has_link and "place" in asked.kinds):
        return False  # an address answers nothing else
    if "names" in asked.kinds and not names_somebody(clause.text, passage, besides=asked.plain):
        return False
    if passage.entry and not _is_about_name(asked, clause):
        return False  # running text says it in its own order
    if not _fills_role(asked, clause, passage) or not _names_amount(asked, clause, passage):
        return False
    if not _is_of_that(asked, clause, passage) or not _names_one(asked, clause, passage):
        return False
    if counted(asked, clause) == 0.0 or not holds_units(asked.units, clause.text):
        return False
    return not ("count" in asked.kinds and not clause.has_number)


def _is_about_name(asked: Asked, clause: Clause) -> bool:
    """Say whether a sentence is about the name that the catalogue lacks, where somebody asks where it is or
    who runs it: that others work for it tells nothing of that.
    """
    nouns = [term for term in asked.terms if not term.verb]
    kinds = asked.kinds.keys()
    if asked.entities or "definition" in kinds or not {"place", "person"} & kinds or not nouns:
        return True
    if _FIRST_NAME.search(asked.kinds.get("person", "")):
        return True  # which stands beside the name wherever that is
    if not all(term.word in asked.capitals or term.word == "territoire" for term in nouns):
        return True
    first = set(map(stem, words(clause.text)[:_SUBJECT]))
    return any(term.own in first for term in nouns if term.word in asked.capitals)


def _fills_role(asked: Asked, clause: Clause, passage: Passage) -> bool:
    """Say whether a sentence names who holds the office that is asked after: "qui préside …"."""
    cues = f"{asked.kinds.get('person', '')} {asked.kinds.get('names', '')}"
    offices = _OFFICES & {*stems(cues), *(term.own for term in asked.terms)}
    if not cues.strip() or not offices:
        return True
    # "Présidé par", "à la présidence": the office by whatever word made from it.
    roots = tuple(one[:_OFFICE_ROOT] for one in offices)
    told = any(one.startswith(roots) for one in clause.stems | heading_stems(passage))
    return told and names_somebody(clause.text, passage, besides=asked.plain)


def _names_amount(asked: Asked, clause: Clause, passage: Passage) -> bool:
    """Say whether an amount of money is the one asked for: a fee is no turnover."""
    if "money" not in asked.units or not asked.head or asked.head.own in _ANY_AMOUNT:
        return True
    return bool({asked.head.own, *asked.head.mates} & (clause.stems | heading_stems(passage)))


def _is_of_that(asked: Asked, clause: Clause, passage: Passage) -> bool:
    """Say whether a title or a share is of the thing whose it is asked for: a theme's is no publication's."""
    sought = {"title": _TITLE_OF, "percent": _SHARE_OF}
    told = clause.stems | heading_stems(passage)
    for unit, pattern in sought.items():
        found = pattern.search(asked.plain) if unit in asked.units else None
        of = [term for term in asked.terms if found and term.word == found.group("what")]
        if not all({one.own, *one.mates} & told for one in of):
            return False
    return True


def _names_one(asked: Asked, clause: Clause, passage: Passage) -> bool:
    """Say whether running text names the town, or the one of a class, that is asked for.

    What the question says itself is no answer. A fiche may say it by an adjective: "grenobloise".
    """
    if passage.entry:
        return True
    known = {*asked.plain.split(), *words(asked.standalone)}
    if "place" in asked.kinds and _CITY.search(asked.kinds["place"]):
        named = [found.group("name") or found.group("other") for found in _THERE.finditer(clause.text)]
    elif _ONE_OF_CLASS.search(asked.plain):
        # By whom it was, or that one of the class did it, must be said: any other name tells nothing.
        done = [term for term in asked.terms if term.verb or term is asked.head]
        told = any({term.own, *term.mates} & clause.stems for term in done) or _BY.search(clause.text)
        named = _NAME.findall(clause.text) if told else []
    else:
        return True
    return any(not known.issuperset(words(one)) for one in named)


def numbers_in(text: str) -> frozenset[str]:
    """Return the figures of a text, number words up to 69 as digits and digit groups joined."""
    joined = re.sub(r"(?<=\d)[\s\u202f\u00a0](?=\d{3}\b)", "", text)
    spoken = words(joined)
    found = {NUMBER_WORDS.get(word, word) for word in spoken}
    for word, *after in zip_longest(spoken, spoken[1:], spoken[2:], fillvalue=""):
        if word in TENS:
            unit = after[1] if after[0] in ("et", "and") else after[0]
            found.add(str(TENS[word] + int(NUMBER_WORDS.get(unit, 0))))
    return frozenset(word for word in found if word[0].isdigit())


def tells_numbers(asked: Asked, passage: Passage) -> bool:
    """Say whether a passage or its heading holds the figures of a question: "le prix 2021 : palmarès"."""
    return asked.numbers <= numbers_in(f"{passage.heading} {passage.text}")


def names_somebody(text: str, passage: Passage, *, besides: str = "") -> bool:
    """Say whether a sentence holds what looks like a person's first and last name.

    What the passage is headed with is the name of something else, "Le Plus Petit Cirque du Monde", and who is
    asked after is not told by the names that the question gives itself (`besides`, its folded words).
    """
    heading = {*words(f"{passage.title} {passage.section}"), *besides.split()}
    return any(not heading.issuperset(words(found.group())) for found in _PERSON.finditer(text))


def written_as_name(term: Term, asked: Asked) -> bool:
    """Say whether a word was written with a capital although it does not begin the question.

    English writes every word of a title so: beside a name, what its dictionary has is none.
    """
    titled = asked.language == "en" and bool(asked.entities) and is_known(term.word, lang="en")
    return term.word in asked.capitals and not titled


def speaks_of_names(asked: Asked, passage: Passage) -> bool:
    """Say whether a passage or its heading holds what the question writes as names: "chez Airbus"."""
    names = [term for term in asked.terms if term.word in asked.capitals]
    near = stems_of(passage.text) | heading_stems(passage)
    return all({one.own, *one.mates} & near for one in names)


def is_unknown_name(term: Term, asked: Asked) -> bool:
    """Say whether a word names something that the corpus does not know: "Solarivage", not "French"."""
    return term.foreign and names(term, asked)


def is_placed(term: Term, asked: Asked) -> bool:
    """Say whether a word is written as the name of a place where something is: "à Marseille"."""
    placed = (found.group("name") or found.group("other") for found in _THERE.finditer(asked.standalone))
    return term.word in asked.capitals and term.word in {word for one in placed for word in words(one)}


def names(term: Term, asked: Asked) -> bool:
    """Say whether a word is a proper name: with a capital, and in no dictionary."""
    return written_as_name(term, asked) and not is_word(term.word)


def counted(asked: Asked, clause: Clause) -> float:
    """Say whether a figure stands by what is counted ("parmi les PTCE, 37"); 0.5 when nothing is."""
    if "count" not in asked.kinds or not asked.head or asked.units:
        return 0.5
    spoken = words(clause.text)
    figures = [place for place, word in enumerate(spoken) if word[0].isdigit() or word in NUMBER_WORDS]
    near = [word for one in figures for word in spoken[max(0, one - _BEFORE) : one + _AFTER]]
    # "Travaille selon 4 axes" counts no workers.
    meant = {stem(word) for word in near if not is_verb(word)} & asked.head.mates
    return float(bool(meant) or asked.head.own in map(stem, near))


def heading_stems(passage: Passage) -> frozenset[str]:
    return stems_of(f"{passage.section} {passage.title}")


@cache
def stems_of(text: str) -> frozenset[str]:
    return frozenset(stems(text))
