from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import (
    CatalogueWrong,
    DocumentNeeded,
    DocumentUnknown,
    FileEmpty,
    FileMissing,
    FileNotText,
    FormatUnknown,
    IndexStale,
    NothingToIngest,
)
from corpus.home import Home
from corpus.ledger import Ledger
from corpus.store import Store
from ingest.pipeline import Pipeline
from tests.fakes import FICHES, FakeEmbedder, open_index, open_pipeline, write, write_fiches

NOTE = "Une note de lecture sur les marées.\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def pipeline(home: Path, embedder: FakeEmbedder) -> Pipeline:
    return open_pipeline(home, embedder=embedder)


@pytest.fixture
def fiches(tmp_path: Path) -> Path:
    return write_fiches(tmp_path / "material")


def texts(home: Path) -> dict[str, str]:
    """Return the text of each document as the published passages hold it."""
    index = open_index(home).get()
    return {
        row.id: "\n".join(one.text for one in index.by_document.get(row.id, ())) for row in index.documents
    }


def test_every_fiche_becomes_a_document_of_the_first_version(
    home: Path, pipeline: Pipeline, fiches: Path
) -> None:
    report = pipeline.ingest([fiches])
    assert (report.version, report.published, report.refused) == (1, True, [])
    assert sorted(report.added) == sorted(Path(name).stem for name in FICHES)
    index = open_index(home).get()
    assert {row.file for row in index.documents} == set(FICHES)
    assert len(index.passages) == report.passages == sum(row.passages for row in index.documents)
    assert len(index.catalogue.initiatives) == 5


def test_every_passage_is_embedded_once_with_its_title_and_section(
    home: Path, pipeline: Pipeline, embedder: FakeEmbedder, fiches: Path
) -> None:
    pipeline.ingest([fiches])
    assert sorted(embedder.passages) == sorted(one.embedded_text for one in open_index(home).get().passages)
    assert any(text.startswith("Houlocoop — Présentation\nHoulocoop est") for text in embedder.passages)


def test_a_second_ingest_of_the_same_files_changes_and_embeds_nothing(
    home: Path, pipeline: Pipeline, embedder: FakeEmbedder, fiches: Path
) -> None:
    first = pipeline.ingest([fiches])
    calls = embedder.calls
    second = pipeline.ingest([fiches])
    assert (second.version, second.published, second.passages) == (1, False, first.passages)
    assert (second.added, second.changed, second.removed) == ([], [], [])
    assert sorted(second.unchanged) == sorted(first.added)
    assert embedder.calls == calls
    assert Ledger(Home(home).ledger).numbers() == [1]


def test_the_same_bytes_under_another_name_are_the_document_that_is_there(
    tmp_path: Path, pipeline: Pipeline
) -> None:
    pipeline.ingest([write(tmp_path / "a.txt", NOTE)])
    report = pipeline.ingest([write(tmp_path / "b.txt", NOTE)])
    assert (report.version, report.unchanged, report.duplicates) == (1, [], ["b.txt"])


def test_the_same_bytes_twice_in_one_ingest_are_one_document(tmp_path: Path, pipeline: Pipeline) -> None:
    report = pipeline.ingest([write(tmp_path / name, NOTE) for name in ("a.txt", "b.txt", "c/a.txt")])
    assert len(report.added) == 1


def test_a_changed_document_makes_a_version_and_is_the_only_one_embedded(
    home: Path, pipeline: Pipeline, embedder: FakeEmbedder, fiches: Path
) -> None:
    pipeline.ingest([fiches])
    before = Store(Home(home).store).vectors(1)
    embedder.passages.clear()
    file = fiches / "initiatives" / "houlocoop.md"
    write(file, file.read_text(encoding="utf-8").replace("350", "360"))
    report = pipeline.ingest([fiches])
    assert (report.version, report.added, report.changed, report.removed) == (2, [], ["houlocoop"], [])
    assert len(report.unchanged) == len(FICHES) - 1
    assert all(text.startswith("Houlocoop") for text in embedder.passages)
    assert "360" in texts(home)["houlocoop"]
    assert "350" not in texts(home)["houlocoop"]
    after = Store(Home(home).store).vectors(2)
    assert before.keys() == after.keys()
    assert all(np.array_equal(after[one], before[one]) for one in after if not one.startswith("houlocoop"))


def test_new_documents_stand_beside_those_that_are_there(
    tmp_path: Path, home: Path, pipeline: Pipeline, fiches: Path
) -> None:
    pipeline.ingest([fiches])
    before = texts(home)
    report = pipeline.ingest([write(tmp_path / "note.txt", "Houlocoop a posé une bouée de plus.\n")])
    assert (report.version, report.added, report.changed) == (2, ["note"], [])
    assert texts(home) == {**before, "note": "Houlocoop a posé une bouée de plus."}
    [passage] = open_index(home).get().by_document["note"]
    assert (passage.initiative, passage.themes) == ("houlocoop", ("energies-de-la-houle",))


