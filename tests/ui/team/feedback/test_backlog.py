"""The questions without an answer are a list of what there is to write."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from corpus.gaps import Gap
from tests.ui.fakes import ready, starting
from tests.ui.team.feedback.conftest import HOSTILE, Post
from tests.ui.team.feedback.test_sheet import read
from ui.opening import Opening
from ui.team.feedback.backlog import Backlog, ask_address, digest

PLACE = "/admin/feedback/gaps"
ASKED = (
    "Quel est le budget de Houlocoop ?",
    "Houlocoop embauche-t-elle ?",
    "Combien coûte un phare ?",
    "Qui garde le phare de nuit ?",
    HOSTILE,
)


@pytest.fixture
def asked(opening: Opening) -> Opening:
    """A home in which some questions were noted, the first twice."""
    for question in (*ASKED, ASKED[0]):
        opening.noted.note(question, language="fr", version=3)
    return opening


def labels(page: str) -> list[str]:
    """Return the subjects of a page, in its order."""
    return [one.strip() for one in re.findall(r'<h2 id="subject-\d+"[^>]*>([^<]*)</h2>', page)]


def form(page: str, subject: str) -> dict[str, str]:
    """Return what the forms of a page say of a subject."""
    until = re.search(r'name="until" value="([^"]+)"', page)
    assert until
    return {"subject": subject, "until": until[1].replace("&#43;", "+")}


def test_an_empty_backlog_says_so(member: TestClient) -> None:
    assert "Sujets : 0." in member.get(PLACE).text.replace("\u00a0", " ")


def test_questions_are_shown_by_subject_the_most_noted_first(asked: Opening, member: TestClient) -> None:
    page = member.get(PLACE).text
    assert labels(page)[:2] == ["Houlocoop", "phare"]
    for told in ("signalée 3 fois", "signalée 2 fois", "version 3", "Initiative", "À écrire"):
        assert told in page
    assert 'href="/?q=Combien+co%C3%BBte+un+phare+%3F"' in page


def test_what_visitors_wrote_is_shown_and_never_run(asked: Opening, member: TestClient) -> None:
    page = member.get(PLACE).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<img" not in page
    assert not re.search(r'href="\s*javascript', page)


def test_a_subject_that_is_being_written_stays_on_the_list_and_one_that_is_done_leaves(
    asked: Opening, member: TestClient, post: Post
) -> None:
    sent = form(member.get(PLACE).text, "fiche:houlocoop")
    assert post(f"{PLACE}/progress", progress="writing", back=PLACE, **sent).status_code == 303
    page = member.get(PLACE).text
    assert "en cours d’écriture" in page
    assert "Houlocoop" in labels(page)
    post(f"{PLACE}/progress", progress="done", **sent)
    assert "Houlocoop" not in labels(member.get(PLACE).text)
    assert labels(member.get(f"{PLACE}?state=done").text) == ["Houlocoop"]
    assert "Houlocoop" in labels(member.get(f"{PLACE}?state=every").text)


def test_a_question_noted_after_a_subject_was_done_opens_it_again(
    asked: Opening, member: TestClient, post: Post
) -> None:
    post(f"{PLACE}/progress", progress="done", **form(member.get(PLACE).text, "fiche:houlocoop"))
    asked.noted.note("Houlocoop a-t-elle un bateau ?", language="fr", version=4)
    page = member.get(PLACE).text
    assert "Houlocoop" in labels(page)
    assert {one.progress for one in asked.noted.listed() if "Houlocoop" in one.question} == {"done", "open"}


def test_a_question_noted_while_the_page_is_read_is_not_decided(
    asked: Opening, member: TestClient, post: Post
) -> None:
    sent = form(member.get(PLACE).text, "fiche:houlocoop")
    asked.noted.note("Houlocoop a-t-elle un bateau ?", language="fr", version=4)
    post(f"{PLACE}/progress", progress="declined", **sent)
    said = {one.question: one.progress for one in asked.noted.listed()}
    assert said["Houlocoop a-t-elle un bateau ?"] == "open"
    assert said["Houlocoop embauche-t-elle ?"] == "declined"


def test_one_question_or_a_whole_subject_is_deleted(asked: Opening, member: TestClient, post: Post) -> None:
    sent = form(member.get(PLACE).text, "fiche:houlocoop")
    one = next(gap for gap in asked.noted.listed() if gap.question == ASKED[1])
    post(f"{PLACE}/forget", question=digest(one), **sent)
    assert "Questions supprimées : 1." in member.get(PLACE).text.replace("\u00a0", " ")
    assert ASKED[1] not in {gap.question for gap in asked.noted.listed()}
    post(f"{PLACE}/forget", **sent)
    assert {gap.question for gap in asked.noted.listed()} == set(ASKED[2:])


@pytest.mark.parametrize(
    "changed",
    [
        {"subject": "fiche:gone"},
        {"subject": ""},
        {"until": "yesterday"},
        {"until": "2020-01-01T00:00:00+00:00"},
        {"until": "2999-01-01T00:00:00"},
    ],
)
def test_a_subject_that_is_gone_is_named_and_nothing_changes(
    asked: Opening, member: TestClient, post: Post, changed: dict[str, str]
) -> None:
    sent = {**form(member.get(PLACE).text, "fiche:houlocoop"), **changed}
    for path, fields in (("progress", {"progress": "done"}), ("forget", {})):
        assert post(f"{PLACE}/{path}", **sent, **fields).status_code == 303
        assert "ce sujet n’est plus là" in member.get(PLACE).text.replace("Ce", "ce")
    assert {one.progress for one in asked.noted.listed()} == {"open"}
    assert len(asked.noted.listed()) == len(ASKED)


def test_an_unknown_state_changes_nothing(asked: Opening, member: TestClient, post: Post) -> None:
    post(f"{PLACE}/progress", progress="burnt", **form(member.get(PLACE).text, "fiche:houlocoop"))
    assert {one.progress for one in asked.noted.listed()} == {"open"}


def test_words_find_subjects(asked: Opening, member: TestClient) -> None:
    assert labels(member.get(f"{PLACE}?q=EMBAUCHE").text) == ["Houlocoop"]
    assert labels(member.get(f"{PLACE}?q=rien").text) == []


def test_the_sheet_holds_a_line_a_question(asked: Opening, member: TestClient) -> None:
    asked.noted.note("=1+1 phare", language="fr", version=3)
    response = member.get(f"{PLACE}.csv?state=every")
    assert 'filename="questions-sans-reponse.csv"' in response.headers["Content-Disposition"]
    header, *rows = read(response.content.decode("utf-8"))
    assert header[:4] == ["Sujet", "Réunies par", "Question", "Signalée"]
    assert len(rows) == len(ASKED) + 1
    assert [row[3] for row in rows if row[2] == ASKED[0]] == ["2"]
    assert "'=1+1 phare" in {row[2] for row in rows}


def test_while_the_assistant_loads_questions_are_gathered_by_their_words(asked: Opening) -> None:
    assert {one.kind for one in Backlog(starting(), asked).subjects()} == {"words"}
    assert Backlog(ready(), asked).subjects()[0].kind == "initiative"


def test_what_is_asked_now_is_asked_as_it_was_written() -> None:
    assert ask_address("À qui & pourquoi ?") == "/?q=%C3%80+qui+%26+pourquoi+%3F"


def test_a_form_names_a_gap_by_the_same_words_however_spelt() -> None:
    now = datetime.now(UTC)
    one, other = Gap("Quel budget ?", "fr", 1, 1, now), Gap("quel BUDGET", "en", 2, 2, now - timedelta(1))
    assert digest(one) == digest(other)
    assert digest(one) != digest(Gap("Quel âge ?", "fr", 1, 1, now))
