"""Files come in under a plain name, whole, and only where they belong."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentRefused, FileNameUnusable, FileTooLarge, FileUnreadable, FormatUnknown
from ui.team.documents.inbox import Inbox, named, placed


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path / "inbox", limit=100)


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("note.md", "note.md"),
        ("Rapport d'été (v2).PDF", "Rapport d'été (v2).PDF"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\Moi\\note.docx", "note.docx"),
        ("/etc/cron.d/a.md", "a.md"),
        ("dossier/sous-dossier/note.md", "note.md"),
        ("e\u0301te\u0301.md", "été.md"),
        ("<script>alert(1)<", None),
        ("<img src=x>.md", "<img src=x>.md"),
        ("note.md.exe", None),
        ("note", None),
        (".md", None),
        ("..md", None),
        ("..", None),
        ("", None),
        ("dossier/", None),
    ],
)
def test_a_name_loses_its_folders_and_keeps_the_rest(sent: str, name: str | None) -> None:
    if name is None:
        with pytest.raises(FormatUnknown):
            named(sent)
    else:
        assert named(sent) == name


@pytest.mark.parametrize(
    "odd", ["\u202e", "\u200b", "\x00", "\n", "\u2028", "\ufeff", "\x7f", "\ud800", "\ue000"]
)
def test_a_name_that_holds_what_is_not_shown_is_refused(odd: str) -> None:
    with pytest.raises(FileNameUnusable) as refused:
        named(f"note{odd}gpj.md")
    assert odd not in str(refused.value)


def test_a_name_without_end_is_cut_before_its_suffix() -> None:
    name = named("é" * 1000 + ".markdown")
    assert len(name.encode()) <= 150
    assert name.endswith("é.markdown")


@given(st.text(max_size=40))
def test_no_name_whatever_leads_out_of_the_inbox(sent: str) -> None:
    try:
        name = named(sent + ".md")
    except DocumentRefused:
        return
    assert name == Path(name).name
    assert not name.startswith(".")
    assert "\\" not in name


def test_a_file_goes_to_the_only_document_of_its_name() -> None:
    known = ["initiatives/dsi.md", "a/note.md", "b/note.md", "../x.md", "/y.md", ".hidden/z.md"]
    assert placed("dsi.md", known=known, taken=[]) == "initiatives/dsi.md"
    assert placed("note.md", known=known, taken=[]) == "note.md"
    assert placed("new.md", known=known, taken=[]) == "new.md"
    for name in ("x.md", "y.md", "z.md"):
        assert placed(name, known=known, taken=[]) == name


def test_two_of_one_name_stay_two() -> None:
    taken: list[str] = []
    for _ in range(3):
        taken.append(placed("note.md", known=["a/note.md"], taken=taken))
    assert taken == ["a/note.md", "a/note (2).md", "a/note (3).md"]


def test_what_comes_in_waits_until_it_is_taken_out(inbox: Inbox) -> None:
    assert inbox.files() == []
    inbox.receive("initiatives/b.md", io.BytesIO(b"12345"))
    inbox.receive("a.md", io.BytesIO(b"1"))
    inbox.receive("a.md", io.BytesIO(b"123"))
    assert [(one.name, one.size) for one in inbox.files()] == [("a.md", 3), ("initiatives/b.md", 5)]
    inbox.remove({"a.md": inbox.sha256("a.md"), "not there.md": "0" * 64, "initiatives/b.md": ""})
    assert [one.name for one in inbox.files()] == ["initiatives/b.md"]
    inbox.clear()
    assert inbox.files() == []


def test_only_what_is_as_it_was_known_is_taken_out(inbox: Inbox) -> None:
    inbox.receive("a.md", io.BytesIO(b"111"))
    known = {"a.md": inbox.sha256("a.md")}
    inbox.receive("a.md", io.BytesIO(b"222"))
    assert [one.name for one in inbox.unheld(known)] == ["a.md"]
    inbox.remove(known)
    assert (inbox.folder / "a.md").read_bytes() == b"222"
    now = {"a.md": inbox.sha256("a.md")}
    assert inbox.unheld(now) == []
    inbox.remove(now)
    assert list(inbox.folder.iterdir()) == []


def test_what_comes_in_as_another_is_taken_out_stays(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox.receive("a.md", io.BytesIO(b"111"))
    known = {"a.md": inbox.sha256("a.md")}
    replace = Path.replace

    def replaced(path: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "replace", replace)
        inbox.receive("a.md", io.BytesIO(b"222"))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", replaced)
    inbox.remove(known)
    assert [one.name for one in inbox.folder.iterdir()] == ["a.md"]
    assert (inbox.folder / "a.md").read_bytes() == b"222"


def test_a_file_over_the_limit_is_refused_and_leaves_nothing(inbox: Inbox) -> None:
    inbox.receive("whole.md", io.BytesIO(b"x" * 100))
    with pytest.raises(FileTooLarge):
        inbox.receive("large.md", io.BytesIO(b"x" * 101))
    assert [one.name for one in inbox.folder.iterdir()] == ["whole.md"]


def test_what_cannot_be_written_is_told_with_its_name(inbox: Inbox) -> None:
    inbox.receive("a.md", io.BytesIO(b"1"))
    with pytest.raises(FileUnreadable) as refused:
        inbox.receive("a.md/b.md", io.BytesIO(b"1"))
    assert refused.value.fields["file"] == "a.md/b.md"
    assert [one.name for one in inbox.folder.iterdir()] == ["a.md"]


def test_what_leaves_while_it_is_looked_at_is_no_fault(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.md", "gone.md", "themes/b.md"):
        inbox.receive(name, io.BytesIO(b"1"))
    look = Path.stat

    def leave(path: Path, **named: bool) -> os.stat_result:
        seen = look(path, **named)
        if path.name == "gone.md":
            path.unlink()
        elif path.name == "themes":
            shutil.rmtree(path)
        return seen

    monkeypatch.setattr(Path, "stat", leave)
    assert "a.md" in [one.name for one in inbox.files()]
    assert [one.name for one in inbox.files()] in (["a.md"], ["a.md", "themes/b.md"])
