"""Pointing: which of the things just spoken of is meant, "l'autre", "celle de Grenoble", "le deuxième"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.question import Turn
from assistant.reading import Reader
from corpus.words import content, fold, words

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
_ARTICLE = r"(?:du|de la|de l|le|la|l|of the|the)"
_NAMED = rf"(?:{'|'.join(_PLACES)})"
# With a noun behind it, "le premier levier", an ordinal points to nothing said before.
_ALONE = (
    r"(?= (?:c|ca|ou (?:est|sont|se|c|ca)|quand|comment|ils?|elles?|est|sont|etait|etaient|on|ont|a|recouvre|"
    r"consiste|veut|signifie|porte|qu|quel|quelle|what|where|when|who|how|it|they|is|was|are|were|have|"
    r"des?|of|laquelle|lequel|which)\b|$)"
)
_NTH = re.compile(rf"\b{_ARTICLE} (?P<nth>{_NAMED})(?: one)?{_ALONE}")
# "Compare la première et la dernière", "la deuxième ou la troisième, laquelle …"
_BOTH = re.compile(
    rf"\b{_ARTICLE} (?P<one>{_NAMED})(?: one)? (?:et|ou|avec|de|and|or|with|to)?(?: ?{_ARTICLE})? ?"
    rf"(?P<two>{_NAMED})(?: one)?{_ALONE}"
)
_COUNTED = {"deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4}
_FIRST_FEW = re.compile(
    rf"\b(?:les|des) (?P<count>{'|'.join(_COUNTED)}) (?P<end>premier|dernier)e?s{_ALONE}|"
    rf"\b(?:of the|the) (?P<side>first|last) (?P<many>{'|'.join(_COUNTED)})(?: ones)?{_ALONE}"
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

# "Est-ce un PTCE ?", "is it also in agriculture?": a theme is asked of what was spoken of.
IS_IT_ONE = re.compile(
    r"^(?:(?:et|and|mais|alors|donc|so) )?"
    r"(?:(?:est ce|c est|c etait|est il|est elle|sont ils|sont elles|is it|is this|is that|are they)"
    r"(?: aussi| bien| vraiment| egalement| donc| also| really| then)?"
    r"|(?:il|elle|it) (?:est|is)) (?:un|une|des|an?|dans|sous|en|in|part of|under)\b"
)
WHICH_ONE = re.compile(r"^(?:(?:et|and) )?(?:lequel|laquelle|lesquel\w+|which (?:one|of them))\b")
# A capital that does not merely begin the question, with what goes on the name.
_NAME = re.compile(
    r"(?<!^)(?<![.!?] )\b(?:L[ae] |Les |L['’])?[A-ZÀ-Þ][\w-]+"
    r"(?:(?: (?:de|du|des|en|à|la|le|les|of|the))* ?(?:[dl]['’])?[A-ZÀ-Þ][\w-]+)*"
)
_WHERE = re.compile(r"\b(?:à|au|en|dans|in|at|near) (?:(?:le|la|les|the) |l['’])?$", re.IGNORECASE)
_OF = re.compile(r"\b(?:du |de la |de l['’]|de |d['’])$")


def named_together(history: Sequence[Turn], reader: Reader) -> Iterator[list[str]]:
    """Yield the initiatives that each turn names, the latest first."""
    for turn in reversed(history):
        yield [one for one in reader.entities(turn.content) if reader.is_initiative(one)]


def other(
    plain: str,
    current: Sequence[str],
    history: Sequence[Turn],
    *,
    reader: Reader,
    pair: Sequence[str] = (),
) -> list[str]:
    """Return the second of two initiatives: named beside the current one, or alone with it under a theme.

    `pair` are those that the last question was about.
    """
    if len(pair) == 2 and set(current) < set(pair):
        return [one for one in pair if one not in current]
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


def subject_of(asked: str, reader: Reader) -> str:
    """Return the name that a question is about though the catalogue lacks it, as it is written; empty where
    there is none, or more than one. A place where something is asked after is none: "à Grenoble".
    """
    found = [
        name.group()
        for name in _NAME.finditer(asked)
        if not _WHERE.search(asked[: name.start()])
        and any(
            word not in reader.name_words and not reader.is_asking(word)
            for word in content(words(name.group()))
        )
    ]
    return found[-1] if len(set(found)) == 1 else ""


def nth(plain: str, history: Sequence[Turn], *, reader: Reader) -> tuple[list[str], str]:
    """Return what "le deuxième" means, or "les deux premières": fiches, or things that a sentence of the last
    answer lists.

    Both are empty when the question has no ordinal of its own, or nothing was listed.
    """
    places = _places(plain)
    if not places:
        return [], ""
    answers = [
        (turn.content, bool(_NTH.search(reader.mend(before.content))))
        for before, turn in pairwise(history)
        if turn.role == "assistant"
    ]
    for answer, of_one in answers[: -_ANSWERS - 1 : -1]:
        rows = [_row_of(row, reader) for row in answer.splitlines() if row.startswith("- ")]
        if len(rows) > 1 and all(chosen := _chosen(rows, places)):
            return chosen, ""
        if of_one:
            continue  # it told of one of the list: "et le premier ?" means the list
        for listed in _LISTED.finditer(answer):
            said = listed.group("items")
            cut = said.split(";") if ";" in said else _PARTS.split(said)
            items = _chosen([item.strip() for item in cut if item.strip()], places)
            if items:
                return [], ", ".join(items)
        named = [one for one in reader.entities(answer) if reader.is_initiative(one)]
        if len(named) > 1 and (chosen := _chosen(named, places)):
            return chosen, ""
    return [], ""


def _places(plain: str) -> list[int]:
    """Return which of some that were listed a question means, counted from 0, or from -1 backwards."""
    few = _FIRST_FEW.search(plain)
    if few:
        count = _COUNTED[few.group("count") or few.group("many")]
        from_end = (few.group("end") or few.group("side")) in _LAST
        return list(range(-count, 0) if from_end else range(count))
    both = _BOTH.search(plain)
    if both:
        return [_PLACES[both.group("one")], _PLACES[both.group("two")]]
    found = _NTH.search(plain)
    if not found or sum(word in _PLACES for word in plain.split()) > 1:
        return []
    return [_PLACES[found.group("nth")]]


def _chosen(listed: Sequence[str], places: Sequence[int]) -> list[str]:
    """Return those at some places, none where there are not so many."""
    if not all(-len(listed) <= place < len(listed) for place in places):
        return []
    return list(dict.fromkeys(listed[place] for place in places))


def with_names(question: str, plain: str, names: Sequence[str]) -> str:
    """Return a question with names in the place of its ordinals, "le site du premier"; empty where that
    cannot be told. `plain` is the question mended.
    """
    found = _FIRST_FEW.search(plain) or _BOTH.search(plain) or _NTH.search(plain)
    pieces = list(re.finditer(r"[^\W_]+", question))
    if not found or len(pieces) != len(plain.split()):
        return ""
    start = len(plain[: found.start()].split())
    said = found.group().split()
    joined = next((word for word in said if word in ("ou", "or", "and")), "and" if "the" in said else "et")
    told = f" {joined} ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    if said[0] == "of":
        told = f"of {told}"
    elif said[0] in ("du", "de", "des"):
        told = _after_de(told)
    return question[: pieces[start].start()] + told + question[pieces[start + len(said) - 1].end() :]


def followed_by(text: str, name: str) -> str:
    """Return a text with a name behind it, "le site de" with "Le Cirque" as "le site du Cirque"."""
    found = _OF.search(text)
    return text[: found.start()] + _after_de(name) if found else text + name


def _after_de(name: str) -> str:
    if name.startswith("Le "):
        return f"du {name[3:]}"
    return f"d'{name}" if fold(name)[:1] in set("aeiouy") else f"de {name}"


def _row_of(row: str, reader: Reader) -> str:
    """Return what a row of a list tells of, an initiative rather than a theme; empty where it names none."""
    named = reader.entities(row)
    return next(filter(reader.is_initiative, named), next(iter(named), ""))
