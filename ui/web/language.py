"""Which language a page speaks: the one chosen on it, else the one that the browser asks for."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import HTTPConnection

from corpus.documents import Language
from ui.text import LANGUAGES

CHOSEN = "language"
"""The cookie that keeps what was chosen; a page sets it when somebody chooses, never by itself."""
_A_YEAR = 365 * 24 * 3600  # seconds


def language_of(request: HTTPConnection) -> Language:
    """Return the language of a request: its `lang`, else what was chosen before, else what it accepts."""
    for said in (request.query_params.get("lang"), request.cookies.get(CHOSEN)):
        for language in LANGUAGES:
            if said == language:
                return language
    return spoken(request.headers)


def spoken(headers: Mapping[str, str]) -> Language:
    """Return the language of an Accept-Language header: French unless English comes first."""
    return "en" if headers.get("accept-language", "").strip().lower().startswith("en") else "fr"


def choice(request: HTTPConnection) -> str:
    """Return the cookie that keeps the `lang` of an address, as a header has it; "" where it names none."""
    if "lang" not in request.query_params:
        return ""
    return f"{CHOSEN}={language_of(request)}; Max-Age={_A_YEAR}; Path=/; SameSite=lax"
