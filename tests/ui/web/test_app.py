"""The web app opens at once, keeps to itself, and lets nothing odd in or out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.ui.fakes import FakeAssistant
from ui.chat.page import VISITORS_AT_ONCE, Page
from ui.web.app import BODY_LIMIT, build_app
from ui.web.language import spoken
from ui.web.look import FOLDER
from ui.web.service import Service


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(build_app(Service(FakeAssistant))) as client:
        yield client


def test_the_page_begins_in_the_language_of_the_browser(client: TestClient) -> None:
    for accepted, language in (("en-GB,en;q=0.9,fr;q=0.8", "en"), ("fr-FR", "fr"), ("de-DE,en;q=0.5", "fr")):
        page = client.get("/", headers={"Accept-Language": accepted}).text
        assert f'lang="{language}"' in page[:300]


def test_a_language_in_the_address_is_kept_for_the_other_pages() -> None:
    with TestClient(build_app(Service(FakeAssistant))) as visitor:
        assert "Set-Cookie" not in visitor.get("/").headers
        # What a site chose for the frame that it shows was chosen by no visitor.
        assert "Set-Cookie" not in visitor.get("/?embed=1&lang=en").headers
        assert 'lang="en"' in visitor.get("/?lang=en").text[:300]
        assert 'lang="en"' in visitor.get("/donnees").text[:300]
        assert 'lang="en"' in visitor.get("/").text[:300]


def test_the_page_has_our_name_and_nobody_elses_advertisement(client: TestClient) -> None:
    page = client.get("/").text
    head = page[: page.index("window.gradio_config")] + page[page.index("</script>") : page.index("</head>")]
    assert "<title>Passerelle</title>" in page
    assert not re.search(r"og:|twitter:|gradio\.app|githubusercontent|manifest", head)


def test_the_page_names_no_other_machine(client: TestClient) -> None:
    loaded = re.findall(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=\"([^\"]+)\"", client.get("/").text)
    assert loaded
    assert [address for address in loaded if re.match(r"(?:https?:)?//", address)] == []


def test_the_look_names_no_other_machine() -> None:
    for file in FOLDER.iterdir():
        named = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w+", file.read_text(encoding="utf-8")))
        assert named <= {"http://www.w3.org"}, file.name  # the name of a format, never fetched


def test_every_file_of_the_look_is_served_and_kept(client: TestClient) -> None:
    linked = re.findall(r"\"(/look/[^\"]+)\"", client.get("/").text)
    assert len(linked) == 4
    for address in linked:
        response = client.get(address)
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]
    assert client.get("/favicon.ico").headers["Content-Type"].startswith("image/svg")


def test_nothing_else_is_served_from_the_folder_of_the_look(client: TestClient) -> None:
    assert client.get("/look/..%2Fweb.py").status_code in (303, 404)
    assert client.get("/look/web.py", follow_redirects=False).status_code == 303


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/nothing", "/gradio_api/upload"])
def test_every_response_has_safe_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_file_can_be_sent_in_and_no_request_sent_on(client: TestClient) -> None:
    assert client.post("/gradio_api/upload", files={"files": b"x"}).status_code == 404
    assert client.get("/gradio_api/proxy=https://elsewhere.example/").status_code == 404


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_there_is_no_page_that_loads_from_elsewhere(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_api_is_described_to_programs(client: TestClient) -> None:
    assert "/api/ask" in client.get("/openapi.json").json()["paths"]


def test_a_body_without_end_is_refused(client: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(BODY_LIMIT // 1000 + 2):
            yield b" " * 1000

    for content in (b" " * (BODY_LIMIT + 1), endless()):
        response = client.post("/api/ask", content=content)
        assert response.status_code == 413
        assert response.json()["detail"][0]["field"] == "body"


def test_a_question_is_answered_through_all_layers(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "Combien ?"})
    assert response.json()["index_version"] == 3


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "fr"), ("en", "en"), ("EN-us", "en"), ("fr,en", "fr"), ("*", "fr"), ("eo", "fr")],
)
def test_the_page_is_french_unless_english_comes_first(accepted: str, language: str) -> None:
    assert spoken({"accept-language": accepted}) == language


def test_visitors_do_not_wait_for_each_other() -> None:
    blocks = Page(Service(FakeAssistant)).blocks
    queued = [one for one in blocks.fns.values() if one.queue]
    assert {one.concurrency_limit for one in queued} == {VISITORS_AT_ONCE}
