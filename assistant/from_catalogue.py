"""Answers from the catalogue: lists, counts, rankings and comparisons, complete and cited line by line."""

from __future__ import annotations

import re

from assistant.answer import Draft
from assistant.by_theme import by_theme, theme_line
from assistant.comparing import compare
from assistant.cues import (
    CHOOSES,
    CLAIMS,
    COMPLETE,
    ENUMERATES,
    INITIATIVES,
    LISTED_FIELDS,
    THEMES,
    asks_for,
)
from assistant.excluding import negated
from assistant.facts import FIELD_OF, carrier, naming, presentation
from assistant.filtering import Filtered, filtered, form_nouns, members_of, narrowing
from assistant.framing import frame, initiatives_counted
from assistant.question import Asked
from assistant.ranking import asks_order, line, rank, rank_by_figure
from assistant.reply import Reply
from assistant.speaking import speaking
from assistant.word_lists import NEUTRAL
from corpus.index import Index
from corpus.words import NUMBER_WORDS

# "Les PTCE, ça concerne quels secteurs ?" asks something of them.
_ASKS_OF_THEM = re.compile(
    r"^(?:les?|des|une?|the|a) .*\b(?:quels|quelles?|quel|quoi|combien|comment|pourquoi|what|which|how|why)\b"
)


_GIVE = (
    r"\b(?:cite|donne|nomme|propose|montre|trouve|indique|name|give|list|show|find)\w*(?: moi| nous| me| us)?"
)


def from_catalogue(asked: Asked, index: Index) -> Reply | None:
    """Answer from the catalogue, or return None when the question is not of that kind."""
    compared = compare(asked, index)
    if compared:
        return compared
    chosen = _which_of(asked, index)
    if chosen:
        return chosen
    named = [one for one in asked.entities if index.catalogue.initiative(one)]
    if named:
        return None
    among = members_of(asked, index)
    ranked = rank(asked, among, index) if re.search(INITIATIVES, asked.plain) else None
    if not ranked and ("person" in asked.kinds or CHOOSES.search(asked.plain)):
        ranked = rank_by_figure(asked, among, index)  # "qui emploie le plus de monde ?"
    if ranked:
        return ranked
    grouped = by_theme(asked, index)
    if grouped:
        return grouped
    return _list_field(asked, index) or _list_themes(asked, index) or _list_initiatives(asked, index)


def _which_of(asked: Asked, index: Index) -> Reply | None:
    """Choose among the initiatives named, or those of the theme named: "lequel aide à l'insertion ?"."""
    members = [member for one in asked.entities if (member := index.catalogue.initiative(one))]
    if not members and len(asked.entities) == 1 and not asks_for(asked.plain, INITIATIVES):
        members = list(index.catalogue.initiatives_of(asked.entities[0]))
    if len(members) < 2 or not CHOOSES.search(asked.plain):
        return None
    ranked = rank(asked, members, index)
    if ranked or asks_order(asked, index):
        return ranked
    themes = [theme for one in asked.entities if (theme := index.catalogue.theme(one))]
    if themes and any(one.id in asked.entities for one in members):
        under = [one for one in members if set(one.themes) >= {theme.id for theme in themes}]
        named = [naming(index.by_initiative.get(one.id, []), themes[0].names) for one in under]
        lines = [line(one, told, asked.language) for one, told in zip(under, named, strict=True) if told]
        return Reply(lines, layout="list" if len(lines) > 1 else "prose")
    rest = [term for term in asked.terms if term.own not in NEUTRAL]
    cut = negated(asked, index, forms=form_nouns(index))
    if cut and cut.scopes:
        unwanted = {one.id for scope in cut.scopes for one in scope.members(index)}
        others = [one for one in members if one.id not in unwanted]
        left = [(one, told) for one in others if (told := presentation(one.id, index=index))]
        return Reply([line(one, told, asked.language) for one, told in left], layout="list") if left else None
    # "Lequel fait ceci, et lequel cela ?" wants both.
    told_apart = len(CHOOSES.findall(asked.plain)) > 1
    wanted = [[term] for term in rest] if told_apart else [rest]
    shown = speaking(members, wanted, index) if rest else []
    return Reply([line(one, shows, asked.language) for one, shows in shown], layout="list") if shown else None


