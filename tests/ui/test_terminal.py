"""Results fit a terminal, in both languages, and cannot take it over."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.answer import Sentence
from corpus.catalogue import Catalogue
from corpus.documents import Language
from corpus.errors import FileEmpty
from corpus.records import DocumentRow, Version
from ingest.finding import Refusal
from ingest.report import Report
from tests.ui.fakes import CATALOGUE, answer, citation
from ui.terminal import (
    answer_lines,
    catalogue_lines,
    documents_lines,
    passages_lines,
    plain,
    report_lines,
    report_to_json,
)

ESCAPE = "\x1b[2J\x07\u202e\u2028"


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of 60 columns."""
    monkeypatch.setenv("COLUMNS", "60")


def passage(**fields: object) -> dict[str, Any]:
    """Return a passage as `search` gives it."""
    whole: dict[str, Any] = {
        "document": {"id": "houlocoop", "title": "Houlocoop", "file": "houlocoop.md"},
        "page": None,
        "theme": {"id": "houle", "name": "Énergies de la houle"},
        "initiative": {"id": "houlocoop", "name": "Houlocoop"},
        "passage": "Un paragraphe.\n\nUn autre.",
        "score": 0.876,
    }
    return {**whole, **fields}


def test_an_answer_comes_with_its_sources_and_what_to_ask_next() -> None:
    assert list(answer_lines(answer())) == [
        "Houlocoop réunit 350 sociétaires. [1]",
        "",
        "Sources",
        "[1] Houlocoop · Énergies de la houle · p. 4 ·",
        "    initiatives/houlocoop.md",
        "    « Houlocoop réunit 350 sociétaires. »",
        "    https://houlocoop.example/",
        "",
        "Pour continuer",
        "  · Où est Houlocoop ?",
    ]


def test_an_english_answer_is_laid_out_in_english() -> None:
    lines = list(answer_lines(answer(language="en")))
    assert "To go on" in lines
    assert "    “Houlocoop réunit 350 sociétaires.”" in lines


def test_an_answer_without_sources_names_none() -> None:
    bare = answer(
        "Je ne sais pas.", citations=(), suggestions=(), sentences=(Sentence("Je ne sais pas.", ()),)
    )
    assert list(answer_lines(bare)) == ["Je ne sais pas."]


def test_lines_are_wrapped_to_the_terminal_and_tables_are_not() -> None:
    table = "| " + " | ".join(["colonne"] * 12) + " |"
    lines = list(answer_lines(answer("mot " * 40 + "\n\n- " + "point " * 20 + "\n\n" + table)))
    assert table in lines
    assert all(len(line) <= 60 for line in lines if line != table)
    [bullet] = [place for place, line in enumerate(lines) if line.startswith("- ")]
    assert lines[bullet + 1].startswith("  point")


def test_a_passage_is_numbered_and_keeps_its_paragraphs() -> None:
    assert list(passages_lines([passage(page=7)], "en")) == [
        " 1. 0.88 · Houlocoop · Énergies de la houle · p. 7",
        "    Un paragraphe.",
        "",
        "    Un autre.",
    ]


def test_no_passage_is_said() -> None:
    assert list(passages_lines([], "fr")) == ["aucun passage"]
    assert list(passages_lines([], "en")) == ["no passage"]


@pytest.mark.parametrize(
    ("language", "documents", "head", "row"),
    [
        ("fr", 0, "Version 2 : 0 document, 0 passage", None),
        ("fr", 1, "Version 2 : 1 document, 5 passages", "  a  Note · note.md · 5 passages"),
        ("en", 0, "Version 2: 0 documents, 0 passages", None),
        ("en", 1, "Version 2: 1 document, 5 passages", "  a  Note · note.md · 5 passages"),
    ],
)
def test_documents_are_counted_as_the_language_counts(
    language: Language, documents: int, head: str, row: str | None
) -> None:
    rows = (DocumentRow("a", "Note", "note.md", "0" * 64, 5),) * documents
    version = Version(2, datetime.now(UTC), "fake", 5 * documents, rows)
    assert list(documents_lines(version, language)) == [head, *filter(None, [row])]


def test_the_catalogue_lists_themes_then_initiatives() -> None:
    assert list(catalogue_lines(CATALOGUE, "en")) == [
        "Themes",
        "  houle · Wave energy",
        "Initiatives",
        "  houlocoop · Houlocoop (Wave energy) · Audierne · https://houlocoop.example/",
    ]


def test_an_empty_catalogue_is_said_to_be_empty() -> None:
    assert list(catalogue_lines(Catalogue(), "fr")) == [
        "Aucun thème : aucune fiche n’en décrit.",
        "Aucune initiative : aucune fiche n’en décrit.",
    ]


@pytest.mark.parametrize(
    ("report", "lines"),
    [
        (Report(1, True, 9, added=["a", "b"]), ["+2 documents", "version 1 published: 9 passages"]),
        (Report(2, False, 1, changed=["a"]), ["1 changed", "version 2 staged but not published: 1 passage"]),
        (Report(2, False, 9, unchanged=["a"]), ["1 unchanged", "version 2 as before: 9 passages"]),
        (Report(3, True, 0, removed=["a"]), ["1 removed", "version 3 published: 0 passages"]),
        (
            Report(None, False, 0, refused=[Refusal("a.md", FileEmpty(file="a.md"))]),
            ["1 refused:", "  a.md: holds no text; check that the right file was saved", "no index"],
        ),
    ],
)
def test_a_change_is_told_in_a_line_with_its_version(report: Report, lines: list[str]) -> None:
    assert list(report_lines(report, "en")) == lines


def test_a_refusal_in_json_is_in_the_language_of_the_user() -> None:
    report = Report(1, False, 0, refused=[Refusal("a.md", FileEmpty(file="a.md"))])
    [refused] = report_to_json(report, "fr")["refused"]
    assert refused["error"] == "FileEmpty"
    assert refused["message"].startswith("a.md")
    assert "aucun texte" in refused["message"]


def test_nothing_from_a_document_reaches_the_terminal_as_a_command() -> None:
    row = DocumentRow("a", ESCAPE, ESCAPE, "0" * 64, 5)
    lines = [
        *answer_lines(answer(ESCAPE + " texte", citations=(citation(quote=ESCAPE + "mot"),))),
        *passages_lines([passage(passage=ESCAPE + "mot")], "fr"),
        *documents_lines(Version(2, datetime.now(UTC), "fake", 5, (row,)), "fr"),
        *report_lines(Report(1, False, 0, refused=[Refusal("x", FileEmpty(file=ESCAPE))]), "fr"),
    ]
    assert [line for line in lines if not line.isprintable()] == []


def test_a_plain_text_is_one_line() -> None:
    assert plain("a\nb\tc\x1b[31md") == "a b c [31md"
