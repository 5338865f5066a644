"""The script that puts the chat on another site: one file, with what the settings allow in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

from corpus.documents import Language
from ui.text import LANGUAGES, say

PLACE = "/widget.js"
_BUTTON = Path(__file__).parent / "button.js"
_WORDS = ("label", "title", "close", "waiting", "window")


def script(origins: Sequence[str]) -> str:
    """Return the script; `origins` are those whose pages may show the chat in a frame."""
    words = {language: {one: say(f"widget.{one}", language) for one in _WORDS} for language in LANGUAGES}
    given = json.dumps({"allowed": list(origins), "words": words})
    return f"{_button()}({given});\n"


def line(chat: str, language: Language) -> str:
    """Return the line of HTML that an integrator copies; `chat` is the address of this server."""
    spoken = f' data-language="{language}"' if language != "fr" else ""
    return f'<script src="{escape(chat.rstrip("/"))}{PLACE}"{spoken} defer></script>'


@cache
def _button() -> str:
    return _BUTTON.read_text(encoding="utf-8").strip()