def test_names_that_make_one_id_stay_two_documents_whichever_changes(
    tmp_path: Path, home: Path, pipeline: Pipeline
) -> None:
    one, other = write(tmp_path / "le port.txt", "Un port."), write(tmp_path / "le-port.txt", "Un quai.")
    assert pipeline.ingest([one, other]).added == ["le-port", "le-port-2"]
    write(other, "Un quai plus long.")
    assert pipeline.ingest([other]).changed == ["le-port-2"]
    write(one, "Un port plus grand.")
    assert pipeline.ingest([one]).changed == ["le-port"]
    assert texts(home) == {"le-port": "Un port plus grand.", "le-port-2": "Un quai plus long."}


def test_files_of_one_name_in_two_folders_stay_two_documents(
    tmp_path: Path, home: Path, pipeline: Pipeline
) -> None:
    files = [
        write(tmp_path / folder / "note.txt", f"Le port de {folder}.") for folder in ("brest", "lorient")
    ]
    assert pipeline.ingest(files).added == ["brest-note", "lorient-note"]
    assert texts(home) == {"brest-note": "Le port de brest.", "lorient-note": "Le port de lorient."}


def test_a_document_makes_way_for_the_fiche_whose_id_it_would_have(
    tmp_path: Path, home: Path, pipeline: Pipeline, fiches: Path
) -> None:
    report = pipeline.ingest([write(tmp_path / "houlocoop.txt", NOTE), fiches])
    assert report.refused == []
    assert texts(home)["houlocoop-2"] == NOTE.strip()
    assert "Audierne" in texts(home)["houlocoop"]


def test_a_fiche_never_ousts_the_document_of_another_file(
    tmp_path: Path, home: Path, pipeline: Pipeline, fiches: Path
) -> None:
    note = write(tmp_path / "houlocoop.txt", NOTE)
    pipeline.ingest([note])
    report = pipeline.ingest([fiches])
    assert [str(one.reason) for one in report.refused] == [
        "initiatives/houlocoop.md: id: 'houlocoop' is already the id of houlocoop.txt"
    ]
    assert texts(home)["houlocoop"] == NOTE.strip()
    write(note, "Une note revue.\n")
    assert pipeline.ingest([note, fiches]).refused == []
    assert texts(home)["houlocoop-2"] == "Une note revue."


def test_a_fiche_moved_to_another_file_replaces_itself(
    tmp_path: Path, home: Path, pipeline: Pipeline, fiches: Path
) -> None:
    pipeline.ingest([fiches])
    moved = FICHES["initiatives/houlocoop.md"].replace("350", "360")
    report = pipeline.ingest([write(tmp_path / "ailleurs.md", moved)])
    assert (report.changed, report.added) == (["houlocoop"], [])
    assert len(open_index(home).get().documents) == len(FICHES)


def test_a_file_that_becomes_a_fiche_or_is_none_any_more_leaves_no_second_document(
    tmp_path: Path, home: Path, pipeline: Pipeline, fiches: Path
) -> None:
    pipeline.ingest([fiches])
    file = write(tmp_path / "phare.md", "# Le phare\n\nUn phare.\n")
    assert pipeline.ingest([file]).added == ["phare"]
    write(file, "---\nid: sein\nkind: theme\nname: Phares\n---\n# Phares\n\nUn phare de plus.\n")
    report = pipeline.ingest([file])
    assert (report.added, report.removed) == (["sein"], ["phare"])
    write(file, "# Le phare\n\nUn phare de moins.\n")
    report = pipeline.ingest([file])
    assert (report.added, report.removed) == (["phare"], ["sein"])
    assert texts(home)["phare"] == "Un phare de moins."


def test_two_fiches_of_one_id_in_one_ingest_are_the_first(tmp_path: Path, pipeline: Pipeline) -> None:
    theme = FICHES["themes/ports-partages.md"]
    files = [write(tmp_path / name, f"{theme}{name}\n") for name in ("a.md", "b.md")]
    report = pipeline.ingest(files)
    assert report.added == ["ports-partages"]
    assert [str(one.reason) for one in report.refused] == [
        "b.md: id: 'ports-partages' is already the id of a.md"
    ]


def test_fiches_from_files_of_one_name_stand_beside_each_other(tmp_path: Path, pipeline: Pipeline) -> None:
    for name in ("ports-partages", "energies-de-la-houle"):
        file = write(tmp_path / name / "fiche.md", FICHES[f"themes/{name}.md"])
        assert pipeline.ingest([file]).removed == []


