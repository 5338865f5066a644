"""What a browser kept is read strictly, and a file has a name that every system takes."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import unquote

import pytest

from tests.ui.fakes import answer
from ui.briefing.asked import disposition, exchanges_from
from ui.chat.conversation import REMEMBERED
from ui.errors import NoteEmpty, NoteTooLong, NoteWrong

DAY = date(2026, 11, 27)


def kept(**fields: object) -> dict[str, Any]:
    return {"question": "Combien ?", "answer": {**answer().to_json(), **fields}}


def test_what_the_api_gave_is_read_back() -> None:
    read = exchanges_from(json.dumps([kept(), {**kept(), "themes": ["houle"], "number": 3}]))
    assert [question for question, _ in read] == ["Combien ?", "Combien ?"]
    assert read[0][1] == answer()


def test_half_a_surrogate_pair_is_no_reason_to_refuse() -> None:
    [(question, given)] = exchanges_from(json.dumps([{**kept(text="b\ud800"), "question": "a\ud800"}]))
    assert (question, given.text) == ("a?", "b?")


@pytest.mark.parametrize("text", ["", "  ", "[]"])
def test_nothing_makes_no_note(text: str) -> None:
    with pytest.raises(NoteEmpty):
        exchanges_from(text)


def test_more_than_a_page_keeps_is_refused() -> None:
    with pytest.raises(NoteTooLong, match=f"{REMEMBERED + 1} questions, the limit is {REMEMBERED}"):
        exchanges_from(json.dumps([kept()] * (REMEMBERED + 1)))
    assert len(exchanges_from(json.dumps([kept()] * REMEMBERED))) == REMEMBERED


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("{", "JSON"),
        ("[" * 100_000, "JSON"),
        (f"[{'9' * 5000}]", "JSON"),
        ("{}", "JSON"),
        ("[1]", "1"),
        (json.dumps([kept(), {"question": "x"}]), "2.answer"),
        (json.dumps([{**kept(), "question": ""}]), "1.question"),
        (json.dumps([{**kept(), "question": "x" * 20_001}]), "1.question"),
        (json.dumps([{**kept(), "answer": None}]), "1.answer"),
        (json.dumps([kept(language="eo")]), "1.answer.language"),
        (json.dumps([kept(citations=[{"marker": 1}])]), "1.answer.citations.0.document"),
        (json.dumps([kept(text=["x"])]), "1.answer.text"),
        (json.dumps([kept(index_version="x")]), "1.answer.index_version"),
    ],
)
def test_anything_else_is_refused_by_its_place(text: str, where: str) -> None:
    with pytest.raises(NoteWrong) as raised:
        exchanges_from(text)
    assert raised.value.fields == {"where": where}


def names(question: str) -> tuple[str, str]:
    """Return the plain name and the full one that a disposition gives."""
    plain, full = disposition(question, "docx", day=DAY).removeprefix("attachment; ").split("; ")
    full.encode("ascii")
    name = plain.removeprefix('filename="').removesuffix('"')
    return name, unquote(full.removeprefix("filename*=UTF-8''"), errors="strict")


def test_a_file_is_named_after_its_question_and_day() -> None:
    assert names("Où est née l’Écluse ?") == (
        "note-ou-est-nee-l-ecluse-2026-11-27.docx",
        "note-où-est-née-l-écluse-2026-11-27.docx",
    )


@pytest.mark.parametrize(
    "question",
    ["", "../../etc/passwd", 'a"; filename="b.exe', "a\r\nX-Evil: 1", "\x00\ud800", "CON", "x" * 9000],
)
def test_no_question_makes_a_name_that_leads_elsewhere(question: str) -> None:
    for name in names(question):
        assert name.endswith("-2026-11-27.docx") or name == "note-2026-11-27.docx"
        assert not set(name) & set('/\\":;\r\n\x00')
        assert len(name) < 100


def test_a_question_in_another_script_keeps_its_letters_where_they_can_be() -> None:
    assert names("ما هي الموجة؟") == ("note-2026-11-27.docx", "note-ما-هي-الموجة-2026-11-27.docx")
