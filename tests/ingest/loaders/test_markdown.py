"""Markdown: front matter, title and sections, in the text as its author wrote it but for bold and italics."""

from __future__ import annotations

import pytest

from corpus.errors import CatalogueWrong, FileEmpty
from ingest.loaders.markdown import load

FICHE = """\
---
id: ports-partages
kind: theme
---

Chapeau.

# Ports partagés

Un **port** partagé.

## Mesures ##

- Trois ports
"""


def test_front_matter_becomes_fields_and_the_body_keeps_its_words() -> None:
    extract = load(FICHE.encode(), file="pp.md")
    assert extract.fields == {"id": "ports-partages", "kind": "theme"}
    assert extract.text == FICHE.split("---\n")[2].strip().replace("**", "") + "\n"
    assert (extract.title, extract.typeset, extract.pages) == ("Ports partagés", False, ())


def test_sections_begin_at_headings_and_the_title_heads_none() -> None:
    extract = load(FICHE.encode(), file="pp.md")
    sections = [(one.heading, extract.text[one.start : one.end].strip()) for one in extract.sections]
    assert sections == [("", "Chapeau."), ("", "Un port partagé."), ("Mesures", "- Trois ports")]


def test_text_is_normalised_before_it_is_cut() -> None:
    extract = load("# Marées\r\n\r\nL'e\u0301tale\u00ad\r\n".encode(), file="m.md")
    assert extract.text == "# Marées\n\nL'étale\n"


def test_a_file_without_front_matter_has_no_fields() -> None:
    assert load(b"Une ligne.", file="m.md").fields is None


@pytest.mark.parametrize("content", [b"# Titre\n## Autre\n", b"---\nid: a\n---\n", b"# Titre\n\n***\n"])
def test_headings_alone_are_no_text(content: bytes) -> None:
    with pytest.raises(FileEmpty):
        load(content, file="m.md")


def test_broken_front_matter_names_the_file() -> None:
    with pytest.raises(CatalogueWrong, match=r"m\.md: front matter"):
        load(b"---\nid: a\n", file="m.md")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("**Comment est né le port ?** Un hiver.", "Comment est né le port ? Un hiver."),
        ("*Propos recueillis à Brest* et ***trois ports***", "Propos recueillis à Brest et trois ports"),
        ("un __quai__ et une _cale_", "un quai et une cale"),
        ("2 * 3 * 4 et tarif_bleu_nuit", "2 * 3 * 4 et tarif_bleu_nuit"),
        ("* un quai\n* une cale", "* un quai\n* une cale"),
        ("habitant*e*s, \\*tel quel\\*", "habitant*e*s, \\*tel quel\\*"),
    ],
)
def test_marks_of_bold_and_italics_are_no_words(written: str, said: str) -> None:
    assert load(written.encode(), file="m.md").text == f"{said}\n"
