"""What fills the holes of a French sentence is French too, wherever it comes from."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from corpus.catalogue import build_catalogue, read_fiche, split_front_matter
from corpus.errors import CatalogueWrong, HomeBusy, HomeUnusable, SettingsWrong, StoreCorrupt
from corpus.home import Home
from corpus.settings import PROJECT, Settings, read_settings
from ui.reasons_fr import REASONS, in_french
from ui.text import explain, told

THEME: dict[str, object] = {"kind": "theme", "id": "ports", "name": "Ports"}


@pytest.mark.parametrize(
    "code",
    [
        "EACCES",
        "EADDRINUSE",
        "EADDRNOTAVAIL",
        "EDQUOT",
        "EIO",
        "EISDIR",
        "ENOENT",
        "ENOSPC",
        "ENOTDIR",
        "EROFS",
    ],
)
def test_what_the_system_says_is_french(code: str) -> None:
    said = os.strerror(getattr(errno, code))
    assert in_french(said) != said


def test_what_is_unknown_is_said_as_it_came() -> None:
    assert in_french("Something else entirely") == "Something else entirely"
    assert in_french(42) == 42


def test_what_sqlite_says_through_chroma_is_french() -> None:
    wrapped = "error returned from database: (code: 26) file is not a database"
    assert in_french(wrapped) == in_french("file is not a database") == "ce n’est pas une base de données"


@pytest.mark.parametrize("pattern", REASONS)
def test_each_reason_has_a_group_for_each_hole(pattern: str) -> None:
    groups = re.compile(pattern).groups
    holes = {int(hole) for hole in re.findall(r"\{(\d)\}", REASONS[pattern])}
    assert holes == set(range(groups))
    assert "'" not in REASONS[pattern]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "ce champ manque"),
        ({"kind": "thème"}, "n’est pas l’un de"),
        ({**THEME, "yaer": 1}, "aucun réglage ni champ ne porte ce nom"),
    ],
)
def test_what_is_wrong_with_a_fiche_is_french(fields: dict[str, object], words: str) -> None:
    with pytest.raises(CatalogueWrong) as raised:
        read_fiche(fields, file="f.md")
    assert words in explain(raised.value, "fr")


def test_what_is_wrong_with_front_matter_is_french() -> None:
    with pytest.raises(CatalogueWrong) as raised:
        split_front_matter("---\nkind: theme\n", file="f.md")
    assert "en-tête" in explain(raised.value, "fr")
    assert "ligne « --- » de fin manque" in explain(raised.value, "fr")


def test_what_is_wrong_between_fiches_is_french() -> None:
    ports = read_fiche(THEME, file="a.md")
    for other, words in (
        (read_fiche(THEME, file="b.md"), "'ports' est déjà l’identifiant de a.md"),
        (read_fiche({**THEME, "id": "quais"}, file="b.md"), "nomme déjà 'ports'"),
        (
            read_fiche(
                {**THEME, "kind": "initiative", "id": "x", "name": "X", "themes": ["no"]}, file="b.md"
            ),
            "il n’y a pas de thème 'no' ; thèmes connus : ports",
        ),
    ):
        with pytest.raises(CatalogueWrong) as raised:
            build_catalogue([("a.md", "a", ports), ("b.md", "b", other)])
        assert words in explain(raised.value, "fr").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"port": "abc"}, "il faut un nombre entier"),
        ({"port": 0}, "il faut au moins 1"),
        ({"port": 65536}, "il faut au plus 65535"),
        ({"host": ""}, "il faut au moins 1 caractère(s)"),
        ({"host": 3}, "il faut un texte"),
        ({"prot": 1}, "aucun réglage ni champ ne porte ce nom"),
    ],
)
def test_what_is_wrong_with_a_setting_is_french(values: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError):
        Settings(**values)  # type: ignore[arg-type]
    with pytest.raises(SettingsWrong) as raised:
        read_settings(**values)
    assert words in explain(raised.value, "fr")


def test_who_holds_the_home_and_why_it_cannot_be_used_is_french(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.owned_for("ingest"), pytest.raises(HomeBusy) as busy, Home(tmp_path).owned_for("ingest"):
        pass
    assert f"(ingest, processus {os.getpid()})" in explain(busy.value, "fr")
    unusable = HomeUnusable(home=tmp_path, reason="no permission to write ledger.sqlite3")
    assert "écriture interdite dans ledger.sqlite3" in explain(unusable, "fr")


def test_what_the_user_wrote_is_never_translated() -> None:
    error = StoreCorrupt(where="Permission denied", reason="disk I/O error")
    assert "dans Permission denied est endommagée" in explain(error, "fr")
    assert str(error) == explain(error, "en")


def test_what_the_system_refuses_is_told_with_its_file() -> None:
    error = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/srv/a")
    assert told(error, "fr") == "/srv/a: plus de place sur le disque"
    assert told(error, "en") == "/srv/a: No space left on device"


def test_whatever_a_loader_refuses_a_file_for_is_said_in_french() -> None:
    said = {
        re.sub(r"\{[^}]+\}", "1", reason)
        for file in (PROJECT / "ingest").rglob("*.py")
        for reason in re.findall(r'reason=f?"([^"]+)"', file.read_text(encoding="utf-8"))
    }
    assert len(said) > 10
    assert [reason for reason in sorted(said) if in_french(reason) == reason] == []


def test_whatever_is_wrong_with_a_golden_set_is_said_in_french() -> None:
    text = (PROJECT / "evals" / "golden.py").read_text(encoding="utf-8")
    said = {re.sub(r"\{[^}]+\}", "1", one) for one in re.findall(r'reason ?= ?f?"([^"]+)"', text)}
    assert len(said) > 5
    assert [reason for reason in sorted(said) if in_french(reason) == reason] == []


def test_what_fills_the_hole_of_a_reason_is_french_too() -> None:
    assert in_french("it begins like a PDF") == "il commence comme un PDF"
