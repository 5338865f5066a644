"""A fiche is written so that it is read back the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.catalogue import Theme, read_fiche
from ui.team.catalogue.writing import file_name, file_text, first_text, parts

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=40
).filter(lambda text: text.strip() != "")


@given(name=WORDS, aliases=st.lists(WORDS, max_size=3), body=WORDS)
def test_whatever_is_in_it_a_fiche_is_read_back_as_it_was(name: str, aliases: list[str], body: str) -> None:
    fiche = Theme(kind="theme", id="a", name=name, aliases=tuple(aliases))
    fields, said = parts(file_text(fiche, body), file="a.md")
    assert read_fiche(fields, file="a.md") == fiche
    assert said == body.strip() + "\n"


def test_what_looks_like_yaml_stays_text() -> None:
    for name in ("yes", "null", "12", "- a", "{b: c}", "# d", "---", "a: b", "2011-01-01", "'", '"', "&x *x"):
        fiche = Theme(kind="theme", id="a", name=name)
        assert parts(file_text(fiche, "Un texte."), file="a.md")[0]["name"] == name


def test_a_text_that_begins_like_front_matter_stays_a_text() -> None:
    fiche = Theme(kind="theme", id="a", name="A")
    assert parts(file_text(fiche, "---\nid: b\n---\n\nUn texte."), file="a.md")[1].startswith(
        "---\nid: b\n---"
    )


def test_a_new_fiche_has_a_file_of_its_kind() -> None:
    assert file_name(Theme(kind="theme", id="ports", name="Ports")) == "themes/ports.md"
    assert first_text("Sel et vent") == "# Sel et vent\n"
    assert first_text("", "") == ""
