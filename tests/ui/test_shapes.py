"""An answer's text is read in the same shapes by every face, and nothing of it gets lost."""

from __future__ import annotations

import pytest

from ui.shapes import parser, pieces


def test_markers_and_addresses_are_told_from_words() -> None:
    told = [(one.kind, one.text) for one in pieces("Voir https://houlocoop.example/a. [1][12]")]
    assert told == [
        ("text", "Voir "),
        ("link", "https://houlocoop.example/a"),
        ("text", ".\u00a0"),
        ("marker", "[1]"),
        ("marker", "[12]"),
    ]


def test_a_marker_knows_its_number() -> None:
    assert [one.marker for one in pieces("[7][1234]")] == [7, 1234]


def test_pieces_put_together_are_the_text() -> None:
    text = "A\u00a0: b [1], c (http://a.example/). [12345] fin"
    assert "".join(one.text for one in pieces(text)).replace("\u00a0", " ") == text.replace("\u00a0", " ")


@pytest.mark.parametrize("mark", ["- ", "* ", "1. ", "12) "])
def test_a_line_of_list_marks_loses_nothing_of_what_follows(mark: str) -> None:
    html = parser().render(f"- un\n- {mark * 40}deux\n\ntrois\n\n| a | b |\n| --- | --- |\n| quatre | c |")
    assert all(word in html for word in ("un", "deux", "<p>trois</p>", "<td>quatre</td>"))


def test_lists_in_lists_are_still_lists() -> None:
    assert parser().render("- un\n  - deux\n    - trois").count("<ul>") == 3
