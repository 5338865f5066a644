from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Document, Passage
from ingest.extract import Section
from ingest.splitting import split

DOCUMENT = Document(id="port", title="Le port", file="port.md", sha256="0" * 64, text="")


def cut(text: str, *, size: int, sections: tuple[Section, ...] = ()) -> list[Passage]:
    whole = (Section("", 0, len(text)),)
    return split(replace(DOCUMENT, text=text), sections or whole, size=size)


# Repeated words and odd blanks: what an offset looked up by its text would get wrong.
TEXTS = st.text(alphabet="ab é.,;:!…\n\t\u00a0\u2028", max_size=300)


@given(TEXTS, st.integers(min_value=5, max_value=60))
def test_a_passage_is_the_slice_that_its_offsets_say(text: str, size: int) -> None:
    for passage in cut(text, size=size):
        assert text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip()
        assert 0 < len(passage.text) <= size


@given(TEXTS, st.integers(min_value=5, max_value=60))
def test_passages_follow_each_other_and_leave_out_blanks_only(text: str, size: int) -> None:
    passages = cut(text, size=size)
    starts, ends = [one.start for one in passages], [one.end for one in passages]
    left_out = [text[end:start] for end, start in zip([0, *ends], [*starts, len(text)], strict=True)]
    assert not any(gap.strip() for gap in left_out)
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


@given(TEXTS, TEXTS, st.integers(min_value=5, max_value=60))
def test_no_passage_crosses_a_heading(above: str, below: str, size: int) -> None:
    heading = "\n## Quais\n"
    text = above + heading + below
    start = len(above) + len(heading)
    sections = (Section("Bateaux", 0, len(above)), Section("Quais", start, len(text)))
    passages = cut(text, size=size, sections=sections)
    said = {passage.section for passage in passages}
    assert said == {name for name, own in (("Bateaux", above), ("Quais", below)) if own.strip()}
    for passage in passages:
        assert passage.section == ("Bateaux" if passage.start < len(above) else "Quais")
        assert passage.end <= len(above) or passage.start >= start


def test_a_short_section_is_one_passage() -> None:
    [passage] = cut("  Un port partagé.\n\nTrois quais.\n", size=100)
    assert passage.text == "Un port partagé.\n\nTrois quais."


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Un port ici.\n\nUn quai là-bas.", ["Un port ici.", "Un quai là-bas."]),
        ("Un port. Un quai ! Une barque…", ["Un port. Un quai !", "Une barque…"]),
        ("un port rouge, un quai bleu", ["un port rouge,", "un quai bleu"]),
        ("un port un quai une barque", ["un port un quai une", "barque"]),
        ("x" * 45, ["x" * 20, "x" * 20, "x" * 5]),
    ],
)
def test_a_text_is_cut_where_it_hurts_least(text: str, pieces: list[str]) -> None:
    assert [passage.text for passage in cut(text, size=20)] == pieces


def test_a_number_with_a_point_is_not_taken_for_the_end_of_a_sentence() -> None:
    assert [one.text for one in cut("Long. Il mesure 12.5 m.", size=20)] == ["Long.", "Il mesure 12.5 m."]


def test_a_passage_carries_its_document_and_the_page_and_fiche_of_its_section() -> None:
    document = replace(DOCUMENT, text="Un port.\n\nUn quai.")
    sections = [Section("Bateaux", 0, 10, page=1, entry="port"), Section("Bateaux", 10, 18, page=2)]
    first, second = split(document, sections, size=100)
    assert (first.document_id, first.title, first.file) == ("port", "Le port", "port.md")
    assert (first.section, first.page, second.page) == ("Bateaux", 1, 2)
    assert (first.entry, second.entry) == ("port", None)
    assert (first.id, second.id) == ("port#0", "port#10")


@pytest.mark.parametrize("text", ["", " \n\t\n "])
def test_blanks_make_no_passage(text: str) -> None:
    assert cut(text, size=20) == []
