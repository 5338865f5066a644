"""Comparisons: initiatives and themes side by side."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Draft
from assistant.cues import COMPARES
from assistant.facts import FIELD_OF, FIELDS, carrier, presentation, value_of
from assistant.framing import enumerate_names, frame
from assistant.question import Asked
from assistant.ranking import rank
from assistant.reply import Reply
from assistant.word_lists import NEUTRAL
from corpus.catalogue import Initiative
from corpus.documents import Language
from corpus.index import Index


def compare(asked: Asked, index: Index) -> Reply | None:
    if len(asked.entities) < 2:
        return None
    initiatives = [found for one in asked.entities if (found := index.catalogue.initiative(one))]
    if len(initiatives) == len(asked.entities) and "definition" not in asked.kinds:
        ranked = rank(asked, initiatives, index)
        if ranked:
            return ranked
    if not COMPARES.search(asked.plain):
        return None
    if len(initiatives) < 2:
        return _side_by_side(asked, index)
    asks_field = any(kind in FIELD_OF for kind in asked.kinds)
    told = [term for term in asked.terms if term.own not in NEUTRAL and not COMPARES.search(term.word)]
    if not asks_field and any(not term.foreign for term in told):
        return None  # compared on something else than a field: each is asked for it
    return compare_table(asked, index)


def compare_table(asked: Asked, index: Index) -> Reply | None:
    """Put the initiatives that a question names side by side, field by field."""
    initiatives = [found for one in asked.entities if (found := index.catalogue.initiative(one))]
    if len(initiatives) < 2:
        return None
    # "Qu'est-ce qui les distingue ?" asks for all that differs, not for a strength.
    asks = [kind for kind, cue in asked.kinds.items() if not COMPARES.fullmatch(cue)]
    fields = [FIELD_OF[kind] for kind in asks if kind in FIELD_OF] or list(FIELDS)
    names = enumerate_names([one.name for one in initiatives], asked.language)
    drafts = [Draft(frame("compared", asked.language, names=names))]
    if len(fields) > 1:
        drafts += _row("presentation", initiatives, asked.language, index)
    for name in fields:
        drafts += _row(name, initiatives, asked.language, index)
    return Reply(drafts, layout="table") if len(drafts) > 1 else None


def _side_by_side(asked: Asked, index: Index) -> Reply | None:
    """Put what each theme is next to the other: themes have no fields to make a table of."""
    names = []
    lines = []
    for one in asked.entities:
        fiche, support = index.catalogue.get(one), presentation(one, index=index)
        if fiche and support:
            names.append(fiche.called(asked.language))
            quote = support.quote if asked.language == "fr" else f"“{support.quote}”"
            lines.append(Draft(quote, (support,)))
    if len(lines) < 2:
        return None
    opening = Draft(frame("compared", asked.language, names=enumerate_names(names, asked.language)))
    return Reply([opening, *lines], layout="list")


def _row(name: str, initiatives: Sequence[Initiative], language: Language, index: Index) -> list[Draft]:
    """Return the cells of one row, none when no initiative documents the field."""
    cells = []
    for one in initiatives:
        value: str | None
        if name == "presentation":
            support = presentation(one.id, index=index)
            value, supports = (support.quote, [support]) if support else (None, [])
        else:
            value = value_of(one, name, catalogue=index.catalogue, language=language)
            supports = carrier(one, name, index=index)
        cell = (frame(f"label.{name}", language), one.name)
        documented = value is not None and bool(supports)
        text = value if documented and value is not None else frame("blank", language)
        cells.append(Draft(text, tuple(supports) if documented else (), cell=cell))
    return cells if any(cell.support for cell in cells) else []
