"""What a sentence states must stand in the words that it cites, whatever language it is in."""

from __future__ import annotations

import pytest

from assistant.claims import Claim, Fault, faults
from assistant.novelty import novel_words, says_contrary
from corpus.documents import Language

QUOTE = (
    "Houlocoop est une coopérative de la baie d'Audierne, créée en mars 2011. Elle réunit plus de 350 "
    "sociétaires et fournit 85 % de l'électricité du port."
)
LABELS = "Houlocoop | Énergies de la houle | Wave energy"


def found(text: str, language: Language = "fr", quote: str = QUOTE) -> tuple[Fault, ...]:
    return faults(Claim(text, language), quotes=quote, labels=LABELS, likeness=lambda _one, _other: 0.9)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (QUOTE, "fr"),
        ("La coopérative Houlocoop a été créée en mars 2011.", "fr"),
        ("Houlocoop réunit plus de trois cent cinquante sociétaires.", "fr"),
        ("Dans la baie d'Audierne, Houlocoop fournit 85 pour cent de l'électricité du port.", "fr"),
        ("Houlocoop is a cooperative of Audierne, created in March 2011.", "en"),
        ("Houlocoop provides 85% of the electricity.", "en"),
    ],
)
def test_what_the_quote_says_holds(text: str, language: Language) -> None:
    assert found(text, language) == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Houlocoop réunit plus de 360 sociétaires.", "number"),
        ("Houlocoop réunit moins de 350 sociétaires.", "number"),
        ("Houlocoop fournit 350 % de l'électricité du port.", "number"),
        ("Houlocoop réunit plus de 350 communes.", "number"),
        ("Houlocoop a été créée en avril 2011.", "date"),
        ("Houlocoop, coopérative de Brest, a été créée en 2011.", "name"),
        ("Houlocoop, http://houle.example, est une coopérative.", "link"),
        ("Houlocoop n'est pas une coopérative de la baie d'Audierne.", "negation"),
        ("Houlocoop fournit toute l'électricité, et seule Houlocoop le fait.", "scope"),
        ("Houlocoop est la meilleure coopérative de la baie d'Audierne.", "scope"),
        ("Houlocoop fournit l'électricité du port grâce à des éoliennes flottantes.", "subject"),
        ("Je réponds uniquement à partir des passages fournis.", "scope"),
    ],
)
def test_what_the_quote_does_not_say_is_named(text: str, fault: Fault) -> None:
    assert fault in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Houlocoop réunit pas plus de 350 sociétaires.",
        "Houlocoop réunit 350 sociétaires au plus.",
        "Houlocoop réunit à peine 350 sociétaires.",
        "Houlocoop réunit exactement 350 sociétaires.",
        "Houlocoop réunit plus de 350_000 sociétaires.",
        "Houlocoop réunit plus de 350e3 sociétaires.",
        "Houlocoop réunit1500 sociétaires.",
        "Houlocoop réunit plus de 350 sociétaires par jour.",
        "Houlocoop réunit plus de 350 kg de sociétaires.",
        "Houlocoop réunit un sociétaire.",
        "Houlocoop réunit la moitié des 350 sociétaires.",
        "Houlocoop a été créée avant mars 2011.",
        "Houlocoop a été créée en début mars 2011.",
        "Houlocoop sera créée en mars 2011.",
        "Houlocoop a été dissoute en mars 2011.",
        "Houlocoop escroque plus de 350 sociétaires.",
        "Houlocoop a été créée par A. B. en mars 2011.",
        "Houlocoop a été créée par Wu en mars 2011.",
        "Désirée a créé Houlocoop en mars 2011.",
        "La bande de truands (ESS) réunit plus de 350 sociétaires.",
        "Houlocoop a pour site houlocoop.io.",
        "Houlocoop a pour adresse contact@houle.example.",
        "Houlocoop est la première coopérative de la baie d'Audierne.",
    ],
)
def test_what_turns_a_claim_round_or_adds_to_it_is_found(text: str) -> None:
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Houlocoop provides 95% of the electricity of the harbour.",
        "Houlocoop was created in May 2011.",
        "Houlocoop is a cooperative in Brest.",
        "Houlocoop is not a cooperative.",
        "Houlocoop provides electricity and runs a bakery with twelve ovens.",
        "Houlocoop is the best cooperative of the bay.",
        "Houlocoop gathers no more than 350 members.",
        "Houlocoop gathers nearly 350 members.",
        "Houlocoop gathers 350bn members.",
        "Houlocoop poisons its cooperative members.",
        "Macron created Houlocoop in March 2011.",
        "Houlocoop is a cooperative in normandy.",
        "Houlocoop was created on a Monday of March 2011.",
    ],
)
def test_english_is_held_to_the_same(text: str) -> None:
    assert found(text, "en")


def test_vectors_must_agree_across_languages() -> None:
    claim = Claim("Houlocoop provides electricity.", "en")
    assert faults(claim, quotes=QUOTE, labels=LABELS, likeness=lambda _one, _other: 0.7) == ("subject",)


def test_a_name_is_known_wherever_it_stands() -> None:
    claim = Claim("Brest accueille la coopérative.", "fr")
    known = faults(claim, quotes=QUOTE, labels=LABELS, proper=lambda _text: frozenset({"brest"}))
    assert "name" in known


def test_words_of_one_root_and_turns_of_phrase_are_no_news() -> None:
    assert novel_words("La création de la coopérative sur un quai, par exemple", QUOTE, "fr") == (
        ["quai"],
        [],
    )
    assert novel_words("The cooperative brings people together", QUOTE, "en") == ([], [])


def test_a_word_for_the_contrary_is_seen() -> None:
    assert says_contrary("Houlocoop ralentit la transition.", "Houlocoop accélère la transition.")
    assert not says_contrary("Houlocoop accélère la transition.", "Houlocoop accélère la transition.")
