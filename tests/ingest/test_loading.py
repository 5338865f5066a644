from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.catalogue import Initiative
from corpus.errors import (
    CatalogueWrong,
    DocumentRefused,
    FileEmpty,
    FileMissing,
    FileNotText,
    FileTooLarge,
    FileUnreadable,
    FormatUnknown,
    NothingToIngest,
)
from ingest.loading import Found, Loaded, find_files, load, slug
from tests.fakes import FICHES, write

LIMIT = 10_000


def loaded(file: Path, *, name: str = "") -> Loaded:
    return load(Found(file, name or file.name), size_limit=LIMIT)


def loaded_text(folder: Path, text: str, *, name: str = "note.md") -> Loaded:
    return loaded(write(folder / name, text))


def test_files_of_a_folder_are_found_below_it_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.MD", "a/d.markdown", ".hidden/e.md", "a/.f.md", "g.pdf", "h.md/i.txt"):
        write(tmp_path / name, "Un texte.")
    assert [one.name for one in find_files([tmp_path])] == ["a/c.MD", "a/d.markdown", "b.txt", "h.md/i.txt"]


def test_a_folder_inside_that_may_not_be_looked_into_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "note.md", "Un texte.")
    (tmp_path / "closed").mkdir()
    monkeypatch.setattr(os, "access", lambda path, _mode: path != tmp_path / "closed")
    closed, note = find_files([tmp_path])
    assert (closed.name, note.name) == ("closed", "note.md")
    with pytest.raises(FileUnreadable, match=r"closed: cannot be read \(Permission denied\)"):
        load(closed, size_limit=LIMIT)


def test_a_named_file_is_found_whatever_its_format(tmp_path: Path) -> None:
    file = write(tmp_path / "a" / "deck.pdf", "%PDF")
    assert find_files([file]) == [Found(file, "deck.pdf")]


def test_a_file_named_twice_is_found_once_under_its_first_name(tmp_path: Path) -> None:
    file = write(tmp_path / "a" / "b.md", "Un texte.")
    assert find_files([tmp_path, file, tmp_path / "a"]) == [Found(file, "a/b.md")]


def test_files_of_one_name_are_shown_with_the_folders_that_tell_them_apart(tmp_path: Path) -> None:
    files = [write(tmp_path / name, name) for name in ("2023/x/r.md", "2024/x/r.md", "2024/x/s.md")]
    assert [one.name for one in find_files(files)] == ["2023/x/r.md", "2024/x/r.md", "s.md"]
    assert [one.path for one in find_files(files)] == files


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match=r"absent\.md: there is no such file or folder"):
        find_files([tmp_path / "absent.md"])


def test_a_folder_with_nothing_to_read_says_what_would_be(tmp_path: Path) -> None:
    write(tmp_path / "deck.pdf", "%PDF")
    with pytest.raises(NothingToIngest, match=rf"in {tmp_path}; .* \.md, \.markdown, \.txt"):
        find_files([tmp_path])


def test_a_folder_that_may_not_be_looked_into_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", forbidden)
    with pytest.raises(FileUnreadable, match=r"cannot be read \(Permission denied\); check its permissions"):
        find_files([tmp_path])


def test_a_file_name_that_is_not_utf8_is_shown_with_escapes(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("Un texte.")
    assert [one.name for one in find_files([tmp_path])] == ["caf\\xe9.md"]


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (b"", FileEmpty, "note.txt: holds no text"),
        (b" \n\t\r\n", FileEmpty, "note.txt: holds no text"),
        (b"\xef\xbb\xbf", FileEmpty, "note.txt: holds no text"),
        ("… — °".encode(), FileEmpty, "note.txt: holds no text"),
        (b"PK\x03\x04\x00\x00", FileNotText, r"note.txt: is not UTF-8 text \(byte 4\); save it as UTF-8"),
        ("Marées".encode("utf-16"), FileNotText, r"note.txt: is not UTF-8 text \(byte 3\)"),
        ("Les marées".encode("latin-1"), FileNotText, r"note.txt: is not UTF-8 text \(byte 7\)"),
        (b"x" * (LIMIT + 1), FileTooLarge, "note.txt: has 10001 bytes, the limit is 10000"),
    ],
)
def test_a_file_without_usable_text_is_refused_with_its_reason(
    tmp_path: Path, content: bytes, error: type[DocumentRefused], said: str
) -> None:
    file = tmp_path / "note.txt"
    file.write_bytes(content)
    with pytest.raises(error, match=said):
        loaded(file)


def test_a_file_as_large_as_the_limit_is_read(tmp_path: Path) -> None:
    assert loaded_text(tmp_path, "x" * LIMIT, name="note.txt").document.text == "x" * LIMIT


@pytest.mark.parametrize("name", ["deck.pdf", "note", "page.html", "note.md.exe"])
def test_a_format_that_is_not_read_is_named_with_those_that_are(tmp_path: Path, name: str) -> None:
    with pytest.raises(FormatUnknown, match=rf"{name}: the format .* \.md, \.markdown, \.txt"):
        loaded_text(tmp_path, "Un texte.", name=name)


def test_what_is_no_regular_file_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(FileUnreadable, match=r"pipe\.md: cannot be read \(not a regular file\)"):
        loaded(tmp_path / "pipe.md")


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_file: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    with pytest.raises(FileUnreadable, match=r"note\.md: cannot be read \(Permission denied\)"):
        loaded_text(tmp_path, "Un texte.")


