"""A chat model is opened by its name; its key is seen nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.chat.model import ChatModel, cost_of, open_chat_model, scrubbed
from corpus.errors import ChatKeyMissing, ChatModelUnusable, ChatPackageMissing, SettingsWrong
from corpus.settings import Settings, read_settings
from ui.text import LANGUAGES, explain

KEY = "sk-very-secret-key"


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "MISTRAL_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def opened(name: str, **fields: object) -> ChatModel:
    return open_chat_model(name, Settings(chat_model=name, **fields), tokens=50)  # type: ignore[arg-type]


def test_a_name_may_hold_the_address_of_its_server() -> None:
    chat = opened("openai:albert/large@http://127.0.0.1:9/v1")
    assert chat.name == "openai:albert/large"
    assert str(vars(chat.model)["openai_api_base"]) == "http://127.0.0.1:9/v1"


def test_a_package_that_is_missing_is_told_with_the_line_that_installs_it() -> None:
    with pytest.raises(ChatPackageMissing) as raised:
        opened("mistralai:mistral-small-latest", chat_key=KEY)
    for language in LANGUAGES:
        assert "uv pip install -r pyproject.toml --extra mistralai" in explain(raised.value, language)


def test_a_key_that_is_missing_is_told_with_its_name() -> None:
    with pytest.raises(ChatKeyMissing, match="OPENAI_API_KEY"):
        opened("openai:gpt-x")


@pytest.mark.parametrize("name", ["nobody:x", "bedrock_converse:x"])
def test_what_cannot_be_opened_is_told_in_one_line(name: str) -> None:
    with pytest.raises(ChatModelUnusable) as raised:
        opened(name)
    assert "\n" not in str(raised.value)


def test_a_key_is_shown_by_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", f"{KEY}\n")
    chat = opened("openai:gpt-x")
    settings = Settings(chat_key=SecretStr(KEY))
    for shown in (repr(chat), str(chat.model), repr(chat.model), repr(settings), settings.model_dump_json()):
        assert KEY not in shown
    assert scrubbed(f"Incorrect API key provided: {KEY}.", Settings()) == "Incorrect API key provided: …."
    assert KEY not in scrubbed(KEY, settings)


@pytest.mark.parametrize("line", [f'chat_key = "{KEY}"', f'chat_options = {{ api_key = "{KEY}" }}'])
def test_a_key_in_the_settings_file_is_refused_and_not_repeated(tmp_path: Path, line: str) -> None:
    (tmp_path / "passerelle.toml").write_text(line, encoding="utf-8")
    with pytest.raises(SettingsWrong, match="environment only") as raised:
        read_settings()
    assert KEY not in explain(raised.value, "fr") + str(raised.value)


def test_a_key_that_is_no_key_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_CHAT_PRICES", "sk")
    with pytest.raises(SettingsWrong, match="chat_prices"):
        read_settings()


def test_options_of_the_model_take_the_place_of_ours() -> None:
    chat = opened("openai:x@http://127.0.0.1:9/v1", chat_options={"temperature": 0.5, "seed": 3})
    assert (vars(chat.model)["temperature"], vars(chat.model)["seed"]) == (0.5, 3)


def test_the_window_is_what_is_set_else_what_is_known_else_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert opened("openai:gpt-4.1-mini").window > 100_000
    assert opened("openai:unheard-of").window == 8192
    assert opened("openai:gpt-4.1-mini", chat_window=4096).window == 4096


def test_costs_go_by_the_million() -> None:
    assert cost_of(1_000_000, 500_000, (0.2, 0.6)) == pytest.approx(0.5)
    assert cost_of(1, 1, None) is None
