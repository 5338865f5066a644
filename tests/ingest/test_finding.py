from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.errors import (
    FileMissing,
    FileNameUnusable,
    FileOutside,
    FileUnreadable,
    FormatUnknown,
    NothingToIngest,
)
from ingest.finding import Found, find_files
from tests.fakes import write


def names(*paths: Path) -> list[str]:
    return [one.name for one in find_files(paths)[0]]


def refusals(*paths: Path) -> dict[str, type[Exception]]:
    return {one.file: type(one.reason) for one in find_files(paths)[1]}


def test_files_of_a_folder_are_found_below_it_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.MD", "a/d.pdf", ".hidden/e.md", "a/.f.md", "g.exe", "h.md/i.txt"):
        write(tmp_path / name, "Un texte.")
    assert sorted(names(tmp_path)) == ["a/c.MD", "a/d.pdf", "b.txt", "h.md/i.txt"]


def test_a_folder_inside_that_may_not_be_looked_into_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "note.md", "Un texte.")
    (tmp_path / "closed").mkdir()
    monkeypatch.setattr(os, "access", lambda path, _mode: str(path) != str(tmp_path / "closed"))
    assert names(tmp_path) == ["note.md"]
    assert refusals(tmp_path) == {"closed": FileUnreadable}


def test_a_format_that_is_not_read_is_refused_only_when_it_is_named(tmp_path: Path) -> None:
    file = write(tmp_path / "a" / "deck.exe", "MZ")
    note = write(tmp_path / "a" / "note.md", "Un texte.")
    assert names(tmp_path) == ["a/note.md"]
    assert refusals(tmp_path) == {}
    assert refusals(file, note) == {"deck.exe": FormatUnknown}
    with_all = str(find_files([file])[1][0].reason)
    assert ".md, .markdown" in with_all
    assert ".pdf" in with_all


def test_a_file_named_twice_is_found_once_under_its_first_name(tmp_path: Path) -> None:
    file = write(tmp_path / "a" / "b.md", "Un texte.")
    assert find_files([tmp_path, file, tmp_path / "a"])[0] == [Found(file, "a/b.md")]


def test_files_of_one_name_are_shown_with_the_folders_that_tell_them_apart(tmp_path: Path) -> None:
    files = [write(tmp_path / name, name) for name in ("2023/x/r.md", "2024/x/r.md", "2024/x/s.md")]
    assert names(*files) == ["2023/x/r.md", "2024/x/r.md", "s.md"]
    assert [one.path for one in find_files(files)[0]] == files


def test_a_single_path_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match=r"absent\.md: there is no such file or folder"):
        find_files([tmp_path / "absent.md"])


def test_of_several_paths_the_one_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    note = write(tmp_path / "note.md", "Un texte.")
    assert names(tmp_path / "absent.md", note) == ["note.md"]
    assert refusals(tmp_path / "absent.md", note) == {str(tmp_path / "absent.md"): FileMissing}


def test_a_folder_with_nothing_to_read_says_what_would_be(tmp_path: Path) -> None:
    write(tmp_path / "deck.exe", "MZ")
    with pytest.raises(NothingToIngest, match=rf"in {tmp_path}; .*\.md, \.markdown"):
        find_files([tmp_path])


def test_a_folder_that_may_not_be_looked_into_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", forbidden)
    [refused] = find_files([tmp_path])[1]
    assert "cannot be read (Permission denied); check its permissions" in str(refused.reason)


def test_a_file_name_that_is_not_utf8_is_shown_with_escapes(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("Un texte.")
    assert names(tmp_path) == ["caf\\xe9.md"]


@pytest.mark.parametrize("char", ["\u202e", "\u200b", "\n", "\x1b", "\u2028"])
def test_a_name_with_a_character_that_is_not_shown_is_refused_and_told_with_escapes(
    tmp_path: Path, char: str
) -> None:
    write(tmp_path / f"rap{char}port.md", "Un texte.")
    write(tmp_path / "note.md", "Un texte.")
    assert names(tmp_path) == ["note.md"]
    [refused] = find_files([tmp_path])[1]
    assert isinstance(refused.reason, FileNameUnusable)
    assert refused.reason.fields["file"] == f"rap\\u{ord(char):04x}port.md"


def test_a_path_with_a_nul_or_too_long_for_the_system_is_refused(tmp_path: Path) -> None:
    note = write(tmp_path / "note.md", "Un texte.")
    for path in (Path("a\0b.md"), tmp_path / ("x" * 300 + ".md")):
        assert names(path, note) == ["note.md"]
        assert len(find_files([path, note])[1]) == 1


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    write(tmp_path / "note.md", "Un texte.")
    assert names(tmp_path) == ["note.md"]
    [refused] = find_files([tmp_path])[1]
    assert "pipe.md: cannot be read (not a regular file but a pipe)" in str(refused.reason)


def test_a_link_out_of_the_folder_is_refused_with_where_it_leads(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret" / "keys.txt", "secret")
    folder = tmp_path / "folder"
    note = write(folder / "note.md", "Un texte.")
    (folder / "keys.txt").symlink_to(secret)
    (folder / "all").symlink_to(secret.parent, target_is_directory=True)
    (folder / "same.md").symlink_to(note)
    assert refusals(folder) == {"keys.txt": FileOutside, "all": FileOutside}
    assert str(secret) in str(find_files([folder])[1][-1].reason)
    assert names(folder) == ["note.md"]


def test_a_link_to_a_folder_inside_the_folder_is_neither_refused_nor_found_twice(tmp_path: Path) -> None:
    write(tmp_path / "2024" / "note.md", "Un texte.")
    (tmp_path / "latest").symlink_to(tmp_path / "2024", target_is_directory=True)
    assert names(tmp_path) == ["2024/note.md"]
    assert refusals(tmp_path) == {}


def test_links_in_a_circle_and_links_to_nothing_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "note.md", "Un texte.")
    (tmp_path / "a.md").symlink_to(tmp_path / "b.md")
    (tmp_path / "b.md").symlink_to(tmp_path / "a.md")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    assert names(tmp_path) == ["note.md"]
    assert set(refusals(tmp_path)) == {"a.md", "b.md", "gone.md"}


def test_a_named_link_is_followed(tmp_path: Path) -> None:
    note = write(tmp_path / "deep" / "note.md", "Un texte.")
    (tmp_path / "link.md").symlink_to(note)
    assert names(tmp_path / "link.md") == ["link.md"]
