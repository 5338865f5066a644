"""OCR: the text of pages and files that are only images.

tesseract was chosen, called through pytesseract (both Apache): Debian and Homebrew carry it with its French,
it needs no graphics card, and it finds out by itself which way up a page is. ocrmypdf would rewrite the whole
PDF to the same end. pypdfium2 draws the pages, Pillow (MIT-CMU) reads the image files. What pytesseract puts
into the temporary folder it removes again; one who kills a process that reads should give it a folder of its
own (TMPDIR).
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO

import pytesseract
from PIL import Image, ImageOps

from corpus.errors import FileInflated, FileTooLong, FileTooSlow, OcrMissing
from ingest.extract import Extract, Section
from ingest.loaders.pdf import PAGE_LIMIT, opened
from ingest.loaders.reading import reading

_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF")
_RESOLUTION = 300 / 72  # pixels a point, 300 dpi
_LONGEST_SIDE = 5_000  # pixels
_SMALL, _TARGET, _MOST_ENLARGED = (
    1_500,
    2_000,
    4.0,
)  # pixels of the longer side; tesseract wants letters of 30
_PIXEL_LIMIT = 100_000_000  # A3 at 600 dpi has 70 million
_BYTES = 3  # a pixel
_SECONDS = 120.0  # a page; one at 300 dpi takes some 2
_THREADS = "OMP_THREAD_LIMIT"
_BLANK_LINES = re.compile(r"\n\s*\n")


def available() -> str | None:
    """Return None when OCR can be used, or else why it cannot."""
    if shutil.which(pytesseract.pytesseract.tesseract_cmd) is None:
        return "tesseract is not installed"
    try:
        return None if "fra" in _languages() else "tesseract has no French data"
    except (pytesseract.TesseractError, OSError):
        return "tesseract does not run"


def read_pages(content: bytes, *, file: str, pages: Sequence[int]) -> dict[int, str]:
    """Read pages of a PDF, named by their 1-based numbers, and return the text of each ("" for none).

    Raises OcrMissing, FileTooSlow, and what reading a PDF raises.
    """
    _demand(file)
    texts = {}
    with opened(content, file=file) as document:
        for number in pages:
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(_RESOLUTION, _LONGEST_SIDE / max(width, height, 1.0))
            bitmap = page.render(scale=scale, grayscale=True, draw_annots=False, may_draw_forms=False)
            try:
                texts[number] = _read(bitmap.to_pil(), file=file)
            finally:
                bitmap.close()
                page.close()
    return texts


def read_image(content: bytes, *, file: str) -> list[str]:
    """Read a PNG, JPEG, TIFF, WebP, BMP or GIF: a text a page of a TIFF, the first picture of the others.

    Raises OcrMissing, FileInflated, FileTooLong, FileDamaged, FileTooSlow.
    """
    _demand(file)
    with reading("an image", file=file):
        return [_read(frame, file=file) for frame in _frames(content, file=file)]


def fill(extract: Extract, texts: dict[int, str]) -> Extract:
    """Return the extract with the texts of unread pages at their place, after what the page has already.

    Each page's text is a section under the heading in force. Texts of pages that are not unread are left out.
    """
    parts: list[str] = []
    sections: list[Section] = []
    pages: list[int] = []
    length = 0
    if not extract.pages:
        return extract
    bounds = [*extract.pages, len(extract.text)]
    for number, (start, end) in enumerate(zip(extract.pages, bounds[1:], strict=True), start=1):
        pages.append(length)
        shift = length - start
        sections += [
            replace(section, start=section.start + shift, end=section.end + shift)
            for section in extract.sections
            if start <= section.start < end
        ]
        text = _paragraphs(texts.get(number, "")) if number in extract.unread else ""
        parts += [extract.text[start:end], text]
        length += end - start + len(text)
        if text:
            heading = sections[-1].heading if sections else ""
            sections.append(Section(heading, length - len(text), length, number))
    return replace(
        extract,
        text="".join(parts),
        sections=tuple(sections),
        pages=tuple(pages),
        unread=tuple(number for number in extract.unread if number not in texts),
        # Slides that are pictures, most of them, are a scan.
        typeset=extract.typeset or 2 * len(texts) > len(extract.pages),
    )


def _paragraphs(text: str) -> str:
    """Return a text as `Draft.paragraph` writes it."""
    return "".join(block.strip() + "\n\n" for block in _BLANK_LINES.split(text) if block.strip())


def _demand(file: str) -> None:
    reason = available()
    if reason is not None:
        raise OcrMissing(file=file, reason=reason)


def spoken() -> str:
    """Return the languages to read in, as tesseract names them."""
    languages = _languages()
    return "+".join(language for language in ("fra", "eng") if language in languages)


def _languages() -> list[str]:
    return [str(language) for language in pytesseract.get_languages()]


def _read(image: Image.Image, *, file: str) -> str:
    """Return what tesseract reads in an image, with blank lines between paragraphs."""
    segmentation = 1 if "osd" in _languages() else 3  # the whole page, whichever way up it is or not
    try:
        with one_thread():
            text = pytesseract.image_to_string(
                image, lang=spoken(), config=f"--psm {segmentation}", timeout=_SECONDS
            )
    except pytesseract.TesseractError as error:
        raise OcrMissing(file=file, reason=f"tesseract failed with {error.status}") from error
    except RuntimeError as error:  # pytesseract's sign of a timeout
        raise FileTooSlow(file=file, seconds=_SECONDS) from error
    return str(text).replace("\f", "").strip()


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep tesseract to one thread: its four spend their time waiting for each other on a busy machine."""
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = before


def _frames(content: bytes, *, file: str) -> Iterator[Image.Image]:
    """Yield the pages of an image file, upright, on white, and of a size that tesseract can read."""
    try:
        image = Image.open(BytesIO(content), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        named = re.search(r"\((\d+) pixels\)", str(error))
        pixels = int(named.group(1)) if named else 2 * _PIXEL_LIMIT
        raise FileInflated(file=file, size=pixels * _BYTES, limit=_PIXEL_LIMIT * _BYTES) from error
    with image:
        # The pictures of an animation show the same thing again and again.
        count = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
        if count > PAGE_LIMIT:
            raise FileTooLong(file=file, count=count, limit=PAGE_LIMIT)
        for number in range(count):
            if number:
                image.seek(number)
            if image.width * image.height > _PIXEL_LIMIT:
                size = image.width * image.height * _BYTES
                raise FileInflated(file=file, size=size, limit=_PIXEL_LIMIT * _BYTES)
            yield _sized(_on_white(ImageOps.exif_transpose(image)))


def _on_white(image: Image.Image) -> Image.Image:
    """Return the image in shades of grey, what is transparent as white."""
    if image.mode.startswith(("I", "F")):  # 16 bits a pixel
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("L")
    return image.convert("L")


def _sized(image: Image.Image) -> Image.Image:
    longer = max(image.size)
    scale = min(1.0, _LONGEST_SIDE / longer)
    if longer < _SMALL:
        scale = min(_MOST_ENLARGED, _TARGET / longer)
    if scale == 1.0:
        return image
    width, height = (max(1, round(side * scale)) for side in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS)
