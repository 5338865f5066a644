"""The doctor names each broken thing with a remedy that loses nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from pydantic import SecretStr

from corpus import soundness
from corpus.documents import Language
from corpus.errors import SettingsWrong, StoreCorrupt
from corpus.home import Home
from tests.chat_fakes import NAME, chat_of, parrot
from tests.chat_server import Behaviour, chat_server, fails, says
from tests.fakes import FICHES, FakeEmbedder, open_pipeline, write, write_fiches
from tests.ui.fakes import open_with
from ui import doctor
from ui.doctor import Finding, examine, findings_lines
from ui.opening import Opening


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A runtime folder whose version 1 holds the fiches."""
    open_pipeline(tmp_path / "home").ingest([write_fiches(tmp_path / "material")])
    return tmp_path / "home"


@pytest.fixture
def untried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that is believed, not tried: 2 s saved where it is not the point."""
    monkeypatch.setattr(soundness, "check", lambda *_arguments, **_named: None)


def findings(
    opened: Callable[..., Opening], language: Language = "fr", *, problem: str | None = None
) -> list[Finding]:
    """Return all findings; the model is not tried but `problem` is said of it."""
    found = examine(opened, language, try_model=lambda _offline: problem)
    return [Finding(one.text.replace("\u00a0", " "), one.wrong, one.remedy) for one in found]


def wrong(
    opened: Callable[..., Opening], language: Language = "fr", *, problem: str | None = None
) -> Finding:
    """Return the only thing that is wrong."""
    [one] = [one for one in findings(opened, language, problem=problem) if one.wrong]
    return one


def test_a_sound_home_is_examined_to_the_last_original(home: Path) -> None:
    found = findings(open_with(home), "en")
    assert [one.text for one in found if one.wrong] == []
    said = "\n".join(one.text for one in found)
    assert f"index version 1: documents {len(FICHES)}, passages " in said
    assert "store sound" in said
    assert f"originals: {len(FICHES)} of {len(FICHES)}" in said
    assert list(findings_lines(found, "en"))[-1] == "All is well."


def test_without_an_index_the_command_is_named(tmp_path: Path) -> None:
    found = wrong(open_with(tmp_path / "home"))
    assert "créez-le avec « passerelle ingest »" in found.text
    assert found.remedy == ""


def test_a_lost_ledger_is_told_from_a_first_visit(home: Path) -> None:
    (home / "ledger.sqlite3").unlink()
    assert f"les documents d’avant sont dans {home}/originals" in wrong(open_with(home)).remedy


def test_an_index_of_another_model_has_two_remedies(home: Path, untried: None) -> None:
    found = wrong(open_with(home, FakeEmbedder("other")), "en")
    assert "'fake-64'" in found.text
    assert found.remedy == (
        "`passerelle ingest --rebuild`, or set PASSERELLE_EMBEDDING_MODEL back to the model fake-64"
    )


def test_a_damaged_ledger_is_moved_away_never_deleted(home: Path) -> None:
    (home / "ledger.sqlite3").write_bytes(b"garbage!" * 512)
    found = wrong(open_with(home))
    assert f"{home}/ledger.sqlite3 est endommagée (ce n’est pas une base de données)" in found.text
    assert found.remedy.startswith(f"écartez {home}/ledger.sqlite3 (mv)")
    assert f"{home}/originals" in found.remedy


def test_a_damaged_store_is_made_anew_from_the_originals(home: Path) -> None:
    (home / "chroma" / "chroma.sqlite3").write_bytes(b"garbage!" * 512)
    found = wrong(open_with(home), "en")
    assert f"the store in {home}/chroma is damaged" in found.text
    assert found.remedy.startswith("`passerelle ingest --rebuild` makes it anew from the originals")


def test_on_a_full_disk_nothing_is_to_be_moved_or_made_anew(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_arguments: object, **_named: object) -> None:
        raise StoreCorrupt(where=home, reason="disk I/O error")

    monkeypatch.setattr(soundness, "check", damaged)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=3e8))
    full, damage = [one for one in findings(open_with(home)) if one.wrong]
    assert full.text == f"dossier {home} : 0.3 Go libres seulement"
    assert full.remedy == damage.remedy == "libérez 1 Go, ou nommez un autre dossier dans PASSERELLE_HOME"


@pytest.mark.parametrize("harm", [Path.unlink, lambda file: file.write_bytes(b"other")])
def test_an_original_that_is_gone_or_altered_is_named(
    home: Path, untried: None, harm: Callable[[Path], object]
) -> None:
    note = write(home.parent / "note.md", "# Note\n\nLa bouée 12 est jaune.\n")
    open_pipeline(home).ingest([note])
    [original] = [file for file in (home / "originals").iterdir() if file.read_bytes() == note.read_bytes()]
    harm(original)
    found = wrong(open_with(home), "en")
    assert found.text == "originals missing or altered, which --rebuild would lose: note.md"
    assert found.remedy == "ingest these files again"
    open_pipeline(home).ingest([note])
    assert [one for one in findings(open_with(home)) if one.wrong] == []


def test_a_fiche_that_is_wrong_in_the_ledger_is_read_anew(home: Path, untried: None) -> None:
    with closing(sqlite3.connect(home / "ledger.sqlite3")) as ledger, ledger:
        ledger.execute("UPDATE documents SET fiche = '{\"id\": \"a\"}' WHERE id = 'houlocoop'")
    found = wrong(open_with(home))
    assert found.text.startswith("initiatives/houlocoop.md : kind : ce champ manque")
    assert "passerelle ingest --rebuild" in found.remedy


def test_a_home_that_cannot_be_used_ends_the_examination(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    found = findings(open_with(tmp_path / "home"))
    assert [one.wrong for one in found if one.wrong] == [True]
    assert found[-1].text.startswith(f"le dossier {tmp_path}/home ne peut pas servir")


def test_a_setting_that_cannot_be_used_ends_the_examination() -> None:
    def opened() -> Opening:
        raise SettingsWrong(field="port", value="abc", reason="Field required", where="PASSERELLE_PORT")

    assert "le réglage port a une valeur inutilisable, 'abc'" in wrong(opened).text


def test_a_variable_that_is_no_setting_is_named(
    home: Path, untried: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSERELLE_EMBEDING_MODEL", "x")
    found = wrong(open_with(home), "en")
    assert found.text == "PASSERELLE_EMBEDING_MODEL is no setting and has no effect"
    assert "PASSERELLE_EMBEDDING_MODEL" in found.remedy


def test_what_is_wrong_with_the_model_is_said(home: Path, untried: None) -> None:
    def opened() -> Opening:
        return open_with(home)(embedding_model=str(home / "model"))

    assert wrong(opened, problem="le modèle est parti").text == "le modèle est parti"


def test_a_model_that_is_still_to_be_downloaded_is_nothing_wrong(home: Path, untried: None) -> None:
    found = findings(open_with(home), problem="introuvable")
    assert [one for one in found if one.wrong] == []
    assert any("pas encore là, donc pas essayé" in one.text for one in found)


def test_a_package_that_is_missing_is_named_with_the_version_wanted(
    home: Path, untried: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = doctor._installed
    monkeypatch.setattr(doctor, "_installed", lambda name: None if name == "click" else installed(name))
    found = wrong(open_with(home))
    assert "click – (" in found.text
    assert "setup.sh" in found.remedy


def test_the_chat_model_is_asked_one_small_question(home: Path, untried: None) -> None:
    said = chat_of(parrot("oui"))
    opened = open_with(home, chat=lambda _settings: said, chat_model=NAME)
    spending = opened().spending
    spending.add(datetime.now(UTC).date(), model=NAME, tokens_in=10, tokens_out=2, cost=0.5)
    found = [one.text for one in findings(opened) if not one.wrong]
    assert any(f"modèle de langage {NAME} : répond « oui »" in one for one in found)
    assert any("1 appels, 12 jetons, coût 0.5000" in one for one in found)


@pytest.mark.parametrize(
    ("behaviour", "told", "remedy"),
    [
        (fails(401, "Incorrect API key provided: sk-secret-key"), "refuse la demande (401)", "la clé"),
        (fails(404), "refuse la demande (404)", "le nom du modèle"),
        (fails(500), "en panne (500)", "journal"),
        (says(""), "ne dit rien", "modèle de dialogue"),
    ],
)
def test_a_chat_model_that_fails_is_told_with_its_remedy_and_without_its_key(
    home: Path, untried: None, behaviour: Behaviour, told: str, remedy: str
) -> None:
    with chat_server(behaviour) as server:
        name, key = f"openai:x@{server.address}", SecretStr("sk-secret-key")
        found = wrong(open_with(home, chat_model=name, chat_key=key))
    assert told in found.text
    assert remedy in found.remedy
    assert "sk-secret-key" not in found.text + found.remedy


def test_a_chat_model_without_its_package_is_told(home: Path, untried: None) -> None:
    found = wrong(open_with(home, chat_model="mistralai:mistral-small-latest"))
    assert "--extra mistralai" in found.text


def test_who_is_at_work_is_said_and_is_nothing_wrong(home: Path, untried: None) -> None:
    with Home(home).owned_for("ingest"), Home(home).owned_for("serve"):
        found = findings(open_with(home))
    said = "\n".join(one.text for one in found)
    assert "une ingestion est en cours (ingest, processus " in said
    assert "le chat est ouvert (serve, processus " in said
    assert [one for one in found if one.wrong] == []


def test_each_problem_is_marked_followed_by_its_remedy_and_counted() -> None:
    found = [Finding("bien"), Finding("mal\x1b", wrong=True, remedy="mv"), Finding("pis", wrong=True)]
    assert list(findings_lines(found, "fr")) == [
        "✓ bien",
        "✗ mal ",
        "  → mv",
        "✗ pis",
        "Problèmes à régler : 2",
    ]
