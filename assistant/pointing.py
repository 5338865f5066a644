"""Pointing: which of the things just spoken of is meant, "l'autre", "celle de Grenoble", "le deuxième"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.cues import kinds
from assistant.framing import frame
from assistant.question import Turn
from assistant.reading import Reader
from assistant.word_lists import HOLLOW
from corpus.documents import Language
from corpus.words import content, fold, stem, words

_ORDINALS = (
    ("premier", "premiere", "1er", "1ere", "first"),
    ("deuxieme", "second", "seconde", "2e", "2eme"),
    ("troisieme", "3e", "3eme", "third"),
    ("quatrieme", "4e", "4eme", "fourth"),
    ("cinquieme", "5e", "5eme", "fifth"),
)
_LAST = ("dernier", "derniere", "last")
_PLACES = {word: place for place, some in enumerate(_ORDINALS) for word in some} | dict.fromkeys(_LAST, -1)
# In how many of the latest answers a list is looked for.
_ANSWERS = 3
# With a noun behind it, "le premier levier", an ordinal points to nothing said before.
_NTH = re.compile(
    rf"\b(?:le|la|l|du|the|of the) (?P<nth>{'|'.join(_PLACES)})(?: one)?"
    r"(?= (?:c|ca|ou (?:est|sont|se|c|ca)|quand|comment|ils?|elles?|est|etait|on|a|recouvre|"
    r"consiste|veut|signifie|porte|it|is|was|des?|of)\b|$)"
)
_NTH_SAID = re.compile(
    r"\b(?:(?P<of>du|de la|de l['’]|of the)|le|la|l['’]|the)\s*\b(?:"
    + "|".join(_PLACES).replace("eme", "[eè]me").replace("ere", "[eè]re")
    + r")\b(?:\s+ones?\b)?",
    re.IGNORECASE,
)
# "… quatre critères : le sens, le contrat, le collectif et la protection."
_LISTED = re.compile(r":\s*(?P<items>[^:.?!«»]+(?:[,;][^:.?!«»]+)+)[.?!]?")
_PARTS = re.compile(r"\s*,\s*(?:et |and )?|\s+(?:et|and)\s+")
# "Et l'autre ?" of two that were spoken of.
OTHER = re.compile(r"\b(?:l autre|the other)\b(?! (?:nom|jour|day|name))")
_SAME_THEME = re.compile(r"\b(?:meme (?:theme|thematique|axe)|same (?:theme|topic))\b")
ONE_OF_THEM = re.compile(r"\b(?:celui|celle|the one)\b")
# "Laquelle des deux", "parmi elles"
OF_THEM = re.compile(
    r"\b(?:(?:des|les|of the) (?:deux|trois|two|three)|parmi (?:eux|elles|ceux ci|celles ci)|"
    r"d entre (?:eux|elles)|(?:among|of) them)\b"
)

_EXAMPLE = re.compile(r"\b(?:(?:par|for) )?(?:exemples?|examples?)\b|\bfor instance\b")
_CONCRETE = frozenset(words("concret concrets concrete concretement precis parlant real"))
# "Euh, leur site ?"
_CRY = re.compile(
    r"e+u+h+|h+[mu]+m*|u+[hm]+|p+f+|b[aeo]+h?|b[eo]n|b[oe]f+|[aeo]+h+|m?oua?is+|oups|wow|we+ll|ye[ap]h?|nope"
)
_WRITTEN = re.compile(r"(?:\b[dljn]['’])?(?P<name>[A-ZÀ-Þ][\w-]+)")


def named_together(history: Sequence[Turn], reader: Reader) -> Iterator[list[str]]:
    """Yield the initiatives that each turn names, the latest first."""
    for turn in reversed(history):
        yield [one for one in reader.entities(turn.content) if reader.is_initiative(one)]


def other(plain: str, current: Sequence[str], history: Sequence[Turn], *, reader: Reader) -> list[str]:
    """Return the second of two initiatives: named beside the current one, or alone with it under a theme."""
    for named in named_together(history, reader):
        if len(named) == 2 and set(current) < set(named) and not _SAME_THEME.search(plain):
            return [one for one in named if one not in current]
    themes = [
        theme for one in current if (fiche := reader.catalogue.initiative(one)) for theme in fiche.themes
    ]
    under = {one.id for theme in themes for one in reader.catalogue.initiatives_of(theme)} - set(current)
    return list(under) if len(under) == 1 else []


def pointed_at(plain: str, history: Sequence[Turn], *, reader: Reader) -> list[str]:
    """Return the one initiative, of several just named, that a question describes: "celle de Grenoble"."""
    spoken = [word for word in content(plain.split()) if not reader.is_asking(word)]
    for named in named_together(history, reader):
        fitting = [one for one in named if reader.describes(one, spoken)]
        if len(named) > 1 and len(fitting) == 1:
            return fitting
        if len(named) > 1 and not ONE_OF_THEM.search(plain):
            return []
    return []


def nth(plain: str, history: Sequence[Turn], *, reader: Reader) -> tuple[list[str], str]:
    """Return what "le deuxième" means: a fiche, or a thing that a sentence of the last answer lists.

    Both are empty when the question has no ordinal of its own, or nothing was listed.
    """
    found = _NTH.search(plain)
    if not found or sum(word in _PLACES for word in plain.split()) > 1:
        return [], ""  # "la première ou la deuxième ?"
    place = _PLACES[found.group("nth")]
    answers = [
        (turn.content, bool(_NTH.search(reader.mend(before.content))))
        for before, turn in pairwise(history)
        if turn.role == "assistant"
    ]
    for answer, of_one in answers[: -_ANSWERS - 1 : -1]:
        rows = [_row_of(row, reader) for row in answer.splitlines() if row.startswith("- ")]
        if len(rows) > 1 and place < len(rows) and rows[place]:
            return [rows[place]], ""
        if of_one:
            continue  # it told of one of the list: "et le premier ?" means the list
        for listed in _LISTED.finditer(answer):
            said = listed.group("items")
            cut = said.split(";") if ";" in said else _PARTS.split(said)
            items = [item.strip() for item in cut if item.strip()]
            if -1 <= place < len(items):
                return [], items[place]
        named = [one for one in reader.entities(answer) if reader.is_initiative(one)]
        if len(named) > 1 and place < len(named):
            return [named[place]], ""
    return [], ""


def with_name(question: str, name: str) -> str:
    """Return a question with a name in place of its ordinal, "le site du premier"; empty without one."""
    found = _NTH_SAID.search(question)
    if not found:
        return ""
    of = (found.group("of") or "").casefold()
    told = f"of {name}" if of == "of the" else _after_de(name) if of else name
    return f"{question[: found.start()]}{told}{question[found.end() :]}"


def _after_de(name: str) -> str:
    if name.startswith("Le "):
        return f"du {name[3:]}"
    return f"d'{name}" if fold(name)[:1] in set("aeiouy") else f"de {name}"


def _row_of(row: str, reader: Reader) -> str:
    """Return what a row of a list tells of, an initiative rather than a theme; empty where it names none."""
    named = reader.entities(row)
    return next(filter(reader.is_initiative, named), next(iter(named), ""))


def exemplified(plain: str, focus: Sequence[str], reader: Reader) -> str:
    """Return what "tu as un exemple concret ?" asks of the theme that was spoken of, empty for another
    question.
    """
    themes = [theme for one in focus if (theme := reader.catalogue.theme(one))]
    if len(themes) != 1 or len(focus) != 1 or not _EXAMPLE.search(plain):
        return ""
    rest = _EXAMPLE.sub(" ", plain)
    if kinds(rest).keys() - {"definition", "yes-no"}:
        return ""  # "combien y en a-t-il, par exemple ?"
    told = content(rest.split())
    if not all(reader.is_asking(word) or stem(word) in HOLLOW or word in _CONCRETE for word in told):
        return ""
    language: Language = "en" if re.search(r"\bexamples?\b|\binstance\b", plain) else "fr"
    return frame("exemplified", language, name=themes[0].called(language))


def stranger(text: str, reader: Reader) -> str:
    """Return a name in a question that is none of the catalogue's and no word, as it is written; empty where
    there is none.
    """
    unknown = reader.called(text)
    if unknown:
        return next(iter(unknown))
    for found in _WRITTEN.finditer(text):
        name = found.group("name")
        opens = not text[: found.start()].strip() or text[: found.start()].rstrip()[-1:] in ".!?:"
        if opens and len(words(text)) > 1 and not text[found.end() :].startswith(","):
            continue  # any word may begin a sentence
        if _CRY.fullmatch(fold(name)):
            continue
        if any(reader.is_strange(word) for word in words(name)) and not reader.mentions(reader.mend(name)):
            return name
    return ""
