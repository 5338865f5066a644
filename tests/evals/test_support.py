"""What a sentence states must be in the words that it cites."""

from __future__ import annotations

import pytest

from assistant.claims import names
from assistant.quantities import figures
from evals.support import states_something, support
from tests.evals.cases import citation

QUOTE = "Depuis 2011, Houlocoop vend en direct la pêche de 40 bateaux à 1 200 foyers de Roscoff."


@pytest.mark.parametrize(
    "sentence",
    [
        QUOTE,
        "Houlocoop vend la pêche de 40 bateaux.",
        "Houlocoop — 1 200 foyers servis à Roscoff depuis 2011",
        "La pêche de quarante bateaux est vendue en direct à 1200 foyers.".replace("quarante", "40"),
        "**Houlocoop** vend en direct depuis 2011 (Roscoff).",
    ],
)
def test_what_the_quote_says_is_supported(sentence: str) -> None:
    assert support(sentence, [citation(1, QUOTE)]).missing == ()


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Depuis 2012, Houlocoop vend en direct la pêche de 40 bateaux.", "2012"),
        ("Houlocoop vend en direct la pêche de 45 bateaux.", "45"),
        ("Houlocoop vend en direct la pêche de 40 bateaux à 12 000 foyers.", "12000"),
        ("Houlocoop vend en direct la pêche de douze bateaux.", "12"),
        ("Houlocoop vend en direct la pêche de 40 bateaux de Concarneau.", "concarneau"),
        ("Depuis 2011, Varech Lab vend en direct la pêche de 40 bateaux.", "varech"),
        ("Houlocoop ne vend pas en direct la pêche de 40 bateaux.", "±"),
        ("Houlocoop forme chaque hiver des soudeurs et loue des hangars.", "≁"),
        ("Voir http://houle.example/ : Houlocoop vend en direct la pêche.", "houle.example"),
    ],
)
def test_what_the_quote_does_not_say_is_named(sentence: str, missing: str) -> None:
    assert missing in support(sentence, [citation(1, QUOTE)]).missing


def test_a_name_may_stand_in_what_the_citation_is_labelled_with() -> None:
    assert support("Houlocoop : 40 bateaux.", [citation(1, "40 bateaux vendent en direct.")]).supported
    neighbour = citation(1, "40 bateaux vendent en direct.", initiative="varech-lab")
    assert not support("La criée Houlocoop vend en direct 40 bateaux.", [neighbour]).supported


def test_several_quotes_support_together() -> None:
    parts = [citation(1, "Houlocoop est née en 2011."), citation(2, "Houlocoop compte 40 bateaux.")]
    sentence = "Houlocoop, née en 2011, compte 40 bateaux."
    assert support(sentence, parts).supported
    assert not support(sentence, parts[:1]).supported


def test_a_denial_of_the_quote_may_not_be_dropped() -> None:
    quote = citation(1, "Houlocoop ne vend pas de poisson d'élevage.")
    assert not support("Houlocoop vend du poisson d'élevage.", [quote]).supported
    assert support("Houlocoop ne vend pas de poisson d'élevage.", [quote]).supported


def test_a_claim_added_to_what_the_quote_says_is_not_supported() -> None:
    quote = citation(1, QUOTE)
    said = "Depuis 2011, Houlocoop vend en direct la pêche de 40 bateaux à 1 200 foyers"
    assert support(f"{said}.", [quote]).supported
    assert not support(f"{said} et emploie des robots pour trier le poisson.", [quote]).supported
    assert not support(f"{said}, mais ses fondateurs viennent de partir.", [quote]).supported


def test_frame_words_beside_a_verbatim_quote_are_not_a_claim() -> None:
    sentence = f"Houlocoop — Année de création : “{QUOTE}”"
    assert support(sentence, [citation(1, QUOTE)]).supported


@pytest.mark.parametrize(
    ("sentence", "supported"),
    [
        ("La Mutuelle Ouvrière du Littoral (MOL) compte 40 bateaux.", True),
        ("La Brasserie Artisanale Bretonne (MOL) compte 40 bateaux.", False),
    ],
)
def test_a_name_may_be_written_out_before_its_acronym(sentence: str, supported: bool) -> None:
    labelled = citation(1, "La MOL compte 40 bateaux ; Mutuelle Ouvrière et Littoral en sont membres.")
    assert support(sentence, [labelled]).supported is supported


def test_vectors_speak_for_other_words() -> None:
    quote = citation(1, "Houlocoop écoule la pêche locale sans intermédiaire auprès des habitants.")
    sentence = "Houlocoop vend la pêche aux gens du coin directement."
    assert not support(sentence, [quote], likeness=lambda _one, _other: 0.7).supported
    assert support(sentence, [quote], likeness=lambda _one, _other: 0.9).supported


@pytest.mark.parametrize(
    ("sentence", "states"),
    [
        ("Voici ce que disent les documents :", False),
        ("Deux initiatives :", False),
        ("Le port compte 340 bateaux.", True),
        ("Il se trouve à Roscoff.", True),
        ("Je n'ai rien trouvé sur Brest.", False),
    ],
)
def test_a_sentence_states_something_when_it_brings_a_figure_or_a_name(sentence: str, states: bool) -> None:
    assert states_something(sentence, "Et à Brest ?") is states


def test_figures_are_read_however_they_are_written() -> None:
    assert figures("1 200 foyers, deux quais, 3,5 tonnes, 12\u202f000 €") == {"1200", "2", "3.5", "12000"}


def test_a_capital_that_begins_a_sentence_is_no_name() -> None:
    assert names("Depuis peu. Le port de Roscoff : Une halle de l'ESS.") == {"roscoff", "ess"}
