"""Reports and notes beside one fiche: lists are told whole, names that the catalogue lacks are subjects."""

from __future__ import annotations

import pytest

from assistant.chain import Assistant
from assistant.question import Turn
from tests.fakes import FICHES, bags, open_index, open_pipeline, settings_of, write

NOTE = """\
# Note sur les viviers

La note recense douze viviers.

## Recommandations

Nous recommandons aux ports :

1. Signer un bail de neuf ans avec les mareyeurs.
2. Ouvrir un guichet dans chaque port.
3. Former les pilotes de la rade.
4. Financer deux années de travaux.

La Nasse dorée est un vivier de Roscoff, ouvert depuis 2017. La Nasse dorée a un budget de 90 000 euros.
"""
LETTER = """\
# Lettre de juin

Houlocoop a mis une bouée en service. La Nasse dorée a été créée par deux sœurs. Les bureaux ferment en août.
"""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("plain")
    documents = folder / "documents"
    for file in ("themes/energies-de-la-houle.md", "initiatives/houlocoop.md"):
        write(documents / file, FICHES[file])
    write(documents / "note.md", NOTE)
    write(documents / "lettre.md", LETTER)
    open_pipeline(folder / "home").ingest([documents])
    settings = settings_of(folder / "home")
    return Assistant(open_index(folder / "home"), embed=bags, embed_sentences=bags, settings=settings)


def test_a_list_is_quoted_whole(plain: Assistant) -> None:
    text = plain.ask("Quelles sont les recommandations de la note aux ports ?").text
    assert all(item in text for item in ("bail de neuf ans", "un guichet", "les pilotes", "deux années"))
    assert "1. " not in text


@pytest.mark.parametrize(
    "question", ["Quand a été créée La Nasse dorée ?", "Depuis quand existe La Nasse dorée ?"]
)
def test_the_one_fiche_answers_for_no_other_name(plain: Assistant, question: str) -> None:
    assert "2011" not in plain.ask(question).text


def test_a_name_that_the_catalogue_lacks_is_what_a_follow_up_is_about(plain: Assistant) -> None:
    asked = plain.ask("Où est La Nasse dorée ?")
    history = (Turn("user", asked.question), Turn("assistant", asked.text))
    answer = plain.ask("Quel est son budget ?", history=history)
    assert answer.standalone_question == "Quel est son budget ? (La Nasse)"
    assert not any(one.initiative for one in answer.citations)
