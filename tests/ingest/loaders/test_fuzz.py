"""Damaged files of every format: refused by name or read, never a crash, a hang or a stray file.

`PASSERELLE_FUZZ=20000` tries more than the usual 2,000 cases.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from odf.text import P

from corpus.errors import CatalogueWrong, DocumentRefused
from ingest.isolation import IsolatedReaders
from ingest.parsing import parse
from tests.ingest.loaders.offices import (
    book,
    open_slides,
    open_text,
    parts_of,
    slides,
    word,
    workbook,
    zipped,
)
from tests.ingest.loaders.pdfs import encoded, pdf, picture, said

CASES = int(os.environ.get("PASSERELLE_FUZZ", "2000"))
SECONDS = 60.0
FRONT = "---\nkind: theme\nid: ports\nname: Ports\naliases: [quais, cales]\n---\n\n# Ports\n\nUn quai.\n"
INTRUDERS = [b"\x00", b"<", b"&", b"%PDF-", b"\xff\xfe", b"---\n", b"[" * 3000, b"9" * 400]
PAGE = (
    "<!doctype html><html><head><title>Le port</title><style>p{color:red}</style></head><body><nav>Menu</nav>"
    "<h1>Le port</h1><p>Un <b>quai</b>.<table><tr><th>Port</th><td>Brest</td></tr></table><p hidden>Rien</p>"
)


def _texts(fill: Callable[[str], object]) -> None:
    for text in ("L'Atelier des Marées suit 42 bouées.", "Un port partagé ouvre ses quais à tous."):
        fill(text)


def _slide(deck: object) -> None:
    presentation: object = deck
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])  # type: ignore[attr-defined]
    slide.shapes.title.text = "Ports"
    slide.placeholders[1].text = "Un quai ouvert à la pêche."
    slide.notes_slide.notes_text_frame.text = "À dire lentement."


SAMPLES: dict[str, bytes] = {
    ".pdf": pdf(said("L'Atelier des Marées suit 42 bouées.", "Un port."), said("Une page.", "Un quai.")),
    ".docx": word(lambda document: _texts(document.add_paragraph)),
    ".pptx": slides(_slide),
    ".xlsx": workbook(lambda made: made.worksheets[0].append(["Port", "Brest", 12])),
    ".odt": open_text(lambda document: _texts(lambda text: document.text.addElement(P(text=text)))),
    ".odp": open_slides(lambda document, master: None),
    ".epub": book({"a.xhtml": "<h1>Ports</h1><p>Un quai.</p>"}),
    ".html": PAGE.encode(),
    ".md": FRONT.encode(),
    ".txt": b"Exemple 1 : Houlocoop https://h.example/\n\nForce de cette initiative : la houle.\n" * 3,
    ".csv": "Port;Bateaux\nBrest;12\nRoscoff;8\n".encode("utf-16"),
}


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return bytes with some changed, cut out, doubled or moved."""
    made = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 8, 40])):
        if not made:
            break
        at = chance.randrange(len(made))
        end = min(len(made), at + chance.choice([1, 2, 16, 400]))
        change = chance.randrange(5)
        if change == 0:
            made[at] = chance.randrange(256)
        elif change == 1:
            del made[at:end]
        elif change == 2:
            made[at:at] = made[at:end] * chance.choice([1, 2, 50])
        elif change == 3:
            made[at:end] = chance.randbytes(end - at)
        else:
            made[at:at] = chance.choice(
                [b"\x00", b"<", b"&", b"%PDF-", b"\xff\xfe", b"---\n", b"[" * 3000, b"9" * 400]
            )
    return bytes(made)


def cases(count: int) -> Iterator[tuple[str, bytes]]:
    """Yield suffixes and damaged files: of an archive, whole or in one of its parts."""
    chance = random.Random(11)
    suffixes = list(SAMPLES)
    for number in range(count):
        suffix = suffixes[number % len(suffixes)]
        content = SAMPLES[suffix]
        if content.startswith(b"PK") and chance.random() < 0.8:
            parts = parts_of(content)
            name = chance.choice([one for one in parts if one.endswith((".xml", ".xhtml", ".rels", ".opf"))])
            yield suffix, zipped({**parts, name: damaged(parts[name], chance)})
        else:
            yield suffix, damaged(content, chance)


@pytest.mark.slow
def test_whatever_is_done_to_a_file_it_is_read_or_refused(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    readers = IsolatedReaders(megabytes=2000)
    read = 0
    refused: list[tuple[str, str]] = []
    try:
        waiting = []
        for number, (suffix, content) in enumerate(cases(CASES)):
            file = folder / f"{number}{suffix}"
            file.write_bytes(content)
            waiting.append(
                (file, readers.submit(parse, file, file=file.name, suffix=suffix, seconds=SECONDS))
            )
        for file, future in waiting:
            try:
                parsed = readers.result(future, file=file.name, seconds=SECONDS)
            except (DocumentRefused, CatalogueWrong) as reason:
                refused.append((file.name, str(reason)))
            else:
                assert parsed.document or parsed.unread
                read += 1
    finally:
        readers.close()
    # Some damage is harmless and some is not: with neither, nothing would have been tried.
    assert read > CASES / 20
    assert len(refused) > CASES / 20
    assert all(name in reason for name, reason in refused)
    died = ("ends the process", "could not be read within", "to be read; split it")
    assert [reason for _, reason in refused if any(one in reason for one in died)] == []
    assert {path.name for path in tmp_path.iterdir()} == {"in"}
    assert len(list(folder.iterdir())) == CASES


def test_the_sound_samples_are_read(tmp_path: Path) -> None:
    for suffix, content in {**SAMPLES, ".png": encoded(picture("Un port partagé"), kind="PNG")}.items():
        if suffix == ".odp":
            continue  # an empty one: its parts are what is damaged
        file = tmp_path / f"sound{suffix}"
        file.write_bytes(content)
        parsed = parse(file, file=file.name, suffix=suffix)
        assert parsed.document
        assert parsed.document.text.strip()
