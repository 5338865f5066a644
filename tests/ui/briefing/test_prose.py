"""The text of an answer keeps its shapes, and its markers become footnotes."""

from __future__ import annotations

import pytest

from tests.ui.briefing.notes import kinds, told
from ui.briefing import tree
from ui.briefing.prose import MOST_COLUMNS, answer_to_blocks
from ui.briefing.tree import Node


def blocks(text: str) -> list[Node]:
    """Return the blocks of a text that may cite by markers 1 and 2, each footnote the word ‹1› or ‹2›."""
    return answer_to_blocks(text, lambda marker: tree.words(f"‹{marker}›") if marker in (1, 2) else [])


def test_paragraphs_and_lists_stay_what_they_are() -> None:
    assert [one["t"] for one in blocks("Un.\n\n- a\n- b\n\n3. c\n")] == ["Para", "BulletList", "OrderedList"]
    assert blocks("3. c")[0]["c"][0][0] == 3


def test_bold_italics_and_ends_of_lines_stay() -> None:
    assert {"Strong", "Emph", "LineBreak"} <= set(kinds(blocks("**a** *b*  \nc")))
    assert told(blocks("a\nb")) == "a b"


def test_a_footnote_stands_close_to_its_word() -> None:
    assert told(blocks("Un. [1] Deux [2].")) == "Un.‹1› Deux‹2›."
    assert told(blocks("**Un** [1]")) == "Un‹1›"


def test_two_footnotes_side_by_side_are_not_read_as_one_number() -> None:
    for text in ("Un. [1][2]", "Un. [1] [2]"):
        [block] = blocks(text)
        raw = [one["c"] for one in block["c"] if one["t"] == "RawInline"]
        assert [form for form, _ in raw] == ["openxml", tree.AGAIN]
    assert "RawInline" not in kinds(blocks("Un. [1] Deux. [2]"))


def test_a_marker_that_points_to_nothing_stays_text() -> None:
    assert told(blocks("Un. [7] [12345]")) == "Un.\u00a0[7] [12345]"


def test_a_table_that_fits_is_a_table() -> None:
    [block] = blocks("|  | A | B |\n| --- | --- | --- |\n| **Forme** | coopérative [1] | |")
    assert block["t"] == "Table"
    assert told(block) == "ABFormecoopérative‹1›"
    assert "Strong" in kinds(block)


def test_a_table_that_is_too_wide_is_told_row_by_row() -> None:
    count = MOST_COLUMNS + 1
    head = "|" + "|".join(f"T{place}" for place in range(count)) + "|"
    rows = "|".join(f"v{place}" for place in range(count - 1))
    text = f"{head}\n{'|---' * count}|\n|{rows}| |"
    found = blocks(text)
    assert kinds(found)[0] == "BulletList"
    assert "Table" not in kinds(found)
    assert told(found).startswith("v0T1 – v1T2 – v2")
    assert f"T{count - 1}" not in told(found)  # an empty cell says nothing


def test_an_address_is_a_link() -> None:
    [block] = blocks("Voir https://houlocoop.example/a.")
    assert kinds(block).count("Link") == 1
    assert told(block).endswith("example/a.")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "![image](javascript:x)",
        "[lien](javascript:alert(1))",
        "# titre\n\n> cité\n\n```\ncode\n```\n\n---",
        "$x^2$ `y` ~~z~~",
        "#emph[x] @note \\textbf{x}",
    ],
)
def test_other_markup_is_words(text: str) -> None:
    assert set(kinds(blocks(text))) <= {"Para", "Str", "Space"}
