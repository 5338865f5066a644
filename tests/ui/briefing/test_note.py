"""A note says what was asked and answered, how, and from which sources, each once."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import DocumentRef, Generation, InitiativeRef, ThemeRef
from tests.ui.briefing.notes import note, two_sources
from tests.ui.fakes import CATALOGUE, answer, citation
from ui.briefing.note import LONGEST, Edition, Link, bibliography, house_of
from ui.errors import NoteTooLarge


def test_a_note_of_one_question_has_it_as_title() -> None:
    assert note().title == "Combien de sociétaires ?"


@pytest.mark.parametrize(
    ("language", "title"), [("fr", "Note de synthèse en 2"), ("en", "Briefing note in 2")]
)
def test_a_note_of_several_counts_them(language: str, title: str) -> None:
    assert note(answer(), answer(), language=language).title.startswith(title)  # type: ignore[arg-type]


def test_the_versions_are_named_once_with_the_day_where_it_is_known() -> None:
    answers = [answer(index_version=one) for one in (4, 3, 4)]
    made = note(*answers, made={4: date(2026, 11, 12)})
    assert made.editions == (Edition(3), Edition(4, date(2026, 11, 12)))
    assert [one.edition.number for one in made.sections] == [4, 3, 4]


def test_a_question_that_was_rewritten_is_told_and_one_that_was_not_is_not() -> None:
    followed = answer(question="Et où ?", standalone_question="Où est Houlocoop ?")
    same = answer(question="Combien de sociétaires ?", standalone_question="combien de SOCIÉTAIRES")
    assert [one.understood for one in note(followed, same).sections] == ["Où est Houlocoop ?", ""]


def test_how_an_answer_was_made_is_told() -> None:
    worded = Generation(model="ollama:marée", shown=2, dropped=1)
    made = note(
        answer(),
        answer(abstained=True),
        answer(mode="generated", generation=worded),
        answer(mode="generated"),
    )
    assert [one.made for one in made.sections] == [
        "Réponse citée des documents",
        "Question posée aux documents",
        "Rédigé par marée, vérifié phrase à phrase · 1 phrase non sourcée retirée",
        "Réponse rédigée par un modèle de langage, vérifiée phrase à phrase",
    ]


def test_a_failure_that_nobody_knows_is_left_out() -> None:
    kept = answer(generation=Generation(model="ollama:marée", failure="{0.__class__}"))
    assert note(kept).sections[0].made == "Réponse citée des documents"


def test_the_bibliography_has_each_source_once_with_all_its_pages() -> None:
    cited = [
        answer(citations=(citation(1, page=9), citation(2, page=4), citation(3, page=4))),
        answer(citations=(citation(1, page=None), citation(2, page=2))),
    ]
    found = bibliography(cited)
    assert [one.name for one in found.initiatives] == ["Houlocoop"]
    assert [one.name for one in found.themes] == ["Énergies de la houle"]
    assert [(one.document.id, one.pages) for one in found.documents] == [("houlocoop", (2, 4, 9))]
    assert found.links == (Link("https://houlocoop.example/", "Houlocoop"),)


def test_the_bibliography_is_complete_and_in_alphabetical_order() -> None:
    others = [
        citation(
            number,
            document=DocumentRef(name, name, f"{name}.md"),
            initiative=InitiativeRef(name, name, f"https://{number}.example/", ""),
            theme=ThemeRef(name, name),
        )
        for number, name in enumerate(("varech", "Écluse", "digue", "Embrun"), start=1)
    ]
    found = bibliography([answer(citations=tuple(others))])
    ordered = ["digue", "Écluse", "Embrun", "varech"]
    assert [one.name for one in found.initiatives] == ordered
    assert [one.name for one in found.themes] == ordered
    assert [one.document.title for one in found.documents] == ordered
    assert [one.name for one in found.links] == ordered


def test_addresses_of_the_text_are_links_of_the_bibliography_too() -> None:
    text = "Voir https://port.example/quai, https://houlocoop.example et https://port.example/quai."
    assert bibliography([answer(text)]).links == (
        Link("https://houlocoop.example/", "Houlocoop"),
        Link("https://port.example/quai"),
    )


def test_no_link_of_the_bibliography_leads_off_the_web() -> None:
    houlocoop = citation().initiative
    assert houlocoop
    for url in ("javascript:alert(1)", "file:///etc/passwd", "https://[", "https://a.example/\u202e", ""):
        site = InitiativeRef(houlocoop.id, houlocoop.name, url, "")
        assert bibliography([answer(citations=(citation(initiative=site),))]).links == ()


def test_an_answer_without_sources_has_an_empty_bibliography() -> None:
    assert bibliography([answer(citations=())]) == bibliography([])


def test_a_note_without_end_is_refused() -> None:
    with pytest.raises(NoteTooLarge):
        note(answer("x" * LONGEST))
    with pytest.raises(NoteTooLarge):
        note(answer(citations=(citation(document=DocumentRef("a", "b" * LONGEST, "c")),)))
    assert note(answer(citations=(citation(passage="x" * LONGEST),))).sections


def test_the_house_is_named_as_its_catalogue_does() -> None:
    assert house_of(CATALOGUE, "en") == "L'Atelier des Marées"
    assert house_of(type(CATALOGUE)(), "fr") == ""


def test_a_marker_of_a_section_finds_its_citation() -> None:
    [section] = note(two_sources("Un. [2]")).sections
    assert section.citations[2].quote == "Elle est née en 2011."
