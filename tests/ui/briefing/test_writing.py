"""A note says the same as Word, PDF and Markdown, and nothing that a document says is more than text."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.answer import Answer, DocumentRef, InitiativeRef, ThemeRef
from tests.ui.briefing.notes import (
    is_tagged,
    note,
    part,
    pdf_links,
    pdf_text,
    two_sources,
    word_links,
    word_text,
)
from tests.ui.fakes import answer, citation
from ui.briefing import writing
from ui.briefing.press import TEMPLATE
from ui.briefing.writing import FORMATS, broken, escaped, written
from ui.errors import NoteFailed, NoteFormatUnknown

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> ![i](javascript:alert(2)) "
    '[l](javascript:alert(3)) #emph[x] #link("file:///etc/passwd")[y] #read("/etc/passwd") $x^2$ '
    "\\textbf{z} \\input{/etc/passwd} `c` &lt;b&gt; ~~s~~ | a | @cite {{ t }}"
)
UNPRINTABLE = "a\x00b\x1bc\ud800d\ufffee\u202ef"
TABLE = "|  | A | B |\n| --- | --- | --- |\n| **Forme** | coopérative [1] | régie [1][2] |"
COMMON = MarkdownIt("commonmark", {"html": True}).enable("table")


def markdown_text(file: bytes) -> str:
    return file.decode("utf-8")


def markdown_links(file: bytes) -> list[str]:
    return re.findall(r"(?<!\\)\]\(([^)]*)\)", file.decode("utf-8"))


TEXT: dict[str, Callable[[bytes], str]] = {"docx": word_text, "pdf": pdf_text, "md": markdown_text}
LINKS: dict[str, Callable[[bytes], list[str]]] = {"docx": word_links, "pdf": pdf_links, "md": markdown_links}


def hostile() -> Answer:
    """Return an answer whose every field holds markup of all kinds."""
    evil = citation(
        document=DocumentRef("d", HOSTILE, f"{HOSTILE}.md"),
        theme=ThemeRef("t", HOSTILE),
        initiative=InitiativeRef("i", HOSTILE, "javascript:alert(4)", HOSTILE),
        quote=HOSTILE,
    )
    text = f"{HOSTILE} [1]\n\n- {HOSTILE}\n\n| {HOSTILE.replace('|', '')} | b |\n| --- | --- |\n| c | d |"
    return answer(text, question=HOSTILE, standalone_question=HOSTILE + UNPRINTABLE, citations=(evil,))


def joined(text: str) -> str:
    """Return a text without what breaking lines does to it."""
    return re.sub(r"[\s\x02\u00ad-]", "", text)


def test_the_footnotes_of_word_are_its_own() -> None:
    file = written(note(two_sources("Un. [1] Deux. [2] Trois. [1]"), answer()), "docx")
    assert len(re.findall(r"<w:footnoteReference ", part(file, "word/document.xml"))) == 3
    said = word_text(file, "word/footnotes.xml").replace("\u00a0", " ")
    assert said.count("« Houlocoop réunit 350 sociétaires. »") == 2
    assert "NOTEREF note1 " in part(file, "word/document.xml")
    assert 'w:name="note1"' in part(file, "word/document.xml")


def test_word_knows_title_author_day_and_language() -> None:
    file = written(note(), "docx")
    said = part(file, "docProps/core.xml")
    assert all(
        one in said for one in ("Combien de sociétaires", "Atelier des Marées", "2026-12-01T00:00:00Z")
    )
    assert 'w:val="fr-FR"' in part(file, "word/styles.xml")
    assert 'w:val="en-GB"' in part(written(note(language="en"), "docx"), "word/styles.xml")


def test_word_numbers_its_pages_and_names_its_columns() -> None:
    file = written(note(two_sources(TABLE)), "docx")
    assert "<w:instrText>PAGE</w:instrText>" in part(file, "word/footer1.xml")
    assert "<w:tblHeader" in part(file, "word/document.xml")


def test_markdown_has_its_footnotes_below() -> None:
    text = written(note(two_sources("Un. [1] Deux. [2] Trois. [1]")), "md").decode("utf-8")
    assert "Un.[^1] Deux.[^2] Trois.[^1]" in text
    assert text.count("\n[^1]: «\u00a0Houlocoop réunit") == 1
    assert len(re.findall(r"^\[\^\d\]: ", text, re.MULTILINE)) == 2
    assert text.startswith("# Combien de sociétaires\u00a0?\n")


def test_markdown_has_tables() -> None:
    text = written(note(two_sources(TABLE)), "md").decode("utf-8")
    assert "| **Forme** | coopérative[^1] | régie[^1][^2] |" in text


def test_the_pdf_is_tagged_and_says_what_it_is() -> None:
    file = written(note(two_sources(TABLE)), "pdf")
    assert is_tagged(file)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in file
    assert b"/Lang(fr-FR)" in file
    assert b"/DisplayDocTitle true" in file
    said = joined(pdf_text(file))
    assert joined("Combien de sociétaires ?") in said
    assert (
        joined("« Houlocoop réunit 350 sociétaires. » – Houlocoop (initiatives/houlocoop.md), p. 4.") in said
    )
    assert "page1/1" in said


def test_an_english_pdf_says_so() -> None:
    assert b"/Lang(en-GB)" in written(note(answer(language="en"), language="en"), "pdf")


def test_words_of_any_script_come_out_as_pdf() -> None:
    file = written(note(answer("Houle 波 😀 موجة [1]")), "pdf")
    assert is_tagged(file)
    assert "Houle" in pdf_text(file)


@pytest.mark.parametrize("form", FORMATS)
def test_links_lead_to_the_web_only(form: str) -> None:
    file = written(note(hostile(), answer("Voir http://port.example/quai. [1]")), form)
    links = LINKS[form](file)
    assert {"http://port.example/quai", "https://houlocoop.example/"} <= set(links)
    assert all(re.match(r"https?://", link) for link in links)


def test_hostile_text_is_text_in_word() -> None:
    file = written(note(hostile()), "docx")
    for name in ("word/document.xml", "word/footnotes.xml"):
        said = re.sub(r"\s", "", word_text(file, name))
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;imgsrc=xonerror=alert(1)&gt;" in said
        assert "\\textbf{z}\\input{/etc/passwd}`c`&amp;lt;b&amp;gt;" in said


def test_hostile_text_is_text_in_a_pdf() -> None:
    said = joined(pdf_text(written(note(hostile()), "pdf")))
    assert said.count("<script>alert(1)</script><imgsrc=xonerror=alert(1)>") >= 6
    assert said.count('#emph[x]#link("file:///etc/passwd")[y]#read("/etc/passwd")$x^2$\\textbf{z}') >= 6
    assert "root:" not in said


def test_hostile_text_is_text_in_markdown() -> None:
    text = written(note(hostile()), "md").decode("utf-8")
    tokens = [one for token in COMMON.parse(text) for one in [token, *(token.children or [])]]
    kinds = {one.type.removesuffix("_open").removesuffix("_close") for one in tokens}
    assert not kinds & {
        "html_block",
        "html_inline",
        "image",
        "code_inline",
        "fence",
        "code_block",
        "blockquote",
    }
    assert all(re.match(r"https?://", str(one.attrs["href"])) for one in tokens if one.type == "link_open")
    assert (
        "".join(one.content for one in tokens if one.type == "text").count("<script>alert(1)</script>") >= 6
    )


@pytest.mark.parametrize("form", FORMATS)
def test_what_no_file_can_hold_breaks_none(form: str) -> None:
    broken = citation(quote=UNPRINTABLE, document=DocumentRef("d", UNPRINTABLE, UNPRINTABLE))
    made = note(answer(f"{UNPRINTABLE} [1]", question=UNPRINTABLE, citations=(broken,)))
    file = written(made, form)
    said = TEXT[form](file)
    assert "abcdef" in said


@pytest.mark.parametrize("form", FORMATS)
def test_a_word_without_end_is_whole_in_every_format(form: str) -> None:
    file = written(note(answer("x" * 100_000 + " [1]")), form)
    said = TEXT[form](file)
    assert joined(said).count("x") >= 100_000


def test_no_line_of_a_pdf_leaves_its_page() -> None:
    long = "https://houlocoop.example/" + "quai/" * 60 + "y" * 300
    table = (
        f"| {'z' * 90} | B | C | D | E | F |\n{'| --- ' * 6}|\n| {long} | {'w' * 90} | | | | {'v' * 300} |"
    )
    file = written(note(answer(f"{long} [1]\n\n{'x' * 500}\n\n{table}", question="q" * 300)), "pdf")
    document = writing_pages(file)
    assert all(left > 0 and right < width for left, right, width in document)


def writing_pages(file: bytes) -> list[tuple[float, float, float]]:
    """Return of each letter of a PDF where it begins and ends, and how wide its page is."""
    import pypdfium2

    found = []
    for page in pypdfium2.PdfDocument(file):
        text = page.get_textpage()
        boxes = [text.get_charbox(place) for place in range(text.count_chars())]
        found += [(left, right, page.get_width()) for left, _, right, _ in boxes if right > left]
    assert len(found) > 1000
    return found


@given(st.text(alphabet="ab1 .)(-+*_#>[]!`~|<&;:=\\{}$^\"'/é", max_size=40))
def test_words_in_markdown_read_as_themselves(text: str) -> None:
    words = text.split()
    line = " ".join(str(escaped(word, place == 0)["c"][1]) for place, word in enumerate(words))
    tokens = COMMON.parse(line)
    assert [one.type for one in tokens] == (["paragraph_open", "inline", "paragraph_close"] if words else [])
    read = "".join(one.content for token in tokens for one in token.children or [])
    assert read == " ".join(words)


def test_only_long_words_are_broken() -> None:
    assert broken("court et\u00a0court", longest=10) == "court et\u00a0court"
    assert broken("x" * 12, longest=10).split("\u200b") == ["xxxxx", "xxxxx", "xx"]


def test_an_address_is_broken_after_its_marks() -> None:
    parts = broken("https://houlocoop.example/quai?a=1", longest=20).split("\u200b")
    assert parts == ["https://", "houlocoop.", "example/", "quai?", "a=", "1"]


def test_an_unknown_format_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(NoteFormatUnknown, match="docx, pdf, md"):
        written(note(), "odt")


@pytest.mark.parametrize("form", FORMATS)
def test_a_program_that_does_not_end_is_ended(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written(note(), "docx")  # pandoc's own reference document is asked for once
    monkeypatch.setattr(writing, "SECONDS", 0.001)
    with pytest.raises(NoteFailed, match="no answer within"):
        written(note(), form)


def test_a_program_that_fails_is_told_by_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(args: list[str], **_named: object) -> None:
        raise subprocess.CalledProcessError(97, args)

    monkeypatch.setattr(subprocess, "run", fail)
    with pytest.raises(NoteFailed, match="pdf: it ended with code 97"):
        written(note(), "pdf")


def test_a_missing_pandoc_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("ui.briefing.writing.pypandoc.__file__", str(tmp_path / "pypandoc.py"))
    with pytest.raises(NoteFailed, match="pandoc is not installed"):
        written(note(), "md")


def test_the_template_fetches_nothing() -> None:
    template = TEMPLATE.read_text(encoding="utf-8")
    assert not re.search(
        r"#(?:import|include)|\b(?:read|image|eval|plugin|csv|yaml|toml|xml)\(|@preview", template
    )