def _list_field(asked: Asked, index: Index) -> Reply | None:
    """List one field of every initiative: "donne la liste des sites internet"."""
    kinds = [kind for kind in FIELD_OF if kind in asked.kinds and kind not in ("theme", "form")]
    found = asks_for(asked.plain, LISTED_FIELDS)
    of_initiatives = re.search(INITIATIVES, asked.plain)
    if len(kinds) != 1 or not found or (asked.entities and not of_initiatives):
        return None
    members = members_of(asked, index)
    if narrowing(asked, found.group("noun")):
        noun = of_initiatives.group() if of_initiatives else ""
        kept = filtered(asked, index, noun=noun, forms=form_nouns(index)) if noun else None
        members = [one for one, _ in kept.members] if kept else []
    carried = [(one, carrier(one, FIELD_OF[kinds[0]], index=index)) for one in members]
    lines = [line(one, supports[0], asked.language) for one, supports in carried if supports]
    if len(lines) < 2:
        return None
    blank = frame("blank.field", asked.language, blank=len(members) - len(lines))
    closing = [Draft(blank)] if len(lines) < len(members) else []
    label = frame(f"label.{FIELD_OF[kinds[0]]}", asked.language)
    what = initiatives_counted(len(lines), asked.language)
    return Reply(
        [Draft(frame("field", asked.language, name=label, what=what)), *lines, *closing], layout="list"
    )


def _list_themes(asked: Asked, index: Index) -> Reply | None:
    found = asks_for(asked.plain, THEMES)
    if not found or asks_for(asked.plain, INITIATIVES) or narrowing(asked, found.group("noun")):
        return None
    if any(index.catalogue.theme(one) for one in asked.entities):
        return None
    lines = []
    for theme in index.catalogue.themes:
        support = theme_line(theme, index)
        if support:
            english = f"{theme.name_en} ({theme.name})" if theme.name_en else theme.name
            lines.append(Draft(theme.name if asked.language == "fr" else english, (support,)))
    if not lines:
        return None
    what = frame("themes" if len(lines) > 1 else "theme", asked.language, count=len(lines))
    return Reply([Draft(frame("catalogue", asked.language, what=what, filter="")), *lines], layout="list")


def _list_initiatives(asked: Asked, index: Index) -> Reply | None:
    forms = form_nouns(index)
    found = asks_for(asked.plain, INITIATIVES) or asks_for(
        asked.plain, rf"(?:{'|'.join(sorted(forms))})s?" if forms else "$^"
    )
    if not found:
        found = _asks_for_theme_members(asked, index)
    asks = re.match(r"(?:can|could|peux|pouvez|pourr\w+)\b", asked.plain)
    claims = (
        "yes-no" in asked.kinds and not asks and (COMPLETE.search(asked.plain) or CLAIMS.search(asked.plain))
    )
    if not found or claims or "names" in asked.kinds or _ASKS_OF_THEM.search(asked.plain):
        return None  # "y a-t-il des PTCE dans tous les secteurs ?", "les PTCE sont-ils … ?" ask for no list
    kept = filtered(asked, index, noun=found.group("noun"), forms=forms)
    if kept is None or not (kept.members or kept.alone):
        return None
    language = asked.language
    said = kept.said + (frame("filter.examined", language, all=kept.examined) if kept.said else "")
    some = _wanted(asked, found.group("noun"))
    fewer = 0 < some < len(kept.members)
    opening = "catalogue.some" if fewer else "catalogue" if kept.members else "catalogue.none"
    what = initiatives_counted(len(kept.members), language)
    lines = [line(initiative, support, language) for initiative, support in kept.members]
    lines = lines[:some] if fewer else lines
    return Reply(
        [Draft(frame(opening, language, what=what, filter=said)), *lines, *_blanks(kept, asked)],
        layout="list",
        abstained=not kept.members,
    )


def _wanted(asked: Asked, noun: str) -> int:
    """Return how many members "cite-moi trois initiatives" wants; 0 for all."""
    found = re.search(
        rf"{_GIVE} (?P<count>\d+|{'|'.join(NUMBER_WORDS)}) (?:\w+ )?{re.escape(noun)}\b", asked.plain
    )
    return int(NUMBER_WORDS.get(found.group("count"), found.group("count"))) if found else 0


def _blanks(kept: Filtered, asked: Asked) -> list[Draft]:
    """Say of how many initiatives the field that a filter looks at is not documented."""
    return [Draft(frame(f"blank.{kept.field}", asked.language, blank=kept.blank))] if kept.blank else []


def _asks_for_theme_members(asked: Asked, index: Index) -> re.Match[str] | None:
    """Match "énumère les pôles territoriaux …": a theme whose members bear its name."""
    theme = index.catalogue.theme(asked.entities[0]) if len(asked.entities) == 1 else None
    borne = theme and any(
        acronym in (one.form or "")
        for acronym in theme.acronyms
        for one in index.catalogue.initiatives_of(theme.id)
    )
    enumerates = ENUMERATES.search(asked.masked)
    behind = enumerates and 0 <= asked.masked.find("·") < enumerates.start()
    if not borne or narrowing(asked, "les") or not enumerates or behind:
        return None  # "les PTCE, ça concerne quels secteurs ?" asks for no PTCE
    return re.search(r"(?P<noun>\bles\b|\bdes\b|\ball\b|\bthe\b)", asked.plain)
