"""The bench takes any passages and questions, and says when a system could not be measured."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from evals.bench.peers import __main__ as peers

PASSAGES: list[dict[str, object]] = [
    {"id": "quai", "title": "Le quai", "text": "Le quai de Roscoff est long de 400 mètres."},
    {"id": "criee", "title": "La criée", "text": "La criée de Douarnenez ouvre à cinq heures."},
]
QUESTIONS: list[dict[str, object]] = [
    {"question": "Quelle est la longueur du quai ?", "passage_id": "quai"},
    {"question": "À quelle heure ouvre la criée ?", "passage_id": "criee"},
    {"question": "Qui a peint le phare ?", "passage_id": "quai", "answerable": False},
]


def lines(file: Path, rows: Sequence[Mapping[str, object]]) -> str:
    file.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return str(file)


@pytest.mark.slow
def test_ours_is_measured_on_the_files_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PASSERELLE_HOME", str(tmp_path / "home"))
    passages = lines(tmp_path / "passages.jsonl", PASSAGES)
    questions = lines(tmp_path / "questions.jsonl", QUESTIONS)
    peers.main([passages, questions, "--system", "ours"])
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "2 passages, 2 questions"
    assert said[2].split()[:2] == ["ours", "1.000"]


def test_a_system_that_fails_is_named_with_its_reason() -> None:
    line = peers._line("haystack", {"failed": "ModuleNotFoundError: haystack"}, 2, ["quai"])
    assert line == "haystack     failed: ModuleNotFoundError: haystack"


def test_without_their_packages_the_remedy_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(peers, "PEERS", tmp_path / "nowhere")
    with pytest.raises(SystemExit):
        peers.main(["passages.jsonl", "questions.jsonl"])
    assert "make peers" in capsys.readouterr().err
