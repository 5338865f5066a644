"""Chat models: opened by name through LangChain, one extra of the project for each provider."""

from __future__ import annotations

import importlib.util
import math
import os
import re
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from pydantic import SecretStr

from corpus.errors import ChatKeyMissing, ChatModelUnusable, ChatPackageMissing
from corpus.settings import HIDDEN, Settings

_AT = re.compile(r"(?P<name>\w+:.+?)@(?P<address>https?://\S+)")
# Where each provider's package looks for its key. Servers at an address of one's own often want none.
_KEYS = {"openai": "OPENAI_API_KEY", "mistralai": "MISTRAL_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}
_EXTRAS = frozenset([*_KEYS, "ollama"])
_NO_KEY = "none"
_WINDOW = 8192
_CHARACTERS_A_TOKEN = 3.0  # French in most vocabularies has four: the estimate errs on the safe side
_NO_PROVIDER = "no such provider; write openai:, mistralai:, anthropic: or ollama: before the model"
_SECRET = re.compile(r"(?:KEY|TOKEN|SECRET|PASSWORD)$")
_SHORTEST_SECRET = 6


@dataclass(frozen=True, slots=True)
class ChatModel:
    """A chat model: `name` is "provider:model", `window` the tokens of prompt and answer together.

    `prices` are what a million tokens of prompt and of answer cost, in any one currency.
    """

    model: BaseChatModel = field(repr=False)
    name: str
    window: int = _WINDOW
    prices: tuple[float, float] | None = None


def open_chat_model(name: str, settings: Settings, *, tokens: int) -> ChatModel:
    """Return the chat model of a name, "provider:model" or "provider:model@http://address/v1".

    It is asked for at most `tokens` tokens, at temperature 0, and does not try again by itself. Nothing is
    sent yet. Raises ChatModelUnusable: ChatPackageMissing, ChatKeyMissing, or what the provider's package
    says.
    """
    check_chat_model(name, settings)
    from langchain.chat_models import init_chat_model

    bare, address = _placed(name, settings)
    provider = bare.partition(":")[0]
    options = {**_options(provider, settings, address=address, tokens=tokens), **settings.chat_options}
    options = {option: value for option, value in options.items() if value is not None}
    try:
        model = init_chat_model(bare, **options)
    except ImportError as error:
        raise ChatPackageMissing(model=bare, install=_install_line(provider)) from error
    except Exception as error:  # each package has errors of its own
        reason = first_line(scrubbed(str(error), settings))
        reason = _NO_PROVIDER if "model provider" in reason else reason
        raise ChatModelUnusable(model=bare, reason=reason) from error
    return ChatModel(model, bare, window=settings.chat_window or _window(model), prices=settings.chat_prices)


def check_chat_model(name: str, settings: Settings) -> None:
    """Say early what opening a chat model would: ChatPackageMissing, ChatKeyMissing. It imports no
    provider.
    """
    bare, address = _placed(name, settings)
    provider = bare.partition(":")[0]
    if provider in _EXTRAS and importlib.util.find_spec(f"langchain_{provider}") is None:
        raise ChatPackageMissing(model=bare, install=_install_line(provider))
    if provider in _KEYS and _key(provider, settings, address=address) is None:
        raise ChatKeyMissing(model=bare, variable=_KEYS[provider])


def scrubbed(text: str, settings: Settings) -> str:
    """Return a text without the keys that this process knows: an error may repeat what was sent."""
    secrets = {value.strip() for name, value in os.environ.items() if _SECRET.search(name.upper())}
    if settings.chat_key:
        secrets.add(settings.chat_key.get_secret_value().strip())
    for secret in sorted((one for one in secrets if len(one) >= _SHORTEST_SECRET), key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text


def first_line(text: str) -> str:
    """Return the first line of a text that says something."""
    return next((line.strip() for line in text.splitlines() if line.strip()), text.strip())


def tokens_of(text: str) -> int:
    """Estimate how many tokens a text has."""
    return math.ceil(len(text) / _CHARACTERS_A_TOKEN)


def tokens_in(messages: Sequence[BaseMessage]) -> int:
    """Estimate how many tokens messages have."""
    return sum(tokens_of(str(one.content)) for one in messages)


def cost_of(tokens_in: int, tokens_out: int, prices: tuple[float, float] | None) -> float | None:
    """Return what tokens cost by the prices of a million, None without prices."""
    return (tokens_in * prices[0] + tokens_out * prices[1]) / 1e6 if prices else None


def _placed(name: str, settings: Settings) -> tuple[str, str | None]:
    """Return a name without its address, and that, else the one set for models of its provider, if one is."""
    if placed := _AT.fullmatch(name):
        return placed["name"], placed["address"]
    chosen = (settings.chat_model or name).partition(":")[0]
    return name, settings.chat_base_url if name.partition(":")[0] == chosen else None


def _options(provider: str, settings: Settings, *, address: str | None, tokens: int) -> dict[str, Any]:
    key = _key(provider, settings, address=address)
    seconds = settings.chat_seconds
    if provider == "ollama":
        client = {"timeout": seconds, **({"auth": _Bearer(key)} if key else {})}
        return {"temperature": 0, "num_predict": tokens, "base_url": address, "client_kwargs": client}
    options: dict[str, Any] = {
        "temperature": 0, "max_tokens": tokens, "timeout": seconds, "max_retries": 0, "base_url": address,
    }  # fmt: skip
    if key:
        options["api_key"] = key
    if provider == "openai":
        options["stream_usage"] = True
    if provider == "mistralai":
        options["timeout"] = math.ceil(seconds)  # it takes whole seconds only
    return options


class _Bearer(httpx.Auth):
    """Sends a key that no representation of a client shows."""

    def __init__(self, key: SecretStr) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        request.headers["Authorization"] = f"Bearer {self._key.get_secret_value()}"
        yield request


def _stripped(key: SecretStr | None) -> SecretStr | None:
    """Return a key without blanks around it, which a header would not take; None for an empty one."""
    bare = key.get_secret_value().strip() if key else ""
    return SecretStr(bare) if bare else None


def _key(provider: str, settings: Settings, *, address: str | None) -> SecretStr | None:
    """Return the key that is set, else the provider's; at an address of one's own none may be needed."""
    own = os.environ.get(_KEYS.get(provider, ""), "")
    found = _stripped(settings.chat_key) or _stripped(SecretStr(own))
    return found or (SecretStr(_NO_KEY) if address and provider in _KEYS else None)


def _install_line(provider: str) -> str:
    if provider in _EXTRAS:
        return f".venv/bin/uv pip install -r pyproject.toml --extra {provider}"
    return f".venv/bin/uv pip install langchain-{provider.replace('_', '-')}"


def _window(model: BaseChatModel) -> int:
    profile: Mapping[str, Any] = getattr(model, "profile", None) or {}
    return int(profile.get("max_input_tokens") or _WINDOW)
