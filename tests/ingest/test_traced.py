from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cleaning import mend_letters, normalised, run_on
from ingest.traced import Alignment, Traced

TEXTS = st.text(alphabet="aàé bI'’-\n\t.•ﬁ1\u00ad", max_size=60)
PATTERNS = st.sampled_from([r"a", r"[ \t]+", r"-\n", r"\b", r"\n\s*\n", r"é|à", r"(?=b)", r"$"])
PUTS = st.sampled_from(["", "x", "long", r"\1", "\n"])


def flat(text: str) -> Traced:
    return Traced.of(text)


@given(TEXTS, PATTERNS, PUTS)
def test_replacing_gives_the_text_that_a_plain_replacement_gives(text: str, pattern: str, put: str) -> None:
    found = re.compile(pattern)
    mended = flat(text).sub(found, put)
    assert mended.text == found.sub(lambda _: put, text)
    assert len(mended.origin) == len(mended)


@given(TEXTS, PATTERNS, PUTS)
def test_offsets_of_a_mended_text_lie_in_the_original_and_never_run_back(
    text: str, pattern: str, put: str
) -> None:
    origin = flat(text).sub(re.compile(pattern), put).origin
    assert all(0 <= at < max(len(text), 1) for at in origin)
    assert list(origin) == sorted(origin)


@given(TEXTS, st.sampled_from(["a", "é", "I", "-\n"]))
def test_what_no_replacement_touched_maps_onto_itself(text: str, cut: str) -> None:
    mended = flat(text).sub(re.compile(re.escape(cut)), "·")
    for char, at in zip(mended.text, mended.origin, strict=True):
        assert char == text[at] or text[at : at + len(cut)] == cut


@given(TEXTS)
def test_a_cleaned_text_maps_back_into_the_original(text: str) -> None:
    clean = run_on(mend_letters(normalised(flat(text))))
    alignment = Alignment.of(clean)
    assert [alignment.original(at) for at in range(len(clean))] == list(clean.origin)
    assert all(at < len(text) for at in clean.origin)


@given(TEXTS, st.data())
def test_a_span_holds_the_origin_of_every_character_in_it(text: str, data: st.DataObject) -> None:
    clean = run_on(mend_letters(normalised(flat(text))))
    start = data.draw(st.integers(0, len(clean)))
    end = data.draw(st.integers(start, len(clean)))
    first, last = Alignment.of(clean).span(start, end)
    assert first < last
    if start < end:
        assert (first, last) == (min(clean.origin[start:end]), max(clean.origin[start:end]) + 1)


@given(TEXTS)
def test_lines_and_parts_have_the_words_and_places_of_the_whole(text: str) -> None:
    whole = flat(text)
    assert [line.text for line in whole.lines()] == (text.split("\n") if text else [])
    assert all(
        text[at] == char for line in whole.lines() for char, at in zip(line.text, line.origin, strict=True)
    )
    assert whole.strip().text == text.strip()
    assert all(text[at] == char for char, at in zip(whole.strip().text, whole.strip().origin, strict=True))


@pytest.mark.parametrize(
    ("text", "pattern", "put", "origin"),
    [
        ("a-b", "-", "", [0, 2]),
        ("pom", "om", "in", [0, 1, 2]),
        ("ﬁl", "ﬁ", "fi", [0, 0, 1]),
        ("abcd", "bcd", "x", [0, 1]),
        ("ab", "(?=b)", "-", [0, 0, 1]),
        ("ab", "^", ">>", [0, 0, 0, 1]),
    ],
)
def test_what_is_put_points_to_what_it_stands_for(
    text: str, pattern: str, put: str, origin: list[int]
) -> None:
    assert list(flat(text).sub(re.compile(pattern), put).origin) == origin


def test_a_text_in_which_nothing_changes_is_the_same_one() -> None:
    text = flat("le verger")
    assert text.sub(re.compile("x"), "y") is text
    assert text.sub(re.compile("e"), "e") is text


def test_a_plain_string_points_to_what_precedes_it() -> None:
    whole = flat("le verger")
    assert list(Traced.join(["> ", whole[:2], " du ", whole[3:5]]).origin) == [0, 0, 0, 1, 1, 1, 1, 1, 3, 4]


def test_a_span_over_text_drawn_together_reaches_from_its_first_place_to_its_last() -> None:
    whole = flat("un verger et un pré")
    turned = Traced.join([whole[13:], whole[3:9]])
    assert Alignment.of(turned).span(0, len(turned)) == (3, 19)
    assert Alignment.of(turned).span(5, 8) == (3, 19)
    assert Alignment.of(turned).span(7, 9) == (4, 6)


def test_the_alignment_of_an_empty_text_points_to_its_beginning() -> None:
    assert Alignment.of(flat("")).span(0, 0) == (0, 1)
