"""EPUB, read with zipfile and lxml: an archive of web pages, and a list of the order to read them in.

ebooklib, the one library for it, is under the AGPL; and what it does is to follow that list.
"""

from __future__ import annotations

import posixpath
import zipfile
from urllib.parse import unquote, urlsplit

from lxml import etree

from corpus.errors import FileDamaged, FileEncrypted
from ingest.extract import Draft, Extract
from ingest.loaders import html
from ingest.loaders.archive import checked, parse_xml, read
from ingest.loaders.reading import finished, reading

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
# Fonts are scrambled so that they cannot be taken out of the book; the text stays as it is.
_FONT_SCRAMBLING = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/xml", "text/x-oeb1-document"})


def load(content: bytes, *, file: str) -> Extract:
    """Read a .epub file: its chapters in the order of the book. Raises FileEncrypted for a protected one."""
    archive = checked(content, file=file)
    draft = Draft()
    with reading("an electronic book", file=file):
        names = frozenset(archive.namelist())
        if _ENCRYPTION in names:
            _check_encryption(_part(archive, _ENCRYPTION, file=file), file=file)
        root = _part(archive, _CONTAINER, file=file).find(".//{*}rootfile")
        if root is None:
            raise FileDamaged(file=file, reason="it does not say where the book begins")
        path = root.get("full-path", "")
        package = _part(archive, path, file=file)
        draft.title = package.findtext(".//{http://purl.org/dc/elements/1.1/}title", "")
        draft.title = " ".join(draft.title.split())  # as headings are, which may be the same
        for chapter in _chapters(package, folder=posixpath.dirname(path)):
            if page := read(archive, chapter, file=file).strip():
                html.write(page, draft, file=file, whole_page=False)
    return finished(draft, file=file)


def _part(archive: zipfile.ZipFile, name: str, *, file: str) -> etree._Element:
    return parse_xml(read(archive, name, file=file), file=file, name=name)


def _check_encryption(encryption: etree._Element, *, file: str) -> None:
    methods = {method.get("Algorithm", "") for method in encryption.iter("{*}EncryptionMethod")}
    if not methods <= _FONT_SCRAMBLING:
        raise FileEncrypted(file=file)


def _chapters(package: etree._Element, *, folder: str) -> list[str]:
    """Return where the pages stand in the archive, in order, without the table of contents."""
    items = {item.get("id", ""): item for item in package.iterfind(".//{*}manifest/{*}item")}
    spine = [items.get(place.get("idref", "")) for place in package.iterfind(".//{*}spine/{*}itemref")]
    return [
        posixpath.normpath(posixpath.join(folder, unquote(urlsplit(item.get("href", "")).path)))
        for item in spine
        if item is not None
        and item.get("media-type", "") in _PAGES
        and "nav" not in item.get("properties", "").split()
    ]
