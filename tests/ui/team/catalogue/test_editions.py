"""What changed from one edition to another is told line by line and word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.team.catalogue.editions import compare

TEXT = st.lists(st.sampled_from(["un", "deux mots", "trois mots ici", ""]), max_size=12).map("\n".join)


def test_two_editions_that_are_the_same_have_no_difference() -> None:
    assert compare("un\ndeux", "un\ndeux") == []


def test_the_words_that_changed_are_told() -> None:
    gone, come = compare("Il y a 350 sociétaires.", "Il y a 400 sociétaires.")
    assert [(piece.text, piece.changed) for piece in gone.pieces] == [
        ("Il y a ", False),
        ("350", True),
        (" sociétaires.", False),
    ]
    assert [piece.text for piece in come.pieces if piece.changed] == ["400"]
    assert (gone.before, gone.after, come.before, come.after) == (1, None, None, 1)


def test_lines_far_from_a_change_are_left_out() -> None:
    lines = compare("\n".join("abcdefghij"), "\n".join("abcdefghiJ"))
    assert [line.kind for line in lines] == ["apart", "same", "same", "gone", "come"]
    assert lines[1].before == 8


@given(before=TEXT, after=TEXT)
def test_the_lines_shown_are_those_of_the_editions(before: str, after: str) -> None:
    for line in compare(before, after):
        said = "".join(piece.text for piece in line.pieces)
        if line.before:
            assert before.splitlines()[line.before - 1] == said
        if line.after and line.kind != "same":
            assert after.splitlines()[line.after - 1] == said
