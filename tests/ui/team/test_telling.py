"""An error is kept as JSON and explained to whoever reads it, in their language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.errors import FileTooLarge, PasserelleError, VersionUnknown
from ui.team.notices import Notice, packed, unpacked
from ui.team.telling import error_from_json, error_to_json, why


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
