"""What is typed into the form of a fiche, out of its front matter and back into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from pydantic import ValidationError
from starlette.datastructures import FormData

from corpus.catalogue import Initiative, Theme, ThinkTank
from corpus.errors import CatalogueWrong

Kind = Literal["initiative", "theme", "think-tank"]
Shape = Literal["line", "lines", "pairs", "themes"]
KINDS: Mapping[Kind, type[Initiative | Theme | ThinkTank]] = {
    "initiative": Initiative,
    "theme": Theme,
    "think-tank": ThinkTank,
}
SHAPES: Mapping[str, Shape] = {
    "name": "line",
    "name_en": "line",
    "themes": "themes",
    "aliases": "lines",
    "acronyms": "lines",
    "form": "line",
    "territory": "line",
    "site": "line",
    "year": "line",
    "strength": "line",
    "objectives": "lines",
    "figures": "pairs",
    "sources": "pairs",
}
"""The fields of a fiche in the order of the form, but for its id."""
PAIRS: Mapping[str, tuple[str, str]] = {"figures": ("value", "counts"), "sources": ("document", "slide")}
BODY = "body"
_NUMBERS = ("year", "slide")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form. `texts` are lines, and lists with a line for each entry."""

    kind: Kind
    id: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    pairs: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    themes: tuple[str, ...] = ()
    body: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a field: `at` is the entry of a list, from 1, `reason` in English."""

    field: str
    reason: str
    at: int | None = None


def fields_of(kind: Kind) -> tuple[str, ...]:
    """Return the fields of a kind of fiche in the order of the form."""
    return tuple(name for name in SHAPES if name in KINDS[kind].model_fields)


def typed_of(fields: Mapping[str, Any], body: str = "") -> Typed:
    """Return the form filled with front matter and a text."""
    kind = cast(Kind, fields.get("kind") if fields.get("kind") in KINDS else "initiative")
    texts: dict[str, str] = {}
    for name, shape in SHAPES.items():
        value = fields.get(name)
        if shape == "line" and value is not None:
            texts[name] = str(value)
        elif shape == "lines" and value:
            texts[name] = "\n".join(" ".join(str(one).split()) for one in value)
    pairs = {
        name: tuple((_shown(one.get(first)), _shown(one.get(second))) for one in fields.get(name) or ())
        for name, (first, second) in PAIRS.items()
    }
    themes = tuple(fields.get("themes") or ())
    return Typed(kind, str(fields.get("id", "")), texts, pairs, themes, body)


def typed_from(form: FormData) -> Typed:
    """Return what was posted; rows that are empty are left out."""
    kind = cast(Kind, found if (found := _text(form, "kind")) in KINDS else "initiative")
    texts = {name: _text(form, name) for name, shape in SHAPES.items() if shape in ("line", "lines")}
    pairs = {}
    for name, (first, second) in PAIRS.items():
        columns = [[_clean(one) for one in form.getlist(f"{name}.{part}")] for part in (first, second)]
        pairs[name] = tuple((one, other) for one, other in zip(*columns, strict=False) if one or other)
    chosen = [_text(form, "theme_first"), *(str(one) for one in form.getlist("theme"))]
    themes = tuple(dict.fromkeys(one for one in chosen if one))
    return Typed(kind, _text(form, "id"), texts, pairs, themes, _text(form, BODY))


def front_matter(typed: Typed) -> dict[str, object]:
    """Return what is typed as front matter, not checked yet; what is empty is left out."""
    fields: dict[str, object] = {"id": typed.id, "kind": typed.kind}
    for name in fields_of(typed.kind):
        value: object = typed.themes
        if SHAPES[name] == "line":
            value = _number(name, " ".join(typed.texts.get(name, "").split()))
        elif SHAPES[name] == "lines":
            value = _entries(typed.texts.get(name, ""))
        elif SHAPES[name] == "pairs":
            names = PAIRS[name]
            value = [
                {part: _number(part, said) for part, said in zip(names, pair, strict=True) if said}
                for pair in typed.pairs.get(name, ())
            ]
        if value or SHAPES[name] == "themes" or name == "name":
            fields[name] = value
    return fields


def mistakes_of(error: CatalogueWrong) -> list[Mistake]:
    """Return everything that is wrong with front matter, the field first that is named first."""
    cause = error.__cause__
    if isinstance(cause, ValidationError):
        # The kind stands first in each place.
        return [_mistake([str(part) for part in one["loc"][1:]], one["msg"]) for one in cause.errors()]
    return [_mistake(str(error.fields["field"]).split("."), str(error.fields["reason"]))]


def _mistake(place: Sequence[str], reason: str) -> Mistake:
    name = place[0] if place else "kind"
    at = int(place[1]) + 1 if len(place) > 1 and place[1].isdigit() else None
    return Mistake(name, reason, at)


def _entries(text: str) -> list[str]:
    return [clean for line in text.splitlines() if (clean := _clean(line))]


def _number(name: str, said: str) -> object:
    return int(said) if name in _NUMBERS and said.isdecimal() and len(said) < 10 else said


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _clean(value: object) -> str:
    return " ".join(str(value).split())


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else ""
