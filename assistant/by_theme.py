"""By theme: the initiatives under each theme, how many there are, and which theme has the most or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Draft, Support
from assistant.cues import BY_THEME, INITIATIVES, THEMES
from assistant.facts import best_clause, one_of_several, presentation
from assistant.filtering import members_of
from assistant.framing import frame, initiatives_counted
from assistant.question import Asked
from assistant.ranking import line
from assistant.reply import Reply
from corpus.catalogue import Initiative, Theme
from corpus.index import Index
from corpus.words import NUMBER_WORDS

_ASKED = rf"\b(?:quel\w*|lesquel\w*|which|what|combien|how many)\b.*\b{THEMES}\b"
_NONE = re.compile(
    rf"{_ASKED}.*\b(?:aucun\w*|sans|pas d\w*|no|without|any)\b(?: \w+)? {INITIATIVES}|"
    rf"\b{THEMES} (?:sans|without|with no) {INITIATIVES}"
)
_MOST = re.compile(rf"{_ASKED}.*\b(?:plus|most|greatest number)\b.*\b{INITIATIVES}")
_FEWEST = re.compile(rf"{_ASKED}.*\b(?:moins|fewest|least)\b.*\b{INITIATIVES}")
_NUMBER = re.compile(rf"{_ASKED}.*\b(?P<count>\d+|{'|'.join(NUMBER_WORDS)}) {INITIATIVES}$")
_EACH = re.compile(
    rf"\b(?:chaque|chacun des|each) (?:{THEMES}|{INITIATIVES})\b.*\b(?:{THEMES}|{INITIATIVES})\b|"
    rf"\b(?:{THEMES}|{INITIATIVES})\b.*\b(?:chaque|chacun des|each) (?:{THEMES}|{INITIATIVES})\b"
)
_SEVERAL = re.compile(
    rf"\b{INITIATIVES}\b.*\b(?:deux|2|plusieurs|two|several|more than one|plus d un) {THEMES}\b"
)

Group = tuple[Theme, Sequence[tuple[Initiative, Support]]]
"""A theme, and its initiatives with what each is shown by."""


def by_theme(asked: Asked, index: Index) -> Reply | None:
    """Answer a question about the themes and what each holds; None for any other."""
    plain = asked.plain
    chooses = next((one for one in (_SEVERAL, _NONE, _NUMBER, _MOST, _FEWEST) if one.search(plain)), None)
    lists = re.search(rf"\b{INITIATIVES}\b", plain) and (
        BY_THEME.search(plain) or (_EACH.search(plain) and re.search(rf"\b{THEMES}\b", plain))
    )
    named = set(asked.entities) - index.catalogue.think_tank_ids
    if not (chooses or lists) or any(map(index.catalogue.get, named)):
        return None
    groups = [_group(theme, asked, index) for theme in index.catalogue.themes]
    if chooses is None:
        return _reply(groups, asked)
    if chooses is _SEVERAL:
        return _under_several(groups, asked)
    sizes = [len(members) for _, members in groups]
    if not sizes:
        return None
    counted = _NUMBER.search(plain)
    if chooses is _NUMBER and counted:
        count = counted.group("count")
        wanted = int(NUMBER_WORDS.get(count, count))
        return _reply([one for one in groups if len(one[1]) == wanted], asked)
    wanted = 0 if chooses is _NONE else max(sizes) if chooses is _MOST else min(sizes)
    chosen = [one for one in groups if len(one[1]) == wanted]
    return _reply(chosen, asked) if wanted else _without_any([theme for theme, _ in chosen], asked, index)


def theme_line(theme: Theme, index: Index) -> Support | None:
    """Return the sentence that shows a theme in a list of them."""
    passages = index.by_fiche.get(theme.id, [])
    says_so = one_of_several(passages, theme.names)
    return says_so or best_clause(passages, theme.name) or presentation(theme.id, index=index)


def _group(theme: Theme, asked: Asked, index: Index) -> Group:
    members = [one for one in members_of(asked, index) if theme.id in one.themes]
    shown = [
        (one, replace(support, theme_id=theme.id))
        for one in members
        if (support := presentation(one.id, index=index))
    ]
    return theme, shown


def _reply(groups: Sequence[Group], asked: Asked) -> Reply | None:
    """Put initiatives below their themes, each with how many there are."""
    drafts: list[Draft] = []
    for theme, members in groups:
        name = theme.called(asked.language)
        if not members:
            drafts.append(Draft(frame("under.none", asked.language, name=name)))
            continue
        what = initiatives_counted(len(members), asked.language)
        drafts.append(Draft(frame("under", asked.language, name=name, what=what)))
        drafts += [line(one, support, asked.language) for one, support in members]
    return Reply(drafts, layout="list") if any(draft.support for draft in drafts) else None


def _under_several(groups: Sequence[Group], asked: Asked) -> Reply | None:
    shown = {
        one.id: (one, support) for _, members in groups for one, support in members if len(one.themes) > 1
    }
    if not shown:
        return None
    what = initiatives_counted(len(shown), asked.language)
    said = frame("filter.several", asked.language)
    opening = Draft(frame("catalogue", asked.language, what=what, filter=said))
    return Reply([opening, *(line(one, told, asked.language) for one, told in shown.values())], layout="list")


def _without_any(themes: Sequence[Theme], asked: Asked, index: Index) -> Reply | None:
    lines = [
        Draft(theme.called(asked.language), (support,))
        for theme in themes
        if (support := theme_line(theme, index))
    ]
    return Reply([Draft(frame("themes.none", asked.language)), *lines], layout="list") if lines else None
