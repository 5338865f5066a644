"""The accessibility statement is there in both languages."""

from __future__ import annotations

from fastapi.testclient import TestClient

from tests.ui.fakes import ready
from ui.web.app import build_app


def test_the_statement_is_there_in_both_languages_and_linked_from_every_page() -> None:
    client = TestClient(build_app(ready()))
    french, english = (client.get(f"/accessibilite?lang={one}") for one in ("fr", "en"))
    assert french.status_code == english.status_code == 200
    assert "Partiellement conforme" in french.text
    assert "Partially conforms" in english.text
    assert 'href="/accessibilite"' in client.get("/simple").text
