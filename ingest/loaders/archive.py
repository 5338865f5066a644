"""Archives: the zip that a .docx, .pptx, .xlsx, .odt, .odp or .epub is, checked before it is unpacked.

The standard library's `zipfile` lists the entries, but its `read` unpacks one in a single go whatever size
the list declares, and python-docx, python-pptx and openpyxl call just that. So `checked` first runs all of
them through `zlib` in small pieces and throws these away: no entry is larger than it says when a library
opens it. lxml parses the parts that we read ourselves, with entities, DTDs and the network off; those of
python-docx, python-pptx and openpyxl too keep entities off, and `checked` refuses a part that declares any.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from corpus.errors import FileDamaged, FileEncrypted, FileInflated
from ingest.loaders.reading import reading

SIZE_LIMIT = 500_000_000
ENTRY_LIMIT = 10_000
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_LOCAL_HEADER = struct.Struct("<4s22xHH")  # the mark, then the lengths of name and extra field
_CENTRAL_MARK = b"PK\x01\x02"
_PIECE = 1 << 16
_ENCODING = re.compile(rb"""(?:\xff\xfe|\xfe\xff)?\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
# In these an entity's mark is the same bytes, zeros apart, so that looking for them finds it.
_PLAIN_ENCODINGS = frozenset(
    b"utf-8 utf8 utf-16 utf-16le utf-16be us-ascii ascii iso-8859-1 iso-8859-15 windows-1252".split()
)
_EBCDIC = bytes.fromhex("4c6fa794")  # "<?xm", which libxml2 recognises by itself


def checked(content: bytes, *, file: str) -> zipfile.ZipFile:
    """Return the archive when it can be unpacked safely: all its entries together in bytes, and each one.

    Raises FileInflated above SIZE_LIMIT bytes or ENTRY_LIMIT entries, FileEncrypted for a password (of the
    archive, or of Office, which wraps the file into an OLE container), FileDamaged for what is no sound zip.
    """
    if content.startswith(OLE):
        if _ENCRYPTED_PACKAGE in content:
            raise FileEncrypted(file=file)
        raise FileDamaged(file=file, reason="it begins like an Office document of before 2007")
    # Counted before zipfile makes an object of each.
    _check_count(content.count(_CENTRAL_MARK), file=file)
    with reading("a zip archive", file=file):
        archive = zipfile.ZipFile(io.BytesIO(content))
    entries = archive.infolist()
    _check_count(len(entries), file=file)
    _check_size(sum(entry.file_size for entry in entries), file=file)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise FileEncrypted(file=file)
    with reading("a zip archive", file=file):
        unpacked = 0
        for entry in entries:
            unpacked += _unpacked_size(entry, content, file=file)
            _check_size(unpacked, file=file)
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels", ".opf")):
            _check_entities(read(archive, entry.filename, file=file), file=file)
    return archive


def read(archive: zipfile.ZipFile, name: str, *, file: str) -> bytes:
    """Return one entry of a checked archive. Raises FileDamaged when it is not there or is corrupt."""
    try:
        return archive.read(name)
    except KeyError as error:
        raise FileDamaged(file=file, reason=f"its part {name} is missing") from error
    except Exception as error:
        raise FileDamaged(file=file, reason=f"its part {name} is corrupt") from error


def parse_xml(content: bytes, *, file: str, name: str) -> etree._Element:
    """Return the root of an XML part, without resolving entities, reading a DTD or going to the network."""
    _check_entities(content, file=file)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FileDamaged(file=file, reason=f"its part {name} is not well-formed XML") from error


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace, "" of a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _check_count(count: int, *, file: str) -> None:
    if count > ENTRY_LIMIT:
        raise FileInflated(file=file, size=f"{count} × n", limit=f"{ENTRY_LIMIT} × n")


def _check_size(size: int, *, file: str) -> None:
    if size > SIZE_LIMIT:
        raise FileInflated(file=file, size=size, limit=SIZE_LIMIT)


def _unpacked_size(entry: zipfile.ZipInfo, content: bytes, *, file: str) -> int:
    """Return the true size of an entry; FileDamaged when the archive declares another."""
    mark, name_length, extra_length = _LOCAL_HEADER.unpack_from(content, entry.header_offset)
    start = entry.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    packed = memoryview(content)[start : start + entry.compress_size]
    if mark != b"PK\x03\x04" or len(packed) < entry.compress_size:
        raise FileDamaged(file=file, reason="the archive is cut short")
    if entry.compress_type == zipfile.ZIP_STORED:
        size = len(packed)
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        size = 0
        for length in _inflated(packed):
            size += length
            if size > entry.file_size:
                break
    else:
        raise FileDamaged(file=file, reason=f"its part {entry.filename} is packed in an unusual way")
    if size != entry.file_size:
        raise FileDamaged(file=file, reason=f"its part {entry.filename} has not the size that it declares")
    return size


def _inflated(packed: memoryview) -> Iterator[int]:
    """Yield the lengths of the pieces that a deflated entry unpacks to, one at a time in memory."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    for start in range(0, len(packed), _PIECE):
        pending: bytes | memoryview = packed[start : start + _PIECE]
        while pending and not unpacker.eof:
            yield len(unpacker.decompress(pending, _PIECE))
            pending = unpacker.unconsumed_tail
    while not unpacker.eof and (piece := unpacker.decompress(unpacker.unconsumed_tail, _PIECE)):
        yield len(piece)


def _check_entities(content: bytes, *, file: str) -> None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:4]:
        content = content.replace(b"\x00", b"")  # UTF-16: the marks looked for are ASCII
    declared = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    encoding = declared.group(1).lower() if declared else b"utf-8"
    if encoding not in _PLAIN_ENCODINGS or content.startswith(_EBCDIC):
        raise FileDamaged(file=file, reason="one of its parts is in an unusual encoding")
    if b"<!ENTITY" in content:
        raise FileDamaged(file=file, reason="one of its parts declares XML entities")
