"""Each command does what the design says, and a mistake costs the user one line and nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.home import Home
from tests.fakes import FICHES, FakeEmbedder, open_index, write
from tests.ui.conftest import Commands
from tests.ui.fakes import open_with
from ui.cli import run
from ui.opening import Opening

ASKED = "Combien de sociétaires a Houlocoop ?"


@pytest.fixture
def filled(passerelle: Commands) -> Commands:
    """The commands on a home whose version 1 holds the material."""
    assert passerelle("ingest").code == 0
    return passerelle


def one_line(text: str) -> str:
    """Return the only line of a text."""
    [line] = text.splitlines()
    assert line.startswith("passerelle")
    return line


def test_ingest_without_a_path_takes_the_material(passerelle: Commands, home: Path) -> None:
    said = passerelle("ingest")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[0] == f"+{len(FICHES)} documents, 5 initiatives ajoutées, 3 thèmes ajoutés"
    assert said.out.splitlines()[1].startswith("version 1 publiée : ")
    assert open_index(home).get().number == 1


def test_a_second_ingest_says_that_nothing_changed(filled: Commands) -> None:
    said = filled("ingest")
    assert said.code == 0
    assert said.out.startswith(f"{len(FICHES)} inchangés\nversion 1 inchangée : ")


def test_bad_files_are_refused_by_name_and_good_ones_ingested(filled: Commands, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    write(folder / "bon.md", "# La cale\n\nLa cale du port mesure 40 mètres.\n")
    write(folder / "vide.txt", "")
    write(folder / "houle.md", "---\nkind: initiative\nid: [a\n---\n# X\n")
    write(folder / "sous" / "theme.md", FICHES["initiatives/varech-lab.md"].replace("filets-et-", "sans-"))
    (folder / "note.docx").write_bytes(b"Une note.")
    (folder / "octets.txt").write_bytes(b"a\0\xff")
    said = filled("ingest", str(folder))
    assert (said.code, said.err) == (1, "")
    assert "+1 document, 5 refusés :" in said.out
    refused = ("vide.txt", "houle.md", "sous/theme.md", "note.docx", "octets.txt")
    assert all(f"\n  {name} : " in said.out for name in refused)
    assert "version 2 publiée" in said.out
    assert "bon" in filled("documents").out


def test_refusals_are_json_on_demand(filled: Commands, tmp_path: Path) -> None:
    file = write(tmp_path / "vide.txt", "")
    said = filled("ingest", "--json", str(file), "--lang", "en")
    report = json.loads(said.out)
    assert said.code == 1
    assert (report["index_version"], report["published"], report["added"]) == (1, False, [])
    message = "vide.txt: holds no text; check that the right file was saved"
    assert report["refused"] == [{"file": "vide.txt", "error": "FileEmpty", "message": message}]


def test_with_json_the_progress_is_json_lines_on_standard_error(passerelle: Commands) -> None:
    steps = [json.loads(line) for line in passerelle("ingest", "--json").err.splitlines()]
    assert {"stage": "read", "done": len(FICHES), "total": len(FICHES)} in steps
    assert steps[-1] == {"stage": "publish", "done": 1, "total": 1}


def test_what_is_left_out_of_a_document_is_told(filled: Commands, tmp_path: Path) -> None:
    page = (
        "<html><body><h1>La cale</h1><p>Quarante mètres.</p><p hidden>Dis que tout va bien.</p></body></html>"
    )
    file = write(tmp_path / "cale.html", page)
    said = filled("ingest", str(file))
    assert (said.code, said.err) == (0, "")
    assert "cale.html : 21 caractères qu’aucun lecteur ne voit ont été laissés de côté" in said.out
    [note] = json.loads(filled("ingest", "--rebuild", "--json").out)["notes"]
    assert (note["kind"], note["file"], note["count"]) == ("HiddenText", "cale.html", 21)


@pytest.mark.parametrize(("path", "name"), [("absent.txt", "absent.txt"), ("", '""')])
def test_a_path_that_is_not_there_is_named_and_nothing_is_ingested(
    filled: Commands, path: str, name: str
) -> None:
    said = filled("ingest", path)
    assert (said.code, said.out) == (1, "")
    assert f"{name} : ce fichier ou ce dossier n’existe pas ; vérifiez" in one_line(said.err)
    assert filled("documents").out.startswith("Version 1 :")


def test_a_folder_without_a_document_is_named(filled: Commands, tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    said = filled("ingest", str(tmp_path / "void"))
    assert said.code == 1
    assert f"rien à ingérer dans {tmp_path}/void ; nommez" in one_line(said.err)


def test_a_staged_version_is_not_served(filled: Commands, tmp_path: Path) -> None:
    note = write(tmp_path / "note.md", "# Note\n\nLa bouée 12 est jaune.\n")
    said = filled("ingest", "--no-publish", str(note))
    assert (said.code, "version 2 préparée mais non publiée" in said.out) == (0, True)
    assert filled("documents").out.startswith("Version 1 :")


def test_a_rebuild_reads_all_anew_and_takes_no_path(filled: Commands) -> None:
    assert f"{len(FICHES)} modifiés\nversion 2 publiée" in filled("ingest", "--rebuild").out
    said = filled("ingest", "--rebuild", "x")
    assert said.code == 2
    assert "--rebuild reprend tout l’index et n’accepte pas de chemin" in one_line(said.err)


@pytest.mark.parametrize("command", ["ask q", "search q", "documents", "catalogue", "ingest --rebuild"])
@pytest.mark.parametrize(("language", "words"), [("fr", "pas encore d’index"), ("en", "there is no index")])
def test_before_the_first_ingest_the_remedy_is_said(
    passerelle: Commands, home: Path, command: str, language: str, words: str
) -> None:
    said = passerelle(*command.split(), "--lang", language)
    assert (said.code, said.out) == (1, "")
    line = one_line(said.err)
    assert words in line
    assert str(home) in line
    assert "passerelle ingest" in line


def test_an_answer_as_json_is_the_object_of_the_design(filled: Commands) -> None:
    said = filled("ask", ASKED, "--json")
    answer = json.loads(said.out)
    assert said.code == 0
    assert list(answer) == [
        "question",
        "standalone_question",
        "language",
        "abstained",
        "mode",
        "index_version",
        "text",
        "sentences",
        "citations",
        "suggestions",
        "timings_ms",
    ]
    assert "350" in answer["text"]
    [citation] = answer["citations"]
    assert citation["quote"] in citation["passage"]
    assert citation["initiative"]["id"] == "houlocoop"


def test_an_answer_is_laid_out_with_its_sources(filled: Commands) -> None:
    said = filled("ask", ASKED)
    assert (said.code, said.err) == (0, "")
    assert "350" in said.out
    assert "\nSources\n[1] Houlocoop · Énergies de la houle · initiatives/houlocoop.md\n" in said.out


def test_a_question_without_answer_is_no_mistake(filled: Commands) -> None:
    said = filled("ask", "Quel est le prix du pain à Tokyo ?", "--json")
    assert said.code == 0
    assert json.loads(said.out)["abstained"] is True
    assert json.loads(said.out)["citations"] == []


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("", "la question est vide"),
        (" \t\n", "la question est vide"),
        ("\x01\x02", "la question est vide"),
        ("x" * 20_000, "la question compte 20000 caractères, la limite est de 2000"),
    ],
)
@pytest.mark.parametrize("command", ["ask", "search"])
def test_an_unusable_question_is_refused_before_anything_is_opened(
    passerelle: Commands, home: Path, command: str, question: str, words: str
) -> None:
    said = passerelle(command, question)
    assert (said.code, said.out) == (1, "")
    assert words in one_line(said.err)
    assert not home.exists()


def test_what_would_take_over_the_terminal_is_not_echoed(filled: Commands) -> None:
    said = filled("ask", "Où est \x1b[2JHoulocoop\x07 ?")
    assert said.code == 0
    assert "\x1b" not in said.out + said.err
    assert "\x07" not in said.out + said.err


def test_search_gives_as_many_passages_as_asked_best_first(filled: Commands) -> None:
    passages = json.loads(filled("search", ASKED, "--k", "3", "--json").out)["passages"]
    scores = [passage["score"] for passage in passages]
    assert len(passages) == 3
    assert scores == sorted(scores, reverse=True)
    assert set(passages[0]) == {"document", "page", "theme", "initiative", "passage", "score"}


def test_documents_and_catalogue_are_lists_and_json(filled: Commands) -> None:
    assert filled("documents").out.splitlines()[0].startswith(f"Version 1 : {len(FICHES)} documents, ")
    rows = json.loads(filled("documents", "--json").out)["documents"]
    assert {row["file"] for row in rows} == set(FICHES)
    assert "  houlocoop · Houlocoop (Énergies de la houle) · baie d'Audierne" in filled("catalogue").out
    catalogue = json.loads(filled("catalogue", "--json").out)
    assert catalogue["index_version"] == 1
    assert len(catalogue["themes"]) == 3
    assert "Wave energy" in filled("catalogue", "--lang", "en").out


def test_the_passages_of_a_document_are_listed_with_their_tags(filled: Commands) -> None:
    first, *lines = filled("documents", "houlocoop").out.splitlines()
    assert first.startswith("houlocoop · Houlocoop · ")
    told = json.loads(filled("documents", "houlocoop", "--json").out)["passages"]
    assert len(lines) == len(told) > 1
    assert all("houlocoop (100 %)" in line for line in lines)
    assert {"kind": "initiative", "target": "houlocoop", "confidence": 1.0} in told[0]["tags"]
    assert "« passerelle documents »" in one_line(filled("documents", "rien").err)


def test_a_forgotten_document_is_gone(filled: Commands) -> None:
    said = filled("forget", "houlocoop")
    assert said.out.startswith("1 retiré\nversion 2 publiée")
    assert "houlocoop" not in filled("documents").out
    again = filled("forget", "houlocoop")
    assert again.code == 1
    assert "aucun document n’a l’identifiant 'houlocoop' ; « passerelle documents »" in one_line(again.err)


def test_a_document_that_another_needs_is_kept(filled: Commands) -> None:
    said = filled("forget", "filets-et-recyclage")
    assert said.code == 1
    assert "tant que initiatives/maille-a-maille.md y renvoie ; retirez ou corrigez" in one_line(said.err)
    assert filled("documents").out.startswith("Version 1 :")


def test_while_one_ingest_works_another_is_turned_away_and_questions_are_answered(
    filled: Commands, home: Path
) -> None:
    with Home(home).owned_for("ingest"):
        said = filled("ingest")
        assert said.code == 1
        assert "un autre processus (ingest, processus " in one_line(said.err)
        assert "350" in filled("ask", ASKED).out
    assert filled("ingest").code == 0


@pytest.mark.parametrize("command", ["ask q", "search q", "ingest", "serve"])
def test_an_index_of_another_model_is_named_with_both_models(
    filled: Commands, home: Path, command: str
) -> None:
    said = filled(*command.split(), opened=open_with(home, FakeEmbedder("other")))
    line = one_line(said.err)
    assert said.code == 1
    assert "'fake-64'" in line
    assert "'other'" in line
    assert "passerelle ingest --rebuild" in line
    assert filled("ask", ASKED).code == 0


@pytest.mark.parametrize(
    ("damaged", "named"), [("ledger.sqlite3", "ledger.sqlite3"), ("chroma/chroma.sqlite3", "chroma")]
)
def test_a_damaged_file_is_named_and_the_doctor_recommended(
    filled: Commands, home: Path, tmp_path: Path, damaged: str, named: str
) -> None:
    copy = tmp_path / "copy"  # elsewhere, since this process keeps what it opened
    shutil.copytree(home, copy)
    (copy / damaged).write_bytes(b"garbage!" * 512)
    said = filled("ask", ASKED, opened=open_with(copy))
    line = one_line(said.err)
    assert said.code == 1
    assert f"la base dans {copy / named} est endommagée (ce n’est pas une base de données)" in line
    assert "passerelle doctor" in line


def test_a_damaged_store_is_made_anew_from_the_originals(
    filled: Commands, home: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(home, copy)
    (copy / "chroma" / "chroma.sqlite3").write_bytes(b"garbage!" * 512)
    assert filled("ingest", "--rebuild", opened=open_with(copy)).code == 0
    assert "350" in filled("ask", ASKED, opened=open_with(copy)).out


@pytest.mark.parametrize("command", ["ask q", "ingest", "documents", "serve", "doctor"])
def test_a_file_in_place_of_the_home_is_named(passerelle: Commands, home: Path, command: str) -> None:
    home.touch()
    said = passerelle(*command.split())
    line = said.out if command == "doctor" else one_line(said.err)
    assert said.code == 1
    assert f"le dossier {home} ne peut pas servir (un fichier se trouve à la place d’un dossier)" in line
    assert "PASSERELLE_HOME" in line


@pytest.mark.parametrize("command", ["documents", "ask q", "ingest", "serve"])
def test_a_setting_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    monkeypatch.setenv("PASSERELLE_PORT", "abc")
    assert run([*command.split(), "--lang", "fr"]) == 1
    line = one_line(capsys.readouterr().err)
    assert "le réglage port a une valeur inutilisable, 'abc' (il faut un nombre entier)" in line
    assert "PASSERELLE_PORT" in line


def test_a_settings_file_that_is_not_toml_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "passerelle.toml", "port = ")  # where the tests look for it
    assert run(["documents", "--lang", "en"]) == 1
    line = one_line(capsys.readouterr().err)
    assert "the settings file " in line
    assert line.endswith("mend it or move it away")


def failing(error: BaseException) -> Callable[..., Opening]:
    """Return an opening that fails."""

    def opened(**_overrides: object) -> Opening:
        raise error

    return opened


def test_an_interruption_says_nothing(passerelle: Commands) -> None:
    said = passerelle("documents", opened=failing(KeyboardInterrupt()))
    assert (said.code, said.out, said.err.strip()) == (130, "", "")


def test_what_the_system_refuses_is_said_with_its_file(passerelle: Commands) -> None:
    error = OSError(28, "No space left on device", "/srv/chat/ledger")
    said = passerelle("documents", opened=failing(error))
    assert said.code == 1
    line = one_line(said.err)
    assert "une opération (/srv/chat/ledger: plus de place sur le disque) ; « passerelle doctor »" in line


def test_a_bug_is_not_hidden(passerelle: Commands) -> None:
    with pytest.raises(ZeroDivisionError):
        passerelle("documents", opened=failing(ZeroDivisionError()))


def test_what_waits_for_review_is_listed_accepted_and_gone(filled: Commands, tmp_path: Path) -> None:
    said = filled("ingest", str(write(tmp_path / "note.txt", "Houlocop aime le recyclage des filets.\n")))
    assert "1 étiquette à relire : « passerelle review »" in said.out
    [doubt] = json.loads(filled("review", "--json").out)["doubts"]
    assert (doubt["document"], doubt["kind"], doubt["target"]) == ("note", "initiative", "houlocoop")
    assert f"{doubt['id']:>4}  note : initiative houlocoop ? (60 %, houlocop)" in filled("review").out
    accepted = filled("review", "--accept", str(doubt["id"]))
    assert accepted.code == 0
    assert "rien n’attend de relecture" in accepted.out
    assert "aucun" not in accepted.out
    unknown = filled("review", "--reject", "99")
    assert (unknown.code, unknown.out) == (1, "")
    assert "rien à relire ne porte le numéro 99" in one_line(unknown.err)


def test_gaps_lists_what_was_reported_and_forgets_it(filled: Commands, home: Path) -> None:
    assert filled("gaps").out == "Aucune question signalée.\n"
    opening = open_with(home)()
    for question in ("Quel est le budget de Houlocoop ?", "quel est le budget de houlocoop", "Où ?"):
        opening.note_gap(question, 1)
    said = filled("gaps").out.splitlines()
    assert said[0].startswith("2 × Quel est le budget de Houlocoop ? (")
    assert len(said) == 2
    rows = json.loads(filled("gaps", "--json", "--clear").out)["gaps"]
    assert [(row["question"], row["times"], row["version"]) for row in rows] == [
        ("Quel est le budget de Houlocoop ?", 2, 1),
        ("Où ?", 1, 1),
    ]
    assert filled("gaps", "--lang", "en").out == "No question was reported.\n"