def test_markdown_without_headings_is_one_section_titled_by_the_file(tmp_path: Path) -> None:
    read = loaded_text(tmp_path, "Un texte\nsur deux lignes.\n", name="Rapport_de  mission.md")
    assert read.document.title == "Rapport de mission"
    assert read.document.text == "Un texte\nsur deux lignes.\n"
    assert [(one.heading, one.start, one.end) for one in read.sections] == [("", 0, 26)]
    assert read.fiche is None


def test_sections_follow_the_headings_and_the_first_title_names_the_document(tmp_path: Path) -> None:
    text = "Avant.\n\n# Le port\n\nUn quai.\n\n## Ses bateaux ##\n\nTrois.\n\n### Vide\n\n# Après\n\nFin.\n"
    read = loaded_text(tmp_path, text)
    body = read.document.text
    assert read.document.title == "Le port"
    assert [(one.heading, body[one.start : one.end].strip()) for one in read.sections] == [
        ("", "Avant."),
        ("", "Un quai."),
        ("Ses bateaux", "Trois."),
        ("Après", "Fin."),
    ]


@pytest.mark.parametrize("text", ["# Titre\n", "# Titre\n\n## Sous-titre\n", "# Titre\n\n***\n"])
def test_headings_without_a_text_below_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(FileEmpty, match=r"note\.md: holds no text"):
        loaded_text(tmp_path, text)


def test_a_number_sign_in_a_plain_text_is_no_heading(tmp_path: Path) -> None:
    read = loaded_text(tmp_path, "# 12 bateaux\n\nUn quai.", name="note.txt")
    assert read.document.title == "note"
    assert read.document.text == "# 12 bateaux\n\nUn quai."


def test_a_plain_text_is_mended_and_markdown_is_not(tmp_path: Path) -> None:
    assert loaded_text(tmp_path, "I'ile et\nle port", name="a.txt").document.text == "l'ile et le port"
    assert loaded_text(tmp_path, "I'ile et\nle port", name="a.md").document.text == "I'ile et\nle port\n"


def test_a_fence_in_a_plain_text_is_text(tmp_path: Path) -> None:
    assert "kind" in loaded_text(tmp_path, "---\nkind: theme\n---\nUn port.", name="a.txt").document.text


def test_the_sum_is_that_of_the_bytes_and_the_bytes_are_kept(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbfUn texte.\r\n"
    (tmp_path / "a.md").write_bytes(content)
    read = loaded(tmp_path / "a.md")
    assert read.content == content
    assert read.document.sha256 == hashlib.sha256(content).hexdigest()
    assert read.document.text == "Un texte.\n"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_fiche_gives_its_document_id_title_and_tags(tmp_path: Path, line_end: str) -> None:
    text = FICHES["initiatives/maille-a-maille.md"].replace("\n", line_end)
    (tmp_path / "fiche.md").write_bytes(text.encode())
    read = loaded(tmp_path / "fiche.md")
    assert isinstance(read.fiche, Initiative)
    assert (read.document.id, read.document.title) == ("maille-a-maille", "Maille à Maille")
    assert read.document.initiative == "maille-a-maille"
    assert read.document.themes == ("filets-et-recyclage", "ports-partages")
    assert read.document.text.startswith("# Maille à Maille\n")
    assert "kind:" not in read.document.text


def test_a_theme_tags_its_document_with_itself_and_the_think_tank_with_nothing(tmp_path: Path) -> None:
    theme = loaded_text(tmp_path, FICHES["themes/ports-partages.md"]).document
    house = loaded_text(tmp_path, FICHES["atelier-des-marees.md"]).document
    assert (theme.themes, theme.initiative) == (("ports-partages",), None)
    assert (house.themes, house.initiative) == ((), None)


def test_front_matter_that_says_no_kind_is_left_out_and_makes_no_fiche(tmp_path: Path) -> None:
    read = loaded_text(tmp_path, "---\nauthor: Anne\n---\n# Le port\n\nUn quai.\n")
    assert read.fiche is None
    assert read.document.text == "# Le port\n\nUn quai.\n"


def test_a_wrong_fiche_is_refused_by_file_and_field(tmp_path: Path) -> None:
    text = FICHES["initiatives/houlocoop.md"].replace("2011", "bientôt", 1)
    with pytest.raises(CatalogueWrong, match=r"^houlocoop\.md: year: Input should be a valid integer"):
        loaded_text(tmp_path, text, name="houlocoop.md")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Rapport d'été.txt", "rapport-d-ete"),
        ("2024/Ports & Quais.v2.md", "2024-ports-quais-v2"),
        ("…….md", "document"),
        ("x" * 200 + ".md", "x" * 80),
    ],
)
def test_a_document_id_is_made_of_the_file_name(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(
    st.text(alphabet=st.characters(blacklist_characters="/\0"), min_size=1).filter(lambda n: n not in "..")
)
def test_every_file_name_makes_an_id_of_plain_letters(name: str) -> None:
    made = slug(f"{name}.md")
    assert made.replace("-", "").isalnum()
    assert made.isascii()
    assert made == made.lower()
    assert len(made) <= 80
