"""The catalogue: themes and initiatives, as the front matter of the fiches describes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from corpus.errors import CatalogueWrong
from corpus.words import words

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, Field(min_length=1, max_length=400)]
Link = Annotated[str, Field(pattern=r"^https?://[^\s<>\"]+$", max_length=400)]
Year = Annotated[int, Field(ge=1000, le=2100)]

FENCE = "---"
_FENCE_LINE = re.compile(rf"^{FENCE}[ \t]*(?:\n|\Z)", re.MULTILINE)


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Figure(_Record):
    """A number worth asking for, and what it counts: `plus de 800` · `personnes employées`."""

    value: Line
    counts: Line


class Source(_Record):
    """Where the think tank itself said it: a document of its own and the number printed on the slide."""

    document: Line
    slide: Annotated[int, Field(ge=1)] | None = None


class _Fiche(_Record):
    id: Slug
    name: Line
    name_en: Line | None = None
    aliases: tuple[Line, ...] = ()
    acronyms: tuple[Line, ...] = ()
    figures: tuple[Figure, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it may be called, the full name first."""
        english = (self.name_en,) if self.name_en else ()
        return (self.name, *english, *self.aliases, *self.acronyms)

    def called(self, language: str) -> str:
        """Return its name in `language`, the French one when there is no other."""
        return self.name_en if language == "en" and self.name_en else self.name


class ThinkTank(_Fiche):
    """The house itself."""

    kind: Literal["think-tank"]


class Theme(_Fiche):
    """A line of work of the think tank."""

    kind: Literal["theme"]


class Initiative(_Fiche):
    """A concrete project in the territories; the first theme is the one it is presented under.

    None says that the material does not document the field, never that there is nothing.
    """

    kind: Literal["initiative"]
    themes: Annotated[tuple[Slug, ...], Field(min_length=1)]
    form: Line | None = None
    site: Link | None = None
    territory: Line | None = None
    year: Year | None = None
    strength: Line | None = None
    objectives: tuple[Line, ...] = ()


Fiche = ThinkTank | Theme | Initiative
Carried = tuple[str, str, Fiche]
"""A fiche with the name of its file and the id of its document."""
_READ = TypeAdapter[Fiche](Annotated[Fiche, Field(discriminator="kind")])


