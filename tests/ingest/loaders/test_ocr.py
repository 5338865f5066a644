"""OCR: pages and files that are images are read, with tesseract and without it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytesseract
import pytest
from PIL import Image

from corpus.errors import FileDamaged, FileInflated, FileTooLong, OcrMissing
from ingest.extract import Draft, Extract, Section
from ingest.loaders import ocr
from tests.ingest.loaders.pdfs import encoded, pdf, picture, said, scanned, viewed_turned

FIRST = "Le chalut pèse deux tonnes."
SECOND = "La bouée flotte au large."


@pytest.fixture
def no_tools(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def words(text: str) -> str:
    return " ".join(text.split())


def drafted() -> Extract:
    """Four pages: text, an image, an image with a few letters, text under another heading."""
    draft = Draft(typeset=True)
    draft.page()
    draft.heading("Filets")
    draft.paragraph("Page une.")
    draft.page(unread=True)
    draft.page(unread=True)
    draft.paragraph("N° 7")
    draft.page()
    draft.heading("Ports")
    draft.paragraph("Page quatre.")
    return draft.finish()


def test_the_named_pages_of_a_pdf_are_read() -> None:
    content = pdf(said("Page de texte."), scanned(FIRST), scanned(SECOND), scanned("Non demandée"))
    texts = ocr.read_pages(content, file="scan.pdf", pages=[2, 3])
    assert {number: words(text) for number, text in texts.items()} == {2: FIRST, 3: SECOND}


def test_a_blank_page_has_no_text() -> None:
    assert ocr.read_pages(pdf(scanned()), file="scan.pdf", pages=[1]) == {1: ""}


def test_a_page_that_lies_on_its_side_is_read() -> None:
    lines = [
        FIRST,
        SECOND,
        "Son nylon peut pourtant être filé à nouveau.",
        "Le groupe suit douze bouées.",
    ] * 3
    content = viewed_turned(pdf(scanned(*lines)), 90)
    assert words(ocr.read_pages(content, file="scan.pdf", pages=[1])[1]) == " ".join(lines)


def test_a_pdf_that_cannot_be_opened_is_refused_by_ocr_too() -> None:
    with pytest.raises(FileDamaged, match=r"scan.pdf"):
        ocr.read_pages(b"%PDF-1.7 et rien", file="scan.pdf", pages=[1])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF"])
def test_an_image_of_each_kind_is_read(kind: str) -> None:
    image = picture(FIRST, size=(1000, 400))
    assert list(map(words, ocr.read_image(encoded(image, kind=kind), file="affiche"))) == [FIRST]


def test_each_page_of_a_tiff_is_read() -> None:
    content = encoded(picture(FIRST), picture(SECOND), kind="TIFF")
    assert list(map(words, ocr.read_image(content, file="fax.tiff"))) == [FIRST, SECOND]


def test_an_image_with_small_letters_is_enlarged() -> None:
    image = picture(FIRST, size=(320, 100), letters=11)
    assert list(map(words, ocr.read_image(encoded(image, kind="PNG"), file="vignette.png"))) == [FIRST]


def test_an_image_that_its_camera_turned_is_read() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn
    image = picture(FIRST, size=(1000, 400)).rotate(90, expand=True)
    assert list(map(words, ocr.read_image(encoded(image, kind="JPEG", exif=exif), file="photo.jpg"))) == [
        FIRST
    ]


def test_what_is_transparent_is_white() -> None:
    letters = picture(FIRST, size=(1000, 400))
    image = Image.new("RGBA", letters.size, (0, 0, 0, 0))
    image.putalpha(letters.point(lambda value: 255 - value))
    assert list(map(words, ocr.read_image(encoded(image, kind="PNG"), file="logo.png"))) == [FIRST]


def test_an_image_with_sixteen_bits_a_pixel_is_read() -> None:
    image = picture(FIRST, size=(1000, 400)).convert("I").point(lambda value: value * 257).convert("I;16")
    assert list(map(words, ocr.read_image(encoded(image, kind="PNG"), file="scan.png"))) == [FIRST]


@pytest.mark.parametrize("side", [11_000, 14_000])
def test_an_image_that_unpacks_to_far_more_than_it_is_is_refused(side: int) -> None:
    content = encoded(Image.new("1", (side, side)), kind="PNG")
    with pytest.raises(FileInflated, match=rf"would unpack to {3 * side * side} bytes"):
        ocr.read_image(content, file="bombe.png")


def test_a_tiff_with_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "PAGE_LIMIT", 1)
    with pytest.raises(FileTooLong, match="has 2 pages or rows, the limit is 1"):
        ocr.read_image(encoded(picture(), picture(), kind="TIFF"), file="fax.tiff")


def test_an_image_that_is_cut_short_is_damaged() -> None:
    content = encoded(picture(FIRST), kind="PNG")
    with pytest.raises(FileDamaged, match=r"affiche.png: is damaged.*cannot be read as an image"):
        ocr.read_image(content[: len(content) // 2], file="affiche.png")


def test_what_is_no_image_is_damaged() -> None:
    with pytest.raises(FileDamaged, match=r"affiche.png"):
        ocr.read_image(b"une affiche", file="affiche.png")


def test_nothing_is_left_in_the_temporary_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ocr.read_pages(pdf(scanned(FIRST)), file="scan.pdf", pages=[1])
    ocr.read_image(encoded(picture(FIRST), kind="PNG"), file="affiche.png")
    assert list(tmp_path.iterdir()) == []


def test_ocr_says_that_it_is_available() -> None:
    assert ocr.available() is None


@pytest.mark.usefixtures("no_tools")
def test_without_tesseract_the_tool_is_named() -> None:
    assert ocr.available() == "tesseract is not installed"
    with pytest.raises(OcrMissing, match=r"scan.pdf: is a scan.*\(tesseract is not installed\)"):
        ocr.read_pages(pdf(scanned(FIRST)), file="scan.pdf", pages=[1])
    with pytest.raises(OcrMissing, match=r"affiche.png"):
        ocr.read_image(encoded(picture(FIRST), kind="PNG"), file="affiche.png")


def test_without_french_the_language_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract, "get_languages", lambda: ["eng", "osd"])
    assert ocr.available() == "tesseract has no French data"


def test_texts_of_unread_pages_are_put_at_their_place() -> None:
    filled = ocr.fill(drafted(), {2: "Premier\nparagraphe.\n\nSecond.", 3: "Au dos."})
    assert filled.text == (
        "Page une.\n\nPremier\nparagraphe.\n\nSecond.\n\nN° 7\n\nAu dos.\n\nPage quatre.\n\n"
    )
    assert [(part.heading, part.page, filled.text[part.start : part.end]) for part in filled.sections] == [
        ("Filets", 1, "Page une.\n\n"),
        ("Filets", 2, "Premier\nparagraphe.\n\nSecond.\n\n"),
        ("Filets", 3, "N° 7\n\n"),
        ("Filets", 3, "Au dos.\n\n"),
        ("Ports", 4, "Page quatre.\n\n"),
    ]
    assert [filled.text[start:][:8] for start in filled.pages] == [
        "Page une",
        "Premier\n",
        "N° 7\n\nAu",
        "Page qua",
    ]
    assert filled.unread == ()


def test_pages_without_a_text_stay_unread() -> None:
    filled = ocr.fill(drafted(), {3: "Au dos."})
    assert filled.unread == (2,)
    assert filled.sections[-1] == Section("Ports", 26, 40, 4)


def test_a_page_on_which_ocr_found_nothing_is_read() -> None:
    extract = drafted()
    filled = ocr.fill(extract, {2: " \n", 3: ""})
    assert (filled.text, filled.sections, filled.unread) == (extract.text, extract.sections, ())


def test_an_extract_with_nothing_unread_stays_as_it_is() -> None:
    draft = Draft()
    draft.paragraph("Sans page.")
    assert ocr.fill(draft.finish(), {1: "De trop."}) == draft.finish()
