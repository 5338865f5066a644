"""A page that is a picture: an image file, drawn by Pillow, and the words that tesseract reads in one."""

from __future__ import annotations

from io import BytesIO

import pytesseract
from PIL import Image, ImageOps

from corpus.errors import FileInflated
from ingest.loaders import ocr
from ingest.loaders.reading import reading
from ui.errors import PageUnknown
from ui.reader.drawing.canvas import FORMATS
from ui.reader.drawing.sheet import TALLEST, WIDEST, Drawn, Word, drawn

_PIXELS = 100_000_000
_SURE = 30  # of 100: what tesseract is less sure of is mostly specks
_SECONDS = 45.0


def draw_picture(content: bytes, page: int, *, file: str) -> Drawn:
    """Draw a page of an image file, the first picture unless it is a TIFF.

    Raises PageUnknown, FileInflated, FileDamaged.
    """
    with reading("an image", file=file), Image.open(BytesIO(content), formats=FORMATS) as image:
        count = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
        if not 1 <= page <= count:
            raise PageUnknown(file=file, page=page, count=count)
        image.seek(page - 1)
        if image.width * image.height > _PIXELS:
            raise FileInflated(file=file, size=3 * image.width * image.height, limit=3 * _PIXELS)
        image.draft("RGB", (WIDEST, TALLEST))  # a JPEG is read no larger than needed
        upright = _on_white(ImageOps.exif_transpose(image))
        upright.thumbnail((WIDEST, TALLEST), Image.Resampling.LANCZOS)
        return drawn(upright, (), count=count, unread=True)


def read_words(picture: bytes) -> tuple[Word, ...]:
    """Return the words that tesseract reads in the picture of a page, none where it cannot."""
    if ocr.available() is not None:
        return ()
    with Image.open(BytesIO(picture), formats=FORMATS) as image, ocr.one_thread():
        try:
            found = pytesseract.image_to_data(
                image.convert("L"), lang=ocr.spoken(), output_type=pytesseract.Output.DICT, timeout=_SECONDS
            )
        except RuntimeError:  # it failed, or took too long
            return ()
    columns = (found[name] for name in ("text", "left", "top", "width", "height", "conf"))
    return tuple(
        Word(text.strip(), left, top, left + width, top + height)
        for text, left, top, width, height, sure in zip(*columns, strict=True)
        if text.strip() and float(sure) >= _SURE
    )


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode.startswith(("I", "F")):  # 16 bits a pixel
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
