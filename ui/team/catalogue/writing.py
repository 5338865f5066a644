"""Writing: a fiche and its text as the file that is ingested."""

from __future__ import annotations

import yaml

from corpus.catalogue import FENCE, Fiche, fiche_to_json, read_fiche, split_front_matter
from corpus.errors import CatalogueWrong

_FIRST = ("id", "kind", "name")
_WIDE = 1_000_000  # columns: no line of YAML is folded
FOLDERS = {"initiative": "initiatives", "theme": "themes"}


def file_text(fiche: Fiche, body: str) -> str:
    """Return the Markdown file of a fiche: its front matter, then the text."""
    fields = fiche_to_json(fiche)
    ordered = {name: fields[name] for name in dict.fromkeys([*_FIRST, *fields])}
    front = yaml.safe_dump(ordered, allow_unicode=True, sort_keys=False, width=_WIDE)
    return f"{FENCE}\n{front}{FENCE}\n\n{body.strip()}\n"


def file_name(fiche: Fiche) -> str:
    """Return the name of the file of a fiche that has none yet: `initiatives/houlocoop.md`."""
    folder = FOLDERS.get(fiche.kind)
    return f"{folder}/{fiche.id}.md" if folder else f"{fiche.id}.md"


def parts(text: str, *, file: str) -> tuple[dict[str, object], str]:
    """Return the front matter of a file, {} without any that can be read, and its text."""
    try:
        fields, body, _ = split_front_matter(text, file=file)
    except CatalogueWrong:
        return {}, text
    return fields or {}, body.strip() + "\n"


def as_written_here(text: str, *, file: str) -> str:
    """Return the file of a fiche as it would be written here: however it was laid out, it says the same."""
    fields, body = parts(text, file=file)
    try:
        return file_text(read_fiche(fields, file=file), body)
    except CatalogueWrong:
        return text


def first_text(name: str, said: str = "") -> str:
    """Return the text that a new fiche begins with."""
    return f"# {name}\n\n{said}".strip() + "\n" if name or said else ""
