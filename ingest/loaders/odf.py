"""OpenDocument texts and presentations, read with lxml from their content.xml.

odfpy is for writing them: it reads with a SAX parser that cannot be told to refuse entities, makes a Python
object of every element, and offers no text in order. lxml reads the same XML safely and at once.
"""

from __future__ import annotations

import zipfile

from corpus.errors import FileDamaged, FileEncrypted
from ingest.extract import Draft, Extract
from ingest.loaders.archive import checked, parse_xml, read
from ingest.loaders.layout import READABLE
from ingest.loaders.odf_slides import write_slides
from ingest.loaders.odf_styles import Styles
from ingest.loaders.odf_text import TextWriter
from ingest.loaders.reading import finished, reading

_MANIFEST = "META-INF/manifest.xml"


def load(content: bytes, *, file: str) -> Extract:
    """Read a .odt file, which has no pages, or a .odp file, a slide a page; headers and footers left out."""
    archive = checked(content, file=file)
    draft = Draft()
    with reading("an OpenDocument file", file=file):
        _check_encryption(archive, file=file)
        roots = [
            parse_xml(read(archive, name, file=file), file=file, name=name)
            for name in ("content.xml", "styles.xml")
            if name == "content.xml" or name in archive.namelist()
        ]
        styles = Styles(roots)
        text, slides = (roots[0].find(f"{{*}}body/{{*}}{kind}") for kind in ("text", "presentation"))
        if text is not None:
            TextWriter(draft, styles).blocks(text, backed=styles.colours_pages())
        elif slides is not None:
            write_slides(slides, draft, styles, pictures=lambda name: _picture(archive, name, file=file))
        else:
            raise FileDamaged(file=file, reason="it is neither a text nor a presentation")
    return finished(draft, file=file)


def _picture(archive: zipfile.ZipFile, name: str, *, file: str) -> bytes | None:
    """Return a picture that the file holds itself and that OCR can read: what is outside is never fetched."""
    inside = name in archive.namelist() and name.rpartition(".")[2].lower() in READABLE
    return read(archive, name, file=file) if inside else None


def _check_encryption(archive: zipfile.ZipFile, *, file: str) -> None:
    if _MANIFEST in archive.namelist():
        manifest = parse_xml(read(archive, _MANIFEST, file=file), file=file, name=_MANIFEST)
        if next(manifest.iter("{*}encryption-data"), None) is not None:
            raise FileEncrypted(file=file)
