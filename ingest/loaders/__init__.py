"""Loaders: one module a format, imported when the first file of that format comes."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import cast

from ingest.extract import Loader

_IMAGES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp", ".gif")
LOADERS: Mapping[str, str] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".pdf": "pdf",
    ".docx": "docx",
    ".pptx": "pptx",
    ".xlsx": "workbook",
    ".odt": "odf",
    ".odp": "odf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".epub": "epub",
    ".csv": "table",
    **dict.fromkeys(_IMAGES, "image"),
}
FORMATS = tuple(LOADERS)


def loader_for(suffix: str) -> Loader:
    """Return the loader of a suffix, in whatever case. Raises KeyError for one that is not in LOADERS."""
    module = importlib.import_module(f"ingest.loaders.{LOADERS[suffix.lower()]}")
    return cast(Loader, module.load)


__all__ = ["FORMATS", "LOADERS", "loader_for"]
