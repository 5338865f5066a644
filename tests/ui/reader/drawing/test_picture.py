"""An image file is drawn page by page, upright and bounded; its words are read where tesseract is."""

from __future__ import annotations

import shutil
from io import BytesIO

import pytesseract
import pytest
from PIL import Image

from corpus.errors import FileDamaged
from tests.ingest.loaders import pdfs
from ui.errors import PageUnknown
from ui.reader.drawing.picture import draw_picture, read_words
from ui.reader.drawing.sheet import TALLEST, WIDEST

FILE = "affiche.png"


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def test_a_large_image_is_made_to_fit() -> None:
    made = draw_picture(encoded(Image.new("L", (4000, 6000), 255), "PNG"), 1, file=FILE)
    assert made.sheet.width <= WIDEST
    assert made.sheet.height <= TALLEST
    assert made.sheet.unread


def test_a_photograph_that_was_taken_sideways_is_upright() -> None:
    sideways = Image.Exif()
    sideways[0x0112] = 6
    made = draw_picture(encoded(Image.new("RGB", (60, 20)), "JPEG", exif=sideways), 1, file="photo.jpg")
    assert (made.sheet.width, made.sheet.height) == (20, 60)


def test_what_is_transparent_is_white() -> None:
    made = draw_picture(encoded(Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG"), 1, file=FILE)
    assert Image.open(BytesIO(made.picture)).convert("RGB").getpixel((4, 4)) == (255, 255, 255)


def test_a_tiff_has_a_page_for_each_image() -> None:
    first, second = Image.new("L", (30, 20), 0), Image.new("L", (30, 40), 255)
    content = encoded(first, "TIFF", save_all=True, append_images=[second])
    made = draw_picture(content, 2, file="scan.tiff")
    assert (made.sheet.count, made.sheet.height) == (2, 40)
    with pytest.raises(PageUnknown):
        draw_picture(content, 3, file="scan.tiff")


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", b"<svg onload='alert(1)'/>"])
def test_what_is_no_image_is_told(content: bytes) -> None:
    with pytest.raises(FileDamaged):
        draw_picture(content, 1, file=FILE)


def test_without_tesseract_no_word_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "no-such-program")
    assert read_words(encoded(Image.new("L", (20, 20)), "WEBP")) == ()


def test_words_are_read_where_tesseract_is() -> None:
    words = read_words(encoded(pdfs.picture("Le port de Concarneau"), "WEBP"))
    read = [word.text for word in words]
    assert read == ([] if shutil.which("tesseract") is None else ["Le", "port", "de", "Concarneau"])
