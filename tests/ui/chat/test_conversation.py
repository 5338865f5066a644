"""What the page shows from one step of a conversation to the next."""

from __future__ import annotations

from dataclasses import replace

from corpus.errors import IndexMissing, StoreCorrupt
from tests.ui.fakes import LIMIT, FakeAssistant, answer, failed, ready, starting
from ui.chat.conversation import REMEMBERED, View, converse, edit, note, stop, welcome
from ui.web.service import Service


def last(service: Service, question: str, *, before: View | None = None) -> View:
    *_, view = converse(service, question, before=before or View(), language="fr")
    return view


def test_an_answer_grows_and_ends_with_suggestions() -> None:
    views = list(converse(ready(), "Combien ?", before=View(), language="fr"))
    texts = [view.exchanges[-1].answer.text if view.exchanges[-1].answer else None for view in views]
    assert texts == [None, "Houlocoop", answer().text, answer().text]
    assert [view.exchanges[-1].complete for view in views] == [False, False, False, True]
    assert [view.suggestions for view in views] == [(), (), (), ("Où est Houlocoop ?",)]
    assert [view.box for view in views] == ["", None, None, None]  # what is typed meanwhile stays


def test_exchanges_are_numbered_and_remembered_for_the_next_question() -> None:
    assistant = FakeAssistant()
    service = ready(assistant)
    view = last(service, "Où ?", before=last(service, "Combien ?"))
    assert [(one.number, one.question) for one in view.exchanges] == [(1, "Combien ?"), (2, "Où ?")]
    assert [turn.content for turn in assistant.asked[1][1]] == ["Combien ?", answer().text]


def test_a_long_conversation_forgets_its_beginning() -> None:
    service = ready()
    view = View()
    for _ in range(REMEMBERED + 5):
        view = last(service, "Où ?", before=view)
    assert len(view.exchanges) == REMEMBERED
    assert view.exchanges[-1].number == REMEMBERED + 5


def test_spaces_of_a_suggestion_become_plain() -> None:
    assistant = FakeAssistant()
    last(ready(assistant), " Où\u00a0?\n")
    assert assistant.asked[0][0] == "Où ?"


def test_asking_too_early_keeps_the_question_and_says_so() -> None:
    view = last(starting(), "Combien ?")
    assert view.exchanges == ()
    assert view.box == "Combien ?"
    assert "se prépare" in view.status


def test_a_question_that_cannot_be_taken_leaves_the_conversation_as_it_was() -> None:
    service = ready()
    before = last(service, "Combien ?")
    for question, reason in (("  ", "est vide"), ("x" * (LIMIT + 1), str(LIMIT))):
        view = last(service, question, before=before)
        assert view.exchanges == before.exchanges
        assert view.suggestions == before.suggestions
        assert view.box == question
        assert reason in view.status


def test_the_next_answer_takes_the_error_away() -> None:
    service = ready()
    assert last(service, "Combien ?", before=last(service, "")).status == ""


def test_an_index_that_breaks_is_one_line() -> None:
    view = last(ready(FakeAssistant(broken=StoreCorrupt(where="/x", reason="torn"))), "Combien ?")
    assert "torn" in view.status
    assert "\n" not in view.status


def test_the_welcome_has_questions_to_begin_with_and_the_name_of_the_house() -> None:
    view, house, waiting = welcome(ready(), before=View(), language="en")
    assert view.suggestions == ("What are the themes?",)
    assert (house.name, house.version, house.documents) == ("L'Atelier des Marées", 3, 2)
    assert not waiting


def test_the_welcome_waits_for_the_assistant_then_says_that_it_is_there() -> None:
    early, house, waiting = welcome(starting(), before=View(), language="fr")
    assert waiting
    assert house.version is None
    assert "se prépare" in early.status
    view, _, waiting = welcome(ready(), before=early, language="fr")
    assert not waiting
    assert "prêt" in view.status


def test_a_failed_start_is_said_and_not_waited_for() -> None:
    view, house, waiting = welcome(failed(IndexMissing(home="/x")), before=View(), language="fr")
    assert not waiting
    assert house.version is None
    assert "passerelle ingest" in view.status


