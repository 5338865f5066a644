"""The drawing of one page, as a process of its own does it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from corpus.errors import FileUnreadable
from ui.errors import OriginalAltered
from ui.reader.drawing.sheet import Drawn, Word

_IMAGES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp", ".gif")
_DRAWERS = {
    ".pdf": ("pdf", "draw_pdf"),
    ".pptx": ("pptx", "draw_pptx"),
    ".odp": ("odp", "draw_odp"),
    **dict.fromkeys(_IMAGES, ("picture", "draw_picture")),
}
DRAWN = frozenset(_DRAWERS)
"""The endings of the files whose pages are drawn; others are shown as text."""
_Drawer = Callable[..., Drawn]


def draw(path: Path, sha256: str, page: int, *, file: str) -> Drawn:
    """Draw a page, from 1, of the original at `path`, whose bytes must have that hash.

    Raises OriginalAltered, FileUnreadable, PageUnknown, and DocumentRefused for what cannot be drawn.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(file=file, reason=error.strerror or str(error)) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise OriginalAltered(file=file)
    module, name = _DRAWERS[path.suffix.lower()]
    drawer = cast(_Drawer, getattr(import_module(f"ui.reader.drawing.{module}"), name))
    return drawer(content, page, file=file)


def read_words(picture: bytes, *, file: str) -> tuple[Word, ...]:
    """Return the words in the picture of a scanned page. `file` is the name that errors show."""
    from ui.reader.drawing import picture as scans

    return scans.read_words(picture)
