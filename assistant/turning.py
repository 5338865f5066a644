"""Turning: what a short follow-up asks of what was spoken of: an example, another place, the other ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.cues import INITIATIVES, asks_for, kinds
from assistant.framing import frame
from assistant.reading import Reader
from assistant.word_lists import HOLLOW
from corpus.documents import Language
from corpus.words import content, fold, stem, words

_THE_OTHERS = re.compile(
    r"(?:(?:et|and|sinon|mais) )?(?:quelles? sont |what about )?(?:les autres|the others?)(?: initiatives?)?"
)
_ANOTHER = re.compile(
    r"(?:(?:et|and|encore|mais) )*(?:(?:un|une|deux|trois|quatre|cinq|d|des|two|three|some|any|quelques) )?"
    r"(?:autres?|another|others?|more)(?: (?:initiatives?|exemples?|examples?|one))?"
)
_IN_ALL = re.compile(
    r"(?:(?:et|and) )?(?:combien )?(?:en tout|au total|en total|in total|in all|overall|altogether)"
)
_HOW_MANY = re.compile(
    r"(?:(?:et|and) )?(?:combien|how many)"
    r"(?: (?:sont (?:ils|elles|ce)|(?:est ce qu )?(?:il )?y en a(?: t il)?|en avez vous|ca fait|are they|"
    r"are there))?"
)
_THAT_THEME = re.compile(
    r"\b(?:ce|cette|meme|son|sa|this|that|same|its) (?:theme|thematique|axe|topic|sujet)s?\b"
)
# "À Lyon", "in Normandy"
_SOMEWHERE = re.compile(
    r"\b(?:à|en|dans|au|aux|in|at|near|près de|vers)\s+(?:(?:la|le|les|the)\s+|l['’])?"
    r"[A-ZÀ-Þ][\w’'-]+(?:[ -][A-ZÀ-Þ][\w’'-]+)*"
)
_EXAMPLE = re.compile(r"\b(?:(?:par|for) )?(?:exemples?|examples?)\b|\bfor instance\b")
_CONCRETE = frozenset(words("concret concrets concrete concretement precis parlant real"))
# "Euh, leur site ?"
_CRY = re.compile(
    r"e+u+h+|h+[mu]+m*|u+[hm]+|p+f+|b[aeo]+h?|b[eo]n|b[oe]f+|[aeo]+h+|m?oua?is+|oups|wow|we+ll|ye[ap]h?|nope"
)
_WRITTEN = re.compile(r"(?:\b[dljn]['’])?(?P<name>[A-ZÀ-Þ][\w-]+)")


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


def the_rest(
    plain: str, last: str, focus: Sequence[str], reader: Reader
) -> tuple[str, tuple[str, ...]] | None:
    """Return what "et les autres ?", "un autre", "combien ?" ask after the `last` question, which asked for a
    list, and of which fiches; None for other questions.
    """
    asked = reader.mend(last)
    if not asks_for(asked, r"\w+"):
        return None
    if _HOW_MANY.fullmatch(plain):
        return last, tuple(focus)  # the list says it
    language: Language = (
        "en" if re.search(r"\b(?:others?|another|more|in|overall|altogether)\b", plain) else "fr"
    )
    if _IN_ALL.fullmatch(plain) and "count" in kinds(asked) and re.search(INITIATIVES, asked):
        return frame("counted_all", language), ()
    themes = [theme for one in focus if (theme := reader.catalogue.theme(one))]
    name = themes[0].called(language) if len(themes) == 1 else ""
    if name and _THE_OTHERS.fullmatch(plain):
        return frame("others", language, name=name), tuple(focus)
    if _ANOTHER.fullmatch(plain) and re.search(INITIATIVES, asked):
        key = "all_under" if name else "all"
        return frame(key, language, name=name), tuple(focus) if name else ()
    return None


def of_that_theme(plain: str, focus: Sequence[str], reader: Reader) -> list[str]:
    """Return the one theme of the initiative spoken of, where others of "ce thème" are asked for."""
    if not _THAT_THEME.search(plain) or not asks_for(plain, INITIATIVES):
        return []
    found = {theme for one in focus if (fiche := reader.catalogue.initiative(one)) for theme in fiche.themes}
    return list(found) if len(found) == 1 else []


def in_another_place(question: str, before: str) -> str:
    """Return the question before with the place that "et en Normandie ?" names instead; empty for others."""
    here, there = _SOMEWHERE.search(question), _SOMEWHERE.search(before)
    bare = here and not content(words(question[: here.start()] + question[here.end() :]))
    return (
        f"{before[: there.start()]}{here.group()}{before[there.end() :]}" if here and there and bare else ""
    )


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
