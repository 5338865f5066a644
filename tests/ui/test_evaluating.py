"""`passerelle eval`: golden sets are asked of the index, and a mistake in them costs one line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.chat.calling import Caller
from assistant.chat.opening import Chat
from corpus.settings import Settings
from evals.golden import Case
from evals.team_set import TeamSet
from tests.chat_fakes import chat_of, parrot
from tests.ui.conftest import Commands
from tests.ui.fakes import open_with

CASE: dict[str, Any] = {
    "id": "a", "question": "Combien de sociétaires a Houlocoop ?", "facts": [["350"]], "theme": None,
    "initiative": "houlocoop", "answerable": True, "language": "fr", "kind": "number", "follows": None,
    "documents": ["houlocoop"],
}  # fmt: skip
UNANSWERABLE = {
    **CASE, "id": "z", "question": "Quelle est la capitale de l'Australie ?", "facts": [], "initiative": None,
    "answerable": False, "kind": "off-topic", "documents": [],
}  # fmt: skip


@pytest.fixture
def filled(passerelle: Commands) -> Commands:
    """The commands on a home whose version 1 holds the material."""
    assert passerelle("ingest").code == 0
    return passerelle


def golden(folder: Path, *cases: dict[str, Any], name: str = "ports.jsonl") -> str:
    file = folder / name
    file.write_text("".join(json.dumps(one) + "\n" for one in cases), encoding="utf-8")
    return str(file)


def test_a_set_is_scored_by_kind(filled: Commands, tmp_path: Path) -> None:
    said = filled("eval", "--set", golden(tmp_path, CASE, UNANSWERABLE))
    assert (said.code, said.err) == (0, "")
    table = [line.split() for line in said.out.splitlines()[:6]]
    assert table[0][:4] == ["ports", "cas", "juste", "citée"]
    assert table[1][:4] == ["nombre", "1", "100", "%"]
    assert table[2][:3] == ["hors", "sujet", "1"]
    assert "tous les seuils sont tenus" in said.out


def test_the_scores_are_json_on_demand(filled: Commands, tmp_path: Path) -> None:
    said = filled("eval", "--set", golden(tmp_path, CASE, UNANSWERABLE), "--json")
    told = json.loads(said.out)
    assert told["sets"]["ports"]["all"]["cases"] == 2
    assert told["sets"]["ports"]["number"]["right"]["mean"] == 1
    assert {"stage": "ask", "done": 2, "total": 2} in map(json.loads, said.err.splitlines())
    assert told["run"]["index_version"] == 1


def test_the_cases_that_the_team_made_are_asked_with_the_others(
    filled: Commands, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "sets").mkdir()
    golden(tmp_path / "sets", CASE)
    opened = open_with(home, golden=tmp_path / "sets")
    assert list(json.loads(filled("eval", "--json", opened=opened).out)["sets"]) == ["ports"]
    TeamSet(home).append(Case.model_validate(CASE | {"id": "b"}))
    assert list(json.loads(filled("eval", "--json", opened=opened).out)["sets"]) == ["ports", "team"]


def test_the_answers_are_written_with_the_id_of_their_case(filled: Commands, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    filled("eval", "--set", golden(tmp_path, CASE, UNANSWERABLE), "--answers", str(out))
    written = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(one["id"], one["abstained"]) for one in written] == [("a", False), ("z", True)]
    assert set(written[0]) > {"question", "text", "sentences", "citations", "timings_ms"}


def test_answers_made_elsewhere_are_scored(filled: Commands, tmp_path: Path) -> None:
    file, out = golden(tmp_path, CASE), tmp_path / "out.jsonl"
    filled("eval", "--set", file, "--answers", str(out))
    told = json.loads(out.read_text(encoding="utf-8"))
    told["text"] = told["text"].replace("350", "4000")
    told["sentences"] = [{**one, "text": one["text"].replace("350", "4000")} for one in told["sentences"]]
    out.write_text(json.dumps(told) + "\n", encoding="utf-8")
    [failed] = json.loads(filled("eval", "--set", file, "--score", str(out), "--json").out)["failed"]
    assert {"right", "citation recall", "faithfulness"} <= set(failed["faults"])


@pytest.mark.parametrize(
    ("encoding", "code", "told"),
    [("utf-8-sig", 0, ""), ("latin-1", 1, "ligne 1 : pas de réponse à un cas de ces jeux")],
)
def test_answers_saved_by_another_editor_are_read_or_named(
    filled: Commands, tmp_path: Path, encoding: str, code: int, told: str
) -> None:
    file, out = golden(tmp_path, CASE), tmp_path / "out.jsonl"
    filled("eval", "--set", file, "--answers", str(out))
    out.write_bytes(out.read_text(encoding="utf-8").encode(encoding, "replace"))
    said = filled("eval", "--set", file, "--score", str(out))
    assert said.code == code
    assert told in said.err
    assert str(out) in said.err or not code


def test_a_run_is_compared_with_an_earlier_one(filled: Commands, tmp_path: Path) -> None:
    file = golden(tmp_path, CASE, UNANSWERABLE)
    assert "aucune évaluation conservée" in filled("eval", "runs").out
    filled("eval", "--set", file)
    [listed] = filled("eval", "runs").out.splitlines()
    assert "version 1 · 2 cas · ports · terminée" in listed
    told = filled("eval", "--set", file, "--baseline", "last").out
    assert f"depuis {listed.split()[0]}, sur 2 cas : 0 en moins, 0 en plus" in told
    assert "attention" not in told


def test_a_baseline_of_another_version_is_compared_with_a_warning(filled: Commands, tmp_path: Path) -> None:
    file = golden(tmp_path, CASE, UNANSWERABLE)
    filled("eval", "--set", file)
    note = tmp_path / "note.md"
    note.write_text("# La cale\n\nLa cale du port mesure 40 mètres.\n", encoding="utf-8")
    filled("ingest", str(note))
    told = filled("eval", "--set", file, "--baseline", "last").out
    assert "attention : index_version diffère de la référence (1 → 2)" in told


def test_cases_about_other_documents_are_counted_and_not_asked(filled: Commands, tmp_path: Path) -> None:
    elsewhere = {**CASE, "id": "b", "documents": ["somewhere"]}
    said = filled("eval", "--set", golden(tmp_path, CASE, elsewhere))
    assert "ports : 1 cas non posé, leurs documents ne sont pas dans l’index" in said.out
    nothing = filled("eval", "--set", golden(tmp_path, elsewhere, name="other.jsonl"))
    assert nothing.code == 1
    assert "aucun des 1 cas de other.jsonl ne porte sur un document de l’index" in nothing.err


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"theme": "voile"}, "ligne 1 : theme"),
        ({"facts": [[]]}, "ligne 1 : facts.0"),
        ({"follows": "y"}, "ligne 1 : follows"),
    ],
)
def test_a_mistake_in_a_set_is_named_and_nothing_run(
    filled: Commands, tmp_path: Path, wrong: dict[str, Any], told: str
) -> None:
    said = filled("eval", "--set", golden(tmp_path, {**CASE, **wrong}))
    assert (said.code, said.out) == (1, "")
    [line] = said.err.splitlines()
    assert f"ports.jsonl, {told}" in line
    assert "aucune évaluation conservée" in filled("eval", "runs").out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--set", "absent.jsonl"], "absent.jsonl"),
        (["--baseline", "1999"], "« 1999 » ne désigne aucune évaluation"),
        (["--report", "nowhere/out.html"], "nowhere"),
        (["--judge", "nobody:model"], "le modèle de langage « nobody:model » ne peut pas être ouvert"),
    ],
)
def test_what_cannot_be_had_is_told_before_anything_is_asked(
    filled: Commands, tmp_path: Path, arguments: list[str], told: str
) -> None:
    said = filled("eval", "--set", golden(tmp_path, CASE), *arguments)
    assert (said.code, said.out) == (1, "")
    assert told in said.err


def test_the_settings_may_name_the_judge(
    filled: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSERELLE_JUDGE", "nobody:model")
    said = filled("eval", "--set", golden(tmp_path, CASE))
    assert (said.code, said.out) == (1, "")
    assert "nobody:model" in said.err


def test_without_an_index_there_is_nothing_to_evaluate(passerelle: Commands, tmp_path: Path) -> None:
    said = passerelle("eval", "--set", golden(tmp_path, CASE))
    assert said.code == 1
    assert "passerelle ingest" in said.err


def test_cases_are_proposed_for_a_person_to_read(filled: Commands, tmp_path: Path) -> None:
    out = tmp_path / "drafts.jsonl"
    said = filled("eval", "propose", "houlocoop", "--out", str(out))
    assert said.code == 0
    drafts = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert f"{len(drafts)} cas proposés dans {out}" in said.out
    assert {one["answerable"] for one in drafts} == {True, False}
    assert filled("eval", "--set", str(out)).out.startswith("drafts")
    assert filled("eval", "propose", "houlocoop", "--out", str(out)).code == 1
    assert "nowhere" in filled("eval", "propose", "nowhere").err


def test_a_version_held_back_says_which_cases_broke_and_the_way_on(
    passerelle: Commands, tmp_path: Path, home: Path
) -> None:
    from tests.fakes import FICHES, FakeEmbedder, write
    from tests.ui.fakes import open_with
    from ui.opening import Opening

    questions = [
        "Combien de sociétaires a Houlocoop ?",
        "Combien de sociétaires compte Houlocoop ?",
        "Houlocoop réunit combien de sociétaires ?",
        "Quel est le nombre de sociétaires de Houlocoop ?",
        "Houlocoop a combien de sociétaires ?",
    ]
    cases = [{**CASE, "id": f"c{place}", "question": one} for place, one in enumerate(questions)]
    (tmp_path / "golden").mkdir()
    golden(tmp_path / "golden", *cases)
    fake = FakeEmbedder()

    def opened(**overrides: object) -> Opening:
        return open_with(home, fake)(**overrides, golden=tmp_path / "golden")

    fiche = "initiatives/houlocoop.md"
    passerelle("ingest", opened=opened)
    write(tmp_path / "material" / fiche, FICHES[fiche].replace("350", "de nombreux"))
    said = passerelle("ingest", opened=opened)
    assert said.code == 1
    assert "les réponses se dégradent : sur 5 questions, 5 perdues et 0 gagnées" in said.out
    assert "  - ports/c0 · Combien de sociétaires a Houlocoop ?" in said.out
    assert "passerelle publish 2" in said.out
    assert passerelle("publish", "2", opened=opened).code == 0
    assert passerelle("rollback", opened=opened).code == 0
    write(tmp_path / "material" / fiche, FICHES[fiche].replace("350", "bien des"))
    forced = passerelle("ingest", "--force", "--json", opened=opened)
    assert json.loads(forced.out)["gate"]["forced"] is True
    assert forced.code == 0


def test_ways_of_wording_are_compared_on_the_same_cases(filled: Commands, home: Path, tmp_path: Path) -> None:
    def chat(settings: Settings) -> Chat:
        right = settings.chat_model == "fake:good"
        said = "Houlocoop réunit plus de 350 sociétaires [1]." if right else "Houlocoop compte 9 ports [1]."
        one = chat_of(parrot(said))
        return replace(one, caller=replace_name(one.caller, settings.chat_model or ""))

    opened = open_with(home, chat=chat)
    out = tmp_path / "out.html"
    named = [
        "--set",
        golden(tmp_path, CASE, UNANSWERABLE),
        "--chat-model",
        "fake:good",
        "--chat-model",
        "fake:bad",
    ]
    told = json.loads(filled("eval", *named, "--json", "--report", str(out), opened=opened).out)
    assert [one["name"] for one in told["modes"]] == ["extractive", "fake:good", "fake:bad"]
    quoted, good, bad = told["modes"]
    assert [one["values"]["right"]["mean"] for one in told["modes"]] == [1, 1, 1]
    assert (quoted["worded"], good["worded"], bad["worded"]) == (None, 1, 0)
    assert (good["dropped"], bad["dropped"], bad["failures"]) == (0, 100, {"unsupported": 1})
    assert good["tokens"] > 0
    assert told["baseline"]["run"] != told["run"]["id"]
    assert "fake:bad" in out.read_text(encoding="utf-8")
    said = filled("eval", *named, opened=opened)
    assert "fake:good : juste 100 %" in said.out
    assert "sans le modèle : rien de sourcé 1" in said.out


def test_given_answers_are_not_worded(filled: Commands, tmp_path: Path) -> None:
    file = golden(tmp_path, CASE)
    said = filled("eval", "--score", file, "--chat-model", "fake:x")
    assert said.code == 2
    assert "--score" in said.err


def replace_name(caller: Caller, name: str) -> Caller:
    return Caller(replace(caller.chat, name=name), seconds=5, tries=1)
