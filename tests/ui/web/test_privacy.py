"""The page on data says what is true of this server: for how long, to whom, and how to have it removed."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.errors import SettingsWrong
from corpus.settings import Settings, read_settings
from tests.fakes import settings_of
from ui.web.look import Look
from ui.web.pages import Pages
from ui.web.privacy import Recipient, link_to, privacy_routes, recipients


def page(settings: Settings | None, *, house: str = "", language: str = "fr") -> str:
    """Return the text of the page, its tags left out but those of links."""
    app = FastAPI()
    app.include_router(privacy_routes(Pages(Look(), house=lambda: house), settings))
    response = TestClient(app).get("/donnees", headers={"Accept-Language": language})
    assert response.status_code == 200
    return response.text.replace("\u00a0", " ")


def settings(tmp_path: Path, **fields: object) -> Settings:
    return settings_of(tmp_path / "home").model_copy(update=fields)


def test_the_days_are_those_of_the_settings(tmp_path: Path) -> None:
    assert page(settings(tmp_path, feedback_days=90)).count("90 jours") == 2
    assert page(settings(tmp_path, feedback_days=1), language="en").count("1 day,") == 2
    assert page(settings(tmp_path)).count("365 jours") == 2


def test_without_a_home_nothing_is_said_to_be_kept() -> None:
    assert "Sur ce serveur, rien n’est gardé." in page(None)
    assert "jours" not in page(None)


def test_without_a_chat_model_questions_go_to_nobody(tmp_path: Path) -> None:
    assert "À personne" in page(settings(tmp_path))
    assert "To nobody" in page(settings(tmp_path), language="en")


def test_a_provider_is_named(tmp_path: Path) -> None:
    told = page(settings(tmp_path, chat_model="mistralai:mistral-small-latest"))
    assert "chez Mistral AI" in told
    assert "À personne" not in told


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, ()),
        ({"chat_judge": "openai:gpt"}, ()),
        ({"chat_model": "openai:gpt"}, (Recipient("provider", "OpenAI"),)),
        ({"chat_model": "anthropic:claude"}, (Recipient("provider", "Anthropic"),)),
        ({"chat_model": "groq:llama"}, (Recipient("provider", "groq"),)),
        ({"chat_model": "ollama:mistral"}, (Recipient("here"),)),
        ({"chat_model": "openai:m@http://127.0.0.1:8000/v1"}, (Recipient("here"),)),
        (
            {"chat_model": "openai:m@https://llm.marees.example/v1"},
            (Recipient("server", "llm.marees.example"),),
        ),
        (
            {"chat_model": "openai:m", "chat_base_url": "https://llm.marees.example/v1"},
            (Recipient("server", "llm.marees.example"),),
        ),
        (
            {"chat_model": "ollama:m", "chat_judge": "mistralai:large", "chat_base_url": "http://[::1]:1/"},
            (Recipient("here"), Recipient("provider", "Mistral AI")),
        ),
        (
            {"chat_model": "openai:m", "chat_judge": "openai:n"},
            (Recipient("provider", "OpenAI"),),
        ),
    ],
)  # fmt: skip
def test_whom_questions_are_sent_to_is_told_by_the_settings(
    tmp_path: Path, fields: dict[str, object], found: tuple[Recipient, ...]
) -> None:
    assert recipients(settings(tmp_path, **fields)) == found


def test_the_contact_is_a_link(tmp_path: Path) -> None:
    assert 'href="mailto:dpo@marees.example"' in page(settings(tmp_path, contact="dpo@marees.example"))
    assert link_to("https://marees.example/contact") == "https://marees.example/contact"


def test_without_a_contact_the_house_is_named(tmp_path: Path) -> None:
    told = page(settings(tmp_path), house="L’Atelier <b>des</b> Marées")
    assert "L’Atelier &lt;b&gt;des&lt;/b&gt; Marées" in told
    assert "l’organisme qui tient ce service" in page(settings(tmp_path))


@pytest.mark.parametrize("contact", ["javascript:alert(1)", "moi", 'a@b.c"><x', "data:text/html,x", "a b@c"])
def test_a_contact_that_is_no_address_is_refused(contact: str) -> None:
    with pytest.raises(SettingsWrong, match="contact"):
        read_settings(contact=contact)


def test_headings_are_in_order_and_the_page_has_one_title(tmp_path: Path) -> None:
    found = [int(level) for level in re.findall(r"<h([1-6])", page(settings(tmp_path)))]
    assert found[0] == 1
    assert found.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(found))