def test_refused_files_are_named_and_stop_no_other(tmp_path: Path, home: Path, pipeline: Pipeline) -> None:
    folder = tmp_path / "brought"
    write(folder / "a-empty.txt", " \n")
    write(folder / "b-note.txt", NOTE)
    (folder / "c-binary.md").write_bytes(b"\x89PNG\x00")
    write(folder / "d-wrong.md", "---\nkind: theme\nid: Pas Bon\nname: X\n---\nTexte.\n")
    deck = write(tmp_path / "deck.ppt", "deck")
    report = pipeline.ingest([folder, deck])
    assert report.added == ["b-note"]
    assert {one.file: type(one.reason) for one in report.refused} == {
        "a-empty.txt": FileEmpty,
        "c-binary.md": FileNotText,
        "d-wrong.md": CatalogueWrong,
        "deck.ppt": FormatUnknown,
    }
    assert texts(home) == {"b-note": NOTE.strip()}


def test_a_fiche_that_points_to_no_theme_is_refused_and_so_is_what_points_to_it_in_turn(
    tmp_path: Path, home: Path, pipeline: Pipeline, fiches: Path
) -> None:
    theme = fiches / "themes" / "energies-de-la-houle.md"
    write(theme, theme.read_text(encoding="utf-8").replace("kind: theme", "kind: ocean"))
    report = pipeline.ingest([fiches])
    assert [str(one.reason).split(";")[0] for one in report.refused] == [
        "themes/energies-de-la-houle.md: kind: "
        "Input tag 'ocean' found using 'kind' does not match any of the expected tags: "
        "'think-tank', 'theme', 'initiative'",
        "initiatives/houlocoop.md: themes.0: there is no theme 'energies-de-la-houle'",
    ]
    assert len(open_index(home).get().catalogue.initiatives) == 4


def test_two_fiches_of_one_initiative_are_one_entry_that_cites_both(
    home: Path, tmp_path: Path, pipeline: Pipeline, fiches: Path
) -> None:
    pipeline.ingest([fiches])
    twin = FICHES["initiatives/houlocoop.md"].replace("id: houlocoop", "id: jumelle") + "\nUn guet.\n"
    report = pipeline.ingest([write(tmp_path / "jumelle.md", twin)])
    assert (report.added, report.refused, report.initiatives) == (["jumelle"], [], [])
    [note] = report.notes
    assert str(note).startswith("jumelle.md: 'Houlocoop' is what the fiche 'houlocoop' describes")
    index = open_index(home).get()
    assert len(index.catalogue.initiatives) == 5
    assert {one.document_id for one in index.by_fiche["houlocoop"]} == {"houlocoop", "jumelle"}
    assert {one.initiative for one in index.by_document["jumelle"]} == {"houlocoop"}
    pipeline.forget("houlocoop")
    alone = open_index(home).get()
    assert alone.catalogue.initiative("jumelle")
    assert {one.initiative for one in alone.by_document["jumelle"]} == {"jumelle"}


def test_an_ingest_of_refused_files_only_makes_no_version(tmp_path: Path, pipeline: Pipeline) -> None:
    report = pipeline.ingest([write(tmp_path / "a.txt", "")])
    assert (report.version, report.published, report.passages) == (None, False, 0)
    assert [one.file for one in report.refused] == ["a.txt"]


def test_where_there_is_nothing_at_all_the_ingest_stops_before_anything_is_done(
    tmp_path: Path, home: Path, pipeline: Pipeline
) -> None:
    with pytest.raises(FileMissing):
        pipeline.ingest([tmp_path / "absent"])
    with pytest.raises(NothingToIngest):
        pipeline.ingest([write(tmp_path / "empty" / "deck.ppt", "deck").parent])
    assert not (home / "ledger.sqlite3").exists()


def test_a_missing_path_among_others_is_refused(tmp_path: Path, pipeline: Pipeline, fiches: Path) -> None:
    report = pipeline.ingest([fiches, tmp_path / "absent"])
    assert len(report.added) == len(FICHES)
    assert [type(one.reason) for one in report.refused] == [FileMissing]


def test_files_gone_from_a_folder_that_is_ingested_again_are_removed(
    tmp_path: Path, home: Path, pipeline: Pipeline
) -> None:
    folder = tmp_path / "notes"
    gone = write(folder / "a.txt", NOTE)
    write(folder / "b.txt", "Une autre note.\n")
    write(tmp_path / "elsewhere" / "c.txt", "Une note venue d'ailleurs.\n")
    pipeline.ingest([folder, tmp_path / "elsewhere"])
    gone.unlink()
    report = pipeline.ingest([folder])
    assert (report.removed, report.unchanged) == (["a"], ["b"])
    assert set(texts(home)) == {"b", "c"}


