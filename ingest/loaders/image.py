"""Images: a file that is a picture of text, a page each, read by OCR (`ocr` says with which libraries)."""

from __future__ import annotations

from corpus.errors import FileEmpty
from ingest.extract import Draft, Extract
from ingest.loaders.ocr import fill, read_image


def load(content: bytes, *, file: str) -> Extract:
    """Read a PNG, JPEG, TIFF, WebP, BMP or GIF.

    Raises FileEmpty when no letter is found, OcrMissing without tesseract, FileDamaged, FileInflated,
    FileTooLong, FileTooSlow.
    """
    if not content.strip():
        raise FileEmpty(file=file)
    texts = read_image(content, file=file)
    if not any(char.isalnum() for text in texts for char in text):
        raise FileEmpty(file=file)
    draft = Draft(typeset=True)
    for _ in texts:
        draft.page(unread=True)
    return fill(draft.finish(), dict(enumerate(texts, start=1)))
