"""A visitor opens a document at its page, sees the words, and never what is not for him."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from corpus.records import DocumentRow
from ingest.isolation import DirectReaders
from tests.fakes import open_pipeline, write, write_fiches
from tests.ingest.loaders import pdfs
from tests.ui.fakes import open_with
from tests.ui.reader.conftest import HOSTILE, Library, site
from ui.errors import PagesBusy
from ui.reader.address import reader_address
from ui.reader.drawing.sheet import Sheet
from ui.reader.press import Press

OwnLibrary = Callable[[Path], Library]
CUT = "et cette phrase se termine seulement sur la page suivante, où le lecteur doit la suivre"


def marked(page: str) -> list[str]:
    """Return the words that are marked in the text."""
    return [
        " ".join(unescape(one).split()) for one in re.findall(r"<mark[^>]*>(.*?)</mark>", page, re.DOTALL)
    ]


def notices(page: str) -> list[str]:
    return re.findall(r'<p class="notice[^"]*">(.*?)</p>', page)


def test_a_page_is_shown_with_its_words_on_the_picture_and_in_the_text(library: Library) -> None:
    quote = "axes structurants de l'économie du littoral, à partir d'initiatives concrètes"
    page = library.get(reader_address("rapport", 2, quote))
    assert "<h1><bdi>Rapport du littoral</bdi></h1>" in page
    assert "2 de 3" in page
    assert marked(page) == [quote]
    assert len(re.findall(r"<rect", page)) == 3  # cut at the ends of two lines
    assert page.count('id="passage"') == 1
    assert notices(page) == []
    [picture] = re.findall(r'<img src="([^"]+)" width="1600"', page)
    assert library.client.get(picture).headers["Content-Type"] == "image/webp"


def test_there_is_a_page_before_and_after(library: Library) -> None:
    links = [
        re.findall(r'rel="(prev|next)" href="([^"]+)"', library.get(f"/documents/rapport?page={page}"))
        for page in (1, 2, 3)
    ]
    before, after = ("prev", "/documents/rapport?page=1"), ("next", "/documents/rapport?page=3")
    assert set(links[0]) == {("next", "/documents/rapport?page=2")}
    assert set(links[1]) == {before, after}
    assert set(links[2]) == {("prev", "/documents/rapport?page=2")}


def test_the_page_speaks_english_to_who_reads_english(library: Library) -> None:
    page = library.get("/documents/rapport?page=2", **{"Accept-Language": "en"})
    assert "2 of 3" in page
    assert "Back to the conversation" in page


def test_a_sentence_that_a_page_cuts_is_followed_to_the_next(library: Library) -> None:
    first = library.get(reader_address("rapport", 2, CUT))
    assert "Une partie seulement" in notices(first)[0]
    assert "<rect" in first
    [after] = set(re.findall(r'rel="next" href="([^"]+)"', first))
    second = library.get(after.replace("&amp;", "&"))
    assert "3 de 3" in second
    assert "<rect" in second
    assert marked(second) == ["suivante, où le lecteur doit la suivre"]


def test_words_on_the_page_beside_the_one_said_are_shown_there(library: Library) -> None:
    page = library.get(reader_address("rapport", 2, "la suivre jusqu'à son terme"))
    assert "3 de 3" in page
    assert "page 3" in notices(page)[0]
    assert "<rect" in page


def test_words_that_are_nowhere_are_said_to_be(library: Library) -> None:
    page = library.get(reader_address("rapport", 1, "ces mots ne sont nulle part"))
    assert "n’ont pas été retrouvés" in notices(page)[0]
    assert marked(page) == []
    assert "<rect" not in page


def test_what_the_speaker_says_is_marked_in_the_text_alone(library: Library) -> None:
    page = library.get(reader_address("carnet", 1, "la coopérative compte 350 sociétaires"))
    assert "notes de l’orateur" in notices(page)[0]
    assert marked(page) == ["la coopérative compte 350 sociétaires"]
    assert "Diapositive" in page


@pytest.mark.parametrize("page", ["4", "99", "999999999"])
def test_beyond_the_last_page_is_the_last(library: Library, page: str) -> None:
    shown = library.get(f"/documents/rapport?page={page}")
    assert "3 de 3" in shown
    assert "voici le dernier, 3" in notices(shown)[0]


@pytest.mark.parametrize("page", ["0", "-2", "abc", "", "1' OR 1=1", "%00", "9" * 400])
def test_a_page_that_is_none_is_the_first(library: Library, page: str) -> None:
    assert "1 de 3" in library.get(f"/documents/rapport?page={page}")


def test_a_text_is_shown_with_what_it_is_about(library: Library) -> None:
    page = library.get(reader_address("houlocoop", None, "Elle réunit plus de 350 sociétaires."))
    assert marked(page) == ["Elle réunit plus de 350 sociétaires."]
    assert '<mark id="passage">' in page
    assert "<h3" in page
    assert "Présentation" in page
    assert '<bdi class="tag">Houlocoop</bdi>' in page
    assert '<bdi class="tag">Énergies de la houle</bdi>' in page
    assert "<img src=" not in page


def test_a_place_tells_two_like_passages_apart(own_library: OwnLibrary, tmp_path: Path) -> None:
    text = "Le port ouvre.\n\n" + "Entre les deux. " * 20 + "\n\nLe port ouvre."
    write(tmp_path / "material" / "ports.txt", text)
    library = own_library(tmp_path / "material")
    page = library.get(reader_address("ports", None, "Le port ouvre", at=300))
    assert page.index("Entre les deux") < page.index("<mark")


def test_hostile_names_and_texts_are_words_and_nothing_else(library: Library) -> None:
    address = reader_address("pire-img-src-x-onerror-alert-1", None, "deuxième point sur les marées")
    page = library.get(address)
    assert HOSTILE.count("alert") == 3
    assert page.count("alert(") >= 3
    assert not re.search(r"<script|<img|<b>|href=\"javascript", page)
    assert marked(page) == ["deuxième point sur les marées"]


@pytest.mark.parametrize(
    "quote", ['"><script>alert(1)</script>', "<img src=x onerror=alert(1)>", "\x00", "&#x27;"]
)
def test_hostile_questions_are_words_and_nothing_else(library: Library, quote: str) -> None:
    for address in (reader_address("rapport", 1, quote), reader_address("houlocoop", None, quote)):
        page = library.get(address)
        assert "<h1>" in page
        assert not re.search(r"<script|<img src=x|onerror=alert\(1\)>", page)


def test_the_page_runs_under_the_strict_policy(library: Library) -> None:
    response = library.client.get(reader_address("rapport", 1, "la houle est mesurée"))
    assert "script-src 'self';" in response.headers["Content-Security-Policy"]
    assert not re.search(r"\son\w+=|\sstyle=|<script", response.text)


def test_two_documents_of_one_name_are_two(library: Library) -> None:
    first, second = (library.get(f"/documents/{one}-bilan") for one in "ab")
    assert "Roscoff, premier document" in first
    assert "a/bilan.pdf" in first
    assert "Concarneau, second document" in second
    pictures = [library.client.get(f"/documents/{one}-bilan/pages/1.webp").content for one in "ab"]
    assert pictures[0] != pictures[1]


@pytest.mark.parametrize(
    "path",
    [
        "/documents/rien",
        "/documents/..%2f..%2fetc%2fpasswd",
        "/documents/rapport.pdf",
        "/documents/RAPPORT",
        "/documents/" + "m" * 5000,
        "/documents/rien/pages/1.webp",
        "/documents/rien/pages/1/marks.svg?quote=a",
    ],
)
def test_what_is_no_document_is_not_found(library: Library, path: str) -> None:
    response = library.client.get(path)
    assert response.status_code == 404
    assert "m" * 100 not in response.text


@pytest.mark.parametrize(
    "name",
    ["0.webp", "4.webp", "-1.webp", "1.png", "1", "01.webp", "..%2f1.webp", "1.webp%00", "9" * 30 + ".webp"],
)
def test_a_picture_that_is_none_is_not_found(library: Library, name: str) -> None:
    assert library.client.get(f"/documents/rapport/pages/{name}").status_code == 404


def test_a_text_has_no_picture(library: Library) -> None:
    assert library.client.get("/documents/houlocoop/pages/1.webp").status_code == 404


def test_a_browser_that_has_the_picture_is_not_sent_it_again(library: Library) -> None:
    first = library.client.get("/documents/rapport/pages/1.webp")
    again = library.client.get(
        "/documents/rapport/pages/1.webp", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert first.status_code == 200
    assert (again.status_code, again.content) == (304, b"")
    assert "no-cache" in again.headers["Cache-Control"]
    other = library.client.get("/documents/rapport/pages/2.webp")
    assert other.headers["ETag"] != first.headers["ETag"]


def test_the_original_itself_is_not_given_out(library: Library) -> None:
    for path in ("original", "rapport.pdf", "file", "pages/rapport.pdf"):
        assert library.client.get(f"/documents/rapport/{path}").status_code == 404
    assert "originals" not in library.get("/documents/rapport")


def test_a_document_that_is_forgotten_is_gone_at_once(own_library: OwnLibrary, tmp_path: Path) -> None:
    write_fiches(tmp_path / "material")
    (tmp_path / "material" / "carnet.pdf").write_bytes(pdfs.pdf(pdfs.said("Le port ouvre.")))
    library = own_library(tmp_path / "material")
    tag = library.client.get("/documents/carnet/pages/1.webp").headers["ETag"]
    assert "Le port ouvre" in library.get("/documents/carnet")
    open_pipeline(library.home).forget("carnet")
    assert library.client.get("/documents/carnet").status_code == 404
    kept = library.client.get("/documents/carnet/pages/1.webp", headers={"If-None-Match": tag})
    assert kept.status_code == 404
    assert list((library.home / "pages").rglob("*.webp")) == []


def test_a_new_edition_is_shown_at_once(own_library: OwnLibrary, tmp_path: Path) -> None:
    file = tmp_path / "material" / "carnet.pdf"
    file.parent.mkdir()
    file.write_bytes(pdfs.pdf(pdfs.said("Le port ouvre en mai.")))
    library = own_library(file.parent)
    first = library.client.get("/documents/carnet/pages/1.webp")
    file.write_bytes(pdfs.pdf(pdfs.said("Le port ouvre en juin.")))
    open_pipeline(library.home).ingest([file.parent])
    assert "en juin" in library.get("/documents/carnet")
    second = library.client.get(
        "/documents/carnet/pages/1.webp", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert second.status_code == 200
    assert second.content != first.content


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda original: original.unlink(), "n’est plus là"),
        (lambda original: original.write_bytes(b"%PDF-1.7 autre chose"), "a été modifié"),
    ],
)
def test_without_its_original_a_document_is_text(
    own_library: OwnLibrary, tmp_path: Path, damage: Callable[[Path], object], said: str
) -> None:
    (tmp_path / "material").mkdir()
    (tmp_path / "material" / "carnet.pdf").write_bytes(
        pdfs.pdf(pdfs.said("Le port ouvre en mai."), pdfs.said("Il ferme en juin."))
    )
    library = own_library(tmp_path / "material")
    [original] = (library.home / "originals").glob("*.pdf")
    damage(original)
    page = library.get(reader_address("carnet", 2, "Il ferme en juin."))
    assert said in notices(page)[0]
    assert marked(page) == ["Il ferme en juin."]
    assert "2 de 2" in page
    assert "<img" not in page
    assert library.client.get("/documents/carnet/pages/1.webp").status_code == 404


def test_when_too_many_pages_are_drawn_the_text_is_shown(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_arguments: object) -> None:
        raise PagesBusy()

    monkeypatch.setattr(Press, "sheet", busy)
    monkeypatch.setattr(Press, "picture", busy)
    page = library.get(reader_address("rapport", 1, "filés à nouveau dans un hangar"))
    assert "Trop de pages" in notices(page)[0]
    assert marked(page) == ["filés à nouveau dans un hangar"]
    picture = library.client.get("/documents/rapport/pages/1.webp")
    assert (picture.status_code, picture.headers["Retry-After"]) == (503, "2")


def test_a_scan_is_marked_once_its_words_are_read(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def unread(_press: Press, _row: DocumentRow, _page: int) -> Sheet:
        return Sheet(1, 400, 300, unread=True)

    monkeypatch.setattr(Press, "sheet", unread)
    page = library.get(reader_address("rapport", 1, "filés à nouveau dans un hangar"))
    assert "Cette page est une image" in notices(page)[0]
    [overlay] = re.findall(r'<img class="marks" src="([^"]+)"', page)
    monkeypatch.undo()
    drawing = library.client.get(overlay.replace("&amp;", "&"))
    assert drawing.headers["Content-Type"].startswith("image/svg+xml")
    assert drawing.text.count("<rect") == 1
    assert "<script" not in drawing.text


def test_before_the_first_ingest_the_page_says_so(tmp_path: Path) -> None:
    with site(open_with(tmp_path / "home")()) as client:
        response = client.get("/documents/rapport")
    assert response.status_code == 503
    assert "<h1>" in response.text


def test_the_processes_end_with_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = []
    monkeypatch.setattr(DirectReaders, "close", lambda _readers: ended.append(True))
    (tmp_path / "material").mkdir()
    (tmp_path / "material" / "carnet.pdf").write_bytes(pdfs.pdf(pdfs.said("Le port ouvre.")))
    open_pipeline(tmp_path / "home").ingest([tmp_path / "material"])
    ended.clear()
    with site(open_with(tmp_path / "home")()) as client:
        assert isinstance(client, TestClient)
        client.get("/documents/carnet")
        assert ended == []
    assert ended == [True]
