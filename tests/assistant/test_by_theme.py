"""How many initiatives each theme has, which has the most, which has none."""

from __future__ import annotations

import pytest

from assistant.chain import Assistant
from tests.assistant.test_chain import cited


@pytest.mark.parametrize(
    ("question", "headings"),
    [
        (
            "Combien d'initiatives illustrent chaque thème ?",
            ["Énergies de la houle, 1 initiative :", "Filets et recyclage, 2 initiatives :"],
        ),
        ("Quel est le thème de chaque initiative ?", ["Ports partagés (PP), 3 initiatives :"]),
        ("Quel thème compte le plus d'initiatives ?", ["Ports partagés (PP), 3 initiatives :"]),
        ("Quel thème compte le moins d'initiatives ?", ["Énergies de la houle, 1 initiative :"]),
        ("Which theme has the most examples?", ["Shared harbours (PP), 3 initiatives:"]),
        ("Quels thèmes ont deux initiatives ?", ["Filets et recyclage, 2 initiatives :"]),
    ],
)
def test_initiatives_are_counted_under_their_themes(
    assistant: Assistant, question: str, headings: list[str]
) -> None:
    text = assistant.ask(question).text
    assert all(heading in text for heading in headings)


def test_only_the_theme_asked_for_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("Quel thème compte le plus d'initiatives ?")
    assert cited(answer) == {"maille-a-maille", "la-criee-ouverte", "phare-des-possibles"}


def test_initiatives_of_several_themes_are_told(assistant: Assistant) -> None:
    answer = assistant.ask("Quelles initiatives relèvent de deux thèmes ?")
    assert cited(answer) == {"maille-a-maille"}
    assert "1 initiative relevant de plusieurs thèmes" in answer.text
