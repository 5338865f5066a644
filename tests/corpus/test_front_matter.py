from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.catalogue import split_front_matter
from corpus.errors import CatalogueWrong


def test_a_text_is_split_into_fields_and_body() -> None:
    text = "---\nid: a\nthemes: [b, c]\n---\n# Titre\n"
    assert split_front_matter(text, file="f.md") == ({"id": "a", "themes": ["b", "c"]}, "# Titre\n", 29)


@pytest.mark.parametrize(
    "text", ["", "# Titre\n", "\n---\nid: a\n---\n", " ---\nid: a\n---\n", "----\nid: a\n---\n"]
)
def test_a_text_that_does_not_begin_with_a_fence_is_all_body(text: str) -> None:
    assert split_front_matter(text, file="f.md") == (None, text, 0)


@pytest.mark.parametrize("text", ["---  \nid: a\n---\t\nCorps", "---\nid: a\n---\nCorps"])
def test_blanks_after_a_fence_do_not_matter(text: str) -> None:
    assert split_front_matter(text, file="f.md")[:2] == ({"id": "a"}, "Corps")


def test_a_fence_may_be_the_last_line_and_later_ones_belong_to_the_body() -> None:
    assert split_front_matter("---\nid: a\n---", file="f.md")[:2] == ({"id": "a"}, "")
    assert split_front_matter("---\nid: a\n---\nun\n---\ndeux\n", file="f.md")[1] == "un\n---\ndeux\n"


@given(st.text(alphabet="ab\n-# é", max_size=60))
def test_the_offset_is_where_the_body_begins(body: str) -> None:
    text = f"---\nid: a\n---\n{body}"
    fields, found, offset = split_front_matter(text, file="f.md")
    assert fields == {"id": "a"}
    assert text[offset:] == found == body


def test_a_fence_that_is_not_closed_is_named() -> None:
    with pytest.raises(CatalogueWrong, match=r"^f\.md: front matter: the closing '---' line is missing$"):
        split_front_matter("---\nid: a\n# Titre\n", file="f.md")


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        (["id: a", "name: [un", "year: 2"], "line 4"),
        (["id: a", "name: 'un"], "line 4"),
        (["name: un: deux"], "line 2"),
        (["id: a", "\tname: b"], "line 3"),
        (["id: a", "name: *b"], "line 3"),
        (["id: !!python/object:os.system a"], "line 2"),
    ],
)
def test_broken_yaml_is_named_by_its_line_in_the_file(lines: list[str], where: str) -> None:
    text = "\n".join(["---", *lines, "---", "Corps"])
    with pytest.raises(CatalogueWrong) as wrong:
        split_front_matter(text, file="f.md")
    assert str(wrong.value).startswith(f"f.md: {where}: ")


@pytest.mark.parametrize(
    "lines", ["year: 2011-13-45", "a: " + "[" * 5000, "- a\n- b", "juste du texte", "12", "", "~"]
)
def test_front_matter_that_is_no_list_of_fields_is_refused(lines: str) -> None:
    with pytest.raises(CatalogueWrong, match=r"^f\.md: (front matter|line \d+): "):
        split_front_matter(f"---\n{lines}\n---\nCorps", file="f.md")
