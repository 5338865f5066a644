"""Answers from the catalogue: lists, counts, rankings and comparisons, complete and cited line by line."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer import Draft, Support
from assistant.comparing import compare
from assistant.cues import (
    BY_THEME,
    CHOOSES,
    CLAIMS,
    COMPLETE,
    ENUMERATES,
    INITIATIVES,
    LISTED_FIELDS,
    THEMES,
    asks_for,
)
from assistant.facts import FIELD_OF, best_clause, carrier, naming, presentation
from assistant.filtering import Filtered, filtered, form_nouns, members_of, narrowing, speaks_of
from assistant.framing import frame
from assistant.question import Asked
from assistant.ranking import asks_order, line, rank, rank_by_figure
from assistant.reply import Reply
from assistant.word_lists import NEUTRAL
from corpus.catalogue import Theme
from corpus.index import Index

# "Les PTCE, ça concerne quels secteurs ?" asks something of them.
_ASKS_OF_THEM = re.compile(
    r"^(?:les?|des|une?|the|a) .*\b(?:quels|quelles?|quel|quoi|combien|comment|pourquoi|what|which|how|why)\b"
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
    grouped = _list_by_theme(asked, index)
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
        return Reply(
            [line(one, told, asked.language) for one, told in zip(under, named, strict=True) if told]
        )
    rest = [term for term in asked.terms if term.own not in NEUTRAL]
    shown = [(one, shows) for one in members if (shows := speaks_of(one, rest, index))] if rest else []
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
    label = frame(f"label.{FIELD_OF[kinds[0]]}", asked.language)
    what = frame("initiatives", asked.language, count=len(lines))
    return Reply([Draft(frame("field", asked.language, name=label, what=what)), *lines], layout="list")


def _list_themes(asked: Asked, index: Index) -> Reply | None:
    found = asks_for(asked.plain, THEMES)
    if not found or asks_for(asked.plain, INITIATIVES) or narrowing(asked, found.group("noun")):
        return None
    if any(index.catalogue.theme(one) for one in asked.entities):
        return None
    lines = []
    for theme in index.catalogue.themes:
        support = _theme_line(theme, index)
        if support:
            english = f"{theme.name_en} ({theme.name})" if theme.name_en else theme.name
            lines.append(Draft(theme.name if asked.language == "fr" else english, (support,)))
    if not lines:
        return None
    what = frame("themes" if len(lines) > 1 else "theme", asked.language, count=len(lines))
    return Reply([Draft(frame("catalogue", asked.language, what=what, filter="")), *lines], layout="list")


def _list_by_theme(asked: Asked, index: Index) -> Reply | None:
    """List the initiatives under each of their themes: "liste des initiatives par thème"."""
    listed = re.search(INITIATIVES, asked.plain)
    if not listed or asked.entities or not BY_THEME.search(asked.plain):
        return None
    drafts: list[Draft] = []
    for theme in index.catalogue.themes:
        members = [one for one in members_of(asked, index) if theme.id in one.themes]
        shown = [
            (one, replace(support, theme_id=theme.id))
            for one in members
            if (support := presentation(one.id, index=index))
        ]
        if shown:
            drafts.append(Draft(frame("under", asked.language, name=theme.called(asked.language))))
            drafts += [line(one, support, asked.language) for one, support in shown]
    return Reply(drafts, layout="list") if drafts else None


def _theme_line(theme: Theme, index: Index) -> Support | None:
    passages = index.by_fiche.get(theme.id, [])
    return best_clause(passages, theme.name) or presentation(theme.id, index=index)


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
    key = "initiatives" if len(kept.members) > 1 else "initiative"
    said = kept.said + (frame("filter.examined", language, all=kept.examined) if kept.said else "")
    opening = "catalogue" if kept.members else "catalogue.none"
    what = frame(key, language, count=len(kept.members))
    lines = [line(initiative, support, language) for initiative, support in kept.members]
    return Reply(
        [Draft(frame(opening, language, what=what, filter=said)), *lines, *_blanks(kept, asked)],
        layout="list",
        abstained=not kept.members,
    )


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
