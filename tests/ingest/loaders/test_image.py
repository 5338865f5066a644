"""Images: a picture of a text is a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import FileDamaged, FileEmpty, OcrMissing
from ingest.loaders.image import load
from tests.ingest.loaders.pdfs import encoded, picture

FIRST = "Le chalut pèse deux tonnes."
SECOND = "La bouée flotte au large."


def test_an_image_is_a_page_of_text() -> None:
    extract = load(encoded(picture(FIRST), kind="PNG"), file="affiche.png")
    assert extract.text.strip() == FIRST
    assert (extract.pages, extract.unread, extract.typeset) == ((0,), (), True)
    assert [section.page for section in extract.sections] == [1]


def test_each_picture_of_a_tiff_is_a_page() -> None:
    extract = load(encoded(picture(FIRST), picture(), picture(SECOND), kind="TIFF"), file="fax.tiff")
    assert [extract.text[part.start : part.end].strip() for part in extract.sections] == [FIRST, SECOND]
    assert [section.page for section in extract.sections] == [1, 3]
    assert len(extract.pages) == 3


@pytest.mark.parametrize("content", [b"", encoded(picture(size=(200, 200)), kind="PNG")])
def test_an_image_without_a_letter_is_empty(content: bytes) -> None:
    with pytest.raises(FileEmpty, match=r"affiche.png"):
        load(content, file="affiche.png")


def test_an_image_without_tesseract_is_refused_with_a_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OcrMissing, match=r"affiche.png.*apt install tesseract-ocr"):
        load(encoded(picture(FIRST), kind="PNG"), file="affiche.png")


def test_a_damaged_image_is_refused() -> None:
    with pytest.raises(FileDamaged, match=r"affiche.png"):
        load(encoded(picture(FIRST), kind="JPEG")[:300], file="affiche.png")
