"""What a sentence must hold to answer at all: a year where one is asked, each where each is asked."""

from __future__ import annotations

import pytest

from assistant.demands import fits
from assistant.desk import Desk, Request
from assistant.follow_up import standalone
from assistant.question import Turn
from corpus.documents import Passage
from corpus.sentences import clauses


@pytest.mark.parametrize(
    ("question", "sentence", "answers"),
    [
        ("En quelle année l'atelier du 12 avril a-t-il eu lieu ?", "L'atelier a eu lieu le 12 avril.", False),
        (
            "En quelle année l'atelier du 12 avril a-t-il eu lieu ?",
            "L'atelier eut lieu le 12 avril 2018.",
            True,
        ),
        ("En quelle année le phare a-t-il brûlé ?", "Le phare brûla au XIIe siècle.", True),
        ("Quand l'atelier a-t-il eu lieu ?", "L'atelier a eu lieu le 12 avril.", True),
        ("Énumérez une par une les 4 pistes.", "Le rapport a 4 pistes d'actions.", False),
        ("Énumérez une par une les 4 pistes.", "Les 4 pistes : quai, mer, vent, sel.", True),
        ("Combien de salariés compte la régie ?", "La régie travaille selon 4 axes.", False),
        ("Combien de salariés compte la régie ?", "La régie emploie 4 personnes.", True),
        ("Dans quelle ville la régie stocke-t-elle ?", "Elle regroupe 17 communes.", False),
        ("Dans quelle ville la régie stocke-t-elle ?", "Son hangar de Paimpol est plein.", True),
        ("Dans quelle ville est la régie de Paimpol ?", "La régie de Paimpol a un hangar.", False),
        ("Quel architecte a dessiné la halle ?", "La halle a été dessinée en bois.", False),
        ("Quel architecte a dessiné la halle ?", "La halle a été dessinée par Yann Le Bihan.", True),
        ("Quel architecte a dessiné la halle ?", "La halle est au port de Paimpol.", False),
        ("Quel pourcentage de commission prend la régie ?", "La régie a 80 % de succès.", False),
        ("Quel pourcentage de commission prend la régie ?", "Sa commission est de 8 %.", True),
        ("Quel est le titre des deux rapports ?", "« Marées » est un axe de travail.", False),
        ("Quel est le titre des deux rapports ?", "Le rapport « Marées » est paru.", True),
        ("Combien les travaux du hangar de la régie ont-ils coûté ?", "Le hangar a 14 portes.", False),
        ("Comment s'appelle le fondateur de Vent Debout ?", "Le fondateur de Vent Debout est parti.", False),
        ("Comment s'appelle le fondateur de la régie ?", "Son fondateur est Yann Le Bihan.", True),
        ("Quelle cotisation paient les membres ?", "Yann Le Bihan est le patron.", False),
    ],
)
def test_a_sentence_answers_only_with_what_is_asked_for(
    desk: Desk, question: str, sentence: str, answers: bool
) -> None:
    passage = Passage("note", "Note", "note.md", sentence, 0, len(sentence))
    [clause] = clauses(sentence)
    assert fits(desk.understand(Request(question)), clause, passage) is answers


def test_among_them_counts_of_those_that_were_counted(desk: Desk) -> None:
    history = (
        Turn("user", "Combien compte-t-on de ports partagés ?"),
        Turn("assistant", "La Criée ouverte, Maille à Maille … [1]"),
    )
    alone = standalone("et parmi eux, combien sont primés ?", history=history, reader=desk.reader)
    assert alone.entities == ("ports-partages",)
