"""Everything is said in French and in English, with the same things in the same holes."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

import pytest

import ui.errors
from corpus import errors
from corpus.errors import PasserelleError, QuestionTooLong, ThemeUnknown
from ui.errors_fr import SENTENCES
from ui.text import FOLDER, LANGUAGES, all_phrases, as_sentence, explain, phrases, say, unbroken


def tree(root: type[PasserelleError]) -> Iterator[type[PasserelleError]]:
    yield root
    for branch in root.__subclasses__():
        yield from tree(branch)


def holes(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


ERRORS = sorted(set(tree(PasserelleError)), key=lambda error: error.__name__)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_has_a_french_twin_with_the_same_holes(error: type[PasserelleError]) -> None:
    assert holes(SENTENCES[error.__name__]) == holes(error.sentence)


def test_every_french_sentence_belongs_to_an_error() -> None:
    assert [name for name in SENTENCES if not hasattr(errors, name) and not hasattr(ui.errors, name)] == []


@pytest.mark.parametrize("key", all_phrases())
def test_every_phrase_is_in_both_languages_with_the_same_holes(key: str) -> None:
    said = all_phrases()[key]
    assert set(said) == set(LANGUAGES)
    assert holes(said["fr"]) - {"s"} == holes(said["en"]) - {"s"}
    assert all(said.values())


def test_no_key_stands_in_two_files() -> None:
    keys = [key for file in FOLDER.glob("*.toml") for key in phrases(file.stem)]
    assert sorted(keys) == sorted(set(keys))


FRENCH = [*SENTENCES.values(), *(said["fr"] for said in all_phrases().values())]


@pytest.mark.parametrize("french", FRENCH)
def test_french_is_typeset(french: str) -> None:
    assert "'" not in french
    assert "..." not in french.replace("]...", "")


def test_an_error_is_explained_in_the_language_of_the_reader() -> None:
    error = QuestionTooLong(length=20_000, limit=2000)
    assert explain(error, "en") == str(error)
    assert explain(error, "fr").replace("\u00a0", " ") == (
        "la question compte 20000 caractères, la limite est de 2000 ; raccourcissez-la"
    )


def test_what_stands_in_a_hole_is_never_taken_for_a_hole() -> None:
    error = ThemeUnknown(id="{known}", known="houle ; ports")
    assert "'{known}'" in explain(error, "fr")
    assert "houle ; ports" in explain(error, "fr")


def test_an_unknown_phrase_or_a_missing_field_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        say("no such key", "fr")
    with pytest.raises(KeyError):
        say("footer", "fr")


def test_french_punctuation_stays_with_its_word() -> None:
    assert unbroken("« Où ? »") == "«\u00a0Où\u00a0?\u00a0»"
    assert say("understood", "fr") == "Compris ainsi\u00a0:"
    assert unbroken("Where? Here: there") == "Where? Here: there"


def test_an_error_on_the_page_is_a_sentence() -> None:
    assert as_sentence("écrivez") == "Écrivez."
    assert as_sentence("Quoi ?") == "Quoi ?"
