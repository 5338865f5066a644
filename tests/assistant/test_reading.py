from __future__ import annotations

import pytest

from assistant.desk import Desk, Request
from assistant.question import Asked, checked
from corpus.errors import QuestionEmpty, QuestionTooLong


def read(desk: Desk, question: str) -> Asked:
    return desk.reader.read(question, standalone=question, entities=(), language="fr", themes=())


@pytest.mark.parametrize(
    "question",
    ["c koi la force de houlocop", "FORCE DE HOULOCOOP", "la force d'Houlo Coop ?", "force de l'houlocoop"],
)
def test_an_initiative_is_recognised_however_it_is_typed(desk: Desk, question: str) -> None:
    assert read(desk, question).entities == ("houlocoop",)


def test_a_mistyped_word_is_mended_and_a_real_one_left_alone(desk: Desk) -> None:
    assert desk.reader.mend("quelles initatives") == "quelles initiatives"
    assert desk.reader.mend("le président du budget") == "le president du budget"


def test_a_name_unknown_to_the_corpus_is_never_mended(desk: Desk) -> None:
    assert "haulecoup" in desk.reader.mend("La force de Haulecoup")


def test_the_story_before_a_question_is_left_out(desk: Desk) -> None:
    asked = read(desk, "Bonjour, je prépare un exposé sur la mer. Combien de sociétaires chez Houlocoop ?")
    assert [term.word for term in asked.terms] == ["societaires"]


def test_what_the_corpus_lacks_is_foreign_and_what_is_asked_for_is_an_attribute(desk: Desk) -> None:
    terms = {term.word: term for term in read(desk, "Quel est le budget de Houlocoop ?").terms}
    assert terms["budget"].foreign
    assert terms["budget"].attribute


def test_a_correct_word_typed_without_accents_is_left_alone(desk: Desk) -> None:
    assert desk.reader.mend("la fiscalite des dons") == "la fiscalite des dons"


@pytest.mark.parametrize(
    ("question", "initiative"),
    [
        ("Où en est le lab de Batz ?", "varech-lab"),
        ("la criée douarneniste, c'est quoi ?", "la-criee-ouverte"),
    ],
)
def test_an_initiative_is_recognised_by_a_word_of_its_name_and_its_territory(
    desk: Desk, question: str, initiative: str
) -> None:
    assert read(desk, question).entities == (initiative,)


def test_a_request_that_points_back_keeps_what_was_told_before_it(desk: Desk) -> None:
    asked = read(desk, "J'ai besoin de la force de Houlocoop ; tu me la redis ?")
    assert asked.entities == ("houlocoop",)
    assert "strength" in asked.kinds


def test_phone_spelling_of_it_is_where_is_understood(desk: Desk) -> None:
    assert "place" in read(desk, "houlocoop c ou").kinds


def test_a_word_is_given_back_as_the_question_spells_it(desk: Desk) -> None:
    assert read(desk, "Et les Légumes de Houlocoop ?").spelt("legumes") == "Légumes"


def test_a_question_is_cleaned_of_control_characters() -> None:
    assert checked("\x00Où\x07 est\u202e Houlocoop\ud800 ?", limit=100) == "Où est Houlocoop ?"


@pytest.mark.parametrize("question", ["", "   ", "\x00\x01", "?!…"])
def test_a_question_without_a_word_is_refused(question: str) -> None:
    with pytest.raises(QuestionEmpty):
        checked(question, limit=100)


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Arrêtée depuis les années 1970, quand a-t-elle repris ?", set()),
        ("Fondée en 1970 ?", {"1970"}),
        ("Plus de 500 sociétaires ?", set()),
    ],
)
def test_a_decade_or_a_bound_need_not_be_told(desk: Desk, question: str, numbers: set[str]) -> None:
    assert desk.understand(Request(question)).numbers == numbers


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("lagriculture depui quand", "agriculture depuis quand"),
        ("les jardins de l'abbé Lemire", "les jardins de l abbe lemire"),
    ],
)
def test_function_words_are_mended_and_names_are_not(desk: Desk, written: str, meant: str) -> None:
    assert desk.reader.mend(written) == meant


def test_a_theme_is_added_to_the_think_tank_by_a_word_of_its_name(desk: Desk) -> None:
    asked = desk.understand(Request("Pourquoi l'Atelier des Marées s'intéresse-t-il à la houle ?"))
    assert asked.entities == ("atelier-des-marees", "energies-de-la-houle")


def test_a_list_by_one_word_of_a_theme_is_of_that_theme(desk: Desk) -> None:
    asked = desk.understand(
        Request("Je cherche les initiatives liées à la houle, pouvez-vous me les indiquer ?")
    )
    assert asked.entities == ("energies-de-la-houle",)


def test_a_question_over_the_limit_is_refused_with_both_numbers() -> None:
    with pytest.raises(QuestionTooLong, match=r"20000 characters, the limit is 2000"):
        checked("a" * 20_000, limit=2000)


@pytest.mark.parametrize(("typed", "meant"), [("koopérativ", "cooperative"), ("nilon", "nylon")])
def test_a_word_spelt_as_it_sounds_is_mended(desk: Desk, typed: str, meant: str) -> None:
    assert desk.reader.mend(typed) == meant


def test_a_capital_does_not_keep_a_common_word_from_being_mended(desk: Desk) -> None:
    assert "association" in desk.reader.mend("Quelle Asociation transforme les algues ?")


def test_a_name_spelt_as_it_sounds_is_recognised(desk: Desk) -> None:
    assert read(desk, "la forse de oulokop").entities == ("houlocoop",)


def test_of_two_likely_words_the_one_said_alike_is_meant(desk: Desk) -> None:
    assert desk.reader.mend("quel proje au port") == "quel projet au port"


def test_a_real_word_is_not_taken_for_an_article_and_another(desk: Desk) -> None:
    assert "taux" in desk.reader.mend("quel est le taux de filets recyclés").split()
    assert desk.reader.mend("lassociation").split() == ["association"]
