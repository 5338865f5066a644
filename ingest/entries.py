"""Entries: the slides of a deck as fiches of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.catalogue import Fiche, Initiative, Source, Theme
from corpus.words import STOP_WORDS, fold, words
from ingest import fields
from ingest.deck import Slide
from ingest.naming import slug

_ARTICLE = re.compile(r"^(?:les?|la|l['’]|the)\s*(?=\S)", re.IGNORECASE)
_AREA = re.compile(
    # The article counts for no word: "Les Semis" by themselves are any.
    r"^(?P<name>(?:(?:les?|la|the) |l['’])?+\S+(?: \S+)+?) (?:du|de la|de l['’]|des|de|d['’])\s?"
    r"(?:bassin|territoire|agglomération|vallée|pays|commune|ville|métropole|région|département)\b",
    re.IGNORECASE,
)
_LEAST_INITIALS = 3
_LONGEST_ID = 75  # characters, with room for a number
_LONGEST_LINK = 400
_LEAST_MENTIONS = 2


def entries(slides: Sequence[Slide], *, document: str, said: str) -> list[tuple[Slide, Fiche]]:
    """Return the slides that speak of a theme or an initiative, each with its fiche, themes first.

    `said` is the whole text, which confirms acronyms and short names; `document` is the source's name.
    """
    themes: dict[int, Theme] = {}
    found: list[tuple[Slide, Fiche]] = []
    taken: set[str] = set()
    for slide in slides:
        if slide.title and slide.theme is not None:
            themes[slide.theme] = theme = _theme(slide, document=document, said=said, taken=taken)
            found.append((slide, theme))
    for slide in slides:
        theme = themes.get(slide.theme) if slide.theme is not None else None  # type: ignore[assignment]
        if slide.example and theme:
            own = _initiative(slide, theme, document=document, said=said, taken=taken)
            further = [one.id for one in themes.values() if one.id != theme.id and _names(one, slide.text)]
            found.append((slide, own.model_copy(update={"themes": (theme.id, *further)})))
    return found


def _names(theme: Theme, text: str) -> bool:
    """Say whether a text names a theme, by its whole name or its acronym."""
    whole = f" {' '.join(words(theme.name))} " in f" {' '.join(words(text))} "
    return whole or any(re.search(rf"\b{re.escape(one)}\b", text) for one in theme.acronyms)


def _theme(slide: Slide, *, document: str, said: str, taken: set[str]) -> Theme:
    name = slide.title
    acronym = _acronym(name, said)
    short = _short_names(name, said)
    return Theme(
        id=_free(slug(acronym or _ARTICLE.sub("", name)), taken),
        kind="theme",
        name=name,
        aliases=short,
        acronyms=(acronym,) if acronym else (),
        figures=fields.figures(slide.text),
        sources=(Source(document=document, slide=slide.page),),
    )


def _initiative(slide: Slide, theme: Theme, *, document: str, said: str, taken: set[str]) -> Initiative:
    assert slide.example
    full = slide.example.name
    name = _bare(full, theme)
    acronym = _acronym(name, said)
    area = _AREA.match(name)
    aliases = [one for one in (full, area["name"] if area else "") if one and one != name]
    text = slide.text
    return Initiative(
        id=_free(slug(acronym or _ARTICLE.sub("", name)), taken),
        kind="initiative",
        name=name,
        aliases=tuple(aliases),
        acronyms=(acronym,) if acronym else (),
        themes=(theme.id,),
        form=fields.form(text),
        site=_link(slide.example.link),
        territory=fields.territory(text),
        year=fields.year(text),
        strength=fields.strength(text),
        objectives=fields.objectives(text),
        figures=fields.figures(text),
        sources=(Source(document=document, slide=slide.page),),
    )


def _bare(name: str, theme: Theme) -> str:
    """Return a name without the kind of thing that its theme says it is: "Le PTCE InnoVales"."""
    kinds = "|".join(re.escape(one) for one in theme.acronyms)
    return re.sub(rf"^(?:les?|la)?\s*(?:{kinds})\s+(?=\S)", "", name, flags=re.IGNORECASE) if kinds else name


def _acronym(name: str, said: str) -> str:
    """Return the initials of a name where the text has them as a word in capitals, else ""."""
    initials = "".join(word[0] for word in words(name) if word not in STOP_WORDS).upper()
    written = len(initials) >= _LEAST_INITIALS and re.search(rf"\b{re.escape(initials)}\b", said)
    return initials if written else ""


def _short_names(name: str, said: str) -> tuple[str, ...]:
    """Return what a theme is called for short: its first two words where the text uses them by themselves.

    Of two things joined by "&", both without what describes them, and "et" for the sign.
    """
    spoken = name.split()
    if "&" in spoken:
        both = " ".join(spoken[: spoken.index("&") + 2])
        names = (name.replace("&", "et"), both, both.replace("&", "et"))
        return tuple(one for one in dict.fromkeys(names) if one != name)
    short = " ".join(spoken[:2])
    alone = len(spoken) > 2 and not {fold(word) for word in spoken[:2]} & STOP_WORDS
    mentions = len(re.findall(rf"\b{re.escape(fold(short))}\b", fold(said))) if alone else 0
    return (short,) if mentions >= _LEAST_MENTIONS else ()


def _link(link: str) -> str | None:
    whole = link if "://" in link or not link else f"http://{link}"
    return whole if re.fullmatch(r"https?://[^\s/.]+\.\S+", whole) and len(whole) <= _LONGEST_LINK else None


def _free(wanted: str, taken: set[str]) -> str:
    numbered = (f"{wanted[:_LONGEST_ID].rstrip('-')}-{n}" for n in range(2, 1000))
    chosen = next(one for one in (wanted, *numbered) if one not in taken)
    taken.add(chosen)
    return chosen
