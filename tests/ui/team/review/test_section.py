"""The team reads what is doubtful, and says what is so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import Tag
from starlette.datastructures import FormData

from tests.fakes import open_pipeline, write, write_fiches
from tests.ui.team.catalogue.visiting import Visit, the, visiting
from ui.team.review.section import decisions

REVIEW = "/admin/review"
NOTE = """\
Compte rendu

La visite à Houlocop a plu à tous. Houlocop accueille volontiers.

L'association La Grande Sardine prépare sa saison ; avec elle, La Grande Sardine <script>alert(1)</script>.
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a note that names an initiative with a typo, and one that has no fiche."""
    folder = tmp_path_factory.mktemp("review")
    open_pipeline(folder / "home").ingest(
        [write_fiches(folder / "material"), write(folder / "note.txt", NOTE)]
    )
    return folder / "home"


@pytest.fixture
def visit(published: Path, tmp_path: Path) -> Iterator[Visit]:
    with visiting(published, tmp_path / "home") as one:
        yield one


def card(page: Tag, name: str) -> Tag:
    """Return the doubt about something."""
    return next(one for one in page.select("ul.doubts > li") if name in the(one, "h3").text.partition("→")[2])


def number(one: Tag) -> str:
    """Return the name of the field that decides a doubt."""
    return str(the(one, "input[type=radio]")["name"])


def test_each_doubt_comes_with_the_words_that_speak_for_it_and_the_way_to_them(visit: Visit) -> None:
    one = card(visit.page(REVIEW), "Houlocoop")
    assert the(one, "mark").text == "Houlocop"
    link = str(the(one, "dd a")["href"])
    assert link.startswith("/documents/note?")
    assert "quote=Houlocop" in link


def test_what_documents_hold_comes_out_as_text(visit: Visit) -> None:
    page = visit.page(REVIEW)
    assert not page.select("main script")
    assert "<script>" in card(page, "La Grande Sardine").text


def test_what_is_accepted_is_live_and_waits_no_more(visit: Visit) -> None:
    page = visit.page(REVIEW)
    form = the(page, f'form[action="{REVIEW}"]')
    status, _ = visit.send(form, **{number(card(page, "Houlocoop")): "accept"})
    assert status == 303
    after = visit.settled(REVIEW)
    assert visit.opening.version().number == 2
    _, passages = visit.opening.filed("note")
    assert {tag.target for one in passages for tag in one.tags} >= {"houlocoop"}
    assert "→ Houlocoop" not in the(after, "main").text
    assert card(after, "La Grande Sardine")


def test_what_is_rejected_makes_no_version(visit: Visit) -> None:
    page = visit.page(REVIEW)
    form = the(page, f'form[action="{REVIEW}"]')
    visit.send(form, **{number(one): "reject" for one in page.select("ul.doubts > li")})
    assert "Rien n’attend de relecture" in visit.settled(REVIEW).text
    assert visit.opening.version().number == 1


def test_without_a_decision_nothing_happens(visit: Visit) -> None:
    form = the(visit.page(REVIEW), f'form[action="{REVIEW}"]')
    status, page = visit.send(form)
    assert status == 303
    assert "Aucune décision" in page.text
    assert len(visit.opening.doubts()) >= 2


def test_a_proposed_initiative_cannot_be_accepted_without_a_fiche(visit: Visit) -> None:
    page = visit.page(REVIEW)
    one = card(page, "La Grande Sardine")
    assert [str(field["value"]) for field in one.select("input[type=radio]")] == ["reject", ""]
    visit.send(the(page, f'form[action="{REVIEW}"]'), **{number(one): "accept"})
    assert "n’a pas encore de fiche" in visit.settled(REVIEW).text


def test_a_fiche_is_begun_from_a_proposed_initiative_and_the_proposal_says_so_then(visit: Visit) -> None:
    link = the(card(visit.page(REVIEW), "La Grande Sardine"), 'a[href*="/catalogue/new"]')
    page = visit.page(str(link["href"]))
    assert the(page, "#name")["value"] == "La Grande Sardine"
    body = "# La Grande Sardine\n\nLa Grande Sardine est une conserverie."
    visit.send(the(page, "form.fiche"), theme_first="ports-partages", body=body)
    visit.settled()
    visit.publish(2)
    one = card(visit.page(REVIEW), "La Grande Sardine")
    assert "Une fiche la décrit maintenant" in one.text
    assert not one.select('a[href*="/catalogue/new"]')


def test_only_what_was_decided_is_read_of_the_form() -> None:
    form = FormData(
        [("doubt-3", "accept"), ("doubt-4", ""), ("doubt-5", "perhaps"), ("doubt-x", "reject"), ("csrf", "y")]
    )
    assert decisions(form) == {3: "accept"}
