from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.naming import id_of, title_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Rapport d'été.txt", "rapport-d-ete"),
        ("2024/Ports & Quais.v2.md", "2024-ports-quais-v2"),
        ("Cœur d'îlot.md", "coeur-d-ilot"),
        ("…….md", "document"),
        ("x" * 200 + ".md", "x" * 80),
    ],
)
def test_a_document_id_is_made_of_the_file_name(name: str, expected: str) -> None:
    assert id_of(name) == expected


def test_a_title_is_the_file_name_without_its_marks() -> None:
    assert title_of("notes/Rapport_de  mission-2.md") == "Rapport de mission 2"


@given(
    st.text(alphabet=st.characters(blacklist_characters="/\0"), min_size=1).filter(lambda n: n not in "..")
)
def test_every_file_name_makes_an_id_of_plain_letters(name: str) -> None:
    made = id_of(f"{name}.md")
    assert made.replace("-", "").isalnum()
    assert made.isascii()
    assert made == made.lower()
    assert len(made) <= 80
