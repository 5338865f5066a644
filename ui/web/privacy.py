"""`/donnees`: what is kept of visitors, why, for how long, who else gets it, and how to have it removed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response

from corpus.settings import Settings
from ui.web.pages import Pages

_PROVIDERS = {"openai": "OpenAI", "mistralai": "Mistral AI", "anthropic": "Anthropic"}
_AT = re.compile(r"@(?P<address>https?://\S+)$")
_HERE = re.compile(r"localhost|127\.[\d.]+|::1")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who a chat model sends questions to: this machine, a server by its name, or a provider."""

    kind: Literal["here", "server", "provider"]
    name: str = ""


def privacy_routes(pages: Pages, settings: Settings | None) -> APIRouter:
    """Return the route. Without settings there is no home, and so nothing that is kept."""
    router = APIRouter(include_in_schema=False)

    @router.get("/donnees")
    def privacy(request: Request) -> Response:
        return pages.respond(
            "web/privacy.html",
            request,
            keep=True,
            days=settings.feedback_days if settings else None,
            recipients=recipients(settings) if settings else (),
            **contact_of(settings),
        )

    return router


def recipients(settings: Settings) -> tuple[Recipient, ...]:
    """Return whom questions are sent to for answers to be worded or checked; nobody without a chat model."""
    names = [
        one for one in (settings.chat_model, settings.chat_judge if settings.chat_model else None) if one
    ]
    return tuple(dict.fromkeys(_recipient(one, settings) for one in names))


def contact_of(settings: Settings | None) -> dict[str, Any]:
    """Return whom a page says to turn to: the contact of the settings, and the address of its link."""
    contact = settings.contact if settings else None
    return {"contact": contact, "contact_link": link_to(contact) if contact else ""}


def link_to(contact: str) -> str:
    """Return the address that a link to a contact has: a page's own, or one that writes a mail."""
    return contact if contact.startswith(("http://", "https://")) else f"mailto:{contact}"


def _recipient(name: str, settings: Settings) -> Recipient:
    provider = name.partition(":")[0]
    own = _AT.search(name)
    shared = settings.chat_base_url if provider == (settings.chat_model or "").partition(":")[0] else None
    address = own["address"] if own else shared
    host = urlsplit(address).hostname or "" if address else ""
    if _HERE.fullmatch(host) or (provider == "ollama" and not host):
        return Recipient("here")
    if host:
        return Recipient("server", host)
    return Recipient("provider", _PROVIDERS.get(provider, provider))
