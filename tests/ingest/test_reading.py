from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from corpus.catalogue import Initiative
from corpus.errors import CatalogueWrong, DocumentRefused, FileEmpty, FileNotText, FileTooLarge
from corpus.home import Home
from ingest.reading import Loaded
from tests.fakes import FICHES, read_files, write

LIMIT = 10_000


def loaded(file: Path) -> Loaded:
    """Read one file; what it is refused for is raised."""
    read = read_files([file], file.parent.with_name("home"), limit=LIMIT)
    if read.refused:
        raise read.refused[0].reason
    [one] = read.loaded
    return one


def loaded_text(folder: Path, text: str, *, name: str = "note.md") -> Loaded:
    return loaded(write(folder / "in" / name, text))


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (b"", FileEmpty, "note.txt: holds no text"),
        (b" \n\t\r\n", FileEmpty, "note.txt: holds no text"),
        (b"\xef\xbb\xbf", FileEmpty, "note.txt: holds no text"),
        ("… — °".encode(), FileEmpty, "note.txt: holds no text"),
        (b"abc\x00\x01\x02\x03\x04def", FileNotText, "note.txt: is not UTF-8 text"),
        (b"x" * (LIMIT + 1), FileTooLarge, "note.txt: has 10001 bytes, the limit is 10000"),
    ],
)
def test_a_file_without_usable_text_is_refused_with_its_reason(
    tmp_path: Path, content: bytes, error: type[DocumentRefused], said: str
) -> None:
    file = write(tmp_path / "in" / "note.txt", "")
    file.write_bytes(content)
    with pytest.raises(error, match=said):
        loaded(file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_whatever_of_these_encodings(tmp_path: Path, encoding: str) -> None:
    file = write(tmp_path / "in" / "note.txt", "")
    file.write_bytes("Les marées d'été montent à l'île.".encode(encoding))
    assert loaded(file).document.text == "Les marées d'été montent à l'île."


def test_a_file_as_large_as_the_limit_is_read(tmp_path: Path) -> None:
    assert loaded_text(tmp_path, "x" * LIMIT, name="note.txt").document.text == "x" * LIMIT


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


def test_a_line_set_apart_at_the_head_of_a_plain_text_is_its_title(tmp_path: Path) -> None:
    text = "Le port de Roscoff\n\nUn quai, trois bateaux et une criée ouverte à tous."
    assert loaded_text(tmp_path, text, name="note.txt").document.title == "Le port de Roscoff"
    sentence = "Le port est ouvert.\n\nUn quai, trois bateaux et une criée ouverte à tous."
    assert loaded_text(tmp_path, sentence, name="note.txt").document.title == "note"


def test_a_plain_text_is_mended_and_markdown_is_not(tmp_path: Path) -> None:
    assert loaded_text(tmp_path, "I'ile et\nle port", name="a.txt").document.text == "l'ile et le port"
    assert loaded_text(tmp_path, "I'ile et\nle port", name="b.md").document.text == "I'ile et\nle port\n"


def test_what_was_mended_is_kept_as_it_stood_with_where_it_stood(tmp_path: Path) -> None:
    read = loaded_text(tmp_path, "  Voici I'ile et\nle port.", name="a.txt")
    assert read.original == "Voici I'ile et\nle port.\n\n"
    start = read.document.text.index("l'ile")
    where = slice(*read.alignment.span(start, start + len("l'ile et le port")))
    assert read.original[where] == "I'ile et\nle port"


def test_a_fence_in_a_plain_text_is_text(tmp_path: Path) -> None:
    assert "kind" in loaded_text(tmp_path, "---\nkind: theme\n---\nUn port.", name="a.txt").document.text


def test_the_bytes_are_kept_in_the_home_under_their_sum(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbfUn texte.\r\n"
    file = write(tmp_path / "in" / "a.md", "")
    file.write_bytes(content)
    read = loaded(file)
    assert read.document.sha256 == hashlib.sha256(content).hexdigest()
    assert Home(tmp_path / "home").original(read.document.sha256, "a.md").read_bytes() == content
    assert read.document.text == "Un texte.\n"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_fiche_gives_its_document_id_title_and_entry(tmp_path: Path, line_end: str) -> None:
    text = FICHES["initiatives/maille-a-maille.md"].replace("\n", line_end)
    file = write(tmp_path / "in" / "fiche.md", "")
    file.write_bytes(text.encode())
    read = loaded(file)
    assert isinstance(read.fiche, Initiative)
    assert (read.document.id, read.document.title) == ("maille-a-maille", "Maille à Maille")
    assert {one.entry for one in read.sections} == {"maille-a-maille"}
    assert read.document.text.startswith("# Maille à Maille\n")
    assert "kind:" not in read.document.text


def test_front_matter_that_says_no_kind_is_left_out_and_makes_no_fiche(tmp_path: Path) -> None:
    read = loaded_text(tmp_path, "---\nauthor: Anne\n---\n# Le port\n\nUn quai.\n")
    assert read.fiche is None
    assert read.document.text == "# Le port\n\nUn quai.\n"


def test_a_wrong_fiche_is_refused_by_file_and_field(tmp_path: Path) -> None:
    text = FICHES["initiatives/houlocoop.md"].replace("2011", "bientôt", 1)
    with pytest.raises(CatalogueWrong, match=r"^houlocoop\.md: year: Input should be a valid integer"):
        loaded_text(tmp_path, text, name="houlocoop.md")


def test_the_second_file_of_the_same_bytes_and_files_held_already_are_not_read(tmp_path: Path) -> None:
    files = [write(tmp_path / "in" / name, "Un quai.\n") for name in ("a.md", "b.md")]
    read = read_files(files, tmp_path / "home")
    assert [one.document.file for one in read.loaded] == ["a.md"]
    assert [one.found.name for one in read.again] == ["b.md"]


def test_bytes_that_are_refused_under_one_name_are_read_under_another(tmp_path: Path) -> None:
    files = [
        write(tmp_path / "in" / name, "Le phare veille.") for name in ("a.pdf", "b.txt", "c.md", "d.docx")
    ]
    read = read_files(files, tmp_path / "home", limit=LIMIT)
    assert [one.document.file for one in read.loaded] == ["b.txt"]
    assert [one.file for one in read.refused] == ["a.pdf"]
    assert [one.found.name for one in read.again] == ["c.md", "d.docx"]
