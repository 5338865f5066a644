from __future__ import annotations

import pytest

from corpus.documents import Document, Passage

DOCUMENT = Document(id="d", title="D", file="d.txt", sha256="", text="un deux trois", pages=(0, 3, 8))
PASSAGE = Passage("d", "Le port", "d.txt", "Un quai.", 12, 20)


@pytest.mark.parametrize(("offset", "page"), [(0, 1), (2, 1), (3, 2), (7, 2), (8, 3), (12, 3)])
def test_the_page_of_an_offset_is_the_last_that_begins_before_it(offset: int, page: int) -> None:
    assert DOCUMENT.page_at(offset) == page


def test_a_document_without_pages_has_no_page() -> None:
    assert Document(id="d", title="D", file="d.txt", sha256="", text="un").page_at(0) is None


def test_a_passage_is_known_by_its_document_and_place() -> None:
    assert PASSAGE.id == "d#12"


def test_what_is_embedded_says_what_the_passage_is_about() -> None:
    assert PASSAGE.embedded_text == "Le port\nUn quai."
    with_section = Passage("d", "Le port", "d.txt", "Un quai.", 12, 20, section="Bateaux")
    assert with_section.embedded_text == "Le port — Bateaux\nUn quai."