def test_the_suggestions_of_an_answer_stay_when_the_language_changes() -> None:
    service = ready()
    before = replace(last(service, "Combien ?"), status="")
    view, _, _ = welcome(service, before=before, language="en")
    assert view.suggestions == before.suggestions


def refusing(noted: list[tuple[str, int]] | None = None) -> Service:
    """Return a service whose assistant refuses, and that notes into a list where one is given."""
    held = FakeAssistant(given=replace(answer(), abstained=True))
    service = Service(lambda: held, note=None if noted is None else lambda *one: noted.append(one))
    service.start()
    service.wait(10)
    return service


def test_a_refused_question_can_be_noted_once() -> None:
    noted: list[tuple[str, int]] = []
    service = refusing(noted)
    before = last(service, "Quel budget ?")
    assert before.exchanges[-1].is_gap
    after = note(service, before=before, language="fr")
    assert noted == [("Quel budget ?", answer().index_version)]
    assert not after.exchanges[-1].is_gap
    assert "noté" in after.status
    assert note(service, before=after, language="fr").status == ""
    assert len(noted) == 1


def test_an_answer_and_a_greeting_are_no_gaps() -> None:
    assert not last(ready(), "Combien ?").exchanges[-1].is_gap
    assert not last(refusing([]), "Bonjour !").exchanges[-1].is_gap


def test_what_cannot_be_noted_leaves_the_question_to_be_noted() -> None:
    service = refusing()
    before = last(service, "Quel budget ?")
    assert note(service, before=before, language="fr").exchanges[-1].is_gap

    def full(_question: str, _version: int) -> None:
        raise StoreCorrupt(where="/x", reason="disk full")

    broken = refusing([])
    broken._note = full
    view = note(broken, before=last(broken, "Quel budget ?"), language="en")
    assert "disk full" in view.status
    assert view.exchanges[-1].is_gap


def test_themes_restrict_the_question_and_stay_with_its_exchange() -> None:
    assistant = FakeAssistant()
    *_, view = converse(ready(assistant), "Où ?", before=View(), language="fr", themes=["houle"])
    assert assistant.asked[0][2] == ("houle",)
    assert view.exchanges[-1].themes == ("houle",)


def test_a_question_asked_again_takes_the_place_of_the_last() -> None:
    assistant = FakeAssistant()
    service = ready(assistant)
    before = last(service, "Où ?", before=last(service, "Combien ?"))
    *_, view = converse(service, "Où ?", before=before, language="fr", again=True)
    assert [(one.number, one.question) for one in view.exchanges] == [(1, "Combien ?"), (2, "Où ?")]
    assert len(assistant.asked[2][1]) == 2


def test_an_edited_question_takes_the_place_of_the_last() -> None:
    service = ready()
    before = last(service, "Où ?", before=last(service, "Combien ?"))
    editing = edit(before, language="fr")
    assert editing.editing
    assert editing.box == "Où ?"
    assert "remplacera" in editing.status
    view = last(service, "Où donc ?", before=editing)
    assert [one.question for one in view.exchanges] == ["Combien ?", "Où donc ?"]
    assert not view.editing


def test_editing_can_be_left_and_nothing_is_lost() -> None:
    before = last(ready(), "Combien ?")
    left = edit(edit(before, language="fr"), language="fr")
    assert not left.editing
    assert left.exchanges == before.exchanges
    assert left.box == ""


def test_a_mistake_while_editing_loses_neither_question() -> None:
    service = ready()
    view = last(service, "  ", before=edit(last(service, "Combien ?"), language="fr"))
    assert view.editing
    assert [one.question for one in view.exchanges] == ["Combien ?"]


def test_a_stopped_answer_keeps_what_was_said() -> None:
    views = list(converse(ready(), "Combien ?", before=View(), language="fr"))
    stopped = stop(views[1], language="fr")
    assert stopped.exchanges[-1].stopped
    assert stopped.exchanges[-1].complete
    assert stopped.exchanges[-1].answer == views[1].exchanges[-1].answer
    nothing = stop(views[0], language="fr")
    assert nothing.exchanges == ()
    assert nothing.box == "Combien ?"
    assert stop(views[-1], language="fr") == views[-1]
