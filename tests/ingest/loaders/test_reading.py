"""What every loader owes: one kind of error, headings beside the text, links with their targets."""

from __future__ import annotations

import warnings

import pytest

from corpus.errors import FileDamaged, FileEmpty, FileTooLong
from ingest.extract import Draft
from ingest.loaders.reading import finished, reading, with_target, write_heading


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("x"), AssertionError(), OSError(2, "x")])
def test_what_a_library_raises_becomes_damage(error: Exception) -> None:
    expected = pytest.raises(FileDamaged, match=r"c\.docx.*it cannot be read as a Word document")
    with expected, reading("a Word document", file="c.docx"):
        raise error


def test_a_nest_too_deep_is_named() -> None:
    with pytest.raises(FileDamaged, match="nested too deeply"), reading("a book", file="c.epub"):
        raise RecursionError


@pytest.mark.parametrize("error", [MemoryError(), FileTooLong(file="c", count=2, limit=1)])
def test_our_own_errors_and_a_lack_of_memory_pass(error: BaseException) -> None:
    with pytest.raises(type(error)), reading("a book", file="c.epub"):
        raise error


def test_warnings_of_libraries_are_silent() -> None:
    with warnings.catch_warnings(record=True) as caught, reading("a book", file="c.epub"):
        warnings.warn("of no use to a reader", stacklevel=1)
    assert caught == []


def test_a_draft_without_text_is_empty_unless_a_page_is_an_image() -> None:
    with pytest.raises(FileEmpty):
        finished(Draft(title="Titre"), file="c")
    draft = Draft()
    draft.page(unread=True)
    assert finished(draft, file="c").unread == (1,)


def test_a_heading_that_repeats_the_title_or_says_nothing_heads_nothing() -> None:
    draft = Draft(title="Carnet")
    for heading in ("Ports", " ", "Carnet"):
        write_heading(draft, heading)
        draft.paragraph("Texte")
    assert [one.heading for one in draft.finish().sections] == ["Ports", ""]


@pytest.mark.parametrize(
    ("text", "target", "shown"),
    [
        ("Houlocoop ", "https://houlocoop.example", "Houlocoop (https://houlocoop.example) "),
        ("Écrire", "mailto:a@b.example", "Écrire (a@b.example)"),
        ("voir HOULOCOOP.example/a", "https://www.houlocoop.example/a/", "voir HOULOCOOP.example/a"),
        ("Suite", "#chapitre", "Suite"),
        ("Suite", "file:///etc/passwd", "Suite"),
        ("Suite", "javascript:alert(1)", "Suite"),
        (" ", "https://houlocoop.example", " "),
    ],
)
def test_a_link_shows_where_it_leads_outside(text: str, target: str, shown: str) -> None:
    assert with_target(text, target) == shown
