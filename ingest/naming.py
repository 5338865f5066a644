"""Naming: ids and titles out of the names of files and of things."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path


def slug(name: str) -> str:
    """Return an id made of a name: `Rapport d'été` → `rapport-d-ete`."""
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(char for char in plain if not unicodedata.combining(char)).lower()
    return re.sub(r"[^a-z0-9]+", "-", letters.replace("œ", "oe")).strip("-")[:80].strip("-") or "document"


def id_of(file: str) -> str:
    """Return a document's id made of its file's name: `notes/Rapport d'été.txt` → `notes-rapport-d-ete`."""
    return slug(str(Path(file).with_suffix("")))


def title_of(file: str) -> str:
    """Return the title that a file's name gives a document which has none."""
    return re.sub(r"[_\-\s]+", " ", Path(file).stem).strip() or file
