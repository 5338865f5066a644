"""A page of a PDF is drawn, and its words are where they are seen."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from corpus.errors import FileDamaged, FileEncrypted
from tests.ingest.loaders import pdfs
from tests.ui.reader.conftest import columns
from ui.errors import PageUnknown
from ui.reader.drawing.pdf import draw_pdf
from ui.reader.drawing.sheet import WIDEST, Drawn
from ui.reader.matching import match

FILE = "rapport.pdf"
QUOTE = "dans un hangar que prête la commune"


def ink(made: Drawn, quote: str) -> list[float]:
    """Return which share of each place that a quote is marked at is dark."""
    image = Image.open(BytesIO(made.picture)).convert("L")
    found = match(quote, made.sheet.text)
    assert found
    shares = []
    for place in made.sheet.rectangles(found.spans):
        dark = image.crop(place).histogram()[:128]
        area = (place.right - place.left) * (place.bottom - place.top)
        shares.append(sum(dark) / area)
    return shares


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_what_is_marked_is_written_there_however_the_page_is_turned(degrees: int) -> None:
    content = pdfs.viewed_turned(pdfs.pdf(columns), degrees) if degrees else pdfs.pdf(columns)
    made = draw_pdf(content, 1, file=FILE)
    shares = ink(made, QUOTE)
    assert len(shares) == 2
    assert all(0.05 < share < 0.6 for share in shares)
    assert (made.sheet.width > made.sheet.height) == (degrees % 180 == 90)


def test_columns_are_read_one_after_the_other() -> None:
    text = draw_pdf(pdfs.pdf(columns), 1, file=FILE).sheet.text
    assert text.index("La colonne de gauche finit ici.") < text.index("À droite, les filets")


def test_text_that_runs_upwards_is_marked_where_it_is() -> None:
    def upwards(page: pdfs.Page) -> None:
        page.canvas.translate(300, 200)
        page.canvas.rotate(90)
        page.canvas.setFont("Helvetica", 14)
        page.canvas.drawString(0, 0, "Un texte le long du bord")

    made = draw_pdf(pdfs.pdf(upwards), 1, file=FILE)
    assert all(share > 0.05 for share in ink(made, "le long du bord"))


def test_a_page_is_as_wide_as_pages_are_and_knows_of_how_many() -> None:
    made = draw_pdf(pdfs.pdf(columns, pdfs.blank, columns), 3, file=FILE)
    assert (made.sheet.count, made.sheet.width) == (3, WIDEST)
    assert not made.sheet.unread


def test_a_scan_waits_to_be_read() -> None:
    made = draw_pdf(pdfs.pdf(pdfs.scanned("Le port")), 1, file=FILE)
    assert made.sheet.unread
    assert made.sheet.words == ()


@pytest.mark.parametrize("page", [-1, 0, 2, 10**9])
def test_a_page_that_is_not_there_is_told(page: int) -> None:
    with pytest.raises(PageUnknown):
        draw_pdf(pdfs.pdf(columns), page, file=FILE)


def test_what_is_no_pdf_is_told() -> None:
    with pytest.raises(FileDamaged):
        draw_pdf(b"%PDF-1.7 nothing\n%%EOF", 1, file=FILE)
    with pytest.raises(FileEncrypted):
        draw_pdf(pdfs.pdf(columns, password="houle"), 1, file=FILE)
