from __future__ import annotations

from corpus.documents import Passage

PASSAGE = Passage("d", "Le port", "d.txt", "Un quai.", 12, 20)


def test_a_passage_is_known_by_its_document_and_place() -> None:
    assert PASSAGE.id == "d#12"


def test_what_is_embedded_says_what_the_passage_is_about() -> None:
    assert PASSAGE.embedded_text == "Le port\nUn quai."
    with_section = Passage("d", "Le port", "d.txt", "Un quai.", 12, 20, section="Bateaux")
    assert (PASSAGE.heading, with_section.heading) == ("Le port", "Le port — Bateaux")
    assert with_section.embedded_text == "Le port — Bateaux\nUn quai."
