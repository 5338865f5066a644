"""The press: a process of its own that sets one note as PDF, from standard input to standard output.

Typst has no limit of time; a process can be ended. It fetches nothing: `note.typ` names no package and no
file, and the fonts are those that the typst package carries.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import typst

TEMPLATE = Path(__file__).with_name("note.typ")


def pdf_of(note: str) -> bytes:
    """Return a note, as `writing.pdf_input` gives it, as PDF: tagged, of the standard PDF/UA-1.

    Words that the carried fonts have no letters for, such as Chinese ones, are set in fonts of the system
    where it has some; the standard, which allows no letter without a shape, is not claimed then.
    """
    try:
        return _set(note, standards=["ua-1"], plain=True)
    except typst.TypstError:
        return _set(note, standards=[], plain=False)


def _set(note: str, *, standards: list[typst.PDFStandard], plain: bool) -> bytes:
    year, month, day = json.loads(note)["date"]
    midnight = datetime(year, month, day, tzinfo=UTC)
    compiler = typst.Compiler(
        TEMPLATE.read_bytes(), root=TEMPLATE.parent, ignore_system_fonts=plain, sys_inputs={"note": note}
    )
    pdf = compiler.compile(format="pdf", pdf_standards=standards, timestamp=midnight)
    assert isinstance(pdf, bytes)
    return pdf


if __name__ == "__main__":
    sys.stdout.buffer.write(pdf_of(sys.stdin.buffer.read().decode("utf-8")))
