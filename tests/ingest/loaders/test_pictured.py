"""Slides that are pictures of slides: what they say is read by OCR, what they show beside text is not."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from odf import draw, text
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Cm

from corpus.errors import OcrMissing, PagesUnread
from ingest.extract import Extract
from ingest.loaders import odf, pptx
from ingest.parsing import parse, read_pages
from tests.fakes import read_files
from tests.ingest.loaders.offices import open_slides, slides
from tests.ingest.loaders.pdfs import encoded, picture

PICTURE = encoded(picture("Le chalut pèse deux tonnes.", size=(1400, 1050)), kind="PNG")
PHOTO = encoded(picture(size=(400, 300)), kind="JPEG")


def with_picture(
    deck: Presentation, content: bytes = PICTURE, *, title: str = "", beside: str = "", across: float = 25
) -> Slide:
    slide: Slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.add_picture(BytesIO(content), Cm(0), Cm(0), Cm(across), Cm(across * 0.75))
    if slide.shapes.title:
        slide.shapes.title.text_frame.text = title
    if beside:
        slide.shapes.add_textbox(Cm(1), Cm(1), Cm(9), Cm(2)).text_frame.text = beside
    return slide


def open_deck(document: Any, master: Any) -> None:
    for width, words in (("28cm", ""), ("5cm", ""), ("28cm", "Beaucoup de texte à côté")):
        page = draw.Page(masterpagename=master)
        frame = draw.Frame(x="0cm", y="0cm", width=width, height="21cm")
        frame.addElement(draw.Image(href=document.addPictureFromString(PICTURE, "image/png")))
        page.addElement(frame)
        box = draw.Frame(x="1cm", y="1cm", width="9cm", height="2cm")
        holder = draw.TextBox()
        holder.addElement(text.P(text=words))
        box.addElement(holder)
        page.addElement(box)
        document.presentation.addElement(page)


def deck_of_all_sorts(deck: Presentation) -> None:
    with_picture(deck, title="Un titre assez long")
    with_picture(deck, across=5, title="Une vignette")
    with_picture(deck, beside="Beaucoup de texte à côté")


def two_pictures(deck: Presentation) -> None:
    with_picture(deck)
    with_picture(deck, PHOTO)


@pytest.mark.parametrize(
    ("extract", "unread"),
    [
        (pptx.load(slides(deck_of_all_sorts), file="d.pptx"), (1,)),
        (odf.load(open_slides(open_deck), file="d.odp"), (1,)),
    ],
    ids=["pptx", "odp"],
)
def test_a_large_picture_that_is_alone_must_be_read(extract: Extract, unread: tuple[int, ...]) -> None:
    assert extract.unread == unread
    assert {page: list(images) for page, images in extract.pictures.items()} == {1: [PICTURE]}


def test_a_picture_that_lies_outside_is_never_fetched() -> None:
    def outside(deck: Presentation) -> None:
        slide = with_picture(deck, beside="du texte")
        blip = next(slide.element.iter("{*}blip"))
        [embed] = [name for name in blip.attrib if str(name).endswith("embed")]
        relation = slide.part.relate_to("http://127.0.0.1:9/x.png", "http://x/image", is_external=True)
        blip.set(embed, relation)

    assert pptx.load(slides(outside), file="d.pptx").unread == ()


@pytest.mark.slow
def test_what_is_written_on_a_slide_that_is_a_picture_can_be_cited(tmp_path: Path) -> None:
    deck = tmp_path / "carnet.pptx"
    deck.write_bytes(slides(two_pictures))
    [one] = read_files([deck], tmp_path / "home").loaded
    [section] = [part for part in one.sections if "chalut" in one.document.text[part.start : part.end]]
    assert section.page == 1
    assert "Le chalut pèse deux tonnes." in one.document.text


@pytest.mark.slow
def test_the_pictures_of_the_pages_asked_for_are_read(tmp_path: Path) -> None:
    deck = tmp_path / "carnet.odp"
    deck.write_bytes(open_slides(open_deck))
    texts = read_pages(deck, file="carnet.odp", suffix=".odp", pages=(1, 3))
    assert " ".join(texts[1].split()) == "Le chalut pèse deux tonnes."
    assert texts[3] == ""


def test_without_tesseract_the_slides_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    mixed = tmp_path / "mixte.odp"
    mixed.write_bytes(open_slides(open_deck))
    document = parse(mixed, file="mixte.odp", suffix=".odp").document
    assert document
    [note] = document.notes
    assert isinstance(note, PagesUnread)
    assert note.fields["pages"] == "1"
    alone = tmp_path / "seul.pptx"
    alone.write_bytes(slides(two_pictures))
    with pytest.raises(OcrMissing, match=r"seul\.pptx"):
        parse(alone, file="seul.pptx", suffix=".pptx")
