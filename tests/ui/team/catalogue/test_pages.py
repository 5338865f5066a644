"""The team lists, writes, changes and goes back to fiches, and each change is a version."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.ui.team.catalogue.visiting import Visit, the
from tests.ui.team.documents.test_sending import held_after
from ui.opening import Opening
from ui.team.catalogue.holdings import Holdings, read_holdings
from ui.team.documents.staging import inbox_of
from ui.team.jobs import Job, Jobs

CATALOGUE = "/admin/catalogue"
HOULOCOOP = f"{CATALOGUE}/fiche/houlocoop"
PLACES = (CATALOGUE, f"{CATALOGUE}/new", HOULOCOOP, f"{HOULOCOOP}/history", "/admin/review")
HOSTILE = '<img src=x onerror="alert(1)"></textarea><script>alert(2)</script>'


def live(opening: Opening) -> dict[str, object]:
    """Return the front matter of the fiches of the live version, by id."""
    return {row.id: row.written for row in opening.version().documents if row.written}


@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_shown_to_who_is_not_logged_in(stranger: TestClient, place: str) -> None:
    response = stranger.get(place)
    assert response.status_code == 303
    assert response.headers["location"].startswith("/admin/login")


def test_nothing_is_saved_without_the_token_of_the_form(visit: Visit) -> None:
    form = the(visit.page(HOULOCOOP), "form.fiche")
    assert visit.send(form, csrf="x", name="Autre")[0] == 403
    assert inbox_of(visit.opening).files() == []


def test_the_list_has_every_fiche_and_says_which_were_read_from_slides(visit: Visit) -> None:
    page = visit.page(CATALOGUE)
    names = [one.text for one in page.select("tbody th bdi:first-of-type")]
    assert "Houlocoop" in names
    assert "Ports partagés (PP)" in names
    row = next(one for one in page.select("tbody tr") if "Sel et Vent" in one.text)
    assert "lue dans des diapositives" in row.text
    assert row.select_one('a[href^="/documents/"]')
    assert row.select_one('a[href*="/new?out_of="]')


def test_the_list_is_searched_without_accents(visit: Visit) -> None:
    page = visit.page(f"{CATALOGUE}?q=ENERGIES+houle")
    assert "Houlocoop" in page.text
    assert "Varech'Lab" not in page.text


def test_a_change_becomes_a_version_that_is_published_and_gone_back_from(visit: Visit) -> None:
    form = the(visit.page(HOULOCOOP), "form.fiche")
    status, page = visit.send(form, territory="Audierne et Plozévet")
    assert status == 303
    assert "« Houlocoop » est enregistrée" in page.text
    assert "La version 2 attend votre décision" in visit.settled().text
    assert live(visit.opening)["houlocoop"]["territory"] != "Audierne et Plozévet"  # type: ignore[index]
    again = visit.page(HOULOCOOP)
    assert "pas encore publiée" in again.text
    assert the(again, "#territory")["value"] == "Audierne et Plozévet"
    visit.publish(2)
    assert live(visit.opening)["houlocoop"]["territory"] == "Audierne et Plozévet"  # type: ignore[index]
    assert inbox_of(visit.opening).files() == []
    visit.publish(1)
    assert live(visit.opening)["houlocoop"]["territory"] != "Audierne et Plozévet"  # type: ignore[index]


def test_a_second_change_before_publishing_goes_on_from_the_first(visit: Visit) -> None:
    visit.send(the(visit.page(HOULOCOOP), "form.fiche"), territory="Plozévet")
    visit.settled()
    visit.send(the(visit.page(f"{CATALOGUE}/fiche/varech-lab"), "form.fiche"), territory="Ouessant")
    page = visit.settled()
    number = int(the(page, "#state a")["href"].rpartition("/")[2])  # type: ignore[union-attr]
    visit.publish(number)
    fiches = live(visit.opening)
    assert fiches["houlocoop"]["territory"] == "Plozévet"  # type: ignore[index]
    assert fiches["varech-lab"]["territory"] == "Ouessant"  # type: ignore[index]


def test_a_change_that_is_saved_while_the_one_before_is_prepared_is_offered_and_never_lost(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    with held_after(monkeypatch) as read:
        visit.send(the(visit.page(HOULOCOOP), "form.fiche"), territory="Plozévet")
        assert read.wait(30)
        _, page = visit.send(the(visit.page(HOULOCOOP), "form.fiche"), territory="Ouessant")
        assert "Un autre travail est en cours" in page.text
    page = visit.settled()
    assert "La version 2 attend votre décision" in page.text
    assert the(page, "#left a")["href"] == "/admin/documents"
    assert "initiatives/houlocoop.md" in visit.page("/admin/documents/inbox").text
    assert not visit.page(HOULOCOOP).select('a[href$="/versions/2"]')
    visit.publish(2)
    assert live(visit.opening)["houlocoop"]["territory"] == "Plozévet"  # type: ignore[index]
    assert the(visit.page(HOULOCOOP), "#territory")["value"] == "Ouessant"
    page = visit.page("/admin/documents")
    visit.send(the(page, 'form[action$="/prepare"]'))
    page = visit.settled()
    assert not page.select("#left")
    visit.publish(3)
    assert live(visit.opening)["houlocoop"]["territory"] == "Ouessant"  # type: ignore[index]


def test_what_is_saved_as_it_was_makes_no_version(visit: Visit) -> None:
    status, page = visit.send(the(visit.page(HOULOCOOP), "form.fiche"))
    assert status == 303
    assert "Rien n’a changé" in page.text


def test_a_mistake_is_told_at_its_field_and_what_was_typed_stays(visit: Visit) -> None:
    form = the(visit.page(HOULOCOOP), "form.fiche")
    wrong = {"year": "hier", "site": "javascript:alert(1)", "body": "# Rien\n"}
    status, page = visit.send(form, territory="Plozévet", **wrong)
    assert status == 422
    assert the(page, "#year")["aria-invalid"] == "true"
    assert "wrong-year" in the(page, "#year")["aria-describedby"]
    assert "il faut un nombre entier" in the(page, "#wrong-year").text.lower()
    assert the(page, "#wrong-site")
    assert "le texte ne dit rien" in the(page, "#wrong-body").text.lower()
    assert the(page, "#territory")["value"] == "Plozévet"
    assert [one["href"] for one in page.select("#mistakes a")] == ["#site", "#year", "#body"]
    assert inbox_of(visit.opening).files() == []


def test_a_name_that_another_fiche_has_is_told_at_the_name(visit: Visit) -> None:
    form = the(visit.page(HOULOCOOP), "form.fiche")
    status, page = visit.send(form, acronyms="VL")
    assert status == 422
    assert "nomme déjà" in the(page, "#mistakes").text + the(page, "form.fiche").text


def test_two_who_change_the_same_fiche_do_not_overwrite_each_other(visit: Visit) -> None:
    mine = the(visit.page(HOULOCOOP), "form.fiche")
    visit.send(the(visit.page(HOULOCOOP), "form.fiche"), territory="Plozévet")
    visit.settled()
    status, page = visit.send(mine, territory="Pont-Croix")
    assert status == 409
    assert "entre-temps" in page.text
    assert the(page, "#territory")["value"] == "Pont-Croix"
    assert visit.send(the(page, "form.fiche"))[0] == 303


def test_a_new_initiative_is_written_and_found_in_the_catalogue(visit: Visit) -> None:
    page = visit.page(f"{CATALOGUE}/new?kind=initiative&name=La+Grande+Sardine")
    assert the(page, "#id")["value"] == "la-grande-sardine"
    body = "# La Grande Sardine\n\nLa Grande Sardine est une conserverie coopérative de Douarnenez."
    fields = {
        "theme_first": "ports-partages",
        "figures__value": ["12", ""],
        "figures__counts": ["salariés", ""],
    }
    status, _ = visit.send(the(page, "form.fiche"), body=body, **fields)
    assert status == 303
    visit.settled()
    visit.publish(2)
    fiche = live(visit.opening)["la-grande-sardine"]
    assert fiche["figures"] == [{"value": "12", "counts": "salariés"}]  # type: ignore[index]
    assert fiche["themes"] == ["ports-partages"]  # type: ignore[index]


def test_a_new_initiative_may_have_a_theme_that_is_new_itself(visit: Visit) -> None:
    page = visit.page(f"{CATALOGUE}/new?kind=theme&name=Sel+marin")
    visit.send(the(page, "form.fiche"), body="# Sel marin\n\nLe sel se récolte en été.")
    visit.settled()
    page = visit.page(f"{CATALOGUE}/new?kind=initiative&name=Fleur+bleue")
    status, _ = visit.send(
        the(page, "form.fiche"), theme_first="sel-marin", body="Fleur bleue récolte le sel."
    )
    assert status == 303
    assert "Sel marin" in visit.settled().text


def test_a_new_fiche_cannot_take_the_id_of_another(visit: Visit) -> None:
    page = visit.page(f"{CATALOGUE}/new?kind=theme&name=Houle")
    for id in ("houlocoop", "deck", "Pas un id"):
        status, shown = visit.send(the(page, "form.fiche"), id=id, body="Un texte.")
        assert status == 422
        assert the(shown, "#wrong-id")


def test_more_rows_can_be_asked_for_without_saving(visit: Visit) -> None:
    form = the(visit.page(HOULOCOOP), "form.fiche")
    before = len(form.select('[name="figures.value"]'))
    status, page = visit.send(form, act="more", territory="Plozévet")
    assert status == 200
    assert len(page.select('[name="figures.value"]')) > before
    assert the(page, "#territory")["value"] == "Plozévet"
    assert inbox_of(visit.opening).files() == []


def test_what_was_read_from_slides_becomes_a_fiche_of_its_own(visit: Visit) -> None:
    row = next(one for one in visit.page(CATALOGUE).select("tbody tr") if "Sel et Vent" in one.text)
    page = visit.page(str(the(row, 'a[href*="out_of"]')["href"]))
    assert the(page, "#name")["value"] == "Sel et Vent"
    assert "35 œillets" in the(page, "#body").text
    assert visit.send(the(page, "form.fiche"))[0] == 303
    visit.settled()
    visit.publish(2)
    row = next(one for one in visit.page(CATALOGUE).select("tbody tr") if "Sel et Vent" in one.text)
    assert "diapositives" not in row.text


def test_the_history_shows_what_changed_and_an_edition_can_be_taken_up_again(visit: Visit) -> None:
    before = the(visit.page(HOULOCOOP), "#territory")["value"]
    visit.send(the(visit.page(HOULOCOOP), "form.fiche"), territory="Plozévet")
    visit.settled()
    visit.publish(2)
    page = visit.page(f"{HOULOCOOP}/history")
    assert "2 éditions" in page.text
    assert [one.text for one in page.select("tr.come ins")] == ["Plozévet"]  # however it was laid out before
    link = the(page, 'a[href*="edition="]')
    old = visit.page(str(link["href"]))
    assert "édition antérieure" in old.text
    assert the(old, "#territory")["value"] == before
    assert visit.send(the(old, "form.fiche"))[0] == 303
    visit.settled()
    visit.publish(3)
    assert live(visit.opening)["houlocoop"].get("territory", "") == before  # type: ignore[attr-defined]


def test_whatever_a_fiche_holds_comes_out_as_text(visit: Visit) -> None:
    form = the(visit.page(HOULOCOOP), "form.fiche")
    visit.send(form, strength=HOSTILE, aliases=HOSTILE, body=f"# Houlocoop\n\n{HOSTILE} et un texte.")
    visit.settled()
    for place in (HOULOCOOP, f"{HOULOCOOP}/history", CATALOGUE):
        page = visit.page(place)
        assert not page.select("main script, main img")
    assert HOSTILE in the(visit.page(HOULOCOOP), "#strength").text


@pytest.mark.parametrize("place", ["/fiche/nothing", "/new?out_of=nothing", "/new?out_of=houlocoop"])
def test_what_is_not_there_is_said(visit: Visit, place: str) -> None:
    page = visit.following(CATALOGUE + place)
    assert the(page, ".notice.wrong")


def test_without_an_index_the_first_fiche_can_be_written(member: TestClient, opening: Opening) -> None:
    assert member.get(CATALOGUE).status_code == 200
    assert member.get(f"{CATALOGUE}/new?kind=theme").status_code == 200


def test_what_is_said_to_be_done_is_there(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    latest = Jobs.latest

    def of_jobs(jobs: Jobs, kind: str) -> Job | None:
        asked.append("job")
        return latest(jobs, kind)

    def of_holdings(opening: Opening) -> Holdings:
        asked.append("made")
        return read_holdings(opening)

    monkeypatch.setattr(Jobs, "latest", of_jobs)
    monkeypatch.setattr("ui.team.catalogue.overview.read_holdings", of_holdings)
    visit.page(CATALOGUE)
    assert asked.index("job") < asked.index("made")
