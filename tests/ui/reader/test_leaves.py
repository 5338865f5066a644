"""A text becomes pages or parts, with headings, paragraphs and marks."""

from __future__ import annotations

from corpus.records import Filed
from ui.reader.leaves import LONGEST, Block, Leaf, blocks_of, leaves_of, plain_block


def filed(start: int, end: int, *, section: str = "", page: int | None = None) -> Filed:
    return Filed(f"d#{start}", "d", start, end, section, page, ())


def shown(blocks: list[Block]) -> list[tuple[str, str]]:
    return [(one.kind, "".join(piece.text for piece in one.pieces)) for one in blocks]


def test_pages_are_where_their_passages_are() -> None:
    leaves = leaves_of("a" * 30, [filed(0, 8, page=1), filed(10, 14, page=3), filed(15, 30, page=3)])
    assert leaves.are_pages
    assert leaves.all == (Leaf(1, 0, 8), Leaf(3, 10, 30))
    assert (leaves.count, leaves.of(2)) == (3, None)
    at = leaves.at(9)
    assert at
    assert at.number == 3


def test_a_text_without_pages_is_cut_between_its_paragraphs() -> None:
    text = "\n\n".join(["mot " * 100] * 300)
    leaves = leaves_of(text, [filed(0, len(text))])
    assert not leaves.are_pages
    assert len(leaves.all) > 1
    assert "".join(text[one.start : one.end] for one in leaves.all) == text
    assert all(one.end - one.start <= LONGEST for one in leaves.all)
    assert all(text[one.start :].startswith("\n\n") for one in leaves.all[1:])


def test_a_page_that_is_too_long_is_cut_into_parts() -> None:
    text = "m" * (3 * LONGEST)
    leaves = leaves_of(text, [filed(0, len(text), page=1)])
    assert not leaves.are_pages
    assert len(leaves.all) == 3


def test_no_text_has_no_leaf() -> None:
    assert leaves_of("", []).all == ()
    assert leaves_of("", []).at(4) is None


def test_headings_stand_where_their_sections_begin() -> None:
    text = "Premier paragraphe.\n\nDeuxième.\n\nTroisième."
    passages = [filed(0, 19, section="Un"), filed(21, 30, section="Un"), filed(32, 42, section="Deux")]
    blocks = blocks_of(text, Leaf(1, 0, 42), passages, title="Titre", marks=[], markdown=False)
    assert shown(blocks) == [
        ("heading", "Un"),
        ("paragraph", "Premier paragraphe."),
        ("paragraph", "Deuxième."),
        ("heading", "Deux"),
        ("paragraph", "Troisième."),
    ]


def test_markdown_has_its_headings_once_and_its_lists() -> None:
    text = "# Titre\n\n## Partie\n\nUn texte\nsur deux lignes.\n- un\n- deux\n"
    passages = [filed(text.index("Un"), len(text), section="Partie")]
    blocks = blocks_of(text, Leaf(1, 0, len(text)), passages, title="Titre", marks=[], markdown=True)
    assert shown(blocks) == [
        ("heading", "Partie"),
        ("paragraph", "Un texte\nsur deux lignes."),
        ("item", "un"),
        ("item", "deux"),
    ]


def test_a_hash_is_no_heading_elsewhere() -> None:
    text = "# Titre"
    blocks = blocks_of(text, Leaf(1, 0, 7), [filed(0, 7)], title="", marks=[], markdown=False)
    assert shown(blocks) == [("paragraph", "# Titre")]


def test_a_mark_goes_on_through_paragraphs() -> None:
    text = "Un deux.\n\nTrois quatre."
    blocks = blocks_of(text, Leaf(1, 0, 23), [filed(0, 23)], title="", marks=[(3, 15)], markdown=False)
    marked = [[piece.text for piece in one.pieces if piece.marked] for one in blocks]
    assert marked == [["deux."], ["Trois"]]
    assert "".join(piece.text for one in blocks for piece in one.pieces) == "Un deux.Trois quatre."


def test_marks_of_a_plain_text_are_where_they_should_be() -> None:
    block = plain_block("un deux trois", [(8, 13), (0, 2)])
    assert [(piece.text, piece.marked) for piece in block.pieces] == [
        ("un", True),
        (" deux ", False),
        ("trois", True),
    ]