@dataclass(frozen=True)
class Catalogue:
    """All themes and initiatives of one index version, in the order in which their fiches were read."""

    themes: tuple[Theme, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    think_tanks: tuple[ThinkTank, ...] = ()
    documents: dict[str, str] = field(default_factory=dict)
    """Fiche id → id of the document that carries it."""
    merged: dict[str, str] = field(default_factory=dict)
    """Id that a document gave to something → id of the fiche that it turned out to be."""

    @cached_property
    def _by_id(self) -> dict[str, Fiche]:
        return {fiche.id: fiche for fiche in self}

    @cached_property
    def think_tank_ids(self) -> frozenset[str]:
        """The ids of the think tanks, which are spoken of everywhere: to be named narrows nothing."""
        return frozenset(one.id for one in self.think_tanks)

    def __iter__(self) -> Iterator[Fiche]:
        yield from self.think_tanks
        yield from self.themes
        yield from self.initiatives

    def resolve(self, entry: str | None) -> Fiche | None:
        """Return the fiche that a document's own entry has become, None when there is none."""
        return self.get(self.merged.get(entry, entry)) if entry else None

    def get(self, fiche_id: str | None) -> Fiche | None:
        """Return the fiche with that id, None when there is none."""
        return self._by_id.get(fiche_id) if fiche_id else None

    def theme(self, fiche_id: str | None) -> Theme | None:
        """Return the theme with that id, None when there is none."""
        found = self.get(fiche_id)
        return found if isinstance(found, Theme) else None

    def initiative(self, fiche_id: str | None) -> Initiative | None:
        """Return the initiative with that id, None when there is none."""
        found = self.get(fiche_id)
        return found if isinstance(found, Initiative) else None

    def initiatives_of(self, theme_id: str) -> tuple[Initiative, ...]:
        """Return the initiatives tied to a theme, their own or a further one."""
        return tuple(one for one in self.initiatives if theme_id in one.themes)


def split_front_matter(text: str, *, file: str) -> tuple[dict[str, object] | None, str, int]:
    """Split a Markdown text into front matter, body and the body's offset in `text`.

    The front matter is None when the text does not begin with a `---` fence.
    Raises CatalogueWrong, naming the line, when the fence is not closed or the YAML is broken.
    """
    opening = _FENCE_LINE.match(text)
    if not opening:
        return None, text, 0
    closing = _FENCE_LINE.search(text, opening.end())
    if not closing:
        raise CatalogueWrong(file=file, field="front matter", reason=f"the closing {FENCE!r} line is missing")
    try:
        fields = yaml.safe_load("\n" + text[opening.end() : closing.start()])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "front matter"
        reason = getattr(error, "problem", None) or "is not YAML"
        raise CatalogueWrong(file=file, field=where, reason=str(reason)) from error
    except (ValueError, RecursionError) as error:  # a 13th month, a number without end, a nest of brackets
        raise CatalogueWrong(file=file, field="front matter", reason=str(error)) from error
    if not isinstance(fields, dict):
        raise CatalogueWrong(file=file, field="front matter", reason="must be `field: value` lines")
    return fields, text[closing.end() :], closing.end()


def read_fiche(fields: dict[str, object], *, file: str) -> Fiche:
    """Validate the front matter of a fiche. Raises CatalogueWrong, naming file and field."""
    try:
        return _READ.validate_python(fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = [str(part) for part in first["loc"][1:]]  # the kind stands first
        raise CatalogueWrong(file=file, field=".".join(place) or "kind", reason=first["msg"]) from error


def build_catalogue(fiches: Iterable[Carried], *, merged: dict[str, str] | None = None) -> Catalogue:
    """Gather fiches into one catalogue; `merged` says which ids of documents became which of theirs.

    Raises CatalogueWrong, naming file and field, for an id given twice, a theme that does not exist and a
    name that two fiches claim.
    """
    seen: dict[str, str] = {}
    claimed: dict[str, str] = {}
    kept = list(fiches)
    for file, _, fiche in kept:
        if fiche.id in seen:
            raise CatalogueWrong(
                file=file, field="id", reason=f"{fiche.id!r} is already the id of {seen[fiche.id]}"
            )
        seen[fiche.id] = file
        for name in fiche.names:
            owner = claimed.setdefault(joined(name), fiche.id)
            if owner != fiche.id:
                raise CatalogueWrong(file=file, field="name", reason=f"{name!r} already names {owner!r}")
    themes = {fiche.id for _, _, fiche in kept if isinstance(fiche, Theme)}
    for file, _, fiche in kept:
        for place, theme in enumerate(fiche.themes if isinstance(fiche, Initiative) else ()):
            if theme not in themes:
                known = ", ".join(sorted(themes)) or "none"
                reason = f"there is no theme {theme!r}; known themes: {known}"
                raise CatalogueWrong(file=file, field=f"themes.{place}", reason=reason)
    return Catalogue(
        themes=tuple(fiche for _, _, fiche in kept if isinstance(fiche, Theme)),
        initiatives=tuple(fiche for _, _, fiche in kept if isinstance(fiche, Initiative)),
        think_tanks=tuple(fiche for _, _, fiche in kept if isinstance(fiche, ThinkTank)),
        documents={fiche.id: document for _, document, fiche in kept},
        merged=merged or {},
    )


def joined(name: str) -> str:
    """Return a name as names are compared: "R-Urban" and "R'Urban" are one."""
    return "".join(words(name)) or name.casefold()


def fiche_to_json(fiche: Fiche) -> dict[str, object]:
    """Return the fiche as JSON types; `read_fiche` reads it back."""
    return fiche.model_dump(mode="json", exclude_defaults=True) | {"kind": fiche.kind}
