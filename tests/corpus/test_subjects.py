"""Gaps are gathered by what they ask after, the same way whatever their order."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from corpus.catalogue import Catalogue, Initiative, Theme, ThinkTank
from corpus.gaps import Gap, Progress
from corpus.subjects import Naming, Subject, subjects

CATALOGUE = Catalogue(
    themes=(
        Theme(kind="theme", id="houle", name="Énergies de la houle", name_en="Wave energy"),
        Theme(kind="theme", id="filets", name="Filets et recyclage"),
    ),
    initiatives=(
        Initiative(kind="initiative", id="houlocoop", name="Houlocoop", themes=("houle",)),
        Initiative(kind="initiative", id="varech", name="Varech Laboratoire", themes=("filets",)),
    ),
    think_tanks=(ThinkTank(kind="think-tank", id="marees", name="L'Atelier des Marées"),),
)
NAMING = Naming(CATALOGUE)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def gap(
    question: str, *, times: int = 1, version: int = 1, days: int = 0, progress: Progress = "open"
) -> Gap:
    """Return a gap noted some days after the first of March."""
    return Gap(question, "fr", times, version, NOON + timedelta(days=days), progress)


def gathered(*questions: str) -> list[tuple[str, list[str]]]:
    """Return the label of each subject with its questions, sorted."""
    found = subjects([gap(one) for one in questions], NAMING)
    return [(one.label, sorted(each.question for each in one.gaps)) for one in found]


def test_questions_that_name_an_initiative_belong_to_it() -> None:
    [one] = subjects([gap("Quel budget a Houlocoop ?"), gap("Qui dirige Houlocop ?")], NAMING)
    assert (one.id, one.kind, one.label, one.fiche) == (
        "fiche:houlocoop",
        "initiative",
        "Houlocoop",
        "houlocoop",
    )
    assert len(one.gaps) == 2


def test_an_initiative_goes_before_a_theme_and_the_first_before_the_second() -> None:
    question = "Que fait Varech Laboratoire, avec Houlocoop, des énergies de la houle ?"
    [one] = subjects([gap(question)], NAMING)
    assert one.fiche == "varech"


def test_a_question_that_names_a_theme_belongs_to_it() -> None:
    found = subjects(
        [gap("What does wave energy cost?"), gap("Énergies de la houle : à quel prix ?")], NAMING
    )
    assert [(one.kind, one.label, len(one.gaps)) for one in found] == [("theme", "Énergies de la houle", 2)]


def test_the_house_itself_is_no_subject() -> None:
    assert gathered("Quel est le budget de l’Atelier des Marées ?", "Un budget pour les phares ?") == [
        ("budget", ["Quel est le budget de l’Atelier des Marées ?", "Un budget pour les phares ?"])
    ]


def test_other_questions_are_gathered_by_the_word_that_most_share() -> None:
    assert gathered(
        "Combien coûte un phare ?",
        "Qui garde les phares de la côte ?",
        "Où sont les phares anglais ?",
        "La côte est-elle protégée ?",
    ) == [
        (
            "phare",
            ["Combien coûte un phare ?", "Où sont les phares anglais ?", "Qui garde les phares de la côte ?"],
        ),
        ("côte protégée", ["La côte est-elle protégée ?"]),
    ]


def test_the_words_that_all_share_are_the_label_as_they_are_spelt() -> None:
    [(label, _)] = gathered("Le prix de l’Énergie marine ?", "Une énergie marine, ça coûte ?")
    assert label == "Énergie marine"


def test_a_misspelt_word_counts_as_the_word_it_is_near() -> None:
    [(label, questions)] = gathered(
        "Les chalutiers sont-ils aidés ?", "Combien de chalutiers ?", "kel chalutirs pechent"
    )
    assert label == "chalutiers"
    assert len(questions) == 3


def test_a_word_of_its_own_is_not_taken_for_a_misspelt_one() -> None:
    assert len(gathered("Quelle semence pour les algues ?", "Quelle semonce au port ?")) == 2


@pytest.mark.parametrize("figure", ["12", "2019"])
def test_a_figure_is_no_subject(figure: str) -> None:
    assert len(gathered(f"Le séminaire du {figure}", f"Les {figure} bateaux")) == 2


def test_what_may_be_asked_of_anything_is_no_subject() -> None:
    assert len(gathered("Quel projet de voile ?", "Un exemple de projet de sel ?")) == 2


def test_questions_without_a_word_to_go_by_stay_together() -> None:
    [one] = subjects([gap("Et alors ?"), gap("Combien ?"), gap("它们在哪里？")], NAMING)
    assert (one.kind, one.label, len(one.gaps)) == ("other", "", 3)


def test_the_order_of_the_gaps_makes_no_difference() -> None:
    letters = ["phare", "côte", "sel", "voile", "quai", "pêche", "budget", "Houlocoop", "houle", "marée"]
    draw = random.Random(7)
    some = [
        gap(f"{draw.choice(letters)} {draw.choice(letters)} {number}", times=draw.randint(1, 3))
        for number in range(60)
    ]
    before = subjects(some, NAMING)
    for _ in range(5):
        draw.shuffle(some)
        assert subjects(some, NAMING) == before
    assert sum(len(one.gaps) for one in before) == 60
    assert len({one.id for one in before}) == len(before)


def test_the_most_noted_come_first_then_the_latest() -> None:
    found = subjects(
        [gap("phare", times=2), gap("sel", times=5), gap("voile", days=3), gap("quai", days=9)], NAMING
    )
    assert [one.label for one in found] == ["sel", "phare", "quai", "voile"]


def test_a_subject_sums_up_its_questions() -> None:
    [one] = subjects(
        [gap("phare bleu", times=3, version=4, days=1), gap("phare vert", version=2, days=5)], NAMING
    )
    assert (one.times, one.versions, one.at) == (4, (2, 4), NOON + timedelta(days=5))


@pytest.mark.parametrize(
    ("each", "whole"),
    [
        (("open", "done"), "open"),
        (("writing", "declined"), "writing"),
        (("done", "declined"), "done"),
        (("declined", "declined"), "declined"),
    ],
)
def test_a_subject_is_as_far_as_what_is_least_far(each: tuple[Progress, Progress], whole: Progress) -> None:
    first, second = (gap(f"phare {word}", progress=one) for word, one in zip("ab", each, strict=True))
    assert Subject("id", "words", "phare", (first, second)).progress == whole


def test_without_a_catalogue_questions_are_gathered_by_words_alone() -> None:
    found = subjects([gap("Le budget de Houlocoop ?"), gap("Houlocoop embauche ?")], Naming(Catalogue()))
    assert [(one.kind, one.label) for one in found] == [("words", "Houlocoop")]
