from __future__ import annotations

from assistant.answer import Draft, Support, markdown, number_citations
from corpus.documents import Passage

ONE = Passage("a", "A", "a.md", "Un. Deux.", 0, 9)
TWO = Passage("b", "B", "b.md", "Trois.", 0, 6)


def test_markers_are_numbered_in_order_of_first_use_and_shared_by_the_same_quote() -> None:
    drafts = [
        Draft("Trois.", (Support(TWO, "Trois."),)),
        Draft("Un.", (Support(ONE, "Un."), Support(TWO, "Trois."))),
    ]
    marked, supports = number_citations(drafts)
    assert [markers for _, markers in marked] == [(1,), (2, 1)]
    assert [support.quote for support in supports] == ["Trois.", "Un."]


def test_another_quote_of_the_same_passage_is_another_citation() -> None:
    _, supports = number_citations([Draft("x", (Support(ONE, "Un."),)), Draft("y", (Support(ONE, "Deux."),))])
    assert len(supports) == 2


def test_prose_runs_on_and_framing_has_a_paragraph_of_its_own() -> None:
    cited = [(Draft("Un.", (Support(ONE, "Un."),)), (1,)), (Draft("Deux.", (Support(ONE, "Deux."),)), (2,))]
    assert markdown(cited, layout="prose") == "Un. [1] Deux. [2]"
    assert markdown([(Draft("Voici :"), ()), cited[0]], layout="prose") == "Voici :\n\nUn. [1]"


def test_a_list_has_a_bullet_for_each_cited_line() -> None:
    marked = [(Draft("Deux lignes :"), ()), (Draft("Un.", (Support(ONE, "Un."),)), (1,))]
    assert markdown(marked, layout="list") == "Deux lignes :\n\n- Un. [1]"


def test_a_table_has_a_row_a_field_and_escapes_what_would_break_it() -> None:
    cells = [
        (Draft("a|b", (Support(ONE, "Un."),), cell=("Forme", "X")), (1,)),
        (Draft("non documenté", cell=("Forme", "Y")), ()),
    ]
    lines = markdown(cells, layout="table").splitlines()
    assert lines == ["|  | X | Y |", "| --- | --- | --- |", "| **Forme** | a\\|b [1] | non documenté |"]
