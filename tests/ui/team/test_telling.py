"""An error is kept as JSON and explained to whoever reads it, in their language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import corpus.errors
from corpus.errors import DocumentUnknown, FileDamaged, FileTooLarge, PasserelleError, VersionUnknown
from ui.team.notices import Notice, packed, unpacked
from ui.team.telling import error_from_json, error_to_json, why
from ui.text import LANGUAGES, all_phrases


def test_an_error_comes_back_as_it_went() -> None:
    error = FileTooLarge(file=Path("a.md"), size=3, limit=2)
    back = error_from_json(error_to_json(error))
    assert type(back) is FileTooLarge
    assert str(back) == str(error)
    assert back.fields["size"] == 3


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"error": "Path"},
        {"error": "annotations"},
        {"error": "FileTooLarge", "fields": {}},
        {"error": "FileTooLarge", "fields": {"file": "a"}},
        {"error": "__name__", "fields": None},
    ],
)
def test_what_is_no_error_of_ours_is_told_as_the_root(told: dict[str, Any]) -> None:
    assert type(error_from_json(told)) is PasserelleError


def test_the_name_of_the_file_is_said_as_it_is_written_or_left_out() -> None:
    told = error_to_json(FileTooLarge(file="dsi.md", size=3, limit=2))
    assert why(told, "en") == "dsi.md: Has 3 bytes, the limit is 2; split it."
    assert why(told, "en", named=False) == "Has 3 bytes, the limit is 2; split it."
    assert (
        why(told, "fr", named=False).replace("\u00a0", " ") == "3 octets, pour une limite de 2 ; divisez-le."
    )


@pytest.mark.parametrize("key", [one for one in all_phrases() if one.startswith("team.why.")])
def test_what_the_pages_word_anew_is_an_error_and_names_what_it_names(key: str) -> None:
    kind = vars(corpus.errors)[key.removeprefix("team.why.")]
    named = set(re.findall(r"{(\w+)", kind.sentence))
    for language, said in all_phrases()[key].items():
        assert set(re.findall(r"{(\w+)", said)) <= named, language


def test_a_remedy_is_one_that_the_page_has() -> None:
    told = error_to_json(FileDamaged(file="a.pdf", reason="no PDF in it"))
    assert why(told, "fr").endswith("enregistrez-le de nouveau et envoyez le résultat.")
    assert why(told, "en").endswith("open it, save it again, and send that.")
    notice = Notice.of(DocumentUnknown(id="x"))
    for language in LANGUAGES:
        assert "passerelle" not in notice.said(language)


def test_what_has_no_file_is_a_sentence() -> None:
    assert why(error_to_json(VersionUnknown(number=3, known="1, 2")), "en") == (
        "There is no version 3; those kept: 1, 2."
    )


def test_a_notice_is_said_in_the_language_of_the_reader() -> None:
    notice = unpacked(packed(Notice("team.version.published", {"number": 3})))
    assert notice.said("en") == "Version 3 is live; the chat follows it."
    assert notice.said("fr").startswith("La version 3 est en service")
    error = unpacked(packed(Notice.of(VersionUnknown(number=3, known="1"))))
    assert error.is_error
    assert error.said("en") == "There is no version 3; those kept: 1."


def test_a_notice_fits_into_a_cookie_whatever_fills_it() -> None:
    notice = packed(Notice.of(VersionUnknown(number="é" * 10_000, known="1")))
    assert len(notice["fields"]["number"]) == 240
    assert unpacked(notice).said("fr")
