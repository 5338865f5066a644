"""Text enters the tree as words, and only addresses of the web as links."""

from __future__ import annotations

import pytest

from tests.ui.briefing.notes import told
from ui.briefing import tree


def test_spaces_part_words_and_those_at_the_ends_are_kept() -> None:
    kinds = [one["t"] for one in tree.words(" un  deux\n")]
    assert kinds == ["Space", "Str", "Space", "Str", "Space"]


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\x00"])
def test_nothing_makes_no_word(text: str) -> None:
    assert told(tree.words(text)).strip() == ""


def test_what_no_file_can_hold_is_left_out() -> None:
    assert told(tree.words("a\x00\x07b\ud800c\ufffed \u202etxt\u202c \u200bfin")) == "abcd txt fin"


def test_a_no_break_space_stays_in_its_word() -> None:
    assert [one["c"] for one in tree.words("quoi\u00a0? oui") if one["t"] == "Str"] == ["quoi\u00a0?", "oui"]


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://a.example/b?c=1&d=2#e", "https://a.example/b?c=1&d=2#e"),
        ("http://a.example/é (1)".replace(" ", ""), "http://a.example/%C3%A9%281%29"),
        ("https://a.example/100%25", "https://a.example/100%25"),
        ("https://[::1]/", "https://[::1]/"),
        ("javascript:alert(1)", ""),
        ("JAVASCRIPT:alert(1)//https://a.example", ""),
        ("data:text/html,x", ""),
        ("//a.example", ""),
        ("https://", ""),
        ("https://[", ""),
        ("https://a.example/\n", ""),
        ("https://a.example/\u202e", ""),
        ('https://a.example/"onclick=', ""),
        ("https://a.example/ b", ""),
    ],
)
def test_only_whole_addresses_of_the_web_are_reachable(address: str, target: str) -> None:
    assert tree.reachable(address) == target


def test_an_address_that_is_none_is_plain_words() -> None:
    assert [one["t"] for one in tree.link("javascript:alert(1)", "ici")] == ["Str"]
    assert [one["t"] for one in tree.link("https://a.example/", "ici")] == ["Link"]


def test_the_columns_of_a_table_fill_the_page() -> None:
    for count in (1, 2, 6):
        table = tree.table([[]] * count, [])
        widths = [width["c"] for _, width in table["c"][2]]
        assert len(widths) == count
        assert sum(widths) == pytest.approx(1)


def test_each_word_is_changed_and_told_whether_it_begins_a_line() -> None:
    blocks = [tree.para([*tree.words("un deux"), tree.line_break(), *tree.words("trois")])]
    seen: list[tuple[str, bool]] = []

    def change(word: str, begins: bool) -> tree.Node:
        seen.append((word, begins))
        return {"t": "Str", "c": word.upper()}

    assert told(tree.with_words(blocks, change)) == "UN DEUXTROIS"
    assert seen == [("un", True), ("deux", False), ("trois", True)]