def test_files_gone_from_a_folder_stay_when_nobody_asks_for_a_mirror(
    tmp_path: Path, home: Path, pipeline: Pipeline
) -> None:
    folder = tmp_path / "notes"
    gone = write(folder / "a.txt", NOTE)
    write(folder / "b.txt", "Une autre note.\n")
    pipeline.ingest([folder])
    gone.unlink()
    assert pipeline.ingest([folder], mirror=False).removed == []
    assert set(texts(home)) == {"a", "b"}


def test_a_file_that_was_damaged_since_keeps_its_document(
    tmp_path: Path, home: Path, pipeline: Pipeline
) -> None:
    folder = tmp_path / "notes"
    note = write(folder / "a.txt", NOTE)
    pipeline.ingest([folder])
    write(note, "")
    report = pipeline.ingest([folder])
    assert ([one.file for one in report.refused], report.removed) == (["a.txt"], [])
    assert texts(home) == {"a": NOTE.strip()}


def test_the_ledger_keeps_texts_and_refusals_with_their_reasons(
    tmp_path: Path, home: Path, pipeline: Pipeline
) -> None:
    write(tmp_path / "notes" / "a.txt", "I'ile et\nle port.")
    write(tmp_path / "notes" / "b.txt", "")
    pipeline.ingest([tmp_path / "notes"])
    ledger = Ledger(Home(home).ledger)
    [row] = ledger.version(1).documents
    text = ledger.text(row)
    assert text
    assert (text.cleaned, text.original) == ("l'ile et le port.", "I'ile et\nle port.\n\n")
    assert [(one.file, one.error) for one in ledger.refusals()] == [("b.txt", "FileEmpty")]


def test_stages_are_reported_with_how_much_is_done(tmp_path: Path, pipeline: Pipeline, fiches: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    pipeline.ingest([fiches], watcher=lambda *step: seen.append(step))
    count = len(FICHES)
    assert [step for step in seen if step[0] == "read"] == [("read", n + 1, count) for n in range(count)]
    stages = list(dict.fromkeys(stage for stage, _, _ in seen))
    assert stages == ["read", "embed", "publish"]
    assert seen[-1] == ("publish", 1, 1)
    seen.clear()
    pipeline.ingest([write(tmp_path / "note.txt", NOTE)], watcher=lambda *step: seen.append(step))
    assert "stage" in [stage for stage, _, _ in seen]


def test_a_staged_version_is_kept_apart_until_published(
    tmp_path: Path, home: Path, pipeline: Pipeline, fiches: Path
) -> None:
    pipeline.ingest([fiches])
    report = pipeline.ingest([write(tmp_path / "note.txt", NOTE)], publish=False)
    assert (report.version, report.published, report.added) == (2, False, ["note"])
    assert open_index(home).get().number == 1
    Ledger(Home(home).ledger).publish(2)
    assert texts(home)["note"] == NOTE.strip()


def test_a_forgotten_document_is_gone_and_its_original_stays(
    tmp_path: Path, home: Path, pipeline: Pipeline, fiches: Path
) -> None:
    pipeline.ingest([fiches, write(tmp_path / "note.txt", NOTE)])
    report = pipeline.forget("note")
    assert (report.version, report.published, report.removed) == (2, True, ["note"])
    assert set(texts(home)) == {Path(name).stem for name in FICHES}
    assert NOTE.encode() in [file.read_bytes() for file in Home(home).originals.iterdir()]


def test_a_forgotten_document_can_be_ingested_again(tmp_path: Path, home: Path, pipeline: Pipeline) -> None:
    note = write(tmp_path / "note.txt", NOTE)
    pipeline.ingest([note])
    assert pipeline.forget("note").passages == 0
    assert open_index(home).get().passages == ()
    assert pipeline.ingest([note]).added == ["note"]
    assert texts(home) == {"note": NOTE.strip()}


def test_forgetting_what_is_not_there_names_it(pipeline: Pipeline, fiches: Path) -> None:
    pipeline.ingest([fiches])
    with pytest.raises(DocumentUnknown, match="no document has the id 'sirènes'"):
        pipeline.forget("sirènes")


def test_a_theme_that_is_referred_to_cannot_be_forgotten(
    home: Path, pipeline: Pipeline, fiches: Path
) -> None:
    pipeline.ingest([fiches])
    with pytest.raises(DocumentNeeded, match=r"while initiatives/houlocoop\.md refers to it"):
        pipeline.forget("energies-de-la-houle")
    assert open_index(home).get().number == 1


def test_an_index_of_another_model_is_neither_mixed_nor_touched(
    tmp_path: Path, home: Path, pipeline: Pipeline, fiches: Path
) -> None:
    pipeline.ingest([fiches])
    other = open_pipeline(home, embedder=FakeEmbedder("fake-other"))
    with pytest.raises(IndexStale, match=r"built with .* 'fake-64' but the settings ask for 'fake-other'"):
        other.ingest([write(tmp_path / "note.txt", NOTE)])
    assert open_index(home).get().number == 1
