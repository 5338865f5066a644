"""What a version would change is told before it does."""

from __future__ import annotations

from datetime import UTC, datetime

from corpus.records import DocumentRow, Version
from ui.team.documents.difference import difference
from ui.team.documents.shelf import Listed, Shelf, search
from ui.team.documents.waiting import Staged

NOW = datetime(2026, 11, 27, tzinfo=UTC)


def row(id: str, sha: str = "1", *, kind: str = "", **fields: object) -> DocumentRow:
    fiche = {"kind": kind, "id": id, "name": id.title(), **fields} if kind else None
    return DocumentRow(id, id.title(), f"{id}.md", sha, 2, fiche)


def version(number: int, *rows: DocumentRow) -> Version:
    return Version(number, NOW, "fake", 2 * len(rows), rows)


def test_documents_come_change_and_go() -> None:
    before = version(1, row("a"), row("b"), row("c"))
    after = version(2, row("b", "2"), row("c"), row("d"), row("e"))
    change = difference(before, after)
    assert [one.id for one in change.added] == ["d", "e"]
    assert [(one.id, one.sha256) for one in change.changed] == [("b", "2")]
    assert [one.id for one in change.removed] == ["a"]
    assert change.passages == 2
    assert not change.is_none


def test_initiatives_and_themes_come_and_go_by_name() -> None:
    before = version(1, row("houle", kind="theme"), row("algues", kind="theme"))
    after = version(
        2, row("houle", kind="theme"), row("ports", kind="theme"),
        row("houlocoop", kind="initiative", themes=["houle"]),
    )  # fmt: skip
    change = difference(before, after)
    assert (change.new_themes, change.lost_themes) == (("Ports",), ("Algues",))
    assert (change.new_initiatives, change.lost_initiatives) == (("Houlocoop",), ())
    back = difference(after, before)
    assert (back.lost_initiatives, back.new_themes) == (("Houlocoop",), ("Algues",))


def test_of_a_first_version_all_is_new() -> None:
    change = difference(None, version(1, row("b"), row("a")))
    assert [one.id for one in change.added] == ["a", "b"]


def test_a_version_of_the_same_documents_changes_none() -> None:
    assert difference(version(1, row("a")), version(2, row("a"))).is_none


def test_each_version_says_where_it_stands() -> None:
    versions = [version(number, row("a")) for number in (1, 2, 3, 4)]
    staged = Staged(4, NOW.isoformat(), 2, {}, {})
    shelf = Shelf(versions, 2, checks={}, staged=staged)
    assert [(one.version.number, one.state) for one in shelf.kept] == [
        (4, "waiting"),
        (3, "later"),
        (2, "live"),
        (1, "earlier"),
    ]
    assert shelf.waiting == shelf.get(4)


def test_a_version_that_has_the_number_of_another_is_not_the_one_that_waits() -> None:
    staged = Staged(2, "2020-01-01T00:00:00+00:00", 1, {}, {})
    assert Shelf([version(1), version(2)], 1, checks={}, staged=staged).waiting is None


def test_a_document_is_found_by_every_word_without_accents() -> None:
    listed = [
        Listed(row("été-au-port"), ("Ports partagés",)),
        Listed(row("hiver"), ("Énergies de la houle",)),
    ]
    assert [one.row.id for one in search(listed, "ETE ports")] == ["été-au-port"]
    assert [one.row.id for one in search(listed, "energies")] == ["hiver"]
    assert [one.row.id for one in search(listed, "hiver.md")] == ["hiver"]
    assert search(listed, "hiver port") == []
    assert search(listed, "") == listed
